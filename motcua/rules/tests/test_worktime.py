from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from motcua.rules.refusal import Refusal
from motcua.rules.tests.office import (
    AFTERNOON,
    DAYS,
    EIGHT_HOURS,
    FULL,
    MORNING,
    SATURDAY_MORNING,
    SEVEN_AND_A_HALF,
    SHORT_AFTERNOON,
    SHORT_FRIDAY,
    at,
    made_up,
    off,
    office,
    week,
)
from motcua.rules.worktime import ZONE, DayKind, Hours, Session, WorkCalendar


@pytest.mark.parametrize(
    ("moment", "following", "preceding"),
    [
        ("2022-11-21 09:00", "2022-11-21 09:00", "2022-11-21 09:00"),
        ("2022-11-21 07:30", "2022-11-21 07:30", "2022-11-21 07:30"),
        ("2022-11-21 11:30", "2022-11-21 11:30", "2022-11-21 11:30"),
        ("2022-11-21 12:15", "2022-11-21 13:30", "2022-11-21 11:30"),
        ("2022-11-21 17:30", "2022-11-21 17:30", "2022-11-21 17:30"),
        ("2022-11-21 06:00", "2022-11-21 07:30", "2022-11-18 17:30"),
        ("2022-11-19 10:00", "2022-11-21 07:30", "2022-11-18 17:30"),
        ("2022-02-01 10:00", "2022-02-07 07:30", "2022-01-28 17:30"),
        ("2022-12-31 23:59", "2023-01-02 07:30", "2022-12-30 17:30"),
    ],
)
def test_the_next_and_the_last_moment_of_office_time(moment, following, preceding):
    assert EIGHT_HOURS.next_moment(at(moment)) == at(following)
    assert EIGHT_HOURS.previous_moment(at(moment)) == at(preceding)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2022-11-21 07:30", 240, "2022-11-21 11:30"),
        ("2022-11-21 07:30", 480, "2022-11-21 17:30"),
        ("2022-11-21 11:30", 1, "2022-11-21 13:31"),
        ("2022-11-18 17:30", 0, "2022-11-18 17:30"),
        ("2022-11-18 17:31", 0, "2022-11-21 07:30"),
        ("2022-12-30 17:00", 60, "2023-01-02 08:00"),
    ],
)
def test_a_landing_at_the_end_of_a_session_is_never_at_the_next_opening(start, minutes, end):
    assert EIGHT_HOURS.add(at(start), minutes) == at(end)


@pytest.mark.parametrize(
    ("end", "minutes", "start"),
    [
        ("2022-11-21 17:30", 480, "2022-11-21 07:30"),
        ("2022-11-21 17:30", 240, "2022-11-21 13:30"),
        ("2022-11-21 08:00", 60, "2022-11-18 17:00"),
        ("2023-01-02 08:00", 60, "2022-12-30 17:00"),
        ("2023-01-02 08:00", 30, "2023-01-02 07:30"),
        ("2022-11-19 12:00", 0, "2022-11-18 17:30"),
    ],
)
def test_going_back_lands_at_the_latest_moment(end, minutes, start):
    assert EIGHT_HOURS.subtract(at(end), minutes) == at(start)


def test_fractions_of_a_minute_are_kept_not_rounded():
    start = at("2022-11-21 09:00") + timedelta(seconds=20)
    assert EIGHT_HOURS.add(start, Decimal("0.5")) == start + timedelta(seconds=30)
    assert EIGHT_HOURS.elapsed(start, at("2022-11-21 09:01")) == timedelta(seconds=40)
    assert EIGHT_HOURS.between(start, at("2022-11-21 09:01")) == 0


def test_the_shortest_time_is_a_microsecond_and_less_of_it_is_one():
    start, microsecond = at("2022-11-21 09:00"), timedelta(microseconds=1)
    assert EIGHT_HOURS.advance(start, microsecond) == start + microsecond
    assert EIGHT_HOURS.advance(at("2022-11-21 11:30"), microsecond) == (
        at("2022-11-21 13:30") + microsecond
    )
    assert EIGHT_HOURS.add(start, Decimal("0.000000005")) == start + microsecond


@pytest.mark.parametrize("clock", ["07:30:00.000001", "09:00:20", "16:59:59.999999"])
def test_a_whole_day_later_is_the_same_moment_of_the_day_to_the_microsecond(clock):
    assert EIGHT_HOURS.add_days(at(f"2022-11-21 {clock}"), 1) == at(f"2022-11-22 {clock}")
    assert EIGHT_HOURS.add_days(at(f"2022-12-30 {clock}"), 1) == at(f"2023-01-02 {clock}")
    assert EIGHT_HOURS.add(at(f"2022-11-21 {clock}"), 480) == at(f"2022-11-22 {clock}")
    assert EIGHT_HOURS.subtract(at(f"2022-11-22 {clock}"), 480) == at(f"2022-11-21 {clock}")


@pytest.mark.parametrize(
    "moment",
    [
        "2023-12-31 12:00",
        "2024-01-01 09:00",
        "2024-01-05 16:40",
        "2024-01-06 08:00",
        "2018-12-31 09:00",
        "2019-01-01 09:00",
        "2021-01-01 06:00",
    ],
)
@pytest.mark.parametrize("calendar", [EIGHT_HOURS, SHORT_FRIDAY])
def test_both_positions_of_a_moment_are_told_at_once_and_in_any_zone(calendar, moment):
    """The first of January is a working day where nobody declared it off."""
    here = at(moment)
    apart = (calendar.tick_position(here), calendar.day_position(here))
    assert calendar.positions(here) == apart
    elsewhere = here.astimezone(UTC)
    assert calendar.positions(elsewhere) == apart
    assert apart == (calendar.tick_position(elsewhere), calendar.day_position(elsewhere))


@pytest.mark.parametrize("clock", ["07:30:00.000001", "09:00:20", "17:30:00"])
@pytest.mark.parametrize("near", ["2022-11-21 09:00", "2021-03-01 09:00", "2024-06-01 09:00"])
def test_a_position_is_that_of_its_moment_wherever_one_looks_from(clock, near):
    moment = at(f"2022-11-22 {clock}")
    assert EIGHT_HOURS.at_day_position(EIGHT_HOURS.day_position(moment), at(near)) == moment
    assert EIGHT_HOURS.at_tick_position(EIGHT_HOURS.tick_position(moment), at(near)) == moment


@pytest.mark.parametrize("near", ["2022-06-01 09:00", "2022-12-31 09:00", "2023-01-05 09:00"])
def test_the_last_moment_of_a_years_office_time_is_found_from_either_year(near):
    moment = at("2022-12-30 17:30")
    assert EIGHT_HOURS.at_tick_position(EIGHT_HOURS.tick_position(moment), at(near)) == moment
    assert EIGHT_HOURS.at_day_position(EIGHT_HOURS.day_position(moment), at(near)) == moment


def test_a_calendar_that_was_asked_nothing_yet_knows_the_moment_of_a_position():
    moment = at("2022-11-22 09:00")
    days, ticks = EIGHT_HOURS.day_position(moment), EIGHT_HOURS.tick_position(moment)
    assert office().at_day_position(days, moment) == moment
    assert office().at_tick_position(ticks, moment) == moment
    assert (office().day_position(moment), office().tick_position(moment)) == (days, ticks)
    assert office().positions(moment) == (ticks, days)


def test_a_share_of_a_day_that_is_no_whole_microsecond_ends_with_the_next():
    """A microsecond of a day of 7.5 hours is more than one of a day of eight."""
    friday, monday = at("2022-11-18 07:30:00.000001"), at("2022-11-21 07:30:00.000002")
    assert SHORT_FRIDAY.add_days(friday, 1) == monday
    position = SHORT_FRIDAY.day_position(friday) + SHORT_FRIDAY.day_units
    assert SHORT_FRIDAY.at_day_position(position, friday) == monday


def test_arithmetic_takes_moments_of_another_zone_and_answers_in_its_own():
    late, early = at("2022-11-21 23:30").astimezone(UTC), at("2022-11-22 06:00").astimezone(UTC)
    for moment in (late, early):
        for found in (
            EIGHT_HOURS.add_days(moment, 1),
            EIGHT_HOURS.add(moment, 480),
            EIGHT_HOURS.advance(moment, timedelta(hours=8)),
        ):
            assert found == at("2022-11-22 17:30") and found.tzinfo is ZONE
        assert EIGHT_HOURS.next_moment(moment) == at("2022-11-22 07:30")
        assert EIGHT_HOURS.previous_moment(moment) == at("2022-11-21 17:30")
        assert EIGHT_HOURS.subtract(moment, 60) == at("2022-11-21 16:30")


def test_measuring_backwards_leaves_out_what_is_less_than_a_minute_too():
    start, end = at("2022-11-21 09:00") + timedelta(seconds=20), at("2022-11-21 09:02")
    assert EIGHT_HOURS.between(start, end) == 1
    assert EIGHT_HOURS.between(end, start) == -1


def test_measuring_backwards_is_negative():
    a, b = at("2022-11-18 17:00"), at("2022-11-21 08:30")
    assert EIGHT_HOURS.between(a, b) == 90
    assert EIGHT_HOURS.between(b, a) == -90
    assert EIGHT_HOURS.days_between(b, a) == -Fraction(90, 480)


def test_minutes_and_moments_have_to_make_sense():
    with pytest.raises(ValueError, match="negative"):
        EIGHT_HOURS.add(at("2022-11-21 09:00"), -1)
    with pytest.raises(Refusal, match=r"time\.naive_moment"):
        EIGHT_HOURS.next_moment(datetime(2022, 11, 21, 9))  # noqa: DTZ001
    with pytest.raises(Refusal, match=r"time\.session_empty"):
        Session(time(9), time(9))
    with pytest.raises(Refusal, match=r"time\.sessions_overlap"):
        week(MORNING, Session(time(11), time(12)))


def test_an_office_that_never_opens_is_found_out_not_searched_for_ever():
    ended = office(week(*FULL, valid_to=date(2022, 7, 1)), days=())
    with pytest.raises(Refusal, match=r"time\.no_working_time"):
        ended.add(at("2022-06-30 17:00"), 60)
    with pytest.raises(Refusal, match=r"time\.no_working_time"):
        office(week()).next_moment(at("2022-06-30 17:00"))


@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_a_year_has_the_working_days_of_its_calendar(year):
    start, end = at(f"{year}-01-01 00:00"), at(f"{year + 1}-01-01 00:00")
    days = (start.date() + timedelta(n) for n in range((end - start).days))
    working = sum(EIGHT_HOURS.is_working(on) for on in days)
    assert EIGHT_HOURS.days_between(start, end) == working
    assert EIGHT_HOURS.between(start, end) == working * 480


def test_a_new_years_day_that_nobody_declared_counts_once():
    assert EIGHT_HOURS.add(at("2023-12-29 17:00"), 60) == at("2024-01-01 08:00")
    assert EIGHT_HOURS.between(at("2023-12-29 17:00"), at("2024-01-02 08:00")) == 540


def test_the_sessions_of_a_day_are_those_that_count():
    counter = Session(time(17, 30), time(19), counts=False)
    calendar = office(week(MORNING, AFTERNOON, counter))
    assert calendar.sessions(date(2022, 11, 21)) == (
        (at("2022-11-21 07:30"), at("2022-11-21 11:30")),
        (at("2022-11-21 13:30"), at("2022-11-21 17:30")),
    )


def test_a_counter_open_on_saturday_does_not_make_it_a_working_day():
    reception = Session(time(8), time(11), counts=False)
    calendar = office(Hours({**dict.fromkeys(range(5), FULL), 5: (reception,)}))
    assert not calendar.is_working(date(2022, 11, 19))
    assert calendar.add(at("2022-11-18 16:30"), 120) == at("2022-11-21 08:30")


def test_a_session_closed_to_the_public_counts():
    inside = Session(time(13, 30), time(17, 30), public=False)
    assert office(week(MORNING, inside)).add(at("2022-11-18 07:30"), 480) == at("2022-11-18 17:30")


@pytest.mark.parametrize(
    ("on", "start"),
    [
        ("2025-04-15", time(7)),
        ("2025-10-15", time(7)),
        ("2025-10-16", time(7, 30)),
        ("2025-12-30", time(7, 30)),
        ("2025-01-03", time(7, 30)),
        ("2025-04-14", time(7, 30)),
    ],
)
def test_hours_change_with_the_season_and_a_season_may_wrap_the_year(on, start):
    summer = week(Session(time(7), time(11)), AFTERNOON, season=(415, 1015))
    winter = week(*FULL, season=(1016, 414))
    for calendar in (office(summer, winter), office(winter, summer), office(week(*FULL), summer)):
        assert calendar.sessions(date.fromisoformat(on))[0][0].time() == start


def test_hours_change_on_the_day_a_new_decision_takes_effect():
    calendar = office(
        week(*FULL, valid_to=date(2022, 11, 21)),
        week(MORNING, SHORT_AFTERNOON, valid_from=date(2022, 11, 21)),
    )
    assert calendar.sessions(date(2022, 11, 18))[1][1].time() == time(17, 30)
    assert calendar.sessions(date(2022, 11, 21))[1][1].time() == time(17)
    assert calendar.add(at("2022-11-18 17:00"), 480) == at("2022-11-21 17:00")


@pytest.mark.parametrize(
    ("hours_of", "end"), [(None, time(17, 30)), (0, time(17, 30)), (4, time(17))]
)
def test_a_made_up_saturday_has_the_hours_of_the_day_it_replaces_mondays_by_default(hours_of, end):
    calendar = office(*SHORT_FRIDAY.hours, days=(made_up("2025-04-26", hours_of),))
    assert calendar.sessions(date(2025, 4, 26))[-1][1].time() == end
    assert calendar.why_off(date(2025, 4, 26)) is None


def test_a_short_monday_makes_a_short_made_up_saturday():
    short = office(
        Hours({**dict.fromkeys(range(1, 5), FULL), 0: (MORNING,)}), days=(made_up("2025-04-26"),)
    )
    assert short.closing(date(2025, 4, 26)) == at("2025-04-26 11:30")


def test_a_day_off_says_why():
    assert EIGHT_HOURS.why_off(date(2022, 11, 21)) is None
    assert EIGHT_HOURS.why_off(date(2022, 11, 19)) == "weekly"
    tet = EIGHT_HOURS.why_off(date(2022, 2, 1))
    assert tet and tet != "weekly" and (tet.kind, tet.source) == (DayKind.HOLIDAY, "kiểm thử")


def test_of_two_declarations_of_a_day_the_later_one_holds():
    days = (*DAYS, off("2022-11-21", DayKind.LOCAL_OFF), off("2022-11-21", DayKind.HOLIDAY))
    assert office(days=days).special(date(2022, 11, 21)).kind is DayKind.HOLIDAY


def test_a_day_is_not_both_off_and_made_up():
    with pytest.raises(Refusal, match=r"time\.day_twice"):
        office(days=(*DAYS, off("2022-11-19"), made_up("2022-11-19")))


@pytest.mark.parametrize("year", [1, 1949, 2151, 9999])
def test_a_year_nobody_lives_in_is_a_slip_of_the_pen(year):
    with pytest.raises(Refusal, match=r"time\.moment_out_of_range"):
        EIGHT_HOURS.add_days(datetime(year, 6, 1, tzinfo=ZONE), 1)


def test_the_first_year_without_declared_days_off_is_named():
    assert EIGHT_HOURS.undecreed_from(date(2022, 1, 3), date(2022, 12, 1)) is None
    assert EIGHT_HOURS.undecreed_from(date(2022, 1, 3), date(2025, 12, 1)) == 2023
    assert EIGHT_HOURS.undecreed_from(date(2030, 1, 3), date(2030, 12, 1)) == 2030
    two_years = office(days=(off("2022-09-02"), off("2023-01-02")))
    assert two_years.undecreed_from(date(2022, 12, 30), date(2023, 1, 3)) is None
    assert two_years.undecreed_from(date(2022, 12, 30), date(2024, 1, 3)) == 2024


def test_years_without_declared_days_off_know_only_weekly_rest_and_say_so():
    assert EIGHT_HOURS.covers(date(2022, 6, 1)) and EIGHT_HOURS.covers(date(2025, 1, 1))
    assert not EIGHT_HOURS.covers(date(2023, 1, 2))
    assert EIGHT_HOURS.is_working(date(2030, 9, 2))
    assert not office(days=(off("2030-06-03", DayKind.LOCAL_OFF),)).covers(date(2030, 6, 3))


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2022-11-17 09:00", "1", "2022-11-18 08:37:30"),
        ("2022-11-17 09:00", "2", "2022-11-21 09:00"),
        ("2022-11-17 17:30", "1", "2022-11-18 16:30"),
        ("2022-11-17 07:30", "1.5", "2022-11-18 10:30"),
        ("2022-11-18 12:00", "1", "2022-11-21 14:50"),
        ("2022-11-17 09:00", "0", "2022-11-17 09:00"),
        ("2022-11-19 09:00", "0", "2022-11-21 07:30"),
    ],
)
def test_a_working_day_is_an_office_day_pro_rata_of_its_own_length(start, days, end):
    six = (MORNING, Session(time(14, 30), time(16, 30)))
    calendar = office(Hours({**dict.fromkeys(range(4), FULL), 4: six}), days=())
    assert calendar.add_days(at(start), Decimal(days)) == at(end)


def test_two_calendars_do_not_share_what_they_know():
    before = EIGHT_HOURS.add(at("2022-11-21 16:00"), 180)
    other = office(week(MORNING), days=(off("2022-11-22"),))
    assert other.add(at("2022-11-21 07:30"), 300) == at("2022-11-23 08:30")
    assert EIGHT_HOURS.add(at("2022-11-21 16:00"), 180) == before == at("2022-11-22 09:00")


def test_equal_calendars_are_equal_whatever_they_were_asked():
    asked = WorkCalendar(EIGHT_HOURS.hours, EIGHT_HOURS.days, "kiểm thử")
    asked.add(at("2022-11-21 16:00"), 180)
    assert asked == EIGHT_HOURS
    assert "_Year" not in repr(asked)


def test_half_a_saturday_is_a_whole_office_day_of_its_own_length():
    assert SATURDAY_MORNING.add(at("2022-11-18 16:30"), 120) == at("2022-11-19 08:30")
    assert SATURDAY_MORNING.add_days(at("2022-11-18 13:30"), 1) == at("2022-11-19 09:30")
    assert SATURDAY_MORNING.closing(date(2022, 11, 19)) == at("2022-11-19 11:30")


def test_opening_and_closing_are_of_the_first_working_day_from_a_date():
    assert SEVEN_AND_A_HALF.opening(date(2022, 11, 19)) == at("2022-11-21 07:30")
    assert SEVEN_AND_A_HALF.closing(date(2022, 11, 19)) == at("2022-11-21 17:00")
    assert SEVEN_AND_A_HALF.closing(date(2022, 11, 18)) == at("2022-11-18 17:00")


def test_the_last_moment_before_a_day_off_is_the_end_of_the_last_session_however_many():
    evening = Session(time(18), time(19))
    assert office(week(MORNING)).previous_moment(at("2022-11-19 09:00")) == at("2022-11-18 11:30")
    three = office(week(*FULL, evening))
    assert three.previous_moment(at("2022-11-19 09:00")) == at("2022-11-18 19:00")


def test_runs_are_days_of_one_kind_in_a_row_joined_over_the_turn_of_the_year():
    since, until = at("2022-12-29 10:00"), at("2023-01-09 09:00")
    runs = EIGHT_HOURS.runs(since, until)
    assert [(run.start, run.end, run.counts, run.kind) for run in runs] == [
        (at("2022-12-26 00:00"), at("2022-12-31 00:00"), True, "office_time"),
        (at("2022-12-31 00:00"), at("2023-01-02 00:00"), False, "weekly_rest"),
        (at("2023-01-02 00:00"), at("2023-01-07 00:00"), True, "office_time"),
        (at("2023-01-07 00:00"), at("2023-01-09 00:00"), False, "weekly_rest"),
        (at("2023-01-09 00:00"), at("2023-01-14 00:00"), True, "office_time"),
    ]
    for run in runs:
        assert run.ticks == EIGHT_HOURS.tick_position(run.end)
        assert run.days == EIGHT_HOURS.day_position(run.end)


def test_a_run_of_days_off_has_one_name_and_one_source():
    tet = (
        off("2022-12-30"),
        off("2022-12-31", name="nghỉ Tết"),
        off("2023-01-01", name="nghỉ Tết"),
    )
    runs = office(days=tet).runs(at("2022-12-30 08:00"), at("2023-01-02 08:00"))
    assert [(run.start.day, run.end.day, run.kind, run.name, run.source) for run in runs] == [
        (30, 31, "holiday", "nghỉ lễ", "kiểm thử"),
        (31, 2, "holiday", "nghỉ Tết", "kiểm thử"),
        (2, 7, "office_time", "", ""),
    ]


def test_runs_of_one_moment_are_the_run_it_lies_in():
    (run,) = EIGHT_HOURS.runs(at("2022-11-19 09:00"), at("2022-11-19 09:00"))
    assert (run.start, run.end) == (at("2022-11-19 00:00"), at("2022-11-21 00:00"))


def test_runs_say_what_kind_of_day_counts_and_who_decreed_it():
    reception = Session(time(8), time(11), counts=False)
    saturday = Hours(
        {**dict.fromkeys(range(5), FULL), 5: (MORNING,), 6: (reception,)}, source="QĐ 1"
    )
    days = (made_up("2022-11-20", 4), off("2022-11-21"), made_up("2022-11-23"))
    runs = office(saturday, days=days).runs(at("2022-11-18 08:00"), at("2022-11-27 08:00"))
    assert [(run.start.day, run.counts, run.kind, run.name, run.source) for run in runs] == [
        (14, True, "office_time", "", ""),
        (19, True, "weekend_hours", "", "QĐ 1"),
        (20, True, "makeup_work", "làm bù", "kiểm thử"),
        (21, False, "holiday", "nghỉ lễ", "kiểm thử"),
        (22, True, "office_time", "", ""),
        (23, True, "makeup_work", "làm bù", "kiểm thử"),
        (24, True, "office_time", "", ""),
        (26, True, "weekend_hours", "", "QĐ 1"),
        (27, False, "public_only", "", "QĐ 1"),
    ]


def test_a_made_up_day_without_hours_is_rest_like_a_day_no_hours_hold_on():
    ended = office(week(*FULL, valid_to=date(2022, 7, 1)), days=(made_up("2022-07-02"),))
    (run,) = ended.runs(at("2022-07-02 08:00"), at("2022-07-05 08:00"))
    assert (run.start, run.counts, run.kind, run.name, run.source) == (
        at("2022-07-01 00:00"),
        False,
        "weekly_rest",
        "",
        "",
    )


def test_sessions_may_touch():
    calendar = office(week(MORNING, Session(time(11, 30), time(13))))
    assert calendar.add(at("2022-11-21 07:30"), 300) == at("2022-11-21 12:30")


@pytest.mark.parametrize(
    ("moment", "following"),
    [
        ("2024-01-01 00:00", "2024-01-01 07:30"),  # declared off by nobody
        ("2149-12-31 18:00", "2150-01-01 07:30"),
        ("2150-06-01 07:00", "2150-06-01 07:30"),
        ("2150-12-31 07:00", "2150-12-31 07:30"),
        ("1950-01-02 07:00", "1950-01-02 07:30"),
    ],
)
def test_the_first_and_the_last_day_of_a_year_are_found_to_the_ends_of_the_calendar(
    moment, following
):
    assert EIGHT_HOURS.next_moment(at(moment)) == at(following)
    assert EIGHT_HOURS.opening(at(following).date()) == at(following)


@pytest.mark.parametrize("year", [1999, 2000, 2024, 2025, 2096, 2100])
def test_every_day_of_a_year_counts_once_in_leap_years_and_in_others(year):
    always = office(week(MORNING, days=range(7)), days=())
    start, end = at(f"{year}-01-01 00:00"), at(f"{year + 1}-02-01 00:00")
    assert always.days_between(start, end) == (end - start).days


def test_the_last_year_of_the_calendar_is_reached_forwards():
    assert EIGHT_HOURS.add_days(at("2149-12-31 09:00"), 1) == at("2150-01-01 09:00")
    assert EIGHT_HOURS.add(at("2149-12-31 17:00"), 60) == at("2150-01-01 08:00")


def test_the_first_year_of_the_calendar_is_reached_backwards():
    assert EIGHT_HOURS.previous_moment(at("1951-01-01 07:00")) == at("1950-12-29 17:30")
    assert EIGHT_HOURS.subtract(at("1951-01-01 08:30"), 120) == at("1950-12-29 16:30")


def test_a_season_may_be_one_day():
    feast = week(MORNING, season=(415, 415))
    calendar = office(feast, week(*FULL), days=())
    closes = [calendar.closing(date(2022, 4, day)).time() for day in (14, 15, 18)]
    assert closes == [time(17, 30), time(11, 30), time(17, 30)]
