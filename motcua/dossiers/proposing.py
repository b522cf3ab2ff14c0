"""What a plan of a move could say, and what it does not say yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from motcua.catalogue import queries as catalogue
from motcua.dossiers import moving
from motcua.dossiers.moving import Line, Plan
from motcua.dossiers.resettling import NOWHERE
from motcua.ledger import sql
from motcua.organisations import queries as organisations
from motcua.organisations.queries import Kind, UnitFacts


def lines(unit_id: int, on: date) -> tuple[Line, ...]:
    """The lines a plan begins with: all to the one unit that it became; else those of the procedures with
    something to follow that one unit alone can receive."""
    if whole := moving.whole_of(unit_id, on):
        return whole
    could = candidates(unit_id, on)
    found = ((procedure_id, could.get(procedure_id, ())) for procedure_id in following(unit_id))
    return tuple(Line(units[0], procedure_id) for procedure_id, units in found if len(units) == 1)


def candidates(unit_id: int, on: date) -> Mapping[int, Sequence[int]]:
    """The units that may receive each procedure on a day: of those that settle it then by the catalogue, the
    heirs of the unit and the agencies of the province."""
    heirs = heirs_of(unit_id, on)
    found: dict[int, list[int]] = {}
    for procedure_id, offering in catalogue.settled_by(list(following(unit_id)), on):
        kind = organisations.unit(offering).kind
        if offering in heirs or kind not in (Kind.COMMUNE, Kind.DISTRICT):
            found.setdefault(procedure_id, []).append(offering)
    return found


def receivers(unit_id: int, on: date) -> list[UnitFacts]:
    """The units an officer may choose from: the heirs first, then the agencies of the province."""
    heirs = sorted((organisations.unit(u) for u in heirs_of(unit_id, on)), key=_named)
    kinds = (Kind.DEPARTMENT, Kind.VERTICAL, Kind.COMMITTEE_OFFICE)
    return [*heirs, *(u for kind in kinds for u in organisations.units_of_kind(kind, on))]


def heirs_of(unit_id: int, on: date) -> frozenset[int]:
    """What a unit became, and what the communes that stood in it became: a district of 2025 had no heir of
    its own."""
    return organisations.heirs(unit_id, on) | frozenset(areas(unit_id, on).values())


def areas(unit_id: int, on: date) -> dict[int, int]:
    """The communes that stood in a unit on its last day, each with the unit that it is on the day asked."""
    last = min(organisations.unit(unit_id).days.until or on, on) - timedelta(days=1)
    stood = organisations.children_of(unit_id, last)
    heirs = {u.id: organisations.successor_of(u.id, on) for u in stood}
    return {area: heir for area, heir in heirs.items() if heir is not None}


def by_area(plan: Plan, procedure_id: int) -> list[Line]:
    """The lines by which a procedure goes to the commune that the applicant lives in."""
    return [Line(to, procedure_id, area) for area, to in areas(plan.unit_id, plan.on).items()]


def following(unit_id: int) -> Counter[int]:
    """How many dossiers of each procedure have to follow a unit that ends."""
    plan = Plan(NOWHERE, unit_id, date.min, "", ())
    rows = sql.fetch(BY_PROCEDURE, moving.of(plan))
    return Counter({row["procedure_id"]: row["n"] for row in rows})


def lacking(plan: Plan) -> Counter[int]:
    """How many dossiers of each procedure have no line."""
    named = {line.procedure_id for line in plan.lines if line.area_id is None}
    if None in named:
        return Counter()
    found = Counter({p: n for p, n in following(plan.unit_id).items() if p not in named})
    told_apart = {line.procedure_id for line in plan.lines if line.area_id is not None}
    for procedure_id in told_apart & set(found):
        del found[procedure_id]
    if told_apart - named:
        found.update(_unplaced(plan, told_apart - named))
    return found


def _unplaced(plan: Plan, procedures: set[int | None]) -> Counter[int]:
    """The dossiers of procedures told apart by area alone, of applicants whose address names none."""
    found: Counter[int] = Counter()
    after = NOWHERE
    while rows := moving.next_rows(plan, after):
        for row in rows:
            procedure_id: Any = row["procedure_id"]
            if procedure_id in procedures and plan.to(procedure_id, row["address"]) is None:
                found[procedure_id] += 1
        after = rows[-1]["id"]
    return found


def _named(unit: UnitFacts) -> str:
    return unit.sort_key


BY_PROCEDURE = f"""
SELECT procedure_id, count(*) AS n FROM dossiers_dossier WHERE {moving.FOLLOWING} GROUP BY procedure_id
"""  # noqa: S608
