"""When to warn of a due date: four moments that follow from the date, and which of them is next.

Nothing is counted down. A schedule is computed when a date is settled; whoever asks later, however much
later, learns the one warning that applies then.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from motcua.rules.clock import Accepted, ClockEvent, Relimited, Restarted
from motcua.rules.deadline import Settled
from motcua.rules.worktime import ONE_DAY, WorkCalendar


class Warn(StrEnum):
    """The warnings of one due date, from the mildest to the gravest."""

    USED = "used"
    EVE = "eve"
    DUE = "due"
    LATE = "late"


_TICK = timedelta.resolution
GRAVITY = {"": 0, Warn.USED: 1, Warn.EVE: 2, Warn.DUE: 3, Warn.LATE: 4}
Schedule = tuple[tuple[Warn, datetime], ...]


def begun_at(events: Sequence[ClockEvent]) -> datetime | None:
    """When the limit that runs now began: the acceptance, or the last restart."""
    begins = [e.at for e in events if isinstance(e, Accepted | Restarted | Relimited)]
    return begins[-1] if begins else None


def schedule(due_at: datetime, begun: datetime, calendar: WorkCalendar) -> Schedule:
    """The warnings of a date, in the order of gravity and of time.

    used: four fifths of the office time from the beginning to the date are gone; eve: the working day
    before opens; due: the day itself opens; late: the first working day after opens. One that would not
    come after the beginning, or not before a graver one, is left out.
    """
    on = due_at.astimezone(calendar.zone).date()
    opens = calendar.opening(on)
    day_before = calendar.previous_moment(opens - _TICK).date()
    moments = (
        (Warn.USED, calendar.advance(begun, calendar.elapsed(begun, due_at) * 4 / 5)),
        (Warn.EVE, calendar.opening(day_before)),
        (Warn.DUE, opens),
        (Warn.LATE, calendar.opening(on + ONE_DAY)),
    )
    ahead = [(kind, at) for kind, at in moments if at > begun]
    return tuple(
        (kind, at)
        for n, (kind, at) in enumerate(ahead)
        if all(at < later for _, later in ahead[n + 1 :])
    )


def next_warning(
    settled: Settled, begun: datetime | None, calendar: WorkCalendar, told: str
) -> tuple[Warn, datetime] | None:
    """The next warning after `told` (the gravest given of this date, or ""), and its moment.

    None without a date, while the clock stands still, when it has ended, and after the last warning.
    """
    if settled.due_at is None or begun is None or not settled.running:
        return None
    return following(schedule(settled.due_at, begun, calendar), told)


def following(warnings: Schedule, told: str) -> tuple[Warn, datetime] | None:
    """The first warning of a schedule that is graver than `told`."""
    return next((w for w in warnings if GRAVITY[w[0]] > GRAVITY[told]), None)


def applicable(warnings: Schedule, told: str, now: datetime) -> Warn | None:
    """The gravest warning whose moment has come and that was not told: after an outage one, not four."""
    come = [kind for kind, at in warnings if at <= now and GRAVITY[kind] > GRAVITY[told]]
    return come[-1] if come else None
