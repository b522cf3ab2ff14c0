"""The steps of the process: take, give, give to another, pass on, take back, send back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from motcua.dossiers import closed_steps, events, policies
from motcua.dossiers.operations.common import Work, work_on
from motcua.ledger.acts import Key
from motcua.rules import casework, casework_desk, casework_recall
from motcua.rules.actor import Actor, May
from motcua.rules.casework import Changes


def take(
    *, dossier_id: UUID, item_id: UUID, actor: Actor, at: datetime, seen: int | None = None
) -> None:
    """Take a step that lies on the unit's desk."""
    with work_on(events.TAKEN, dossier_id, actor, at, seen, None) as w:
        w.changes = taking(w, item_id)


def taking(w: Work, item_id: UUID) -> Changes:
    """What taking a step does: asked and decided, not yet written."""
    w.item(item_id)
    return casework.take(w.case, w.terms, item_id, w.at, w.actor.account_id or 0)


def assign(
    *, dossier_id: UUID, item_id: UUID, to: int, actor: Actor, at: datetime, seen: int | None = None
) -> None:
    """The head gives a step that nobody has to an officer (account id) of the unit (NĐ 61/2018 Đ19.1).

    Raises dossier.item_taken, dossier.not_an_officer_of_the_step.
    """
    policies.may(actor, May.ASSIGN)
    with work_on(events.ASSIGNED, dossier_id, actor, at, seen, None) as w:
        w.changes = assigning(w, item_id, to)


def assigning(w: Work, item_id: UUID, to: int) -> Changes:
    """What assigning a step does: asked and decided, not yet written."""
    item = policies.of_own_unit(w.actor, w.case, item_id)
    policies.fits_step(item, to, w.terms.day(w.at))
    return casework.assign(w.case, w.terms, item_id, w.at, to)


def reassign(
    *,
    dossier_id: UUID,
    item_id: UUID,
    to: int,
    reason: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """The head gives a step that one officer has to another, directly, with the reason; both are told.

    Raises dossier.item_not_taken, dossier.item_his_already, dossier.not_an_officer_of_the_step.
    """
    policies.may(actor, May.ASSIGN)
    with work_on(events.REASSIGNED, dossier_id, actor, at, seen, None) as w:
        item = policies.of_own_unit(actor, w.case, item_id)
        policies.fits_step(item, to, w.terms.day(w.at))
        w.changes = casework_desk.reassign(
            w.case, w.terms, item_id, w.at, actor.account_id, to=to, reason=reason
        )


def hand_on(
    *,
    dossier_id: UUID,
    item_id: UUID,
    actor: Actor,
    at: datetime,
    outcome: str = "",
    note: str = "",
    seen: int | None = None,
    key: Key | None = None,
) -> None:
    """Complete a step and pass the dossier on."""
    with work_on(events.HANDED_ON, dossier_id, actor, at, seen, key) as w:
        w.changes = handing_on(w, item_id, outcome, note)


def handing_on(w: Work, item_id: UUID, outcome: str, note: str) -> Changes:
    """What handing a step on does: asked and decided, not yet written."""
    w.item(item_id)
    return casework.hand_on(
        w.case, w.terms, item_id, w.at, w.actor.account_id, outcome=outcome, note=note
    )


def recall(*, dossier_id: UUID, actor: Actor, at: datetime, seen: int | None = None) -> None:
    """Who handed a step on takes it back while nobody has touched what it led to; its due time is the old.

    Raises dossier.nothing_to_recall, dossier.recall_after_taken, dossier.recall_after_merge.
    """
    with work_on(events.RECALLED, dossier_id, actor, at, seen, None) as w:
        handed = closed_steps.handed_last(dossier_id)
        policies.to_recall(actor, handed)
        w.changes = casework_recall.recall(
            w.case, w.terms, w.at, handed=handed, by=actor.account_id
        )


def send_back(
    *,
    dossier_id: UUID,
    item_id: UUID,
    to_node: str,
    reason: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Return a step to an earlier one, with the reason."""
    with work_on(events.SENT_BACK, dossier_id, actor, at, seen, None) as w:
        w.item(item_id)
        w.changes = casework.send_back(
            w.case, w.terms, item_id, w.at, actor.account_id, to_node, reason
        )
