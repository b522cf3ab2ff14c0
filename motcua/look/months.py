"""Months as weeks of days, for what is better seen than told. Pure: dates in, cells out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.look import formats

WEEK = tuple(
    (short, formats.WEEKDAYS[n])
    for n, short in enumerate(("T2", "T3", "T4", "T5", "T6", "T7", "CN"))
)
"""The heads of a week's columns, short and in full; Monday first."""
_SEVEN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Cell:
    """A day: `words` under its number, `said` in full for who does not see the picture, and the class
    names of its `tones`."""

    on: date
    words: tuple[str, ...] = ()
    said: str = ""
    tones: tuple[str, ...] = ()

    @property
    def classes(self) -> str:
        return " ".join(f"mc-month__day--{tone}" for tone in self.tones)


@dataclass(frozen=True, slots=True)
class Month:
    """A month's weeks, Monday first; no cell where a day belongs to another month."""

    title: str
    weeks: tuple[tuple[Cell | None, ...], ...]


def months(
    first: date, last: date, cell_of: Callable[[date], Cell], *, whole: bool = True
) -> tuple[Month, ...]:
    """The months from `first` to `last`; not `whole`: only the weeks that hold a day of that span."""
    found = []
    begins = first.replace(day=1)
    while begins <= last:
        following = (begins + timedelta(days=31)).replace(day=1)
        span = (begins, following) if whole else (first, last + timedelta(days=1))
        weeks = tuple(_weeks(begins, following, span, cell_of))
        found.append(Month(f"Tháng {begins.month}/{begins.year}", weeks))
        begins = following
    return tuple(found)


def _weeks(
    begins: date, ends: date, span: tuple[date, date], cell_of: Callable[[date], Cell]
) -> Iterator[tuple[Cell | None, ...]]:
    monday = begins - timedelta(days=begins.weekday())
    while monday < ends:
        days = [monday + timedelta(days=n) for n in range(7)]
        here = [day for day in days if begins <= day < ends]
        if any(span[0] <= day < span[1] for day in here):
            yield tuple(cell_of(day) if begins <= day < ends else None for day in days)
        monday += _SEVEN
