"""What dossiers need from outside; `gateways` fills it at start (ledger.ports)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from motcua.ledger.ports import Outside, Port
from motcua.rules.casework import Status


class Exchange(Outside, Protocol):
    """A system that dossiers are exchanged with by the national records (rules.national).

    Every call may raise port.no_answer and port.answer_unreadable (whether it was done is then unknown), and
    port.refused with what the other side said. `mirrors`: its dossiers are settled there and only shown
    here; else they come here to be settled.
    """

    mirrors: bool

    def send(
        self, service: str, record: Mapping[str, Any], *, updating: bool, key: str
    ) -> None: ...

    def find(self, code: str) -> Mapping[str, Any] | None:
        """A dossier as the other side has it, or None."""
        ...

    def listed(self, since: datetime, until: datetime) -> Mapping[str, Status]:
        """The status of every dossier that was filed from `since` until before `until`, by its code."""
        ...

    def arrived(self, after: int, many: int) -> Sequence[tuple[int, object]]:
        """Records for us with their numbers, in order, after a number."""
        ...


NATIONAL = "national"
EXCHANGES: dict[str, Port[Exchange]] = {
    NATIONAL: Port("exchange.national", "Cổng Dịch vụ công quốc gia")
}
"""The systems dossiers are exchanged with, by key: the national portal, and those the settings name."""


def exchange(key: str, title: str = "") -> Port[Exchange]:
    """The place of a system, made where the settings name one that is new."""
    if key not in EXCHANGES:
        EXCHANGES[key] = Port(f"exchange.{key}", title or key)
    return EXCHANGES[key]


def connected() -> dict[str, Exchange]:
    """The systems that are plugged in."""
    return {key: port.plugged for key, port in EXCHANGES.items() if port.plugged is not None}
