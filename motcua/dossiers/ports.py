"""What dossiers need from outside; `gateways` fills it at start (ledger.ports)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from motcua.ledger.ports import Outside, Port
from motcua.rules.casework import Status
from motcua.rules.casework_money import Booked, Said


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


@dataclass(frozen=True, slots=True)
class BillAnswer:
    """How a bill is paid: the reference the payer writes and the VietQR payload; or, asked later, what was
    paid. `known` is false where the service has never heard of the bill."""

    reference: str = ""
    qr: str = ""
    said: Said | None = None
    known: bool = True


class Payment(Outside, Protocol):
    """A payment service. Everything is asked under an id of ours, so that asking again asks for the same.

    Raises port.no_answer (whether it was done is then unknown: ask its status), port.answer_unreadable,
    port.refused.
    """

    def bill(self, bill_id: UUID, amount: int, about: str) -> BillAnswer:
        """Have a bill made; the same id with the same amount gives the same bill."""
        ...

    def status(self, bill_id: UUID, amount: int) -> BillAnswer:
        """How a bill of this amount is."""
        ...

    def refund(self, refund_id: UUID, transaction: str, amount: int) -> str:
        """Give money back; the same id gives it back once. Returns the service's reference."""
        ...

    def refund_status(self, refund_id: UUID) -> str | None:
        """The service's reference of a refund; None where it never heard of it."""
        ...

    def statement(self, on: date) -> Sequence[Booked]:
        """What the service booked on a day: in (positive) and back (negative)."""
        ...

    def heard(self, body: bytes, headers: Mapping[str, str]) -> Said:
        """What a call of the service says; raises payment.signature_wrong, payment.unreadable."""
        ...


PAYMENT: Port[Payment] = Port("payment", "cổng thanh toán")
