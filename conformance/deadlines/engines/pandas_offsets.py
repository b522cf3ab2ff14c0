"""pandas: CustomBusinessHour for hours and whole days of even length, CustomBusinessDay for dates."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
from _protocol import NotExpressible, Run, day_length, days_off, same_hours, serve, without_made_up

NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def due(run: Run) -> datetime:
    """The moment pandas gives."""
    weekdays, sessions = same_hours(run)
    mask = " ".join(NAMES[day] for day in weekdays)
    at, holidays = pd.Timestamp(run.at), days_off(run)
    days = pd.offsets.CustomBusinessDay(weekmask=mask, holidays=holidays)
    closing = pd.Timedelta(hours=sessions[-1][1].hour, minutes=sessions[-1][1].minute)
    if run.unit in ("calendar_day", "month"):
        plain = {"calendar_day": "days", "month": "months"}[run.unit]
        end = at.normalize() + pd.DateOffset(**{plain: run.whole})
        found = days.rollforward(end) + closing
    elif run.unit == "working_day" and run.next_day:
        found = at.normalize() + run.whole * days + closing
    else:
        hours = run.amount * (day_length(sessions) if run.unit == "working_day" else 1)
        if hours % 1:
            raise NotExpressible("số giờ lẻ: CustomBusinessHour chỉ nhận số nguyên")
        offset = pd.offsets.CustomBusinessHour(
            n=int(hours),
            weekmask=mask,
            holidays=holidays,
            start=[s.strftime("%H:%M") for s, _ in sessions],
            end=[e.strftime("%H:%M") for _, e in sessions],
        )
        found = at + offset
    return without_made_up(run, found.to_pydatetime())


if __name__ == "__main__":
    serve("pandas CustomBusinessHour", due)
