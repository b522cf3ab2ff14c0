"""Dates and hours in words, as Vietnamese administrative papers write them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


def long_date(on: date) -> str:
    """`ngày 05 tháng 02 năm 2022`: days below 10 and months 1–2 padded (NĐ 30/2020 PL I, mục II.4)."""
    month = f"{on.month:02}" if on.month <= 2 else str(on.month)
    return f"ngày {on.day:02} tháng {month} năm {on.year:04}"


def long_moment(at: datetime) -> str:
    """`09 giờ 30 phút, ngày 05 tháng 02 năm 2022`, in local time; `at` must be aware."""
    local = at.astimezone(LOCAL)
    return f"{local.hour:02} giờ {local.minute:02} phút, {long_date(local.date())}"


def short_date(on: date) -> str:
    """`05/02/2022`, for narrow columns."""
    return f"{on.day:02}/{on.month:02}/{on.year:04}"


def short_moment(at: datetime) -> str:
    """`09:30 05/02/2022` in local time; `at` must be aware."""
    local = at.astimezone(LOCAL)
    return f"{local.hour:02}:{local.minute:02} {short_date(local.date())}"
