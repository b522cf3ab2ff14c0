"""Calendars, policies and stories in the JSON of the corpus; explanations carried out again from theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from math import ceil
from typing import Any

from motcua.rules.deadline import ClockEvent, Limit, Policy, event_to_json
from motcua.rules.worktime import Hours, WorkCalendar

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ROUNDED = Decimal("0.0001")


def of_calendar(calendar: WorkCalendar) -> dict[str, Any]:
    days = [
        {
            "on": day.on.isoformat(),
            "kind": day.kind.value,
            "name": day.name,
            "source": day.source,
            "hours_of": None if day.weekday_hours is None else WEEKDAYS[day.weekday_hours],
        }
        for day in calendar.days
    ]
    return {"hours": [_hours(hours) for hours in calendar.hours], "days": days}


def _hours(hours: Hours) -> dict[str, Any]:
    return {
        "week": {
            WEEKDAYS[weekday]: [
                {"start": f"{s.start:%H:%M}", "end": f"{s.end:%H:%M}", "counts": s.counts}
                for s in sessions
            ]
            for weekday, sessions in hours.by_weekday.items()
        },
        "valid_from": hours.valid_from and hours.valid_from.isoformat(),
        "valid_to": hours.valid_to and hours.valid_to.isoformat(),
        "season": hours.season and [f"{d // 100:02}-{d % 100:02}" for d in hours.season],
    }


def of_policy(policy: Policy) -> dict[str, Any]:
    return {
        "supplement": policy.supplement.value,
        "count_from_next_day": policy.count_from_next_day,
        "cutoff": f"{policy.cutoff:%H:%M}",
    }


def of_events(events: Iterable[ClockEvent]) -> list[dict[str, Any]]:
    return [event_to_json(event) for event in events]


def limit_of(events: Iterable[ClockEvent]) -> Limit:
    """The limit that is running after the events."""
    *_, last = (event.limit for event in events if hasattr(event, "limit"))
    return last


# ---- an explanation, carried out again -------------------------------------------------------------


def carried_out(told: Mapping[str, Any], limit: Limit, accepted_at: datetime) -> str | None:
    """The date an explanation leads to, read from its segments alone; asserts that they are sound.

    They lie end to end from acceptance on, and what is counted since the last restart is the limit.
    """
    segments = told["segments"]
    if not segments:
        return None
    assert datetime.fromisoformat(segments[0]["start"]) == accepted_at
    assert all(one["end"] == next_["start"] for one, next_ in pairwise(segments))
    restarts = [n for n, one in enumerate(segments) if one["kind"] == "restarted"]
    counted = [
        one for one in segments[restarts[-1] + 1 if restarts else 0 :] if one["kind"] == "counted"
    ]
    days = sum((Decimal(one["days"]) for one in counted), Decimal(0))
    match limit.unit.value:
        case "calendar_day":
            assert days == ceil(limit.amount)
        case "working_day":
            assert abs(days - (limit.amount or 0)) <= ROUNDED * len(counted)
        case "working_hour":
            assert abs(_minutes_in(counted) - (limit.amount or 0) * 60) <= len(counted)
        case "none":
            assert not counted
        case _:
            assert days > 0
    return str(segments[-1]["end"])


def _minutes_in(counted: Iterable[Mapping[str, Any]]) -> Decimal:
    return Decimal(sum(one["minutes"] for one in counted))


def same(segments: Iterable[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    """Segments as they can be compared: neighbours of one kind and reason joined, days to a thousandth."""
    joined: list[list[Any]] = []
    for one in segments:
        named = [one["kind"], one["reason"], one.get("name", "")]
        if joined and joined[-1][:3] == named and one["kind"] != "restarted":
            joined[-1][4] = one["end"]
            joined[-1][5] += Decimal(one["days"])
        else:
            joined.append([*named, one["start"], one["end"], Decimal(one["days"])])
    return [(*one[:5], round(one[5], 2)) for one in joined]
