"""The fold over a dossier's clock events: laps of a limit, the waits in them, the promises made.

A lap keeps its end as a position in its own measure (day units, ticks or days of the calendar), so
that a wait adds what was waited and nothing is rounded on the way. Not for the rooms: they ask
`motcua.rules.deadline`.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum

from motcua.rules.clock import (
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
    Restarted,
    Resumed,
    Stopped,
)
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ONE_DAY, TICKS_A_MINUTE, WorkCalendar

SUPPLEMENT = "supplement"
"""The ground whose pause ends when what was missing has come in full."""


class Measure(Enum):
    """What positions of a lap are in."""

    DAYS = "day units of the calendar"
    TICKS = "ticks of counted time"
    DATES = "ordinals of days"


Wait = tuple[datetime, datetime, str]
"""The clock stood still from, until, on a ground."""


Extent = tuple[Measure, datetime, str, int | None, bool]
"""Of a limit: its measure, when counting begins and why not at once, the position where it ends (none:
nowhere), and whether it lasts until the end of that day, or of the next working day."""


@dataclass(slots=True)
class Promise:
    """A new date, as it was given; once moved by a wait, a position."""

    at: datetime
    by_law: bool
    position: int | None = None


@dataclass(slots=True)
class Lap:
    """One run of a limit, from its beginning to a restart or to the end.

    `position` is that of a moment in the calendar's zone, in the lap's measure. `begins` is when counting
    begins (`late_why`: why not at once). `end` is the position where the limit ends; `whole_day`: it lasts
    until the end of the day it falls on, or of the next working day.
    """

    calendar: WorkCalendar
    measure: Measure
    position: Callable[[datetime], int]
    begun: datetime
    begins: datetime
    late_why: str
    end: int | None
    whole_day: bool
    restarted: str
    waits: tuple[Wait, ...] = ()
    promises: tuple[Promise, ...] = ()

    def waited(self, since: datetime, until: datetime) -> int:
        """What a wait adds; what was waited before counting began adds nothing."""
        if since < self.begins:
            if until <= self.begins:
                return 0
            since = self.begins
        return self.position(until) - self.position(since)

    def wait(self, since: datetime, until: datetime, ground: str) -> None:
        added = self.waited(since, until)
        if added and self.end is not None:
            self.end += added
        for promise in self.promises if added else ():
            before = self.position(promise.at) if promise.position is None else promise.position
            promise.position = before + added
        self.waits += ((since, until, ground),)

    def shown(self, position: int, whole_day: bool) -> datetime:
        """The moment of a position, as it is promised."""
        return shown(self.calendar, self.measure, position, whole_day, self.begun)

    def ends_at(self) -> datetime | None:
        """Where the limit ends, as it is shown."""
        return None if self.end is None else self.shown(self.end, self.whole_day)

    def promised(self, promise: Promise) -> datetime:
        """The moment of a promise, moved by the waits since."""
        return promise.at if promise.position is None else self.shown(promise.position, False)


@dataclass(slots=True)
class Clock:
    """The fold's state: laps run so far, and the pauses open now (overlapping ones count once)."""

    calendar: WorkCalendar
    policy: Policy
    laps: list[Lap] = field(default_factory=list)
    limit: Limit | None = None
    pauses: list[str] = field(default_factory=list)
    since: datetime | None = None
    ended: bool = False

    def take(self, event: ClockEvent, at: datetime) -> None:
        """One event, at its moment in the calendar's zone; what changes nothing (a transfer, another
        calendar) is let pass."""
        kind = type(event)
        if kind is Paused:
            self.pause(at, event.ground)  # type: ignore[union-attr]
        elif kind is Resumed:
            self.resume(at, event.ground)  # type: ignore[union-attr]
        elif kind is Accepted:
            self.begin(at, event.limit, "")  # type: ignore[union-attr]
        elif kind is Restarted:
            self.complete(at, self.limit or NO_LIMIT, SUPPLEMENT)
        elif kind is Relimited:
            self.complete(at, event.limit, "other_limit")  # type: ignore[union-attr]
        elif kind is Extended:
            self.bank(at)
            until = self.calendar.local(event.until)  # type: ignore[union-attr]
            self.laps[-1].promises += (Promise(until, event.by_law),)  # type: ignore[union-attr]
        elif kind is Closed or kind is Stopped:
            self.bank(at)
            self.pauses, self.since, self.ended = [], None, True
        elif kind is Reopened:
            self.ended = False

    def begin(self, at: datetime, limit: Limit, restarted: str) -> None:
        self.limit = limit
        self.laps.append(lap(self.calendar, self.policy, at, limit.unit, limit.ratio, restarted))

    def complete(self, at: datetime, limit: Limit, restarted: str) -> None:
        """What was missing has come: its pause ends, and a limit begins."""
        self.bank(at)
        self.go_on(at)
        self.begin(at, limit, restarted)

    def go_on(self, at: datetime, ground: str = SUPPLEMENT) -> None:
        """`resume`, where the pause may have been over, or before the beginning."""
        if ground in self.pauses or (not ground and self.pauses):
            self.resume(at, ground)

    def pause(self, at: datetime, ground: str) -> None:
        if ground in self.pauses:
            raise Refusal("time.pause_open_twice", {"ground": ground, "at": at})
        if self.since is None:
            self.since = at
        self.pauses.append(ground)

    def resume(self, at: datetime, ground: str) -> None:
        if not self.pauses or (ground and ground not in self.pauses):
            raise Refusal("time.nothing_to_resume", {"at": at})
        ended = ground or self.pauses[-1]
        if ended == self.pauses[0]:
            self.bank(at)
        self.pauses.remove(ended)
        if not self.pauses:
            self.since = None

    def bank(self, at: datetime) -> None:
        """Count what was waited until now, on the ground that has been open longest."""
        if self.since is not None and self.since < at:
            self.laps[-1].wait(self.since, at, self.pauses[0])
            self.since = at


def run(events: Iterable[ClockEvent], clock: Clock) -> Clock:
    """The clock after the events. Raises the refusals named in rules.deadline.settle."""
    last: datetime | None = None
    calendar = clock.calendar
    for event in events:
        if clock.ended and type(event) is not Reopened:
            continue
        at = event.at
        if at.tzinfo is not calendar.zone:
            at = calendar.local(at)
        if last is not None and at < last:
            raise Refusal("time.event_out_of_order", {"at": at, "last": last})
        if (type(event) is Accepted) is bool(clock.laps):
            if clock.laps:
                raise Refusal("time.accepted_twice", {"at": at})
            raise Refusal("time.first_not_accepted")
        clock.take(event, at)
        last = at
    return clock


def lap(
    calendar: WorkCalendar,
    policy: Policy,
    at: datetime,
    unit: LimitUnit,
    ratio: tuple[int, int],
    restarted: str,
) -> Lap:
    """A limit that begins at `at`, and where it ends when nothing interrupts it."""
    measure, begins, late_why, end, whole_day = extent(calendar, policy, at, unit, ratio)
    position: Callable[[datetime], int] = date.toordinal
    if measure is Measure.DAYS:
        position = calendar.day_position
    elif measure is Measure.TICKS:
        position = calendar.tick_position
    return Lap(calendar, measure, position, at, begins, late_why, end, whole_day, restarted)


def extent(
    calendar: WorkCalendar, policy: Policy, at: datetime, unit: LimitUnit, ratio: tuple[int, int]
) -> Extent:
    """How far a limit reaches that begins at `at`, in the calendar's zone."""
    amount, parts = ratio
    if unit is LimitUnit.WORKING_DAY:
        begins, late_why = at, ""
        if policy.count_from_next_day:
            begins, late_why = calendar.midnight(at.date() + ONE_DAY), "first_day"
        end = calendar.day_position(begins) - (-amount * calendar.day_units // parts)
        return Measure.DAYS, begins, late_why, end, policy.count_from_next_day
    if unit is LimitUnit.WORKING_HOUR:
        end = calendar.tick_position(at) - (-amount * 60 * TICKS_A_MINUTE // parts)
        return Measure.TICKS, at, "", end, False
    if unit is LimitUnit.SAME_DAY:
        begins, late_why = at, ""
        if too_late(at, calendar, policy.cutoff):
            begins, late_why = calendar.midnight(at.date() + ONE_DAY), "after_cutoff"
        end = calendar.tick_position(calendar.closing(begins.date()))
        return Measure.TICKS, begins, late_why, end, False
    if unit is LimitUnit.CALENDAR_DAY:
        return Measure.DATES, at, "", at.toordinal() - (-amount // parts), True
    if unit is LimitUnit.MONTH:
        return Measure.DATES, at, "", _months_later(at, amount).toordinal(), True
    return Measure.TICKS, at, "", None, False


def shown(
    calendar: WorkCalendar, measure: Measure, position: int, whole_day: bool, near: datetime
) -> datetime:
    """The moment of a position, as it is promised."""
    if measure is Measure.DAYS:
        at = calendar.at_day_position(position, near)
        return calendar.closing(at) if whole_day else at
    if measure is Measure.TICKS:
        return calendar.at_tick_position(position, near)
    return calendar.closing(date.fromordinal(position))


def too_late(at: datetime, calendar: WorkCalendar, cutoff: time) -> bool:
    """Whether the working day is too far gone: at or after the cutoff, or after the last session."""
    local = calendar.local(at)
    sessions = calendar.sessions(local.date())
    return local.time() >= cutoff or (bool(sessions) and local >= sessions[-1][1])


def _months_later(on: date, months: int) -> date:
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))
