"""An office's year at a glance: its months, the days that differ with their documents, its hours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict

from motcua.look import formats
from motcua.look.formats import WEEKDAYS
from motcua.look.months import Cell, Month, months
from motcua.organisations import queries
from motcua.organisations.queries import DeclaredDay, UnitFacts
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import DayKind, Hours, WorkCalendar

FIRST, LAST = 2000, 2100
DAYS = {
    DayKind.HOLIDAY: "Nghỉ lễ, tết",
    DayKind.COMPENSATORY: "Nghỉ bù",
    DayKind.SWAP_OFF: "Nghỉ hoán đổi",
    DayKind.MAKEUP_WORK: "Làm bù",
    DayKind.LOCAL_OFF: "Cơ quan nghỉ",
}
_YEAR = f"Hãy ghi năm từ {FIRST} đến {LAST}."


class YearChoice(forms.Form):
    """Which year."""

    nam = forms.IntegerField(
        label="Năm",
        required=False,
        min_value=FIRST,
        max_value=LAST,
        error_messages={"invalid": _YEAR, "min_value": _YEAR, "max_value": _YEAR},
    )


@dataclass(frozen=True, slots=True)
class Season:
    """The hours of a season: (weekdays, sessions) rows, and where they come from."""

    name: str
    rows: tuple[tuple[str, str], ...]
    source: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A day that differs from its weekday, as a line of the list."""

    on: date
    kind: str
    name: str
    source: str
    verified: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Year:
    """What a page shows of an office's year. `declared`: whether its days off are known at all."""

    year: int
    declared: bool
    months: tuple[Month, ...]
    days: tuple[Listed, ...]
    seasons: tuple[Season, ...]
    working_days: int

    @property
    def unverified(self) -> int:
        return sum(not day.verified for day in self.days)


def context(query: QueryDict, unit: UnitFacts | None, today: date) -> dict[str, Any]:
    """What the calendar's template needs: the year asked for (`nam`), or this one where none is or the
    asked one is no year; `choice` says what was wrong with it."""
    choice = YearChoice(query)
    asked = choice.cleaned_data["nam"] if choice.is_valid() else None
    year = asked or today.year
    return {
        "choice": choice,
        "unit": unit,
        "year": of(unit.id if unit else None, year, today),
        "before": year - 1 if year > FIRST else None,
        "after": year + 1 if year < LAST else None,
        "own": queries.units_with_calendars(),
    }


def of(unit_id: int | None, year: int, today: date) -> Year | None:
    """The year of a unit (none: of the province); None where no calendar was declared."""
    try:
        calendar = queries.work_calendar(unit_id)
    except Refusal as refusal:
        if refusal.code != "calendar.missing":
            raise
        return None
    declared = {d.day.on: d for d in queries.declared_days(unit_id) if d.day.on.year == year}
    first, last = date(year, 1, 1), date(year, 12, 31)
    return Year(
        year=year,
        declared=calendar.covers(first),
        months=months(first, last, lambda on: _cell(calendar, declared, on, today)),
        days=tuple(_listed(declared[on]) for on in sorted(declared)),
        seasons=tuple(_seasons(calendar, first, last)),
        working_days=sum(
            calendar.is_working(first + timedelta(days=n)) for n in range((last - first).days + 1)
        ),
    )


def season(hours: Hours) -> Season:
    """The hours of a season as rows of weekdays that are alike."""
    name = _when(hours)
    weeks: dict[tuple[str, ...], list[int]] = {}
    for weekday, sessions in sorted(hours.by_weekday.items()):
        said = tuple(
            f"{s.start:%H:%M}–{s.end:%H:%M}" + ("" if s.counts else " (chỉ tiếp nhận)")
            for s in sorted(sessions, key=lambda s: s.start)
        )
        weeks.setdefault(said, []).append(weekday)
    rows = tuple((_weekdays(days), ", ".join(said)) for said, days in weeks.items())
    return Season(name, rows, hours.source)


def _when(hours: Hours) -> str:
    """When the hours hold: the season of a year, and from which day to which."""
    parts = []
    if hours.season:
        first, last = (f"{edge % 100:02d}/{edge // 100:02d}" for edge in hours.season)
        parts.append(f"từ {first} đến {last} hằng năm")
    if hours.valid_from:
        parts.append(f"áp dụng từ ngày {formats.date_text(hours.valid_from)}")
    if hours.valid_to:
        last_day = formats.date_text(hours.valid_to - timedelta(days=1))
        parts.append(f"áp dụng đến hết ngày {last_day}")
    return ", ".join(parts)


def _seasons(calendar: WorkCalendar, first: date, last: date) -> Iterator[Season]:
    for hours in calendar.hours:
        begun = hours.valid_from is None or hours.valid_from <= last
        if begun and (hours.valid_to is None or first < hours.valid_to):
            yield season(hours)


def _weekdays(days: list[int]) -> str:
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{WEEKDAYS[days[0]]} – {WEEKDAYS[days[-1]]}"
    return ", ".join(WEEKDAYS[day] for day in days)


def _listed(declared: DeclaredDay) -> Listed:
    day = declared.day
    return Listed(
        on=day.on,
        kind=DAYS[day.kind],
        name=day.name,
        source=day.source,
        verified=declared.verified,
        own=declared.unit_id is not None,
    )


def _cell(
    calendar: WorkCalendar, declared: Mapping[date, DeclaredDay], on: date, today: date
) -> Cell:
    said, tones = [], []
    found = declared.get(on)
    if found:
        said += [DAYS[found.day.kind].lower(), found.day.name, found.day.source]
        tones.append("makeup" if found.day.kind is DayKind.MAKEUP_WORK else "off")
    elif not calendar.is_working(on):
        said.append(
            "chỉ mở cửa tiếp nhận, không tính" if _opens(calendar, on) else "nghỉ hằng tuần"
        )
        tones.append("rest")
    if on == today:
        said.insert(0, "hôm nay")
        tones.append("today")
    text = f"{formats.weekday_text(on)}: {', '.join(s for s in said if s)}" if said else ""
    return Cell(on, said=text, tones=tuple(tones))


def _opens(calendar: WorkCalendar, on: date) -> bool:
    """Whether the counter is open on a day that counts for nothing."""
    return any(hours.hold_on(on) and hours.by_weekday.get(on.weekday()) for hours in calendar.hours)
