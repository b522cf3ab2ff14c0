"""How dates, numbers and money are written in Vietnamese administrative papers and pages.

Pure: plain values in, text out. Aware datetimes are shown in Việt Nam's time (NĐ 30/2020, phụ lục I:
ngày/tháng with two digits; numbers grouped by a point, decimals after a comma).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
NOTHING = "–"
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
SOON = 2
"""How many days before its date a dossier is shown as nearly due."""

Tone = Literal["late", "today", "soon", "ok", "done", "still"]


@dataclass(frozen=True, slots=True)
class Due:
    """What a due date means now: a tone (colour and icon), a sentence, and the date itself."""

    tone: Tone
    text: str
    title: str


def local(value: datetime) -> datetime:
    """The instant in Việt Nam's time; a naive value is taken as already local."""
    return value.astimezone(LOCAL) if value.tzinfo else value


def day(value: date | datetime) -> date:
    """The calendar day in Việt Nam's time."""
    return local(value).date() if isinstance(value, datetime) else value


def date_text(value: date | datetime | None) -> str:
    """21/11/2022."""
    return NOTHING if value is None else f"{day(value):%d/%m/%Y}"


def moment_text(value: datetime | None) -> str:
    """09:05 21/11/2022, for tables."""
    return NOTHING if value is None else f"{local(value):%H:%M %d/%m/%Y}"


def datetime_text(value: datetime | None) -> str:
    """9 giờ 05 phút, ngày 21/11/2022, as receipts say it."""
    if value is None:
        return NOTHING
    at = local(value)
    return f"{at.hour} giờ {at:%M} phút, ngày {at:%d/%m/%Y}"


def weekday_text(value: date | datetime | None) -> str:
    """Thứ Hai, 21/11/2022."""
    return NOTHING if value is None else f"{WEEKDAYS[day(value).weekday()]}, {date_text(value)}"


def number_text(value: int | float | Decimal | None, decimals: int = 0) -> str:
    """1.890 or 12,5."""
    if value is None:
        return NOTHING
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def money_text(value: int | Decimal | None) -> str:
    """50.000 đồng."""
    return NOTHING if value is None else f"{number_text(value)} đồng"


def percent_text(part: int | float, whole: int | float = 1, decimals: int = 1) -> str:
    """95,4%; a share of nothing is no number."""
    return f"{number_text(100 * part / whole, decimals)}%" if whole else NOTHING


def due(
    due_at: datetime | None,
    now: datetime,
    *,
    finished_at: datetime | None = None,
    paused: bool = False,
    working_days: int | None = None,
    what: str = "Hẹn trả",
) -> Due:
    """What to say of a due date. On time is judged by date: the same day is in time.

    `working_days` is how many working days lie between now and the due date, either way, where the
    caller has counted them by the office's calendar; without it the days are calendar days. `what` is
    what falls due.
    """
    if due_at is None:
        return Due("still", "Chưa có hẹn trả", "Chưa có hẹn trả")
    title = f"{what} {datetime_text(due_at)}"
    if finished_at is not None:
        return _finished(day(finished_at), day(due_at), title)
    if paused:
        return Due("still", "Tạm dừng tính hạn", title)
    left = (day(due_at) - day(now)).days
    days = abs(left) if working_days is None else abs(working_days)
    unit = "ngày" if working_days is None else "ngày làm việc"
    if left < 0:
        return Due("late", f"Quá hạn {days} {unit}", title)
    if left == 0:
        return Due("today", f"{what} hôm nay, {local(due_at):%H:%M}", title)
    return Due("soon" if days <= SOON else "ok", f"Còn {days} {unit}", title)


def _finished(done: date, due_on: date, title: str) -> Due:
    if done > due_on:
        return Due("late", f"Xong, trễ hạn {(done - due_on).days} ngày", title)
    return Due("done", "Xong trước hạn" if done < due_on else "Xong đúng hạn", title)
