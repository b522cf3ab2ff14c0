"""Working time of an office as a frozen value: which moments count, and arithmetic over them.

A calendar keeps, for each year it was asked about, the counted sessions laid end to end with the
counted time before each. Adding, subtracting and measuring are look-ups in those tables, however long
the span is. Moments are aware; sessions are wall-clock times of the calendar's zone.

A session is closed at both ends: 11:30 and 17:30 are still office time, 11:31 is not. A landing on
the seam of two sessions is at the end of the earlier one when going forward (11:30, never 13:30), at
the start of the later one when going back.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import Literal
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

MONDAY = 0
ONE_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_TICK = timedelta.resolution
_NOTHING = timedelta()
_YEARS_AHEAD = 200


class NoWorkingTime(ValueError):
    """The calendar has no office hours where the arithmetic would have to land."""


class DayKind(StrEnum):
    """Why a day differs from its weekday (BLLĐ 2019 Đ111.3, Đ112)."""

    HOLIDAY = "holiday"
    COMPENSATORY = "compensatory"
    SWAP_OFF = "swap_off"
    MAKEUP_WORK = "makeup_work"
    LOCAL_OFF = "local_off"


@dataclass(frozen=True, slots=True)
class Session:
    """Office time from `start` to `end`; `counts` for limits, `public` when the counter is open."""

    start: time
    end: time
    counts: bool = True
    public: bool = True

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError(f"a session must end after it starts: {self.start}–{self.end}")


@dataclass(frozen=True, slots=True)
class Hours:
    """Sessions by weekday (0 is Monday), from `valid_from` to the day before `valid_to`.

    `season` is (month × 100 + day, month × 100 + day), both included; it may wrap the year's end.
    """

    by_weekday: Mapping[int, tuple[Session, ...]]
    valid_from: date | None = None
    valid_to: date | None = None
    season: tuple[int, int] | None = None
    source: str = ""

    def __post_init__(self) -> None:
        for weekday, sessions in self.by_weekday.items():
            ordered = sorted((s for s in sessions if s.counts), key=lambda s: s.start)
            if any(a.end > b.start for a, b in pairwise(ordered)):
                raise ValueError(f"sessions of weekday {weekday} overlap")

    def hold_on(self, on: date) -> bool:
        """Whether these are hours of the day: within validity and season."""
        if on < (self.valid_from or date.min) or (self.valid_to and on >= self.valid_to):
            return False
        if self.season is None:
            return True
        first, last = self.season
        day = on.month * 100 + on.day
        if first <= last:
            return first <= day <= last
        return day >= first or day <= last


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day off, or a day off that is worked; `weekday_hours` is whose hours a made-up day has."""

    on: date
    kind: DayKind
    name: str
    source: str = ""
    weekday_hours: int | None = None


@dataclass(frozen=True, slots=True)
class _Year:
    """The counted sessions of one year. `before` and `opens` are counted time since New Year: before
    each session, and before each working day; `opens` ends with the year's total."""

    starts: list[datetime]
    ends: list[datetime]
    before: list[timedelta]
    opens: list[timedelta]

    @property
    def total(self) -> timedelta:
        return self.opens[-1]

    @property
    def working_days(self) -> int:
        return len(self.opens) - 1

    def counted_until(self, moment: datetime) -> timedelta:
        i = bisect_right(self.starts, moment) - 1
        if i < 0:
            return _NOTHING
        return self.before[i] + min(moment, self.ends[i]) - self.starts[i]

    def day_at(self, moment: datetime) -> tuple[int, int, int]:
        """The office days done before the moment, and of the day going on the ticks done and all."""
        counted = self.counted_until(moment)
        day = bisect_right(self.opens, counted) - 1
        if day == self.working_days:
            return day, 0, 1
        done, length = counted - self.opens[day], self.opens[day + 1] - self.opens[day]
        return day, done // _TICK, length // _TICK

    def first_at(self, counted: timedelta) -> datetime:
        """The earliest moment with so much counted before it (more than nothing)."""
        i = bisect_left(self.before, counted) - 1
        return self.starts[i] + (counted - self.before[i])

    def last_at(self, counted: timedelta) -> datetime:
        """The latest moment with so much counted before it (less than everything)."""
        i = bisect_right(self.before, counted) - 1
        return self.starts[i] + (counted - self.before[i])

    def after_days(self, days: int, parts: int) -> datetime:
        """The earliest moment with `days` out of `parts` office days before it (more than none)."""
        whole = (days - 1) // parts
        length = (self.opens[whole + 1] - self.opens[whole]) // _TICK
        share = -((days - whole * parts) * length // -parts)
        return self.first_at(self.opens[whole] + share * _TICK)


@dataclass(frozen=True)
class WorkCalendar:
    """The working time of one office at one revision of its calendar; equal calendars count equally.

    Where several `hours` hold on a day, seasonal ones go before those of the whole year, then the
    first listed. Of two `days` on one date the one listed later holds.
    """

    hours: tuple[Hours, ...]
    days: tuple[SpecialDay, ...]
    revision: str
    zone: ZoneInfo = ZONE
    _special: dict[date, SpecialDay] = field(init=False, repr=False, compare=False)
    _known: frozenset[int] = field(init=False, repr=False, compare=False)
    _years: dict[int, _Year] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        national = frozenset(d.on.year for d in self.days if d.kind is not DayKind.LOCAL_OFF)
        object.__setattr__(self, "_special", {d.on: d for d in self.days})
        object.__setattr__(self, "_known", national)

    def sessions(self, on: date) -> tuple[tuple[datetime, datetime], ...]:
        """The sessions of a day that count for limits, in order; none on a day off."""
        return tuple(
            (datetime.combine(on, s.start, self.zone), datetime.combine(on, s.end, self.zone))
            for s in self._counted(on)
        )

    def is_working(self, on: date) -> bool:
        """Whether any time of the day counts for limits."""
        return bool(self._counted(on))

    def why_off(self, on: date) -> SpecialDay | Literal["weekly"] | None:
        """Why no time of the day counts: the declared day off, else the weekly rest; none if some does."""
        if self._counted(on):
            return None
        special = self._special.get(on)
        return special if special and special.kind is not DayKind.MAKEUP_WORK else "weekly"

    def covers(self, on: date) -> bool:
        """Whether days off of that year are declared; in other years only weekly rest is known."""
        return on.year in self._known

    def opening(self, on: date) -> datetime:
        """The start of the first session on or after a day."""
        return self._aware(self._opening_from(datetime.combine(on, time.min)))

    def closing(self, on: date) -> datetime:
        """The end of the last session of the first working day on or after a day."""
        first = self.opening(on).date()
        return datetime.combine(first, self._counted(first)[-1].end, self.zone)

    def next_moment(self, at: datetime) -> datetime:
        """The first moment of office time at or after `at`."""
        local = self._local(at)
        if self._inside(local):
            return self._aware(local)
        return self._aware(self._opening_from(local))

    def previous_moment(self, at: datetime) -> datetime:
        """The last moment of office time at or before `at`."""
        local = self._local(at)
        if self._inside(local):
            return self._aware(local)
        year = local.year
        while (i := bisect_left((table := self._year(year, local)).ends, local)) == 0:
            year -= 1
        return self._aware(table.ends[i - 1])

    def add(self, at: datetime, minutes: int | Decimal) -> datetime:
        """The moment when so many minutes have counted since `at`."""
        return self.advance(at, _span(minutes))

    def subtract(self, at: datetime, minutes: int | Decimal) -> datetime:
        """The latest moment from which so many minutes count until `at`."""
        back = _span(minutes)
        if not back:
            return self.previous_moment(at)
        local = self._local(at)
        year = local.year
        counted = self._year(year, local).counted_until(local) - back
        while counted < _NOTHING:
            year -= 1
            counted += self._year(year, local).total
        return self._aware(self._year(year, local).last_at(counted))

    def advance(self, at: datetime, by: timedelta) -> datetime:
        """`add`, with the exact span that `elapsed` measures."""
        if by <= _NOTHING:
            return self.next_moment(at)
        local = self._local(at)
        year = local.year
        counted = self._year(year, local).counted_until(local) + by
        while counted > (total := self._year(year, local).total):
            counted -= total
            year += 1
        return self._aware(self._year(year, local).first_at(counted))

    def elapsed(self, a: datetime, b: datetime) -> timedelta:
        """The time counted from `a` to `b`; negative when `b` is before `a`."""
        if b < a:
            return -self.elapsed(b, a)
        a, b = self._local(a), self._local(b)
        whole = sum((self._year(y).total for y in range(a.year, b.year)), _NOTHING)
        return whole + self._year(b.year).counted_until(b) - self._year(a.year).counted_until(a)

    def between(self, a: datetime, b: datetime) -> int:
        """The whole minutes counted from `a` to `b`; negative when `b` is before `a`."""
        elapsed = self.elapsed(a, b)
        return elapsed // _MINUTE if elapsed >= _NOTHING else -(-elapsed // _MINUTE)

    def add_days(self, at: datetime, days: Decimal | Fraction | int) -> datetime:
        """The moment `days` office days after `at`, each day counted pro rata of its own length.

        Where all days are equally long, whole days later is the same clock time, however long they are.
        """
        if days <= 0:
            return self.next_moment(at)
        local = self._local(at)
        year = local.year
        added, parts = days.as_integer_ratio()
        day, done, length = self._year(year, local).day_at(local)
        counted, parts = (day * length + done) * parts + added * length, parts * length
        while counted > (in_year := self._year(year, local).working_days * parts):
            counted -= in_year
            year += 1
        return self._aware(self._year(year, local).after_days(counted, parts))

    def days_between(self, a: datetime, b: datetime) -> Fraction:
        """The office days counted from `a` to `b` as `add_days` counts them; negative backwards."""
        if b < a:
            return -self.days_between(b, a)
        a, b = self._local(a), self._local(b)
        whole = sum(self._year(y).working_days for y in range(a.year, b.year))
        (m, x, p), (n, y, q) = self._year(a.year).day_at(a), self._year(b.year).day_at(b)
        return Fraction((whole + n - m) * p * q + y * p - x * q, p * q)

    def _counted(self, on: date) -> tuple[Session, ...]:
        special = self._special.get(on)
        weekday = on.weekday()
        if special is not None:
            if special.kind is not DayKind.MAKEUP_WORK:
                return ()
            weekday = MONDAY if special.weekday_hours is None else special.weekday_hours
        holding = [hours for hours in self.hours if hours.hold_on(on)]
        hours = min(holding, key=lambda h: h.season is None, default=None)
        if hours is None:
            return ()
        sessions = (s for s in hours.by_weekday.get(weekday, ()) if s.counts)
        return tuple(sorted(sessions, key=lambda s: s.start))

    def _year(self, year: int, asked: datetime | None = None) -> _Year:
        """The table of a year, built when first asked for; refused far from the moment asked about."""
        table = self._years.get(year)
        if table is None:
            too_far = asked is not None and abs(year - asked.year) > _YEARS_AHEAD
            if too_far or not date.min.year <= year <= date.max.year:
                raise NoWorkingTime(f"no office hours within reach of {asked} ({self.revision})")
            table = self._years[year] = self._laid(year)
        return table

    def _laid(self, year: int) -> _Year:
        table = _Year([], [], [], [_NOTHING])
        counted = _NOTHING
        for ordinal in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1):
            on = date.fromordinal(ordinal)
            sessions = self._counted(on)
            for session in sessions:
                start, end = (datetime.combine(on, t) for t in (session.start, session.end))
                table.starts.append(start)
                table.ends.append(end)
                table.before.append(counted)
                counted += end - start
            if sessions:
                table.opens.append(counted)
        return table

    def _inside(self, local: datetime) -> bool:
        table = self._year(local.year)
        i = bisect_right(table.starts, local) - 1
        return i >= 0 and local <= table.ends[i]

    def _opening_from(self, local: datetime) -> datetime:
        year = local.year
        while True:
            table = self._year(year, local)
            i = bisect_left(table.starts, local)
            if i < len(table.starts):
                return table.starts[i]
            year += 1

    def _local(self, at: datetime) -> datetime:
        if at.tzinfo is None:
            raise ValueError(f"a moment without a zone: {at}")
        return at.astimezone(self.zone).replace(tzinfo=None)

    def _aware(self, local: datetime) -> datetime:
        return local.replace(tzinfo=self.zone)


def _span(minutes: int | Decimal) -> timedelta:
    ticks = Fraction(minutes) * (_MINUTE // _TICK)
    if ticks < 0:
        raise ValueError("minutes to add or subtract must not be negative")
    return ceil(ticks) * _TICK
