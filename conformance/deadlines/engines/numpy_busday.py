"""numpy: busday_offset; it knows days, not the time of day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
from _protocol import NotExpressible, Run, counted_week, days_off, serve, without_made_up


def due(run: Run) -> date:
    """The day numpy gives."""
    if run.unit == "working_hour":
        raise NotExpressible("giờ làm việc")
    if run.unit == "month":
        raise NotExpressible("tháng")
    week = counted_week(run)
    mask = [day in week for day in range(7)]
    on, off = run.at.date(), days_off(run)
    if run.unit == "calendar_day":
        found = np.busday_offset(
            on + timedelta(days=run.whole), 0, "forward", weekmask=mask, holidays=off
        )
    else:
        found = np.busday_offset(on, run.whole, "backward", weekmask=mask, holidays=off)
    return without_made_up(run, datetime.combine(found.item(), datetime.min.time())).date()


if __name__ == "__main__":
    serve("numpy busday_offset", due)
