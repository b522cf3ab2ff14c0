"""A dossier's rows as the values decisions work on (rules.casework.Case, Terms)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from motcua.catalogue.offered import net_of
from motcua.ledger import sql
from motcua.organisations import calendar as office
from motcua.organisations import queries as organisations
from motcua.organisations.queries import Kind
from motcua.rules import casework, deadline
from motcua.rules.actor import Role
from motcua.rules.books import Channel
from motcua.rules.casework import Case, Item, OpenCharge, Phase, Proposal, Status, Terms
from motcua.rules.clock_rules import ClockRules
from motcua.rules.deadline import Limit
from motcua.rules.net import Net
from motcua.rules.phases import Part
from motcua.rules.worktime import WorkCalendar
from motcua.statutory.rulesets import ONLINE_ANSWER, policy_of, rule_set

Row = dict[str, Any]
Statement = tuple[str, Sequence[Any]]


def locked(dossier_id: UUID, where: str, params: Sequence[Any]) -> list[Statement]:
    """The statements that lock one visible dossier and read what belongs to it, in one round trip."""
    return [
        (f"{DOSSIER} WHERE id = %s AND {where} FOR NO KEY UPDATE", [dossier_id, *params]),
        *_children(dossier_id),
    ]


def locked_many(ids: Sequence[UUID], where: str, params: Sequence[Any]) -> dict[UUID, Locked]:
    """Lock the visible ones of many dossiers, in the order of their ids, and read what belongs to them, in
    two round trips however many there are."""
    rows = sql.fetch(
        f"{DOSSIER} WHERE id = ANY(%s) AND {where} ORDER BY id FOR NO KEY UPDATE",
        [list(ids), *params],
    )
    kept = [row["id"] for row in rows]
    children = [_of_each(found) for found in sql.fetch_all([(MANY[q], [kept]) for q in CHILDREN])]
    return {
        row["id"]: Locked(row, case_of([row], *(of.get(row["id"], []) for of in children)))
        for row in rows
    }


@dataclass(frozen=True, slots=True)
class Locked:
    """A locked dossier: its row, and the case a decision sees."""

    row: Row
    case: Case


def _of_each(rows: list[Row]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = {}
    for row in rows:
        found.setdefault(row.pop("dossier_id"), []).append(row)
    return found


def read(dossier_id: UUID) -> Case:
    """A dossier as a decision would see it, without locking; the caller has asked permission."""
    return case_of(
        *sql.fetch_all([(f"{DOSSIER} WHERE id = %s", [dossier_id]), *_children(dossier_id)])
    )


def result_of(dossier_id: UUID) -> Any:
    """The result a dossier has, for an act that holds it."""
    return sql.fetch("SELECT result FROM dossiers_dossier WHERE id = %s", [dossier_id])[0]["result"]


def _children(dossier_id: UUID) -> list[Statement]:
    return [(query, [dossier_id]) for query in CHILDREN]


def case_of(
    dossier: list[Row],
    items: list[Row],
    clock: list[Row],
    charges: list[Row],
    supplements: list[Row],
    proposals: list[Row],
    phases: list[Row],
) -> Case:
    """Assemble a case from the rows of `locked`, in its order."""
    row = dossier[0]
    waiting = [s for s in supplements if s["received_at"] is None]
    return Case(
        id=row["id"],
        submission_code=row["submission_code"],
        code=row["code"],
        status=Status(row["status"]),
        channel=Channel(row["channel"]),
        procedure_id=row["procedure_id"],
        procedure_version_id=row["procedure_version_id"],
        process_id=row["process_id"],
        received_by_id=row["received_by_id"],
        accountable_id=row["accountable_id"],
        holder_id=row["holder_id"],
        applicant_id=row["applicant_id"],
        received_at=row["received_at"],
        accepted_at=row["accepted_at"],
        due_at=row["due_at"],
        judged_at=row["judged_at"],
        turn_id=row["turn_id"],
        answer_asked_at=row["answer_asked_at"],
        answer_due_at=row["answer_due_at"],
        warn_at=row["warn_at"],
        warned=row["warned"],
        finished_at=row["finished_at"],
        clock=tuple(deadline.event_from_json(c["event"]) for c in clock),
        items=tuple(Item(**item) for item in items),
        supplement_id=waiting[-1]["id"] if waiting else None,
        rounds=len(supplements),
        charges=tuple(
            OpenCharge(**{n: c[n] for n in OPEN_CHARGE}) for c in charges if not c["paid"]
        ),
        charged=frozenset(c["fee_position"] for c in charges if c["fee_position"] is not None),
        proposal=Proposal(**proposals[-1]) if proposals else None,
        phases=tuple(Phase(**{**p, "limit": Limit.from_json(p["limit"])}) for p in phases),
        training=row["training"],
        version=row["version"],
    )


def terms_of(row: Row, on: date) -> Terms:
    """The rules a dossier runs under, as stored with it, on a day; from the process's own memory."""
    revision = row["calendar_revision_id"] or office.current_revision()
    limit = Limit.from_json(row["limit"]) if row["limit"] else deadline.NO_LIMIT
    net = net_of(row["process_id"])
    unit_id = row["calendar_unit_id"] or row["accountable_id"]
    rules = ClockRules.from_json(row["clock_rules"])
    return Terms(
        net=net,
        calendar=office.work_calendar(unit_id, revision),
        calendar_revision=revision,
        policy=rules.cited(policy_of(row["rule_set"])),
        limit=limit,
        places=places(net, row["received_by_id"], row["accountable_id"], on),
        calendar_unit_id=unit_id,
        rules=rules,
        parts=parts(rules, lambda unit_id: office.work_calendar(unit_id, revision)),
        answer=rule_set(ONLINE_ANSWER, on).rule,
    )


def parts(rules: ClockRules, calendar_of: Callable[[int], WorkCalendar]) -> tuple[Part, ...]:
    """The declared phases, each with the calendar of its agency. Raises unit.unknown."""
    found = []
    for phase in rules.phases:
        unit_id = organisations.unit_by_key(phase.unit).id
        found.append(Part(unit_id, phase.limit, calendar_of(unit_id)))
    return tuple(found)


def at_agency(terms: Terms, desk_id: int, agency_id: int, on: date) -> Terms:
    """The same terms with the places of the steps at another agency; its calendar is not theirs."""
    return replace(terms, places=places(terms.net, desk_id, agency_id, on))


COMMITTEE: Mapping[str, Kind] = {
    "committee": Kind.PROVINCE,
    "committee_office": Kind.COMMITTEE_OFFICE,
}
"""Where a step lies with the province's Committee, or with its Office, which checks for it and answers in its
name (NĐ 61/2018 Đ19.6–7): by the unit word of the process, the kind of unit that has the post."""


def places(net: Net, desk_id: int, agency_id: int, on: date) -> dict[tuple[str, str], int]:
    """Where the steps of a process lie: at the part with the post, within the accountable agency, within the
    Committee or its Office."""
    found = {("received_by", ""): desk_id, ("accountable", ""): agency_id}
    for node in net.tasks:
        if node.unit in COMMITTEE:
            found |= _at_committee(node.unit, node.post, on)
        elif node.unit == "accountable" and node.post:
            part = organisations.part_with(agency_id, Role(node.post), on)
            found["accountable", node.post] = part.id if part else agency_id
    return found


def _at_committee(word: str, post: str, on: date) -> dict[tuple[str, str], int]:
    """The places of a step there; none where no such unit stands on the day."""
    body, agency = (
        next(iter(organisations.units_of_kind(kind, on)), None)
        for kind in (Kind.PROVINCE, COMMITTEE[word])
    )
    if body is None or agency is None:
        return {}
    part = organisations.part_with(agency.id, Role(post), on) if post else None
    return {(word, ""): body.id, (word, post): part.id if part else agency.id}


def concluding_kind(net: Net) -> Kind | None:
    """The kind of the body that concludes by a process, where that is not the agency that answers."""
    last = next((node for node in net.tasks if node.act == casework.CONCLUDE), None)
    return COMMITTEE.get(last.unit) if last else None


def concluding(process_id: int | None, accountable_id: int, on: date) -> int:
    """The agency in whose name a dossier's result goes out."""
    kind = concluding_kind(net_of(process_id)) if process_id else None
    bodies = organisations.units_of_kind(kind, on) if kind else ()
    return next((body.id for body in bodies), accountable_id)


DOSSIER = "SELECT * FROM dossiers_dossier"
ITEM_NAMES = casework.ITEM_COLUMNS
OPEN_CHARGE = ("id", "name", "amount", "stops_clock", "before_result")
CHARGE_NAMES = (*OPEN_CHARGE, "fee_position", "paid")
ITEMS = f"""
SELECT {", ".join(ITEM_NAMES)} FROM dossiers_workitem WHERE dossier_id = %s AND closed_at IS NULL
ORDER BY opened_at, id
"""  # noqa: S608
CLOCK = "SELECT event FROM dossiers_clockevent WHERE dossier_id = %s ORDER BY seq"
CHARGES = """
SELECT id, name, amount, stops_clock, before_result, fee_position, paid_at IS NOT NULL AS paid
FROM dossiers_charge
WHERE dossier_id = %s AND cancelled_at IS NULL AND (paid_at IS NULL OR fee_position IS NOT NULL)
ORDER BY asked_at, id
"""
SUPPLEMENT = "SELECT id, received_at FROM dossiers_supplement WHERE dossier_id = %s ORDER BY round"
PROPOSAL = """
SELECT id, proposed_until AS until, reason FROM dossiers_reappointment
WHERE dossier_id = %s AND decided_at IS NULL ORDER BY proposed_at
"""
PHASE_NAMES = (
    "id",
    "position",
    "unit_id",
    "limit",
    "planned_at",
    "begun_at",
    "due_at",
    "finished_at",
)
PHASES = """
SELECT id, position, unit_id, "limit", planned_at, begun_at, due_at, finished_at FROM dossiers_phase
WHERE dossier_id = %s ORDER BY position
"""
CHILDREN = (ITEMS, CLOCK, CHARGES, SUPPLEMENT, PROPOSAL, PHASES)
MANY = {
    query: query.replace("SELECT", "SELECT dossier_id,", 1).replace("= %s", "= ANY(%s)", 1)
    for query in CHILDREN
}
"""The same of many dossiers, each row with whose it is."""
