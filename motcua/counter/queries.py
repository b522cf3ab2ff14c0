"""Every read of the room that a door or the figures may use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from motcua.counter import policies
from motcua.counter.models import Appointment, PostedNotice, ServicePoint, Slot, Ticket
from motcua.ledger import sql
from motcua.organisations import queries as organisations
from motcua.organisations.queries import UnitFacts
from motcua.rules import queueing
from motcua.rules.actor import Actor
from motcua.rules.queueing import Lane, Standing
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE, WorkCalendar

SHOWN = 6
"""Numbers on the calling screen, the one called last first."""
desk = policies.desk


@dataclass(frozen=True, slots=True)
class PointFacts:
    """A window, who sits there, and the number that stands there now."""

    id: int
    number: int
    label: str
    lanes: tuple[Lane, ...]
    domains: tuple[str, ...]
    opened_at: datetime | None
    opened_by_id: int | None

    @property
    def serves(self) -> tuple[Lane, ...]:
        return self.lanes or tuple(Lane)


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """A number as the desk sees it."""

    id: UUID
    number: int
    lane: Lane
    standing: Standing
    source: str
    phone_ending: str
    taken_at: datetime
    due_at: datetime | None
    called_at: datetime | None
    recalled: int
    recalled_at: datetime | None
    point: int | None
    point_id: int | None


@dataclass(frozen=True, slots=True)
class OnScreen:
    """A number called to a window; `times` grows when it is called again."""

    number: int
    point: int
    label: str
    times: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Board:
    """What the calling screen shows: the last numbers called, how many wait in each lane."""

    called: tuple[OnScreen, ...]
    waiting: tuple[tuple[Lane, int], ...]

    @property
    def mark(self) -> str:
        """Changes with every call."""
        return "-".join(f"{c.number}.{c.times}" for c in self.called)


@dataclass(frozen=True, slots=True)
class Place:
    """A number as who holds it sees it."""

    desk: UnitFacts
    number: int
    lane: Lane
    standing: Standing
    point: int | None
    point_label: str
    ahead: int
    wait: timedelta | None
    taken_at: datetime
    due_at: datetime | None
    token: str


@dataclass(frozen=True, slots=True)
class SlotFacts:
    """A time of a day, and how many places are left."""

    starts: time
    minutes: int
    capacity: int
    left: int


@dataclass(frozen=True, slots=True)
class AppointmentFacts:
    """An appointment, as its holder or the desk sees it."""

    id: UUID
    desk: UnitFacts
    starts_at: datetime
    lane: Lane
    name: str
    phone: str
    code: str
    token: str
    cancelled_at: datetime | None
    came_at: datetime | None
    ticket: str


def desks(on: date) -> tuple[UnitFacts, ...]:
    """The desks that give numbers on a day, by name."""
    ids = ServicePoint.objects.filter(active=True).values_list("desk_id", flat=True).distinct()
    found = (organisations.unit(i) for i in ids)
    return tuple(sorted((u for u in found if u.days.has(on)), key=lambda u: u.sort_key))


def desks_of(actor: Actor, on: date) -> tuple[UnitFacts, ...]:
    """The desks with windows at which the actor calls numbers or which he arranges."""
    return tuple(
        u for u in desks(on) if policies.may_call(actor, u.id) or policies.may_arrange(actor, u.id)
    )


def desks_counted(actor: Actor, on: date) -> tuple[UnitFacts, ...]:
    """The desks with windows whose waiting times the actor may see: his own first."""
    found = [u for u in desks(on) if policies.may_see_waits(actor, u.id)]
    return tuple(sorted(found, key=lambda u: not policies.may_call(actor, u.id)))


def desks_booking(on: date) -> tuple[UnitFacts, ...]:
    """The desks that take appointments on a day, by name."""
    ids = set(Slot.objects.filter(active=True).values_list("desk_id", flat=True))
    return tuple(u for u in desks(on) if u.id in ids)


def points(desk_id: int) -> tuple[PointFacts, ...]:
    """The windows of a desk, by number."""
    rows = ServicePoint.objects.filter(desk_id=desk_id, active=True).order_by("number")
    return tuple(
        PointFacts(
            p.id, p.number, p.label, tuple(map(Lane, p.lanes)), tuple(p.domains), p.opened_at,
            p.opened_by_id,
        )
        for p in rows
    )  # fmt: skip


def lanes(desk_id: int) -> tuple[Lane, ...]:
    """The lanes that some window of the desk serves."""
    served = {lane for point in points(desk_id) for lane in point.serves}
    return tuple(lane for lane in Lane if lane in served)


def day(actor: Actor, desk_id: int, on: date) -> tuple[TicketFacts, ...]:
    """All numbers of a desk's day, in the order they are called; raises counter.may_not."""
    policies.to_look(actor, desk_id)
    rows = Ticket.objects.filter(desk_id=desk_id, on=on).select_related("point")
    return tuple(_facts(row) for row in rows.order_by("number"))


def board(desk_id: int, on: date) -> Board:
    """What everybody in the room may see: numbers and windows, nothing of persons."""
    called, waiting = sql.fetch_all([(CALLED, [desk_id, on, SHOWN]), (WAITING, [desk_id, on])])
    counts = {row["lane"]: row["n"] for row in waiting}
    return Board(
        tuple(
            OnScreen(r["number"], r["point"], r["label"], r["recalled"], Standing(r["standing"]))
            for r in called
        ),
        tuple((lane, counts.get(lane.value, 0)) for lane in lanes(desk_id)),
    )


def place(token: str, at: datetime) -> Place:
    """Where a number stands, by its token; raises ticket.not_found."""
    ticket = Ticket.objects.filter(token=token).select_related("point").first()
    if ticket is None:
        raise Refusal("ticket.not_found")
    standing = Standing(ticket.standing)
    ahead, wait = 0, None
    if standing is Standing.WAITING and ticket.on == at.astimezone(ZONE).date():
        ahead, wait = _ahead(ticket, at)
    point = ticket.point
    return Place(
        organisations.unit(ticket.desk_id), ticket.number, Lane(ticket.lane), standing,
        point.number if point else None, point.label if point else "", ahead, wait,
        ticket.taken_at, ticket.due_at, ticket.token,
    )  # fmt: skip


def _ahead(ticket: Ticket, at: datetime) -> tuple[int, timedelta | None]:
    """How many go before a number at the windows that serve its lane, and a rough wait."""
    serving = [p for p in points(ticket.desk_id) if Lane(ticket.lane) in p.serves and p.opened_at]
    shared = {lane.value for point in serving for lane in point.serves} | {ticket.lane}
    waiting, times = sql.fetch_all(
        [
            (ORDERED, [ticket.desk_id, ticket.on, sorted(shared), at, at]),
            (TIMES, [ticket.desk_id, ticket.on]),
        ]
    )
    order = [row["id"] for row in waiting]
    ahead = order.index(ticket.id) if ticket.id in order else 0
    served = [row["took"] for row in times]
    return ahead, queueing.rough_wait(ahead, served, len(serving))


def slots(desk_id: int, on: date, at: datetime) -> tuple[SlotFacts, ...]:
    """The slots of a day that can still be booked, with the places left."""
    return slots_between(desk_id, on, on, at).get(on, ())


def slots_between(
    desk_id: int, first: date, last: date, at: datetime
) -> dict[date, tuple[SlotFacts, ...]]:
    """The slots of each day, both counted, that can still be booked; in two statements."""
    calendar = organisations.work_calendar(desk_id)
    given = Counter(
        Appointment.objects.filter(
            desk_id=desk_id, on__range=(first, last), cancelled_at=None
        ).values_list("starts_at", flat=True)
    )
    offered = list(Slot.objects.filter(desk_id=desk_id, active=True).order_by("starts"))
    found: dict[date, tuple[SlotFacts, ...]] = {}
    for on in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        open_ = [
            SlotFacts(s.starts, s.minutes, s.capacity, max(s.capacity - given[starts_at], 0))
            for s in offered
            if s.weekday == on.weekday()
            and _bookable(calendar, on, starts_at := datetime.combine(on, s.starts, ZONE), s, at)
        ]
        if open_:
            found[on] = tuple(open_)
    return found


def _bookable(
    calendar: WorkCalendar, on: date, starts_at: datetime, slot: Slot, at: datetime
) -> bool:
    try:
        queueing.to_book(calendar, on, starts_at, slot.minutes, at)
    except Refusal:
        return False
    return True


def slots_of_week(desk_id: int) -> list[dict[str, Any]]:
    """The slots of a desk's week, in order."""
    rows = Slot.objects.filter(desk_id=desk_id, active=True).order_by("weekday", "starts")
    names = ("weekday", "starts", "minutes", "capacity")
    return [{name: getattr(slot, name) for name in names} for slot in rows]


def unit_of(key: str) -> int:
    """The id of a unit by its key; raises unit.unknown."""
    return organisations.unit_by_key(key).id


def first_desk(actor: Actor) -> int:
    """The desk where somebody works who may not have windows yet; raises counter.may_not."""
    for unit_id in sorted(actor.units):
        if organisations.unit(unit_id).kind == organisations.Kind.DESK:
            return unit_id
    raise Refusal("counter.may_not")


def appointment(token: str) -> AppointmentFacts:
    """An appointment by its token; raises appointment.not_found."""
    found = Appointment.objects.filter(token=token).select_related("ticket").first()
    if found is None:
        raise Refusal("appointment.not_found")
    return _appointment(found)


def appointments(actor: Actor, desk_id: int, on: date) -> tuple[AppointmentFacts, ...]:
    """The appointments of a desk's day, for who works there; raises counter.may_not."""
    policies.to_look(actor, desk_id)
    rows = Appointment.objects.filter(desk_id=desk_id, on=on).select_related("ticket")
    return tuple(_appointment(row) for row in rows.order_by("starts_at", "booked_at"))


def posted_since(desk_ids: Sequence[int]) -> dict[int, date]:
    """Since when the list of procedures hangs at desks that declared it."""
    rows = PostedNotice.objects.filter(desk_id__in=desk_ids).order_by("-posted_on")
    return dict(rows.values_list("desk_id", "posted_on"))


def _appointment(row: Appointment) -> AppointmentFacts:
    ticket = row.ticket.token if row.came_at and hasattr(row, "ticket") else ""
    return AppointmentFacts(
        row.id, organisations.unit(row.desk_id), row.starts_at, Lane(row.lane), row.name, row.phone,
        row.code, row.token, row.cancelled_at, row.came_at, ticket,
    )  # fmt: skip


def _facts(row: Ticket) -> TicketFacts:
    return TicketFacts(
        row.id, row.number, Lane(row.lane), Standing(row.standing), row.source, row.phone_ending,
        row.taken_at, row.due_at, row.called_at, row.recalled, row.recalled_at,
        row.point.number if row.point else None, row.point_id,
    )  # fmt: skip


# ---- figures -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Waits:
    """How long people waited at a desk, on a day or in an hour of it (`hour` None: the whole day)."""

    desk_id: int
    on: date
    hour: int | None
    taken: int
    served: int
    absent: int
    left: int
    p50: timedelta | None
    p90: timedelta | None
    at_window: timedelta | None

    @property
    def absent_share(self) -> float | None:
        called = self.served + self.absent
        return 100 * self.absent / called if called else None


def waits(
    actor: Actor, desk_ids: Sequence[int], since: date, until: date, *, by_hour: bool = False
) -> tuple[Waits, ...]:
    """Waiting times and throughput, counted from the numbers' own acts, by desk and day, newest day
    first; raises counter.may_not for a desk that is not the actor's."""
    for desk_id in desk_ids:
        policies.to_see_waits(actor, desk_id)
    hour = f"extract(hour FROM taken_at AT TIME ZONE '{ZONE.key}')::int" if by_hour else "NULL::int"
    rows = sql.fetch(WAITS.format(hour=hour), [list(desk_ids), since, until], prepare=False)
    return tuple(Waits(**_known(row)) for row in rows)


def _known(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in Waits.__slots__}


CALLED = """
SELECT t.number, p.number AS point, p.label, t.recalled, t.standing
FROM counter_ticket t JOIN counter_servicepoint p ON p.id = t.point_id
WHERE t.desk_id = %s AND t."on" = %s AND t.standing IN ('called', 'serving')
ORDER BY coalesce(t.recalled_at, t.called_at) DESC, t.number DESC LIMIT %s
"""
WAITING = """
SELECT lane, count(*) AS n FROM counter_ticket
WHERE desk_id = %s AND "on" = %s AND standing = 'waiting' GROUP BY lane
"""
ORDERED = """
SELECT id FROM counter_ticket
WHERE desk_id = %s AND "on" = %s AND standing = 'waiting' AND lane = ANY(%s)
ORDER BY CASE WHEN due_at <= %s THEN 0 WHEN due_at IS NULL THEN 1 ELSE 2 END,
         CASE WHEN due_at <= %s THEN due_at END, number
"""
TIMES = """
SELECT ended_at - called_at AS took FROM counter_ticket
WHERE desk_id = %s AND "on" = %s AND standing = 'done'
"""
WAITS = """
SELECT desk_id, "on", {hour} AS hour, count(*) AS taken,
       count(*) FILTER (WHERE standing = 'done') AS served,
       count(*) FILTER (WHERE standing = 'absent') AS absent,
       count(*) FILTER (WHERE standing = 'left') AS left,
       percentile_disc(0.5) WITHIN GROUP (ORDER BY called_at - greatest(taken_at, due_at))
           FILTER (WHERE called_at IS NOT NULL) AS p50,
       percentile_disc(0.9) WITHIN GROUP (ORDER BY called_at - greatest(taken_at, due_at))
           FILTER (WHERE called_at IS NOT NULL) AS p90,
       percentile_disc(0.5) WITHIN GROUP (ORDER BY ended_at - called_at)
           FILTER (WHERE standing = 'done') AS at_window
FROM counter_ticket WHERE desk_id = ANY(%s) AND "on" BETWEEN %s AND %s
GROUP BY 1, 2, 3 ORDER BY 2 DESC, 1, 3
"""
