"""Every refusal of legal time carries what its sentence says."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from motcua.rules.deadline import (
    Accepted,
    Limit,
    LimitUnit,
    Paused,
    Policy,
    Resumed,
    SupplementReading,
    event_from_json,
    final,
    reading,
    settle,
)
from motcua.rules.refusal import Refusal
from motcua.rules.tests.office import (
    DAYS,
    EIGHT_HOURS,
    FULL,
    MORNING,
    at,
    made_up,
    off,
    office,
    week,
)
from motcua.rules.worktime import Hours, Session

POLICY = Policy("thử", SupplementReading.PAUSE)
TWO_DAYS = Limit(Decimal(2), LimitUnit.WORKING_DAY)
BEGUN = Accepted(at("2022-11-21 08:00"), TWO_DAYS)
ASKED = Paused(at("2022-11-22 08:00"), "supplement")
NAIVE = datetime(2022, 11, 21, 9)  # noqa: DTZ001
CLOSED = office(week(*FULL, valid_to=date(2022, 7, 1)), days=())
NEVER_OPEN = office(week())
LATER = office(week(*FULL, valid_from=date(2022, 7, 1)), days=())


def settled(*events):
    return lambda: settle(events, EIGHT_HOURS, POLICY)


def limit_of(amount, unit):
    return lambda: Limit(Decimal(amount), unit)


def read(**stored):
    return lambda: event_from_json(stored)


@pytest.mark.parametrize(
    ("make", "code", "params"),
    [
        # the calendar
        (
            lambda: Session(time(9), time(8)),
            "session_empty",
            {"starts": time(9), "ends": time(8)},
        ),
        (
            lambda: Hours({5: (MORNING, Session(time(11), time(12)))}),
            "sessions_overlap",
            {"weekday": "thứ Bảy"},
        ),
        (
            lambda: office(days=(*DAYS, off("2022-11-19"), made_up("2022-11-19"))),
            "day_twice",
            {"on": date(2022, 11, 19)},
        ),
        (
            lambda: office(days=(made_up("2022-11-19"), off("2022-11-19"))),
            "day_twice",
            {"on": date(2022, 11, 19)},
        ),
        (lambda: EIGHT_HOURS.next_moment(NAIVE), "naive_moment", {"moment": NAIVE}),
        (lambda: EIGHT_HOURS.is_working(date(1949, 12, 31)), "moment_out_of_range", {"year": 1949}),
        (lambda: EIGHT_HOURS.is_working(date(2151, 1, 1)), "moment_out_of_range", {"year": 2151}),
        (
            lambda: CLOSED.add(at("2022-06-30 17:00"), 60),
            "no_working_time",
            {"moment": at("2022-06-30 17:00")},
        ),
        (
            lambda: CLOSED.add_days(at("2022-06-30 17:00"), 1),
            "no_working_time",
            {"moment": at("2022-06-30 17:00")},
        ),
        (
            lambda: NEVER_OPEN.opening(date(2022, 6, 30)),
            "no_working_time",
            {"moment": date(2022, 6, 30)},
        ),
        (
            lambda: LATER.previous_moment(at("2022-07-01 07:00")),
            "no_working_time",
            {"moment": at("2022-07-01 07:00")},
        ),
        (
            lambda: LATER.subtract(at("2022-07-01 08:00"), 60),
            "no_working_time",
            {"moment": at("2022-07-01 08:00")},
        ),
        (
            lambda: LATER.at_tick_position(LATER.tick_position(at("2022-01-01 07:00")), BEGUN.at),
            "no_working_time",
            {"moment": BEGUN.at},
        ),
        (
            lambda: CLOSED.at_tick_position(CLOSED.tick_position(BEGUN.at) + 1, BEGUN.at),
            "no_working_time",
            {"moment": BEGUN.at},
        ),
        # limits
        (
            lambda: Limit(None, LimitUnit.MONTH),
            "limit_malformed",
            {"text": "None month"},
        ),
        (
            limit_of("Infinity", LimitUnit.MONTH),
            "limit_malformed",
            {"text": "Infinity month"},
        ),
        (limit_of("0", LimitUnit.MONTH), "limit_not_positive", {"field": "limit"}),
        (
            limit_of("3651", LimitUnit.WORKING_DAY),
            "limit_too_long",
            {"limit": "3651", "most": 3650, "field": "limit"},
        ),
        (
            limit_of("3650.5", LimitUnit.CALENDAR_DAY),
            "limit_too_long",
            {"limit": "3650.5", "most": 3650, "field": "limit"},
        ),
        (
            limit_of("29200.01", LimitUnit.WORKING_HOUR),
            "limit_too_long",
            {"limit": "29200.01", "most": 29200, "field": "limit"},
        ),
        (
            limit_of("121", LimitUnit.MONTH),
            "limit_too_long",
            {"limit": "121", "most": 120, "field": "limit"},
        ),
        (
            limit_of("0.25", LimitUnit.WORKING_DAY),
            "limit_fraction",
            {"limit": "0.25", "field": "limit"},
        ),
        (
            lambda: Limit.from_json({"amount": "mười", "unit": "month"}),
            "limit_malformed",
            {"text": "mười"},
        ),
        (lambda: Limit.from_json({"amount": "1"}), "limit_malformed", {"text": "1"}),
        (lambda: Limit.from_code("10"), "limit_malformed", {"text": "10"}),
        (lambda: Limit.from_code("10X"), "limit_malformed", {"text": "10X"}),
        (lambda: Limit.from_code("X10wd"), "limit_malformed", {"text": "X10wd"}),
        (lambda: Limit.from_code("wd"), "limit_malformed", {"text": "wd"}),
        (lambda: reading(POLICY, "other_limit:3x"), "limit_malformed", {"text": "3x"}),
        # events
        (settled(ASKED), "first_not_accepted", {}),
        (settled(BEGUN, ASKED, BEGUN), "event_out_of_order", {"at": BEGUN.at, "last": ASKED.at}),
        (settled(BEGUN, BEGUN), "accepted_twice", {"at": BEGUN.at}),
        (settled(Accepted(NAIVE, TWO_DAYS)), "naive_moment", {"moment": NAIVE}),
        (settled(BEGUN, Resumed(NAIVE)), "naive_moment", {"moment": NAIVE}),
        (
            settled(BEGUN, ASKED, ASKED),
            "pause_open_twice",
            {"ground": "supplement", "at": ASKED.at},
        ),
        (settled(BEGUN, Resumed(ASKED.at)), "nothing_to_resume", {"at": ASKED.at}),
        (settled(BEGUN, ASKED, Resumed(ASKED.at, "money")), "nothing_to_resume", {"at": ASKED.at}),
        (
            lambda: final([BEGUN, ASKED], EIGHT_HOURS, POLICY),
            "pause_never_closed",
            {"since": ASKED.at},
        ),
        (read(kind="forgotten", at="2022-11-21"), "event_unknown", {"kind": "forgotten"}),
        (read(at="2022-11-21"), "event_unknown", {"kind": None}),
        (read(kind="closed", at="hôm qua"), "moment_malformed", {"text": "hôm qua"}),
        (read(kind="closed", at=20221121.5), "moment_malformed", {"text": 20221121.5}),
    ],
)
def test_a_refusal_says_what_was_wrong_with_what(make, code, params):
    with pytest.raises(Refusal) as found:
        make()
    assert (found.value.code, found.value.params) == (f"time.{code}", params)


@pytest.mark.parametrize(
    ("amount", "unit"),
    [
        ("3650", LimitUnit.WORKING_DAY),
        ("3650", LimitUnit.CALENDAR_DAY),
        ("29200", LimitUnit.WORKING_HOUR),
        ("120", LimitUnit.MONTH),
        ("0.5", LimitUnit.WORKING_DAY),
        ("0.01", LimitUnit.WORKING_HOUR),
    ],
)
def test_the_longest_and_the_shortest_limits_are_taken(amount, unit):
    limit = Limit(Decimal(amount), unit)
    assert Limit.from_json(limit.to_json()) == limit
    assert limit.to_json() == {"amount": amount, "unit": unit.value}
    assert Decimal(limit.ratio[0]) / limit.ratio[1] == limit.amount


@pytest.mark.parametrize("year", [1950, 2150])
def test_the_first_and_the_last_year_that_count_are_known(year):
    assert EIGHT_HOURS.days_between(at(f"{year}-06-01 00:00"), at(f"{year}-06-08 00:00")) == 5


@pytest.mark.parametrize(
    ("code", "limit"),
    [
        ("10wd", Limit(Decimal(10), LimitUnit.WORKING_DAY)),
        ("2.5wh", Limit(Decimal("2.5"), LimitUnit.WORKING_HOUR)),
        ("30cd", Limit(Decimal(30), LimitUnit.CALENDAR_DAY)),
        ("2m", Limit(Decimal(2), LimitUnit.MONTH)),
    ],
)
def test_a_limit_has_a_short_code(code, limit):
    assert Limit.from_code(code) == limit


def test_a_policy_read_to_count_from_the_next_day_is_otherwise_the_same():
    policy = Policy("thử", SupplementReading.PAUSE, cutoff=time(14), sources={"money": "điều 5"})
    read_so = reading(policy, "next_day")
    assert (read_so.id, read_so.count_from_next_day) == ("thử+next_day", True)
    assert (read_so.supplement, read_so.cutoff) == (SupplementReading.PAUSE, time(14))
    assert read_so.sources == {"money": "điều 5"}


def test_a_policy_keeps_the_other_limit_it_has_where_a_reading_names_none():
    policy = reading(reading(POLICY, "other_limit:3wd"), "other_limit")
    assert policy.id == "thử+other_limit:3wd+other_limit"
    assert policy.supplement is SupplementReading.OTHER_LIMIT
    assert policy.other_limit == Limit(Decimal(3), LimitUnit.WORKING_DAY)
