"""The channels notices leave by; `gateways` fills them at start (ledger.ports)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from motcua.ledger.ports import Outside, Port
from motcua.rules.delivery import Answer, Channel


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to carry: our id, where to, and the exact words. `kind` and `said` are for carriers that
    take a template of theirs and what is filled in."""

    id: UUID
    to: str
    title: str
    text: str
    language: str = "vi"
    kind: str = ""
    said: Mapping[str, str] = field(default_factory=dict)


class Carrier(Outside, Protocol):
    """Who carries messages of one channel. Called by many threads at once."""

    name: str
    """What the record calls it; stable."""
    at_once: int
    """How many one worker claims: what may be in doubt when it dies."""
    threads: int
    """How many are under way at a time."""
    asks: bool
    """Whether it knows messages by our id, so that `reports` answers."""

    def carries(self, kind: str) -> bool:
        """Whether it takes notices of a kind."""
        ...

    def send(self, letter: Letter) -> Answer:
        """Hand one message over; never raises."""
        ...

    def reports(self, letters: Sequence[tuple[UUID, str]]) -> Mapping[UUID, Answer]:
        """What became of messages, by our id and the carrier's reference; ids it does not name it does not
        hold (NOT_HELD). Raises port.no_answer, port.answer_unreadable, port.refused."""
        ...


EMAIL: Port[Carrier] = Port("email", "thư điện tử")
SMS: Port[Carrier] = Port("sms", "tin nhắn SMS")
SMS_SECOND: Port[Carrier] = Port("sms_second", "tin nhắn SMS, nhà cung cấp dự phòng")
ZALO: Port[Carrier] = Port("zalo", "tin Zalo")

ROUTES: Mapping[Channel, tuple[Port[Carrier], ...]] = {
    Channel.EMAIL: (EMAIL,),
    Channel.SMS: (SMS, SMS_SECOND),
    Channel.ZALO: (ZALO,),
}
"""By which ports a channel goes, the first that is well before the next."""


def carriers(channel: Channel) -> list[Carrier]:
    """The carriers a channel has, in their order; none where the province has no such channel."""
    return [port.plugged for port in ROUTES[channel] if port.plugged is not None]


def connected() -> tuple[Channel, ...]:
    """The channels that have a carrier."""
    return tuple(channel for channel in Channel if carriers(channel))
