"""The working calendar of a unit at a revision, as the value legal time works on.

A revision never changes, so a calendar built for one is kept in the process for good.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import lru_cache
from typing import Any

from motcua.ledger import sql
from motcua.rules.worktime import DayKind, Hours, Session, SpecialDay, WorkCalendar

CURRENT_FOR_SHARE = (
    "SELECT calendar_id, directory FROM organisations_current WHERE id = 1 FOR SHARE",
    (),
)
"""The statement (and its parameters) by which an act that sets a date holds the revision in force."""


def current_revision() -> int:
    """The revision in force now, unheld: for showing, not for setting a date."""
    row = sql.fetch("SELECT calendar_id FROM organisations_current WHERE id = 1")[0]
    return int(row["calendar_id"] or 0)


@lru_cache(maxsize=4_000)
def work_calendar(unit_id: int, revision: int) -> WorkCalendar:
    """The calendar of a unit: its own hours where it has any, else the province's; days off of both."""
    hours = sql.fetch(HOURS, [revision, revision, unit_id])
    own = [row for row in hours if row["unit_id"]]
    days = sql.fetch(DAYS, [revision, revision, unit_id])
    return WorkCalendar(
        hours=_hours(own or hours),
        days=tuple(_day(row) for row in days),
        revision=str(revision),
    )


def _hours(rows: list[dict[str, Any]]) -> tuple[Hours, ...]:
    groups: dict[tuple[Any, ...], dict[int, list[Session]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        key = (
            row["valid"].lower,
            row["valid"].upper,
            row["season_from"],
            row["season_to"],
            row["source"],
        )
        session = Session(row["starts"], row["ends"], row["counts"], row["public"])
        groups[key][row["weekday"]].append(session)
    return tuple(
        Hours(
            by_weekday={weekday: tuple(sessions) for weekday, sessions in week.items()},
            valid_from=valid_from,
            valid_to=valid_to,
            season=None if (first, last) == (101, 1231) else (first, last),
            source=source,
        )
        for (valid_from, valid_to, first, last, source), week in groups.items()
    )


def _day(row: dict[str, Any]) -> SpecialDay:
    on: date = row["on"]
    return SpecialDay(on=on, kind=DayKind(row["kind"]), name=row["name"], source=row["source"])


HOURS = """
SELECT unit_id, valid, season_from, season_to, weekday, starts, ends, counts, public, source
FROM organisations_officehours
WHERE since_id <= %s AND (until_id IS NULL OR until_id > %s) AND (unit_id IS NULL OR unit_id = %s)
ORDER BY valid, weekday, starts
"""
DAYS = """
SELECT "on", kind, name, source FROM organisations_calendarday
WHERE since_id <= %s AND (until_id IS NULL OR until_id > %s) AND (unit_id IS NULL OR unit_id = %s)
ORDER BY "on", unit_id NULLS FIRST
"""
