"""The national working calendar: days off and made-up days by law, and the usual office hours.

BLLĐ 2019 Đ112 (holidays), Đ111.3 (compensatory days); swapped days are announced year by year.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from pathlib import Path

from motcua.rules.worktime import DayKind, Hours, Session, SpecialDay

DATA = Path(__file__).parent / "calendars" / "vn_2020_2027.csv"


class Standing(StrEnum):
    """How sure a day is: seen in an announcement, known from a library only, or estimated."""

    VERIFIED = "verified"
    LIBRARY = "library"
    ESTIMATE = "estimate"


@dataclass(frozen=True, slots=True)
class NationalDay:
    """A day of the national calendar and how sure it is."""

    day: SpecialDay
    standing: Standing


@cache
def declared() -> tuple[NationalDay, ...]:
    """The national days off and made-up Saturdays of 2020–2027, in order, with their standing."""
    with DATA.open(encoding="utf-8", newline="") as lines:
        return tuple(_read(row) for row in csv.DictReader(lines))


def national_days() -> tuple[SpecialDay, ...]:
    """The national days off and made-up Saturdays of 2020–2027 as legal time works on them."""
    return tuple(found.day for found in declared())


def standard_hours() -> tuple[Hours, ...]:
    """07:30–11:30 and 13:30–17:30, Monday to Friday: eight hours a day, forty a week."""
    day = (Session(time(7, 30), time(11, 30)), Session(time(13, 30), time(17, 30)))
    source = "giờ hành chính: tuần làm việc 40 giờ (QĐ 188/1999/QĐ-TTg, chưa kiểm chứng)"
    return (Hours(dict.fromkeys(range(5), day), source=source),)


def _read(row: dict[str, str]) -> NationalDay:
    kind = DayKind(row["kind"])
    made_up = kind is DayKind.MAKEUP_WORK
    day = SpecialDay(
        on=date.fromisoformat(row["date"]),
        kind=kind,
        name=row["name"],
        source=row["source"],
        weekday_hours=date.fromisoformat(row["replaces"]).weekday() if made_up else None,
    )
    return NationalDay(day, Standing(row["status"]))
