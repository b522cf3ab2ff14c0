"""A declaration of days before it is made: checked as the act would check it, and the calendars it would
give. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.organisations import calendar
from motcua.organisations.operations.calendar import (
    DayDeclared,
    check_days,
    day_row,
    declared,
    differs,
)
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import DayKind, WorkCalendar


@dataclass(frozen=True, slots=True)
class Declaration:
    """Days a decree declares and withdraws, for one unit or (None) the province. A day that is moved is
    withdrawn on its old date and declared on its new one."""

    unit_id: int | None
    days: tuple[DayDeclared, ...]
    withdrawn: tuple[date, ...] = ()

    @property
    def dates(self) -> tuple[date, ...]:
        """Every day that would be another than now."""
        return tuple(sorted({*(d.on for d in self.days), *self.withdrawn}))


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a declaration would make of the calendars: `before` and `after` of any unit. `revision` is the
    one it was compared with."""

    revision: int
    before: Callable[[int | None], WorkCalendar]
    after: Callable[[int | None], WorkCalendar]


def proposed(declaration: Declaration) -> Proposed:
    """The calendars under a declaration, beside those in force.

    Raises calendar.nothing_proposed, calendar.day_twice, calendar.day_out_of_range,
    calendar.day_declared (already, in the same way), calendar.day_not_declared (withdrawn, yet not there),
    calendar.makeup_needless (a made-up day that is an office day anyway), calendar.missing, unit.unknown.
    """
    check_days(declaration.days, declaration.withdrawn)
    if not declaration.dates:
        raise Refusal("calendar.nothing_proposed", {"field": "days"})
    standing = declared(declaration.unit_id, declaration.dates)
    _check_against(declaration, standing)
    revision = calendar.latest_revision()
    found = Proposed(
        revision,
        lambda unit_id: calendar.work_calendar(unit_id, revision),
        calendar.with_days(
            declaration.unit_id,
            [day_row(declaration.unit_id, day, revision) for day in declaration.days],
            declaration.withdrawn,
            revision,
        ),
    )
    _check_made_up(declaration, found)
    return found


def _check_against(declaration: Declaration, standing: dict[date, dict[str, Any]]) -> None:
    for day in declaration.days:
        if day.on in standing and not differs(day, standing[day.on]):
            raise Refusal("calendar.day_declared", {"on": day.on, "name": day.name})
    for on in declaration.withdrawn:
        if on not in standing:
            raise Refusal("calendar.day_not_declared", {"on": on})


def _check_made_up(declaration: Declaration, found: Proposed) -> None:
    for day in declaration.days:
        if day.kind is DayKind.MAKEUP_WORK and found.before(declaration.unit_id).is_working(day.on):
            raise Refusal("calendar.makeup_needless", {"on": day.on})
