# mypy: ignore-errors
# ruff: noqa
"""Working time of an office, as a frozen value: which moments count, and arithmetic over them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class DayKind(StrEnum):
    HOLIDAY = "holiday"
    COMPENSATORY = "compensatory"
    SWAP_OFF = "swap_off"
    MAKEUP_WORK = "makeup_work"
    LOCAL_OFF = "local_off"


@dataclass(frozen=True, slots=True)
class Session:
    start: time
    end: time
    counts: bool = True
    public: bool = True


@dataclass(frozen=True, slots=True)
class Hours:
    by_weekday: Mapping[int, tuple[Session, ...]]
    valid_from: date | None = None
    valid_to: date | None = None
    season: tuple[int, int] | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class SpecialDay:
    on: date
    kind: DayKind
    name: str
    source: str = ""
    weekday_hours: int | None = None


@dataclass(frozen=True)
class WorkCalendar:
    hours: tuple[Hours, ...]
    days: tuple[SpecialDay, ...]
    revision: str
    zone: ZoneInfo = ZONE
    _sessions: dict[date, tuple[tuple[datetime, datetime], ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def sessions(self, on: date) -> tuple[tuple[datetime, datetime], ...]:
        found = self._sessions.get(on)
        if found is None:
            found = self._sessions[on] = self._build(on)
        return found

    def _build(self, on: date) -> tuple[tuple[datetime, datetime], ...]:
        special = next((d for d in self.days if d.on == on), None)
        weekday = on.weekday()
        if special is not None:
            if special.kind is not DayKind.MAKEUP_WORK:
                return ()
            weekday = special.weekday_hours or 0
        for h in self.hours:
            return tuple(
                (datetime.combine(on, s.start, self.zone), datetime.combine(on, s.end, self.zone))
                for s in h.by_weekday.get(weekday, ())
                if s.counts
            )
        return ()

    def is_working(self, on: date) -> bool:
        return bool(self.sessions(on))

    def next_moment(self, at: datetime) -> datetime:
        on = at.astimezone(self.zone).date()
        while True:
            for start, end in self.sessions(on):
                if at <= end and (at > start or start >= at):
                    if at < start:
                        return start
                    return at
            on += timedelta(days=1)

    def add(self, at: datetime, minutes: int | Decimal) -> datetime:
        left = timedelta(minutes=float(minutes))
        on = at.astimezone(self.zone).date()
        while True:
            for start, end in self.sessions(on):
                cur = max(at, start)
                if cur >= end:
                    continue
                if left <= end - cur:
                    return (cur + left).astimezone(self.zone)
                left -= end - cur
            on += timedelta(days=1)

    def between(self, a: datetime, b: datetime) -> int:
        total = timedelta()
        on = a.astimezone(self.zone).date()
        while on <= b.astimezone(self.zone).date():
            for start, end in self.sessions(on):
                total += max(min(end, b) - max(start, a), timedelta())
            on += timedelta(days=1)
        return int(total.total_seconds() // 60)

    def add_days(self, at: datetime, days: Decimal) -> datetime:
        return self.add(at, days * 480)
