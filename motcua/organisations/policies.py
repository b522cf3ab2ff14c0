"""Who may change units and the calendar. Everybody may read them: they are public."""

from __future__ import annotations

from motcua.rules.actor import Actor, May
from motcua.rules.refusal import Refusal


def may_manage(actor: Actor) -> bool:
    """Whether the actor's post manages units, posts, hours and days."""
    return May.MANAGE_UNITS in actor.may


def to_manage(actor: Actor) -> None:
    """Raises unit.may_not unless `may_manage`."""
    if not may_manage(actor):
        raise Refusal("unit.may_not")
