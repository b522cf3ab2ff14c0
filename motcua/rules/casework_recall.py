"""Who handed a step on takes it back, while nobody has touched what it led to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from motcua.rules import flow
from motcua.rules.casework import Case, Changes, Draft, Item, Terms, marking, under_way
from motcua.rules.casework_desk import ClosedItem
from motcua.rules.flow import Marking, Token
from motcua.rules.net import Net
from motcua.rules.refusal import Refusal


def recall(
    case: Case, terms: Terms, at: datetime, *, handed: ClosedItem | None, by: int | None
) -> Changes:
    """Take back the step that `handed` tells of: it is open again with its old due time, and its officer's.

    `handed` is the step that the dossier's last act completed, none where that act was another. Raises
    what `check` raises.
    """
    taken_back = check(case, terms.net, handed, by)
    draft = Draft(case, case, at, terms)
    for item in _fresh(case, taken_back):
        draft.close_item(item, by, "recalled", "")
    step = taken_back.item
    draft.open_again(step, assignee_id=by, opened_at=step.opened_at)
    return draft.finish(step=step.node, assignee=by)


def check(case: Case, net: Net, handed: ClosedItem | None, by: int | None) -> ClosedItem:
    """The step that can be taken back now.

    The net decides: what, handed on again, leads exactly to where the dossier stands; where the way has
    merged with another branch it does not. Raises dossier.not_under_way, dossier.nothing_to_recall,
    dossier.recall_after_taken, dossier.recall_after_merge.
    """
    under_way(case)
    if handed is None or handed.closed_by_id is None or handed.closed_by_id != by:
        raise Refusal("dossier.nothing_to_recall")
    fresh = _fresh(case, handed)
    taken = [item for item in fresh if item.assignee_id is not None]
    if taken:
        raise Refusal("dossier.recall_after_taken", {"step": taken[0].name})
    if not _leads_here(case, net, handed, fresh):
        raise Refusal("dossier.recall_after_merge", {"step": handed.item.name})
    return handed


def _fresh(case: Case, handed: ClosedItem) -> list[Item]:
    """What handing on opened."""
    return [item for item in case.items if item.opened_at == handed.closed_at]


def _leads_here(case: Case, net: Net, handed: ClosedItem, fresh: Sequence[Item]) -> bool:
    """Whether handing the step on again would lead to the marking the dossier is in."""
    step = handed.item
    before = [Token(i.node, i.arrived_via) for i in case.items if i not in fresh]
    before.append(Token(step.node, step.arrived_via))
    try:
        again = flow.complete(net, Marking.of(before), step.node, handed.outcome or None)
    except Refusal:
        return False
    return again.marking == Marking.of(marking(case).tokens)
