import csv
from datetime import date, timedelta
from decimal import Decimal

import pytest

from motcua.rules.deadline import Accepted, Limit, LimitUnit, settle
from motcua.rules.tests.office import at
from motcua.rules.tests.vectors import VECTORS
from motcua.rules.worktime import DayKind, WorkCalendar
from motcua.statutory.calendar import Standing, declared, national_days, standard_hours
from motcua.statutory.rulesets import rule_set

CALENDAR = WorkCalendar(standard_hours(), national_days(), "quốc gia")


@pytest.mark.parametrize(("received", "hours", "due"), VECTORS)
def test_dates_worked_out_by_hand_hold_under_the_national_calendar(received, hours, due):
    policy = rule_set("one_stop", at(received).date()).policy
    limit = Limit(Decimal(hours), LimitUnit.WORKING_HOUR)
    assert settle([Accepted(at(received), limit)], CALENDAR, policy).due_at == at(due)


@pytest.mark.parametrize(
    ("year", "working"),
    [(2020, 252), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 250), (2026, 249), (2027, 249)],
)  # fmt: skip
def test_each_year_has_its_working_days(year, working):
    days = (date(year, 1, 1) + timedelta(n) for n in range(366))
    assert sum(CALENDAR.is_working(on) for on in days if on.year == year) == working


@pytest.mark.parametrize(
    ("made_up", "off", "hours_of"),
    [
        ("2024-05-04", "2024-04-29", 0),
        ("2025-04-26", "2025-05-02", 4),
        ("2026-01-10", "2026-01-02", 4),
        ("2026-08-22", "2026-08-31", 0),
    ],
)
def test_a_swapped_day_is_off_and_its_saturday_is_worked_with_its_hours(made_up, off, hours_of):
    assert CALENDAR.is_working(date.fromisoformat(made_up))
    assert CALENDAR.why_off(date.fromisoformat(off)).kind is DayKind.SWAP_OFF
    days = {day.on.isoformat(): day for day in national_days()}
    assert days[made_up].weekday_hours == hours_of


@pytest.mark.parametrize(
    "on", ["2022-01-03", "2022-04-11", "2022-05-02", "2022-05-03", "2023-01-26"]
)
def test_a_holiday_on_a_weekend_is_made_up_for_on_a_working_day(on):
    """BLLĐ 2019 Đ111.3."""
    assert CALENDAR.why_off(date.fromisoformat(on)).kind is DayKind.COMPENSATORY


@pytest.mark.parametrize("year", range(2020, 2028))
def test_every_year_has_the_holidays_of_the_labour_code(year):
    """BLLĐ 2019 Đ112.1: New Year, five days of Tết, Hùng kings, 30/4, 1/5, two days of 2/9."""
    named = [day.name for day in national_days() if day.on.year == year]
    for holiday in ("Tết Dương lịch", "Ngày Giỗ Tổ Hùng Vương", "Ngày Chiến thắng",
                    "Ngày Quốc tế Lao động", "Quốc khánh"):  # fmt: skip
        assert holiday in named
    assert sum("Tết" in name and name != "Tết Dương lịch" for name in named) >= 5


def test_every_day_says_how_sure_it_is_and_where_it_comes_from():
    standing = {found.day.on: found.standing for found in declared()}
    assert standing[date(2022, 2, 1)] is Standing.VERIFIED
    assert standing[date(2024, 4, 18)] is Standing.LIBRARY
    assert standing[date(2026, 11, 24)] is Standing.ESTIMATE
    assert {s for on, s in standing.items() if on.year == 2027} == {Standing.ESTIMATE}
    assert all(found.day.source and found.day.name for found in declared())


def test_days_are_listed_once_in_order():
    days = [day.on for day in national_days()]
    assert days == sorted(set(days))


def test_the_calendar_knows_2020_to_2027_and_says_so():
    assert not CALENDAR.covers(date(2019, 12, 31))
    assert all(CALENDAR.covers(date(year, 6, 1)) for year in range(2020, 2028))
    assert not CALENDAR.covers(date(2028, 1, 1))


def test_a_week_of_usual_hours_has_forty():
    week = at("2022-11-21 00:00")
    assert CALENDAR.between(week, week + timedelta(days=7)) == 40 * 60


def test_the_days_agree_with_the_reference_calendar(shared_data):
    reference = shared_data / "07_holidays" / "vn_public_sector_calendar_2020_2027.csv"
    kinds = {"observed": "compensatory", "makeup_workday": "makeup_work"}
    with reference.open(encoding="utf-8", newline="") as lines:
        theirs = [(r["date"], kinds.get(r["kind"], r["kind"])) for r in csv.DictReader(lines)]
    assert [(day.on.isoformat(), str(day.kind)) for day in national_days()] == theirs
