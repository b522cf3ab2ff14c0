"""business-duration measures spans and cannot add: the moment is searched for by halving.

It knows one session a day; the sessions of a day are measured one by one and added up.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from _protocol import NotExpressible, Run, day_length, days_off, same_hours, serve, without_made_up
from business_duration import businessDuration


def due(run: Run) -> datetime:
    """The first minute from which the library measures the limit."""
    if run.unit in ("calendar_day", "month"):
        raise NotExpressible("ngày theo lịch, tháng")
    if run.next_day:
        raise NotExpressible("không tính ngày nhận")
    weekdays, sessions = same_hours(run)
    off: dict[str, Any] = {
        "weekendlist": [day for day in range(7) if day not in weekdays],
        "holidaylist": days_off(run),
    }
    need = float(run.amount * (day_length(sessions) if run.unit == "working_day" else 1) * 60)

    def measured(until: datetime) -> float:
        return sum(
            float(businessDuration(run.at, until, start, end, unit="min", **off))
            for start, end in sessions
        )

    low, high = 0, 1
    while measured(run.at + timedelta(minutes=high)) < need:
        low, high = high, high * 2
        if high > 3 * 366 * 24 * 60:
            raise NotExpressible("khoảng thời gian quá ba năm")
    while high - low > 1:
        middle = (low + high) // 2
        if measured(run.at + timedelta(minutes=middle)) < need:
            low = middle
        else:
            high = middle
    return without_made_up(run, run.at + timedelta(minutes=high))


if __name__ == "__main__":
    serve("business-duration", due)
