"""What each act does to a ticket of the queue, who is called next, and how long there is to wait.

Times are aware; nothing here reads a clock. Every refusal has a code "queue.…".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from math import ceil

from motcua.rules.refusal import Refusal
from motcua.rules.worktime import WorkCalendar


class Lane(StrEnum):
    """What a person comes to the desk for."""

    FILE = "file"
    COLLECT = "collect"
    CERTIFY = "certify"
    ADVICE = "advice"


class Source(StrEnum):
    """Where a ticket was taken."""

    PAGE = "page"
    PHONE = "phone"
    KIOSK = "kiosk"
    APPOINTMENT = "appointment"


class Standing(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    DONE = "done"
    ABSENT = "absent"
    LEFT = "left"


AT_A_POINT = frozenset({Standing.CALLED, Standing.SERVING})
EARLY = timedelta(minutes=30)
"""How long before opening the first tickets are given."""
USUAL = timedelta(minutes=6)
"""How long one person takes, until today's figures say."""
ENOUGH = 3
"""Persons served from whom a rough wait can be told."""
BEFORE = timedelta(minutes=30)
AFTER = timedelta(minutes=15)
"""How early and how late one may come to an appointment."""
AHEAD = 30
"""For how many days ahead appointments are given."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as a decision sees it."""

    standing: Standing
    taken_at: datetime
    called_at: datetime | None = None
    recalled: int = 0


def to_take(calendar: WorkCalendar, at: datetime) -> None:
    """Raises queue.closed unless the desk is open, or opens within half an hour."""
    sessions = calendar.sessions(calendar.local(at).date())
    if not sessions:
        raise Refusal("queue.closed_today")
    opens, closes = sessions[0][0] - EARLY, sessions[-1][1]
    if not opens <= at <= closes:
        raise Refusal("queue.closed", {"opens": sessions[0][0], "closes": closes})


def to_call(at_point: Sequence[Standing]) -> None:
    """Raises queue.point_busy while somebody stands at the window."""
    if any(standing in AT_A_POINT for standing in at_point):
        raise Refusal("queue.point_busy")


def recall(ticket: Ticket) -> int:
    """Call again a number that nobody answered, also one marked absent; returns how often by now."""
    if ticket.standing not in (Standing.CALLED, Standing.ABSENT):
        raise Refusal("queue.not_called", {"standing": ticket.standing})
    return ticket.recalled + 1


def to_start(ticket: Ticket) -> None:
    """Raises queue.not_called unless the number was called and nobody is served under it yet."""
    if ticket.standing is not Standing.CALLED:
        raise Refusal("queue.not_called", {"standing": ticket.standing})


def to_finish(ticket: Ticket) -> None:
    """Raises queue.not_at_point unless the number stands at a window."""
    if ticket.standing not in AT_A_POINT:
        raise Refusal("queue.not_at_point", {"standing": ticket.standing})


def to_move(ticket: Ticket, lane: Lane, to: Lane) -> None:
    """Raises unless the number stands at a window and goes to another lane than its own."""
    to_finish(ticket)
    if lane is to:
        raise Refusal("queue.same_lane")


def to_leave(ticket: Ticket) -> None:
    """Raises queue.not_waiting unless the number still waits, or was only called."""
    if ticket.standing not in (Standing.WAITING, Standing.CALLED):
        raise Refusal("queue.not_waiting", {"standing": ticket.standing})


def rough_wait(ahead: int, served: Sequence[timedelta], points: int) -> timedelta | None:
    """How long until one with `ahead` before him is called: the middle of today's times at the window,
    shared among the open windows, in whole minutes upwards; None where no window is open."""
    if not points:
        return None
    each = percentile(served, 50) if len(served) >= ENOUGH else USUAL
    minutes = ceil(((each or USUAL) * ahead / points).total_seconds() / 60)
    return timedelta(minutes=minutes)


def percentile(values: Sequence[timedelta], share: int) -> timedelta | None:
    """The smallest value that `share` percent of the values do not exceed; None of none."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(ceil(len(ordered) * share / 100), 1) - 1]


# ---- appointments --------------------------------------------------------------------------------


def to_offer(starts: time, minutes: int, capacity: int) -> None:
    """Raises queue.slot_malformed for a slot that holds nobody or runs past midnight."""
    end = starts.hour * 60 + starts.minute + minutes
    if not (5 <= minutes <= 240 and 1 <= capacity <= 200 and end <= 24 * 60):
        raise Refusal("queue.slot_malformed", {"starts": f"{starts:%H:%M}"})


def to_book(
    calendar: WorkCalendar, on: date, starts_at: datetime, minutes: int, at: datetime
) -> None:
    """Raises unless an appointment lies ahead, within a month, and wholly in an office session."""
    if starts_at <= at:
        raise Refusal("queue.slot_past")
    if (on - calendar.local(at).date()).days > AHEAD:
        raise Refusal("queue.too_far_ahead", {"days": AHEAD})
    ends_at = starts_at + timedelta(minutes=minutes)
    if not any(a <= starts_at and ends_at <= b for a, b in calendar.sessions(on)):
        raise Refusal("queue.outside_office_hours", {"on": on})


def to_check_in(starts_at: datetime, at: datetime) -> None:
    """Raises queue.too_early or queue.too_late to come to an appointment."""
    if at < starts_at - BEFORE:
        raise Refusal("queue.too_early", {"starts_at": starts_at})
    if at > starts_at + AFTER:
        raise Refusal("queue.too_late", {"starts_at": starts_at})
