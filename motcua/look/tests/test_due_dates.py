"""A due date told: one sentence, a picture whose parts add up to the limit, a line a stretch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from motcua.look import due_dates
from motcua.look.due_dates import Told
from motcua.look.months import Cell
from motcua.rules import deadline
from motcua.rules.deadline import (
    Accepted,
    ClockEvent,
    Extended,
    Limit,
    LimitUnit,
    Paused,
    Policy,
    Restarted,
    Resumed,
)
from motcua.rules.worktime import ZONE, DayKind, Hours, Session, SpecialDay, WorkCalendar
from motcua.statutory.calendar import standard_hours
from motcua.statutory.rulesets import ONE_STOP, rule_set

TET = tuple(
    SpecialDay(date(2022, 9, day), DayKind.HOLIDAY, "Quốc khánh", "Thông báo 1") for day in (1, 2)
)
SATURDAY = SpecialDay(date(2022, 9, 10), DayKind.MAKEUP_WORK, "Làm bù ngày 01/09", "Thông báo 2")
CALENDAR = WorkCalendar(standard_hours(), (*TET, SATURDAY), "1")
POLICY = rule_set(ONE_STOP, date(2022, 9, 1)).policy
DAYS = LimitUnit.WORKING_DAY


def at(text: str) -> datetime:
    return datetime.strptime(f"2022-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


def limit(amount: str, unit: LimitUnit = DAYS) -> Limit:
    return Limit(Decimal(amount), unit)


Stands = tuple[datetime, datetime] | None


def told(*events: ClockEvent, policy: Policy = POLICY, stands: Stands = None) -> Told:
    why = deadline.explain(events, CALENDAR, policy)
    found = due_dates.told(why, CALENDAR, stands=stands)
    assert found is not None
    return found


def cells(found: Told) -> Iterator[Cell]:
    assert found.picture is not None
    for month in (*found.picture.before, *found.picture.after):
        for week in month.weeks:
            yield from (cell for cell in week if cell)


def cell(found: Told, day: int, month: int) -> Cell:
    return next(c for c in cells(found) if (c.on.day, c.on.month) == (day, month))


def test_one_sentence_tells_the_whole_date():
    found = told(Accepted(at("11-18 09:00"), limit("2.5")))
    assert found.sentence == (
        "Hẹn trả 15:00 thứ Ba 22/11/2022: 2,5 ngày làm việc kể từ 09:00 thứ Sáu 18/11/2022; "
        "không tính 19–20/11 (nghỉ hằng tuần); "
        "theo Đ17–Đ20 NĐ 61/2018/NĐ-CP, sửa đổi bởi NĐ 107/2021/NĐ-CP."
    )


def test_days_off_are_named_with_their_document_and_neighbouring_ones_together():
    said = told(Accepted(at("08-31 09:00"), limit("3"))).sentence
    assert "01–02/09 (Quốc khánh theo Thông báo 1)" in said


def test_many_weekends_are_counted_not_listed():
    assert "6 ngày nghỉ hằng tuần" in told(Accepted(at("11-01 09:00"), limit("15"))).sentence


def test_a_wait_is_told_by_how_long_and_for_what():
    found = told(
        Accepted(at("11-14 09:00"), limit("5")),
        Paused(at("11-15 10:00"), "money"),
        Resumed(at("11-18 10:00")),
    )
    assert "đã tạm dừng 3 ngày làm việc chờ người nộp thực hiện nghĩa vụ" in found.sentence
    assert "paused" in cell(found, 16, 11).tones


def test_after_a_restart_the_sentence_counts_from_it_and_what_had_counted_is_void():
    found = told(
        Accepted(at("11-14 09:00"), limit("5")),
        Paused(at("11-15 10:00"), "supplement"),
        Restarted(at("11-18 10:00")),
    )
    assert "kể từ 10:00 thứ Sáu 18/11/2022 là lúc nhận đủ hồ sơ bổ sung" in found.sentence
    assert "tính lại từ đầu, NĐ 61/2018/NĐ-CP Đ19.4" in found.sentence
    assert cell(found, 14, 11).words == ("nhận", "bỏ")
    assert cell(found, 18, 11).words[0] == "nhận đủ"


def test_an_apology_is_told_with_the_date_before_it():
    found = told(
        Accepted(at("11-14 09:00"), limit("2")),
        Extended(at("11-15 09:00"), at("11-21 16:00"), by_law=False),
    )
    assert "đã xin lỗi và hẹn lại từ hạn 09:00 thứ Tư 16/11/2022" in found.sentence
    assert "hạn trước" in cell(found, 16, 11).words


def test_what_is_not_decreed_yet_and_a_clock_that_stands_still_are_said():
    found = told(
        Accepted(at("11-14 09:00"), limit("3", LimitUnit.MONTH)),
        stands=(at("11-15 09:00"), at("11-15 10:00")),
    )
    assert "ngày nghỉ từ năm 2023 chưa được công bố" in found.sentence
    assert "đang tạm dừng từ 09:00 thứ Ba 15/11/2022 nên ngày này sẽ lùi" in found.sentence


def test_while_the_clock_stands_no_later_day_is_promised_to_count():
    stands = (at("11-15 10:00"), at("11-16 09:00"))
    found = told(
        Accepted(at("11-14 09:00"), limit("5")), Paused(at("11-15 10:00"), "money"), stands=stands
    )
    assert cell(found, 15, 11).words == ("dừng",)
    assert cell(found, 15, 11).tones == ("paused",)
    assert cell(found, 16, 11).words == ("dừng",)
    assert cell(found, 17, 11).words == ("chờ",)
    assert cell(found, 21, 11).words == ("hẹn", "chờ")


def test_counting_from_the_next_day_says_so():
    policy = replace(POLICY, count_from_next_day=True)
    found = told(Accepted(at("11-14 09:00"), limit("2")), policy=policy)
    assert "không tính ngày tiếp nhận 14/11 (BLDS 2015 Đ147)" in found.sentence


def test_every_day_says_in_words_what_it_did():
    found = told(Accepted(at("08-31 09:00"), limit("8")))
    assert cell(found, 31, 8).words == ("nhận", "+0,81")
    assert cell(found, 1, 9).said == "Thứ Năm, 01/09/2022: không tính, Quốc khánh (Thông báo 1)"
    assert cell(found, 3, 9).words == ("nghỉ",)
    assert cell(found, 10, 9).words == ("làm bù", "+1")
    assert "ngày làm bù, Làm bù ngày 01/09 (Thông báo 2)" in cell(found, 10, 9).said
    due = next(c for c in cells(found) if "due" in c.tones)
    assert due.words[0] == "hẹn" and "hẹn trả lúc 09:00" in due.said


def test_of_a_very_long_span_the_first_and_the_last_months_are_drawn():
    found = told(Accepted(at("08-31 09:00"), limit("18", LimitUnit.MONTH)))
    assert found.picture is not None
    assert [m.title for m in found.picture.after] == [
        "Tháng 12/2023",
        "Tháng 1/2024",
        "Tháng 2/2024",
    ]
    assert (len(found.picture.before), found.picture.left_out) == (3, 13)


def test_the_picture_is_a_table_that_reads_without_seeing_it():
    found = told(Accepted(at("11-18 09:00"), limit("2.5")))
    html = Template("{% load look %}{% why_due told %}").render(Context({"told": found}))
    assert "<caption>Tháng 11/2022</caption>" in html
    assert html.count('scope="col"') == 7 and "Chủ nhật</span>" in html
    assert "Thứ Bảy, 19/11/2022: không tính, nghỉ hằng tuần (BLLĐ 2019 Đ111)</span>" in html
    assert "style=" not in html


def test_where_nothing_is_due_nothing_is_told():
    for events in ((), (Accepted(at("11-14 09:00"), deadline.NO_LIMIT),)):
        assert due_dates.told(deadline.explain(events, CALENDAR, POLICY), CALENDAR) is None
    assert Template("{% load look %}{% why_due told %}").render(Context({"told": None})) == ""


@given(
    amount=st.integers(1, 40),
    start=st.integers(0, 60 * 24 * 40),
    waits=st.lists(st.integers(0, 60 * 24 * 4), max_size=4),
)
def test_the_parts_of_the_picture_add_up_to_the_limit(amount, start, waits):
    begun = at("08-10 00:00") + timedelta(minutes=start)
    events: list[ClockEvent] = [Accepted(begun, limit(str(Decimal(amount) / 2)))]
    for n, wait in enumerate(waits):
        moment = events[-1].at + timedelta(minutes=wait)
        events.append(Resumed(moment) if n % 2 else Paused(moment, "money"))
    found = told(*events)
    parts = [w for c in cells(found) for w in c.words if w.startswith("+")]
    total = sum(Decimal(part[1:].replace(",", ".")) for part in parts)
    assert abs(total - Decimal(amount) / 2) <= Decimal("0.005") * len(parts)


def test_a_day_off_that_was_worked_is_told_with_the_document_that_made_it_so():
    made_up = SpecialDay(date(2022, 11, 19), DayKind.MAKEUP_WORK, "làm bù", "Thông báo 123/TB")
    calendar = WorkCalendar(CALENDAR.hours, (*CALENDAR.days, made_up), "thử")
    why = deadline.explain((Accepted(at("11-18 09:00"), limit("2")),), calendar, POLICY)
    found = due_dates.told(why, calendar)
    assert found and "có tính ngày làm bù 19/11 (Thông báo 123/TB)" in found.sentence
    assert any(
        "tính 1 ngày làm việc, ngày làm bù (Thông báo 123/TB)" in line for line in found.lines
    )


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (True, "có tính ngày cuối tuần 19/11 (QĐ 45/QĐ-UBND)"),
        (False, "1 ngày chỉ mở cửa tiếp nhận (QĐ 45/QĐ-UBND)"),
    ],
)
def test_a_saturday_morning_counts_or_does_not_by_the_decision_on_the_hours(counts, said):
    week = dict(CALENDAR.hours[0].by_weekday)
    week[5] = (Session(time(7, 30), time(11, 30), counts=counts),)
    calendar = WorkCalendar((Hours(week, source="QĐ 45/QĐ-UBND"),), CALENDAR.days, "thử")
    why = deadline.explain((Accepted(at("11-18 09:00"), limit("3")),), calendar, POLICY)
    found = due_dates.told(why, calendar)
    assert found and said in found.sentence
