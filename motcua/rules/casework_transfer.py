"""Another agency answers for a dossier: found not competent, reorganised, or the next of its phases."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from motcua.rules import deadline, phases
from motcua.rules.casework import OPEN, Case, Changes, Draft, Phase, Terms, reasoned
from motcua.rules.refusal import Refusal


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
    draft.now(accountable_id=to)
    draft.tick(deadline.Transferred(at), reason)
    _place_anew(draft)
    _begin_phase(draft, to)
    return draft.finish(**{"from": case.accountable_id, "article": article})


def _place_anew(draft: Draft) -> None:
    for item in draft.case.items:
        node = draft.terms.net.node(item.node)
        if item.waiting or node.unit != "accountable":
            continue
        unit_id = draft.place(node.unit, node.post)
        draft.change_item(item, unit_id=unit_id, assignee_id=None)
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
    draft.change_phase(coming, begun_at=draft.at, due_at=own_date(draft, coming))


def own_date(draft: Draft, phase: Phase) -> datetime | None:
    """The date of a phase's agency by the clock as it stands."""
    part = draft.terms.parts[phase.position - 1]
    part = replace(part, limit=phase.limit)
    return phases.due_at(draft.case.clock, phase.begun_at or draft.at, part, draft.terms.policy)
