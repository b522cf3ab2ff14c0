"""When something would be due: the question of a calculator, answered by the rules that date dossiers.

Nothing is stored. The calendar is the current one of the unit asked about, the policy that of the rule set
in force on the day of reception.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from motcua.organisations import calendar as office
from motcua.rules import deadline
from motcua.rules.clock import NEXT_DAY
from motcua.rules.deadline import (
    Accepted,
    ClockEvent,
    Explanation,
    Limit,
    Paused,
    Restarted,
    Resumed,
)
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE, WorkCalendar
from motcua.statutory.rulesets import ONE_STOP, rule_set


@dataclass(frozen=True, slots=True)
class Wait:
    """A pause on a ground; afterwards the limit goes on, or is counted from the beginning."""

    since: datetime
    until: datetime | None
    ground: str
    restarts: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `unit_id`: whose calendar (none: the province's); `next_day`: the day of reception
    is not counted (BLDS 2015 Đ147)."""

    received_at: datetime
    limit: Limit
    unit_id: int | None = None
    next_day: bool = False
    waits: tuple[Wait, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The date with all it was made of, and the calendar it was counted by."""

    why: Explanation
    calendar: WorkCalendar


def answer(question: Question) -> Answer:
    """The date that a dossier would have. Raises time.…, rules.none_in_force, unit.unknown,
    calendar.missing."""
    calendar = office.work_calendar(question.unit_id)
    policy = rule_set(ONE_STOP, question.received_at.astimezone(ZONE).date()).policy
    if question.next_day:
        policy = deadline.reading(policy, NEXT_DAY)
    return Answer(deadline.explain(tuple(_events(question)), calendar, policy), calendar)


def _events(question: Question) -> Iterator[ClockEvent]:
    """The events in the order of time; what ends goes before what begins at the same moment."""
    yield Accepted(question.received_at, question.limit)
    turns: list[tuple[datetime, bool, ClockEvent]] = []
    for wait in question.waits:
        if wait.until is None:
            raise Refusal("time.pause_never_closed", {"since": wait.since})
        if not question.received_at <= wait.since <= wait.until:
            late = wait.since if wait.since < question.received_at else wait.until
            last = max(question.received_at, wait.since)
            raise Refusal("time.event_out_of_order", {"at": late, "last": last})
        ends = Restarted(wait.until) if wait.restarts else Resumed(wait.until, wait.ground)
        turns += [(wait.since, True, Paused(wait.since, wait.ground)), (wait.until, False, ends)]
    yield from (event for *_, event in sorted(turns, key=lambda turn: turn[:2]))
