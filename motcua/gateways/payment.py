"""A payment service over HTTP: JSON both ways, every message signed with a shared secret (HMAC-SHA256).

    POST /v1/bills    {"id", "merchant", "amount", "about"}  → {"reference", "bank", "account"}
    GET  /v1/bills/ID                                        → {"state", "reference", "bank", "account", …}
    POST /v1/refunds  {"id", "transaction", "amount"}        → {"reference"}
    GET  /v1/refunds/ID                                      → {"reference"}
    GET  /v1/statements/YYYY-MM-DD                           → {"lines": [{"transaction", "amount", "bill"}]}

Ids are ours; asked twice under one id, the service does it once. It tells of a payment by POST to our door,
body and signature as here. A signature is over what is sent: the body, or the path where there is none.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

import orjson
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from motcua.dossiers.ports import PAYMENT, BillAnswer
from motcua.gateways.http import Line
from motcua.ledger.ports import Check
from motcua.rules import vietqr
from motcua.rules.casework_money import Booked, Said
from motcua.rules.fees import LARGEST
from motcua.rules.refusal import Refusal
from motcua.rules.vietqr import Transfer

SYSTEM = "cổng thanh toán"
HEADER = "X-Signature"
LONGEST = 8_000
"""Bytes of a word of the service that are read."""
NOT_FOUND = 404
SHORTEST_SECRET = 16


class Service:
    """The service at `base`, as `merchant`."""

    def __init__(self, base: str, merchant: str, secret: str, *, seconds: float = 10.0) -> None:
        self.merchant, self._secret = merchant, secret.encode()
        self._line = Line(SYSTEM, base, seconds=seconds)

    def check(self) -> Check:
        try:
            self._ask("GET", "/v1/ready")
        except Refusal:
            return Check(False, "Cổng thanh toán không trả lời. Hãy báo đơn vị vận hành cổng.")
        return Check(True, "Cổng thanh toán trả lời.")

    def bill(self, bill_id: UUID, amount: int, about: str) -> BillAnswer:
        body = {"id": str(bill_id), "merchant": self.merchant, "amount": amount, "about": about}
        return self._payable(self._ask("POST", "/v1/bills", body), amount)

    def status(self, bill_id: UUID, amount: int) -> BillAnswer:
        found = self._ask("GET", f"/v1/bills/{bill_id}", absent=True)
        if found is None:
            return BillAnswer(known=False)
        with _reading():
            match found["state"]:
                case "paid":
                    return BillAnswer(said=_said({**found, "bill": str(bill_id)}))
                case "failed":
                    return BillAnswer(said=Said(bill_id, False))
                case "open" if found["amount"] == amount:
                    return self._payable(found, amount)
        raise _unreadable()

    def refund(self, refund_id: UUID, transaction: str, amount: int) -> str:
        body = {"id": str(refund_id), "transaction": transaction, "amount": amount}
        return _text(self._ask("POST", "/v1/refunds", body), "reference")

    def refund_status(self, refund_id: UUID) -> str | None:
        found = self._ask("GET", f"/v1/refunds/{refund_id}", absent=True)
        return None if found is None else _text(found, "reference")

    def statement(self, on: date) -> Sequence[Booked]:
        found = self._ask("GET", f"/v1/statements/{on.isoformat()}")
        with _reading():
            return [
                Booked(
                    str(line["transaction"])[:80],
                    int(line["amount"]),
                    UUID(line["bill"]) if line.get("bill") else None,
                )
                for line in found["lines"]
            ]

    def heard(self, body: bytes, headers: Mapping[str, str]) -> Said:
        given = headers.get(HEADER, "")
        if len(body) > LONGEST or not hmac.compare_digest(given.encode(), self._sign(body)):
            raise Refusal("payment.signature_wrong")
        try:
            return _said(orjson.loads(body))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Refusal("payment.unreadable") from None

    # ---- what they share -------------------------------------------------------------------------

    def _ask(self, method: str, path: str, body: Any = None, *, absent: bool = False) -> Any:
        signed = path.encode() if body is None else orjson.dumps(body)
        headers = {HEADER: self._sign(signed).decode(), "X-Merchant": self.merchant}
        status, found = self._line.json(method, path, body, headers)
        if status == NOT_FOUND and absent:
            return None
        if status >= 500:
            raise Refusal("port.no_answer", {"system": SYSTEM})
        if status >= 300:
            said = found.get("error", "") if isinstance(found, dict) else ""
            raise Refusal("port.refused", {"system": SYSTEM, "said": str(said)[:200]})
        return found

    def _payable(self, found: Any, amount: int) -> BillAnswer:
        """How to pay, as the payer scans it; the QR is made here, for the amount we ask."""
        reference = _text(found, "reference")
        purpose = vietqr.purpose_of(reference)
        try:
            qr = vietqr.build(
                Transfer(_text(found, "bank"), _text(found, "account"), amount, purpose)
            )
        except Refusal:
            raise _unreadable() from None
        return BillAnswer(reference=purpose, qr=qr)

    def _sign(self, sent: bytes) -> bytes:
        return hmac.new(self._secret, sent, hashlib.sha256).hexdigest().encode()


def plug() -> None:
    """Connect the service the settings name."""
    base, merchant, secret = (
        settings.PAYMENT_URL,
        settings.PAYMENT_MERCHANT,
        settings.PAYMENT_SECRET,
    )
    if base and len(secret) < SHORTEST_SECRET:
        raise ImproperlyConfigured(
            f"MOTCUA_PAYMENT_SECRET phải có ít nhất {SHORTEST_SECRET} ký tự khi có cổng thanh toán"
        )
    PAYMENT.plug(Service(base, merchant, secret) if base else None)


@contextmanager
def _reading() -> Iterator[None]:
    """Whatever is not as agreed in an answer makes it unreadable."""
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _unreadable() from None


def _said(found: Any) -> Said:
    """A word about a bill; raises ValueError, KeyError or TypeError for one that is not as agreed."""
    bill_id, state = UUID(found["bill"]), found["state"]
    if state == "failed":
        return Said(bill_id, False)
    amount, transaction = found["amount"], found["transaction"]
    good = isinstance(amount, int) and 0 < amount <= LARGEST and isinstance(transaction, str)
    if state != "paid" or not good or not 0 < len(transaction) <= 80:
        raise ValueError(state)
    on = date.fromisoformat(found["on"]) if found.get("on") else None
    return Said(bill_id, True, transaction, amount, on)


def _text(found: Any, name: str) -> str:
    if not isinstance(found, dict) or not isinstance(found.get(name), str):
        raise _unreadable()
    return str(found[name])


def _unreadable() -> Refusal:
    return Refusal("port.answer_unreadable", {"system": SYSTEM})
