"""A dossier goes to another agency."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from motcua.dossiers import events, policies, state
from motcua.dossiers.moving import AGENCIES as AGENCIES
from motcua.dossiers.operations.common import work_on
from motcua.organisations import queries as organisations
from motcua.rules import casework_transfer
from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal


def transfer(
    *,
    dossier_id: UUID,
    to: int,
    reason: str,
    article: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Hand a dossier to another agency, with the reason and what it rests on: found not competent, units
    reorganised, or the next agency of an interconnected procedure.

    Code and dates stay; the open steps go to the new agency, and both agencies' books say so. Raises
    dossier.may_not, dossier.no_such_agency, dossier.transferred_to_itself, dossier.article_missing.
    """
    with work_on(events.TRANSFERRED, dossier_id, actor, at, seen, None) as w:
        policies.to_transfer(actor, w.case)
        on = w.terms.day(w.at)
        standing(to, on)
        terms = state.at_agency(w.terms, w.case.received_by_id, to, on)
        w.changes = casework_transfer.transfer(
            w.case, terms, w.at, to=to, reason=reason, article=article
        )


def standing(unit_id: int, on: date, field: str = "to") -> None:
    """Raises dossier.no_such_agency unless an agency that settles dossiers stands on the day."""
    facts = organisations.unit(unit_id)
    if facts.kind not in AGENCIES or not facts.days.has(on):
        raise Refusal("dossier.no_such_agency", {"on": on, "field": field})
