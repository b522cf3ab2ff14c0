"""Who may see which figures. A right to figures is not a right to rows (dossiers.policies.scope is that)."""

from __future__ import annotations

from uuid import UUID

from motcua.rules.actor import Actor, May, Role
from motcua.rules.refusal import Refusal
from motcua.statistics.models import Publication


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


def to_see_unit(actor: Actor, unit_id: int) -> None:
    """Raises figures.may_not, figures.not_your_unit unless the actor may see figures of the agency."""
    open_to = units_open_to(actor)
    if open_to is not None and unit_id not in open_to:
        raise Refusal("figures.not_your_unit")


def may_compare_officers(actor: Actor, unit_id: int) -> bool:
    """Whether the actor sees the scores of an agency's officers side by side: who heads or leads it."""
    return actor.agency_id == unit_id and not actor.may.isdisjoint({May.ASSIGN, May.SIGN})


def to_compare_officers(actor: Actor, unit_id: int) -> None:
    """Raises figures.not_your_officers unless `may_compare_officers`."""
    if not may_compare_officers(actor, unit_id):
        raise Refusal("figures.not_your_officers")


def to_see_own(actor: Actor) -> int:
    """The account of an officer who looks at his own score; raises figures.may_not."""
    if not actor.is_officer or actor.account_id is None:
        raise Refusal("figures.may_not")
    return actor.account_id


def may_publish(actor: Actor) -> bool:
    """Whether the actor prepares and publishes the quarter's results: who controls procedures for the
    province, or directs the centre."""
    return actor.role in (Role.CONTROL_OFFICER, Role.COMMITTEE_OFFICER, Role.DIRECTOR)


def to_publish(actor: Actor) -> None:
    """Raises quality.may_not unless `may_publish`."""
    if not may_publish(actor):
        raise Refusal("quality.may_not")


def to_end_draft(actor: Actor, publication_id: UUID) -> Publication:
    """A draft, locked, for who may publish; raises quality.may_not, quality.not_found, quality.published."""
    to_publish(actor)
    rows = Publication.objects.select_for_update(no_key=True)
    found = rows.filter(id=publication_id).first()
    if found is None:
        raise Refusal("quality.not_found")
    if found.standing != Publication.Standing.DRAFT:
        raise Refusal("quality.published")
    return found


def to_prove(actor: Actor) -> None:
    """Raises proof.may_not unless the actor operates the system."""
    if May.OPERATE not in actor.may:
        raise Refusal("proof.may_not")


def may_see_proofs(actor: Actor) -> bool:
    """Whether the actor may read what the proofs found: whoever sees the figures of all."""
    return May.SEE_FIGURES in actor.may
