"""Working time of an office as a frozen value: which moments count, and arithmetic over them.

A calendar keeps, for each year it was asked about, its working days with what was counted before each.
Two measures run over them. *Day units*: every working day has the same number of units, however long it
is, so that n working days are n office days, pro rata of each day's own minutes. *Ticks*: microseconds
of counted time. A moment has a position in each; adding, subtracting and measuring are whole-number
arithmetic between positions, however long the span is. Moments are aware; sessions are wall-clock times
of the calendar's zone.

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
from itertools import groupby, pairwise
from math import lcm
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from motcua.rules.refusal import Refusal

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

MONDAY, SATURDAY = 0, 5
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1950, 2150
"""Outside of these a moment is a slip of the pen, not a date; it is refused."""
TICKS_A_MINUTE = 60_000_000
_ORIGIN = 2020
"""The year whose first moment has position nothing; all threads count from the same."""


class DayKind(StrEnum):
    """Why a day differs from its weekday (BLLĐ 2019 Đ111.3, Đ112)."""

    HOLIDAY = "holiday"
    COMPENSATORY = "compensatory"
    SWAP_OFF = "swap_off"
    MAKEUP_WORK = "makeup_work"
    LOCAL_OFF = "local_off"


@dataclass(frozen=True, slots=True)
class Session:
    """Office time from `start` to `end`; `counts` for limits, `public` when the counter is open.

    Raises time.session_empty.
    """

    start: time
    end: time
    counts: bool = True
    public: bool = True

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise Refusal("time.session_empty", {"starts": self.start, "ends": self.end})


@dataclass(frozen=True, slots=True)
class Hours:
    """Sessions by weekday (0 is Monday), from `valid_from` to the day before `valid_to`.

    `season` is (month × 100 + day, month × 100 + day), both included; it may wrap the year's end.
    Raises time.sessions_overlap.
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
                raise Refusal("time.sessions_overlap", {"weekday": WEEKDAYS[weekday]})

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
class _Shape:
    """How one working day counts: (start, end, counted before) of each session, in ticks of the day."""

    sessions: tuple[tuple[int, int, int], ...]
    length: int
    scale: int
    """Day units a tick."""

    def done(self, tick: int) -> int:
        """What has counted of the day by a moment of it."""
        counted = 0
        for start, end, before in self.sessions:
            if tick <= start:
                break
            counted = before + (tick if tick < end else end) - start
        return counted

    def first_at(self, midnight: datetime, counted: int) -> datetime:
        """The earliest moment with so much counted of the day (more than nothing)."""
        start, end, before = self.sessions[0]
        for start, end, before in self.sessions:
            if counted <= before + end - start:
                break
        return midnight + timedelta(0, 0, start + counted - before)

    def last_at(self, counted: int) -> int:
        """The latest moment with so much counted of the day (less than all of it)."""
        found = 0
        for start, _, before in self.sessions:
            if counted >= before:
                found = start + counted - before
        return found


class Run(NamedTuple):
    """Days of one kind in a row, from midnight to midnight.

    `kind` is office_time, makeup_work or weekend_hours (`counts`), else weekly_rest, public_only (the
    counter is open, for limits the day does not count) or a DayKind; `name` and `source` are those of
    the declaration. `ticks` and `days` are the positions of its end.
    """

    start: datetime
    end: datetime
    counts: bool
    kind: str
    name: str
    source: str
    ticks: int
    days: int


@dataclass(frozen=True, slots=True)
class _Year:
    """The working days of one year.

    `index`: working days since the origin before each day of the year (and after the last); `days`:
    midnight and shape of each working day; `ticks`: counted since the origin before each, and after.
    """

    first: int
    index: list[int]
    days: list[tuple[datetime, _Shape]]
    ticks: list[int]
    runs: list[Run]
    starts: list[datetime]


@dataclass(frozen=True)
class WorkCalendar:
    """The working time of one office at one revision of its calendar; equal calendars count equally.

    Where several `hours` hold on a day, seasonal ones go before those of the whole year, then the
    first listed. Of two `days` on one date the one listed later holds; one both off and made up is
    refused (time.day_twice). Moments without a zone are refused (time.naive_moment), years outside
    1950–2150 too (time.moment_out_of_range), and arithmetic that finds no office hours to land in
    (time.no_working_time).
    """

    hours: tuple[Hours, ...]
    days: tuple[SpecialDay, ...]
    revision: str
    zone: ZoneInfo = ZONE
    day_units: int = field(init=False, repr=False, compare=False)
    _special: dict[date, SpecialDay] = field(init=False, repr=False, compare=False)
    _known: frozenset[int] = field(init=False, repr=False, compare=False)
    _shapes: dict[tuple[int, int], _Shape] = field(init=False, repr=False, compare=False)
    _years: dict[int, _Year] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        special: dict[date, SpecialDay] = {}
        for day in self.days:
            other = special.get(day.on)
            if other and (other.kind is DayKind.MAKEUP_WORK) != (day.kind is DayKind.MAKEUP_WORK):
                raise Refusal("time.day_twice", {"on": day.on})
            special[day.on] = day
        known = frozenset(d.on.year for d in self.days if d.kind is not DayKind.LOCAL_OFF)
        plain = {
            (n, weekday): counted
            for n, hours in enumerate(self.hours)
            for weekday, sessions in hours.by_weekday.items()
            if (counted := _counted(sessions))
        }
        units = lcm(*(_length(sessions) for sessions in plain.values()))
        shapes = {key: _shape(sessions, units) for key, sessions in plain.items()}
        for name, value in (
            ("_special", special),
            ("_known", known),
            ("_shapes", shapes),
            ("day_units", units),
        ):
            object.__setattr__(self, name, value)

    # ---- days ------------------------------------------------------------------------------------

    def sessions(self, on: date) -> tuple[tuple[datetime, datetime], ...]:
        """The sessions of a day that count for limits, in order; none on a day off."""
        shape = self._shape_on(on)
        if shape is None:
            return ()
        midnight = self.midnight(on)
        return tuple(
            (midnight + timedelta(microseconds=start), midnight + timedelta(microseconds=end))
            for start, end, _ in shape.sessions
        )

    def is_working(self, on: date) -> bool:
        """Whether any time of the day counts for limits."""
        return self._shape_on(on) is not None

    def why_off(self, on: date) -> SpecialDay | Literal["weekly"] | None:
        """Why no time of the day counts: the declared day off, else the weekly rest; none if some does."""
        if self._shape_on(on):
            return None
        special = self._special.get(on)
        return special if special and special.kind is not DayKind.MAKEUP_WORK else "weekly"

    def special(self, on: date) -> SpecialDay | None:
        """What was declared of the day."""
        return self._special.get(on)

    def covers(self, on: date) -> bool:
        """Whether days off of that year are declared; in other years only weekly rest is known."""
        return on.year in self._known

    def undecreed_from(self, since: date, until: date) -> int | None:
        """The first year from `since` to `until` whose days off nobody has declared yet."""
        if until.year in self._known and since.year == until.year:
            return None
        years = range(since.year, until.year + 1)
        return next((year for year in years if year not in self._known), None)

    def runs(self, since: datetime, until: datetime) -> list[Run]:
        """The runs of days from the day of `since` to that of `until`, neighbours of one kind joined."""
        since, until = self.local(since), self.local(until)
        found: list[Run] = []
        for year in range(since.year, until.year + 1):
            laid = self._year(year)
            first = bisect_right(laid.starts, since) - 1 if year == since.year else 0
            last = bisect_right(laid.starts, until) if year == until.year else len(laid.runs)
            runs = laid.runs[first:last]
            if found and runs and found[-1][2:6] == runs[0][2:6]:
                runs[0] = runs[0]._replace(start=found.pop().start)
            found += runs
        return found

    def midnight(self, on: date) -> datetime:
        """The first moment of a day."""
        return datetime(on.year, on.month, on.day, tzinfo=self.zone)

    def opening(self, on: date) -> datetime:
        """The start of the first session on or after a day."""
        midnight, shape = self._first_day(on)
        return midnight + timedelta(microseconds=shape.sessions[0][0])

    def closing(self, on: date) -> datetime:
        """The end of the last session of the first working day on or after a day."""
        midnight, shape = self._first_day(on)
        return midnight + timedelta(microseconds=shape.sessions[-1][1])

    def next_moment(self, at: datetime) -> datetime:
        """The first moment of office time at or after `at`."""
        at = self.local(at)
        shape = self._shape_on(at)
        if shape is not None:
            tick = _tick(at)
            for start, end, _ in shape.sessions:
                if tick <= end:
                    return at if tick >= start else at + timedelta(microseconds=start - tick)
        return self.opening(at.date() + ONE_DAY)

    def previous_moment(self, at: datetime) -> datetime:
        """The last moment of office time at or before `at`."""
        at = self.local(at)
        shape = self._shape_on(at)
        if shape is not None:
            tick = _tick(at)
            for start, end, _ in reversed(shape.sessions):
                if tick >= start:
                    return at if tick <= end else at - timedelta(microseconds=tick - end)
        position = self._year_of(at).index[at.toordinal() - self._year_of(at).first]
        midnight, shape = self._nth(position - 1, at)
        return midnight + timedelta(microseconds=shape.sessions[-1][1])

    # ---- positions -------------------------------------------------------------------------------

    def local(self, at: datetime) -> datetime:
        """The moment in the calendar's zone. Raises time.naive_moment."""
        if at.tzinfo is self.zone:
            return at
        if at.tzinfo is None:
            raise Refusal("time.naive_moment", {"moment": at})
        return at.astimezone(self.zone)

    def day_position(self, at: datetime) -> int:
        """The day units before a moment."""
        if at.tzinfo is not self.zone:
            at = self.local(at)
        year = self._years.get(at.year) or self._year(at.year)
        index, i = year.index, at.toordinal() - year.first
        n = index[i]
        if index[i + 1] == n:
            return n * self.day_units
        shape, done = year.days[n - index[0]][1], 0
        tick = ((at.hour * 60 + at.minute) * 60 + at.second) * 1_000_000 + at.microsecond
        for start, end, before in shape.sessions:
            if tick <= start:
                break
            done = before + (tick if tick < end else end) - start
        return n * self.day_units + done * shape.scale

    def tick_position(self, at: datetime) -> int:
        """The ticks counted before a moment."""
        if at.tzinfo is not self.zone:
            at = self.local(at)
        year = self._years.get(at.year) or self._year(at.year)
        index, i = year.index, at.toordinal() - year.first
        day = index[i] - index[0]
        if index[i + 1] == index[i]:
            return year.ticks[day]
        return year.ticks[day] + year.days[day][1].done(_tick(at))

    def positions(self, at: datetime) -> tuple[int, int]:
        """`tick_position` and `day_position`, for those who want both."""
        at = self.local(at)
        year = self._years.get(at.year) or self._year(at.year)
        index, i = year.index, at.toordinal() - year.first
        n = index[i]
        ticks, units = year.ticks[n - index[0]], n * self.day_units
        if index[i + 1] == n:
            return ticks, units
        shape = year.days[n - index[0]][1]
        done = shape.done(_tick(at))
        return ticks + done, units + done * shape.scale

    def at_day_position(self, position: int, near: datetime) -> datetime:
        """The earliest moment with so many day units before it, more than at `near` (any moment will do;
        the nearer, the quicker)."""
        units = self.day_units
        n = (position - 1) // units
        year = self._years.get(near.year) or self._year(near.year)
        index = year.index
        if index[0] <= n < index[-1]:
            midnight, shape = year.days[n - index[0]]
        else:
            midnight, shape = self._nth(n, near)
        return shape.first_at(midnight, -((position - n * units) // -shape.scale))

    def at_tick_position(self, position: int, near: datetime) -> datetime:
        """The earliest moment with so many ticks before it, more than nothing."""
        year = self._year(near.year)
        while position > year.ticks[-1]:
            year = self._following(year, near)
        while position <= year.ticks[0]:
            year = self._preceding(year, near)
        day = bisect_left(year.ticks, position) - 1
        midnight, shape = year.days[day]
        return shape.first_at(midnight, position - year.ticks[day])

    # ---- arithmetic ------------------------------------------------------------------------------

    def add(self, at: datetime, minutes: int | Decimal) -> datetime:
        """The moment when so many minutes have counted since `at`."""
        ticks = _ticks(minutes)
        return self._advanced(at, ticks)

    def subtract(self, at: datetime, minutes: int | Decimal) -> datetime:
        """The latest moment from which so many minutes count until `at`."""
        back = _ticks(minutes)
        if not back:
            return self.previous_moment(at)
        at = self.local(at)
        position = self.tick_position(at) - back
        year = self._year(at.year)
        while position < year.ticks[0]:
            year = self._preceding(year, at)
        day = bisect_right(year.ticks, position) - 1
        midnight, shape = year.days[day]
        return midnight + timedelta(microseconds=shape.last_at(position - year.ticks[day]))

    def advance(self, at: datetime, by: timedelta) -> datetime:
        """`add`, with the exact span that `elapsed` measures."""
        return self._advanced(at, by // timedelta.resolution)

    def elapsed(self, a: datetime, b: datetime) -> timedelta:
        """The time counted from `a` to `b`; negative when `b` is before `a`."""
        return timedelta(microseconds=self.tick_position(b) - self.tick_position(a))

    def between(self, a: datetime, b: datetime) -> int:
        """The whole minutes counted from `a` to `b`; negative when `b` is before `a`."""
        ticks = self.tick_position(b) - self.tick_position(a)
        return ticks // TICKS_A_MINUTE if ticks >= 0 else -(-ticks // TICKS_A_MINUTE)

    def add_days(self, at: datetime, days: Decimal | Fraction | int) -> datetime:
        """The moment `days` office days after `at`, each day counted pro rata of its own length.

        Where all days are equally long, whole days later is the same clock time, however long they are.
        """
        if days <= 0:
            return self.next_moment(at)
        return self.after_days(at, *days.as_integer_ratio())

    def after_days(self, at: datetime, amount: int, parts: int) -> datetime:
        """`add_days` of amount ÷ parts days, more than none: `day_position` and `at_day_position` in one,
        for what is asked at every intake."""
        if at.tzinfo is not self.zone:
            at = self.local(at)
        year = self._years.get(at.year) or self._year(at.year)
        units, index, i = self.day_units, year.index, at.toordinal() - year.first
        n = index[i]
        position = n * units - (-amount * units // parts)
        if index[i + 1] > n:
            shape, done = year.days[n - index[0]][1], 0
            tick = ((at.hour * 60 + at.minute) * 60 + at.second) * 1_000_000 + at.microsecond
            for start, end, before in shape.sessions:
                if tick <= start:
                    break
                done = before + (tick if tick < end else end) - start
            position += done * shape.scale
        n = (position - 1) // units
        midnight, shape = year.days[n - index[0]] if n < index[-1] else self._nth(n, at)
        return shape.first_at(midnight, -((position - n * units) // -shape.scale))

    def days_between(self, a: datetime, b: datetime) -> Fraction:
        """The office days counted from `a` to `b` as `add_days` counts them; negative backwards."""
        return Fraction(self.day_position(b) - self.day_position(a), self.day_units)

    def _advanced(self, at: datetime, ticks: int) -> datetime:
        if ticks <= 0:
            return self.next_moment(at)
        at = self.local(at)
        return self.at_tick_position(self.tick_position(at) + ticks, at)

    # ---- tables ----------------------------------------------------------------------------------

    def _shape_on(self, on: date) -> _Shape | None:
        year = self._year_of(on)
        i = on.toordinal() - year.first
        n = year.index[i]
        return year.days[n - year.index[0]][1] if year.index[i + 1] > n else None

    def _first_day(self, on: date) -> tuple[datetime, _Shape]:
        year = self._year_of(on)
        return self._nth(year.index[on.toordinal() - year.first], on)

    def _nth(self, n: int, near: date) -> tuple[datetime, _Shape]:
        """The n-th working day since the origin."""
        year = self._year_of(near)
        while n >= year.index[-1]:
            year = self._following(year, near)
        while n < year.index[0]:
            year = self._preceding(year, near)
        return year.days[n - year.index[0]]

    def _year_of(self, on: date) -> _Year:
        return self._years.get(on.year) or self._year(on.year)

    def _year(self, year: int) -> _Year:
        """The table of a year, built when first asked for, with those between it and the origin."""
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Refusal("time.moment_out_of_range", {"year": year})
        step = 1 if year >= _ORIGIN else -1
        for y in range(_ORIGIN, year + step, step):
            if y not in self._years:
                self._years[y] = self._laid(y, self._years.get(y - step), backward=step < 0)
        return self._years[year]

    def _following(self, year: _Year, near: date) -> _Year:
        return self._neighbour(year.first + len(year.index), near)

    def _preceding(self, year: _Year, near: date) -> _Year:
        return self._neighbour(year.first - 1, near)

    def _neighbour(self, ordinal: int, near: date) -> _Year:
        year = date.fromordinal(ordinal).year
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Refusal("time.no_working_time", {"moment": near})
        return self._year(year)

    def _laid(self, year: int, beside: _Year | None, *, backward: bool) -> _Year:
        first, days_in_year = date(year, 1, 1).toordinal(), 366 if _leap(year) else 365
        dates = [date.fromordinal(first + n) for n in range(days_in_year)]
        shapes = [self._declared(on) for on in dates]
        lengths = [shape.length for shape in shapes if shape]
        before, counted = (beside.index[-1], beside.ticks[-1]) if beside else (0, 0)
        if beside and backward:
            before, counted = beside.index[0] - len(lengths), beside.ticks[0] - sum(lengths)
        index, ticks = [before], [counted]
        days: list[tuple[datetime, _Shape]] = []
        for on, shape in zip(dates, shapes, strict=True):
            index.append(index[-1] + (shape is not None))
            if shape is not None:
                ticks.append(ticks[-1] + shape.length)
                days.append((self.midnight(on), shape))
        runs: list[Run] = []
        i = 0
        for same, days_alike in groupby(map(self._alike, dates, shapes)):
            length = len(list(days_alike))
            start, done = self.midnight(dates[i]), index[i + length]
            end = start + length * ONE_DAY
            runs.append(Run(start, end, *same, ticks[done - before], done * self.day_units))
            i += length
        return _Year(first, index, days, ticks, runs, [run.start for run in runs])

    def _alike(self, on: date, shape: _Shape | None) -> tuple[bool, str, str, str]:
        """What makes days of a run alike: whether they count, the kind, and who declared it."""
        special = self._special.get(on)
        if special and (shape is not None) is (special.kind is DayKind.MAKEUP_WORK):
            return shape is not None, special.kind.value, special.name, special.source
        chosen = self._chosen(on)
        source = "" if chosen is None else self.hours[chosen].source
        if shape is not None:
            weekend = on.weekday() >= SATURDAY
            return (
                True,
                "weekend_hours" if weekend else "office_time",
                "",
                source if weekend else "",
            )
        if chosen is not None and self.hours[chosen].by_weekday.get(on.weekday()):
            return False, "public_only", "", source
        return False, "weekly_rest", "", ""

    def _declared(self, on: date) -> _Shape | None:
        special = self._special.get(on)
        weekday = on.weekday()
        if special is not None:
            if special.kind is not DayKind.MAKEUP_WORK:
                return None
            weekday = MONDAY if special.weekday_hours is None else special.weekday_hours
        chosen = self._chosen(on)
        return None if chosen is None else self._shapes.get((chosen, weekday))

    def _chosen(self, on: date) -> int | None:
        """Which of the hours hold on a day."""
        holding = [n for n, hours in enumerate(self.hours) if hours.hold_on(on)]
        return min(holding, key=lambda n: self.hours[n].season is None, default=None)


def _counted(sessions: tuple[Session, ...]) -> list[Session]:
    return sorted((s for s in sessions if s.counts), key=lambda s: s.start)


def _length(sessions: list[Session]) -> int:
    return sum(_tick(s.end) - _tick(s.start) for s in sessions)


def _shape(sessions: list[Session], units: int) -> _Shape:
    laid, before = [], 0
    for session in sessions:
        start, end = _tick(session.start), _tick(session.end)
        laid.append((start, end, before))
        before += end - start
    return _Shape(tuple(laid), before, units // before)


def _tick(at: time | datetime) -> int:
    """Ticks since midnight."""
    return ((at.hour * 60 + at.minute) * 60 + at.second) * 1_000_000 + at.microsecond


def _ticks(minutes: int | Decimal) -> int:
    count, parts = minutes.as_integer_ratio()
    if count < 0:
        raise ValueError("minutes to add or subtract must not be negative")
    return -(count * TICKS_A_MINUTE // -parts)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
