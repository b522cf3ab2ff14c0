"""Paying through the payment service: asked, answered, heard of, given back, held against its statement.

Each act records what was meant or what was said; the service itself is called between acts (journeys.paying).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from motcua.dossiers import charging, events, policies_money
from motcua.dossiers.models import Bill, PaymentNotice, Refund, StatementCheck
from motcua.dossiers.operations.common import work_on
from motcua.dossiers.operations.money import next_of, taken_by
from motcua.dossiers.ports import BillAnswer
from motcua.ledger import sql
from motcua.ledger.acts import act
from motcua.rules import casework_money as deciding
from motcua.rules.actor import Actor
from motcua.rules.casework_money import Billed, BillState, Booked, RefundState, Said, Verdict
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal

LONGEST_BODY = 4_000
UNSIGNED_A_DAY = 500
"""So many unsigned words of a day are kept; more are somebody's game, not the service's."""


class Repeated(Exception):
    """The service says what it has said before: nothing is to be done."""


def start_bill(
    *, dossier_id: UUID, charge_id: UUID, actor: Actor, at: datetime, seen: int | None = None
) -> UUID:
    """Mean to ask the payment service for a charge; returns the bill, also where one is under way already.

    Raises dossier.not_visible, dossier.charge_not_open, dossier.may_not.
    """
    try:
        with work_on(events.BILL_STARTED, dossier_id, actor, at, seen, None) as w:
            policies_money.to_pay_online(actor, w.case)
            deciding.open_charge(w.case, charge_id)
            if found := charging.bill_under_way(charge_id):
                raise Repeated(found)
            w.changes, bill_id = deciding.bill(w.case, w.terms, w.at, charge_id)
    except Repeated as repeated:
        return UUID(str(repeated.args[0]))
    return bill_id


def record_bill(*, bill_id: UUID, answer: BillAnswer | None, actor: Actor, at: datetime) -> None:
    """What the service answered to a bill: how to pay it; None: it did not answer, it is asked again.

    Of a bill that is over nothing changes. Raises dossier.may_not.
    """
    policies_money.to_speak_for_service(actor)
    with suppress(Repeated), act(events.BILL_ANSWERED, actor=actor, at=at) as a:
        found = sql.fetch(HELD_BILL, [bill_id])
        if not found or found[0]["state"] not in deciding.BILLED:
            raise Repeated
        a.hold("bill", bill_id)
        new = _answered(found[0], answer, a.at)
        a.update(Bill, [(bill_id, new)])
        a.about("bill", bill_id, {"state": new["state"], "tries": new["tries"]})


def _answered(bill: Mapping[str, Any], answer: BillAnswer | None, at: datetime) -> dict[str, Any]:
    """The columns of a bill after an answer."""
    again = {"tries": bill["tries"] + 1, "next_at": at + deciding.wait(bill["tries"])}
    if answer is None:
        return {"state": str(BillState.UNKNOWN), **again}
    if at - bill["asked_at"] > deciding.ASKED_FOR:
        again["next_at"] = None
    known = {"reference": answer.reference[:60], "qr": answer.qr[:500]} if answer.qr else {}
    return {"state": str(BillState.OPEN), **known, **again}


def hear_payment(*, said: Said, body: str, actor: Actor, at: datetime) -> Verdict:
    """What the service says of a bill, by its own word or when asked: paid once, however often it says so.

    Money that cannot be taken (another amount, a charge no longer open, a withdrawn dossier) is to be given
    back. The word is kept as it came. Raises dossier.may_not.
    """
    policies_money.to_speak_for_service(actor)
    dossier_id = charging.dossier_of_bill(said.bill_id)
    if dossier_id is None:
        keep_notice(verdict=Verdict.UNKNOWN_BILL, said=said, body=body, actor=actor, at=at)
        return Verdict.UNKNOWN_BILL
    try:
        with work_on(events.PAYMENT_RECORDED, dossier_id, actor, at, None, None) as w:
            bill = charging.bill_of(dossier_id, said.bill_id)
            if _known(bill, said):
                raise Repeated
            payer = charging.payer(dossier_id)
            taken = taken_by(actor, w.case, deciding.ONLINE, payer, bill=bill.id)
            number = None
            if deciding.settles(w.case, bill, said):
                number = next_of(w.case.received_by_id, taken.series, w.terms.day(w.at))
            w.changes, verdict = deciding.hear(w.case, w.terms, w.at, bill, said, taken, number)
            told = {Verdict.PAID: events.PAYMENT_RECORDED, Verdict.FAILED: events.BILL_FAILED}
            w.act.event = told.get(verdict, events.REFUND_ORDERED)
            w.act.insert(PaymentNotice, [_notice(verdict, said, body, w.at)])
    except Repeated:
        return Verdict.REPEATED
    return verdict


def _known(bill: Billed, said: Said) -> bool:
    if not said.paid:
        return bill.state not in deciding.BILLED
    return charging.transaction_known(said.transaction)


def keep_notice(
    *, verdict: Verdict, said: Said | None, body: str, actor: Actor, at: datetime
) -> None:
    """Keep a word that could not be taken (unsigned, unreadable, of no bill of ours), as it came.

    Unsigned words are kept up to a number a day. Raises dossier.may_not.
    """
    policies_money.to_speak_for_service(actor)
    if sql.fetch(KEPT, [at - timedelta(days=1)])[0]["kept"] >= UNSIGNED_A_DAY:
        return
    with act(events.PAYMENT_NOTICE_KEPT, actor=actor, at=at) as a:
        row = _notice(verdict, said, body, a.at)
        a.insert(PaymentNotice, [row])
        a.about("payment_notice", row["id"], {"verdict": str(verdict), "bill": row["bill_id"]})


def send_refund(
    *, dossier_id: UUID, refund_id: UUID, actor: Actor, at: datetime, seen: int | None = None
) -> None:
    """Mean to give money back through the service that took it; not who ordered it.

    Raises refund.not_due, refund.not_by_service, duty.same_person, dossier.may_not.
    """
    with work_on(events.REFUND_SENT, dossier_id, actor, at, seen, None) as w:
        policies_money.to_order_refund(actor, w.case)
        row = charging.refund_of(dossier_id, refund_id)
        if row["state"] != RefundState.DUE:
            raise Refusal("refund.not_due")
        if not row["transaction"]:
            raise Refusal("refund.not_by_service")
        policies_money.pays_apart(actor, row["ordered_by_id"], w.terms.day(w.at))
        w.changes = deciding.sent(w.case, w.terms, w.at, refund_id)


def record_refund(
    *, dossier_id: UUID, refund_id: UUID, reference: str, actor: Actor, at: datetime
) -> None:
    """The service gave the money back, under its reference; said again nothing changes.

    Raises dossier.may_not, refund.not_found.
    """
    policies_money.to_speak_for_service(actor)
    with suppress(Repeated), work_on(events.REFUNDED, dossier_id, actor, at, None, None) as w:
        if charging.refund_of(dossier_id, refund_id)["state"] == RefundState.DONE:
            raise Repeated
        w.changes = deciding.refunded(w.case, w.terms, w.at, refund_id, reference, None)


def wait_for_refund(*, refund_id: UUID, actor: Actor, at: datetime) -> None:
    """The service did not answer about a refund: it is asked again later; raises dossier.may_not."""
    policies_money.to_speak_for_service(actor)
    with suppress(Repeated), act(events.REFUND_WAITED_FOR, actor=actor, at=at) as a:
        found = sql.fetch(HELD_REFUND, [refund_id])
        if not found or found[0]["state"] == RefundState.DONE:
            raise Repeated
        a.hold("refund", refund_id)
        tries = found[0]["tries"]
        new = {"state": str(RefundState.UNKNOWN), "tries": tries + 1}
        a.update(Refund, [(refund_id, {**new, "next_at": a.at + deciding.wait(tries)})])
        a.about("refund", refund_id, new)


def reconcile_payments(
    *, on: date, statement: Sequence[Booked], actor: Actor, at: datetime
) -> Sequence[deciding.Difference]:
    """Hold the service's statement of a day against ours and keep what differs; raises dossier.may_not."""
    policies_money.to_reconcile(actor)
    with act(events.PAYMENTS_RECONCILED, actor=actor, at=at) as a:
        ours = charging.booked(on)
        matched, differing = deciding.compare(ours, statement)
        made = new_id()
        row = {
            "id": made, "on": on, "at": a.at, "by_name": actor.name[:200],
            "ours": sum(b.amount for b in ours), "theirs": sum(b.amount for b in statement),
            "matched": matched, "differences": [_plain(one) for one in differing],
        }  # fmt: skip
        a.insert(StatementCheck, [row])
        said = {n: row[n] for n in ("on", "ours", "theirs", "matched")}
        a.about("statement", made, {**said, "differences": len(differing)})
    return differing


def _plain(one: deciding.Difference) -> Mapping[str, Any]:
    return asdict(one) | {"bill_id": str(one.bill_id) if one.bill_id else None}


def _notice(verdict: Verdict, said: Said | None, body: str, at: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "at": at,
        "verdict": str(verdict),
        "bill_id": said.bill_id if said else None,
        "transaction": said.transaction[:80] if said else "",
        "amount": said.amount if said else None,
        "body": body.replace("\0", "")[:LONGEST_BODY],
    }


HELD_BILL = "SELECT state, asked_at, tries FROM dossiers_bill WHERE id = %s FOR UPDATE"
HELD_REFUND = "SELECT state, tries FROM dossiers_refund WHERE id = %s FOR UPDATE"
KEPT = """
SELECT count(*) AS kept FROM dossiers_paymentnotice
WHERE at > %s AND verdict IN ('wrong_signature', 'unreadable', 'unknown_bill')
"""
