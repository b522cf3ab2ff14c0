"""businesstimedelta: work days by rules, one for each session; it adds hours."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytz
from _protocol import (
    ZONE,
    NotExpressible,
    Run,
    counted_week,
    day_length,
    days_off,
    same_hours,
    serve,
    without_made_up,
)
from businesstimedelta import BusinessTimeDelta, HolidayRule, Rules, WorkDayRule

HANOI = pytz.timezone("Asia/Ho_Chi_Minh")


def due(run: Run) -> datetime:
    """The moment the library gives."""
    if run.unit in ("calendar_day", "month"):
        raise NotExpressible("ngày theo lịch, tháng")
    if run.next_day:
        raise NotExpressible("không tính ngày nhận")
    days: dict[tuple[object, object], list[int]] = {}
    for weekday, sessions in counted_week(run).items():
        for session in sessions:
            days.setdefault(session, []).append(weekday)
    rules = [
        WorkDayRule(start_time=start, end_time=end, working_days=worked, tz=HANOI)
        for (start, end), worked in days.items()
    ]
    off = days_off(run)
    if off:
        rules.append(HolidayRule(off, tz=HANOI))
    length = day_length(same_hours(run)[1]) if run.unit == "working_day" else 1
    span = timedelta(minutes=float(run.amount * length * 60))
    at = HANOI.localize(run.at)
    found = at + BusinessTimeDelta(Rules(rules, tz=HANOI), timedelta=span)
    return without_made_up(run, found.astimezone(ZONE).replace(tzinfo=None))


if __name__ == "__main__":
    serve("businesstimedelta", due)
