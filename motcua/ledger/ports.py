"""Places where outside systems are plugged in: a room names what it needs, `gateways` fills it at start.

A room holds `PAYMENT: Port[Payment] = Port("payment", "cổng thanh toán")` in its ports.py and calls
`PAYMENT.adapter`, never inside an act: nothing outside is called while a transaction is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from motcua.rules.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Check:
    """How an outside system is, for an operator: whether it answers, and what it said or what to do."""

    ok: bool
    said: str


class Outside(Protocol):
    """What every adapter can do besides its work."""

    def check(self) -> Check:
        """Whether the other side answers now; never raises, takes a few seconds at most."""
        ...


Adapter = TypeVar("Adapter", bound=Outside)
PORTS: dict[str, Port[Outside]] = {}
"""Every port there is, by its key, in the order they were made: what an operator looks over."""


class Port(Generic[Adapter]):
    """A place for one adapter; empty where the province has no such system."""

    def __init__(self, key: str, title: str) -> None:
        self.key, self.title = key, title
        self.plugged: Adapter | None = None
        PORTS[key] = self  # type: ignore[assignment]

    def plug(self, adapter: Adapter | None) -> None:
        """Put an adapter in (None takes it out)."""
        self.plugged = adapter

    @property
    def adapter(self) -> Adapter:
        """The adapter; raises port.not_connected where there is none."""
        if self.plugged is None:
            raise Refusal("port.not_connected", {"system": self.title})
        return self.plugged
