"""Interconnected procedures: a date at each agency, and the agency's own once the dossier is there.

The date of the whole is the dossier's. The dates planned at acceptance are the chain of the phases' limits,
each by the calendar of its agency; a phase's own date is its limit from the moment its agency has the
dossier, moved by the dossier's pauses and restarts since.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from motcua.rules import deadline
from motcua.rules.deadline import Accepted, ClockEvent, Limit, LimitUnit, Paused, Policy
from motcua.rules.pauses import open_pauses
from motcua.rules.worktime import WorkCalendar


@dataclass(frozen=True, slots=True)
class Part:
    """What one agency has to do, in the order of the agencies: its limit, counted by its calendar."""

    unit_id: int
    limit: Limit
    calendar: WorkCalendar


def planned(at: datetime, parts: Sequence[Part], policy: Policy) -> tuple[datetime, ...]:
    """The date at each agency, of a dossier accepted at a moment: each begins where the last ends."""
    dates: list[datetime] = []
    for part in parts:
        settled = deadline.settle((Accepted(at, part.limit),), part.calendar, policy)
        at = settled.due_at or at
        dates.append(at)
    return tuple(dates)


def due_at(
    clock: Sequence[ClockEvent], begun_at: datetime, part: Part, policy: Policy
) -> datetime | None:
    """An agency's own date, by what the dossier's clock has done since it has the dossier."""
    first = _first_after(clock, begun_at)
    waiting = [Paused(begun_at, pause.ground) for pause in open_pauses(clock[:first])]
    since: list[ClockEvent] = [Accepted(begun_at, part.limit), *waiting]
    for event in clock[first:]:
        if isinstance(event, deadline.Relimited):
            # Another limit of the whole begins; the agency goes on with its own.
            since.append(deadline.Resumed(event.at, "supplement"))
        elif not isinstance(event, deadline.Extended):
            since.append(event)
    return deadline.settle(since, part.calendar, policy).due_at


def remainder(
    limit: Limit, finished_at: datetime | None, due_at: datetime | None, calendar: WorkCalendar
) -> Limit:
    """What an agency has left of its limit when a dossier comes back to it, in working hours; the least
    there is where it has none left. A limit without a date stays as it is."""
    if finished_at is None or due_at is None:
        return limit
    hundredths = calendar.between(finished_at, due_at) * 100 // 60
    return Limit(Decimal(max(1, hundredths)) / 100, LimitUnit.WORKING_HOUR)


def _first_after(clock: Sequence[ClockEvent], begun_at: datetime) -> int:
    """The place of the first event after the one that brought the dossier to the agency."""
    brought = (deadline.Accepted, deadline.Transferred)
    places = [n for n, e in enumerate(clock) if isinstance(e, brought) and e.at <= begun_at]
    return places[-1] + 1
