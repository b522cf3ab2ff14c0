"""The fold over a dossier's clock events: laps of a limit, the waits in them, the promises made.

Not for the rooms: they ask `motcua.rules.deadline`.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from math import ceil

from motcua.rules.clock import (
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
    Transferred,
)
from motcua.rules.worktime import ONE_DAY, WorkCalendar

_CALENDAR_UNITS = {LimitUnit.CALENDAR_DAY, LimitUnit.MONTH}


@dataclass(frozen=True, slots=True)
class Mark:
    """The end of a limit or a promise. `whole_day`: it lasts until the end of the day it falls on, or
    of the next working day; that roll is shown, never counted on from."""

    at: datetime
    whole_day: bool = False

    def shown(self, calendar: WorkCalendar) -> datetime:
        return calendar.closing(self.at.date()) if self.whole_day else self.at


@dataclass(frozen=True, slots=True)
class Measure:
    """How one limit is counted in one calendar."""

    limit: Limit
    calendar: WorkCalendar
    policy: Policy

    @property
    def by_date(self) -> bool:
        return self.limit.unit in _CALENDAR_UNITS

    def on(self, at: datetime) -> date:
        return at.astimezone(self.calendar.zone).date()

    def midnight(self, on: date) -> datetime:
        return datetime.combine(on, time.min, self.calendar.zone)

    def counts_from(self, at: datetime) -> tuple[datetime, str]:
        """When counting begins, and why it does not begin at once."""
        policy = self.policy
        next_day = self.midnight(self.on(at) + ONE_DAY)
        if self.limit.unit is LimitUnit.WORKING_DAY and policy.count_from_next_day:
            return next_day, "first_day"
        if self.limit.unit is LimitUnit.SAME_DAY and too_late(at, self.calendar, policy.cutoff):
            return next_day, "after_cutoff"
        return at, ""

    def end(self, at: datetime) -> Mark | None:
        """Where the limit ends when it begins at `at` and nothing interrupts it."""
        amount = self.limit.counted
        begins, _ = self.counts_from(at)
        match self.limit.unit:
            case LimitUnit.NONE:
                return None
            case LimitUnit.WORKING_DAY:
                counted = self.calendar.add_days(begins, amount)
                return Mark(counted, self.policy.count_from_next_day)
            case LimitUnit.WORKING_HOUR:
                return Mark(self.calendar.add(at, amount * 60))
            case LimitUnit.SAME_DAY:
                return Mark(self.calendar.closing(self.on(begins)))
            case LimitUnit.CALENDAR_DAY:
                return Mark(self.midnight(self.on(at) + timedelta(days=ceil(amount))), True)
            case LimitUnit.MONTH:
                return Mark(self.midnight(_months_later(self.on(at), int(amount))), True)

    def moved(self, mark: Mark, since: datetime, until: datetime) -> Mark:
        """A mark after a wait, in the measure of the limit: days by date, office days, or minutes."""
        calendar = self.calendar
        if self.by_date:
            waited = self.on(until) - self.on(since)
            return Mark(self.midnight(mark.at.date() + waited), True) if waited else mark
        elapsed = calendar.elapsed(since, until)
        if not elapsed:
            return mark
        if self.limit.unit is LimitUnit.WORKING_DAY:
            at = calendar.add_days(mark.at, calendar.days_between(since, until))
        else:
            at = calendar.advance(mark.at, elapsed)
        return replace(mark, at=at)


@dataclass(frozen=True, slots=True)
class Wait:
    since: datetime
    until: datetime
    ground: str


@dataclass(frozen=True, slots=True)
class Lap:
    """One run of a limit, from its beginning to a restart or to the end."""

    measure: Measure
    begun: datetime
    end: Mark | None
    promises: tuple[tuple[Mark, bool], ...] = ()
    waits: tuple[Wait, ...] = ()
    restarted: str = ""

    def moved(self, mark: Mark, wait: Wait) -> Mark:
        """A mark after a wait; what was waited before counting began moves nothing."""
        begins, _ = self.measure.counts_from(self.begun)
        return self.measure.moved(mark, max(wait.since, begins), max(wait.until, begins))

    def waited(self, wait: Wait) -> Lap:
        return replace(
            self,
            end=self.end and self.moved(self.end, wait),
            promises=tuple((self.moved(mark, wait), by_law) for mark, by_law in self.promises),
            waits=(*self.waits, wait),
        )

    def latest(self, *, by_law_only: bool) -> datetime | None:
        """The latest of the limit's end and the promises (all, or those of the law)."""
        marks = [mark for mark, by_law in self.promises if by_law or not by_law_only]
        if self.end:
            marks.append(self.end)
        return max((mark.shown(self.measure.calendar) for mark in marks), default=None)


@dataclass(slots=True)
class Clock:
    """The fold's state: laps run so far, and the pauses open now (overlapping ones count once)."""

    calendar: WorkCalendar
    policy: Policy
    laps: list[Lap] = field(default_factory=list)
    open_pauses: int = 0
    since: datetime | None = None
    ground: str = ""
    ended: bool = False

    def take(self, event: ClockEvent) -> None:
        match event:
            case Accepted():
                self.begin(event.at, event.limit, "")
            case Paused():
                self.pause(event)
            case Resumed():
                self.resume(event.at)
            case Restarted():
                self.begin(event.at, self.laps[-1].measure.limit, "supplement")
            case Relimited():
                self.begin(event.at, event.limit, "other_limit")
            case Extended():
                self.bank(event.at)
                promise = (Mark(event.until.astimezone(self.calendar.zone)), event.by_law)
                lap = self.laps[-1]
                self.laps[-1] = replace(lap, promises=(*lap.promises, promise))
            case Closed() | Stopped():
                self.bank(event.at)
                self.open_pauses, self.since, self.ended = 0, None, True
            case Transferred() | Resettled():
                pass

    def begin(self, at: datetime, limit: Limit, restarted: str) -> None:
        self.bank(at)
        if self.open_pauses:
            self.open_pauses -= 1
            self.since = at if self.open_pauses else None
        measure = Measure(limit, self.calendar, self.policy)
        self.laps.append(Lap(measure, at, measure.end(at), restarted=restarted))

    def pause(self, event: Paused) -> None:
        if self.since is None:
            self.since, self.ground = event.at, event.ground
        self.open_pauses += 1

    def resume(self, at: datetime) -> None:
        if not self.open_pauses:
            raise ValueError(f"nothing to resume at {at}")
        self.open_pauses -= 1
        if not self.open_pauses:
            self.bank(at)
            self.since = None

    def bank(self, at: datetime) -> None:
        """Count what was waited until now; the pause, if it stays open, goes on from here."""
        if self.since is not None and self.since < at:
            self.laps[-1] = self.laps[-1].waited(Wait(self.since, at, self.ground))
            self.since = at


def run(events: Iterable[ClockEvent], calendar: WorkCalendar, policy: Policy) -> Clock:
    """The clock after the events. Raises ValueError for events that cannot follow one another."""
    clock = Clock(calendar, policy)
    last: datetime | None = None
    for event in events:
        if clock.ended:
            break
        if (last is None) != isinstance(event, Accepted) or (last and event.at < last):
            raise ValueError(f"{type(event).__name__} at {event.at} cannot follow {last}")
        clock.take(event)
        last = event.at
    return clock


def _months_later(on: date, months: int) -> date:
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def too_late(at: datetime, calendar: WorkCalendar, cutoff: time) -> bool:
    """Whether the working day is too far gone: at or after the cutoff, or after the last session."""
    local = at.astimezone(calendar.zone)
    sessions = calendar.sessions(local.date())
    return local.time() >= cutoff or (bool(sessions) and local >= sessions[-1][1])
