"""What another calendar does to an open dossier: all its dates counted anew, as one pure decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from motcua.rules import deadline
from motcua.rules.casework import Case, Changes, Draft, Item, Terms
from motcua.rules.deadline import ClockEvent, Resettled


def resettle(case: Case, terms: Terms, at: datetime) -> Changes:
    """Count the dates of an open dossier anew by the calendar of `terms`.

    What was promised stays promised (an extension holds its moment); what was counted is counted again:
    the dates of the dossier and of its open steps. Where one of them moves, the history says so: an event
    of the clock, and in the record each date with the one before. Where none moves the changes have no
    rows, and all they set is the revision and, where it moves, the moment of the next warning.
    """
    draft = Draft(case, case, at, terms)
    draft.columns["calendar_revision_id"] = terms.calendar_revision
    if case.clock:
        draft.tick(Resettled(at))
    steps = _steps_counted(draft)
    was = {
        name: getattr(case, name)
        for name in ("due_at", "judged_at")
        if getattr(case, name) != getattr(draft.case, name)
    }
    if not was and not steps:
        quiet = draft.columns | {"warn_at": draft.case.warn_at}
        return Changes(case, sets=(("dossier", case.id, quiet),))
    return draft.finish(
        calendar=terms.calendar_revision, was=was, **({"steps": steps} if steps else {})
    )


def _steps_counted(draft: Draft) -> list[Mapping[str, Any]]:
    moved: list[Mapping[str, Any]] = []
    for item in draft.case.items:
        due_at = step_due(item, draft.case.clock, draft.terms)
        if due_at != item.due_at:
            draft.change_item(item, due_at=due_at)
            moved.append({"step": item.node, "due_at": due_at, "was": item.due_at})
    return moved


def step_due(item: Item, clock: Sequence[ClockEvent], terms: Terms) -> datetime | None:
    """When an open step of a dossier is due by the calendar of `terms`."""
    half_days = None if item.waiting else terms.net.node(item.node).half_days
    if not half_days:
        return item.due_at
    return deadline.step_due(clock, item.opened_at, half_days, terms.calendar, terms.policy)
