"""The acts of this room: telling and having read; sending out; how somebody wants to be told."""

from motcua.messaging.operations.choices import choose_channels
from motcua.messaging.operations.notices import Message, read, tell
from motcua.messaging.operations.sending import (
    Claimed,
    claim,
    record_answers,
    record_reports,
    send_again,
    take_over,
)

__all__ = [
    "Claimed",
    "Message",
    "choose_channels",
    "claim",
    "read",
    "record_answers",
    "record_reports",
    "send_again",
    "take_over",
    "tell",
]
