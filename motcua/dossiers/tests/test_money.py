"""Fees asked by the sealed version, receipts of the desk's book, voids, refunds, the drawer counted."""

from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from motcua.dossiers import charging, operations, queries
from motcua.dossiers.models import Charge, Dossier, DrawerCount, Opinion, Receipt, Refund
from motcua.dossiers.operations import Agency
from motcua.dossiers.tests.conftest import NINE, later
from motcua.dossiers.tests.test_acts import dossier, item_of, refused
from motcua.ledger import sql
from motcua.ledger.acts import Event, act, refused_by_guard
from motcua.ledger.models import Entry
from motcua.rules.actor import Role, system
from motcua.rules.casework import Status
from motcua.rules.identity import new_id
from motcua.rules.worktime import ZONE

__all__ = ["dossier"]

TODAY = later(1).astimezone(ZONE).date()


def charged(world, dossier, at=None, actor=None, **kw):
    operations.charge_fee(
        dossier_id=dossier, fee=1, actor=actor or world.officer, at=at or later(1), **kw
    )
    return Charge.objects.filter(dossier_id=dossier).order_by("id").last()


def paid(world, dossier, charge, at=None, cashier=None, method="cash", number=""):
    return operations.record_payment(
        dossier_id=dossier, charge_id=charge.id, method=method, receipt_number=number,
        actor=cashier or world.actor(Role.CASHIER), at=at or later(1),
    )  # fmt: skip


def case(world, dossier):
    return queries.detail(world.clerk, dossier).case


def test_a_fee_is_the_one_the_version_in_force_at_reception_states(world, dossier):
    charge = charged(world, dossier)
    assert (charge.amount, charge.stated, charge.fee_position, charge.kind) == (
        50_000, 50_000, 1, "duty"
    )  # fmt: skip
    assert Entry.objects.get(event="dossier.payment_requested").fields["stated"] == 50_000
    refused("fee.charged_already", lambda: charged(world, dossier))
    assert "charge_fee" not in queries.detail(world.clerk, dossier).acts


def test_an_amount_of_ones_own_needs_its_reason(world, dossier):
    refused("fee.reason_missing", lambda: charged(world, dossier, amount=40_000))
    charge = charged(world, dossier, amount=40_000, reason="Mức cũ")
    assert (charge.amount, charge.stated, charge.reason) == (40_000, 50_000, "Mức cũ")
    refused("fee.reason_missing", lambda: operations.request_payment(
        dossier_id=dossier, name="Thuế", amount=1, stops_clock=True, actor=world.officer,
        at=later(1)))  # fmt: skip


def test_whoever_is_freed_by_law_pays_nothing_and_the_article_is_kept(world, dossier):
    charge = charged(world, dossier, relief="poor", actor=world.actor(Role.CASHIER))
    assert (charge.amount, charge.stated, charge.method) == (0, 50_000, "relief")
    assert charge.basis == "Hộ nghèo (Luật 97/2015/QH13 Đ10.1)"
    assert case(world, dossier).charges == ()
    assert not Receipt.objects.exists()


def test_who_has_neither_the_step_nor_the_cash_asks_for_nothing(world, dossier):
    refused("dossier.may_not", lambda: charged(world, dossier, actor=world.leader))
    refused("dossier.not_visible", lambda: charged(world, dossier, actor=world.stranger))


def test_money_gets_the_next_number_of_the_desks_book(world, dossier):
    other = world.accepted(later(0, 1)).id
    numbers = [paid(world, d, charged(world, d)) for d in (dossier, other)]
    assert numbers == ["TM-2022-000001", "TM-2022-000002"]
    typed = world.accepted(later(0, 2)).id
    assert (
        paid(world, typed, charged(world, typed), method="bank", number="BL 7") == "CK-2022-000001"
    )
    assert Charge.objects.get(dossier_id=typed).receipt_number == "BL 7"
    receipt = Receipt.objects.get(number=2)
    assert (receipt.unit_id, receipt.amount, receipt.on) == (world.desk, 50_000, TODAY)
    assert receipt.payer == "Nguyễn Thị Lam"


def test_a_refused_payment_takes_no_number(world, dossier):
    charge = charged(world, dossier)
    refused("payment.method_unknown", lambda: paid(world, dossier, charge, method="online"))
    refused("dossier.may_not", lambda: paid(world, dossier, charge, cashier=world.officer))
    charge.id = uuid4()
    refused("dossier.charge_not_open", lambda: paid(world, dossier, charge))
    assert not sql.fetch("SELECT 1 FROM ledger_counter WHERE series LIKE 'receipt:%%'")


def test_a_charge_asked_by_mistake_is_asked_no_more_and_the_clock_runs(world, dossier):
    operations.request_payment(
        dossier_id=dossier, name="Thuế", amount=9, stops_clock=True, reason="Thông báo",
        actor=world.officer, at=later(1),
    )  # fmt: skip
    (asked,) = case(world, dossier).charges
    operations.cancel_charge(
        dossier_id=dossier, charge_id=asked.id, reason="Lập nhầm", actor=world.officer, at=later(2)
    )
    assert Dossier.objects.get().status == Status.PROCESSING
    gone = Charge.objects.get()
    assert (gone.paid_at, gone.method, gone.cancel_reason) == (None, "", "Lập nhầm")
    refused("dossier.charge_not_open", lambda: operations.cancel_charge(
        dossier_id=dossier, charge_id=asked.id, reason="Nữa", actor=world.officer, at=later(2)))  # fmt: skip


def test_what_a_withdrawn_dossier_owed_is_owed_no_more(world, dossier):
    charge = charged(world, dossier)
    operations.withdraw(dossier_id=dossier, reason="Đổi ý", actor=world.clerk, at=later(2))
    assert Charge.objects.get().cancel_reason == "Đổi ý"
    refused("dossier.charge_not_open", lambda: paid(world, dossier, charge, at=later(2)))


# ---- receipts voided, money given back -------------------------------------------------------------


def voided(world, dossier, receipt, replace, at=None, **kw):
    values = {"reason": "Ghi sai", "actor": world.actor(Role.CASHIER), "at": at or later(1)} | kw
    operations.void_receipt(dossier_id=dossier, receipt_id=receipt.id, replace=replace, **values)


def test_a_spoiled_receipt_is_replaced_and_both_numbers_stay_in_the_book(world, dossier):
    paid(world, dossier, charged(world, dossier))
    voided(world, dossier, Receipt.objects.get(), True, at=later(3))
    old, new = Receipt.objects.order_by("number")
    assert (old.void_reason, new.replaces_id, new.amount, new.on) == (
        "Ghi sai", old.id, 50_000, TODAY
    )  # fmt: skip
    assert Charge.objects.get().receipt_number == "TM-2022-000002"
    book = charging.receipts(world.clerk, world.desk, TODAY, TODAY)
    assert [row["number"] for row in book] == [1, 2]
    assert charging.sums(book) == {"cash": 50_000}
    refused("receipt.voided", lambda: voided(world, dossier, old, True))


def test_cash_given_back_on_the_day_opens_the_charge_again(world, dossier):
    operations.request_payment(
        dossier_id=dossier, name="Thuế", amount=9, stops_clock=True, reason="Thông báo",
        actor=world.officer, at=later(1),
    )  # fmt: skip
    paid(world, dossier, Charge.objects.get())
    receipt = Receipt.objects.get()
    refused("dossier.reason_missing", lambda: voided(world, dossier, receipt, False, reason=" "))
    refused("receipt.void_too_late", lambda: voided(world, dossier, receipt, False, at=later(2)))
    refused("dossier.may_not", lambda: voided(world, dossier, receipt, False, actor=world.officer))
    voided(world, dossier, receipt, False)
    assert Dossier.objects.get().status == Status.MONEY
    assert paid(world, dossier, Charge.objects.get()) == "TM-2022-000002"
    assert Dossier.objects.get().status == Status.PROCESSING


def test_no_cash_goes_back_over_a_counted_drawer(world, dossier, account):
    cashier = world.actor(Role.CASHIER, account=account("mai"))
    paid(world, dossier, charged(world, dossier), cashier=cashier)
    operations.count_drawer(
        unit_id=world.desk, on=TODAY, counted=50_000, note="", actor=cashier, at=later(1)
    )
    refused("receipt.void_too_late", lambda: voided(
        world, dossier, Receipt.objects.get(), False, actor=cashier))  # fmt: skip


def test_a_refund_is_ordered_by_one_and_paid_out_by_another(world, dossier, account):
    mai = world.actor(Role.CASHIER, account=account("mai"))
    lan = world.actor(Role.CASHIER, account=account("lan"))
    paid(world, dossier, charged(world, dossier), cashier=mai)
    receipt = Receipt.objects.get().id
    ordered = {"dossier_id": dossier, "receipt_id": receipt, "reason": "Thu nhầm", "at": later(2)}
    refused("dossier.may_not", lambda: operations.order_refund(**ordered, actor=world.officer))
    refund = operations.order_refund(**ordered, actor=mai)
    refused("receipt.refunded", lambda: operations.order_refund(**ordered, actor=mai))
    due = charging.refunds_due(world.clerk, [world.desk])
    assert [(row["id"], row["amount"]) for row in due] == [(refund, 50_000)]
    pay = {"dossier_id": dossier, "refund_id": refund, "reference": "", "at": later(3)}
    refused("duty.same_person", lambda: operations.pay_refund(**pay, actor=mai))
    operations.pay_refund(**pay, actor=lan)
    refused("refund.not_due", lambda: operations.pay_refund(**pay, actor=lan))
    assert charging.refunds_due(world.clerk, [world.desk]) == []
    day = later(3).astimezone(ZONE).date()
    assert charging.drawer(world.desk, day, lan.account_id).amount == -50_000


# ---- the drawer ------------------------------------------------------------------------------------


def test_a_drawer_is_counted_against_the_days_receipts(world, dossier, account):
    cashier = world.actor(Role.CASHIER, account=account("mai"))
    paid(world, dossier, charged(world, dossier), cashier=cashier)
    count = {"unit_id": world.desk, "on": TODAY, "actor": cashier, "at": later(1)}
    refused("drawer.note_missing", lambda: operations.count_drawer(counted=1, note=" ", **count))
    assert operations.count_drawer(counted=49_000, note="Thối nhầm", **count) == -1_000
    count["at"] = later(1, 1)
    assert operations.count_drawer(counted=50_000, note="", **count) == 0
    assert DrawerCount.objects.count() == 2
    (last,) = charging.counts(world.clerk, world.desk, TODAY)
    assert (last["expected"], last["difference"]) == (50_000, 0)


def test_what_a_count_refuses(world):
    count = {"unit_id": world.desk, "on": TODAY, "counted": 0, "note": "", "at": later(1)}
    cashier = world.actor(Role.CASHIER)
    refused("drawer.not_your_desk", lambda: operations.count_drawer(**count, actor=world.officer))
    late = count | {"on": TODAY + timedelta(days=1)}
    refused("drawer.day_to_come", lambda: operations.count_drawer(**late, actor=cashier))
    low = count | {"counted": -1}
    refused("drawer.amount_wrong", lambda: operations.count_drawer(**low, actor=cashier))
    refused(
        "receipt.not_your_desk", lambda: charging.receipts(world.stranger, world.desk, TODAY, TODAY)
    )
    refused("receipt.not_found", lambda: charging.one_receipt(world.clerk, uuid4()))


# ---- no result while anything is open --------------------------------------------------------------


def done_by_force(dossier):
    """What careless code would do: the result written with nothing asked."""
    with transaction.atomic():
        with act(Event("dossier.forced", "dossier"), actor=system("kiểm thử"), at=later(3)) as a:
            a.hold("dossier", dossier)
            a.update(Dossier, [(dossier, {
                "status": 9, "finished_at": later(3), "result": {"kind": "granted"}})])  # fmt: skip
            a.about("dossier", dossier, {})
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def finished_steps(dossier):
    with act(Event("dossier.steps_done", "dossier"), actor=system("kiểm thử"), at=later(2)) as a:
        a.hold("dossier", dossier)
        sql.execute(
            "UPDATE dossiers_workitem SET closed_at = %s WHERE dossier_id = %s", [later(2), dossier]
        )
        a.about("dossier", dossier, {})


def owes(world, dossier):
    charged(world, dossier)


def waits_for_an_opinion(world, dossier):
    operations.ask_opinions(
        dossier_id=dossier, question="Được không?", agencies=[Agency(world.other_department, 3)],
        actor=world.officer, at=later(1),
    )  # fmt: skip


def has_a_part_elsewhere(world, dossier):
    row = Dossier.objects.get(id=dossier)
    with act(Event("dossier.child", "dossier"), actor=system("kiểm thử"), at=later(2)) as a:
        row.id, row.parent_id, row.code, row.submission_code = new_id(), dossier, "x", "y"
        row.save(force_insert=True)
        a.about("dossier", row.id, {})


@pytest.mark.parametrize(
    ("leave", "what"),
    [
        (owes, "khoản thu"), (waits_for_an_opinion, "ý kiến"),
        (has_a_part_elsewhere, "liên thông"), (None, "bước"), ("nothing", ""),
    ],
)  # fmt: skip
def test_the_database_lets_no_result_out_while_anything_is_open(world, dossier, leave, what):
    if callable(leave):
        leave(world, dossier)
    if leave is not None:
        finished_steps(dossier)
    if leave == "nothing":
        done_by_force(dossier)
        assert Dossier.objects.get(id=dossier).status == 9
        return
    with pytest.raises((DatabaseError, psycopg.Error)) as error:
        done_by_force(dossier)
    assert refused_by_guard(error.value)
    assert what in str(error.value)


def test_the_acts_say_what_is_open(world, dossier):
    operations.hand_on(
        dossier_id=dossier, item_id=item_of(dossier), actor=world.officer, at=later(1)
    )
    conclude = {"dossier_id": dossier, "item_id": item_of(dossier), "result_name": "GP",
                "result_number": "1", "actor": world.leader, "at": later(2)}  # fmt: skip
    operations.ask_opinions(
        dossier_id=dossier, question="Được không?", agencies=[Agency(world.other_department, 3)],
        actor=world.leader, at=later(1),
    )  # fmt: skip
    with act(Event("dossier.forced", "dossier"), actor=system("kiểm thử"), at=later(1)) as a:
        a.hold("dossier", dossier)
        sql.execute("UPDATE dossiers_dossier SET status = 4 WHERE id = %s", [dossier])
        a.about("dossier", dossier, {})
    refused("dossier.opinions_open", lambda: operations.conclude(**conclude))
    with act(Event("dossier.forced", "dossier"), actor=system("kiểm thử"), at=later(1)) as a:
        a.hold("dossier", dossier)
        Opinion.objects.update(answered_at=later(1))
        a.about("dossier", dossier, {})
    has_a_part_elsewhere(world, dossier)
    refused("dossier.children_open", lambda: operations.conclude(**conclude))


def test_a_fee_paid_on_delivery_lets_the_result_out_but_not_over_the_counter(world, dossier):
    charge = charged(world, dossier, before_result=False)
    operations.hand_on(
        dossier_id=dossier, item_id=item_of(dossier), actor=world.officer, at=later(1)
    )
    operations.conclude(dossier_id=dossier, item_id=item_of(dossier), result_name="GP",
                        result_number="1", actor=world.leader, at=later(2))  # fmt: skip
    given = {"dossier_id": dossier, "recipient": "Chủ hồ sơ", "identity": "", "method": "counter",
             "actor": world.clerk, "at": later(3)}  # fmt: skip
    refused("dossier.charge_open", lambda: operations.hand_over(**given))
    paid(world, dossier, charge, at=later(3))
    operations.hand_over(**given)
    assert Dossier.objects.get().status == Status.HANDED_OVER
    assert Refund.objects.count() == 0
    assert later(1) > NINE
