"""Numbers: taken, called, called again, served, moved to another lane, left."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.counter import events, policies
from motcua.counter.models import ServicePoint, Ticket
from motcua.ledger import sql
from motcua.ledger.acts import Act, act, next_number
from motcua.organisations import queries as organisations
from motcua.rules import personal_id, queueing
from motcua.rules.actor import Actor
from motcua.rules.identity import new_id
from motcua.rules.queueing import Lane, Source, Standing
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE


@dataclass(frozen=True, slots=True)
class Taken:
    """A number just taken; `token` opens its page."""

    id: UUID
    number: int
    token: str


@dataclass(frozen=True, slots=True)
class Called:
    """A number just called to a window."""

    id: UUID
    number: int
    lane: Lane
    point: int


def take_ticket(
    *,
    desk_id: int,
    lane: Lane,
    actor: Actor,
    at: datetime,
    source: Source = Source.PAGE,
    phone: str = "",
) -> Taken:
    """Give the next number of a desk's day, without a gap, to whoever asks.

    Of the telephone only the ending is kept. Raises counter.not_found, queue.closed,
    queue.closed_today, identity.phone_malformed.
    """
    ending = personal_id.mask(personal_id.phone(phone)) if phone.strip() else ""
    with act(events.TICKET_TAKEN, actor=actor, at=at) as a:
        policies.to_take(desk_id)
        queueing.to_take(organisations.work_calendar(desk_id), at)
        return enqueue(a, desk_id, lane, source, phone_ending=ending)


def enqueue(a: Act, desk_id: int, lane: Lane, source: Source, **more: Any) -> Taken:
    """Write a new number within an open act; the day's series is locked from here to its end."""
    on = a.at.astimezone(ZONE).date()
    number = next_number(f"queue:{desk_id}", on)
    taken = Taken(new_id(), number, secrets.token_urlsafe(16))
    row = {
        "id": taken.id,
        "desk_id": desk_id,
        "on": on,
        "number": number,
        "lane": lane.value,
        "source": source.value,
        "token": taken.token,
        "standing": Standing.WAITING.value,
        "taken_at": a.at,
        "phone_ending": "",
        "recalled": 0,
        **more,
    }
    a.insert(Ticket, [row])
    fields = {"desk": desk_id, "number": number, "lane": lane, "source": source}
    a.about("ticket", taken.id, fields)
    return taken


def call_next(*, point_id: int, actor: Actor, at: datetime) -> Called:
    """Call whose turn it is to a window: an appointment whose time has come, else the lowest number.

    Two windows that call at once never get one number: a row another holds is passed over. Raises
    point.not_found, counter.point_closed, counter.may_not, queue.point_busy, queue.nobody_waits.
    """
    with act(events.TICKET_CALLED, actor=actor, at=at) as a:
        point = policies.to_serve_at(actor, point_id)
        if point.opened_at is None:
            raise Refusal("counter.point_closed")
        queueing.to_call(_at_point(point))
        row = _next(point, a.at)
        if row is None:
            raise Refusal("queue.nobody_waits")
        a.hold("ticket", row["id"])
        now = {
            "standing": Standing.CALLED.value,
            "called_at": a.at,
            "point_id": point.id,
            "called_by_id": actor.account_id,
        }
        a.update(Ticket, [(row["id"], now)])
        a.about("ticket", row["id"], {"point": point.number, "number": row["number"]})
    return Called(row["id"], row["number"], Lane(row["lane"]), point.number)


def recall_ticket(*, ticket_id: UUID, actor: Actor, at: datetime) -> None:
    """Call a number again; one marked absent comes back to its window.

    Raises ticket.not_found, counter.may_not, queue.not_called, queue.point_busy.
    """
    with act(events.TICKET_RECALLED, actor=actor, at=at) as a:
        ticket = policies.to_handle(actor, ticket_id)
        recalled = queueing.recall(_value(ticket))
        if ticket.standing == Standing.ABSENT and ticket.point:
            point = policies.to_serve_at(actor, ticket.point.id)
            queueing.to_call(_at_point(point))
        now = {
            "standing": Standing.CALLED.value,
            "recalled": recalled,
            "recalled_at": a.at,
            "ended_at": None,
        }
        _set(a, ticket, now, {"recalled": recalled})


def start_serving(*, ticket_id: UUID, actor: Actor, at: datetime) -> None:
    """The person has come to the window. Raises ticket.not_found, counter.may_not,
    queue.not_called."""
    with act(events.TICKET_STARTED, actor=actor, at=at) as a:
        ticket = policies.to_handle(actor, ticket_id)
        queueing.to_start(_value(ticket))
        _set(a, ticket, {"standing": Standing.SERVING.value, "served_at": a.at})


def finish_ticket(*, ticket_id: UUID, actor: Actor, at: datetime) -> None:
    """The person is served; who was not said to have come before is so now.

    Raises ticket.not_found, counter.may_not, queue.not_at_point.
    """
    with act(events.TICKET_FINISHED, actor=actor, at=at) as a:
        ticket = policies.to_handle(actor, ticket_id)
        queueing.to_finish(_value(ticket))
        served_at = ticket.served_at or ticket.recalled_at or ticket.called_at
        now = {"standing": Standing.DONE.value, "served_at": served_at, "ended_at": a.at}
        _set(a, ticket, now)


def mark_absent(*, ticket_id: UUID, actor: Actor, at: datetime) -> None:
    """Nobody came to the window. Raises ticket.not_found, counter.may_not, queue.not_called."""
    with act(events.TICKET_ABSENT, actor=actor, at=at) as a:
        ticket = policies.to_handle(actor, ticket_id)
        queueing.to_start(_value(ticket))
        _set(a, ticket, {"standing": Standing.ABSENT.value, "ended_at": a.at})


def move_ticket(*, ticket_id: UUID, lane: Lane, actor: Actor, at: datetime) -> None:
    """Send whoever stands at the window on to another lane; the number, and its place by it, stay.

    Raises ticket.not_found, counter.may_not, queue.not_at_point, queue.same_lane.
    """
    with act(events.TICKET_MOVED, actor=actor, at=at) as a:
        ticket = policies.to_handle(actor, ticket_id)
        queueing.to_move(_value(ticket), Lane(ticket.lane), lane)
        now = {
            "standing": Standing.WAITING.value,
            "lane": lane.value,
            "point_id": None,
            "called_at": None,
            "recalled_at": None,
            "served_at": None,
        }
        _set(a, ticket, now, {"lane": lane})


def leave_queue(*, token: str, actor: Actor, at: datetime) -> None:
    """Whoever holds the token waits no longer. Raises ticket.not_found, queue.not_waiting."""
    with act(events.TICKET_LEFT, actor=actor, at=at) as a:
        ticket = policies.to_follow(token)
        queueing.to_leave(_value(ticket))
        _set(a, ticket, {"standing": Standing.LEFT.value, "ended_at": a.at})


def _set(
    a: Act, ticket: Ticket, now: Mapping[str, Any], fields: Mapping[str, Any] | None = None
) -> None:
    """Change a locked ticket when the act closes, after its last entry."""
    a.hold("ticket", ticket.id)
    a.update(Ticket, [(ticket.id, now)])
    a.about("ticket", ticket.id, fields or {})


def _value(ticket: Ticket) -> queueing.Ticket:
    return queueing.Ticket(
        Standing(ticket.standing), ticket.taken_at, ticket.called_at, ticket.recalled
    )


def _at_point(point: ServicePoint) -> list[Standing]:
    """The standings of the tickets at a window; the window is locked."""
    rows = Ticket.objects.filter(point=point, standing__in=sorted(queueing.AT_A_POINT))
    return [Standing(standing) for standing in rows.values_list("standing", flat=True)]


def _next(point: ServicePoint, at: datetime) -> dict[str, Any] | None:
    lanes = point.lanes or [lane.value for lane in Lane]
    rows = sql.fetch(NEXT, [point.desk_id, at.astimezone(ZONE).date(), lanes, at, at])
    return rows[0] if rows else None


NEXT = """
SELECT id, number, lane FROM counter_ticket
WHERE desk_id = %s AND "on" = %s AND standing = 'waiting' AND lane = ANY(%s)
ORDER BY CASE WHEN due_at <= %s THEN 0 WHEN due_at IS NULL THEN 1 ELSE 2 END,
         CASE WHEN due_at <= %s THEN due_at END, number
LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
"""
