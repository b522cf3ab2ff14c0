"""Phiếu kiểm soát quá trình giải quyết hồ sơ: a projection of what happened, a row each time the dossier
came to another unit. Nothing of it is typed, so it cannot differ from the record (TT 01/2018 Đ9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings

from motcua.dossiers import events, slips
from motcua.dossiers.queries import Detail
from motcua.rules import deadline
from motcua.rules.deadline import Punctuality
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE
from motcua.statutory.paper_forms import ControlSlip, Outcome, Transfer

Row = dict[str, Any]
TOOK = frozenset({events.TAKEN.name, events.ASSIGNED.name})
OUTCOMES = {
    Punctuality.EARLY: Outcome.EARLY,
    Punctuality.ON_TIME: Outcome.ON_TIME,
    Punctuality.LATE: Outcome.LATE,
}


@dataclass(slots=True)
class Stay:
    """The dossier at one unit: its steps there, from when it came until it went on."""

    unit: str
    came_at: datetime
    from_whom: str
    steps: list[Row] = field(default_factory=list)


def control_slip(found: Detail) -> ControlSlip:
    """The slip of an accepted dossier as its record stands; raises dossier.not_accepted_yet."""
    row, accepted_at = found.dossier, found.case.accepted_at
    if accepted_at is None:
        raise Refusal("dossier.not_accepted_yet")
    on = accepted_at.astimezone(ZONE).date()
    return ControlSlip(
        agency=row["accountable_name"],
        desk=row["desk_name"],
        place=settings.PROVINCE,
        issued_on=on,
        number=row["code"][-4:],
        example=settings.EXAMPLE,
        code=row["code"],
        applicant=row["applicant_name"],
        procedure=row["subject"],
        tracking_url=slips.tracking_url(row["code"]),
        received_at=accepted_at,
        due_at=row["judged_at"],
        settled_by=row["accountable_name"],
        assisted_by=", ".join(dict.fromkeys(p["agency"] for p in found.phases[1:])),
        transfers=tuple(_transfer(stay, found) for stay in stays(found)),
        book=str(on.year),
        book_no=slips.number_in_book(row["code"]),
    )


def stays(found: Detail) -> Sequence[Stay]:
    """Where the dossier has been, in order: steps in one unit, one after another, are one stay."""
    first = next(e for e in found.timeline if e["at"] >= (found.case.accepted_at or e["at"]))
    made: list[Stay] = []
    giver = first["actor_name"]
    for step in found.steps:
        if step["waiting"]:
            continue
        if not made or made[-1].unit != step["unit_name"]:
            made.append(Stay(step["unit_name"] or "", step["opened_at"], giver))
        made[-1].steps.append(step)
        giver = step["closed_by_name"] or giver
    return made


def _transfer(stay: Stay, found: Detail) -> Transfer:
    taken = _taken(stay, found.timeline)
    last = stay.steps[-1]
    done = taken or (last["closed_at"] and (last["closed_at"], last["closed_by_name"] or ""))
    return Transfer(
        agency=stay.unit,
        handed_at=stay.came_at,
        handed_by=stay.from_whom,
        received_at=done[0] if done else None,
        received_by=done[1] if done else "",
        outcome=_outcome(last),
    )


def _taken(stay: Stay, timeline: Sequence[Row]) -> tuple[datetime, str] | None:
    """Who first took a step there, and when; the record names him."""
    nodes = {step["node"] for step in stay.steps}
    until = stay.steps[-1]["closed_at"]
    for entry in timeline:
        inside = entry["at"] >= stay.came_at and (until is None or entry["at"] <= until)
        if inside and entry["event"] in TOOK and entry["fields"].get("step") in nodes:
            return entry["at"], entry["actor_name"]
    return None


def _outcome(step: Row) -> Outcome | None:
    if step["closed_at"] is None or step["due_at"] is None:
        return None
    days = (at.astimezone(ZONE).date() for at in (step["closed_at"], step["due_at"]))
    return OUTCOMES[deadline.classify(*days)]
