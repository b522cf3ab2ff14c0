"""The directory in memory: every unit with its places, codes, posts and successions, as values.

A few thousand units change a few times a year and are asked for many times a second, so each process
keeps them all and compares its copy with the database's version at most once a second.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from motcua.ledger import sql
from motcua.rules.actor import Role

CHECK_EVERY_SECONDS = 1.0


class Days(NamedTuple):
    """A half-open range of days; None is an open end."""

    since: date | None
    until: date | None

    def has(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit, whenever it stood."""

    id: int
    key: str
    kind: str
    name: str
    short_name: str
    sort_key: str
    agency_id: int
    days: Days
    source: str
    constructed: bool


@dataclass(frozen=True, slots=True)
class Stay:
    """Where a unit stood."""

    unit_id: int
    parent_id: int
    days: Days


@dataclass(frozen=True, slots=True)
class Code:
    """A code a unit had."""

    unit_id: int
    scheme: str
    code: str
    days: Days
    constructed: bool


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A post of a unit."""

    id: int
    unit_id: int
    title: str
    role: Role
    days: Days
    constructed: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What a unit became (no heir: abolished without one)."""

    predecessor_id: int
    successor_id: int | None
    kind: str
    on: date
    partial: bool
    legal_document: str


@dataclass(frozen=True, slots=True)
class Directory:
    """All units at one version of the directory."""

    version: UUID
    units: Mapping[int, UnitFacts]
    by_key: Mapping[str, UnitFacts]
    stays: Mapping[int, Sequence[Stay]]
    members: Mapping[int, Sequence[Stay]]
    codes: Mapping[int, Sequence[Code]]
    posts: Mapping[int, Sequence[PostFacts]]
    parts: Mapping[int, Sequence[UnitFacts]]
    became: Mapping[int, Sequence[Step]]
    came_from: Mapping[int, Sequence[Step]]

    def standing(self, on: date) -> Iterator[UnitFacts]:
        """The units that stand on a day, in Vietnamese order."""
        return (unit for unit in self.units.values() if unit.days.has(on))


@dataclass(frozen=True, slots=True)
class _Kept:
    database: str
    directory: Directory
    revision: int | None
    checked: float


_kept: _Kept | None = None


def current() -> Directory:
    """The directory, at most CHECK_EVERY_SECONDS behind a change made by another process."""
    return _current().directory


def calendar_revision() -> int | None:
    """The revision of the calendar, at most CHECK_EVERY_SECONDS behind."""
    return _current().revision


def forget() -> None:
    """Ask the database at the next question (after a change made here)."""
    global _kept
    _kept = None


def _current() -> _Kept:
    global _kept
    kept, now = _kept, time.monotonic()
    database = str(connection.settings_dict["NAME"])
    if kept and kept.database == database and now - kept.checked < CHECK_EVERY_SECONDS:
        return kept
    version, revision = _versions()
    if kept and kept.database == database and kept.directory.version == version:
        directory = kept.directory
    else:
        directory = _load(version)
    kept = _kept = _Kept(database, directory, revision, now)
    return kept


def _versions() -> tuple[UUID, int | None]:
    (row,) = sql.fetch("SELECT directory, calendar_id FROM organisations_current WHERE id = 1")
    return UUID(str(row["directory"])), row["calendar_id"]


def _load(version: UUID) -> Directory:
    units = [
        UnitFacts(**(row | {"days": _days(row["days"])}))
        for row in sql.fetch(
            "SELECT id, key, kind, name, short_name, sort_key, agency_id, valid AS days, source, "
            'constructed FROM organisations_unit ORDER BY sort_key COLLATE "C", id'
        )
    ]
    stays = [
        Stay(row["unit_id"], row["parent_id"], _days(row["valid"]))
        for row in sql.fetch(
            "SELECT unit_id, parent_id, valid FROM organisations_placement ORDER BY valid"
        )
    ]
    codes = [
        Code(**(row | {"days": _days(row["days"])}))
        for row in sql.fetch(
            "SELECT unit_id, scheme, code, valid AS days, constructed "
            "FROM organisations_unitcode ORDER BY scheme, valid"
        )
    ]
    posts = [
        PostFacts(**(row | {"days": _days(row["days"]), "role": Role(row["role"])}))
        for row in sql.fetch(
            "SELECT id, unit_id, title, role, valid AS days, constructed "
            "FROM organisations_post ORDER BY id"
        )
    ]
    steps = [
        Step(**row)
        for row in sql.fetch(
            "SELECT predecessor_id, successor_id, kind, effective_on AS on, partial, "
            "legal_document FROM organisations_succession ORDER BY effective_on, id"
        )
    ]
    return Directory(
        version=version,
        units={unit.id: unit for unit in units},
        by_key={unit.key: unit for unit in units},
        stays=_group(stays, "unit_id"),
        members=_group(stays, "parent_id"),
        codes=_group(codes, "unit_id"),
        posts=_group(posts, "unit_id"),
        parts=_group(units, "agency_id"),
        became=_group(steps, "predecessor_id"),
        came_from=_group(steps, "successor_id"),
    )


def _group(rows: Sequence[Any], attribute: str) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[getattr(row, attribute)].append(row)
    return dict(grouped)


def _days(valid: Any) -> Days:
    return Days(valid.lower, valid.upper)
