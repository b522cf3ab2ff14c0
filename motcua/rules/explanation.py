"""A due date told as segments of time: what counted, what was skipped and why, what was waited for.

Not for the rooms: they ask `motcua.rules.deadline.explain`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import groupby, pairwise

from motcua.rules.laps import Lap, Mark, Measure, Wait
from motcua.rules.worktime import ONE_DAY

_PLACES = Decimal("0.0001")


class SegmentKind(StrEnum):
    """What a stretch of time did to the due date."""

    COUNTED = "counted"
    SKIPPED = "skipped"
    PAUSED = "paused"
    EXTENDED = "extended"
    RESTARTED = "restarted"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of time from `start` to `end`; a restart is a point.

    `minutes` is the office time in it; `days` are office days (calendar days for limits in calendar
    days and months). `reason` is a code: counted: office_time, calendar_time; skipped: weekly_rest, a
    DayKind, outside_hours, first_day, after_cutoff, rest_of_last_day, last_day_off; paused: the
    ground; extended: by_law, apology; restarted: supplement, other_limit. `name` is the name of the
    day off, `source` what the reason rests on.
    """

    start: datetime
    end: datetime
    kind: SegmentKind
    minutes: int
    days: Decimal
    reason: str
    name: str = ""
    source: str = ""


def told(laps: Sequence[Lap]) -> tuple[Segment, ...]:
    """The laps of a clock as segments, from the first beginning to what is due in the last."""
    segments: list[Segment] = []
    for lap, following in pairwise(laps):
        teller = _Teller(lap.measure, lap.begun, segments)
        for wait in lap.waits:
            teller.run_to(wait.since)
            teller.put(wait.until, SegmentKind.PAUSED, wait.ground)
        teller.run_to(following.begun)
        teller.put(following.begun, SegmentKind.RESTARTED, following.restarted)
    _tell_last(laps[-1], segments)
    return tuple(segments)


def _tell_last(lap: Lap, segments: list[Segment]) -> None:
    teller = _Teller(lap.measure, lap.begun, segments)
    end = lap.measure.end(lap.begun)
    if end is not None:
        finished = False
        for wait in lap.waits:
            after = lap.moved(end, wait)
            if not finished and not teller.is_before(wait, end):
                teller.finish(end)
                finished = True
            shown = after.shown(lap.measure.calendar)
            if finished:
                teller.put(shown, SegmentKind.PAUSED, wait.ground)
            else:
                teller.run_to(wait.since)
                teller.put(min(wait.until, shown), SegmentKind.PAUSED, wait.ground)
            end = after
        if not finished:
            teller.finish(end)
    for mark, by_law in lap.promises:
        reason = "by_law" if by_law else "apology"
        teller.put(mark.shown(lap.measure.calendar), SegmentKind.EXTENDED, reason)


@dataclass(slots=True)
class _Teller:
    """Lays segments end to end; `at` is how far they reach."""

    measure: Measure
    begun: datetime
    segments: list[Segment] = field(default_factory=list)
    at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.at = self.begun = self.begun.astimezone(self.measure.calendar.zone)

    def is_before(self, wait: Wait, end: Mark) -> bool:
        """Whether a wait began while the limit was still running."""
        if self.measure.by_date:
            on_time = self.measure.on(wait.since) <= end.at.date()
            return on_time and wait.since < end.shown(self.measure.calendar)
        return wait.since < end.at

    def put(
        self,
        end: datetime,
        kind: SegmentKind,
        reason: str,
        off: tuple[str, str] = ("", ""),
        through: date | None = None,
    ) -> None:
        """A segment from here to `end`, if any time lies between; `through` is its last day, where the
        end is the midnight after it."""
        end = end.astimezone(self.measure.calendar.zone)
        if end < self.at or (end == self.at and kind is not SegmentKind.RESTARTED):
            return
        name, source = off
        source = source or self.measure.policy.sources.get(reason, "")
        minutes = self.measure.calendar.between(self.at, end)
        days = self._days(end, through or end.date())
        self.segments.append(Segment(self.at, end, kind, minutes, days, reason, name, source))
        self.at = end

    def run_to(self, end: datetime) -> None:
        """Time in which the clock ran."""
        begins, why = self.measure.counts_from(self.begun)
        if self.at < begins:
            self.put(min(begins, end), SegmentKind.SKIPPED, why)
        if self.at >= end:
            return
        if self.measure.by_date:
            self.put(end, SegmentKind.COUNTED, "calendar_time")
            return
        for until, reason, off in self._stretches(end):
            if reason != "office_time":
                self.put(until, SegmentKind.SKIPPED, reason, off)
            elif self.measure.calendar.elapsed(self.at, until):
                self.put(until, SegmentKind.COUNTED, reason)
            else:
                self.put(until, SegmentKind.SKIPPED, "outside_hours")

    def finish(self, mark: Mark) -> None:
        """The clock ran until the end of the limit, and the end was moved to what is shown."""
        calendar = self.measure.calendar
        shown = mark.shown(calendar)
        if not self.measure.by_date:
            self.run_to(mark.at)
            self.put(shown, SegmentKind.SKIPPED, "rest_of_last_day")
            return
        if calendar.is_working(mark.at.date()):
            self.run_to(shown)
            return
        nominal = mark.at.date()
        after = self.measure.midnight(nominal + ONE_DAY)
        self.put(after, SegmentKind.COUNTED, "calendar_time", through=nominal)
        self.put(shown, SegmentKind.SKIPPED, "last_day_off", self._kind(nominal)[1])

    def _stretches(self, end: datetime) -> Iterator[tuple[datetime, str, tuple[str, str]]]:
        """Runs of days of one kind from here to `end`: where each ends, the reason, the day off."""
        first, last = self.at.date(), self.measure.on(end)
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        for (reason, off), run in groupby(days, key=self._kind):
            *_, last_of_run = run
            yield min(self.measure.midnight(last_of_run + ONE_DAY), end), reason, off

    def _kind(self, on: date) -> tuple[str, tuple[str, str]]:
        off = self.measure.calendar.why_off(on)
        if off is None:
            return "office_time", ("", "")
        if off == "weekly":
            return "weekly_rest", ("", "")
        return str(off.kind), (off.name, off.source)

    def _days(self, end: datetime, last: date) -> Decimal:
        if self.measure.by_date:
            return Decimal((last - self.at.date()).days)
        days = self.measure.calendar.days_between(self.at, end)
        return (Decimal(days.numerator) / days.denominator).quantize(_PLACES, ROUND_HALF_UP)
