"""Due dates: a fold over the events of a dossier's clock, under a dated policy.

`settle` gives the dates, `explain` says why they are what they are; both run the same fold. A date
is never stored without its events, and no client sets one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple
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
    Reopened,
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
from motcua.rules.explanation import Explanation, Segment, SegmentKind, told
from motcua.rules.laps import Clock, extent, lap, run, shown, too_late
from motcua.rules.pauses import open_pauses
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ONE_DAY, ZONE, WorkCalendar

__all__ = [
    "ANSWER_HOURS",
    "CUTOFF",
    "NEXT_DAY",
    "NO_LIMIT",
    "THREE_DAYS",
    "Accepted",
    "ClockEvent",
    "Closed",
    "Explanation",
    "Extended",
    "Limit",
    "LimitUnit",
    "Paused",
    "Policy",
    "Punctuality",
    "Relimited",
    "Reopened",
    "Resettled",
    "Restarted",
    "Resumed",
    "Segment",
    "SegmentKind",
    "Settled",
    "Stopped",
    "SupplementReading",
    "Transferred",
    "answer_by",
    "classify",
    "event_from_json",
    "event_to_json",
    "explain",
    "final",
    "is_late",
    "reading",
    "resumption",
    "settle",
    "step_due",
    "transfer_by",
]

THREE_DAYS = Decimal(3)
"""Within so many working days of acceptance a supplement may be asked for (NĐ 61/2018 Đ19.4)."""
ANSWER_HOURS = Decimal(8)
"""Within so many working hours a desk answers what was filed online; practice, not law: configuration."""


class Settled(NamedTuple):
    """The dates as they stand. `due_at` is what is promised now; `judged_at` is what lateness is judged
    by, which an apology does not move. While the clock stands still both are as the last event left
    them: what is being waited is not in them yet.
    `undecreed_from` is the first year on the way whose days off are not declared yet: when they are, the
    dates are settled anew."""

    due_at: datetime | None
    judged_at: datetime | None
    running: bool
    paused_since: datetime | None
    undecreed_from: int | None = None


def settle(events: Sequence[ClockEvent], calendar: WorkCalendar, policy: Policy) -> Settled:
    """The dates a dossier's events give. Events are in the order of time, Accepted first.

    What comes after Closed or Stopped moves nothing, unless the dossier was reopened. Raises
    time.naive_moment, time.event_out_of_order, time.first_not_accepted, time.accepted_twice,
    time.pause_open_twice, time.nothing_to_resume, and what the calendar refuses
    (rules.worktime.WorkCalendar).
    """
    if len(events) == 1 and type(events[0]) is Accepted:
        return _uninterrupted(events[0].at, events[0].limit, calendar, policy)
    return _settled(run(events, Clock(calendar, policy)))


def _uninterrupted(at: datetime, limit: Limit, calendar: WorkCalendar, policy: Policy) -> Settled:
    """The fold of an acceptance alone: by far the most frequent, at every intake and preview."""
    if at.tzinfo is not calendar.zone:
        at = calendar.local(at)
    if limit.unit is LimitUnit.WORKING_DAY and not policy.count_from_next_day:
        due = calendar.after_days(at, *limit.ratio)
    else:
        measure, _, _, end, whole_day = extent(calendar, policy, at, limit.unit, limit.ratio)
        if end is None:
            return Settled(None, None, True, None)
        due = shown(calendar, measure, end, whole_day, at)
    return Settled(due, due, True, None, calendar.undecreed_from(at, due))


def final(events: Sequence[ClockEvent], calendar: WorkCalendar, policy: Policy) -> Settled:
    """`settle`, where the date has to be the last word. Raises time.pause_never_closed besides."""
    found = settle(events, calendar, policy)
    if found.paused_since is not None:
        raise Refusal("time.pause_never_closed", {"since": found.paused_since})
    return found


def _settled(clock: Clock) -> Settled:
    if not clock.laps:
        return Settled(None, None, False, None)
    lap = clock.laps[-1]
    due = judged = lap.ends_at()
    for promise in lap.promises:
        at = lap.promised(promise)
        due = at if due is None or at > due else due
        if promise.by_law and (judged is None or at > judged):
            judged = at
    undecreed = clock.calendar.undecreed_from(clock.laps[0].begun, due) if due else None
    return Settled(due, judged, not clock.ended and not clock.pauses, clock.since, undecreed)


def explain(events: Sequence[ClockEvent], calendar: WorkCalendar, policy: Policy) -> Explanation:
    """Why `settle` gives its dates: segments without a gap from acceptance to what is due.

    What is counted after the last restart adds up to the limit. Raises what `settle` raises.
    """
    clock = run(events, Clock(calendar, policy))
    settled = _settled(clock)
    return Explanation(
        due_at=settled.due_at,
        judged_at=settled.judged_at,
        limit=clock.limit,
        policy_id=policy.id,
        revision=calendar.revision,
        undecreed_from=settled.undecreed_from,
        segments=told(clock.laps, policy) if settled.due_at else (),
    )


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


def step_due(
    events: Sequence[ClockEvent],
    opened_at: datetime,
    half_days: Decimal,
    calendar: WorkCalendar,
    policy: Policy,
) -> datetime:
    """When a step of the internal process is due: its length in half office days from its opening, moved
    by the waits of the dossier since; a wait that is on when it opens moves it from its opening. `events`
    are the dossier's; a restart begins the step anew too, another limit lets it go on.
    """
    clock = Clock(calendar, replace(policy, count_from_next_day=False))
    opened_at = calendar.local(opened_at)
    length, parts = half_days.as_integer_ratio()
    ratio = (length, parts * 2)

    def begin(at: datetime) -> None:
        clock.laps.append(lap(calendar, clock.policy, at, LimitUnit.WORKING_DAY, ratio, ""))

    begin(opened_at)
    before = [event for event in events if event.at < opened_at]
    for pause in open_pauses(before):
        clock.pause(opened_at, pause.ground)
    for event in events:
        if event.at < opened_at or (clock.ended and not isinstance(event, Reopened)):
            continue
        if isinstance(event, Restarted):
            clock.go_on(event.at)
            begin(calendar.local(event.at))
        elif isinstance(event, Relimited):
            clock.go_on(event.at)
        elif isinstance(event, Resumed):
            clock.go_on(event.at, event.ground)
        elif isinstance(event, Paused | Closed | Stopped | Reopened):
            clock.take(event, calendar.local(event.at))
    due = clock.laps[-1].ends_at()
    if due is None:
        raise ValueError("a step of no length")
    return due


def answer_by(
    submitted_at: datetime, calendar: WorkCalendar, hours: Decimal = ANSWER_HOURS
) -> datetime:
    """Until when a desk accepts or refuses what was filed online."""
    return calendar.add(submitted_at, hours * 60)


def transfer_by(received_at: datetime, calendar: WorkCalendar, cutoff: time = CUTOFF) -> datetime:
    """When a paper dossier has to be with who settles it (NĐ 61/2018 Đ18.2).

    Received before the cutoff: the same working day; later, or on a day off: the start of the next.
    """
    on = calendar.local(received_at).date()
    if not calendar.is_working(on) or too_late(received_at, calendar, cutoff):
        return calendar.opening(on + ONE_DAY)
    return calendar.closing(on)
