"""The steps of the process: take, give, pass on, send back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from motcua.dossiers import events, policies
from motcua.dossiers.operations.common import work_on
from motcua.ledger.acts import Key
from motcua.rules import casework
from motcua.rules.actor import Actor, May


def take(
    *, dossier_id: UUID, item_id: UUID, actor: Actor, at: datetime, seen: int | None = None
) -> None:
    """Take a step that lies on the unit's desk."""
    with work_on(events.TAKEN, dossier_id, actor, at, seen, None) as w:
        w.item(item_id)
        w.changes = casework.take(w.case, w.terms, item_id, w.at, actor.account_id or 0)


def assign(
    *, dossier_id: UUID, item_id: UUID, to: int, actor: Actor, at: datetime, seen: int | None = None
) -> None:
    """The head gives a step to an officer (account id) of the unit (NĐ 61/2018 Đ19.1)."""
    policies.may(actor, May.ASSIGN)
    with work_on(events.ASSIGNED, dossier_id, actor, at, seen, None) as w:
        policies.of_own_unit(actor, w.case, item_id)
        w.changes = casework.assign(w.case, w.terms, item_id, w.at, to)


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
        w.item(item_id)
        w.changes = casework.hand_on(
            w.case, w.terms, item_id, w.at, actor.account_id, outcome, note
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
