import json
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.rules.deadline import (
    NO_LIMIT,
    Accepted,
    Extended,
    Limit,
    LimitUnit,
    Paused,
    Policy,
    Restarted,
    Resumed,
    SegmentKind,
    SupplementReading,
    explain,
    settle,
)
from motcua.rules.tests.office import EIGHT_HOURS, MINUTE, at, counts
from motcua.rules.tests.stories import offices, policies, stories, waits

POLICY = Policy(
    "thử",
    SupplementReading.RESTART,
    sources={"supplement": "NĐ 61/2018 Đ19.4", "weekly_rest": "BLLĐ 2019 Đ111"},
)
NOBODY = {"name": "", "source": ""}
CIVIL_CODE = replace(POLICY, count_from_next_day=True)
many = settings(max_examples=300, deadline=None)
short_hours = st.integers(1, 40).map(lambda n: Limit(Decimal(n), LimitUnit.WORKING_HOUR))


def limit(amount, unit=LimitUnit.WORKING_DAY) -> Limit:
    return Limit(Decimal(amount), unit)


def lines(events, policy=POLICY):
    """A due date as one would read it: from, to, kind and reason, days."""
    return [
        f"{s.start:%d/%m %H:%M}–{s.end:%d/%m %H:%M} {s.kind} {s.reason} {s.days.normalize():f}"
        for s in explain(events, EIGHT_HOURS, policy).segments
    ]


def test_three_days_over_tet_say_which_days_were_skipped_and_why():
    events = [Accepted(at("2022-01-28 14:00"), limit(3))]
    assert lines(events) == [
        "28/01 14:00–29/01 00:00 counted office_time 0.4375",
        "29/01 00:00–31/01 00:00 skipped weekly_rest 0",
        "31/01 00:00–05/02 00:00 skipped holiday 0",
        "05/02 00:00–07/02 00:00 skipped weekly_rest 0",
        "07/02 00:00–09/02 14:00 counted office_time 2.5625",
    ]
    weekly, tet = explain(events, EIGHT_HOURS, POLICY).segments[1:3]
    assert (weekly.source, tet.name, tet.source) == ("BLLĐ 2019 Đ111", "nghỉ lễ", "kiểm thử")


def test_what_comes_after_hours_begins_at_the_next_opening():
    assert lines([Accepted(at("2022-11-18 18:05"), limit(1))]) == [
        "18/11 18:05–19/11 00:00 skipped outside_hours 0",
        "19/11 00:00–21/11 00:00 skipped weekly_rest 0",
        "21/11 00:00–21/11 17:30 counted office_time 1",
    ]


def test_a_restart_shows_what_went_before():
    events = [
        Accepted(at("2022-11-21 09:00"), limit(2)),
        Paused(at("2022-11-22 09:00"), "supplement"),
        Restarted(at("2022-11-23 09:00")),
    ]
    assert lines(events) == [
        "21/11 09:00–22/11 09:00 counted office_time 1",
        "22/11 09:00–23/11 09:00 paused supplement 1",
        "23/11 09:00–23/11 09:00 restarted supplement 0",
        "23/11 09:00–25/11 09:00 counted office_time 2",
    ]
    assert explain(events, EIGHT_HOURS, POLICY).segments[2].source == "NĐ 61/2018 Đ19.4"


def test_waits_and_a_promise_are_told_in_their_order():
    events = [
        Accepted(at("2022-11-21 09:00"), limit(2)),
        Paused(at("2022-11-21 14:30"), "money"),
        Resumed(at("2022-11-22 08:00")),
        Extended(at("2022-11-23 09:00"), at("2022-11-25 16:00"), by_law=False),
    ]
    assert lines(events) == [
        "21/11 09:00–21/11 14:30 counted office_time 0.4375",
        "21/11 14:30–22/11 08:00 paused money 0.4375",
        "22/11 08:00–23/11 14:30 counted office_time 1.5625",
        "23/11 14:30–25/11 16:00 extended apology 2.1875",
    ]


def test_a_wait_after_the_limit_ran_out_is_told_as_the_move_it_made():
    events = [
        Accepted(at("2022-11-21 09:00"), limit(1)),
        Paused(at("2022-11-22 15:00"), "supplement"),
        Resumed(at("2022-11-24 15:00")),
    ]
    assert lines(events) == [
        "21/11 09:00–22/11 09:00 counted office_time 1",
        "22/11 09:00–24/11 09:00 paused supplement 2",
    ]


@pytest.mark.parametrize(
    ("since", "until", "waited"),
    [
        ("2022-12-01 17:30", "2022-12-02 09:00", "01/12 17:30–02/12 17:30 paused money 1"),
        ("2022-12-01 18:00", "2022-12-02 09:00", "01/12 17:30–02/12 17:30 paused money 1"),
    ],
)
def test_a_wait_from_the_close_of_the_last_calendar_day_is_told_as_the_move_it_made(
    since, until, waited
):
    accepted = Accepted(at("2022-11-21 09:00"), limit(10, LimitUnit.CALENDAR_DAY))
    assert lines([accepted, Paused(at(since), "money"), Resumed(at(until))]) == [
        "21/11 09:00–01/12 17:30 counted calendar_time 10",
        waited,
    ]


def test_a_wait_on_the_days_off_a_calendar_limit_rolls_over_is_told_after_them():
    accepted = Accepted(at("2022-11-21 09:00"), limit(12, LimitUnit.CALENDAR_DAY))
    waited = [Paused(at("2022-12-04 08:00"), "money"), Resumed(at("2022-12-06 08:00"))]
    assert lines([accepted, *waited]) == [
        "21/11 09:00–04/12 00:00 counted calendar_time 12",
        "04/12 00:00–05/12 17:30 skipped last_day_off 1",
    ]


def test_a_wait_from_the_close_of_the_last_day_is_told_as_the_move_it_made_under_the_civil_code():
    accepted = Accepted(at("2022-11-21 09:00"), limit(1))
    waited = [Paused(at("2022-11-22 17:30"), "money"), Resumed(at("2022-11-23 10:00"))]
    assert lines([accepted, *waited], CIVIL_CODE) == [
        "21/11 09:00–22/11 00:00 skipped first_day 0.8125",
        "22/11 00:00–22/11 17:30 counted office_time 1",
        "22/11 17:30–23/11 17:30 paused money 1",
    ]


def test_calendar_days_count_through_and_roll_off_a_day_off():
    events = [Accepted(at("2022-08-29 09:00"), limit(4, LimitUnit.CALENDAR_DAY))]
    assert lines(events) == [
        "29/08 09:00–03/09 00:00 counted calendar_time 4",
        "03/09 00:00–05/09 17:30 skipped last_day_off 2",
    ]
    assert explain(events, EIGHT_HOURS, POLICY).segments[1].name == "nghỉ lễ"
    on_a_working_day = [Accepted(at("2022-11-21 09:00"), limit(4, LimitUnit.CALENDAR_DAY))]
    assert lines(on_a_working_day) == ["21/11 09:00–25/11 17:30 counted calendar_time 4"]


def test_the_first_day_and_the_rest_of_the_last_are_told_under_the_civil_code():
    events = [Accepted(at("2022-11-21 09:00"), limit("1.5"))]
    assert lines(events, CIVIL_CODE) == [
        "21/11 09:00–22/11 00:00 skipped first_day 0.8125",
        "22/11 00:00–23/11 11:30 counted office_time 1.5",
        "23/11 11:30–23/11 17:30 skipped rest_of_last_day 0.5",
    ]


def test_a_wait_on_the_day_that_is_not_counted_moves_nothing():
    events = [
        Accepted(at("2022-11-21 08:00"), limit(1)),
        Paused(at("2022-11-21 09:00"), "money"),
        Resumed(at("2022-11-21 10:00")),
    ]
    assert lines(events, CIVIL_CODE) == [
        "21/11 08:00–21/11 09:00 skipped first_day 0.125",
        "21/11 09:00–21/11 10:00 paused money 0.125",
        "21/11 10:00–22/11 00:00 skipped first_day 0.6875",
        "22/11 00:00–22/11 17:30 counted office_time 1",
    ]


def test_the_cutoff_of_a_same_day_procedure_is_told():
    events = [Accepted(at("2022-11-18 15:10"), Limit(None, LimitUnit.SAME_DAY))]
    assert lines(events) == [
        "18/11 15:10–19/11 00:00 skipped after_cutoff 0.2917",
        "19/11 00:00–21/11 00:00 skipped weekly_rest 0",
        "21/11 00:00–21/11 17:30 counted office_time 1",
    ]


def test_an_open_wait_does_not_move_what_is_told():
    accepted = Accepted(at("2022-11-21 09:00"), limit(2))
    standing = [accepted, Paused(at("2022-11-22 09:00"), "money")]
    assert lines(standing) == lines([accepted])


@pytest.mark.parametrize("events", [(), (Accepted(at("2022-11-21 09:00"), NO_LIMIT),)])
def test_where_nothing_is_due_there_is_nothing_to_tell(events):
    assert explain(events, EIGHT_HOURS, POLICY).segments == ()


def test_a_promise_without_a_limit_is_all_there_is_to_tell():
    accepted = Accepted(at("2022-11-21 09:00"), NO_LIMIT)
    promise = Extended(at("2022-11-22 09:00"), at("2022-11-24 09:00"), by_law=True)
    assert lines([accepted, promise]) == ["21/11 09:00–24/11 09:00 extended by_law 3"]


def test_an_explanation_is_given_as_plain_values():
    events = [
        Accepted(at("2022-11-18 16:00"), limit(1)),
        Extended(at("2022-11-21 09:00"), at("2022-11-22 16:30"), by_law=False),
    ]
    rest = {"name": "", "source": "BLLĐ 2019 Đ111"}
    told = explain(events, EIGHT_HOURS, POLICY).to_json()
    assert json.dumps(told, sort_keys=True, indent=1) == json.dumps(
        {
            "due_at": "2022-11-22T16:30:00+07:00",
            "judged_at": "2022-11-21T16:00:00+07:00",
            "limit": {"amount": "1", "unit": "working_day"},
            "rule_set": "thử",
            "calendar_revision": "kiểm thử",
            "undecreed_from": None,
            "segments": [
                {
                    "start": f"2022-11-{start}:00+07:00",
                    "end": f"2022-11-{end}:00+07:00",
                    "kind": kind,
                    "minutes": minutes,
                    "days": days,
                    "reason": reason,
                    **more,
                }
                for start, end, kind, minutes, days, reason, more in (
                    ("18T16:00", "19T00:00", "counted", 90, "0.1875", "office_time", NOBODY),
                    ("19T00:00", "21T00:00", "skipped", 0, "0", "weekly_rest", rest),
                    ("21T00:00", "21T16:00", "counted", 390, "0.8125", "office_time", NOBODY),
                    ("21T16:00", "22T16:30", "extended", 510, "1.0625", "apology", NOBODY),
                )
            ],
        },
        sort_keys=True,
        indent=1,
    )


def test_nothing_due_is_given_as_nothing():
    told = explain([], EIGHT_HOURS, POLICY).to_json()
    assert (told["due_at"], told["judged_at"], told["limit"], told["segments"]) == (
        None,
        None,
        None,
        [],
    )


def test_a_limit_rolled_off_a_weekend_rests_on_the_rule_off_a_holiday_on_its_decree():
    for received, amount, source in (
        ("2022-11-21 09:00", 5, ""),
        ("2022-08-29 09:00", 4, "kiểm thử"),
    ):
        accepted = Accepted(at(received), limit(amount, LimitUnit.CALENDAR_DAY))
        rolled = explain([accepted], EIGHT_HOURS, POLICY).segments[-1]
        assert (rolled.reason, rolled.source) == ("last_day_off", source)


# ---- carried out again, the explanation gives the value -------------------------------------------

HAVE_TIME_IN_THEM = {"first_day", "after_cutoff", "rest_of_last_day", "last_day_off"}


@many
@given(offices, stories(), policies)
def test_segments_reach_without_a_gap_from_acceptance_to_what_is_due(calendar, events, policy):
    told = explain(events, calendar, policy).segments
    due = settle(events, calendar, policy).due_at
    assert (told[0].start, told[-1].end) == (events[0].at, due) if told else due == events[0].at
    assert all(a.end == b.start for a, b in pairwise(told))
    for segment in told:
        assert segment.start < segment.end or segment.kind is SegmentKind.RESTARTED
        assert segment.minutes == calendar.between(segment.start, segment.end)
        if segment.kind is SegmentKind.SKIPPED:
            assert not segment.minutes or segment.reason in HAVE_TIME_IN_THEM


@many
@given(offices, stories(), policies)
def test_what_is_counted_since_the_last_restart_adds_up_to_the_limit(calendar, events, policy):
    of = events[0].limit
    for event in events:
        of = getattr(event, "limit", of)
    told = _since_restart(explain(events, calendar, policy).segments)
    days = sum(s.days for s in told if s.kind is SegmentKind.COUNTED)
    minutes = sum(s.minutes for s in told if s.kind is SegmentKind.COUNTED)
    match of.unit:
        case LimitUnit.WORKING_HOUR:
            assert minutes == of.amount * 60
        case LimitUnit.WORKING_DAY:
            assert abs(days - of.amount) < Decimal("0.01")
        case LimitUnit.CALENDAR_DAY:
            assert days == of.amount
        case _:
            assert days > 0


@settings(max_examples=60, deadline=None)
@given(offices, waits(of=short_hours, longest_gap_days=2), policies)
def test_walking_minute_by_minute_past_the_told_waits_reaches_the_date(calendar, events, policy):
    told = explain(events, calendar, policy).segments
    waited = [(s.start, s.end) for s in told if s.kind is SegmentKind.PAUSED]
    moment, left = told[0].start, events[0].limit.amount * 60
    while left or any(start <= moment < end for start, end in waited):
        standing = any(start <= moment < end for start, end in waited)
        left -= counts(calendar, moment) and not standing
        moment += MINUTE
    assert moment == settle(events, calendar, policy).due_at


def _since_restart(told):
    restarts = [n for n, s in enumerate(told) if s.kind is SegmentKind.RESTARTED]
    return told[restarts[-1] + 1 :] if restarts else told
