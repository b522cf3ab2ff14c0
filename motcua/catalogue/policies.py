"""Who may change the catalogue. Everybody may read it: it is public (NĐ 63/2010 Đ17)."""

from __future__ import annotations

from motcua.rules.actor import Actor, May
from motcua.rules.refusal import Refusal


def may_manage(actor: Actor) -> bool:
    """Whether the actor's post keeps the catalogue."""
    return May.MANAGE_CATALOGUE in actor.may


def to_manage(actor: Actor) -> None:
    """Raises catalogue.may_not unless `may_manage`."""
    if not may_manage(actor):
        raise Refusal("catalogue.may_not")
