"""The fast engine beside the naive one, which counts minute by minute and shares no code with it."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from motcua.rules.deadline import (
    Paused,
    Policy,
    SupplementReading,
    answer_by,
    explain,
    settle,
    step_due,
    transfer_by,
)
from motcua.rules.tests import as_json, naive
from motcua.rules.tests.office import (
    AFTERNOON,
    FULL,
    MORNING,
    OFFICES,
    SHORT_AFTERNOON,
    made_up,
    off,
    office,
    week,
)
from motcua.rules.tests.stories import days_off, moments, offices, policies, stories, waits
from motcua.rules.worktime import Hours, Session

LONG = settings.default.max_examples > 1000
lax = list(HealthCheck)
PARTS = 4
volume = settings(max_examples=13_000 if LONG else 260, deadline=None, suppress_health_check=lax)
many = settings(max_examples=2_000 if LONG else 200, deadline=None, suppress_health_check=lax)

SUMMER = week(Session(time(7), time(11)), SHORT_AFTERNOON, season=(415, 1015))
SEASONS = office(SUMMER, week(*FULL, season=(1016, 414)))
CHANGED = office(
    week(*FULL, valid_to=date(2022, 6, 15)),
    week(MORNING, SHORT_AFTERNOON, valid_from=date(2022, 6, 15)),
)
PUBLIC_SATURDAY = office(
    Hours({**dict.fromkeys(range(5), FULL), 5: (Session(time(7, 30), time(11, 30), counts=False),)})
)
MADE_UP = office(
    Hours({**dict.fromkeys(range(4), FULL), 4: (MORNING,)}),
    days=(off("2022-03-04"), made_up("2022-03-05", 4), made_up("2022-07-16"), off("2022-07-18")),
)
ONE_SESSION = office(week(MORNING), Hours({2: (AFTERNOON,)}), days=())
ALL = (*OFFICES, SEASONS, CHANGED, PUBLIC_SATURDAY, MADE_UP, ONE_SESSION)
NAIVE = [naive.Office(as_json.of_calendar(calendar)) for calendar in ALL]
which = st.integers(0, len(ALL) - 1)


@pytest.mark.parametrize("part", range(PARTS))
@volume
@given(st.integers(0, len(ALL) // PARTS), stories(longest_gap_days=8), policies)
def test_both_engines_give_the_same_dates_and_the_explanation_carried_out_again_gives_them(
    part, n, events, policy
):
    n = (PARTS * n + part) % len(ALL)
    found = settle(events, ALL[n], policy)
    due, judged = (at and at.isoformat() for at in (found.due_at, found.judged_at))
    asked = as_json.of_events(events), NAIVE[n], as_json.of_policy(policy)
    assert (due, judged, found.running) == naive.dates(*asked)
    told = explain(events, ALL[n], policy).to_json()
    limit = as_json.limit_of(events)
    assert as_json.carried_out(told, limit, events[0].at) in (due, None)
    assert told["due_at"] == due and (told["segments"] or due == events[0].at.isoformat())


@many
@given(which, stories(longest_gap_days=4), policies)
def test_both_engines_tell_the_same_segments(n, events, policy):
    case = {"calendar": as_json.of_calendar(ALL[n]), "policy": as_json.of_policy(policy)}
    naive_told = naive.due(case | {"events": as_json.of_events(events)})["segments"]
    told = explain(events, ALL[n], policy).to_json()["segments"]
    assert as_json.same(told) == as_json.same(naive_told)


@many
@given(
    which, stories(longest_gap_days=4), policies, st.integers(0, 12 * 24 * 60), st.integers(1, 20)
)
def test_both_engines_give_a_step_the_same_date(n, events, policy, after, halves):
    opened = events[0].at + timedelta(minutes=after)
    due = step_due(events, opened, Decimal(halves), ALL[n], policy).isoformat()
    case = {
        "calendar": as_json.of_calendar(ALL[n]),
        "policy": as_json.of_policy(policy),
        "events": as_json.of_events(events),
        "opened_at": opened.isoformat(),
        "half_days": str(halves),
    }
    assert due == naive.step(case)["due_at"]


@many
@given(which, moments, st.integers(1, 24))
def test_both_engines_know_when_to_transfer_and_to_answer(n, moment, hours):
    case = {"calendar": as_json.of_calendar(ALL[n]), "policy": {}, "received_at": str(moment)}
    assert transfer_by(moment, ALL[n]).isoformat() == naive.transfer(case)["due_at"]
    case |= {"submitted_at": str(moment), "hours": str(hours)}
    assert answer_by(moment, ALL[n], Decimal(hours)).isoformat() == naive.answer_by(case)["due_at"]


made_up_days = st.lists(
    st.integers(0, 400).map(lambda n: made_up((date(2022, 1, 1) + timedelta(n)).isoformat())),
    min_size=1,
    max_size=8,
    unique_by=lambda day: day.on,
)


@many
@given(offices, waits(), policies, made_up_days)
def test_a_made_up_day_never_makes_a_date_later(calendar, events, policy, more):
    declared = {day.on for day in calendar.days}
    more = [day for day in more if day.on not in declared and not calendar.is_working(day.on)]
    narrower = office(*calendar.hours, days=(*calendar.days, *more))
    for n, event in enumerate(events):
        if isinstance(event, Paused):
            assume(event.at <= settle(events[:n], calendar, policy).due_at)
    before, after = (settle(events, c, policy).due_at for c in (calendar, narrower))
    assert after <= before


@many
@given(offices, stories(longest_gap_days=4), policies, days_off)
def test_another_calendar_moves_dates_but_never_whether_the_clock_runs(
    calendar, events, policy, more
):
    other = office(*calendar.hours, days=(*calendar.days, *more))
    assert settle(events, calendar, policy).running == settle(events, other, policy).running


def test_the_naive_engine_would_find_an_hour_too_much():
    """The comparison is not of an engine with itself."""
    events = [{"kind": "accepted", "at": "2022-11-21T09:00:00+07:00",
               "limit": {"amount": "1", "unit": "working_hour"}}]  # fmt: skip
    policy = as_json.of_policy(Policy("thử", SupplementReading.PAUSE))
    assert naive.dates(events, NAIVE[0], policy)[0] == "2022-11-21T10:00:00+07:00"
