# mypy: disable-error-code="no-untyped-def, no-untyped-call, assignment, arg-type, return-value, misc, no-any-return, type-arg, unused-ignore"
# ruff: noqa
"""Scaffold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from motcua.rules.worktime import ZONE, WorkCalendar

THREE_DAYS = Decimal(3)


class LimitUnit(StrEnum):
    WORKING_DAY = "working_day"
    WORKING_HOUR = "working_hour"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    SAME_DAY = "same_day"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Limit:
    amount: Decimal | None
    unit: LimitUnit

    def to_json(self) -> dict[str, Any]:
        return {
            "amount": str(self.amount) if self.amount is not None else None,
            "unit": self.unit.value,
        }

    @classmethod
    def from_json(cls, d: dict[str, Any]) -> Limit:
        return cls(Decimal(d["amount"]) if d["amount"] is not None else None, LimitUnit(d["unit"]))


NO_LIMIT = Limit(None, LimitUnit.NONE)


class SupplementReading(StrEnum):
    RESTART = "restart"
    PAUSE = "pause"
    OTHER_LIMIT = "other_limit"


@dataclass(frozen=True, slots=True)
class Policy:
    id: str
    supplement: SupplementReading
    count_from_next_day: bool = False
    cutoff: time = time(15)


@dataclass(frozen=True, slots=True)
class Accepted:
    at: datetime
    limit: Limit


@dataclass(frozen=True, slots=True)
class Paused:
    at: datetime
    ground: str


@dataclass(frozen=True, slots=True)
class Resumed:
    at: datetime


@dataclass(frozen=True, slots=True)
class Restarted:
    at: datetime


@dataclass(frozen=True, slots=True)
class Relimited:
    at: datetime
    limit: Limit


@dataclass(frozen=True, slots=True)
class Extended:
    at: datetime
    until: datetime
    by_law: bool


@dataclass(frozen=True, slots=True)
class Closed:
    at: datetime


ClockEvent = Accepted | Paused | Resumed | Restarted | Relimited | Extended | Closed
_KINDS = {
    c.__name__.lower(): c
    for c in (Accepted, Paused, Resumed, Restarted, Relimited, Extended, Closed)
}


def event_to_json(e: ClockEvent) -> dict[str, Any]:
    d: dict[str, Any] = {"kind": type(e).__name__.lower()}
    for n in e.__slots__:
        v = getattr(e, n)
        d[n] = (
            v.isoformat() if isinstance(v, datetime) else v.to_json() if isinstance(v, Limit) else v
        )
    return d


def event_from_json(d: dict[str, Any]) -> ClockEvent:
    c = _KINDS[d["kind"]]
    kw = {}
    for n in c.__slots__:
        v = d[n]
        kw[n] = (
            datetime.fromisoformat(v)
            if n in ("at", "until")
            else Limit.from_json(v)
            if n == "limit"
            else v
        )
    return c(**kw)  # type: ignore


@dataclass(frozen=True, slots=True)
class Settled:
    due_at: datetime | None
    judged_at: datetime | None
    running: bool
    paused_since: datetime | None


class Punctuality(StrEnum):
    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


def classify(finished_on: date, judged_on: date | None) -> Punctuality:
    if judged_on is None or finished_on == judged_on:
        return Punctuality.ON_TIME
    return Punctuality.EARLY if finished_on < judged_on else Punctuality.LATE


def _due(at, limit, cal):  # type: ignore
    if limit.unit is LimitUnit.NONE:
        return None
    if limit.unit is LimitUnit.WORKING_DAY:
        return cal.add_days(at, limit.amount)
    if limit.unit is LimitUnit.WORKING_HOUR:
        return cal.add(at, limit.amount * 60)
    d = at.astimezone(cal.zone).date()
    if limit.unit is LimitUnit.CALENDAR_DAY:
        d += timedelta(days=int(limit.amount))
    elif limit.unit is LimitUnit.MONTH:
        d += timedelta(days=30 * int(limit.amount))
    elif at.astimezone(cal.zone).time() >= time(15):
        d += timedelta(days=1)
    while not cal.is_working(d):
        d += timedelta(days=1)
    return cal.sessions(d)[-1][1]


def settle(events: Sequence[ClockEvent], calendar: WorkCalendar, policy: Policy) -> Settled:
    due = judged = None
    paused = None
    limit = None
    for e in events:
        match e:
            case Accepted():
                limit = e.limit
                due = judged = _due(e.at, e.limit, calendar)
            case Paused():
                paused = paused or e.at
            case Resumed():
                w = calendar.between(paused, e.at)
                paused = None
                due = due and calendar.add(due, w)
                judged = judged and calendar.add(judged, w)
            case Restarted():
                paused = None
                due = judged = _due(e.at, limit, calendar)
            case Relimited():
                paused = None
                due = judged = _due(e.at, e.limit, calendar)
            case Extended():
                due = e.until
    return Settled(due, judged, paused is None, paused)


def step_due(calendar: WorkCalendar, opened_at: datetime, half_days: Decimal) -> datetime:
    return calendar.add_days(opened_at, half_days / 2)


def resumption(policy: Policy, at: datetime, limit: Limit) -> ClockEvent:
    return Restarted(at) if policy.supplement is SupplementReading.RESTART else Resumed(at)


def reading(policy: Policy, name: str) -> Policy:
    return replace(policy, supplement=SupplementReading(name), id=f"{policy.id}+{name}")


Segment = Any


def explain(
    events: Sequence[ClockEvent], calendar: WorkCalendar, policy: Policy
) -> tuple[Segment, ...]:
    return ()
