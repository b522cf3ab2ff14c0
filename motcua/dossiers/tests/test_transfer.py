"""A dossier goes to another agency, and through the agencies of an interconnected procedure."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from motcua.dossiers import operations, queries
from motcua.dossiers.models import Dossier, Phase, Slip, WorkItem
from motcua.dossiers.tests.conftest import NINE, later, raise_world
from motcua.dossiers.tests.test_acts import ask, dossier, local_day, refused
from motcua.dossiers.tests.test_walk import item_of
from motcua.ledger.models import Entry, Posting
from motcua.organisations import queries as organisations
from motcua.rules.actor import Role
from motcua.rules.books import Account, balance
from motcua.rules.casework import PaperHeld, Status
from motcua.rules.clock_rules import ClockRules, Declared, Ground, PhaseRule
from motcua.rules.deadline import Limit, LimitUnit

__all__ = ["dossier"]

DAYS = LimitUnit.WORKING_DAY
INTERCONNECTED = ClockRules(
    grounds=(Declared(Ground.CONSULTATION, "Điều 4 quy định thử"),),
    phases=(
        PhaseRule("so-a", Limit(Decimal(3), DAYS)),
        PhaseRule("so-b", Limit(Decimal(2), DAYS)),
    ),
)


def transfer(world, dossier, **kw):
    values = {"to": world.other_department, "reason": "Không thuộc thẩm quyền"}
    values |= {"article": "QĐ 12/2022/QĐ-UBND", "actor": world.leader, "at": later(1)}
    operations.transfer(dossier_id=dossier, **(values | kw))


def books_of(unit, on):
    return balance(Posting.objects.filter(unit_id=unit), on)


def test_code_dates_and_calendar_stay_and_the_steps_go_to_the_other_agency(world, dossier):
    before = Dossier.objects.get(id=dossier)
    transfer(world, dossier)
    after = Dossier.objects.get(id=dossier)
    kept = ("code", "due_at", "judged_at", "status", "received_by_id", "calendar_unit_id")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    other = world.other_department
    assert (after.accountable_id, after.holder_id) == (other, other)
    item = WorkItem.objects.get(dossier_id=dossier, closed_at=None)
    assert (item.unit_id, item.assignee_id, item.opened_at) == (other, None, before.accepted_at)
    said = Entry.objects.get(event="dossier.transferred").fields
    assert (said["from"], said["accountable_id"]) == (world.department, other)
    assert said["article"] == "QĐ 12/2022/QĐ-UBND"
    assert "hand_on" in queries.detail(world.stranger, dossier).acts


def test_the_books_of_both_agencies_say_so(world, dossier):
    transfer(world, dossier)
    monday, tuesday = local_day(NINE), local_day(later(1))
    late = date(2022, 11, 29)
    assert books_of(world.department, monday) == {Account.OUTSIDE: -1, Account.OPEN_IN_TIME: 1}
    assert books_of(world.department, late) == {Account.OUTSIDE: -1, Account.TRANSFERRED_OUT: 1}
    other = world.other_department
    assert books_of(other, tuesday) == {Account.TRANSFERRED_IN: -1, Account.OPEN_IN_TIME: 1}
    assert books_of(other, late) == {Account.TRANSFERRED_IN: -1, Account.OPEN_LATE: 1}


def test_who_receives_it_settles_it_and_the_desk_hands_it_over(world, dossier):
    transfer(world, dossier)
    operations.hand_on(
        dossier_id=dossier, item_id=item_of(dossier), actor=world.stranger, at=later(2)
    )
    leader = world.actor(Role.LEADER, unit=world.other_department)
    operations.conclude(
        dossier_id=dossier, item_id=item_of(dossier), result_name="GP", result_number="1",
        actor=leader, at=later(3),
    )  # fmt: skip
    assert "hand_over" in queries.detail(world.clerk, dossier).acts


def test_what_a_transfer_refuses(world, dossier):
    refused("dossier.reason_missing", lambda: transfer(world, dossier, reason=" "))
    refused("dossier.article_missing", lambda: transfer(world, dossier, article=" "))
    refused("dossier.transferred_to_itself", lambda: transfer(world, dossier, to=world.department))
    refused("dossier.no_such_agency", lambda: transfer(world, dossier, to=world.desk))
    for actor in (world.officer, world.clerk):
        refused("dossier.may_not", lambda actor=actor: transfer(world, dossier, actor=actor))
    stranger = world.actor(Role.LEADER, unit=world.other_department)
    refused("dossier.not_visible", lambda: transfer(world, dossier, actor=stranger))
    operations.withdraw(dossier_id=dossier, reason="Đổi ý", actor=world.clerk, at=later(1))
    refused("dossier.not_under_way", lambda: transfer(world, dossier))


def test_a_dossier_that_waits_is_transferred_waiting(world, dossier):
    ask(world, dossier)
    transfer(world, dossier, at=later(2))
    came = {"papers": [PaperHeld("Bản vẽ", 1, 0)], "actor": world.clerk, "at": later(3)}
    operations.receive_supplement(dossier_id=dossier, **came)
    assert Dossier.objects.get(id=dossier).status == Status.PROCESSING


# ---- phases --------------------------------------------------------------------------------------


@pytest.fixture
def linked(db):
    return raise_world(INTERCONNECTED)


def phases(dossier):
    return list(Phase.objects.filter(dossier_id=dossier).order_by("position"))


def at(day, hour=2):
    return datetime(2022, 11, day, hour, 0, tzinfo=UTC)


def test_each_agency_has_its_date_and_the_receipt_names_the_second(linked):
    dossier = linked.accepted().id
    first, second = phases(dossier)
    assert (first.planned_at, first.begun_at, first.due_at) == (at(24), NINE, at(24))
    assert (second.planned_at, second.begun_at, second.due_at) == (at(28), None, None)
    assert Dossier.objects.get(id=dossier).due_at == at(28)
    stage = Slip.objects.get(form="receipt").data["second_stage"]
    assert stage["agency"] == "Cơ quan so-b"


def test_the_next_agency_counts_its_own_limit_from_its_receipt(linked):
    dossier = linked.accepted().id
    transfer(linked, dossier, at=at(23))
    first, second = phases(dossier)
    assert (first.finished_at, second.begun_at, second.due_at) == (at(23), at(23), at(25))
    assert Dossier.objects.get(id=dossier).due_at == at(28)  # the whole keeps its date


def test_a_pause_moves_the_date_of_the_agency_that_waits(linked):
    dossier = linked.accepted().id
    who = {"dossier_id": dossier, "actor": linked.officer, "ground": Ground.CONSULTATION}
    operations.pause(**who, reason="Công văn", at=at(22))
    operations.resume(**who, at=at(23))
    assert phases(dossier)[0].due_at == at(25)
    transfer(linked, dossier, at=at(24))
    assert phases(dossier)[1].due_at == at(28)


def test_a_supplement_restarts_the_limit_of_the_agency_that_waits(linked):
    dossier = linked.accepted().id
    ask(linked, dossier, at=at(22))
    came = {"papers": [PaperHeld("Bản vẽ", 1, 0)], "actor": linked.clerk, "at": at(23)}
    operations.receive_supplement(dossier_id=dossier, **came)
    assert phases(dossier)[0].due_at == at(28)


def test_a_pause_open_when_the_next_agency_receives_it_is_its_too(linked):
    dossier = linked.accepted().id
    who = {"dossier_id": dossier, "ground": Ground.CONSULTATION}
    operations.pause(**who, actor=linked.officer, reason="Công văn", at=at(22))
    transfer(linked, dossier, at=at(23))
    operations.resume(**who, actor=linked.stranger, at=at(24))
    assert phases(dossier)[1].due_at == at(28)


def test_an_agency_that_is_not_the_next_takes_over_the_phase_under_way(linked):
    dossier = linked.accepted().id
    transfer(linked, dossier, at=at(22))
    back = linked.actor(Role.LEADER, unit=linked.other_department)
    transfer(linked, dossier, to=linked.department, at=at(23), actor=back)
    first, second = phases(dossier)
    assert first.finished_at == at(22)
    assert organisations.unit(second.unit_id).key == "so-a"
    assert second.finished_at is None
    operations.withdraw(dossier_id=dossier, reason="Đổi ý", actor=linked.clerk, at=at(24))
    assert phases(dossier)[1].finished_at == at(24)
