"""A finished dossier is settled again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from motcua.dossiers import closed_steps, events, issuing, policies, state
from motcua.dossiers.operations.common import work_on
from motcua.rules import casework_desk
from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal


def reopen(
    *, dossier_id: UUID, reason: str, actor: Actor, at: datetime, seen: int | None = None
) -> None:
    """A head or leader of the agency has a finished dossier settled again, before its result is handed over.

    The result is void and stays in the history; the limit goes on as if it had never been finished, and
    the books move it back. A result that is issued is revoked first. Raises dossier.may_not,
    dossier.not_finished, dossier.reopened_after_hand_over, issue.revoke_first.
    """
    with work_on(events.REOPENED, dossier_id, actor, at, seen, None) as w:
        policies.to_reopen(actor, w.case)
        number = issuing.in_force(dossier_id)
        if number:
            raise Refusal("issue.revoke_first", {"number": number})
        w.changes = casework_desk.reopen(
            w.case,
            w.terms,
            w.at,
            reason=reason,
            by=actor.account_id,
            closed=closed_steps.of_dossier(dossier_id),
            result=state.result_of(dossier_id),
        )
