"""holidays: its own Vietnamese days off and made-up days; it knows days, not the time of day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import holidays
from _protocol import NotExpressible, Run, counted_week, days_off, made_up, serve


def due(run: Run) -> date:
    """The day the library gives; its own data, and the office's own days off added to them."""
    if run.unit == "working_hour":
        raise NotExpressible("giờ làm việc")
    if run.unit == "month":
        raise NotExpressible("tháng")
    declared = days_off(run)
    known = holidays.country_holidays("VN") if declared else holidays.HolidayBase()
    known.weekend = set(range(7)) - set(counted_week(run))
    known.update({on: "nghỉ" for on in declared if on not in known})
    on, days = run.at.date(), run.whole
    if run.unit == "calendar_day":
        on, days = on + timedelta(days=days), 0
    found = known.get_nth_working_day(on, days)
    for made in made_up(run):
        if run.at.date() <= made <= found and not known.is_working_day(made):
            raise NotExpressible("ngày làm bù mà thư viện không biết")
    return found.date() if isinstance(found, datetime) else found


if __name__ == "__main__":
    serve("holidays", due)
