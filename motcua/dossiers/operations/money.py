"""Fees and duties: asked, taken under a receipt of the desk's book, voided, given back, counted."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from motcua.dossiers import charging, events, policies, policies_money
from motcua.dossiers.models import DrawerCount, Receipt
from motcua.dossiers.operations.common import work_on
from motcua.ledger import sql
from motcua.ledger.acts import act, next_number
from motcua.rules import casework_money as deciding
from motcua.rules import fees
from motcua.rules.actor import Actor, May
from motcua.rules.casework import Case, Changes
from motcua.rules.casework_money import Book, RefundState, Series, Taken
from motcua.rules.fees import Wanted
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE


def charge_fee(
    *,
    dossier_id: UUID,
    fee: int,
    actor: Actor,
    at: datetime,
    quantity: int = 1,
    relief: str = "",
    amount: int | None = None,
    reason: str = "",
    before_result: bool = True,
    seen: int | None = None,
) -> None:
    """Ask for a fee of the version in force at reception, by its place there (Luật Phí và lệ phí Đ12).

    The amount is the version's; another one, or one it does not state, is typed with its reason. Who has the
    dossier or its desk's cash may. Raises what fees.line and casework_money.charge raise, dossier.may_not.
    """
    wanted = Wanted(fee, quantity, relief, "", amount, reason)
    with work_on(events.PAYMENT_REQUESTED, dossier_id, actor, at, seen, None) as w:
        policies.to_charge(actor, w.case)
        line = _line(w.case, wanted)
        w.changes = deciding.charge(
            w.case, w.terms, w.at, line, stops_clock=False, before_result=before_result
        )


def request_payment(
    *,
    dossier_id: UUID,
    name: str,
    amount: int,
    stops_clock: bool,
    actor: Actor,
    at: datetime,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """Ask for what the version does not list, with its basis; an obligation stops the clock (status 6).

    Raises fee.reason_missing, fee.no_such_line, dossier.amount_not_positive, time.ground_not_declared.
    """
    wanted = Wanted(None, 1, "", name, amount, reason)
    with work_on(events.PAYMENT_REQUESTED, dossier_id, actor, at, seen, None) as w:
        policies.working_on(actor, w.case)
        line = _line(w.case, wanted)
        w.changes = deciding.charge(
            w.case, w.terms, w.at, line, stops_clock=stops_clock, before_result=True
        )


def cancel_charge(
    *,
    dossier_id: UUID,
    charge_id: UUID,
    reason: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Ask no more for what was asked by mistake, with the reason; money that comes later is given back.

    Raises dossier.charge_not_open, dossier.reason_missing, dossier.may_not.
    """
    with work_on(events.CHARGE_CANCELLED, dossier_id, actor, at, seen, None) as w:
        policies.to_charge(actor, w.case)
        w.changes = deciding.cancel(w.case, w.terms, w.at, charge_id, reason)


def record_payment(
    *,
    dossier_id: UUID,
    charge_id: UUID,
    method: str,
    receipt_number: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> str:
    """Take money at the counter under the next number of the desk's book; returns the receipt's number.

    `receipt_number` is that of a pre-printed receipt, where the desk hands such out; it is kept beside ours.
    The clock runs again when nothing that stopped it is open. Raises payment.method_unknown,
    dossier.charge_not_open, dossier.may_not.
    """
    if method not in charging.BY_HAND:
        raise Refusal("payment.method_unknown", {"field": "method"})
    with work_on(events.PAYMENT_RECORDED, dossier_id, actor, at, seen, None) as w:
        policies.at_desk(actor, w.case, May.COLLECT)
        deciding.open_charge(w.case, charge_id)
        payer = charging.payer(dossier_id)
        taken = taken_by(actor, w.case, method, payer, paper=receipt_number)
        book = next_of(w.case.received_by_id, taken.series, w.terms.day(w.at))
        w.changes = deciding.take(w.case, w.terms, w.at, charge_id, taken, book)
    return book.text(taken.series)


def void_receipt(
    *,
    dossier_id: UUID,
    receipt_id: UUID,
    replace: bool,
    reason: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Void a receipt; its number stays in the book. `replace`: a spoiled one, another number for the same
    money; otherwise the cash goes back on the same day, before the drawer is counted, and the charge is open.

    Raises receipt.not_found, receipt.voided, receipt.refunded, receipt.void_too_late, dossier.reason_missing.
    """
    with work_on(events.RECEIPT_VOIDED, dossier_id, actor, at, seen, None) as w:
        policies.at_desk(actor, w.case, May.COLLECT)
        found = charging.receipt_of(dossier_id, receipt_id)
        gone = {"voided_at": w.at, "voided_by_id": actor.account_id, "void_reason": reason[:1000]}
        if not replace:
            counted = charging.counted(found, w.terms.day(w.at))
            w.changes = deciding.void(w.case, w.terms, w.at, found, reason, counted=counted)
            w.act.update(Receipt, [(receipt_id, gone)])
            return
        payer = charging.payer(dossier_id)
        taken = taken_by(actor, w.case, found.method, payer, bill=found.bill_id)
        book = next_of(found.unit_id, taken.series, w.terms.day(w.at))
        w.changes = deciding.reissue(w.case, w.terms, w.at, found, reason, book, taken)
        # Before the new one is written: of one charge only one receipt holds.
        w.act.update(Receipt, [(receipt_id, gone)])


def order_refund(
    *,
    dossier_id: UUID,
    receipt_id: UUID,
    reason: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> UUID:
    """Order that what was paid goes back, whole, with the reason; somebody else pays it out.

    Raises receipt.not_found, receipt.voided, receipt.refunded, dossier.reason_missing, dossier.may_not.
    """
    with work_on(events.REFUND_ORDERED, dossier_id, actor, at, seen, None) as w:
        policies_money.to_order_refund(actor, w.case)
        found = charging.receipt_of(dossier_id, receipt_id)
        w.changes, refund_id = deciding.order_refund(
            w.case, w.terms, w.at, found, reason, actor.account_id, actor.name
        )
    return refund_id


def pay_refund(
    *,
    dossier_id: UUID,
    refund_id: UUID,
    reference: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Give money back by hand, in cash or by a transfer (`reference`: its number); not who ordered it.

    Raises refund.not_due, refund.reference_missing, duty.same_person, dossier.may_not.
    """
    with work_on(events.REFUNDED, dossier_id, actor, at, seen, None) as w:
        policies.at_desk(actor, w.case, May.COLLECT)
        row = charging.refund_of(dossier_id, refund_id)
        if row["state"] != RefundState.DUE:
            raise Refusal("refund.not_due")
        if row["method"] != deciding.CASH and not reference.strip():
            raise Refusal("refund.reference_missing", {"field": "reference"})
        policies_money.pays_apart(actor, row["ordered_by_id"], w.terms.day(w.at))
        w.changes = deciding.refunded(
            w.case, w.terms, w.at, refund_id, reference.strip(), actor.account_id
        )


def count_drawer(
    *, unit_id: int, on: date, counted: int, note: str, actor: Actor, at: datetime
) -> int:
    """Count the cash of one's day against the receipts; returns the difference, which needs a note.

    Raises drawer.not_your_desk, drawer.day_to_come, drawer.note_missing, drawer.amount_wrong.
    """
    policies_money.to_count(actor, unit_id)
    with act(events.DRAWER_COUNTED, actor=actor, at=at) as a:
        if on > a.at.astimezone(ZONE).date():
            raise Refusal("drawer.day_to_come", {"field": "on"})
        if not 0 <= counted <= fees.LARGEST:
            raise Refusal("drawer.amount_wrong", {"field": "counted"})
        # Nobody takes cash into a book that is being counted.
        sql.execute(HELD, [series_of(unit_id, Series.CASH), first_of(on)])
        expected = charging.drawer(unit_id, on, actor.account_id)
        difference = counted - expected.amount
        if difference and not note.strip():
            said = {"field": "note", "difference": difference, "expected": expected.amount}
            raise Refusal("drawer.note_missing", said)
        count_id = new_id()
        row = {
            "id": count_id, "unit_id": unit_id, "on": on, "at": a.at, "by_id": actor.account_id,
            "by_name": actor.name[:200], "receipts": expected.receipts,
            "expected": expected.amount, "counted": counted, "note": note.strip()[:1000],
        }  # fmt: skip
        a.insert(DrawerCount, [row])
        said = {n: row[n] for n in ("on", "receipts", "expected", "counted")}
        a.about("drawer", count_id, {**said, "unit": unit_id})
    return difference


# ---- what they share -----------------------------------------------------------------------------


def taken_by(
    actor: Actor, case: Case, method: str, payer: str, *, paper: str = "", bill: UUID | None = None
) -> Taken:
    """Money taken for a dossier by an actor."""
    who = (actor.account_id, actor.name)
    return Taken(method, payer, *who, paper.strip(), bill, case.training)


def next_of(unit_id: int, series: Series, on: date) -> Book:
    """The next number of a desk's book; what is refused afterwards gives it back with the transaction."""
    return Book(unit_id, on.year, next_number(series_of(unit_id, series), first_of(on)))


def series_of(unit_id: int, series: Series) -> str:
    """The counter of a book; it stands under the first day of its year."""
    return f"receipt:{unit_id}:{series}"


def first_of(on: date) -> date:
    return date(on.year, 1, 1)


def receipted(
    changes: Changes,
    asked: Mapping[UUID, int],
    actor: Actor,
    at: datetime,
    payer: str,
    paper_number: str,
) -> Changes:
    """The changes of an act that takes cash for charges (id and amount) besides, with their receipts."""
    case, on = changes.case, at.astimezone(ZONE).date()
    taken = taken_by(actor, case, deciding.CASH, payer, paper=paper_number)
    rows, sets = list(changes.rows), list(changes.sets)
    for charge_id, amount in asked.items():
        book = next_of(case.received_by_id, taken.series, on)
        made = deciding.receipt(case.id, charge_id, amount, taken, book, at, on)
        rows.append(("receipt", made))
        text = taken.paper_number or book.text(taken.series)
        sets.append(("charge", charge_id, {"receipt_number": text}))
    return dataclasses.replace(changes, rows=tuple(rows), sets=tuple(sets))


def _line(case: Case, wanted: Wanted) -> fees.Line:
    return fees.line(
        wanted, charging.listed(case), case.channel, charging.reliefs(case), case.charged
    )


HELD = 'SELECT last FROM ledger_counter WHERE series = %s AND "on" = %s FOR UPDATE'
