"""Another agency answers for a dossier: found not competent, the next of its phases, or its own agency ended
and another is what it was."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime
from typing import Any

from motcua.rules import deadline
from motcua.rules.casework import OPEN, Case, Changes, Draft, Item, Status, Terms, reasoned
from motcua.rules.refusal import Refusal

SEATED = tuple[int, str, int]
"""A unit, a role, and the account that holds a post of it there."""


def transfer(
    case: Case, terms: Terms, at: datetime, *, to: int, reason: str, article: str
) -> Changes:
    """Hand a dossier to another agency; `terms` has the places of its steps there.

    Code, dates and the calendar they are counted by stay; the open steps go to the new agency's posts, and
    both agencies' books say so. Where it is the next phase's agency, its own limit begins.
    """
    reasoned(reason)
    if not article.strip():
        raise Refusal("dossier.article_missing", {"field": "article"})
    if case.accepted_at is None or case.status not in OPEN:
        raise Refusal("dossier.not_under_way", {"status": int(case.status)})
    if to == case.accountable_id:
        raise Refusal("dossier.transferred_to_itself", {"field": "to"})
    draft = Draft(case, case, at, terms)
    _answers_now(draft, to, reason)
    for item in draft.case.items:
        if not item.waiting and draft.terms.net.node(item.node).unit == "accountable":
            _place_anew(draft, item, frozenset())
    _begin_phase(draft, to)
    return draft.finish(**{"from": case.accountable_id, "article": article})


MOVABLE = OPEN | {Status.SUBMITTED, Status.DONE}
"""What follows a unit that has ended: what is to be decided, settled or handed over."""


def move(
    case: Case,
    terms: Terms,
    at: datetime,
    *,
    to: int,
    desk: int,
    reason: str,
    article: str,
    seated: Set[SEATED],
) -> Changes:
    """A dossier follows its unit, which has ended, to what the unit became; `terms` has the places there.

    Code, dates and the calendar they are counted by stay. Open steps go to the same post; who has taken
    one keeps it where he is `seated` there. What is done already stays the figure of who did it, and only
    changes its desk.
    """
    if case.status not in MOVABLE:
        raise Refusal("dossier.not_under_way", {"status": int(case.status)})
    draft = Draft(case, case, at, terms)
    recorded: dict[str, Any] = {"article": article, "reason": reason}
    if desk != case.received_by_id:
        draft.now(received_by_id=desk)
        recorded["received_by_id"] = desk
    if to != case.accountable_id:
        _answers_now(draft, to, reason)
        for phase in case.phases:
            if phase.finished_at is None and phase.unit_id == case.accountable_id:
                draft.change_phase(phase, unit_id=to)
        recorded["from"] = case.accountable_id
    _hold_anew(draft, case)
    if case.turn_id is not None:
        draft.sets.append(("turn", case.turn_id, {"desk_id": draft.case.received_by_id}))
    for item in draft.case.items:
        desks = not item.waiting and terms.net.node(item.node).unit == "received_by"
        if not item.waiting and ("received_by_id" if desks else "from") in recorded:
            _place_anew(draft, item, seated)
    return draft.finish(**recorded)


def _answers_now(draft: Draft, to: int, reason: str) -> None:
    """Another agency answers; the clock, where one runs, says so and goes on."""
    accepted = draft.case.accepted_at is not None
    draft.now(accountable_id=to)
    if accepted:
        draft.tick(deadline.Transferred(draft.at), reason)


def _hold_anew(draft: Draft, before: Case) -> None:
    """Who holds a dossier without a step: the desk or the agency that is in the place of the one before."""
    now = draft.case
    held = {before.accountable_id: now.accountable_id, before.received_by_id: now.received_by_id}
    draft.now(holder_id=held.get(before.holder_id, before.holder_id))


def _place_anew(draft: Draft, item: Item, seated: Set[SEATED]) -> None:
    """A step goes to where its post is now; it is free to be taken but for whoever is seated there."""
    node = draft.terms.net.node(item.node)
    unit_id = draft.place(node.unit, node.post)
    back = draft.home(item)
    if unit_id == item.unit_id and not back:
        return
    kept = item.assignee_id if (unit_id, item.role, item.assignee_id) in seated else None
    draft.change_item(item, **{"unit_id": unit_id, "assignee_id": kept, **back})
    draft.now(holder_id=unit_id)


def _begin_phase(draft: Draft, to: int) -> None:
    """The next phase begins at its agency; elsewhere the phase under way goes with the dossier."""
    coming = next((p for p in draft.case.phases if p.begun_at is None), None)
    current = next((p for p in draft.case.phases if p.is_running), None)
    if coming is None or coming.unit_id != to:
        if current is not None:
            draft.change_phase(current, unit_id=to)
        return
    if current is not None:
        draft.change_phase(current, finished_at=draft.at)
    draft.change_phase(coming, begun_at=draft.at, due_at=draft.date_of(coming))
