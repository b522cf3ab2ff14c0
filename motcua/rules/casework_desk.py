"""A step changes hands, and a finished dossier is settled again: pure decisions of heads and leaders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.rules import deadline
from motcua.rules.casework import (
    CONCLUDE,
    Case,
    Changes,
    Draft,
    Item,
    Status,
    Terms,
    reasoned,
    step_of,
)
from motcua.rules.refusal import Refusal


@dataclass(frozen=True, slots=True)
class ClosedItem:
    """A step that is done: the item it was, when it ended, by whom, with which outcome."""

    item: Item
    closed_at: datetime
    closed_by_id: int | None
    outcome: str


def reassign(
    case: Case, terms: Terms, item_id: UUID, at: datetime, by: int | None, *, to: int, reason: str
) -> Changes:
    """The head gives a step that one officer has to another, directly (NĐ 61/2018 Đ19.1).

    The step's due time stays. Raises dossier.item_closed, dossier.reason_missing,
    dossier.item_not_taken, dossier.item_his_already.
    """
    item = step_of(case, item_id)
    reasoned(reason)
    if item.assignee_id is None:
        raise Refusal("dossier.item_not_taken")
    if item.assignee_id == to:
        raise Refusal("dossier.item_his_already", {"field": "to"})
    draft = Draft(case, case, at, terms)
    draft.change_item(item, assignee_id=to)
    draft.row(
        "reassignment",
        item_id=item.id,
        at=at,
        by_id=by,
        from_account_id=item.assignee_id,
        to_account_id=to,
        reason=reason,
    )
    return draft.finish(step=item.node, assignee=to, was_with=item.assignee_id)


def reopen(
    case: Case,
    terms: Terms,
    at: datetime,
    *,
    reason: str,
    by: int | None,
    closed: Sequence[ClosedItem],
    result: Any,
) -> Changes:
    """Settle a finished dossier again: its result is void, its steps stand where they stood, and the limit
    goes on as if it had never been finished. `closed` are its steps that are done, `result` the one it has.

    Raises dossier.reason_missing, dossier.reopened_after_hand_over, dossier.not_finished.
    """
    reasoned(reason)
    if case.status is Status.HANDED_OVER:
        raise Refusal("dossier.reopened_after_hand_over")
    if case.status is not Status.DONE or case.finished_at is None:
        raise Refusal("dossier.not_finished")
    draft = Draft(case, case, at, terms)
    draft.row(
        "reopening", at=at, by_id=by, reason=reason, finished_at=case.finished_at, result=result
    )
    draft.now(status=Status.PROCESSING, finished_at=None)
    draft.tick(deadline.Reopened(at), reason)
    draft.columns["result"] = None
    _stand_again(draft, case, closed, case.finished_at)
    return draft.finish(finished_before=case.finished_at)


def _stand_again(
    draft: Draft, case: Case, closed: Sequence[ClosedItem], finished_at: datetime
) -> None:
    """The steps and the phase that were open when the dossier was finished are open again."""
    for item in case.items:
        if item.opened_at >= finished_at:
            draft.close_item(item, None, "reopened", "")
    for ended in _ended(closed, finished_at):
        draft.open_again(ended.item, **draft.home(ended.item))
    for phase in case.phases:
        if phase.finished_at == finished_at:
            draft.change_phase(phase, finished_at=None)


def _ended(closed: Sequence[ClosedItem], finished_at: datetime) -> list[ClosedItem]:
    """What finishing closed, and what stood open beside it and was closed since."""
    then = [c for c in closed if c.closed_at == finished_at]
    last = [c for c in then if c.item.act == CONCLUDE and c.outcome != "refused"][-1:]
    last = last or [c for c in then if c.outcome == "refused"]
    return last + [c for c in closed if c.item.opened_at < finished_at < c.closed_at]
