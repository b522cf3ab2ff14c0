"""Each act of S2: what it does, what it refuses, who may, what is recorded."""

from datetime import date
from decimal import Decimal

import pytest

from motcua.catalogue import offered
from motcua.dossiers import errors, operations, queries
from motcua.dossiers.models import ClockEvent, Dossier, Slip, Supplement, WorkItem
from motcua.dossiers.tests.conftest import NINE, later
from motcua.dossiers.tests.test_walk import books, item_of
from motcua.rules.actor import Actor, Role, Scope
from motcua.rules.books import Account
from motcua.rules.casework import PaperHeld, Status
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE
from motcua.statutory import errors as legal_time


def refused(code, call):
    with pytest.raises(Refusal) as found:
        call()
    assert found.value.code == code
    said = (errors.SENTENCES | legal_time.SENTENCES)[code]
    said.format(**found.value.params)


def local_day(at):
    return at.astimezone(ZONE).date()


@pytest.fixture
def dossier(world):
    return world.accepted().id


def ask(world, dossier, at=None, **kw):
    operations.request_supplement(
        dossier_id=dossier, missing=["Bản vẽ"], reason="Thiếu bản vẽ", actor=world.officer,
        at=at or later(1), **kw,
    )  # fmt: skip


def test_a_supplement_stops_every_step_and_restarts_the_limit_when_it_comes(world, dossier):
    ask(world, dossier)
    waiting = Dossier.objects.get(id=dossier)
    assert waiting.status == Status.SUPPLEMENT
    assert list(WorkItem.objects.filter(closed_at=None).values_list("standing", flat=True)) == [
        True
    ]
    assert books(local_day(later(1))) == {Account.WAITING_SUPPLEMENT: 1}
    came = later(days=16)  # long after the first date: waiting is not late
    operations.receive_supplement(
        dossier_id=dossier, papers=[PaperHeld("Bản vẽ", 1, 0)], actor=world.clerk, at=came
    )
    again = Dossier.objects.get(id=dossier)
    assert (again.status, local_day(again.due_at)) == (Status.PROCESSING, date(2022, 12, 14))
    assert Supplement.objects.get().received_at == came
    assert books(date(2022, 12, 14)) == {Account.OPEN_IN_TIME: 1}
    assert books(date(2022, 12, 15)) == {Account.OPEN_LATE: 1}
    assert ClockEvent.objects.filter(dossier_id=dossier).count() == 3
    assert Slip.objects.filter(form="supplement").get().data["missing"][0]["what"] == "Bản vẽ"


def test_a_supplement_asked_after_three_working_days_is_marked_late_not_refused(world, dossier):
    ask(world, dossier, at=later(days=4))
    assert Supplement.objects.get().late


def test_a_supplement_within_three_working_days_is_not_late(world, dossier):
    ask(world, dossier, at=later(days=2))
    assert not Supplement.objects.get().late


def test_what_a_supplement_refuses(world, dossier):
    def asked(**kw):
        values = {"missing": ["x"], "reason": "y", "actor": world.officer, "at": later(1)} | kw
        operations.request_supplement(dossier_id=dossier, **values)

    refused("dossier.reason_missing", lambda: asked(reason=" "))
    refused("dossier.nothing_missing_named", lambda: asked(missing=[]))
    refused("dossier.not_your_step", lambda: asked(actor=world.leader))
    refused("dossier.not_visible", lambda: asked(actor=world.stranger))
    refused("dossier.no_supplement_open", lambda: operations.receive_supplement(
        dossier_id=dossier, papers=[], actor=world.clerk, at=later(1)))  # fmt: skip
    ask(world, dossier)
    refused("dossier.not_under_way", lambda: asked(at=later(2)))
    refused("dossier.not_under_way", lambda: operations.hand_on(
        dossier_id=dossier, item_id=item_of(dossier), actor=world.officer, at=later(2)))  # fmt: skip


def test_a_refusal_at_intake_leaves_a_letter_and_no_code(world):
    done = operations.refuse_intake(
        intake=world.intake(),
        dossier_id=None,
        reason="Không thuộc thẩm quyền",
        actor=world.clerk,
        at=NINE,
    )
    dossier = Dossier.objects.get(id=done.id)
    assert (dossier.status, dossier.code) == (Status.NOT_ACCEPTED, None)
    assert Slip.objects.get().data["reason"] == "Không thuộc thẩm quyền"
    assert books(local_day(NINE)) == {Account.NOT_ACCEPTED: 1}


def test_a_refusal_in_process_is_a_result_to_hand_over(world, dossier):
    operations.refuse_in_process(
        dossier_id=dossier, item_id=item_of(dossier), reason="Không đủ điều kiện", actor=world.officer,
        at=later(1),
    )  # fmt: skip
    found = Dossier.objects.get(id=dossier)
    assert (found.status, found.result["kind"]) == (Status.DONE, "refusal")
    operations.hand_over(
        dossier_id=dossier,
        recipient="Lam",
        identity="",
        method="counter",
        actor=world.clerk,
        at=later(2),
    )
    assert Dossier.objects.get(id=dossier).status == Status.HANDED_OVER


def test_a_withdrawn_dossier_is_closed_for_every_act(world, dossier):
    operations.withdraw(dossier_id=dossier, reason="Đổi ý", actor=world.clerk, at=later(1))
    assert books(local_day(later(9))) == {Account.WITHDRAWN: 1}
    assert not WorkItem.objects.filter(closed_at=None).exists()
    refused("dossier.not_open", lambda: operations.withdraw(
        dossier_id=dossier, reason="Lại đổi ý", actor=world.clerk, at=later(2)))  # fmt: skip
    assert queries.detail(world.clerk, dossier).acts == frozenset()


def test_a_step_goes_back_with_its_reason(world, dossier):
    first = WorkItem.objects.get(closed_at=None)
    operations.hand_on(dossier_id=dossier, item_id=first.id, actor=world.officer, at=later(1))
    operations.send_back(
        dossier_id=dossier, item_id=item_of(dossier), to_node=first.node, reason="Tính lại phí",
        actor=world.leader, at=later(2),
    )  # fmt: skip
    back = WorkItem.objects.get(closed_at=None)
    assert (back.node, back.role) == (first.node, "officer")
    assert WorkItem.objects.get(outcome="send_back").note == "Tính lại phí"


def test_money_stops_the_clock_until_it_is_paid(world, dossier):
    before = Dossier.objects.get(id=dossier).due_at
    operations.request_payment(
        dossier_id=dossier, name="Tiền sử dụng đất", amount=1_000_000, stops_clock=True,
        reason="theo quy định", actor=world.officer, at=later(1),
    )  # fmt: skip
    assert Dossier.objects.get(id=dossier).status == Status.MONEY
    charge = queries.detail(world.clerk, dossier).case.charges[0]
    cashier = world.actor(Role.CASHIER)
    operations.record_payment(
        dossier_id=dossier, charge_id=charge.id, method="cash", receipt_number="00012", actor=cashier,
        at=later(3),
    )  # fmt: skip
    after = Dossier.objects.get(id=dossier)
    assert after.status == Status.PROCESSING
    assert (after.due_at - before).days == 2
    refused("dossier.charge_not_open", lambda: operations.record_payment(
        dossier_id=dossier, charge_id=charge.id, method="cash", receipt_number="", actor=cashier,
        at=later(3)))  # fmt: skip


def test_no_result_leaves_while_a_fee_is_owed(world, dossier):
    operations.request_payment(
        dossier_id=dossier,
        name="Lệ phí",
        amount=50_000,
        stops_clock=False,
        reason="theo quy định",
        actor=world.officer,
        at=later(1),
    )
    operations.hand_on(
        dossier_id=dossier, item_id=item_of(dossier), actor=world.officer, at=later(1)
    )
    refused("dossier.charge_open", lambda: operations.conclude(
        dossier_id=dossier, item_id=item_of(dossier), result_name="GP", result_number="1",
        actor=world.leader, at=later(2)))  # fmt: skip


def test_what_an_intake_refuses(world):
    def taken(actor=None, **kw):
        operations.accept(intake=world.intake(**kw), actor=actor or world.clerk, at=NINE)

    refused("dossier.not_offered", lambda: taken(procedure_id=999_999))
    refused("dossier.not_offered", lambda: taken(unit_id=world.other_department))
    refused("dossier.paper_missing", lambda: taken(papers=[PaperHeld("Tờ khai", 1, 0, held=False)]))
    refused("dossier.no_such_channel", lambda: taken(channel=3))
    refused("dossier.may_not", lambda: taken(actor=world.officer))
    refused("dossier.not_your_desk", lambda: taken(
        actor=world.actor(Role.DIRECTOR, unit=world.other_department)))  # fmt: skip
    assert not Dossier.objects.exists()


def test_an_officer_of_no_desk_submits_nothing_for_others(world):
    with pytest.raises(Refusal) as refusal:
        operations.submit(intake=world.intake(channel=2), actor=world.officer, at=NINE)
    assert refusal.value.code == "dossier.may_not"


def test_an_online_dossier_waits_for_the_desk_and_its_day_starts_when_accepted(world):
    citizen = Actor(account_id=None, kind="citizen", name="Nguyễn Văn An")
    sent = operations.submit(intake=world.intake(channel=2), actor=citizen, at=NINE)
    waiting = Dossier.objects.get(id=sent.id)
    assert (waiting.due_at, waiting.answer_due_at) == (None, later(1))
    assert books(local_day(NINE)) == {Account.SUBMITTED: 1}
    done = operations.accept_submitted(
        dossier_id=sent.id, actor=world.clerk, at=later(1), contact=operations.Contact()
    )
    assert done.code == "000.00.06.H41-221122-0001"
    assert local_day(done.due_at) == date(2022, 11, 29)
    refused("dossier.not_waiting_for_acceptance", lambda: operations.accept_submitted(
        dossier_id=sent.id, actor=world.clerk, at=later(2), contact=operations.Contact()))  # fmt: skip


def test_a_step_taken_by_one_officer_is_refused_to_another(world, dossier, account):
    an, binh = account("an"), account("binh")
    item = item_of(dossier)
    operations.take(
        dossier_id=dossier, item_id=item, actor=world.actor(Role.OFFICER, account=an), at=later(1)
    )
    other = world.actor(Role.OFFICER, account=binh)
    refused("dossier.not_your_step", lambda: operations.hand_on(
        dossier_id=dossier, item_id=item, actor=other, at=later(1)))  # fmt: skip
    head = world.actor(Role.HEAD)
    refused("dossier.item_taken", lambda: operations.assign(
        dossier_id=dossier, item_id=item, to=binh, actor=head, at=later(1)))  # fmt: skip
    operations.reassign(
        dossier_id=dossier, item_id=item, to=binh, reason="Nghỉ ốm", actor=head, at=later(1)
    )
    operations.hand_on(
        dossier_id=dossier, item_id=item, actor=world.actor(Role.OFFICER, account=binh), at=later(1)
    )


def test_a_concluding_step_ends_only_with_its_result(world, dossier):
    operations.hand_on(
        dossier_id=dossier, item_id=item_of(dossier), actor=world.officer, at=later(1)
    )
    refused("dossier.step_needs_its_act", lambda: operations.hand_on(
        dossier_id=dossier, item_id=item_of(dossier), actor=world.leader, at=later(2)))  # fmt: skip
    refused("dossier.result_missing", lambda: operations.conclude(
        dossier_id=dossier, item_id=item_of(dossier), result_name=" ", result_number="",
        actor=world.leader, at=later(2)))  # fmt: skip


def test_an_applicant_s_empty_answer_does_not_restart_the_limit(world, dossier):
    ask(world, dossier)
    applicant = Actor(
        account_id=None, kind="citizen", name="Công dân", sees=Scope(person_id=world.citizen)
    )

    def answer(papers):
        operations.receive_supplement(
            dossier_id=dossier, papers=papers, actor=applicant, at=later(2)
        )

    refused("dossier.supplement_empty", lambda: answer([]))
    refused("dossier.supplement_empty", lambda: answer([PaperHeld("Bản vẽ", 1, 0, held=False)]))
    assert Dossier.objects.get(id=dossier).status == Status.SUPPLEMENT
    answer([PaperHeld("Bản vẽ", 0, 1)])
    assert Dossier.objects.get(id=dossier).status == Status.PROCESSING


def test_a_receipt_names_the_shorter_limit_its_date_was_set_by():
    row = {"limit_text": "15 ngày làm việc", "approved_amount": Decimal("12.00")}
    said = offered._limit_text(row | {"approved_unit": "working_day"})
    assert said == "12 ngày làm việc (rút ngắn; danh mục: 15 ngày làm việc)"
    as_stated = row | {"approved_amount": None, "approved_unit": ""}
    assert offered._limit_text(as_stated) == "15 ngày làm việc"


def test_the_rule_set_a_finished_dossier_is_judged_under_is_kept_with_its_last_clock_event(
    world, dossier
):
    item = item_of(dossier)
    operations.refuse_in_process(
        dossier_id=dossier, item_id=item, reason="Không đủ điều kiện", actor=world.officer,
        at=later(1),
    )  # fmt: skip
    closed = ClockEvent.objects.filter(dossier=dossier).latest("seq")
    assert (closed.event["kind"], closed.rule_set) == ("closed", "one_stop:2021")
    assert closed.judged_at is not None
