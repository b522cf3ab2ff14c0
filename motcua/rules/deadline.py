"""Due dates: a fold over the events of a dossier's clock, under a dated policy.

`settle` gives the dates, `explain` says why they are what they are; both run the same fold. A date
is never stored without its events, and no client sets one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from motcua.rules.clock import (
    CUTOFF,
    NEXT_DAY,
    NO_LIMIT,
    Accepted,
    ClockEvent,
    Closed,
    Extended,
    Limit,
    LimitUnit,
    Paused,
    Policy,
    Relimited,
    Resettled,
    Restarted,
    Resumed,
    Stopped,
    SupplementReading,
    Transferred,
    event_from_json,
    event_to_json,
    reading,
    resumption,
)
from motcua.rules.explanation import Segment, SegmentKind, told
from motcua.rules.laps import run, too_late
from motcua.rules.worktime import ONE_DAY, ZONE, WorkCalendar

__all__ = [
    "CUTOFF",
    "NEXT_DAY",
    "NO_LIMIT",
    "THREE_DAYS",
    "Accepted",
    "ClockEvent",
    "Closed",
    "Extended",
    "Limit",
    "LimitUnit",
    "Paused",
    "Policy",
    "Punctuality",
    "Relimited",
    "Resettled",
    "Restarted",
    "Resumed",
    "Segment",
    "SegmentKind",
    "Settled",
    "Stopped",
    "SupplementReading",
    "Transferred",
    "classify",
    "event_from_json",
    "event_to_json",
    "explain",
    "is_late",
    "reading",
    "resumption",
    "settle",
    "step_due",
    "transfer_by",
]

THREE_DAYS = Decimal(3)
"""Within so many working days of acceptance a supplement may be asked for (NĐ 61/2018 Đ19.4)."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The dates as they stand. `due_at` is what is promised now; `judged_at` is what lateness is judged
    by, which an apology does not move. While the clock stands still both keep their last value."""

    due_at: datetime | None
    judged_at: datetime | None
    running: bool
    paused_since: datetime | None


def settle(events: Sequence[ClockEvent], calendar: WorkCalendar, policy: Policy) -> Settled:
    """The dates a dossier's events give. Events are in the order of time, Accepted first.

    What comes after Closed or Stopped moves nothing. Raises ValueError for events that cannot follow
    one another.
    """
    clock = run(events, calendar, policy)
    if not clock.laps:
        return Settled(None, None, False, None)
    lap = clock.laps[-1]
    return Settled(
        due_at=lap.latest(by_law_only=False),
        judged_at=lap.latest(by_law_only=True),
        running=not clock.ended and clock.since is None,
        paused_since=clock.since,
    )


def explain(
    events: Sequence[ClockEvent], calendar: WorkCalendar, policy: Policy
) -> tuple[Segment, ...]:
    """Why `settle` gives its `due_at`: segments without a gap from acceptance to that moment.

    What is counted after the last restart adds up to the limit. None when nothing is due, or at once.
    """
    clock = run(events, calendar, policy)
    if not clock.laps or clock.laps[-1].latest(by_law_only=False) is None:
        return ()
    return told(clock.laps)


class Punctuality(StrEnum):
    """The outcome of a finished dossier (TT 01/2018 Mẫu 05)."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


def classify(finished_on: date, judged_on: date | None) -> Punctuality:
    """Early, on time or late, by date; without a due date always on time."""
    if judged_on is None or finished_on == judged_on:
        return Punctuality.ON_TIME
    return Punctuality.EARLY if finished_on < judged_on else Punctuality.LATE


def is_late(on: date, judged_at: datetime | None, zone: ZoneInfo = ZONE) -> bool:
    """Whether an open dossier is late on a day: only from the day after its date."""
    return judged_at is not None and on > judged_at.astimezone(zone).date()


def step_due(calendar: WorkCalendar, opened_at: datetime, half_days: Decimal) -> datetime:
    """When a step of the internal process is due; its duration is in half office days."""
    return calendar.add_days(opened_at, half_days / 2)


def transfer_by(received_at: datetime, calendar: WorkCalendar, cutoff: time = CUTOFF) -> datetime:
    """When a paper dossier has to be with who settles it (NĐ 61/2018 Đ18.2).

    Received before the cutoff: the same working day; later, or on a day off: the start of the next.
    """
    on = received_at.astimezone(calendar.zone).date()
    if not calendar.is_working(on) or too_late(received_at, calendar, cutoff):
        return calendar.opening(on + ONE_DAY)
    return calendar.closing(on)
