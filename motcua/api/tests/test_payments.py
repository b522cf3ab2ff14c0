"""Paying through a payment service in a process of its own: paid once, whatever it says, however often."""

import threading
from datetime import date, timedelta

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application

from motcua.dossiers import charging, operations
from motcua.dossiers.models import (
    Bill,
    Charge,
    Dossier,
    PaymentNotice,
    Receipt,
    Refund,
    StatementCheck,
)
from motcua.dossiers.ports import PAYMENT
from motcua.dossiers.tests.conftest import NINE, later, raise_world
from motcua.dossiers.tests.test_money import charged
from motcua.dossiers.tests.test_money import paid as paid_in_cash
from motcua.gateways.payment import Service
from motcua.gateways.peers import peer
from motcua.journeys import paying
from motcua.ledger.models import Entry
from motcua.look import clock
from motcua.rules import vietqr
from motcua.rules.actor import Actor, Role, Scope, system
from motcua.rules.casework import Status
from motcua.rules.casework_money import Booked, Difference, Said
from motcua.rules.refusal import Refusal

SECRET = "bi-mat-cua-kiem-thu"
DAY = date(2022, 11, 22)
AT = later(1)
SERVICE = system("cổng thanh toán")


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        return


@pytest.fixture(scope="module")
def world(modules_database):
    return raise_world()


@pytest.fixture(scope="module")
def door(world):
    """Our own door over HTTP; returns its address."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/api/v1/payments/heard"
    server.shutdown()


@pytest.fixture(scope="module")
def other_side(door):
    with peer("payment", "--door", door) as running:
        yield running


@pytest.fixture
def service(other_side, monkeypatch):
    """The service connected, with a fresh memory and an impatient line."""
    other_side.ask("reset", {})
    monkeypatch.setattr(clock, "door_now", lambda: AT)
    monkeypatch.setattr("motcua.api.payments.door_now", lambda: AT)
    PAYMENT.plug(Service(other_side.base, "nghe-an", SECRET, seconds=0.5))
    yield other_side
    PAYMENT.plug(None)


def owing(world):
    """A dossier and its fee, still to be paid."""
    dossier = world.accepted().id
    return dossier, charged(world, dossier)


def citizen(world):
    return Actor(None, "citizen", "Nguyễn Thị Lam", sees=Scope(person_id=world.citizen))


def billed(world, dossier, charge, at=AT):
    bill = paying.pay_online(dossier_id=dossier, charge_id=charge.id, actor=citizen(world), at=at)
    return Bill.objects.get(id=bill)


def receipts(dossier):
    return list(Receipt.objects.filter(dossier_id=dossier).values_list("method", "amount"))


def refused(code, call):
    with pytest.raises(Refusal) as refusal:
        call()
    assert refusal.value.code == code


def test_a_payer_scans_our_amount_and_five_words_at_once_pay_it_once(world, service):
    dossier, charge = owing(world)
    bill = billed(world, dossier, charge)
    scanned = vietqr.read(bill.qr).transfer
    assert (scanned.amount, scanned.purpose) == (50_000, bill.reference)
    again = billed(world, dossier, charge)
    assert (again.id, again.state) == (bill.id, "open")
    told = service.ask("pay", {"id": str(bill.id), "tell": 5})
    assert told["answers"] == [204] * 5
    assert receipts(dossier) == [("online", 50_000)]
    assert not Refund.objects.filter(dossier_id=dossier).exists()
    assert PaymentNotice.objects.get(bill_id=bill.id).verdict == "paid"
    assert Charge.objects.get(id=charge.id).receipt_number.startswith("CK-2022-")
    assert Entry.objects.filter(subject_id=dossier, event="dossier.payment_recorded").count() == 1


def test_without_remembering_transactions_a_second_word_would_give_money_back(
    world, service, monkeypatch
):
    dossier, charge = owing(world)
    bill = billed(world, dossier, charge)
    monkeypatch.setattr(charging, "transaction_known", lambda transaction: False)
    service.ask("pay", {"id": str(bill.id), "tell": 2})
    assert Refund.objects.filter(dossier_id=dossier).count() == 1


def test_a_word_with_a_wrong_signature_changes_nothing_and_is_kept(world, service):
    dossier, charge = owing(world)
    bill = billed(world, dossier, charge)
    told = service.ask("pay", {"id": str(bill.id), "wrong": True})
    assert told["answers"] == [403]
    assert receipts(dossier) == []
    kept = PaymentNotice.objects.filter(verdict="wrong_signature").latest("at")
    assert kept.body == told["word"]
    paying.ask_about(bill.id, AT)
    assert receipts(dossier) == [("online", 50_000)]


def test_another_amount_than_asked_is_to_be_given_back_and_the_fee_stays_open(world, service):
    dossier, charge = owing(world)
    bill = billed(world, dossier, charge)
    assert service.ask("pay", {"id": str(bill.id), "amount": 5_000})["answers"] == [204]
    assert receipts(dossier) == []
    refund = Refund.objects.get(dossier_id=dossier)
    assert (refund.amount, refund.state) == (5_000, "due")
    assert "5000 đồng, khoản thu là 50000 đồng" in refund.reason
    assert Charge.objects.get(id=charge.id).paid_at is None
    paid_in_cash(world, dossier, charge)


def test_money_for_a_withdrawn_dossier_goes_back_through_the_service_once(world, service):
    dossier, charge = owing(world)
    bill = billed(world, dossier, charge)
    operations.withdraw(dossier_id=dossier, reason="Đổi ý", actor=world.clerk, at=AT)
    service.ask("pay", {"id": str(bill.id), "tell": 2})
    refund = Refund.objects.get(dossier_id=dossier)
    assert receipts(dossier) == []
    service.ask("set", {"silent": True})
    back = {"dossier_id": dossier, "refund_id": refund.id, "actor": world.actor(Role.CASHIER)}
    paying.refund_online(**back, at=AT)
    refund.refresh_from_db()
    assert refund.state == "unknown"
    refused("refund.not_due", lambda: paying.refund_online(**back, at=AT))
    service.ask("set", {"silent": False})
    paying.ask_all(AT + timedelta(minutes=5))
    refund.refresh_from_db()
    assert (refund.state, refund.reference) == ("done", f"HT{str(refund.id)[-12:]}")
    sent = [r for r in service.ask("seen") if r["path"] == "/v1/refunds"]
    assert len(sent) == 1
    assert Dossier.objects.get(id=dossier).status == Status.WITHDRAWN


def test_cash_first_and_the_service_after_gives_the_second_back(world, service):
    dossier, charge = owing(world)
    bill = billed(world, dossier, charge)
    paid_in_cash(world, dossier, charge)
    service.ask("pay", {"id": str(bill.id)})
    assert receipts(dossier) == [("cash", 50_000)]
    assert Refund.objects.get(dossier_id=dossier).amount == 50_000


@pytest.mark.parametrize("fault", ["silent", "lost", "garbled", "slow"])
def test_an_answer_that_never_comes_is_asked_for_under_the_same_id(world, service, fault):
    dossier, charge = owing(world)
    service.ask("set", {fault: 1.5 if fault == "slow" else True})
    bill = billed(world, dossier, charge)
    assert (bill.state, bill.qr) == ("unknown", "")
    assert billed(world, dossier, charge).id == bill.id
    service.ask("set", {fault: 0})
    assert paying.ask_all(AT + timedelta(seconds=30)) == 0
    paying.ask_all(AT + timedelta(minutes=5))
    bill.refresh_from_db()
    assert (bill.state, vietqr.read(bill.qr).transfer.amount) == ("open", 50_000)
    asked = {r["body"]["id"] for r in service.ask("seen") if r["path"] == "/v1/bills"}
    assert asked == {str(bill.id)}


def test_a_payment_whose_word_got_lost_is_found_by_asking(world, service):
    dossier, charge = owing(world)
    bill = billed(world, dossier, charge)
    service.ask("pay", {"id": str(bill.id), "tell": 0})
    paying.ask_all(AT + timedelta(minutes=2))
    paying.ask_all(AT + timedelta(hours=2))
    assert receipts(dossier) == [("online", 50_000)]


def test_a_bill_taken_and_then_failed_can_be_asked_for_anew(world, service):
    dossier, charge = owing(world)
    first = billed(world, dossier, charge)
    service.ask("fail", {"id": str(first.id), "tell": 2})
    assert Bill.objects.get(id=first.id).state == "failed"
    second = billed(world, dossier, charge)
    assert second.id != first.id
    service.ask("pay", {"id": str(second.id)})
    assert receipts(dossier) == [("online", 50_000)]


def test_a_service_that_says_no_is_told_and_may_be_asked_again(world, service):
    dossier, charge = owing(world)
    PAYMENT.plug(Service(service.base, "nghe-an", "khoa-khac-khong-dung"))
    refused("port.refused", lambda: billed(world, dossier, charge))
    assert Bill.objects.get(charge_id=charge.id).state == "failed"
    PAYMENT.plug(None)
    refused("port.not_connected", lambda: billed(world, dossier, charge))
    assert (paying.ask_all(AT), paying.reconcile_last(AT)) == (0, ())


def test_a_day_of_the_statement_is_held_against_ours(world, service):
    cashier = world.actor(Role.CASHIER)
    (a, charge_a), (b, charge_b) = owing(world), owing(world)
    paid, lost = billed(world, a, charge_a), billed(world, b, charge_b)
    service.ask("set", {"today": "2022-11-23"})
    service.ask("pay", {"id": str(paid.id)})
    service.ask("pay", {"id": str(lost.id), "tell": 0})
    day = DAY + timedelta(days=1)
    assert paying.reconcile(day, cashier, AT) == ()
    assert receipts(b) == [("online", 50_000)]
    check = StatementCheck.objects.latest("id")
    assert (check.ours, check.theirs, check.matched) == (100_000, 100_000, 2)
    transaction = Bill.objects.get(id=paid.id).transaction
    service.ask("set", {"hide": [transaction]})
    assert paying.reconcile(day, cashier, AT) == (
        Difference(transaction, 50_000, None, paid.id),
    )  # fmt: skip
    refused("dossier.may_not", lambda: operations.reconcile_payments(
        on=day, statement=[Booked("x", 1)], actor=world.officer, at=AT))  # fmt: skip


def test_only_the_system_speaks_for_the_service(world, service):
    dossier, charge = owing(world)
    bill = billed(world, dossier, charge)
    said = Said(bill.id, True, "FT1", 50_000)
    who = {"actor": world.clerk, "at": AT}
    refused("dossier.may_not", lambda: operations.hear_payment(said=said, body="", **who))
    refused("dossier.may_not", lambda: operations.record_bill(
        bill_id=bill.id, answer=None, **who))  # fmt: skip
    refused("dossier.may_not", lambda: operations.record_refund(
        dossier_id=dossier, refund_id=bill.id, reference="", **who))  # fmt: skip
    refused("dossier.may_not", lambda: operations.wait_for_refund(refund_id=bill.id, **who))
    refused("dossier.may_not", lambda: operations.keep_notice(
        verdict="unreadable", said=None, body="", **who))  # fmt: skip
    refused("dossier.may_not", lambda: operations.start_bill(
        dossier_id=dossier, charge_id=charge.id, actor=world.officer, at=AT))  # fmt: skip
    refused("refund.not_found", lambda: operations.send_refund(
        dossier_id=dossier, refund_id=bill.id, **who))  # fmt: skip
    assert operations.hear_payment(
        said=Said(dossier, True, "FT9", 1), body="", actor=SERVICE, at=NINE
    ) == "unknown_bill"  # fmt: skip
