"""The Committee decides upon a department's proposal: its Office checks and may return, the Chairman signs;
two clocks, and one date for the citizen (NĐ 61/2018 Đ19.6–7)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from motcua.dossiers import control, operations, policies, queries, state
from motcua.dossiers.models import Dossier, Phase, WorkItem
from motcua.dossiers.tests.conftest import EVER, NINE, later, raise_world, seated
from motcua.ledger import sql
from motcua.ledger.acts import Event, act
from motcua.organisations import queries as organisations
from motcua.organisations.models import Current, Unit
from motcua.people import queries as people
from motcua.rules.actor import Actor, Role, system
from motcua.rules.bpmn_chain import Step, Way
from motcua.rules.casework import Status
from motcua.rules.clock_rules import ClockRules, PhaseRule
from motcua.rules.deadline import Limit, LimitUnit
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE

BACK = Way("return", "Trả lại sở", "thu_ly")
STEPS = (
    Step("Thụ lý hồ sơ", "accountable", "officer", 4, key="thu_ly"),
    Step("Ký tờ trình", "accountable", "leader", 2),
    Step(
        "Kiểm tra tờ trình", "committee_office", "officer", 2,
        outcomes=(Way("agree", "Trình Chủ tịch"), BACK),
    ),
    Step("Chủ tịch ký", "committee", "leader", 2, "conclude"),
    Step("Trả kết quả", "received_by", "clerk", 1, "hand_over"),
)  # fmt: skip


def days(many):
    return Limit(Decimal(many), LimitUnit.WORKING_DAY)


RULES = ClockRules(phases=(PhaseRule("so-a", days(3)), PhaseRule("tinh", days(2))))


@dataclass(frozen=True)
class Hands:
    """Who does the steps, one after another."""

    officer: Actor
    leader: Actor
    office: Actor
    chairman: Actor
    elsewhere: Actor


def found_unit(key, kind, agency=None):
    made = Unit(
        key=key, kind=kind, name=f"Cơ quan {key}", short_name=key, sort_key=key, valid=EVER,
        source="kiểm thử",
    )  # fmt: skip
    made.id = sql.fetch("SELECT nextval(pg_get_serial_sequence('organisations_unit', 'id')) AS id")[
        0
    ]["id"]
    made.agency_id = agency or made.id
    made.save(force_insert=True)
    return made.id


@pytest.fixture
def world(db):
    made = raise_world(RULES, steps=STEPS)
    with act(Event("world.raised", "world"), actor=system("kiểm thử"), at=NINE) as a:
        made.committee = found_unit("tinh", "province")
        made.office = found_unit("vp", "committee_office")
        a.about("world", a.id, {})
    return made


@pytest.fixture
def hands(world):
    def seat(name, role, unit):
        account = seated(world, name, role, unit)
        with act(Event("world.raised", "world"), actor=system("kiểm thử"), at=NINE) as a:
            Current.objects.update_or_create(id=1, defaults={"directory": uuid.uuid4()})
            a.about("world", a.id, {})
        organisations.forget()
        return account

    accounts = [
        seat("officer", Role.OFFICER, world.department),
        seat("leader", Role.LEADER, world.department),
        seat("office", Role.OFFICER, world.office),
        seat("chairman", Role.LEADER, world.committee),
        seat("elsewhere", Role.OFFICER, world.other_department),
    ]
    yield Hands(*(people.actor_of(account, None, NINE) for account in accounts))
    organisations.forget()


def item_of(dossier_id):
    return WorkItem.objects.get(dossier_id=dossier_id, closed_at=None)


def on(dossier_id, actor, at, outcome=""):
    operations.hand_on(
        dossier_id=dossier_id, item_id=item_of(dossier_id).id, actor=actor, at=at, outcome=outcome
    )


def phases(dossier_id):
    return list(Phase.objects.filter(dossier_id=dossier_id).order_by("position"))


def sees(actor, dossier_id):
    return policies.sees(actor, dossier_id)


def noon(day: int, hour: int = 9) -> datetime:
    return datetime(2022, 11, day, hour, tzinfo=ZONE)


def test_each_agency_has_its_clock_and_the_citizen_one_date(world, hands):
    done = world.accepted().id
    due_at = Dossier.objects.get(id=done).due_at
    assert due_at == noon(28)
    assert [(p.unit_id, p.begun_at is not None) for p in phases(done)] == [
        (world.department, True), (world.committee, False),
    ]  # fmt: skip
    assert not sees(hands.office, done)
    on(done, hands.officer, noon(22))
    on(done, hands.leader, noon(23))
    first, second = phases(done)
    assert (first.finished_at, second.begun_at) == (noon(23), noon(23))
    assert (first.due_at, second.due_at) == (noon(24), noon(25))
    assert item_of(done).unit_id == world.office
    assert Dossier.objects.get(id=done).accountable_id == world.department
    assert [sees(a, done) for a in (hands.office, hands.chairman, hands.elsewhere)] == [
        True, True, False,
    ]  # fmt: skip
    assert policies.has_duty(hands.office, done)
    assert policies.on_duty(hands.office, queries.detail(hands.office, done).dossier)

    on(done, hands.office, noon(24), "agree")
    assert item_of(done).unit_id == world.committee
    assert [p.finished_at for p in phases(done)] == [noon(23), None]
    operations.conclude(
        dossier_id=done, item_id=item_of(done).id, result_name="Văn bản chấp thuận",
        result_number="9/UBND", actor=hands.chairman, at=noon(25),
    )  # fmt: skip
    dossier = Dossier.objects.get(id=done)
    assert (dossier.status, dossier.due_at, dossier.finished_at) == (Status.DONE, due_at, noon(25))
    assert phases(done)[1].finished_at == noon(25)


def test_what_the_office_returns_gives_the_department_what_it_left_of_its_limit(world, hands):
    done = world.accepted().id
    on(done, hands.officer, noon(22))
    on(done, hands.leader, noon(23))
    on(done, hands.office, noon(24), "return")
    assert item_of(done).unit_id == world.department
    _, committee, again = phases(done)
    assert (committee.finished_at, again.unit_id, again.begun_at) == (
        noon(24), world.department, noon(24),
    )  # fmt: skip
    assert again.due_at == noon(25), "one of its three days was left"
    assert sees(hands.office, done), "what came before the Committee stays visible there"

    on(done, hands.officer, noon(24, 15))
    on(done, hands.leader, noon(25))
    last = phases(done)[-1]
    assert (last.position, last.unit_id, last.begun_at) == (4, world.committee, noon(25))
    assert last.due_at == noon(28), "one of its two days was left"
    assert Dossier.objects.get(id=done).due_at == noon(28)
    slip = control.control_slip(queries.detail(hands.leader, done))
    assert slip.assisted_by.count("Cơ quan tinh") == 1


def test_an_agency_that_was_late_has_no_time_left_when_it_comes_back(world, hands):
    done = world.accepted().id
    on(done, hands.officer, noon(24))
    on(done, hands.leader, noon(25))
    on(done, hands.office, noon(28), "return")
    again = phases(done)[-1]
    assert again.due_at - noon(28) <= timedelta(minutes=1)


def test_what_is_sent_back_by_hand_moves_the_clocks_too_and_a_pause_moves_the_one_that_runs(
    world, hands
):
    done = world.accepted().id
    on(done, hands.officer, noon(22))
    on(done, hands.leader, noon(23))
    operations.send_back(
        dossier_id=done, item_id=item_of(done).id, to_node="thu_ly", reason="Thiếu bản vẽ",
        actor=hands.office, at=noon(24),
    )  # fmt: skip
    operations.request_supplement(
        dossier_id=done, missing=["Bản vẽ"], reason="Thiếu", actor=hands.officer, at=noon(24)
    )
    operations.receive_supplement(dossier_id=done, papers=[], actor=world.clerk, at=noon(29))
    committee, again = phases(done)[1:]
    assert committee.due_at == noon(25)
    assert again.due_at > noon(29)


def test_the_committees_people_do_their_step_and_no_other(world, hands):
    done = world.accepted().id
    with pytest.raises(Refusal, match=r"dossier\.not_visible"):
        on(done, hands.office, later(1))
    on(done, hands.officer, noon(22))
    on(done, hands.leader, noon(23))
    with pytest.raises(Refusal, match=r"dossier\.not_your_step"):
        on(done, hands.chairman, noon(24), "agree")
    with pytest.raises(Refusal, match=r"dossier\.not_your_step"):
        on(done, hands.leader, noon(24), "agree")


def test_a_committee_that_does_not_stand_leaves_the_step_with_who_answers(world):
    net = state.net_of(Dossier.objects.get(id=world.accepted().id).process_id)
    found = state.places(net, world.desk, world.department, NINE.date().replace(year=2019))
    assert ("committee", "") not in found
    assert net.is_committees
