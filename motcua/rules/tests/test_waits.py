"""What standing still adds to a limit; among them the faults found in an engine that is in use."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from inspect import signature

import pytest

from motcua.rules.deadline import (
    Accepted,
    ClockEvent,
    Closed,
    Extended,
    Limit,
    LimitUnit,
    Paused,
    Policy,
    Relimited,
    Restarted,
    Resumed,
    Stopped,
    SupplementReading,
    answer_by,
    explain,
    final,
    settle,
    step_due,
)
from motcua.rules.refusal import Refusal
from motcua.rules.tests.office import (
    EIGHT_HOURS,
    FULL,
    MORNING,
    OFFICES,
    SATURDAY_MORNING,
    SEVEN_AND_A_HALF,
    at,
    office,
    walked,
    week,
)
from motcua.rules.worktime import Hours

POLICY = Policy("thử", SupplementReading.PAUSE)
CIVIL_CODE = Policy("thử, BLDS", SupplementReading.PAUSE, count_from_next_day=True)


def limit(amount, unit=LimitUnit.WORKING_DAY) -> Limit:
    return Limit(Decimal(amount), unit)


def waited(*moments, received="2022-11-21 08:00", of=None, calendar=EIGHT_HOURS, policy=POLICY):
    """The due date of a dossier that waited from the first moment to the second, and so on."""
    events: list[ClockEvent] = [Accepted(at(received), of or limit(10))]
    for n, moment in enumerate(moments):
        events.append(Resumed(at(moment)) if n % 2 else Paused(at(moment), "supplement"))
    return settle(events, calendar, policy).due_at


# ---- faults not to be repeated -------------------------------------------------------------------


def test_resuming_after_closing_time_counts_what_was_waited_not_the_clock():
    """Tuesday 09:00 to Wednesday 19:00 is fourteen and a half hours; it was counted as 25.5."""
    start, end = at("2022-11-22 09:00"), at("2022-11-23 19:00")
    assert EIGHT_HOURS.between(start, end) == 14.5 * 60
    for of in (limit(10), limit(80, LimitUnit.WORKING_HOUR)):
        found = waited("2022-11-22 09:00", "2022-11-23 19:00", of=of)
        assert found == EIGHT_HOURS.add(at("2022-12-05 08:00"), Decimal("14.5") * 60)


def test_a_wait_that_begins_after_hours_counts_from_the_next_opening():
    """18:00 to 08:00 the next day is half an hour; it was counted as 8.5."""
    assert waited("2022-11-22 18:00", "2022-11-23 08:00") == at("2022-12-05 08:30")


@pytest.mark.parametrize("days", [15, 30])
def test_fifteen_days_of_a_seven_and_a_half_hour_office_are_fifteen(days):
    """They were sixteen, and thirty were thirty-two."""
    received = at("2022-03-07 10:00")
    found = settle([Accepted(received, limit(days))], SEVEN_AND_A_HALF, POLICY).due_at
    between = (received.date() + timedelta(n) for n in range(1, (found - received).days + 1))
    assert sum(SEVEN_AND_A_HALF.is_working(on) for on in between) == days
    assert found.timetz() == received.timetz()


def test_half_a_saturday_is_possible_and_has_its_own_hours():
    """Saturday got Monday's hours, so that a date fell on Saturday 15:00."""
    found = settle([Accepted(at("2022-11-18 15:30"), limit(4, LimitUnit.WORKING_HOUR))],
                   SATURDAY_MORNING, POLICY)  # fmt: skip
    assert found.due_at == at("2022-11-19 09:30")
    for hours in range(1, 60):
        of = limit(hours, LimitUnit.WORKING_HOUR)
        due = settle([Accepted(at("2022-11-18 15:30"), of)], SATURDAY_MORNING, POLICY).due_at
        assert due == SATURDAY_MORNING.next_moment(due)


def test_a_weekday_of_one_session_is_possible():
    """It threw, was swallowed, and other hours were used."""
    calendar = office(Hours({**dict.fromkeys(range(4), FULL), 4: (MORNING,)}), days=())
    assert calendar.add(at("2022-11-18 11:00"), 60) == at("2022-11-21 08:00")


@pytest.mark.parametrize("days", [300, 1000])
def test_long_limits_are_not_cut(days):
    """Anything over 360 calendar days was cut: 300 working days ended two months early."""
    received = at("2022-11-21 09:00")
    due = settle([Accepted(received, limit(days))], EIGHT_HOURS, POLICY).due_at
    assert EIGHT_HOURS.days_between(received, due) == days
    assert (due - received).days >= days * 7 / 5


def test_a_five_minute_wait_adds_five_minutes_each_time():
    """Each supplement rounded the date up to the next quarter of an hour."""
    assert waited("2022-11-22 09:00", "2022-11-22 09:05") == at("2022-12-05 08:05")
    moments = [f"2022-11-22 {hour:02}:{minute}" for hour in (8, 9, 10) for minute in ("00", "05")]
    assert waited(*moments) == at("2022-12-05 08:15")


def test_what_is_previewed_is_what_is_settled():
    """The screen and the record were worked out by two engines and never agreed."""
    for calendar in OFFICES:
        for received in ("2022-11-18 06:15", "2022-11-18 12:10", "2022-11-19 09:00"):
            events = [Accepted(at(received), limit("2.5"))]
            shown = explain(events, calendar, POLICY).segments[-1].end
            assert shown == settle(events, calendar, POLICY).due_at


def test_a_date_is_never_outside_office_hours():
    """Dates at 18:15 and 06:15 were given."""
    for received in ("2022-11-18 17:29", "2022-11-18 06:15", "2022-11-18 18:15"):
        due = settle([Accepted(at(received), limit(1))], EIGHT_HOURS, POLICY).due_at
        assert due == EIGHT_HOURS.next_moment(due)


def test_agencies_with_other_hours_do_not_disturb_each_other_in_parallel():
    """The calendar was kept in fields shared by all threads and all agencies."""
    calendars = [office(*calendar.hours, days=calendar.days) for calendar in OFFICES]
    received = at("2022-03-07 10:00")
    alone = [calendar.add(received, 9_000) for calendar in OFFICES]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: calendars[n % 4].add(received, 9_000), range(400)))
    assert found == alone * 100


def test_a_steps_date_comes_from_its_opening_and_its_length_never_from_now():
    """It was the present moment, rounded up."""
    assert "now" not in signature(step_due).parameters
    opened = at("2022-11-18 16:00")
    assert step_due([], opened, Decimal(1), EIGHT_HOURS, POLICY) == at("2022-11-21 10:00")


STEP = (Accepted(at("2022-11-21 08:00"), limit(10)), at("2022-11-22 08:00"))


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([Paused(at("2022-11-22 14:30"), "supplement")], "2022-11-24 08:00"),
        (
            [Paused(at("2022-11-22 14:30"), "money"), Resumed(at("2022-11-24 14:30"), "money")],
            "2022-11-28 08:00",
        ),
        (
            [Paused(at("2022-11-22 14:30"), "supplement"), Restarted(at("2022-11-25 09:00"))],
            "2022-11-29 09:00",
        ),
        (
            [
                Paused(at("2022-11-22 14:30"), "supplement"),
                Relimited(at("2022-11-24 14:30"), limit(3)),
            ],
            "2022-11-28 08:00",
        ),
        (
            [
                Paused(at("2022-11-22 14:30"), "supplement"),
                Paused(at("2022-11-23 14:30"), "force_majeure"),
                Resumed(at("2022-11-24 14:30"), "supplement"),
                Resumed(at("2022-11-25 14:30"), "force_majeure"),
            ],
            "2022-11-29 08:00",
        ),
        (
            [Extended(at("2022-11-22 14:30"), at("2022-12-20 08:00"), by_law=True)],
            "2022-11-24 08:00",
        ),
    ],
)
def test_a_step_moves_with_the_waits_of_its_dossier(events, expected):
    accepted, opened = STEP
    found = step_due([accepted, *events], opened, Decimal(4), EIGHT_HOURS, POLICY)
    assert found == at(expected)


def test_the_pause_that_is_named_ends_for_a_step_too_and_may_be_opened_again():
    accepted, opened = STEP
    events = [
        accepted,
        Paused(at("2022-11-22 14:30"), "supplement"),
        Paused(at("2022-11-23 14:30"), "money"),
        Resumed(at("2022-11-24 14:30"), "supplement"),
        Paused(at("2022-11-25 08:00"), "supplement"),
        Resumed(at("2022-11-25 14:30"), "money"),
        Resumed(at("2022-11-28 14:30"), "supplement"),
    ]
    assert step_due(events, opened, Decimal(4), EIGHT_HOURS, POLICY) == at("2022-11-30 08:00")


def test_a_step_counts_from_its_opening_whatever_the_limit_of_its_dossier_does():
    accepted, opened = STEP
    found = step_due([accepted], opened, Decimal(4), EIGHT_HOURS, CIVIL_CODE)
    assert found == at("2022-11-24 08:00")


def test_a_wait_that_begins_as_a_step_opens_moves_it():
    accepted, opened = STEP
    events = [accepted, Paused(opened, "money"), Resumed(at("2022-11-23 08:00"), "money")]
    assert step_due(events, opened, Decimal(4), EIGHT_HOURS, POLICY) == at("2022-11-25 08:00")


@pytest.mark.parametrize("end", [Closed, Stopped])
def test_nothing_moves_a_step_of_a_dossier_that_has_ended(end):
    accepted, opened = STEP
    events = [
        accepted,
        end(at("2022-11-22 14:30")),
        Paused(at("2022-11-22 15:30"), "money"),
        Resumed(at("2022-11-23 15:30"), "money"),
        Restarted(at("2022-11-24 08:00")),
    ]
    assert step_due(events, opened, Decimal(4), EIGHT_HOURS, POLICY) == at("2022-11-24 08:00")


def test_what_a_dossier_waited_before_a_step_opened_does_not_move_the_step():
    accepted, opened = STEP
    before: list[ClockEvent] = [
        Paused(at("2022-11-21 09:00"), "money"),
        Resumed(at("2022-11-21 16:00"), "money"),
    ]
    found = step_due([accepted, *before], opened, Decimal(4), EIGHT_HOURS, POLICY)
    assert found == at("2022-11-24 08:00")


@pytest.mark.parametrize(
    ("before", "since", "expected"),
    [
        (
            [Paused(at("2022-11-21 09:00"), "money")],
            [Resumed(at("2022-11-23 08:00"), "money")],
            "2022-11-25 08:00",
        ),
        (
            [Paused(at("2022-11-21 09:00"), "supplement")],
            [Relimited(at("2022-11-23 08:00"), limit(3))],
            "2022-11-25 08:00",
        ),
        (
            [
                Paused(at("2022-11-21 09:00"), "money"),
                Paused(at("2022-11-21 10:00"), "consultation"),
            ],
            [
                Resumed(at("2022-11-23 08:00"), "money"),
                Resumed(at("2022-11-24 08:00"), "consultation"),
            ],
            "2022-11-28 08:00",
        ),
        ([Paused(at("2022-11-21 09:00"), "money")], [], "2022-11-24 08:00"),
    ],
)
def test_a_step_that_opens_while_its_dossier_waits_is_moved_from_its_opening(
    before, since, expected
):
    accepted, opened = STEP
    events = [accepted, *before, *since]
    assert step_due(events, opened, Decimal(4), EIGHT_HOURS, POLICY) == at(expected)


def test_the_pause_that_is_named_ends_and_the_other_goes_on():
    events: list[ClockEvent] = [
        Accepted(at("2022-11-21 08:00"), limit(10)),
        Paused(at("2022-11-22 08:00"), "supplement"),
        Paused(at("2022-11-23 08:00"), "force_majeure"),
        Resumed(at("2022-11-24 08:00"), "supplement"),
    ]
    standing = settle(events, EIGHT_HOURS, POLICY)
    assert (standing.running, standing.paused_since) == (False, at("2022-11-24 08:00"))
    ended = [*events, Resumed(at("2022-11-25 08:00"), "force_majeure")]
    assert settle(ended, EIGHT_HOURS, POLICY).due_at == waited(
        "2022-11-22 08:00", "2022-11-25 08:00"
    )
    told = [(s.reason, s.end) for s in explain(ended, EIGHT_HOURS, POLICY).segments]
    assert ("supplement", at("2022-11-24 08:00")) in told
    assert ("force_majeure", at("2022-11-25 08:00")) in told


@pytest.mark.parametrize(
    ("code", "later"),
    [
        ("time.pause_open_twice", Paused(at("2022-11-23 08:00"), "supplement")),
        ("time.nothing_to_resume", Resumed(at("2022-11-23 08:00"), "money")),
        ("time.event_out_of_order", Resumed(at("2022-11-21 09:00"), "supplement")),
        ("time.accepted_twice", Accepted(at("2022-11-23 08:00"), limit(1))),
        ("time.naive_moment", Resumed(at("2022-11-23 08:00").replace(tzinfo=None), "supplement")),
    ],
)
def test_what_cannot_come_next_is_refused_by_name(code, later):
    events: list[ClockEvent] = [
        Accepted(at("2022-11-21 08:00"), limit(10)),
        Paused(at("2022-11-22 08:00"), "supplement"),
    ]
    with pytest.raises(Refusal) as found:
        settle([*events, later], EIGHT_HOURS, POLICY)
    assert found.value.code == code


def test_a_date_that_has_to_be_final_is_refused_while_a_pause_is_open():
    events: list[ClockEvent] = [
        Accepted(at("2022-11-21 08:00"), limit(10)),
        Paused(at("2022-11-22 08:00"), "supplement"),
    ]
    with pytest.raises(Refusal) as found:
        final(events, EIGHT_HOURS, POLICY)
    assert found.value.code == "time.pause_never_closed"
    assert final(events[:1], EIGHT_HOURS, POLICY) == settle(events[:1], EIGHT_HOURS, POLICY)


@pytest.mark.parametrize(
    ("submitted", "by"),
    [
        ("2022-11-18 16:00", "2022-11-21 16:00"),
        ("2022-11-18 21:00", "2022-11-21 17:30"),
        ("2022-01-30 09:00", "2022-02-07 17:30"),
    ],
)
def test_what_is_filed_online_is_answered_within_eight_working_hours(submitted, by):
    assert answer_by(at(submitted), EIGHT_HOURS) == at(by)


def test_a_date_past_the_declared_calendar_says_from_which_year():
    found = settle([Accepted(at("2022-12-20 08:00"), limit(30))], EIGHT_HOURS, POLICY)
    assert found.undecreed_from == 2023
    assert settle([Accepted(at("2022-11-01 08:00"), limit(5))], EIGHT_HOURS, POLICY)[4] is None


def test_every_office_is_judged_by_its_own_hours():
    """The configured hours were never read when earliness was judged."""
    late_office = office(week(MORNING, *FULL[1:]), week(MORNING, season=(1101, 1231)), days=())
    due = settle([Accepted(at("2022-11-21 10:30"), limit(2, LimitUnit.WORKING_HOUR))],
                 late_office, POLICY).due_at  # fmt: skip
    assert due == at("2022-11-22 08:30")


# ---- the rest ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2022-11-22 17:30", "2022-11-23 07:30"),
        ("2022-11-22 11:30", "2022-11-22 13:30"),
        ("2022-11-25 18:00", "2022-11-28 07:00"),
        ("2022-11-26 08:00", "2022-11-27 16:00"),
    ],
)
@pytest.mark.parametrize("policy", [POLICY, CIVIL_CODE])
def test_a_wait_in_the_night_or_on_a_day_off_adds_nothing(since, until, policy):
    untouched = waited(policy=policy)
    assert waited(since, until, policy=policy) == untouched


def test_a_wait_over_tet_adds_only_its_working_days():
    found = waited("2022-01-28 08:00", "2022-02-08 08:00", received="2022-01-27 08:00", of=limit(5))
    assert found == EIGHT_HOURS.add_days(at("2022-01-27 08:00"), 7)


def test_overlapping_waits_count_once():
    overlapping: list[ClockEvent] = [
        Accepted(at("2022-11-21 08:00"), limit(10)),
        Paused(at("2022-11-22 08:00"), "supplement"),
        Paused(at("2022-11-23 08:00"), "money"),
        Resumed(at("2022-11-24 08:00")),
        Resumed(at("2022-11-25 08:00")),
    ]
    one = waited("2022-11-22 08:00", "2022-11-25 08:00")
    assert settle(overlapping, EIGHT_HOURS, POLICY).due_at == one
    after_first = settle(overlapping[:-1], EIGHT_HOURS, POLICY)
    assert (after_first.running, after_first.paused_since) == (False, at("2022-11-22 08:00"))


@pytest.mark.parametrize("receipt", [Restarted, lambda m: Relimited(m, limit(10))])
def test_a_limit_that_begins_anew_while_another_wait_is_open_stands_still(receipt):
    events: list[ClockEvent] = [
        Accepted(at("2022-11-21 08:00"), limit(10)),
        Paused(at("2022-11-22 08:00"), "supplement"),
        Paused(at("2022-11-23 08:00"), "money"),
        receipt(at("2022-11-24 08:00")),
    ]
    standing = settle(events, EIGHT_HOURS, POLICY)
    assert (standing.running, standing.paused_since) == (False, at("2022-11-24 08:00"))
    paid = settle([*events, Resumed(at("2022-11-25 08:00"))], EIGHT_HOURS, POLICY)
    assert paid.due_at == EIGHT_HOURS.add_days(at("2022-11-24 08:00"), 11)


def test_waits_move_calendar_limits_by_calendar_days():
    ten = limit(10, LimitUnit.CALENDAR_DAY)  # ends Thursday 1 December
    assert waited("2022-11-25 16:00", "2022-11-28 09:00", of=ten) == at("2022-12-05 17:30")
    assert waited("2022-11-25 08:00", "2022-11-25 16:00", of=ten) == at("2022-12-01 17:30")
    assert waited("2022-11-25 16:00", "2022-11-28 09:00", of=limit(1, LimitUnit.MONTH)) == at(
        "2022-12-26 17:30"  # the 21st and three, a Saturday
    )


def test_a_wait_moves_the_day_the_limit_ends_on_not_the_day_it_rolled_to():
    twelve = limit(12, LimitUnit.CALENDAR_DAY)  # Saturday 3 December, rolled to Monday 5
    assert waited("2022-11-22 08:00", "2022-11-23 08:00", of=twelve) == at("2022-12-05 17:30")
    assert waited(
        "2022-11-22 08:00", "2022-11-23 08:00", "2022-11-23 09:00", "2022-11-24 08:00", of=twelve
    ) == at("2022-12-05 17:30")


def test_a_wait_moves_a_promise_under_a_calendar_limit_by_days():
    events: list[ClockEvent] = [
        Accepted(at("2022-11-21 08:00"), limit(10, LimitUnit.CALENDAR_DAY)),
        Extended(at("2022-11-30 08:00"), at("2022-12-07 10:00"), by_law=False),
        Paused(at("2022-12-01 08:00"), "money"),
    ]
    same_day = settle([*events, Resumed(at("2022-12-01 09:00"))], EIGHT_HOURS, POLICY)
    assert same_day.due_at == at("2022-12-07 10:00")
    next_day = settle([*events, Resumed(at("2022-12-02 09:00"))], EIGHT_HOURS, POLICY)
    assert (next_day.due_at, next_day.judged_at) == (at("2022-12-08 17:30"), at("2022-12-02 17:30"))


def test_a_wait_moves_a_same_day_procedure_by_the_time_waited():
    found = waited("2022-11-21 10:00", "2022-11-21 16:30", of=Limit(None, LimitUnit.SAME_DAY))
    assert found == at("2022-11-22 13:30") + timedelta(hours=0.5)


def test_a_wait_in_a_short_week_is_measured_in_days_of_the_week_it_was_in():
    """A Friday waited through is a day, however short; the day it moves to may be longer."""
    short = office(Hours({**dict.fromkeys(range(4), FULL), 4: (MORNING,)}), days=())
    found = waited("2022-11-25 07:30", "2022-11-28 07:30", of=limit(7), calendar=short)
    assert found == short.add_days(at("2022-11-21 08:00"), 8)


def test_under_the_civil_code_small_waits_are_not_rounded_up_one_by_one():
    """Three waits of five minutes move the end by one day, not by three."""
    moments = [f"2022-11-22 {hour:02}:{minute}" for hour in range(8, 11) for minute in ("00", "05")]
    assert waited(policy=CIVIL_CODE) == at("2022-12-05 17:30")
    assert waited(*moments, policy=CIVIL_CODE) == at("2022-12-06 17:30")


def test_a_wait_after_the_limit_ran_out_leaves_the_lateness_as_it_was():
    found = waited("2022-12-06 08:00", "2022-12-14 08:00")  # was due Monday 5 December 08:00
    assert EIGHT_HOURS.days_between(found, at("2022-12-14 08:00")) == 1
    assert found.date() == date(2022, 12, 13)


@pytest.mark.parametrize("calendar", OFFICES)
def test_waiting_agrees_with_walking_minute_by_minute(calendar):
    received, since, until = at("2022-11-21 08:10"), at("2022-11-22 16:50"), at("2022-11-25 12:20")
    of = limit(16, LimitUnit.WORKING_HOUR)
    found = waited("2022-11-22 16:50", "2022-11-25 12:20", received="2022-11-21 08:10", of=of,
                   calendar=calendar)  # fmt: skip
    before = calendar.between(received, since)
    assert found == walked(calendar, until, 16 * 60 - before)
