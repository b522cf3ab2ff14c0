"""How somebody wants to be told."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from motcua.ledger.acts import act
from motcua.messaging import events, policies, wording
from motcua.messaging.models import Choice
from motcua.rules.actor import Actor
from motcua.rules.delivery import Channel
from motcua.rules.refusal import Refusal


def choose_channels(
    *, person_id: int, channels: Collection[str], language: str, actor: Actor, at: datetime
) -> None:
    """By which channels a person is told from now on, and in which language; the box of notices on the
    portal shows everything however he chooses.

    The person himself chooses, or the desk where he says so. Raises choice.may_not,
    choice.unknown_channel, choice.unknown_language.
    """
    if not set(channels) <= set(Channel):
        raise Refusal("choice.unknown_channel")
    if language not in wording.LANGUAGES:
        raise Refusal("choice.unknown_language")
    policies.to_choose(actor, person_id)
    chosen = sorted(set(channels))
    with act(events.CHANNELS_CHOSEN, actor=actor, at=at) as a:
        kept, _ = Choice.objects.select_for_update().get_or_create(
            person_id=person_id, defaults={"at": at}
        )
        a.hold("choice", person_id)
        kept.channels, kept.language, kept.at = chosen, language, a.at
        kept.save()
        a.about("choice", person_id, {"channels": chosen, "language": language})
