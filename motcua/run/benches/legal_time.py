"""How many due dates a second one core gives, beside pandas' CustomBusinessHour on the same cases.

No database and no server: the rules alone, each case settled one after another as an act does it.
"""

from __future__ import annotations

import importlib
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from motcua.rules.deadline import (
    Accepted,
    ClockEvent,
    Limit,
    LimitUnit,
    Paused,
    Resumed,
    explain,
    settle,
)
from motcua.rules.worktime import WorkCalendar
from motcua.statutory.calendar import national_days, standard_hours
from motcua.statutory.rulesets import ONE_STOP, rule_set

SEED = 2022
CASES = 20_000
PEER_CASES = 300
"""The peer is slow; so many of the same cases are enough to know its rate."""
FIRST = datetime(2022, 1, 4, 0, 30, tzinfo=UTC)
DAYS = ("0.5", "1", "2", "2.5", "3", "5", "7", "10", "12", "15", "20", "30")
HOURS = ("4", "6", "20")
LIMITS = (
    *(Limit(Decimal(amount), LimitUnit.WORKING_DAY) for amount in DAYS),
    *(Limit(Decimal(amount), LimitUnit.WORKING_HOUR) for amount in HOURS),
)
HOURS_A_DAY = 8
Story = tuple[ClockEvent, ...]


def lines(runs: int) -> Iterator[dict[str, Any]]:
    """One JSON line a bench: `deadline`, `deadline-paused`, `deadline-explained`."""
    calendar = WorkCalendar(standard_hours(), national_days(), "đo")
    policy = rule_set(ONE_STOP, FIRST.date()).policy
    plain = [(Accepted(at, limit),) for at, limit in _cases(calendar)]
    paused = [_interrupted(story[0]) for story in plain]

    def settled(story: Story) -> object:
        return settle(story, calendar, policy)

    def explained(story: Story) -> object:
        return explain(story, calendar, policy)

    peer, missing = _peer_rate(plain, calendar)
    rate, worst = _rate(plain, settled, runs)
    ratio = round(rate / peer, 1) if peer else None
    against = {
        "peer": peer and round(peer),
        "ratio": ratio,
        "against": missing or "pandas CustomBusinessHour",
    }
    yield _line("deadline", rate, worst, 200_000, runs) | against
    yield _line("deadline-paused", *_rate(paused, settled, runs), 80_000, runs)
    yield _line("deadline-explained", *_rate(plain, explained, runs), 20_000, runs)


def _cases(calendar: WorkCalendar) -> Iterator[tuple[datetime, Limit]]:
    drawn = random.Random(SEED)  # noqa: S311  (the same cases every time)
    for _ in range(CASES):
        at = FIRST + timedelta(minutes=drawn.randrange(3 * 365 * 24 * 60))
        yield calendar.local(at), drawn.choice(LIMITS)


def _interrupted(accepted: ClockEvent) -> Story:
    """Two waits, of a supplement and of money, some of it at night and over weekends."""
    hours = [accepted.at + timedelta(hours=n) for n in (5, 40, 60, 135)]
    return (
        accepted,
        Paused(hours[0], "supplement"),
        Resumed(hours[1], "supplement"),
        Paused(hours[2], "money"),
        Resumed(hours[3], "money"),
    )


def _rate(
    stories: Sequence[Story], answer: Callable[[Story], object], runs: int
) -> tuple[float, float]:
    """Answers a second: the median of the runs, and the worst."""
    for story in stories:
        answer(story)  # the calendar lays its years out when first asked
    rates = []
    for _ in range(runs):
        begun = time.perf_counter()
        for story in stories:
            answer(story)
        rates.append(len(stories) / (time.perf_counter() - begun))
    return statistics.median(rates), min(rates)


def _peer_rate(
    stories: Sequence[tuple[Accepted, ...]], calendar: WorkCalendar
) -> tuple[float | None, str]:
    """How many of the same cases pandas settles a second: the same moments in, moments of the same zone
    out. It knows no office days, so a day is eight of its business hours."""
    try:
        pandas = importlib.import_module("pandas")
    except ImportError:
        return None, "pandas chưa được cài (make setup cài bản đã khóa)"
    off = [day.on for day in calendar.days if not calendar.is_working(day.on)]
    morning_and_afternoon = {"start": ["07:30", "13:30"], "end": ["11:30", "17:30"]}
    offset = pandas.offsets.CustomBusinessHour(**morning_and_afternoon, holidays=off)
    asked = [(one.at, _hours(one.limit)) for (one,) in stories[:PEER_CASES]]
    begun = time.perf_counter()
    for at, hours in asked:
        (pandas.Timestamp(at) + hours * offset).to_pydatetime()
    return len(asked) / (time.perf_counter() - begun), ""


def _hours(limit: Limit) -> int:
    a_day = HOURS_A_DAY if limit.unit is LimitUnit.WORKING_DAY else 1
    return int((limit.amount or 0) * a_day)


def _line(name: str, rate: float, worst: float, aim: int, runs: int) -> dict[str, Any]:
    return {
        "bench": name,
        "value": round(rate),
        "unit": "/s",
        "worst": round(worst),
        "aim": aim,
        "cases": CASES,
        "runs": runs,
        "cores": 1,
    }
