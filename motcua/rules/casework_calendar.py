"""What another calendar does to an open dossier: all its dates counted anew, as one pure decision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.rules import answer_clock, phases
from motcua.rules.answer_clock import Turn
from motcua.rules.casework import Case, Changes, Draft, Phase, Terms, part_of, step_due
from motcua.rules.deadline import Resettled


def resettle(case: Case, terms: Terms, at: datetime, *, turn: Turn | None = None) -> Changes:
    """Count the dates of an open dossier anew by the calendar of `terms`.

    What was promised stays promised (an extension holds its moment); what was counted is counted again:
    the dates of the dossier, of its open steps and its phases, and before acceptance that of the desk's
    `turn`. Where one moves, the history says so: an event of the clock, and in the record each date
    with the one before. Where none moves nothing is recorded, and all that is set is the revision and,
    where it moves, the moment of the next warning.
    """
    draft = Draft(case, case, at, terms)
    draft.columns["calendar_revision_id"] = terms.calendar_revision
    if case.clock:
        draft.tick(Resettled(at))
    _turn_counted(draft, turn)
    steps, parts = _steps_counted(draft), _phases_counted(draft)
    was = {
        name: getattr(case, name)
        for name in ("due_at", "judged_at", "answer_due_at")
        if getattr(case, name) != getattr(draft.case, name)
    }
    if not (was or steps or parts):
        quiet = draft.columns | {"warn_at": draft.case.warn_at}
        return Changes(case, sets=(("dossier", case.id, quiet),))
    return draft.finish(
        calendar=terms.calendar_revision,
        was=was,
        **({"steps": steps} if steps else {}),
        **({"phases": parts} if parts else {}),
    )


def _steps_counted(draft: Draft) -> list[Mapping[str, Any]]:
    moved: list[Mapping[str, Any]] = []
    for item in draft.case.items:
        due_at = step_due(item, draft.case.clock, draft.terms)
        if due_at != item.due_at:
            draft.change_item(item, due_at=due_at)
            moved.append({"step": item.node, "due_at": due_at, "was": item.due_at})
    return moved


def _turn_counted(draft: Draft, turn: Turn | None) -> None:
    case = draft.case
    due_at = answer_due(case, draft.terms, turn)
    if turn is None or case.turn_id is None or due_at is None or due_at == case.answer_due_at:
        return
    draft.sets.append(("turn", case.turn_id, {"due_at": due_at}))
    warn_at = answer_clock.next_warning(due_at, turn.came_at, draft.terms.calendar, "")
    draft.now(answer_due_at=due_at, warned="", warn_at=warn_at)


def answer_due(case: Case, terms: Terms, turn: Turn | None) -> datetime | None:
    """Until when the desk whose `turn` it is answers what was filed."""
    if turn is None or case.answer_asked_at is None:
        return case.answer_due_at
    return answer_clock.due(turn.rule, case.answer_asked_at, turn.came_at, terms.calendar)


def _phases_counted(draft: Draft) -> list[Mapping[str, Any]]:
    moved: list[Mapping[str, Any]] = []
    for phase, name, date_there in phase_dates(draft.case, draft.terms):
        moved.append({"phase": phase.position, name: date_there, "was": getattr(phase, name)})
        draft.change_phase(phase, **{name: date_there})
    return moved


def phase_dates(case: Case, terms: Terms) -> list[tuple[Phase, str, datetime | None]]:
    """The dates of phases that are others by the calendars of `terms`: of the one under way its own, of
    those to come the planned ones."""
    if not case.phases or case.accepted_at is None:
        return []
    plan = phases.planned(case.accepted_at, terms.parts, terms.policy)
    found: list[tuple[Phase, str, datetime | None]] = []
    for phase in case.phases:
        part = part_of(case, terms, phase)
        if phase.begun_at is None and plan[phase.position - 1] != phase.planned_at:
            found.append((phase, "planned_at", plan[phase.position - 1]))
        if phase.begun_at is not None and phase.finished_at is None:
            own = phases.due_at(case.clock, phase.begun_at, part, terms.policy)
            if own != phase.due_at:
                found.append((phase, "due_at", own))
    return found
