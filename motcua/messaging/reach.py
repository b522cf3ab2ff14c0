"""Where a person is reached by which channel."""

from __future__ import annotations

from motcua.people.queries import Contact
from motcua.rules.delivery import Channel

DEFAULT = frozenset({Channel.EMAIL, Channel.SMS})
"""How who has chosen nothing is told, where he has an address; Zalo is only for who has chosen it."""
MOBILE = ("03", "05", "07", "08", "09")
"""How numbers of mobile telephones begin; others take no text message."""


def address_for(channel: Channel, contact: Contact) -> str:
    """Where a channel reaches a person; "" where it does not."""
    if channel is Channel.EMAIL:
        return contact.email
    return contact.phone if contact.phone.startswith(MOBILE) else ""
