"""A due date told as segments of time: what counted, what was skipped and why, what was waited for.

Not for the rooms: they ask `motcua.rules.deadline.explain`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from motcua.rules.clock import Limit, Policy
from motcua.rules.laps import Lap, Measure
from motcua.rules.worktime import ONE_DAY, TICKS_A_MINUTE, Run, WorkCalendar

_PLACES = 4


class SegmentKind(StrEnum):
    """What a stretch of time did to the due date."""

    COUNTED = "counted"
    SKIPPED = "skipped"
    PAUSED = "paused"
    EXTENDED = "extended"
    RESTARTED = "restarted"


class Segment(NamedTuple):
    """A stretch of time from `start` to `end`; a restart is a point.

    `minutes` is the office time in it; `days` are office days (calendar days for limits in calendar
    days and months), to four places. `reason` is a code: counted: office_time, makeup_work,
    weekend_hours, calendar_time; skipped: weekly_rest, public_only, a DayKind, outside_hours, first_day,
    after_cutoff, rest_of_last_day, last_day_off; paused: the ground; extended: by_law, apology;
    restarted: supplement, other_limit. `name` is the name of the day, `source` what the reason rests on.
    """

    start: datetime
    end: datetime
    kind: SegmentKind
    minutes: int
    days: Decimal
    reason: str
    name: str = ""
    source: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            **self._asdict(),
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "kind": self.kind.value,
            "days": f"{self.days.normalize():f}",
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """A due date and all it was made of. `limit` is that of the last lap; `policy_id` names the rule set
    and the readings; `revision` the calendar's. No segments: nothing is due."""

    due_at: datetime | None
    judged_at: datetime | None
    limit: Limit | None
    policy_id: str
    revision: str
    undecreed_from: int | None
    segments: tuple[Segment, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values: moments in ISO 8601 with their offset, days as decimal text."""
        return {
            "due_at": self.due_at and self.due_at.isoformat(),
            "judged_at": self.judged_at and self.judged_at.isoformat(),
            "limit": self.limit and self.limit.to_json(),
            "rule_set": self.policy_id,
            "calendar_revision": self.revision,
            "undecreed_from": self.undecreed_from,
            "segments": [segment.to_json() for segment in self.segments],
        }


def told(laps: list[Lap], policy: Policy) -> tuple[Segment, ...]:
    """The laps of a clock as segments, from the first beginning to what is due in the last."""
    segments: list[Segment] = []
    for lap, following in pairwise(laps):
        teller = _Teller(lap, policy, segments)
        for since, until, ground in lap.waits:
            teller.run_to(since)
            teller.put(until, SegmentKind.PAUSED, ground)
        teller.run_to(following.begun)
        teller.put(following.begun, SegmentKind.RESTARTED, following.restarted)
    _tell_last(laps[-1], policy, segments)
    return tuple(segments)


def _tell_last(lap: Lap, policy: Policy, segments: list[Segment]) -> None:
    teller = _Teller(lap, policy, segments)
    if lap.end is not None:
        end = lap.end - sum(lap.waited(since, until) for since, until, _ in lap.waits)
        finished = False
        for since, until, ground in lap.waits:
            if not finished and not teller.is_before(since, end):
                teller.finish(end)
                finished = True
            end += lap.waited(since, until)
            shown = lap.shown(end, lap.whole_day)
            if finished:
                teller.put(shown, SegmentKind.PAUSED, ground)
            else:
                teller.run_to(since)
                teller.put(min(until, shown), SegmentKind.PAUSED, ground)
        if not finished:
            teller.finish(end)
    for promise in lap.promises:
        reason = "by_law" if promise.by_law else "apology"
        teller.put(lap.promised(promise), SegmentKind.EXTENDED, reason)


class _Teller:
    """Lays segments end to end; `at` is how far they reach, `ticks` and `days` are its positions."""

    __slots__ = ("at", "by_date", "calendar", "days", "lap", "policy", "segments", "ticks")

    def __init__(self, lap: Lap, policy: Policy, segments: list[Segment]) -> None:
        self.lap, self.policy, self.segments = lap, policy, segments
        self.calendar: WorkCalendar = lap.calendar
        self.by_date = lap.measure is Measure.DATES
        self.at = lap.begun
        self.ticks, self.days = self._positions(self.at)

    def is_before(self, since: datetime, end: int) -> bool:
        """Whether a wait began while the limit was still running."""
        if self.by_date:
            return since.toordinal() <= end and since < self.lap.shown(end, True)
        return since < self.lap.shown(end, False)

    def put(
        self,
        end: datetime,
        kind: SegmentKind,
        reason: str,
        name: str = "",
        source: str = "",
        through: date | None = None,
        positions: tuple[int, int] | None = None,
    ) -> None:
        """A segment from here to `end`, if any time lies between; `through` is its last day, where the
        end is the midnight after it; `positions` are those of the end, where they are known."""
        at = self.at
        if end < at or (end == at and kind is not SegmentKind.RESTARTED):
            return
        ticks, days = positions or self._positions(end)
        minutes = (ticks - self.ticks) // TICKS_A_MINUTE
        counted = (through.toordinal() if through else days) - self.days
        told = Decimal(counted) if self.by_date else _days(counted, self.calendar.day_units)
        source = source or self.policy.sources.get(reason, "")
        self.segments.append(Segment(at, end, kind, minutes, told, reason, name, source))
        self.at, self.ticks, self.days = end, ticks, days

    def run_to(self, end: datetime) -> None:
        """Time in which the clock ran."""
        if self.at < self.lap.begins:
            self.put(min(self.lap.begins, end), SegmentKind.SKIPPED, self.lap.late_why)
        if self.at >= end:
            return
        if self.by_date:
            self.put(end, SegmentKind.COUNTED, "calendar_time")
            return
        for run in self.calendar.runs(self.at, end):
            if run.end <= end:
                self._pass(run, run.end, (run.ticks, run.days))
            else:
                self._pass(run, end, self._positions(end))

    def _pass(self, run: Run, until: datetime, positions: tuple[int, int]) -> None:
        if run.counts and positions[0] == self.ticks:
            self.put(until, SegmentKind.SKIPPED, "outside_hours", positions=positions)
        else:
            kind = SegmentKind.COUNTED if run.counts else SegmentKind.SKIPPED
            self.put(until, kind, run.kind, run.name, run.source, None, positions)

    def finish(self, end: int) -> None:
        """The clock ran until the end of the limit, and the end was moved to what is shown."""
        if not self.by_date:
            self.run_to(self.lap.shown(end, False))
            if self.lap.whole_day:
                self.put(self.calendar.closing(self.at), SegmentKind.SKIPPED, "rest_of_last_day")
            return
        shown = self.lap.shown(end, True)
        nominal = date.fromordinal(end)
        off = self.calendar.why_off(nominal)
        if off is None:
            self.run_to(shown)
            return
        after = self.calendar.midnight(nominal + ONE_DAY)
        self.put(after, SegmentKind.COUNTED, "calendar_time", through=nominal)
        name, source = ("", "") if off == "weekly" else (off.name, off.source)
        self.put(shown, SegmentKind.SKIPPED, "last_day_off", name, source)

    def _positions(self, at: datetime) -> tuple[int, int]:
        ticks, days = self.calendar.positions(at)
        return ticks, at.toordinal() if self.by_date else days


@lru_cache(maxsize=4096)
def _days(counted: int, units: int) -> Decimal:
    return Decimal((counted * 10**_PLACES * 2 + units) // (2 * units)).scaleb(-_PLACES)
