"""workalendar: add_working_days with made-up days; it knows days, not how long they are."""

from __future__ import annotations

from datetime import date, timedelta

from _protocol import NotExpressible, Run, counted_week, days_off, made_up, serve
from workalendar.core import Calendar


def due(run: Run) -> date:
    """The day the library gives, from the days off of the case."""
    if run.unit == "working_hour":
        raise NotExpressible("giờ làm việc")
    if run.unit == "month":
        raise NotExpressible("tháng")

    class Office(Calendar):  # type: ignore[misc]
        WEEKEND_DAYS = tuple(set(range(7)) - set(counted_week(run)))

        def holidays(self, year: int | None = None) -> list[tuple[date, str]]:
            return [(on, "nghỉ") for on in days_off(run) if on.year == year]

    office, extra = Office(), made_up(run)
    on: date = run.at.date()
    if run.unit == "calendar_day":
        on += timedelta(days=run.whole)
        if office.is_working_day(on, extra_working_days=extra):
            return on
        return office.add_working_days(on, 1, extra_working_days=extra)  # type: ignore[no-any-return]
    return office.add_working_days(on, run.whole, extra_working_days=extra)  # type: ignore[no-any-return]


if __name__ == "__main__":
    serve("workalendar", due)
