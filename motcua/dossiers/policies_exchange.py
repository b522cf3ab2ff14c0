"""Who exchanges dossiers with other systems: the system itself; who operates it mends what got stuck."""

from __future__ import annotations

from motcua.rules.actor import Actor, May
from motcua.rules.refusal import Refusal


def to_exchange(actor: Actor) -> None:
    """Only the system takes in from other systems and tells them; raises dossier.may_not."""
    if actor.kind != "system":
        raise Refusal("dossier.may_not")


def may_mend(actor: Actor) -> bool:
    """Whether the actor operates the exchange: sees what got stuck, sends again, passes over."""
    return actor.kind == "system" or (May.OPERATE in actor.may and not actor.training)


def to_mend(actor: Actor) -> None:
    """Raises dossier.may_not unless `may_mend`."""
    if not may_mend(actor):
        raise Refusal("dossier.may_not", {"capability": str(May.OPERATE)})


def to_see(actor: Actor) -> None:
    """Who operates the exchange, and who sees figures, sees how both sides compare; whose dossiers, as far
    as his scope goes. Raises dossier.may_not."""
    if not may_mend(actor) and (May.SEE_FIGURES not in actor.may or actor.training):
        raise Refusal("dossier.may_not", {"capability": str(May.SEE_FIGURES)})
