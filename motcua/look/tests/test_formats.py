from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from motcua.look import formats
from motcua.look.forms import DateField, day_of

NOON = datetime(2022, 11, 21, 12, 0, tzinfo=formats.LOCAL)


def test_a_moment_in_utc_is_written_in_local_time():
    at = datetime(2022, 11, 20, 18, 5, tzinfo=UTC)
    assert formats.date_text(at) == "21/11/2022"
    assert formats.moment_text(at) == "01:05 21/11/2022"
    assert formats.datetime_text(at) == "1 giờ 05 phút, ngày 21/11/2022"
    assert formats.weekday_text(at) == "Thứ Hai, 21/11/2022"


def test_a_day_needs_no_time_zone():
    assert formats.date_text(date(2022, 1, 2)) == "02/01/2022"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (1890, 0, "1.890"),
        (1234567.891, 2, "1.234.567,89"),
        (Decimal("-12.5"), 1, "-12,5"),
    ],
)
def test_numbers_group_by_points_and_divide_by_a_comma(value, decimals, text):
    assert formats.number_text(value, decimals) == text


def test_money_is_in_dong():
    assert formats.money_text(50000) == "50.000 đồng"
    assert formats.money_text(0) == "0 đồng"


def test_a_share_of_nothing_is_no_number():
    assert formats.percent_text(1742, 1826) == "95,4%"
    assert formats.percent_text(0, 0) == formats.NOTHING


@pytest.mark.parametrize(
    "write",
    [
        formats.date_text,
        formats.moment_text,
        formats.datetime_text,
        formats.weekday_text,
        formats.number_text,
        formats.money_text,
    ],
)
def test_what_is_unknown_is_a_dash(write):
    assert write(None) == formats.NOTHING


@pytest.mark.parametrize(
    ("shift", "options", "tone", "text"),
    [
        (timedelta(days=-3), {}, "late", "Quá hạn 3 ngày"),
        (timedelta(days=-3), {"working_days": 1}, "late", "Quá hạn 1 ngày làm việc"),
        (timedelta(hours=-1), {}, "today", "Hẹn trả hôm nay, 11:00"),
        (timedelta(hours=4), {}, "today", "Hẹn trả hôm nay, 16:00"),
        (timedelta(days=2), {}, "soon", "Còn 2 ngày"),
        (timedelta(days=4), {"working_days": 2}, "soon", "Còn 2 ngày làm việc"),
        (timedelta(days=9), {}, "ok", "Còn 9 ngày"),
        (timedelta(days=9), {"paused": True}, "still", "Tạm dừng tính hạn"),
        (timedelta(days=1), {"finished_at": NOON}, "done", "Xong trước hạn"),
        (timedelta(hours=-1), {"finished_at": NOON}, "done", "Xong đúng hạn"),
        (timedelta(days=-2), {"finished_at": NOON}, "late", "Xong, trễ hạn 2 ngày"),
    ],
)
def test_a_due_date_says_how_it_stands_judged_by_its_day(shift, options, tone, text):
    said = formats.due(NOON + shift, NOON, **options)
    assert (said.tone, said.text) == (tone, text)


def test_no_due_date_says_so():
    assert formats.due(None, NOON).text == "Chưa có hẹn trả"


@pytest.mark.parametrize(
    "written", ["03/04/2022", "3/4/2022", "03-04-2022", "03042022", "2022-04-03"]
)
def test_a_day_typed_is_read_day_first(written):
    assert DateField().clean(written) == date(2022, 4, 3)
    assert day_of(written) == date(2022, 4, 3)
