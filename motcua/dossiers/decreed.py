"""What a declaration of days would do to the open dossiers, said before it is made.

The same fold as the act (rules.casework_calendar), over the same rows, in chunks, and nothing is written.
Only dossiers whose span holds one of the days are looked at: a day before its acceptance, or after all
its dates, moves none of them.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from motcua.dossiers import policies as dossier_policies
from motcua.dossiers import resettling
from motcua.dossiers.resettling import Read, Reader, Row
from motcua.ledger import sql
from motcua.organisations import policies
from motcua.organisations.proposals import Declaration, proposed
from motcua.rules import casework, casework_calendar, deadline
from motcua.rules.actor import Actor
from motcua.rules.casework import UNDER_WAY
from motcua.rules.worktime import ONE_DAY, ZONE

CHUNK = 2000
SHOWN = 50
"""So many dossiers are named; all are counted."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A dossier of which a date would move: its own (`own`: what is promised, or what it is judged by), or
    that of an open step alone; whether it is late by it, and whether the asker may see it."""

    id: UUID
    code: str
    unit_id: int
    procedure_id: int
    own: bool
    visible: bool
    was: datetime | None
    due_at: datetime | None
    late_before: bool
    late_after: bool

    @property
    def shift(self) -> timedelta:
        """How far what is promised moves; back is negative."""
        return self.due_at - self.was if self.due_at and self.was else timedelta()


@dataclass(slots=True)
class Preview:
    """What would change. `moved`: dossiers of which any date moves; `own`: of which their own date does;
    the rest counts those. `revision` is the calendar in force that all this is compared with."""

    revision: int
    open: int
    moved: int = 0
    own: int = 0
    become_late: int = 0
    no_longer_late: int = 0
    shifts: tuple[timedelta, timedelta] | None = None
    by_unit: Counter[int] = field(default_factory=Counter)
    by_procedure: Counter[int] = field(default_factory=Counter)
    by_day: Counter[tuple[date, date]] = field(default_factory=Counter)
    named: list[Moved] = field(default_factory=list)

    def add(self, moved: Moved) -> None:
        self.moved += 1
        if not moved.own:
            return
        self.own += 1
        self.become_late += moved.late_after and not moved.late_before
        self.no_longer_late += moved.late_before and not moved.late_after
        self.by_unit[moved.unit_id] += 1
        self.by_procedure[moved.procedure_id] += 1
        if moved.was and moved.due_at:
            self.by_day[_day(moved.was), _day(moved.due_at)] += 1
        least, most = self.shifts or (moved.shift, moved.shift)
        self.shifts = min(least, moved.shift), max(most, moved.shift)


def preview(declaration: Declaration, *, actor: Actor, at: datetime) -> Preview:
    """What a declaration would change among the open dossiers, at the moment `at`.

    All are counted; named are, of those the actor may see, the ones that would become late first, then the
    largest shifts. Raises unit.may_not and what `proposals.proposed` raises.
    """
    policies.to_manage(actor)
    calendars = proposed(declaration)
    found = Preview(calendars.revision, resettling.progress(calendars.revision).total)
    foremost: list[tuple[bool, timedelta, int, Moved]] = []
    reader = Reader(calendars.revision, calendars.after)
    for moved in all_moved(declaration, reader, actor=actor, at=at):
        found.add(moved)
        if moved.own and moved.visible:
            rank = (moved.late_after and not moved.late_before, abs(moved.shift), -found.moved)
            heapq.heappush(foremost, (*rank, moved))
            if len(foremost) > SHOWN:
                heapq.heappop(foremost)
    found.named = [moved for *_, moved in sorted(foremost, reverse=True, key=lambda one: one[:3])]
    return found


def all_moved(
    declaration: Declaration, reader: Reader, *, actor: Actor, at: datetime
) -> Iterator[Moved]:
    """Every open dossier of which a date would move, in the order of their ids."""
    after, on = resettling.NOWHERE, _day(at)
    first, last = declaration.dates[0], declaration.dates[-1]
    span = [_midnight(last + ONE_DAY), *[_midnight(first)] * 5]
    visible, scope = dossier_policies.scope(actor)
    query = CANDIDATES.format(visible=visible)
    while rows := sql.fetch(query, [*scope, after, *span, CHUNK]):
        for row, read in zip(rows, reader.cases(rows), strict=True):
            moved = _compared(row, read, on)
            if moved is not None:
                yield moved
        after = rows[-1]["id"]


def _compared(row: Row, read: Read, on: date) -> Moved | None:
    case, terms = read.case, read.terms
    settled = deadline.settle(case.clock, terms.calendar, terms.policy)
    own = (settled.due_at, settled.judged_at) != (case.due_at, case.judged_at)
    if not own and not _others_move(read):
        return None
    under_way = row["status"] in UNDER_WAY
    return Moved(
        id=row["id"],
        code=row["code"],
        unit_id=row["accountable_id"],
        procedure_id=row["procedure_id"],
        own=own,
        visible=row["visible"],
        was=row["due_at"],
        due_at=settled.due_at,
        late_before=under_way and deadline.is_late(on, row["judged_at"]),
        late_after=under_way and deadline.is_late(on, settled.judged_at),
    )


def _others_move(read: Read) -> bool:
    """Whether the date of an open step, of a phase, or of the desk's answer moves."""
    case, terms = read.case, read.terms
    steps = (casework.step_due(i, case.clock, terms) != i.due_at for i in case.items)
    answer = casework_calendar.answer_due(case, terms, read.turn)
    return (
        answer != case.answer_due_at
        or any(steps)
        or bool(casework_calendar.phase_dates(case, terms))
    )


def _day(at: datetime) -> date:
    return at.astimezone(ZONE).date()


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time.min, ZONE)


CANDIDATES = f"""
SELECT {resettling.NAMES}, {{visible}} AS visible FROM dossiers_dossier
WHERE {resettling.OPEN} AND calendar_revision_id IS NOT NULL AND id > %s
AND coalesce(accepted_at, received_at) < %s
AND (due_at >= %s OR judged_at >= %s OR answer_due_at >= %s
    OR EXISTS (SELECT FROM dossiers_phase p WHERE p.dossier_id = dossiers_dossier.id)
    OR EXISTS (SELECT FROM dossiers_workitem i
        WHERE i.dossier_id = dossiers_dossier.id AND i.closed_at IS NULL AND i.due_at >= %s)
    OR EXISTS (SELECT FROM dossiers_clockevent e WHERE e.dossier_id = dossiers_dossier.id AND e.at >= %s))
ORDER BY id LIMIT %s
"""  # noqa: S608
