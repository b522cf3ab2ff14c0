"""Our own engine, asked in the JSON of the corpus like any other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TextIO

from motcua import __version__
from motcua.rules import deadline, phases
from motcua.rules.deadline import ClockEvent, Limit, Policy, SupplementReading
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import DayKind, Hours, Session, SpecialDay, WorkCalendar

ABOUT = {"name": "motcua", "version": __version__}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Asked = Mapping[str, Any]


def serve(lines: Iterable[str], out: TextIO) -> None:
    """Answer requests line by line until there are no more."""
    for line in lines:
        if line.strip():
            asked = json.loads(line)
            print(json.dumps({"id": asked.get("id"), **reply(asked)}), file=out, flush=True)


def reply(asked: Asked) -> dict[str, Any]:
    """The answer to one request, or the code of its refusal."""
    if asked["ask"] == "about":
        return dict(ABOUT)
    try:
        return _ANSWERS[asked["ask"]](asked)
    except Refusal as refused:
        return {"refused": refused.code}


def calendar_of(stored: Asked) -> WorkCalendar:
    """The working calendar of its JSON."""
    hours = tuple(_hours(one) for one in stored["hours"])
    return WorkCalendar(hours, tuple(_day(one) for one in stored["days"]), "conformance")


def policy_of(stored: Asked) -> Policy:
    """The policy of its JSON."""
    other = stored.get("other_limit")
    return Policy(
        stored["id"],
        SupplementReading(stored["supplement"]),
        bool(stored.get("count_from_next_day")),
        time.fromisoformat(stored.get("cutoff", "15:00")),
        Limit.from_json(other) if other else None,
        stored.get("sources", {}),
    )


def events_of(stored: Iterable[Asked], policy: Policy) -> list[ClockEvent]:
    """The events of their JSON; what the full receipt of a supplement does, the policy says."""
    events: list[ClockEvent] = []
    accepted = deadline.NO_LIMIT
    for one in stored:
        if one["kind"] == "supplied":
            at = deadline.event_from_json({"kind": "restarted", "at": one["at"]}).at
            events.append(deadline.resumption(policy, at, accepted))
            continue
        event = deadline.event_from_json(one)
        if isinstance(event, deadline.Accepted):
            accepted = event.limit
        events.append(event)
    return events


def _hours(stored: Asked) -> Hours:
    season = stored.get("season")
    first, last = (int(end.replace("-", "")) for end in season) if season else (0, 0)
    return Hours(
        {WEEKDAYS.index(day): tuple(map(_session, of)) for day, of in stored["week"].items()},
        _on(stored.get("valid_from")),
        _on(stored.get("valid_to")),
        (first, last) if season else None,
        stored.get("source", ""),
    )


def _session(stored: Asked) -> Session:
    start, end = time.fromisoformat(stored["start"]), time.fromisoformat(stored["end"])
    return Session(start, end, stored.get("counts", True), stored.get("public", True))


def _day(stored: Asked) -> SpecialDay:
    of = stored.get("hours_of")
    return SpecialDay(
        date.fromisoformat(stored["on"]),
        DayKind(stored["kind"]),
        stored["name"],
        stored.get("source", ""),
        WEEKDAYS.index(of) if of else None,
    )


def _on(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def _at(stored: str) -> datetime:
    return deadline.event_from_json({"kind": "restarted", "at": stored}).at


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _due(asked: Asked) -> dict[str, Any]:
    calendar, policy = calendar_of(asked["calendar"]), policy_of(asked["policy"])
    events = events_of(asked["events"], policy)
    settle = deadline.final if asked.get("final") else deadline.settle
    running = settle(events, calendar, policy).running
    told = deadline.explain(events, calendar, policy).to_json()
    said = {key: told[key] for key in ("due_at", "judged_at", "undecreed_from", "segments")}
    return said | {"running": running}


def _step(asked: Asked) -> dict[str, Any]:
    calendar, policy = calendar_of(asked["calendar"]), policy_of(asked["policy"])
    events = events_of(asked["events"], policy)
    opened, half_days = _at(asked["opened_at"]), Decimal(asked["half_days"])
    return {"due_at": _written(deadline.step_due(events, opened, half_days, calendar, policy))}


def _transfer(asked: Asked) -> dict[str, Any]:
    calendar, policy = calendar_of(asked["calendar"]), policy_of(asked["policy"])
    by = deadline.transfer_by(_at(asked["received_at"]), calendar, policy.cutoff)
    return {"due_at": _written(by)}


def _answer(asked: Asked) -> dict[str, Any]:
    calendar, hours = calendar_of(asked["calendar"]), Decimal(asked.get("hours", "8"))
    return {"due_at": _written(deadline.answer_by(_at(asked["submitted_at"]), calendar, hours))}


def _phases(asked: Asked) -> dict[str, Any]:
    policy = policy_of(asked["policy"])
    parts = [
        phases.Part(n, Limit.from_json(phase["limit"]), calendar_of(phase["calendar"]))
        for n, phase in enumerate(asked["phases"])
    ]
    planned = [_written(at) for at in phases.planned(_at(asked["accepted_at"]), parts, policy)]
    return {"due_at": planned[-1], "phases": planned}


_ANSWERS = {
    "due": _due,
    "step": _step,
    "transfer": _transfer,
    "answer": _answer,
    "phases": _phases,
}
