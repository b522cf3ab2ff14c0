"""The nine indicators counted from acts: each from what was done, for whom who may see it, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from motcua.counter import operations as counter
from motcua.dossiers import operations
from motcua.dossiers.models import WorkItem
from motcua.dossiers.tests.conftest import NINE, later
from motcua.ledger import sql
from motcua.rules.actor import Actor, Role, Scope, system
from motcua.rules.books import Channel
from motcua.rules.casework import PaperHeld
from motcua.rules.casework_ratings import Satisfaction
from motcua.rules.refusal import Refusal
from motcua.rules.scoring import Indicator
from motcua.statistics import quality
from motcua.statistics.quality import Period

SYSTEM = system("kiểm thử")
QUARTER = Period(2022, 4)
ALL = Actor(None, "officer", "Kiểm soát", role=Role.CONTROL_OFFICER,
            may=system("x").may, sees=Scope(), agency_id=0)  # fmt: skip


def item(dossier_id):
    return WorkItem.objects.get(dossier_id=dossier_id, closed_at=None).id


def finished(world, days=1.0, *, officer=None, handed=True, **intake):
    """A dossier finished so many days after acceptance (5 working days: due Monday 28 November)."""
    made = world.accepted(**intake)
    officer = officer or world.officer
    operations.hand_on(dossier_id=made.id, item_id=item(made.id), actor=officer, at=later(days))
    operations.conclude(
        dossier_id=made.id, item_id=item(made.id), result_name="Giấy phép", result_number="1",
        actor=world.leader, at=later(days),
    )  # fmt: skip
    if handed:
        operations.hand_over(
            dossier_id=made.id, recipient="Người nhận", identity="", method="counter",
            actor=world.clerk, at=later(days),
        )  # fmt: skip
    return made.id


def scores(world, actor=ALL):
    (unit,) = quality.units(actor, QUARTER).units
    assert unit.unit.id == world.department
    return unit, {s.indicator: s.value for s in unit.total.scores}


def test_time_is_judged_by_date_and_averaged_over_dossiers(world):
    for days in (1, 7, 9):  # early, on the day, late
        finished(world, days)
    unit, values = scores(world)
    assert unit.dossiers == 3
    assert values[Indicator.TOTAL_TIME] == Decimal("1.0")
    assert values[Indicator.AGENCY_TIME] == Decimal("1.0")
    assert values[Indicator.ATTITUDE] == Decimal("1.0")


def test_each_round_of_supplements_is_a_contact(world):
    finished(world)
    made = world.accepted()
    operations.request_supplement(
        dossier_id=made.id, missing=["Bản vẽ"], reason="thiếu", actor=world.officer, at=later(1)
    )
    operations.receive_supplement(
        dossier_id=made.id, papers=[PaperHeld("Bản vẽ", 1, 0)], actor=world.clerk, at=later(2)
    )
    operations.refuse_in_process(
        dossier_id=made.id, item_id=item(made.id), reason="không đủ", actor=world.officer,
        at=later(3),
    )  # fmt: skip
    _, values = scores(world)
    assert values[Indicator.CONTACTS] == Decimal("1.5")


def test_who_files_online_and_gets_a_refusal_there_went_nowhere(world):
    sent = operations.submit(intake=world.intake(channel=Channel.ONLINE), actor=SYSTEM, at=NINE)
    from motcua.dossiers.operations import Contact

    operations.accept_submitted(
        dossier_id=sent.id, contact=Contact("", "", "", ""), actor=world.clerk, at=NINE
    )
    operations.refuse_in_process(
        dossier_id=sent.id, item_id=item(sent.id), reason="không đủ", actor=world.officer,
        at=later(1),
    )  # fmt: skip
    unit, values = scores(world)
    assert values[Indicator.AGENCIES] == Decimal("2.0")
    online = {m.indicator: m for m in unit.marks}[Indicator.ONLINE]
    assert (online.facts["filed"], online.facts["dossiers"]) == (1, 1)


def test_publicity_counts_what_hangs_at_the_desk_since_before_the_dossier_came(world):
    finished(world)
    assert scores(world)[1][Indicator.PUBLICITY] == Decimal("1.0")
    counter.post_notice(world.desk, NINE.date(), actor=SYSTEM, at=NINE)
    assert scores(world)[1][Indicator.PUBLICITY] == Decimal("2.0")


def test_only_a_complaint_found_justified_lowers_the_attitude(world):
    dossier_id = finished(world)
    owner = Actor(None, "citizen", "công dân", sees=Scope(person_id=world.citizen))
    operations.rate(
        dossier_id=dossier_id, level=Satisfaction.DISSATISFIED, text="Bắt chờ.", actor=owner,
        at=later(2),
    )  # fmt: skip
    assert scores(world)[1][Indicator.ATTITUDE] == Decimal("2.0")
    operations.judge_rating(
        dossier_id=dossier_id, justified=True, reason="đúng", actor=world.actor(Role.DIRECTOR),
        at=later(3),
    )  # fmt: skip
    assert scores(world)[1][Indicator.ATTITUDE] == Decimal("0.0")


def test_feedback_has_no_data_and_is_left_out(world):
    finished(world)
    unit, values = scores(world)
    assert values[Indicator.FEEDBACK] is None
    assert unit.total.most == 16
    reasons = {m.indicator: m.reason for m in unit.marks}
    assert reasons[Indicator.FEEDBACK] == "not_recorded"


def test_open_dossiers_training_and_other_quarters_do_not_count(world):
    world.accepted()
    finished(world)
    assert scores(world)[0].dossiers == 1
    assert quality.units(ALL, Period(2022, 3)).units == ()
    assert quality.units(ALL, Period(2022, 0)).units[0].dossiers == 1


def test_every_point_of_a_dossier_says_why(world):
    finished(world, 9)
    found = quality.behind(world.leader, world.department, QUARTER)
    ((row,), hidden) = found.rows, found.hidden
    assert hidden == 0
    reasons = {m.indicator: (m.points, m.reason) for m in row.marks}
    assert reasons[Indicator.TOTAL_TIME] == (0, "late")
    assert reasons[Indicator.AGENCIES] == (1, "one_stop")
    assert reasons[Indicator.PUBLICITY] == (1, "electronic")


def test_a_right_to_figures_is_not_a_right_to_rows(world):
    finished(world)
    found = quality.behind(ALL, world.department, QUARTER)
    assert (found.found.dossiers, found.rows, found.hidden) == (1, (), 1)
    with pytest.raises(Refusal) as no:
        quality.behind(world.stranger, world.department, QUARTER)
    assert no.value.code == "figures.not_your_unit"
    with pytest.raises(Refusal):
        quality.units(Actor(1, "citizen", ""), QUARTER)


def test_an_officer_sees_his_own_score_and_his_head_all_of_them(world, account):
    one = replace(world.officer, account_id=account("chuyen-vien-a"))
    other = replace(world.officer, account_id=account("chuyen-vien-b"))
    finished(world, 1, officer=one)
    finished(world, 9, officer=other)
    mine, rows = quality.own(one, QUARTER)
    assert (mine.dossiers, mine.total.most, len(rows)) == (1, 10, 1)
    head = world.actor(Role.HEAD)
    found = {o.name: o.completion for o in quality.officers(head, world.department, QUARTER)}
    assert found == {"Công chức chuyen-vien-a": "full", "Công chức chuyen-vien-b": "poor"}
    for nosy in (one, world.actor(Role.INSPECTOR), world.actor(Role.HEAD, unit=world.desk)):
        with pytest.raises(Refusal) as no:
            quality.officers(nosy, world.department, QUARTER)
        assert no.value.code == "figures.not_your_officers"


def test_the_province_is_all_dossiers_not_an_average_of_units(world):
    for days in (1, 1, 9):
        finished(world, days)
    found = quality.units(ALL, QUARTER)
    assert found.province is not None
    assert found.province.scores[0].value == Decimal("1.3")
    assert quality.units(world.officer, QUARTER).province is None


def test_the_table_of_units_takes_few_statements(world):
    finished(world)
    quality.units(ALL, QUARTER)
    with sql.counted() as sent:
        quality.units(ALL, QUARTER)
    assert len(sent) <= 4, sent


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [("2022-q4", "2022-10-01", "2022-12-31"), ("2022-q1", "2022-01-01", "2022-03-31"),
     ("2022", "2022-01-01", "2022-12-31")],
)  # fmt: skip
def test_a_period_is_a_quarter_or_a_year(text, since, until):
    found = Period.parse(text)
    assert (str(found), found.since.isoformat(), found.until.isoformat()) == (text, since, until)
    assert found.before.until == found.since - timedelta(days=1)


@pytest.mark.parametrize("text", ["", "2022-q5", "abc", "1999", "2022-q12", "²022"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(Refusal):
        Period.parse(text)
