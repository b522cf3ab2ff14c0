"""A unit ends: its plan is filled, checked and approved by several, and what is open follows it, whole."""

from datetime import date

import pytest

from motcua.dossiers import moving, operations, proposing, queries
from motcua.dossiers.models import Dossier, MoveLine, MovePlan, Turn, WorkItem
from motcua.dossiers.moving import Line
from motcua.dossiers.operations import Moved
from motcua.dossiers.tests import ended
from motcua.dossiers.tests.conftest import NINE, later
from motcua.dossiers.tests.ended import DAY, ON, WORKER, approved, raise_ended, run, unit
from motcua.dossiers.tests.test_acts import ask, refused
from motcua.dossiers.tests.test_walk import item_of
from motcua.ledger import verify
from motcua.ledger.models import Entry, Posting
from motcua.organisations import queries as organisations
from motcua.rules.actor import CAPABILITIES, Actor, Role, Scope
from motcua.rules.books import Account, Channel, balance
from motcua.rules.casework import Status


@pytest.fixture
def world(db):
    return raise_ended()


@pytest.fixture
def divided(db):
    return raise_ended(divided=True)


def dossier_done(world):
    """A dossier whose result waits to be handed over."""
    done = world.accepted()
    operations.hand_on(
        dossier_id=done.id, item_id=item_of(done.id), actor=world.officer, at=later(1)
    )
    operations.conclude(
        dossier_id=done.id, item_id=item_of(done.id), result_name="Giấy phép", result_number="1",
        actor=world.leader, at=later(2),
    )  # fmt: skip
    return done.id


def submitted(world):
    citizen = Actor(
        account_id=None, kind="citizen", name="Công dân", sees=Scope(person_id=world.citizen)
    )
    intake = world.intake(channel=Channel.ONLINE)
    return operations.submit(intake=intake, actor=citizen, at=NINE).id


def test_the_plan_of_a_merged_unit_is_prefilled_by_succession(world):
    world.accepted()
    maker, _, _ = ended.people()
    (plan_id,) = operations.draft_move_plans(on=ON, decision="QĐ 1", actor=maker, at=later(1))
    plan, line = MovePlan.objects.get(), MoveLine.objects.get()
    assert (plan.id, plan.unit_id, plan.status) == (plan_id, world.department, "draft")
    assert (line.procedure_id, line.area_id, line.to_id) == (None, None, world.other_department)
    again = operations.draft_move_plans(on=ON, decision="QĐ 1", actor=maker, at=later(1))
    assert again == []


def test_code_dates_and_calendar_stay_and_the_steps_go_to_the_same_post(world):
    dossier = world.accepted().id
    plan_id = approved(world)
    before = Dossier.objects.get(id=dossier)
    (done,) = run()
    after = Dossier.objects.get(id=dossier)
    assert done == Moved(plan_id, 1, 0, dossier)
    kept = ("code", "due_at", "judged_at", "status", "calendar_unit_id", "calendar_revision_id")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert after.accountable_id == world.other_department
    assert after.received_by_id == unit("so-b-mot-cua")
    assert after.holder_id == WorkItem.objects.get(closed_at=None).unit_id == unit("so-b-phong")
    assert after.version == before.version + 1
    plan = MovePlan.objects.get()
    assert (plan.status, plan.dossiers, plan.done_at) == ("done", 1, DAY)


def test_the_record_names_the_decision_the_reason_and_both_agencies(world):
    dossier = world.accepted().id
    plan_id = approved(world)
    run()
    parent = Entry.objects.get(event="dossier.moved", subject_kind="act")
    child = Entry.objects.get(event="dossier.transferred")
    assert child.parent_id == parent.id and child.subject_id == dossier
    assert parent.fields["plan"] == str(plan_id)
    assert child.fields["reason"] == "sắp xếp đơn vị"
    assert child.fields["article"] == ended.DECISION
    assert child.fields["from"] == world.department
    assert child.fields["accountable_id"] == world.other_department
    events = list(Entry.objects.filter(subject_kind="move_plan").values_list("event", flat=True))
    assert events == ["move.drafted", "move.checked", "move.approved", "move.begun", "move.done"]
    assert list(verify.breaks()) == []


def test_the_figures_of_each_day_stay_with_who_held_it_then(world):
    world.accepted()
    approved(world)
    run()
    rows = list(Posting.objects.all())
    of = {
        u: [p for p in rows if p.unit_id == u] for u in (world.department, world.other_department)
    }
    before, day = date(2022, 11, 30), ON
    assert balance(of[world.department], before)[Account.OPEN_LATE] == 1
    assert balance(of[world.other_department], before) == {}
    assert balance(of[world.department], day)[Account.TRANSFERRED_OUT] == 1
    assert Account.OPEN_LATE not in balance(of[world.department], day)
    assert balance(of[world.other_department], day)[Account.OPEN_LATE] == 1


def test_what_is_submitted_follows_and_is_accepted_there(world):
    dossier = submitted(world)
    approved(world)
    run()
    after = Dossier.objects.get(id=dossier)
    assert (after.status, after.code) == (Status.SUBMITTED, None)
    assert after.accountable_id == world.other_department
    assert after.received_by_id == after.holder_id == unit("so-b-mot-cua")
    assert after.answer_due_at is not None
    assert Turn.objects.get(answered_at=None).desk_id == unit("so-b-mot-cua")


def test_what_waits_to_be_handed_over_changes_its_desk_and_stays_the_figure_of_who_did_it(world):
    dossier = dossier_done(world)
    approved(world)
    postings = Posting.objects.count()
    run()
    after = Dossier.objects.get(id=dossier)
    assert after.accountable_id == world.department
    assert after.received_by_id == after.holder_id == unit("so-b-mot-cua")
    assert Posting.objects.count() == postings
    assert Entry.objects.filter(event="dossier.moved", subject_kind="dossier").count() == 1
    clerk = clerk_of_the_heir(world)
    operations.hand_over(
        dossier_id=dossier, recipient="Nguyễn Thị Lam", identity="", method="counter",
        actor=clerk, at=later(11),
    )  # fmt: skip
    assert Dossier.objects.get(id=dossier).status == Status.HANDED_OVER


def clerk_of_the_heir(world):
    desk = unit("so-b-mot-cua")
    return Actor(
        account_id=None, kind="officer", name="Một cửa", role=Role.CLERK, unit_id=desk,
        agency_id=world.other_department, units=frozenset({desk}), may=CAPABILITIES[Role.CLERK],
        sees=Scope(accountable=frozenset({world.other_department}), received_by=frozenset({desk})),
    )  # fmt: skip


def test_what_is_closed_stays(world):
    dossier = world.accepted().id
    operations.withdraw(dossier_id=dossier, reason="thôi", actor=world.clerk, at=later(1))
    before = Dossier.objects.values().get(id=dossier)
    approved(world)
    assert run() == []
    assert Dossier.objects.values().get(id=dossier) == before
    assert MovePlan.objects.get().status == "done"


def test_what_waits_for_the_applicant_follows_waiting(world):
    dossier = world.accepted().id
    ask(world, dossier)
    approved(world)
    run()
    after = Dossier.objects.get(id=dossier)
    assert (after.status, after.accountable_id) == (Status.SUPPLEMENT, world.other_department)
    assert WorkItem.objects.get(closed_at=None).standing


def test_an_officer_seated_in_the_new_unit_keeps_his_step_and_another_does_not(world, account):
    stays, goes = account("o-lai"), account("nghi")
    ended.seat(stays, unit("so-b-phong"), Role.OFFICER)
    ids = {}
    for who in (stays, goes):
        ids[who] = world.accepted().id
        officer = ended.with_account(world.officer, who)
        operations.take(dossier_id=ids[who], item_id=item_of(ids[who]), actor=officer, at=later(1))
    approved(world)
    run()
    assert WorkItem.objects.get(dossier_id=ids[stays], closed_at=None).assignee_id == stays
    assert WorkItem.objects.get(dossier_id=ids[goes], closed_at=None).assignee_id is None


def test_what_a_desk_that_ends_received_for_an_agency_that_stands_gets_the_desk_in_its_place(world):
    """Taken in regardless of territory: the agency stays, the desk is the successor's."""
    dossier = world.accepted().id
    operations.transfer(
        dossier_id=dossier, to=world.other_department, reason="Không thuộc thẩm quyền", article="Đ1",
        actor=world.leader, at=later(1),
    )  # fmt: skip
    approved(world)
    run()
    after = Dossier.objects.get(id=dossier)
    assert after.accountable_id == world.other_department
    assert after.received_by_id == unit("so-b-mot-cua")


def test_an_old_code_is_found_by_the_successors_people(world):
    code = world.accepted().code
    approved(world)
    run()
    clerk = clerk_of_the_heir(world)
    assert Dossier.objects.get(code=code).id == queries.id_of_code(clerk, code)
    assert [row["code"] for row in queries.search(clerk, code)] == [code]


def test_a_plan_waits_for_its_day(world):
    world.accepted()
    approved(world)
    assert run(later(9)) == []
    assert MovePlan.objects.get().status == "approved"


# ---- a unit that is divided ------------------------------------------------------------------------


def test_a_divided_unit_is_drafted_without_lines_where_two_could_receive(divided):
    divided.accepted()
    maker, checker, _ = ended.people()
    (plan_id,) = operations.draft_move_plans(on=ON, decision="QĐ 1", actor=maker, at=later(1))
    assert MoveLine.objects.count() == 0
    plan = moving.plan(MovePlan.objects.get())
    assert proposing.lacking(plan) == {divided.procedure: 1}
    refused(
        "move.line_missing",
        lambda: operations.check_move_plans(plan_ids=[plan_id], actor=checker, at=later(1)),
    )


def test_each_procedure_goes_where_its_line_says(divided):
    dossier = divided.accepted().id
    approved(divided, Line(unit("so-c"), divided.procedure))
    run()
    assert Dossier.objects.get(id=dossier).accountable_id == unit("so-c")


def test_a_line_of_an_area_wins_over_the_line_of_all(divided):
    from motcua.ledger.acts import Event, act
    from motcua.people.models import Person

    with act(Event("world.areas", "world"), actor=WORKER, at=NINE) as a:
        area = ended.made("xa-mot", "commune", short_name="Xã Nghĩa Thọ")
        Person.objects.filter(id=divided.citizen).update(address="Xóm 3, xã Nghĩa Thọ")
        far = Person.objects.create(
            name="Lê Xa", folded_name="le xa", identity_number="040190000002", address="Xóm 1"
        )
        a.about("world", 2, {})
    organisations.forget()
    near, away = divided.accepted().id, divided.accepted(applicant_id=far.id).id
    approved(
        divided,
        Line(unit("so-b"), divided.procedure),
        Line(unit("so-c"), divided.procedure, area),
    )
    run()
    assert Dossier.objects.get(id=near).accountable_id == unit("so-c")
    assert Dossier.objects.get(id=away).accountable_id == unit("so-b")


def test_what_comes_after_the_approval_without_a_line_stays_and_goes_once_it_has_one(divided):
    maker, checker, approver = ended.people()
    (plan_id,) = operations.draft_move_plans(on=ON, decision="QĐ 1", actor=maker, at=later(1))
    operations.check_move_plans(plan_ids=[plan_id], actor=checker, at=later(1))
    operations.approve_move_plans(plan_ids=[plan_id], actor=approver, at=later(1))
    dossier = divided.accepted(at=later(2)).id
    (first, second) = run()
    assert (first.dossiers, first.lacking, second.lacking) == (0, 1, 1)
    assert MovePlan.objects.get().status == "running"
    line = Line(unit("so-b"), divided.procedure)
    operations.set_move_lines(plan_id=plan_id, lines=[line], actor=maker, at=DAY)
    assert run() == []
    operations.check_move_plans(plan_ids=[plan_id], actor=checker, at=DAY)
    operations.approve_move_plans(plan_ids=[plan_id], actor=approver, at=DAY)
    assert [done.dossiers for done in run()] == [1]
    assert Dossier.objects.get(id=dossier).accountable_id == unit("so-b")


def test_a_line_is_taken_out_again_and_the_plan_is_to_be_checked_anew(divided):
    divided.accepted()
    plan_id = approved(divided, Line(unit("so-c"), divided.procedure))
    maker = WORKER
    operations.drop_move_line(
        plan_id=plan_id, procedure_id=divided.procedure, area_id=None, actor=maker, at=later(3)
    )
    plan = MovePlan.objects.get()
    assert (plan.status, plan.approved_by_id, plan.lines.count()) == ("draft", None, 0)


# ---- who, and what is refused ------------------------------------------------------------------------


def test_who_fills_neither_checks_nor_approves(divided):
    divided.accepted()
    maker, checker, approver = ended.people()
    (plan_id,) = operations.draft_move_plans(on=ON, decision="QĐ 1", actor=WORKER, at=later(1))
    line = Line(unit("so-c"), divided.procedure)
    operations.set_move_lines(plan_id=plan_id, lines=[line], actor=maker, at=later(1))
    many = {"plan_ids": [plan_id], "at": later(2)}
    refused("move.own_work", lambda: operations.check_move_plans(actor=maker, **many))
    refused("move.own_work", lambda: operations.check_move_plans(actor=WORKER, **many))
    refused("move.not_checked", lambda: operations.approve_move_plans(actor=approver, **many))
    operations.check_move_plans(actor=checker, **many)
    refused("move.own_work", lambda: operations.approve_move_plans(actor=maker, **many))
    operations.approve_move_plans(actor=approver, **many)
    refused("move.not_draft", lambda: operations.check_move_plans(actor=checker, **many))


def test_what_lines_are_refused(divided):
    divided.accepted()
    plan_id = approved(divided, Line(unit("so-b"), divided.procedure))
    maker = WORKER
    for code, line in (
        ("move.goes_nowhere", Line(divided.department, divided.procedure)),
        ("move.receiver_ended", Line(divided.desk, divided.procedure)),
        ("move.not_whole", Line(unit("so-c"))),
    ):
        refused(
            code,
            lambda line=line: operations.set_move_lines(
                plan_id=plan_id, lines=[line], actor=maker, at=later(3)
            ),
        )
    run()
    line = Line(unit("so-c"), divided.procedure)
    refused(
        "move.over",
        lambda: operations.set_move_lines(plan_id=plan_id, lines=[line], actor=maker, at=DAY),
    )


@pytest.mark.parametrize("role", list(Role))
def test_which_posts_plan_and_which_carry_out(world, role):
    actor = world.actor(role)
    plans = role in (Role.CONTROL_OFFICER, Role.COMMITTEE_OFFICER, Role.ADMINISTRATOR)
    done = lambda: operations.draft_move_plans(on=ON, decision="QĐ", actor=actor, at=later(1))  # noqa: E731
    if plans:
        assert len(done()) == 1
    else:
        refused("dossier.may_not", done)
    runs = lambda: list(operations.run_moves(actor=actor, at=DAY))  # noqa: E731
    if role is Role.ADMINISTRATOR:
        assert runs() == []
    else:
        refused("dossier.may_not", runs)
