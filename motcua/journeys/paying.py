"""Paying through the payment service: what is meant is recorded, the service called, what it said recorded.

Nothing outside is called within an act. Where the service does not answer, nobody knows what it did: it is
asked how the bill stands, under the same id, and asked for it again only where it never heard of it; so an
answer that is late, lost or never comes charges nobody twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from motcua.dossiers import charging, operations
from motcua.dossiers.ports import PAYMENT, BillAnswer
from motcua.rules.actor import Actor, system
from motcua.rules.casework_money import Difference, Said, Verdict
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE

SERVICE = system("cổng thanh toán")
AT_ONCE = 50
"""So many bills and refunds are asked about in one go."""
_UNHEARD = frozenset({"port.no_answer", "port.answer_unreadable"})


def pay_online(*, dossier_id: UUID, charge_id: UUID, actor: Actor, at: datetime) -> UUID:
    """Have a bill made for a charge, or go on with the one under way; its state tells what became of it.

    Raises port.not_connected, port.refused, dossier.charge_not_open, dossier.may_not.
    """
    service = PAYMENT.adapter
    bill_id = operations.start_bill(dossier_id=dossier_id, charge_id=charge_id, actor=actor, at=at)
    row = charging.bill(bill_id)
    if row["state"] == "intended":
        try:
            _asked(row, lambda: service.bill(bill_id, row["amount"], row["code"]), at)
        except Refusal:
            # It said no to the first asking: there is no such bill, and another may be asked for.
            said = Said(bill_id, False)
            operations.hear_payment(said=said, body="từ chối", actor=SERVICE, at=at)
            raise
    return bill_id


def ask_about(bill_id: UUID, at: datetime) -> None:
    """Ask how a bill stands; one the service never heard of is asked for again, under its id.

    Raises port.not_connected.
    """
    service, row = PAYMENT.adapter, charging.bill(bill_id)

    def ask() -> BillAnswer:
        found = service.status(bill_id, row["amount"])
        return found if found.known else service.bill(bill_id, row["amount"], row["code"])

    _asked(row, ask, at)


def _asked(row: Mapping[str, Any], ask: Callable[[], BillAnswer], at: datetime) -> None:
    """Ask, and record what was said, or that nothing was."""
    bill_id = UUID(str(row["id"]))
    try:
        answer = ask()
    except Refusal as refusal:
        operations.record_bill(bill_id=bill_id, answer=None, actor=SERVICE, at=at)
        if refusal.code not in _UNHEARD:
            raise
        return
    if answer.said is not None:
        operations.hear_payment(said=answer.said, body="hỏi trạng thái", actor=SERVICE, at=at)
        return
    operations.record_bill(bill_id=bill_id, answer=answer, actor=SERVICE, at=at)


def hear(body: bytes, headers: Mapping[str, str], at: datetime) -> Verdict:
    """A word of the service at our door: what it means is done once, and what cannot be taken is kept.

    Raises payment.signature_wrong, payment.unreadable, port.not_connected.
    """
    service = PAYMENT.adapter
    text = body.decode(errors="replace")
    try:
        said = service.heard(body, headers)
    except Refusal as refusal:
        verdict = VERDICTS[refusal.code]
        operations.keep_notice(verdict=verdict, said=None, body=text, actor=SERVICE, at=at)
        raise
    return operations.hear_payment(said=said, body=text, actor=SERVICE, at=at)


VERDICTS = {
    "payment.signature_wrong": Verdict.WRONG_SIGNATURE,
    "payment.unreadable": Verdict.UNREADABLE,
}


def refund_online(*, dossier_id: UUID, refund_id: UUID, actor: Actor, at: datetime) -> None:
    """Give money back through the service that took it.

    Raises port.not_connected, refund.not_due, refund.not_by_service, duty.same_person.
    """
    service = PAYMENT.adapter
    operations.send_refund(dossier_id=dossier_id, refund_id=refund_id, actor=actor, at=at)
    _give_back(charging.refund(refund_id), service.refund, at)


def _give_back(row: Mapping[str, Any], give: Callable[[UUID, str, int], str], at: datetime) -> None:
    refund_id, dossier_id = UUID(str(row["id"])), UUID(str(row["dossier_id"]))
    try:
        reference = give(refund_id, row["transaction"], row["amount"])
    except Refusal as refusal:
        operations.wait_for_refund(refund_id=refund_id, actor=SERVICE, at=at)
        if refusal.code not in _UNHEARD:
            raise
        return
    operations.record_refund(
        dossier_id=dossier_id, refund_id=refund_id, reference=reference, actor=SERVICE, at=at
    )


def ask_all(at: datetime) -> int:
    """Ask about the bills and refunds whose turn it is; how many. Where no service is connected: none."""
    if PAYMENT.plugged is None:
        return 0
    service = PAYMENT.plugged

    def again(refund_id: UUID, transaction: str, amount: int) -> str:
        known = service.refund_status(refund_id)
        return known if known is not None else service.refund(refund_id, transaction, amount)

    bills = charging.to_ask("bill", at, AT_ONCE)
    refunds = charging.to_ask("refund", at, AT_ONCE)
    for bill_id in bills:
        _quietly(partial(ask_about, bill_id, at))
    for refund_id in refunds:
        _quietly(partial(_give_back, charging.refund(refund_id), again, at))
    return len(bills) + len(refunds)


def _quietly(ask: Callable[[], None]) -> None:
    """One that is refused does not keep the others waiting; it has been put off already."""
    try:
        ask()
    except Refusal:
        return


def reconcile(on: date, actor: Actor, at: datetime) -> Sequence[Difference]:
    """Hold the service's statement of a day against our own record. A payment that we never heard of is asked
    about and taken first, so that what differs is what somebody has to look into.

    Raises port.not_connected, port.no_answer, port.answer_unreadable, dossier.may_not.
    """
    service = PAYMENT.adapter
    statement = service.statement(on)
    for line in statement:
        if line.bill_id and line.amount > 0 and not charging.transaction_known(line.transaction):
            _quietly(partial(_settle, line.bill_id, at))
    return operations.reconcile_payments(on=on, statement=statement, actor=actor, at=at)


def reconcile_last(at: datetime) -> Sequence[Difference]:
    """The nightly reconciliation, of the day before; nothing where no service is connected."""
    if PAYMENT.plugged is None:
        return ()
    yesterday = at.astimezone(ZONE).date() - timedelta(days=1)
    return reconcile(yesterday, system("đối chiếu thanh toán hằng đêm"), at)


def _settle(bill_id: UUID, at: datetime) -> None:
    if charging.dossier_of_bill(bill_id) is not None:
        ask_about(bill_id, at)
