"""Money on a dossier, decided purely: fees asked, taken under a receipt, voided, given back; and what a word
of the payment service means.

A charge is paid once: in cash or by the service, whichever comes first; what comes after is to be given back.
The payment service is asked under the bill's own id, so that asking again is never asking for more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from motcua.rules.casework import (
    OPEN,
    UNDER_WAY,
    Case,
    Changes,
    Draft,
    OpenCharge,
    Status,
    Terms,
    reasoned,
    under_way,
)
from motcua.rules.casework_clock import open_pause, record_payment, request_payment
from motcua.rules.clock_rules import Ground
from motcua.rules.fees import Line
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal

RELIEVED = "relief"
"""How a charge of 0 đồng counts as paid: by a relief."""
ONLINE, CASH = "online", "cash"
ENDED = frozenset({Status.DONE, Status.HANDED_OVER})
WAITS = (1, 2, 5, 15, 30, 60)
"""Minutes between one question to the payment service and the next; the last goes on."""
ASKED_FOR = timedelta(days=3)
"""For so long an open bill is asked about; afterwards only a word of the service's own counts."""


class Series(StrEnum):
    """The books of receipts a desk keeps: cash, transfers, and training, which counts for nothing."""

    CASH = "TM"
    TRANSFER = "CK"
    TRAINING = "TH"


class BillState(StrEnum):
    """How far a bill is; `unknown`: the service was asked and did not answer."""

    INTENDED = "intended"
    OPEN = "open"
    UNKNOWN = "unknown"
    PAID = "paid"
    FAILED = "failed"


BILLED = frozenset({BillState.INTENDED, BillState.OPEN, BillState.UNKNOWN})


class RefundState(StrEnum):
    """How far a refund is."""

    DUE = "due"
    ASKED = "asked"
    UNKNOWN = "unknown"
    DONE = "done"


class Verdict(StrEnum):
    """What was made of a word of the payment service."""

    PAID = "paid"
    REPEATED = "repeated"
    FAILED = "failed"
    TO_REFUND = "to_refund"
    WRONG_AMOUNT = "wrong_amount"
    WRONG_SIGNATURE = "wrong_signature"
    UNKNOWN_BILL = "unknown_bill"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Said:
    """A word of the payment service about a bill: paid, under its own transaction and amount, on the day it
    booked it; or failed."""

    bill_id: UUID
    paid: bool
    transaction: str = ""
    amount: int = 0
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Billed:
    """A bill as a decision sees it."""

    id: UUID
    charge_id: UUID
    amount: int
    state: BillState
    transaction: str
    asked_at: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class Taken:
    """Money taken: how, from whom, by whom."""

    method: str
    payer: str
    by: int | None
    by_name: str
    paper_number: str = ""
    bill_id: UUID | None = None
    training: bool = False

    @property
    def series(self) -> Series:
        if self.training:
            return Series.TRAINING
        return Series.CASH if self.method == CASH else Series.TRANSFER


@dataclass(frozen=True, slots=True)
class Book:
    """A desk's book of receipts in a year, and the next number in it."""

    unit_id: int
    year: int
    number: int

    def text(self, series: Series) -> str:
        """The number as it is printed."""
        return receipt_text(series, self.year, self.number)


def receipt_text(series: str, year: int, number: int) -> str:
    """A receipt's number as it is printed: TM-2022-000012."""
    return f"{series}-{year}-{number:06d}"


# ---- asking --------------------------------------------------------------------------------------


def charge(
    case: Case, terms: Terms, at: datetime, line: Line, *, stops_clock: bool, before_result: bool
) -> Changes:
    """Ask for a fee, a duty or an obligation; one that a relief frees of wholly is recorded as 0 đồng.

    Raises dossier.not_under_way, fee.relief_stops_nothing, time.ground_not_declared.
    """
    facts = {
        "kind": str(line.kind),
        "fee_position": line.position,
        "quantity": line.quantity,
        "stated": line.stated,
        "relief": line.relief,
        "basis": line.basis,
        "reason": line.reason,
        "before_result": before_result,
    }
    if line.amount == 0:
        return _freed(case, terms, at, line, facts)
    changes = request_payment(
        case, terms, at, name=line.name, amount=line.amount, stops_clock=stops_clock, facts=facts
    )
    said = {n: v for n, v in asdict(line).items() if n in ("stated", "relief", "quantity") and v}
    return replace(changes, recorded={**changes.recorded, **said})


def _freed(case: Case, terms: Terms, at: datetime, line: Line, facts: Mapping[str, Any]) -> Changes:
    under_way(case)
    draft = Draft(case, case, at, terms)
    paid = {"paid_at": at, "method": RELIEVED, "stops_clock": False}
    draft.row("charge", name=line.name, amount=0, asked_at=at, **facts, **paid)
    return draft.finish(amount=0, stated=line.stated, relief=line.relief, stops_clock=False)


def cancel(case: Case, terms: Terms, at: datetime, charge_id: UUID, reason: str) -> Changes:
    """A charge asked by mistake is asked no more; the clock runs again where it stood still for it.

    Raises dossier.reason_missing, dossier.charge_not_open.
    """
    reasoned(reason)
    asked = open_charge(case, charge_id)
    changes = record_payment(case, terms, at, charge_id, method="", receipt_number="")
    gone = {"cancelled_at": at, "cancel_reason": reason.strip()[:1000]}
    sets = tuple(
        (table, row_id, gone if row_id == charge_id else values)
        for table, row_id, values in changes.sets
    )
    recorded = {**changes.recorded, "amount": asked.amount}
    return replace(changes, sets=sets, recorded=recorded)


def open_charge(case: Case, charge_id: UUID) -> OpenCharge:
    """The charge that is still to be paid; raises dossier.charge_not_open."""
    found = next((c for c in case.charges if c.id == charge_id), None)
    if found is None:
        raise Refusal("dossier.charge_not_open")
    return found


# ---- taking --------------------------------------------------------------------------------------


def take(
    case: Case, terms: Terms, at: datetime, charge_id: UUID, taken: Taken, book: Book
) -> Changes:
    """Money came in for a charge: it gets a receipt, and the clock runs again where it waited for this."""
    asked = open_charge(case, charge_id)
    text = taken.paper_number or book.text(taken.series)
    changes = record_payment(case, terms, at, charge_id, method=taken.method, receipt_number=text)
    row = receipt(case.id, charge_id, asked.amount, taken, book, at, terms.day(at))
    return replace(
        changes,
        rows=(*changes.rows, ("receipt", row)),
        recorded={**changes.recorded, "method": taken.method, "receipt": text},
    )


def receipt(
    dossier_id: UUID,
    charge_id: UUID,
    amount: int,
    taken: Taken,
    book: Book,
    at: datetime,
    on: date,
) -> dict[str, Any]:
    """A receipt as it is written."""
    return {
        "id": new_id(),
        "dossier_id": dossier_id,
        "charge_id": charge_id,
        "unit_id": book.unit_id,
        "series": str(taken.series),
        "year": book.year,
        "number": book.number,
        "amount": amount,
        "method": taken.method,
        "at": at,
        "on": on,
        "by_id": taken.by,
        "by_name": taken.by_name[:200],
        "payer": taken.payer[:200],
        "paper_number": taken.paper_number[:40],
        "bill_id": taken.bill_id,
    }


# ---- the word of the payment service -------------------------------------------------------------


def bill(case: Case, terms: Terms, at: datetime, charge_id: UUID) -> tuple[Changes, UUID]:
    """Mean to ask the service for a charge; raises dossier.charge_not_open."""
    asked = open_charge(case, charge_id)
    draft = Draft(case, case, at, terms)
    bill_id = draft.row(
        "bill",
        charge_id=charge_id,
        amount=asked.amount,
        state=str(BillState.INTENDED),
        asked_at=at,
        next_at=at + wait(0),
    )
    return draft.finish(bill=bill_id, amount=asked.amount), bill_id


def wait(tries: int) -> timedelta:
    """How long to wait before the service is asked again."""
    return timedelta(minutes=WAITS[min(tries, len(WAITS) - 1)])


def settles(case: Case, billed: Billed, said: Said) -> bool:
    """Whether what came in is what is owed: only then is a receipt written."""
    due = next((c for c in case.charges if c.id == billed.charge_id), None)
    return said.paid and due is not None and said.amount == due.amount


def hear(
    case: Case,
    terms: Terms,
    at: datetime,
    billed: Billed,
    said: Said,
    taken: Taken,
    book: Book | None,
) -> tuple[Changes, Verdict]:
    """What the service says of a bill: the charge is paid, or the money is to be given back, or nothing came.

    Paid with another amount, for a charge that is paid or asked no more, or of a withdrawn dossier: to give
    back. `book` has the number of the receipt where it `settles`.
    """
    if not said.paid:
        return _failed(case, terms, at, billed)
    booked_on = said.on or terms.day(at)
    paid = {"paid_at": at, "transaction": said.transaction, "next_at": None, "booked_on": booked_on}
    paid["state"] = str(BillState.PAID)
    if book is not None and settles(case, billed, said):
        changes = take(case, terms, at, billed.charge_id, taken, book)
        sets = (*changes.sets, ("bill", billed.id, paid))
        return replace(changes, sets=sets), Verdict.PAID
    wrong = said.amount != billed.amount
    verdict = Verdict.WRONG_AMOUNT if wrong else Verdict.TO_REFUND
    why = REASONS[verdict].format(said=said.amount, asked=billed.amount)
    draft = Draft(case, case, at, terms)
    if not billed.transaction:
        draft.sets.append(("bill", billed.id, paid))
    surplus = {"bill_id": billed.id, "transaction": said.transaction, "method": ONLINE}
    surplus["booked_on"] = booked_on
    draft.row("refund", **refund(case, at, said.amount, why, None, taken.by_name), **surplus)
    return draft.finish(bill=billed.id, amount=said.amount, refund=True), verdict


REASONS: Mapping[Verdict, str] = {
    Verdict.WRONG_AMOUNT: "Cổng thanh toán báo đã thu {said} đồng, khoản thu là {asked} đồng",
    Verdict.TO_REFUND: "Tiền tới khi khoản thu không còn chờ nộp (đã nộp, đã bỏ hoặc hồ sơ đã rút)",
}


def _failed(case: Case, terms: Terms, at: datetime, billed: Billed) -> tuple[Changes, Verdict]:
    draft = Draft(case, case, at, terms)
    draft.sets.append(("bill", billed.id, {"state": str(BillState.FAILED), "next_at": None}))
    return draft.finish(bill=billed.id, failed=True), Verdict.FAILED


# ---- giving back ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Receipted:
    """A receipt as a decision sees it."""

    id: UUID
    charge_id: UUID
    unit_id: int
    series: str
    amount: int
    method: str
    on: date
    by: int | None
    bill_id: UUID | None
    transaction: str
    stops_clock: bool
    before_result: bool
    name: str
    voided: bool = False
    refunded: bool = False


def _live(found: Receipted) -> None:
    if found.voided:
        raise Refusal("receipt.voided")
    if found.refunded:
        raise Refusal("receipt.refunded")


def void(
    case: Case, terms: Terms, at: datetime, found: Receipted, reason: str, *, counted: bool
) -> Changes:
    """The money of a receipt goes back over the counter on the same day and the charge is open again.

    Raises dossier.reason_missing, receipt.voided, receipt.refunded, receipt.void_too_late.
    """
    reasoned(reason)
    _live(found)
    if found.method != CASH or found.on != terms.day(at) or counted or case.status not in OPEN:
        raise Refusal("receipt.void_too_late")
    draft = Draft(case, case, at, terms)
    asked = {"paid_at": None, "method": "", "receipt_number": ""}
    draft.sets.append(("charge", found.charge_id, asked))
    again = OpenCharge(
        found.charge_id, found.name, found.amount, found.stops_clock, found.before_result
    )
    draft.now(charges=(*case.charges, again))
    if found.stops_clock and case.status in UNDER_WAY:
        open_pause(draft, Ground.MONEY, reason)
    return draft.finish(receipt=found.id, amount=found.amount)


def reissue(
    case: Case, terms: Terms, at: datetime, found: Receipted, reason: str, book: Book, taken: Taken
) -> Changes:
    """A spoiled receipt is replaced by another number for the same money.

    Raises dossier.reason_missing, receipt.voided, receipt.refunded.
    """
    reasoned(reason)
    _live(found)
    draft = Draft(case, case, at, terms)
    row = receipt(case.id, found.charge_id, found.amount, taken, book, at, found.on)
    draft.rows.append(("receipt", {**row, "replaces_id": found.id}))
    text = book.text(taken.series)
    draft.sets.append(("charge", found.charge_id, {"receipt_number": text}))
    return draft.finish(replaced=found.id, receipt=text)


def order_refund(
    case: Case, terms: Terms, at: datetime, found: Receipted, reason: str, by: int | None, name: str
) -> tuple[Changes, UUID]:
    """What was paid is to be given back, whole; by the service where it came through it.

    Raises dossier.reason_missing, receipt.voided, receipt.refunded.
    """
    reasoned(reason)
    _live(found)
    draft = Draft(case, case, at, terms)
    facts = {"receipt_id": found.id, "bill_id": found.bill_id, "transaction": found.transaction}
    row = refund(case, at, found.amount, reason.strip()[:1000], by, name)
    refund_id = draft.row("refund", **row, **facts, method=found.method)
    return draft.finish(refund=refund_id, amount=found.amount), refund_id


def refund(
    case: Case, at: datetime, amount: int, reason: str, by: int | None, name: str
) -> dict[str, Any]:
    """A refund as it is ordered."""
    return {
        "unit_id": case.received_by_id,
        "amount": amount,
        "reason": reason,
        "state": str(RefundState.DUE),
        "ordered_at": at,
        "ordered_by_id": by,
        "ordered_name": name[:200],
    }


def refunded(
    case: Case, terms: Terms, at: datetime, refund_id: UUID, reference: str, by: int | None
) -> Changes:
    """The money is back with who paid it."""
    draft = Draft(case, case, at, terms)
    done = {
        "state": str(RefundState.DONE),
        "done_at": at,
        "done_on": terms.day(at),
        "next_at": None,
    }
    draft.sets.append(
        ("refund", refund_id, {**done, "done_by_id": by, "reference": reference[:80]})
    )
    return draft.finish(refund=refund_id)


def sent(case: Case, terms: Terms, at: datetime, refund_id: UUID) -> Changes:
    """A refund is given to the payment service."""
    draft = Draft(case, case, at, terms)
    new = {"state": str(RefundState.ASKED), "next_at": at + wait(0)}
    draft.sets.append(("refund", refund_id, new))
    return draft.finish(refund=refund_id)


# ---- against the statement -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Booked:
    """A line of a day, by the service's transaction: money in (positive) or back (negative)."""

    transaction: str
    amount: int
    bill_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A transaction that only one side has, or with another amount; None where a side has none."""

    transaction: str
    ours: int | None
    theirs: int | None
    bill_id: UUID | None = None


def compare(ours: Sequence[Booked], theirs: Sequence[Booked]) -> tuple[int, tuple[Difference, ...]]:
    """How many transactions are the same on both sides, and those that are not, in order."""
    here, there = _summed(ours), _summed(theirs)
    bills = {b.transaction: b.bill_id for b in (*theirs, *ours) if b.bill_id}
    keys = sorted(here.keys() | there.keys())
    differing = tuple(
        Difference(key, here.get(key), there.get(key), bills.get(key))
        for key in keys
        if here.get(key) != there.get(key)
    )
    return len(keys) - len(differing), differing


def _summed(lines: Iterable[Booked]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for line in lines:
        sums[line.transaction] = sums.get(line.transaction, 0) + line.amount
    return sums
