"""Dossiers of units that have ended: which have still to follow, read in bulk, and where each goes, decided
one by one by the same pure decision for the act that writes it and for the rehearsal that does not.

Nothing is kept outside the rows: a dossier whose agency or whose desk has ended is still to do. So the work
can be killed at any point, begun twice at once, and asked how far it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from typing import Any
from uuid import UUID

from motcua.dossiers import resettling, state
from motcua.dossiers.models import SETTLED_ANEW, MoveLine, MovePlan
from motcua.dossiers.models.case import AT_A_DESK
from motcua.ledger import sql
from motcua.organisations import calendar as office
from motcua.organisations import queries as organisations
from motcua.organisations.queries import Kind, UnitFacts
from motcua.people import queries as people
from motcua.rules import areas, casework_transfer
from motcua.rules.casework import Case, Changes, Terms
from motcua.rules.casework_transfer import SEATED
from motcua.rules.refusal import Refusal

Row = dict[str, Any]
CHUNK = 1000
REASON = "sắp xếp đơn vị"
ANY_PROCEDURE = None
AGENCIES = (Kind.COMMITTEE_OFFICE, Kind.DEPARTMENT, Kind.VERTICAL, Kind.DISTRICT, Kind.COMMUNE)
"""The kinds of units that settle dossiers."""


@dataclass(frozen=True, slots=True)
class Line:
    """Where the dossiers of a procedure go (none: of every other), of applicants of an area (none: of
    any)."""

    to: int
    procedure_id: int | None = ANY_PROCEDURE
    area_id: int | None = None


@dataclass(frozen=True)
class Plan:
    """A plan as it is carried out: the unit that ends, the day, the decision, the lines."""

    id: UUID
    unit_id: int
    on: date
    decision: str
    lines: Sequence[Line]

    @cached_property
    def desks(self) -> tuple[int, ...]:
        """The unit and its desks, whenever they stood: where its dossiers were received."""
        parts = organisations.parts_ever(self.unit_id)
        return (self.unit_id, *(part.id for part in parts if part.kind == Kind.DESK))

    @cached_property
    def areas(self) -> Mapping[int, str]:
        """The areas that its lines tell apart, by name."""
        ids = {line.area_id for line in self.lines if line.area_id is not None}
        return {area: organisations.unit(area).short_name for area in ids}

    def to(self, procedure_id: int, address: str) -> int | None:
        """The unit that a dossier goes to; none where no line says."""
        area = areas.named_in(address, self.areas) if self.areas else None
        for asked in ((procedure_id, area), (procedure_id, None), (ANY_PROCEDURE, None)):
            if (found := self._lines.get(asked)) is not None:
                return found
        return None

    @cached_property
    def _lines(self) -> Mapping[tuple[int | None, int | None], int]:
        return {(line.procedure_id, line.area_id): line.to for line in self.lines}


def plan(row: MovePlan) -> Plan:
    """A plan with its lines, as stored."""
    lines = [
        Line(line.to_id, line.procedure_id, line.area_id)
        for line in MoveLine.objects.filter(plan=row).order_by("set_at", "id")
    ]
    return Plan(row.id, row.unit_id, row.effective_on, row.decision, lines)


def whole_of(unit_id: int, on: date) -> tuple[Line, ...]:
    """The one line of a unit that all of goes to one other; nothing where an officer has to say."""
    heir = organisations.successor_of(unit_id, on)
    return (Line(heir),) if heir is not None and heir != unit_id else ()


def left(plan: Plan) -> int:
    """How many dossiers have still to follow."""
    return int(sql.fetch(LEFT, of(plan))[0]["n"])


def ended(on: date) -> list[UnitFacts]:
    """The agencies that do not stand on a day: those whose last day is the one before, and those of earlier
    that still have something to be settled or handed over."""
    known = [u for u in organisations.units_ever(AGENCIES) if not u.days.has(on)]
    gone = [u for u in known if u.days.until is not None and u.days.until <= on]
    older = {u.id for u in gone if u.days.until != on}
    kept = {row["unit_id"] for row in sql.fetch(HOLDING, [sorted(older), SETTLED_ANEW])}
    return [u for u in gone if u.days.until == on or u.id in kept]


def next_rows(plan: Plan, after: UUID, *, lock: str = "", size: int | None = None) -> list[Row]:
    """The next dossiers that have to follow, in the order of their ids, with the address of the applicant
    where it matters; `lock` as the statement's end says."""
    rows = sql.fetch(f"{NEXT} {lock}", [*of(plan), after, *of(plan), size or CHUNK])
    addresses: Mapping[int, str] = {}
    if plan.areas:
        addresses = people.addresses({row["applicant_id"] for row in rows})
    return [row | {"address": addresses.get(row["applicant_id"], "")} for row in rows]


def locked(plan: Plan, after: UUID, *, wait: bool) -> list[Row]:
    """The next dossiers that have to follow, locked. Those locked by others are waited for, or left."""
    return next_rows(plan, after, lock=f"FOR NO KEY UPDATE {'' if wait else 'SKIP LOCKED'}")


@dataclass(frozen=True, slots=True)
class Read:
    """A case and its terms where it goes; `to` is none where no line says."""

    case: Case
    terms: Terms
    to: int | None
    desk: int


@dataclass
class Reader:
    """Reads the cases of a plan with the terms they have where they go, on a day."""

    plan: Plan
    on: date
    _by_revision: dict[int, resettling.Reader] = field(default_factory=dict)
    _places: dict[tuple[Any, ...], Mapping[tuple[str, str], int]] = field(default_factory=dict)
    _seated: dict[int, frozenset[SEATED]] = field(default_factory=dict)

    def cases(self, rows: Sequence[Row]) -> Iterator[Read]:
        """The cases of rows, in an order of their own: by the calendar they keep."""
        latest = office.latest_revision()
        kept = [row | {"revision": row["calendar_revision_id"] or latest} for row in rows]
        kept.sort(key=lambda row: row["revision"])
        for revision, its in groupby(kept, key=lambda row: row["revision"]):
            some = list(its)
            for row, read in zip(some, self._reader(revision).cases(some), strict=True):
                yield self._read(row, read.case, read.terms)

    def _reader(self, revision: int) -> resettling.Reader:
        if revision not in self._by_revision:
            self._by_revision[revision] = resettling.Reader(
                revision, lambda unit_id: office.work_calendar(unit_id, revision)
            )
        return self._by_revision[revision]

    def _read(self, row: Row, case: Case, terms: Terms) -> Read:
        heir = self.plan.to(row["procedure_id"], row["address"])
        if heir is None:
            return Read(case, terms, None, case.received_by_id)
        stays = case.accountable_id != self.plan.unit_id or row["status"] not in SETTLED_ANEW
        to = case.accountable_id if stays else heir
        desk = case.received_by_id
        if desk in self.plan.desks:
            found = organisations.desk_of(heir, self.on)
            desk = found.id if found else heir
        key = (case.process_id, desk, to)
        if key not in self._places:
            self._places[key] = state.places(terms.net, desk, to, self.on)
        return Read(case, replace(terms, places=self._places[key]), to, desk)

    def decided(self, read: Read, at: datetime) -> Changes:
        """What the move of one dossier changes; it has a line."""
        if read.to is None:
            name = organisations.unit(self.plan.unit_id).name
            raise Refusal("move.line_missing", {"n": 1, "unit": name})
        return casework_transfer.move(
            read.case, read.terms, at, to=read.to, desk=read.desk, reason=REASON,
            article=self.plan.decision, seated=self._seats(read),
        )  # fmt: skip

    def _seats(self, read: Read) -> Set[SEATED]:
        """Who is seated where the steps of a dossier go."""
        taken = any(item.assignee_id is not None for item in read.case.items)
        found: set[SEATED] = set()
        for agency in (
            {organisations.agency_of(u) for u in (read.to, read.desk) if u} if taken else ()
        ):
            if agency not in self._seated:
                self._seated[agency] = frozenset(people.seated_in(agency, self.on))
            found |= self._seated[agency]
        return found


def of(plan: Plan) -> list[Any]:
    """The parameters of FOLLOWING."""
    return [plan.unit_id, list(plan.desks)]


SETTLED = f"status IN ({', '.join(map(str, SETTLED_ANEW))})"
AT_DESK = f"status IN ({', '.join(map(str, AT_A_DESK))})"
FOLLOWING = f"""
((accountable_id = %s AND {SETTLED}) OR (received_by_id = ANY(%s) AND {AT_DESK}))
"""
LEFT = f"SELECT count(*) AS n FROM dossiers_dossier WHERE {FOLLOWING}"  # noqa: S608
NEXT = f"""
WITH found AS MATERIALIZED (SELECT id FROM dossiers_dossier WHERE {FOLLOWING})
SELECT {resettling.NAMES} FROM dossiers_dossier
WHERE id IN (SELECT id FROM found WHERE id > %s) AND {FOLLOWING} ORDER BY id LIMIT %s
"""  # noqa: S608
"""Found by the unit first, for a walk along the ids would look at every dossier of the province; and asked
again of the row that is locked."""
HOLDING = """
SELECT u.unit_id FROM unnest(%s::bigint[]) AS u(unit_id)
WHERE EXISTS (SELECT FROM dossiers_dossier WHERE accountable_id = u.unit_id AND status = ANY(%s))
"""
