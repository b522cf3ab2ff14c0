"""Unfinished intakes put aside: a clerk's scrap, kept for a few days and never a dossier.

What was typed is personal, so the record only says that something was put aside and thrown away.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from motcua.dossiers import events, policies
from motcua.dossiers.models import ParkedIntake
from motcua.ledger.acts import act
from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal

MOST = 100
LONGEST = 40_000


def park(
    *, parked_id: UUID, label: str, typed: Mapping[str, Any], actor: Actor, at: datetime
) -> None:
    """Put an unfinished intake aside, or keep what has been typed since under the same id.

    Raises dossier.may_not, dossier.parked_too_many, dossier.parked_too_long.
    """
    account_id, desk_id = policies.to_park(actor)
    if sum(len(str(value)) for value in typed.values()) > LONGEST:
        raise Refusal("dossier.parked_too_long")
    own = ParkedIntake.objects.filter(account_id=account_id)
    if own.filter(id=parked_id).update(label=label[:200], typed=dict(typed), changed_at=at):
        return
    if own.count() >= MOST:
        raise Refusal("dossier.parked_too_many", {"most": MOST})
    with act(events.INTAKE_PARKED, actor=actor, at=at) as a:
        ParkedIntake.objects.create(
            id=parked_id,
            account_id=account_id,
            desk_id=desk_id,
            label=label[:200],
            typed=dict(typed),
            parked_at=at,
            changed_at=at,
        )
        a.about("parked", parked_id, {"desk_id": desk_id})


def discard_parked(*, parked_id: UUID, actor: Actor, at: datetime) -> bool:
    """Throw an unfinished intake away, its owner's own; whether there was one. Raises dossier.may_not."""
    account_id, _ = policies.to_park(actor)
    own = ParkedIntake.objects.filter(account_id=account_id, id=parked_id)
    if not own.exists():
        return False
    with act(events.INTAKE_DISCARDED, actor=actor, at=at) as a:
        own.delete()
        a.hold("parked", parked_id)
        a.about("parked", parked_id, {})
    return True


def purge_parked(*, actor: Actor, at: datetime) -> int:
    """Throw away what nobody has touched for PARKED_DAYS; returns how many (Luật 91/2025 Đ16).

    Raises dossier.may_not.
    """
    policies.to_purge(actor)
    before = at - timedelta(days=settings.PARKED_DAYS)
    old = list(ParkedIntake.objects.filter(changed_at__lt=before).values_list("id", flat=True))
    if old:
        with act(events.INTAKE_DISCARDED, actor=actor, at=at) as a:
            ParkedIntake.objects.filter(id__in=old).delete()
            a.hold("parked", *old)
            for parked_id in old:
                a.about("parked", parked_id, {})
    return len(old)
