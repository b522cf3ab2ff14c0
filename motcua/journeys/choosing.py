"""How somebody wants to be told: where he is reached, by which channels, in which language."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from motcua.messaging import operations as messaging
from motcua.people import operations as people
from motcua.people import queries
from motcua.rules.actor import Actor


def choose_how_told(
    *,
    person_id: int,
    phone: str,
    email: str,
    channels: Collection[str],
    language: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Keep where a person is reached, if that is new, and how he wants to be told; both or neither.

    Raises what people.change_contact and messaging.choose_channels raise.
    """
    known = queries.person(actor, person_id)
    with transaction.atomic():
        if (known.phone, known.email) != (phone, email):
            people.change_contact(
                person_id=person_id,
                phone=phone,
                email=email,
                address=known.address,
                actor=actor,
                at=at,
            )
        messaging.choose_channels(
            person_id=person_id, channels=channels, language=language, actor=actor, at=at
        )
