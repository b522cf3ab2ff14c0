from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from motcua.rules.deadline import (
    Accepted,
    ClockEvent,
    Extended,
    LimitUnit,
    Paused,
    Policy,
    Resumed,
    SupplementReading,
    event_from_json,
    event_to_json,
    settle,
    transfer_by,
)
from motcua.rules.tests.office import (
    EIGHT_HOURS,
    MINUTE,
    MORNING,
    SEVEN_AND_A_HALF,
    counted,
    office,
    walked,
    week,
)
from motcua.rules.tests.stories import (
    days_off,
    limits,
    moments,
    offices,
    policies,
    stories,
    waits,
    working_limits,
)

POLICY = Policy("thử", SupplementReading.PAUSE)
few = settings(max_examples=60, deadline=None)
many = settings(max_examples=250, deadline=None)
spans = st.integers(0, 20_000)
EVEN = [(EIGHT_HOURS, 480), (SEVEN_AND_A_HALF, 450), (office(week(MORNING)), 240)]


@few
@given(offices, moments, st.integers(1, 3_000))
def test_adding_lands_where_walking_minute_by_minute_does(calendar, start, minutes):
    assert calendar.add(start, minutes) == walked(calendar, start, minutes)


@few
@given(offices, moments, st.integers(0, 8_000))
def test_measuring_gives_what_walking_minute_by_minute_does(calendar, start, length):
    end = start + length * MINUTE
    assert calendar.between(start, end) == counted(calendar, start, end)


@many
@given(offices, moments, spans)
def test_what_was_added_is_what_is_measured(calendar, start, minutes):
    assert calendar.between(start, calendar.add(start, minutes)) == minutes
    assert calendar.between(calendar.subtract(start, minutes), start) == minutes


@many
@given(offices, moments, spans)
def test_subtracting_undoes_adding(calendar, start, minutes):
    back = calendar.subtract(calendar.add(start, minutes), minutes)
    assert calendar.between(start, back) == 0
    forth = calendar.add(calendar.subtract(start, minutes), minutes)
    assert calendar.between(start, forth) == 0
    assert forth <= calendar.next_moment(start)


@many
@given(offices, moments, spans, spans)
def test_adding_in_two_parts_is_adding_at_once(calendar, start, a, b):
    assert calendar.add(calendar.add(start, a), b) == calendar.add(start, a + b)


@many
@given(offices, st.tuples(moments, moments, moments))
def test_measures_add_up(calendar, three):
    a, b, c = sorted(three)
    for measure in (calendar.between, calendar.elapsed, calendar.days_between):
        assert measure(a, b) + measure(b, c) == measure(a, c)
        assert measure(c, a) == -measure(a, c)


@many
@given(offices, moments, st.integers(0, 800))
def test_days_added_are_the_days_measured(calendar, start, halves):
    """To the microsecond, where a share of a day is not a whole one."""
    found = calendar.days_between(start, calendar.add_days(start, Decimal(halves) / 2))
    assert 0 <= found - Fraction(halves, 2) < Fraction(1, 10**9)


@many
@given(st.sampled_from(EVEN), moments, st.integers(0, 400))
def test_where_all_days_are_equally_long_days_are_so_many_minutes(even, start, halves):
    calendar, length = even
    assert calendar.add_days(start, Decimal(halves) / 2) == calendar.add(
        start, halves * length // 2
    )


@many
@given(offices, moments)
def test_the_next_moment_is_the_first_one_of_office_time(calendar, moment):
    found = calendar.next_moment(moment)
    assert found >= moment and calendar.next_moment(found) == found
    assert calendar.between(moment, found) == 0
    assert calendar.previous_moment(moment) <= moment
    assert calendar.between(calendar.previous_moment(moment), moment) == 0


@many
@given(offices, moments, limits, policies)
def test_a_date_is_always_a_moment_of_office_time_not_before_acceptance(
    calendar, received, limit, policy
):
    due = settle([Accepted(received, limit)], calendar, policy).due_at
    assert due and due >= received and due == calendar.next_moment(due)


@many
@given(offices, moments, limits, policies, st.integers(0, 40))
def test_a_longer_limit_is_never_due_earlier(calendar, received, limit, policy, more):
    assume(limit.amount is not None)
    longer = replace(limit, amount=limit.amount + more)
    short, long = (
        settle([Accepted(received, of)], calendar, policy).due_at for of in (limit, longer)
    )
    assert short <= long


@many
@given(offices, moments, st.integers(0, 5_000), limits, policies)
def test_who_comes_later_is_never_served_earlier(calendar, received, delay, limit, policy):
    first = settle([Accepted(received, limit)], calendar, policy)
    second = settle([Accepted(received + delay * MINUTE, limit)], calendar, policy)
    assert first.due_at <= second.due_at


@many
@given(offices, waits(), policies, days_off)
def test_another_day_off_never_makes_a_date_earlier(calendar, events, policy, more):
    wider = office(*calendar.hours, days=(*calendar.days, *more))
    for n, event in enumerate(events):
        if isinstance(event, Paused):
            assume(event.at <= settle(events[:n], calendar, policy).due_at)
    before, after = (settle(events, c, policy).due_at for c in (calendar, wider))
    assert before <= after


@many
@given(offices, moments, st.integers(0, 5_000), limits, policies)
def test_waiting_never_makes_a_date_earlier(calendar, received, length, limit, policy):
    accepted = Accepted(received, limit)
    since = received + timedelta(hours=3)
    story: list[ClockEvent] = [accepted, Paused(since, "money")]
    standing = settle(story, calendar, policy)
    gone_on = settle([*story, Resumed(since + length * MINUTE)], calendar, policy)
    assert standing.due_at == settle([accepted], calendar, policy).due_at <= gone_on.due_at


@many
@given(offices, waits(of=working_limits, longest_gap_days=2))
def test_what_is_left_of_a_limit_is_the_same_before_and_after_a_wait(calendar, events):
    for n, event in enumerate(events):
        if isinstance(event, Paused) and events[0].limit.unit is LimitUnit.WORKING_HOUR:
            before = settle(events[: n + 1], calendar, POLICY).due_at
            after = settle(events[: n + 2], calendar, POLICY).due_at
            assert calendar.between(event.at, before) == calendar.between(events[n + 1].at, after)


@many
@given(offices, stories(), policies)
def test_lateness_is_never_judged_by_a_later_date_than_the_promise(calendar, events, policy):
    found = settle(events, calendar, policy)
    if found.judged_at:
        assert found.due_at >= found.judged_at
    if not any(isinstance(e, Extended) for e in events):
        assert found.due_at == found.judged_at


@many
@given(offices, stories(), policies)
def test_a_story_comes_back_from_its_stored_form_with_the_same_dates(calendar, events, policy):
    stored = [event_from_json(event_to_json(event)) for event in events]
    assert settle(stored, calendar, policy) == settle(events, calendar, policy)


@many
@given(offices, moments)
def test_a_transfer_is_due_by_the_end_of_the_day_or_the_next_opening(calendar, received):
    by = transfer_by(received, calendar)
    assert by >= received and by == calendar.next_moment(by)
    assert calendar.days_between(received, by) <= 1
