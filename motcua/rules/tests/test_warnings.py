from datetime import time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.rules import warnings
from motcua.rules.deadline import (
    NO_LIMIT,
    Accepted,
    Closed,
    Limit,
    Paused,
    Policy,
    Restarted,
    Resumed,
    SupplementReading,
    settle,
)
from motcua.rules.tests.office import EIGHT_HOURS, at, office, week
from motcua.rules.tests.stories import limits, moments, offices, policies, stories
from motcua.rules.warnings import GRAVITY, Warn, applicable, following, next_warning, schedule
from motcua.rules.worktime import Session

POLICY = Policy("thử", SupplementReading.RESTART)
few = settings(max_examples=80, deadline=None)


def warned_of(due: str, begun: str) -> dict[str, str]:
    found = schedule(at(due), at(begun), EIGHT_HOURS)
    return {str(kind): f"{moment:%Y-%m-%d %H:%M}" for kind, moment in found}


@pytest.mark.parametrize(
    ("begun", "due", "expected"),
    [
        pytest.param(
            "2022-11-14 09:00",
            "2022-11-28 09:00",
            {
                "used": "2022-11-24 09:00",
                "eve": "2022-11-25 07:30",
                "due": "2022-11-28 07:30",
                "late": "2022-11-29 07:30",
            },
            id="mười ngày làm việc, ngày trước hạn là thứ Sáu",
        ),
        pytest.param(
            "2022-11-21 10:00",
            "2022-11-22 10:00",
            {"due": "2022-11-22 07:30", "late": "2022-11-23 07:30"},
            id="một ngày: bốn phần năm thời gian rơi sau lúc báo đến hạn",
        ),
        pytest.param(
            "2022-11-21 09:00",
            "2022-11-21 17:30",
            {"used": "2022-11-21 16:12", "late": "2022-11-22 07:30"},
            id="trong ngày",
        ),
        pytest.param(
            "2022-11-21 07:30",
            "2022-11-21 17:30",
            {"used": "2022-11-21 15:54", "late": "2022-11-22 07:30"},
            id="trong ngày, nhận đúng giờ mở cửa: không báo cùng lúc nhận",
        ),
        pytest.param(
            "2022-08-29 09:00",
            "2022-09-05 09:00",
            {
                "eve": "2022-08-31 07:30",
                "due": "2022-09-05 07:30",
                "late": "2022-09-06 07:30",
            },
            id="ngày làm việc trước hạn ở trước kỳ nghỉ lễ",
        ),
    ],
)
def test_warnings_follow_from_the_date(begun, due, expected):
    assert warned_of(due, begun) == expected


def test_the_day_of_a_date_is_the_offices_own_day():
    early = office(week(Session(time(6), time(10))), days=())
    found = dict(schedule(at("2022-11-22 06:30"), at("2022-11-17 06:30"), early))
    assert (found[Warn.DUE], found[Warn.LATE]) == (at("2022-11-22 06:00"), at("2022-11-23 06:00"))


def test_what_has_not_begun_has_no_beginning():
    assert warnings.begun_at(()) is None


def clock(*events):
    return events, settle(events, EIGHT_HOURS, POLICY)


ACCEPTED = Accepted(at("2022-11-14 09:00"), Limit.from_code("10wd"))


def test_a_clock_that_stands_still_is_not_warned_of():
    events, settled = clock(ACCEPTED, Paused(at("2022-11-15 09:00"), "money"))
    assert next_warning(settled, warnings.begun_at(events), EIGHT_HOURS, "") is None


def test_a_finished_dossier_is_not_warned_of():
    events, settled = clock(ACCEPTED, Closed(at("2022-11-15 09:00")))
    assert next_warning(settled, warnings.begun_at(events), EIGHT_HOURS, "") is None


def test_a_dossier_without_a_date_is_not_warned_of():
    events, settled = clock(Accepted(at("2022-11-14 09:00"), NO_LIMIT))
    assert next_warning(settled, warnings.begun_at(events), EIGHT_HOURS, "") is None


def test_after_a_restart_the_warnings_are_those_of_the_new_date():
    events, settled = clock(
        ACCEPTED, Paused(at("2022-11-15 09:00"), "supplement"), Restarted(at("2022-11-21 09:00"))
    )
    assert warnings.begun_at(events) == at("2022-11-21 09:00")
    assert next_warning(settled, warnings.begun_at(events), EIGHT_HOURS, "") == (
        Warn.USED,
        at("2022-12-01 09:00"),
    )


def test_after_a_pause_the_warnings_move_with_the_date():
    events, settled = clock(
        ACCEPTED, Paused(at("2022-11-15 09:00"), "money"), Resumed(at("2022-11-22 09:00"))
    )
    found = schedule(settled.due_at, warnings.begun_at(events), EIGHT_HOURS)
    assert dict(found)[Warn.DUE] == at("2022-12-05 07:30")


def test_after_three_days_without_anybody_looking_one_warning_applies_not_four():
    found = schedule(at("2022-11-28 09:00"), at("2022-11-14 09:00"), EIGHT_HOURS)
    back = at("2022-11-29 08:00")
    assert applicable(found, "", back) is Warn.LATE
    assert applicable(found, Warn.LATE, back) is None
    assert following(found, Warn.LATE) is None


def test_what_was_told_is_not_told_again():
    found = schedule(at("2022-11-28 09:00"), at("2022-11-14 09:00"), EIGHT_HOURS)
    now = at("2022-11-25 08:00")
    assert applicable(found, "", now) is Warn.EVE
    assert applicable(found, Warn.EVE, now) is None
    assert applicable(found, "", dict(found)[Warn.EVE]) is Warn.EVE
    assert following(found, Warn.EVE) == (Warn.DUE, at("2022-11-28 07:30"))


@few
@given(offices, moments, limits, policies)
def test_a_schedule_goes_forward_in_time_and_in_gravity(calendar, start, limit, policy):
    settled = settle((Accepted(start, limit),), calendar, policy)
    found = schedule(settled.due_at, start, calendar)
    moments_ = [moment for _, moment in found]
    assert moments_ == sorted(set(moments_))
    assert all(moment > start for moment in moments_)
    assert [GRAVITY[k] for k, _ in found] == sorted(GRAVITY[k] for k, _ in found)
    assert found[-1][0] is Warn.LATE
    assert calendar.is_working(found[-1][1].date())
    assert found[-1][1].date() > settled.due_at.astimezone(calendar.zone).date()


@few
@given(stories(), offices, policies, st.lists(st.integers(0, 60), min_size=1, max_size=8))
def test_however_often_one_looks_no_warning_comes_before_its_time_or_twice(
    story, calendar, policy, gaps
):
    settled = settle(story, calendar, policy)
    begun = warnings.begun_at(story)
    if next_warning(settled, begun, calendar, "") is None:
        return
    found = schedule(settled.due_at, begun, calendar)
    now, told, given_ = story[0].at, "", []
    for gap in gaps:
        now += timedelta(days=gap)
        kind = applicable(found, told, now)
        if kind:
            assert dict(found)[kind] <= now
            given_.append(kind)
            told = kind
        after = following(found, told)
        assert after is None or after[1] > now
    assert len(given_) == len(set(given_))
    assert [GRAVITY[k] for k in given_] == sorted(GRAVITY[k] for k in given_)
