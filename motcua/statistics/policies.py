"""Who may see which figures. A right to figures is not a right to rows (dossiers.policies.scope is that)."""

from __future__ import annotations

from motcua.rules.actor import Actor, May
from motcua.rules.refusal import Refusal


def units_open_to(actor: Actor) -> frozenset[int] | None:
    """The agencies whose figures the actor may see; None: all of the province.

    Whoever may see figures sees all; every other officer those of the own agency.
    Raises figures.may_not.
    """
    if May.SEE_FIGURES in actor.may:
        return None
    if actor.is_officer and actor.agency_id is not None:
        return frozenset({actor.agency_id})
    raise Refusal("figures.may_not")


def to_prove(actor: Actor) -> None:
    """Raises proof.may_not unless the actor operates the system."""
    if May.OPERATE not in actor.may:
        raise Refusal("proof.may_not")


def may_see_proofs(actor: Actor) -> bool:
    """Whether the actor may read what the proofs found: whoever sees the figures of all."""
    return May.SEE_FIGURES in actor.may
