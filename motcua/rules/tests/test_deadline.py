from datetime import UTC, date, timedelta
from decimal import Decimal

import pytest

from motcua.rules.deadline import (
    NO_LIMIT,
    Accepted,
    Closed,
    Extended,
    Limit,
    LimitUnit,
    Paused,
    Policy,
    Punctuality,
    Relimited,
    Restarted,
    Resumed,
    Settled,
    Stopped,
    SupplementReading,
    Transferred,
    classify,
    event_from_json,
    event_to_json,
    is_late,
    reading,
    resumption,
    settle,
    step_due,
    transfer_by,
)
from motcua.rules.refusal import Refusal
from motcua.rules.tests.office import (
    EIGHT_HOURS,
    SATURDAY_MORNING,
    SEVEN_AND_A_HALF,
    at,
    off,
    office,
)

CLOCK_HOURS = Policy("thử", SupplementReading.RESTART)
CIVIL_CODE = Policy("thử, BLDS", SupplementReading.RESTART, count_from_next_day=True)


def days(amount) -> Limit:
    return Limit(Decimal(amount), LimitUnit.WORKING_DAY)


def hours(amount) -> Limit:
    return Limit(Decimal(amount), LimitUnit.WORKING_HOUR)


def calendar_days(amount) -> Limit:
    return Limit(Decimal(amount), LimitUnit.CALENDAR_DAY)


def months(amount) -> Limit:
    return Limit(Decimal(amount), LimitUnit.MONTH)


SAME_DAY = Limit(None, LimitUnit.SAME_DAY)


def settled(*events, calendar=EIGHT_HOURS, policy=CLOCK_HOURS) -> Settled:
    return settle(events, calendar, policy)


def due(received, limit, calendar=EIGHT_HOURS, policy=CLOCK_HOURS):
    return settled(Accepted(at(received), limit), calendar=calendar, policy=policy).due_at


# ---- limits --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "limit", "expected"),
    [
        ("2022-11-21 09:00", days(3), "2022-11-24 09:00"),
        ("2022-11-21 14:59", days(1), "2022-11-22 14:59"),
        ("2022-11-21 15:00", days(1), "2022-11-22 15:00"),
        ("2022-11-21 16:59", days(1), "2022-11-22 16:59"),
        ("2022-11-21 09:00", days("0.5"), "2022-11-21 15:00"),
        ("2022-11-21 13:30", days(1), "2022-11-22 11:30"),
        ("2022-11-18 09:00", hours("2.5"), "2022-11-18 11:30"),
        ("2022-11-18 09:00", hours(3), "2022-11-18 14:00"),
    ],
)
def test_the_three_oclock_rule_does_not_move_the_start_of_a_day_limit(received, limit, expected):
    assert due(received, limit) == at(expected)


@pytest.mark.parametrize(
    ("received", "limit", "expected"),
    [
        ("2022-11-21 16:00", calendar_days(10), "2022-12-01 17:30"),
        ("2022-11-21 16:00", calendar_days(5), "2022-11-28 17:30"),  # Saturday 26th
        ("2022-08-30 08:00", calendar_days(2), "2022-09-05 17:30"),  # 1–2 September, a weekend
        ("2022-11-21 16:00", calendar_days("1.5"), "2022-11-23 17:30"),
        ("2022-11-19 08:00", calendar_days(3), "2022-11-22 17:30"),
        ("2022-01-31 08:00", months(1), "2022-02-28 17:30"),
        ("2024-01-31 08:00", months(1), "2024-02-29 17:30"),
        ("2022-03-31 08:00", months(1), "2022-05-04 17:30"),  # 30 April, then 2–3 May off
        ("2022-11-21 08:00", months(2), "2023-01-23 17:30"),  # Saturday 21st
        ("2022-12-15 08:00", months(12), "2023-12-15 17:30"),
    ],
)
@pytest.mark.parametrize("policy", [CLOCK_HOURS, CIVIL_CODE])
def test_days_and_months_end_with_their_last_day_or_the_next_working_one(
    received, limit, expected, policy
):
    """BLDS 2015 Đ147–148: the first day is not counted, a month without that day ends on its last."""
    assert due(received, limit, policy=policy) == at(expected)


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2022-11-21 07:00", "2022-11-21 17:30"),
        ("2022-11-21 14:59", "2022-11-21 17:30"),
        ("2022-11-21 15:00", "2022-11-22 17:30"),
        ("2022-11-18 15:00", "2022-11-21 17:30"),
        ("2022-11-19 08:00", "2022-11-21 17:30"),
        ("2022-11-19 16:00", "2022-11-21 17:30"),
        ("2022-01-28 15:30", "2022-02-07 17:30"),
    ],
)
def test_a_same_day_procedure_received_from_three_oclock_on_ends_the_next_working_day(
    received, expected
):
    assert due(received, SAME_DAY) == at(expected)


def test_after_the_last_session_of_a_half_day_the_same_day_is_the_next_one():
    assert due("2022-11-19 11:00", SAME_DAY, SATURDAY_MORNING) == at("2022-11-19 11:30")
    assert due("2022-11-19 11:30", SAME_DAY, SATURDAY_MORNING) == at("2022-11-21 17:30")


def test_a_policy_may_have_another_cutoff():
    policy = Policy("sớm", SupplementReading.RESTART, cutoff=at("2022-11-21 10:00").time())
    assert due("2022-11-21 10:30", SAME_DAY, policy=policy) == at("2022-11-22 17:30")


def test_without_a_limit_nothing_is_due_and_the_clock_runs():
    assert settled(Accepted(at("2022-11-21 09:00"), NO_LIMIT)) == Settled(None, None, True, None)
    assert settled() == Settled(None, None, False, None)


@pytest.mark.parametrize(
    ("received", "amount", "expected"),
    [
        ("2022-11-21 07:00", 1, "2022-11-22 17:30"),
        ("2022-11-21 09:00", 1, "2022-11-22 17:30"),
        ("2022-11-18 18:00", 1, "2022-11-21 17:30"),
        ("2022-11-19 09:00", 1, "2022-11-21 17:30"),
        ("2022-01-28 14:00", 3, "2022-02-09 17:30"),
        ("2022-11-21 09:00", "2.5", "2022-11-24 17:30"),
    ],
)
def test_under_the_civil_code_days_count_from_the_day_after_and_end_with_their_last(
    received, amount, expected
):
    """BLDS 2015 Đ147.2, Đ148.4."""
    assert due(received, days(amount), policy=CIVIL_CODE) == at(expected)


def test_the_two_readings_of_a_day_differ_for_what_comes_before_opening():
    assert due("2022-11-21 07:00", days(1)) == at("2022-11-21 17:30")
    assert due("2022-11-21 07:00", days(1), policy=CIVIL_CODE) == at("2022-11-22 17:30")


def test_hours_are_minutes_in_both_readings():
    assert due("2022-11-21 09:00", hours(4), policy=CIVIL_CODE) == at("2022-11-21 15:00")


def test_moments_in_another_zone_are_the_same_moments():
    received = at("2022-11-21 23:30").astimezone(UTC)
    assert settled(Accepted(received, days(1))).due_at == at("2022-11-22 17:30")
    assert settled(Accepted(received, calendar_days(1))).due_at == at("2022-11-22 17:30")
    early = at("2022-11-22 06:00").astimezone(UTC)
    assert settled(Accepted(early, days(1))).due_at == at("2022-11-22 17:30")
    assert settled(Accepted(early, calendar_days(1))).due_at == at("2022-11-23 17:30")
    assert settled(Accepted(early, SAME_DAY)).due_at == at("2022-11-22 17:30")
    later = Transferred(at("2022-11-22 09:00"))
    assert settled(Accepted(early, calendar_days(1)), later).due_at == at("2022-11-23 17:30")
    assert settled(Accepted(early, SAME_DAY), later).due_at == at("2022-11-22 17:30")


def test_limits_have_to_make_sense():
    for code, make in (
        ("time.limit_malformed", lambda: Limit(None, LimitUnit.WORKING_DAY)),
        ("time.limit_malformed", lambda: days("NaN")),
        (
            "time.limit_malformed",
            lambda: Limit.from_json({"amount": "mười", "unit": "working_day"}),
        ),
        ("time.limit_malformed", lambda: Limit.from_json({"amount": "10", "unit": "fortnight"})),
        ("time.limit_not_positive", lambda: days(0)),
        ("time.limit_not_positive", lambda: hours(-1)),
        ("time.limit_too_long", lambda: days(10_000)),
        ("time.limit_too_long", lambda: months(121)),
        ("time.limit_fraction", lambda: days("2.25")),
        ("time.limit_fraction", lambda: calendar_days("1.25")),
        ("time.limit_fraction", lambda: months("1.5")),
        ("time.limit_fraction", lambda: hours("0.125")),
    ):
        with pytest.raises(Refusal) as found:
            make()
        assert found.value.code == code


# ---- supplements ---------------------------------------------------------------------------------

RECEIVED = Accepted(at("2022-11-21 09:00"), days(5))
ASKED = Paused(at("2022-11-22 09:00"), "supplement")


def test_after_full_receipt_the_limit_is_counted_anew():
    """NĐ 61/2018 Đ19.4."""
    found = settled(RECEIVED, ASKED, Restarted(at("2022-11-25 10:00")))
    assert found == Settled(at("2022-12-02 10:00"), at("2022-12-02 10:00"), True, None)


def test_under_a_pause_the_time_waited_is_added():
    found = settled(RECEIVED, ASKED, Resumed(at("2022-11-25 10:00")))
    assert found.due_at == found.judged_at == at("2022-12-01 10:00")


def test_another_limit_may_begin_after_completion():
    found = settled(RECEIVED, ASKED, Relimited(at("2022-11-25 10:00"), days(2)))
    assert found.due_at == found.judged_at == at("2022-11-29 10:00")


def test_while_waiting_the_date_keeps_its_last_value():
    assert settled(RECEIVED, ASKED) == Settled(
        at("2022-11-28 09:00"), at("2022-11-28 09:00"), False, ASKED.at
    )


def test_a_restart_forgets_waits_and_promises_before_it():
    found = settled(
        RECEIVED,
        Paused(at("2022-11-21 10:00"), "money"),
        Resumed(at("2022-11-22 10:00")),
        Extended(at("2022-11-23 10:00"), at("2022-12-30 10:00"), by_law=False),
        Restarted(at("2022-11-25 10:00")),
    )
    assert found.due_at == found.judged_at == at("2022-12-02 10:00")


def test_the_policy_says_what_the_receipt_of_a_supplement_is():
    moment = at("2022-11-25 10:00")
    assert resumption(CLOCK_HOURS, moment, days(5)) == Restarted(moment)
    assert resumption(reading(CLOCK_HOURS, "pause"), moment, days(5)) == Resumed(
        moment, "supplement"
    )
    other = reading(CLOCK_HOURS, "other_limit:10wd")
    assert resumption(other, moment, days(5)) == Relimited(moment, days(10))
    assert resumption(reading(CLOCK_HOURS, "other_limit"), moment, days(5)) == Relimited(
        moment, days(5)
    )


def test_a_reading_is_named_in_the_policys_id_and_unknown_ones_are_refused():
    assert reading(CLOCK_HOURS, "other_limit:2m").id == "thử+other_limit:2m"
    with pytest.raises(ValueError, match="sometimes"):
        reading(CLOCK_HOURS, "sometimes")
    for wrong in ("other_limit:10", "other_limit:wd", "other_limit:1.5m"):
        with pytest.raises(Refusal):
            reading(CLOCK_HOURS, wrong)


# ---- extensions ----------------------------------------------------------------------------------


def test_an_apology_moves_what_is_promised_not_what_is_judged():
    """NĐ 61/2018 Đ19.9; the apology does not erase the lateness."""
    found = settled(RECEIVED, Extended(at("2022-11-25 09:00"), at("2022-12-05 10:00"), False))
    assert (found.due_at, found.judged_at) == (at("2022-12-05 10:00"), at("2022-11-28 09:00"))


def test_an_extension_by_special_law_moves_both():
    found = settled(RECEIVED, Extended(at("2022-11-25 09:00"), at("2022-12-01 09:00"), True))
    assert found.due_at == found.judged_at == at("2022-12-01 09:00")


def test_a_wait_after_an_apology_moves_promise_and_judgement_alike():
    found = settled(
        RECEIVED,
        Extended(at("2022-11-22 09:00"), at("2022-12-05 10:00"), by_law=False),
        Paused(at("2022-11-23 09:00"), "money"),
        Resumed(at("2022-11-24 09:00")),
    )
    assert (found.due_at, found.judged_at) == (at("2022-12-06 10:00"), at("2022-11-29 09:00"))


def test_a_promise_made_while_waiting_moves_only_by_the_wait_after_it():
    found = settled(
        RECEIVED,
        Paused(at("2022-11-22 09:00"), "money"),
        Extended(at("2022-11-23 09:00"), at("2022-12-05 10:00"), by_law=False),
        Resumed(at("2022-11-24 09:00")),
    )
    assert (found.due_at, found.judged_at) == (at("2022-12-06 10:00"), at("2022-11-30 09:00"))


def test_a_promise_overtaken_by_the_limit_falls_behind_it():
    """A day off declared after the apology may move the limit past the date promised."""
    promise = Extended(at("2022-11-25 09:00"), at("2022-11-28 15:00"), by_law=False)
    declared = office(days=(EIGHT_HOURS.days[0], off("2022-11-23"), off("2022-11-24")))
    assert settled(RECEIVED, promise).due_at == at("2022-11-28 15:00")
    assert settled(RECEIVED, promise, calendar=declared).due_at == at("2022-11-30 09:00")


def test_what_has_no_limit_may_still_be_promised_and_is_judged_by_nothing():
    accepted = Accepted(at("2022-11-21 09:00"), NO_LIMIT)
    promise = Extended(at("2022-11-22 09:00"), at("2022-12-05 10:00"), by_law=False)
    assert settled(accepted, promise) == Settled(at("2022-12-05 10:00"), None, True, None)


def test_a_promise_without_a_limit_moves_by_every_wait_after_it():
    found = settled(
        Accepted(at("2022-11-21 09:00"), NO_LIMIT),
        Extended(at("2022-11-22 09:00"), at("2022-12-05 10:00"), by_law=False),
        Paused(at("2022-11-23 09:00"), "money"),
        Resumed(at("2022-11-24 09:00")),
        Paused(at("2022-11-25 09:00"), "money"),
        Resumed(at("2022-11-28 10:00")),
    )
    assert found == Settled(at("2022-12-07 11:00"), None, True, None)


# ---- order and ends ------------------------------------------------------------------------------


def test_a_transfer_keeps_the_dates():
    """Open dossiers of a unit that ends keep code, due date and history."""
    assert settled(RECEIVED, Transferred(at("2022-11-22 09:00"))) == settled(RECEIVED)


@pytest.mark.parametrize("end", [Closed, Stopped])
def test_nothing_moves_a_closed_dossier(end):
    closed = (RECEIVED, end(at("2022-11-22 09:00")))
    found = settled(*closed)
    assert found == Settled(at("2022-11-28 09:00"), at("2022-11-28 09:00"), False, None)
    assert settled(*closed, Restarted(at("2022-11-23 09:00"))) == found


def test_a_dossier_closed_while_waiting_is_not_late_for_the_time_it_waited():
    found = settled(RECEIVED, ASKED, Closed(at("2022-12-15 09:00")))
    assert found == Settled(at("2022-12-21 09:00"), at("2022-12-21 09:00"), False, None)


@pytest.mark.parametrize(
    "events",
    [
        (ASKED,),
        (RECEIVED, RECEIVED),
        (RECEIVED, Resumed(at("2022-11-22 09:00"))),
        (RECEIVED, ASKED, Resumed(at("2022-11-22 08:59"))),
        (RECEIVED, ASKED, Restarted(at("2022-11-23 09:00")), Resumed(at("2022-11-24 09:00"))),
    ],
)
def test_events_that_cannot_follow_one_another_are_refused(events):
    with pytest.raises(Refusal):
        settled(*events)


@pytest.mark.parametrize(
    "event",
    [
        Accepted(at("2022-11-21 09:00"), days("2.50")),
        Accepted(at("2022-11-21 09:00"), SAME_DAY),
        Paused(at("2022-11-21 09:00"), "supplement"),
        Resumed(at("2022-11-21 09:00") + timedelta(microseconds=7)),
        Restarted(at("2022-11-21 09:00")),
        Relimited(at("2022-11-21 09:00"), months(1)),
        Extended(at("2022-11-21 09:00"), at("2022-12-21 09:00"), by_law=True),
        Transferred(at("2022-11-21 09:00")),
        Stopped(at("2022-11-21 09:00")),
        Closed(at("2022-11-21 09:00")),
    ],
)
def test_events_come_back_from_their_stored_form(event):
    stored = event_to_json(event)
    assert event_from_json(stored) == event
    assert stored["kind"] == type(event).__name__.lower()
    assert all(isinstance(value, str | bool | dict) for value in stored.values())


# ---- judging, steps, transfer --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("finished", "judged", "outcome"),
    [
        ("2022-11-27", "2022-11-28", Punctuality.EARLY),
        ("2022-11-28", "2022-11-28", Punctuality.ON_TIME),
        ("2022-11-29", "2022-11-28", Punctuality.LATE),
        ("2022-11-29", None, Punctuality.ON_TIME),
    ],
)
def test_on_time_is_judged_by_date(finished, judged, outcome):
    """TT 01/2018 Mẫu 05, Đ13: trước hạn, đúng hạn, quá hạn."""
    assert classify(date.fromisoformat(finished), judged and date.fromisoformat(judged)) is outcome


def test_an_open_dossier_is_late_from_the_day_after_its_local_date():
    judged = at("2022-11-28 09:00").astimezone(UTC)
    assert not is_late(date(2022, 11, 28), judged)
    assert is_late(date(2022, 11, 29), judged)
    assert not is_late(date(2022, 11, 29), None)
    assert not is_late(date(2022, 11, 29), at("2022-11-29 02:00").astimezone(UTC))


@pytest.mark.parametrize(
    ("calendar", "half_days", "expected"),
    [
        (EIGHT_HOURS, 1, "2022-11-21 15:00"),
        (EIGHT_HOURS, 5, "2022-11-23 15:00"),
        (SEVEN_AND_A_HALF, 2, "2022-11-22 09:00"),
    ],
)
def test_a_step_in_half_days_is_due_by_the_office_it_lies_in(calendar, half_days, expected):
    found = step_due([], at("2022-11-21 09:00"), Decimal(half_days), calendar, CLOCK_HOURS)
    assert found == at(expected)


@pytest.mark.parametrize(
    ("received", "by"),
    [
        ("2022-11-21 08:00", "2022-11-21 17:30"),
        ("2022-11-21 14:59", "2022-11-21 17:30"),
        ("2022-11-21 15:00", "2022-11-22 07:30"),
        ("2022-11-18 16:00", "2022-11-21 07:30"),
        ("2022-11-19 09:00", "2022-11-21 07:30"),
        ("2022-01-28 16:00", "2022-02-07 07:30"),
    ],
)
def test_what_is_received_after_three_goes_on_at_the_start_of_the_next_working_day(received, by):
    """NĐ 61/2018 Đ18.2."""
    assert transfer_by(at(received), EIGHT_HOURS) == at(by)


def test_after_a_half_day_there_is_nobody_to_transfer_to():
    assert transfer_by(at("2022-11-19 11:00"), SATURDAY_MORNING) == at("2022-11-19 11:30")
    assert transfer_by(at("2022-11-19 12:00"), SATURDAY_MORNING) == at("2022-11-21 07:30")
