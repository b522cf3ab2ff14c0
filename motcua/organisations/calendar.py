"""The working calendar of a unit at a revision, as a value of rules.worktime; built once a process.

A unit has the hours declared for itself, else those of its agency, else the province's. Days of the
province hold for all; a unit's own declaration of the same day wins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection

from motcua.ledger import sql
from motcua.organisations import directory
from motcua.organisations.models import CalendarRevision
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import DayKind, Hours, Session, SpecialDay, WorkCalendar

CURRENT_FOR_SHARE = (
    "SELECT calendar_id, directory FROM organisations_current WHERE id = 1 FOR SHARE",
    (),
)
"""The statement (and its parameters) of `hold_revision`, for an act that sends its statements together."""

_AT_REVISION = "since_id <= %s AND (until_id IS NULL OR until_id > %s)"
_HOURS = f"SELECT * FROM organisations_officehours WHERE {_AT_REVISION} ORDER BY weekday, starts"  # noqa: S608
_DAYS = f'SELECT * FROM organisations_calendarday WHERE {_AT_REVISION} ORDER BY "on"'  # noqa: S608
_KEPT_REVISIONS = 50


@dataclass(slots=True)
class _Revision:
    hours: dict[int | None, list[dict[str, Any]]]
    days: dict[int | None, list[dict[str, Any]]]
    built: dict[tuple[int | None, ...], WorkCalendar] = field(default_factory=dict)


_revisions: dict[tuple[str, int], _Revision] = {}


def current_revision() -> int:
    """The calendar revision in force, as this process knows it (at most a second old): for pages and
    previews. What sets a date uses `hold_revision`. Raises calendar.missing."""
    return _declared(directory.calendar_revision())


def latest_revision() -> int:
    """The calendar revision in force now, read from its row but not held. Raises calendar.missing."""
    return _declared(sql.fetch("SELECT calendar_id FROM organisations_current")[0]["calendar_id"])


def hold_revision() -> int:
    """The calendar revision in force, held until the transaction ends: no new one comes between.
    Raises calendar.missing."""
    return _declared(sql.fetch(*CURRENT_FOR_SHARE)[0]["calendar_id"])


def work_calendar(unit_id: int | None, revision: int | None = None) -> WorkCalendar:
    """The working calendar of a unit (None: of the province) at a revision (None: the current one).

    The same value object each time within a process. Raises calendar.missing, unit.unknown.
    """
    if revision is None:
        revision = current_revision()
    rows = _rows(revision)
    owners = _owners(unit_id, rows)
    calendar = rows.built.get(owners)
    if calendar is None:
        calendar = rows.built[owners] = _build(owners, rows, revision)
    return calendar


def with_days(
    unit_id: int | None, days: Sequence[dict[str, Any]], gone: Sequence[date], revision: int
) -> Callable[[int | None], WorkCalendar]:
    """The calendars of units if `unit_id` (None: the province) declared these days (rows of the table)
    and had not declared those gone, on top of a revision."""
    rows = _rows(revision)
    changed = {*gone, *(day["on"] for day in days)}
    kept = [row for row in rows.days.get(unit_id, []) if row["on"] not in changed]
    own = sorted([*kept, *days], key=lambda row: row["on"])
    others = {unit: listed for unit, listed in rows.days.items() if unit != unit_id}
    under = _Revision(rows.hours, {**others, unit_id: own} if own else others)

    def of(asked: int | None) -> WorkCalendar:
        owners = _owners(asked, under)
        if owners not in under.built:
            under.built[owners] = _build(owners, under, revision)
        return under.built[owners]

    return of


def hours_of(unit_id: int | None, on: date, revision: int | None = None) -> tuple[Hours, ...]:
    """The hours in force for a unit on a day, one entry a season."""
    return tuple(
        hours
        for hours in work_calendar(unit_id, revision).hours
        if (hours.valid_from is None or hours.valid_from <= on)
        and (hours.valid_to is None or on < hours.valid_to)
    )


@dataclass(frozen=True, slots=True)
class DeclaredDay:
    """A day as it was declared: by whom (`unit_id`; none: the province), whether its document was seen,
    and in which revision."""

    day: SpecialDay
    verified: bool
    unit_id: int | None
    since_revision: int


def declared_days(unit_id: int | None, revision: int | None = None) -> tuple[DeclaredDay, ...]:
    """The days off and made-up days that hold for a unit (None: the province), in order, as declared.
    Raises calendar.missing, unit.unknown."""
    rows = _rows(current_revision() if revision is None else revision)
    held = _held(_owners(unit_id, rows), rows)
    return tuple(
        DeclaredDay(_day(row), row["verified"], row["unit_id"], row["since_id"])
        for _, row in sorted(held.items())
    )


def with_their_own() -> frozenset[int]:
    """The units that have declared hours or days of their own. Raises calendar.missing."""
    rows = _rows(current_revision())
    return frozenset(u for u in (*rows.hours, *rows.days) if u is not None)


def revised_at(revision: int) -> datetime:
    """When a revision was made."""
    found: datetime = CalendarRevision.objects.values_list("made_at", flat=True).get(id=revision)
    return found


def _declared(revision: int | None) -> int:
    if revision is None:
        raise Refusal("calendar.missing")
    return revision


def _rows(revision: int) -> _Revision:
    key = (str(connection.settings_dict["NAME"]), revision)
    rows = _revisions.get(key)
    if rows is None:
        rows = _Revision(_by_unit(_HOURS, revision), _by_unit(_DAYS, revision))
        if len(_revisions) >= _KEPT_REVISIONS:
            _revisions.pop(next(iter(_revisions)))
        _revisions[key] = rows
    return rows


def _by_unit(query: str, revision: int) -> dict[int | None, list[dict[str, Any]]]:
    grouped: dict[int | None, list[dict[str, Any]]] = defaultdict(list)
    for row in sql.fetch(query, [revision, revision]):
        grouped[row["unit_id"]].append(row)
    return dict(grouped)


def _owners(unit_id: int | None, rows: _Revision) -> tuple[int | None, ...]:
    """Who has declared anything that holds for the unit, nearest first; the province last."""
    if unit_id is None:
        return (None,)
    known = directory.current().units.get(unit_id)
    if known is None:
        raise Refusal("unit.unknown", {"key": unit_id})
    near = dict.fromkeys((unit_id, known.agency_id))
    return (*(u for u in near if u in rows.hours or u in rows.days), None)


def _build(owners: tuple[int | None, ...], rows: _Revision, revision: int) -> WorkCalendar:
    hours: list[Hours] = []
    before: date | None = date.max
    for owner in owners:
        declared = rows.hours.get(owner, [])
        if declared and before is not None:
            hours += _hours(declared, before)
            lowers = [row["valid"].lower for row in declared]
            before = None if None in lowers else min(before, *lowers)
    if not hours:
        raise Refusal("calendar.missing")
    days = _held(owners, rows)
    return WorkCalendar(
        hours=tuple(hours),
        days=tuple(_day(days[on]) for on in sorted(days)),
        revision=str(revision),
    )


def _held(owners: tuple[int | None, ...], rows: _Revision) -> dict[date, dict[str, Any]]:
    """The declared days by date; the nearest owner's declaration of a day holds."""
    return {row["on"]: row for owner in reversed(owners) for row in rows.days.get(owner, [])}


def _hours(declared: list[dict[str, Any]], before: date) -> list[Hours]:
    """The declared sessions as Hours, those days left out that a nearer unit has declared."""
    grouped: dict[tuple[Any, ...], dict[int, list[Session]]] = {}
    for row in declared:
        season = (row["season_from"], row["season_to"])
        upper = min(row["valid"].upper or date.max, before)
        if (row["valid"].lower or date.min) >= upper:
            continue
        key = (
            row["valid"].lower,
            None if upper == date.max else upper,
            None if season == (101, 1231) else season,
            row["source"],
        )
        session = Session(row["starts"], row["ends"], row["counts"], row["public"])
        grouped.setdefault(key, {}).setdefault(row["weekday"], []).append(session)
    return [
        Hours(
            by_weekday={weekday: tuple(sessions) for weekday, sessions in weekdays.items()},
            valid_from=since,
            valid_to=until,
            season=season,
            source=source,
        )
        for (since, until, season, source), weekdays in grouped.items()
    ]


def _day(row: dict[str, Any]) -> SpecialDay:
    return SpecialDay(
        on=row["on"],
        kind=DayKind(row["kind"]),
        name=row["name"],
        source=row["source"],
        weekday_hours=row["weekday_hours"],
    )
