"""A clerk's unfinished intakes: his own list, and one of them to go on with."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from motcua.dossiers import policies
from motcua.dossiers.models import ParkedIntake
from motcua.rules.actor import Actor


def own(actor: Actor) -> Sequence[ParkedIntake]:
    """What this clerk has put aside, the latest first. Raises dossier.may_not."""
    account_id, _ = policies.to_park(actor)
    return list(ParkedIntake.objects.filter(account_id=account_id).order_by("-changed_at", "-id"))


def count(actor: Actor) -> int:
    """How many he has put aside."""
    account_id, _ = policies.to_park(actor)
    return ParkedIntake.objects.filter(account_id=account_id).count()


def one(actor: Actor, parked_id: UUID) -> ParkedIntake | None:
    """One of his own, or None: another's does not exist for him."""
    account_id, _ = policies.to_park(actor)
    return ParkedIntake.objects.filter(account_id=account_id, id=parked_id).first()
