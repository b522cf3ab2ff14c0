"""Office hours and days off: each change is a new revision of the calendar, no row is rewritten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

from django.db import transaction

from motcua.ledger import sql
from motcua.ledger.acts import Act, Event, act
from motcua.organisations import directory, events, policies, writer
from motcua.organisations.models import CalendarDay, CalendarRevision, OfficeHours
from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import DayKind

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@dataclass(frozen=True, slots=True)
class SessionGiven:
    """One session of one weekday (0 is Monday). `season` is (month × 100 + day, the same), both
    included; `counts`: for time limits; `public`: the counter is open."""

    weekday: int
    starts: time
    ends: time
    counts: bool = True
    public: bool = True
    season: tuple[int, int] = (101, 1231)


@dataclass(frozen=True, slots=True)
class DayDeclared:
    """A day off, or a Saturday worked instead (with the hours of `weekday_hours`, else Monday's)."""

    on: date
    kind: DayKind
    name: str
    source: str
    verified: bool = False
    weekday_hours: int | None = None


def set_office_hours(
    unit_id: int | None,
    sessions: Sequence[SessionGiven],
    *,
    since: date | None = None,
    source: str,
    actor: Actor,
    at: datetime,
) -> int:
    """Set the hours of a unit (None: of the province) from a day on; what came before stays as it was.

    Returns the new revision of the calendar. Raises unit.may_not, calendar.session_malformed,
    calendar.sessions_overlap.
    """
    policies.to_manage(actor)
    _check_sessions(sessions)
    reason = f"Giờ làm việc: {source}"
    with _new_revision(events.HOURS_SET, reason, actor, at) as (a, revision):
        before = _current_hours(unit_id, since)
        earlier = [row for row in before if since and _starts_before(row, since)]
        _retire(OfficeHours, revision, [row["id"] for row in before])
        kept = [_cut(row, since, revision) for row in earlier]
        new = [_session_row(unit_id, s, since, source, revision) for s in sessions]
        sql.insert(OfficeHours, [*kept, *new])
        a.about(
            "calendar",
            revision,
            {"unit": unit_id, "since": since, "sessions": len(sessions), "source": source},
        )
    return revision


def declare_days(
    unit_id: int | None,
    days: Sequence[DayDeclared],
    *,
    withdrawn: Sequence[date] = (),
    reason: str,
    seen: int | None = None,
    actor: Actor,
    at: datetime,
) -> int:
    """Declare days off and made-up days of a unit (None: of the province), and withdraw others.

    A day declared before is replaced. Returns the new revision, or the current one when all this was
    already declared. `seen` is the revision the person looked at. Raises unit.may_not,
    calendar.day_twice, calendar.day_out_of_range, calendar.stale.
    """
    policies.to_manage(actor)
    check_days(days, withdrawn)
    with transaction.atomic():
        # Two declarations of one day follow each other; the second is about what the first left.
        current = _lock(seen)
        before = declared(unit_id, [*withdrawn, *(d.on for d in days)])
        new = [d for d in days if d.on not in before or differs(d, before[d.on])]
        gone = [before[on]["id"] for on in withdrawn if on in before]
        if not new and not gone and current is not None:
            return current
        with _new_revision(events.DAYS_DECLARED, reason, actor, at) as (a, revision):
            replaced = [before[d.on]["id"] for d in new if d.on in before]
            _retire(CalendarDay, revision, gone + replaced)
            sql.insert(CalendarDay, [day_row(unit_id, d, revision) for d in new])
            fields = {
                "unit": unit_id,
                "declared": [f"{d.on.isoformat()} {d.kind}" for d in new],
                "withdrawn": sorted(withdrawn),
                "reason": reason,
            }
            a.about("calendar", revision, fields)
    return revision


def declared(unit_id: int | None, on: Sequence[date]) -> dict[date, dict[str, Any]]:
    """What a unit (None: the province) has itself declared of these days, by day."""
    rows = sql.fetch(
        "SELECT * FROM organisations_calendarday WHERE unit_id IS NOT DISTINCT FROM %s "
        'AND until_id IS NULL AND "on" = ANY(%s)',
        [unit_id, list(on)],
    )
    return {row["on"]: row for row in rows}


def _lock(seen: int | None) -> int | None:
    """Hold the row that names the current revision; refuse when it is not the one that was seen."""
    row = sql.fetch("SELECT calendar_id FROM organisations_current WHERE id = 1 FOR UPDATE")[0]
    current: int | None = row["calendar_id"]
    if seen is not None and seen != current:
        raise Refusal("calendar.stale")
    return current


@contextmanager
def _new_revision(
    event: Event, reason: str, actor: Actor, at: datetime
) -> Iterator[tuple[Act, int]]:
    """A new revision, current when the act ends. The row that names the current one is locked first:
    whoever is setting a date by the old revision finishes before."""
    with act(event, actor=actor, at=at) as a:
        _lock(None)
        (revision,) = writer.reserve(CalendarRevision, 1)
        sql.insert(CalendarRevision, [{"id": revision, "made_at": a.at, "reason": reason[:300]}])
        yield a, revision
        sql.execute("UPDATE organisations_current SET calendar_id = %s WHERE id = 1", [revision])
        directory.forget()


def _check_sessions(sessions: Sequence[SessionGiven]) -> None:
    for session in sessions:
        if not 0 <= session.weekday <= 6 or session.starts >= session.ends:
            raise Refusal("calendar.session_malformed")
    ordered = sorted(sessions, key=lambda s: (s.season, s.weekday, s.starts))
    for one, other in pairwise(ordered):
        same_day = (one.season, one.weekday) == (other.season, other.weekday)
        if same_day and other.starts < one.ends:
            raise Refusal("calendar.sessions_overlap", {"weekday": WEEKDAYS[one.weekday]})


def check_days(days: Sequence[DayDeclared], withdrawn: Sequence[date]) -> None:
    """Raises calendar.day_twice, calendar.day_out_of_range."""
    seen: set[date] = set()
    for on in [*(d.on for d in days), *withdrawn]:
        if on in seen:
            raise Refusal("calendar.day_twice", {"on": f"{on:%d/%m/%Y}"})
        if not 2000 <= on.year <= 2100:
            raise Refusal("calendar.day_out_of_range", {"on": f"{on:%d/%m/%Y}"})
        seen.add(on)


def differs(day: DayDeclared, row: dict[str, Any]) -> bool:
    """Whether a day is declared otherwise than the row of it that stands."""
    names = ("kind", "name", "source", "verified", "weekday_hours")
    return any(getattr(day, name) != row[name] for name in names)


def _current_hours(unit_id: int | None, since: date | None) -> list[dict[str, Any]]:
    return sql.fetch(
        "SELECT * FROM organisations_officehours WHERE unit_id IS NOT DISTINCT FROM %s "
        "AND until_id IS NULL AND valid && daterange(%s, NULL)",
        [unit_id, since],
    )


def _starts_before(row: dict[str, Any], since: date) -> bool:
    lower = row["valid"].lower
    return lower is None or lower < since


def _cut(row: dict[str, Any], since: date | None, revision: int) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name not in ("id", "until_id")}
    return kept | {"valid": writer.days(row["valid"].lower, since), "since_id": revision}


def _retire(model: type[Any], revision: int, ids: Sequence[int]) -> None:
    sql.update(model, [(row_id, {"until_id": revision}) for row_id in ids])


def _session_row(
    unit_id: int | None, session: SessionGiven, since: date | None, source: str, revision: int
) -> dict[str, Any]:
    return {
        "unit_id": unit_id,
        "valid": writer.days(since, None),
        "season_from": session.season[0],
        "season_to": session.season[1],
        "weekday": session.weekday,
        "starts": session.starts,
        "ends": session.ends,
        "counts": session.counts,
        "public": session.public,
        "source": source,
        "since_id": revision,
    }


def day_row(unit_id: int | None, day: DayDeclared, revision: int) -> dict[str, Any]:
    return {
        "unit_id": unit_id,
        "on": day.on,
        "kind": str(day.kind),
        "name": day.name,
        "source": day.source,
        "verified": day.verified,
        "weekday_hours": day.weekday_hours,
        "since_id": revision,
    }
