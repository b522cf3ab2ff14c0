"""What the adapters share: the protocol, and the parts of a case that a library of days or hours can take.

An adapter passes on what its library can express. It adds no rule of its own: what the library has no
idea of is answered with "not_expressible" and the reason.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from importlib.metadata import version
from typing import Any

ZONE = timezone(timedelta(hours=7))
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
REASONS = {
    "paused": "dừng và chạy lại đồng hồ",
    "restarted": "tính lại từ đầu",
    "relimited": "thời hạn khác sau bổ sung",
    "supplied": "bổ sung hồ sơ",
    "extended": "hẹn lại, kéo dài",
}
ASKS = {
    "step": "hạn của một bước",
    "transfer": "mốc 15:00",
    "answer": "hạn trả lời trực tuyến",
    "phases": "hồ sơ liên thông",
}


class NotExpressible(Exception):
    """The library has no idea of this."""


@dataclass(frozen=True)
class Run:
    """One limit counted from one moment, local and without a zone."""

    at: datetime
    amount: Decimal
    unit: str
    next_day: bool
    calendar: Mapping[str, Any]

    @property
    def whole(self) -> int:
        """The amount as a whole number of days or months."""
        if self.amount % 1:
            raise NotExpressible("nửa ngày làm việc")
        return int(self.amount)


def serve(package: str, due: Callable[[Run], datetime | date]) -> None:
    """Answer requests with the moment, or only the day, that the library gives."""
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps({"id": asked.get("id")} | _reply(asked, package, due)), flush=True)


def _reply(
    asked: Mapping[str, Any], package: str, due: Callable[[Run], datetime | date]
) -> dict[str, Any]:
    if asked["ask"] == "about":
        return {"name": package, "version": version(package.split()[0])}
    try:
        found = due(_run(asked))
    except NotExpressible as reason:
        return {"not_expressible": str(reason)}
    except ValueError as refused:
        return {"refused": str(refused)}
    except Exception as failure:
        return {"error": repr(failure)}
    if isinstance(found, datetime):
        return {"due_at": found.replace(tzinfo=ZONE).isoformat()}
    return {"due_on": found.isoformat()}


def _run(asked: Mapping[str, Any]) -> Run:
    if asked["ask"] != "due":
        raise NotExpressible(ASKS[asked["ask"]])
    for event in asked["events"]:
        if event["kind"] in REASONS:
            raise NotExpressible(REASONS[event["kind"]])
    first = asked["events"][0]
    unit, amount = first["limit"]["unit"], first["limit"]["amount"]
    if unit in ("same_day", "none"):
        raise NotExpressible("trả trong ngày, mốc 15:00" if amount is None else unit)
    at = datetime.fromisoformat(first["at"])
    at = at.astimezone(ZONE).replace(tzinfo=None) if at.tzinfo else at
    next_day = bool(asked["policy"].get("count_from_next_day"))
    return Run(at, Decimal(amount), unit, next_day, asked["calendar"])


def counted_week(run: Run) -> dict[int, list[tuple[time, time]]]:
    """The counted sessions of each weekday; one set of hours the year round."""
    if len(run.calendar["hours"]) > 1:
        raise NotExpressible("giờ làm việc đổi theo mùa hoặc theo quyết định")
    week = {}
    for name, sessions in run.calendar["hours"][0]["week"].items():
        kept = [
            (time.fromisoformat(s["start"]), time.fromisoformat(s["end"]))
            for s in sessions
            if s.get("counts", True)
        ]
        if kept:
            week[WEEKDAYS.index(name)] = sorted(kept)
    return week


def same_hours(run: Run) -> tuple[list[int], list[tuple[time, time]]]:
    """The weekdays worked and the sessions they all have."""
    week = counted_week(run)
    sessions = list(week.values())
    if any(one != sessions[0] for one in sessions):
        raise NotExpressible("các ngày trong tuần có giờ khác nhau")
    return sorted(week), sessions[0]


def day_length(sessions: list[tuple[time, time]]) -> Decimal:
    """The hours of a day."""
    ends = [(s.hour * 60 + s.minute, e.hour * 60 + e.minute) for s, e in sessions]
    return Decimal(sum(end - start for start, end in ends)) / 60


def days_off(run: Run) -> list[date]:
    """The declared days off."""
    return [date.fromisoformat(d["on"]) for d in run.calendar["days"] if d["kind"] != "makeup_work"]


def made_up(run: Run) -> list[date]:
    """The declared made-up days."""
    return [date.fromisoformat(d["on"]) for d in run.calendar["days"] if d["kind"] == "makeup_work"]


def without_made_up(run: Run, found: datetime) -> datetime:
    """The moment, if no made-up day lies in the span; a library without such days cannot know."""
    if any(run.at.date() <= on <= found.date() for on in made_up(run)):
        raise NotExpressible("ngày làm bù")
    return found
