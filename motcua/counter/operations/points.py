"""The windows of a desk, its slots for appointments, and what hangs on its wall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from motcua.counter import events, policies
from motcua.counter.models import PostedNotice, ServicePoint, Slot, Ticket
from motcua.ledger.acts import act
from motcua.rules import queueing
from motcua.rules.actor import Actor
from motcua.rules.queueing import AT_A_POINT, Lane
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE


@dataclass(frozen=True, slots=True)
class PointGiven:
    """A window as it shall be; no lanes or no domains: all of them."""

    number: int
    label: str
    lanes: tuple[Lane, ...] = ()
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SlotGiven:
    """A time of the week at which so many may come."""

    weekday: int
    starts: time
    minutes: int
    capacity: int


def set_points(desk_id: int, points: Sequence[PointGiven], *, actor: Actor, at: datetime) -> None:
    """Say which windows a desk has; a window left out gives no service any more.

    Raises counter.may_not, counter.point_twice, counter.point_in_use, unit.unknown.
    """
    numbers = [point.number for point in points]
    for number in numbers:
        if numbers.count(number) > 1:
            raise Refusal("counter.point_twice", {"number": number})
    with act(events.POINTS_SET, actor=actor, at=at) as a:
        policies.to_arrange(actor, desk_id)
        a.hold("counter", desk_id)
        rows = list(ServicePoint.objects.select_for_update().filter(desk_id=desk_id))
        known = {p.number: p for p in rows}
        _none_in_use([p for n, p in known.items() if n not in numbers])
        for gone in known.keys() - set(numbers):
            _change(known[gone], active=False, opened_at=None, opened_by_id=None)
        for point in points:
            row = known.get(point.number) or ServicePoint(desk_id=desk_id, number=point.number)
            _change(
                row,
                label=point.label.strip(),
                lanes=[lane.value for lane in point.lanes],
                domains=list(point.domains),
                active=True,
            )
        a.about("counter", desk_id, {"points": sorted(numbers)})


def open_point(point_id: int, *, actor: Actor, at: datetime) -> None:
    """Sit down at a window. Raises point.not_found, counter.may_not."""
    with act(events.POINT_OPENED, actor=actor, at=at) as a:
        point = policies.to_serve_at(actor, point_id)
        a.hold("counter", point.desk_id)
        _change(point, opened_at=a.at, opened_by_id=actor.account_id)
        a.about("counter", point.desk_id, {"point": point.number})


def close_point(point_id: int, *, actor: Actor, at: datetime) -> None:
    """Leave a window. Raises point.not_found, counter.may_not, counter.point_in_use."""
    with act(events.POINT_CLOSED, actor=actor, at=at) as a:
        point = policies.to_serve_at(actor, point_id)
        _none_in_use([point])
        a.hold("counter", point.desk_id)
        _change(point, opened_at=None, opened_by_id=None)
        a.about("counter", point.desk_id, {"point": point.number})


def set_slots(desk_id: int, slots: Sequence[SlotGiven], *, actor: Actor, at: datetime) -> None:
    """Say when a desk takes appointments; those given stay as they are.

    Raises counter.may_not, queue.slot_malformed, unit.unknown.
    """
    for slot in slots:
        queueing.to_offer(slot.starts, slot.minutes, slot.capacity)
    with act(events.SLOTS_SET, actor=actor, at=at) as a:
        policies.to_arrange(actor, desk_id)
        a.hold("counter", desk_id)
        rows = Slot.objects.select_for_update().filter(desk_id=desk_id)
        known = {(s.weekday, s.starts): s for s in rows}
        wanted = {(s.weekday, s.starts): s for s in slots}
        for gone in known.keys() - wanted.keys():
            known[gone].active = False
            known[gone].save()
        for (weekday, starts), given in wanted.items():
            row = known.get((weekday, starts)) or Slot(
                desk_id=desk_id, weekday=weekday, starts=starts
            )
            row.minutes, row.capacity, row.active = given.minutes, given.capacity, True
            row.save()
        a.about("counter", desk_id, {"slots": len(wanted)})


def post_notice(
    desk_id: int, posted_on: date, *, actor: Actor, at: datetime, note: str = ""
) -> None:
    """Declare that the list of procedures hangs at the desk since a day (indicator 6).

    Raises counter.may_not, counter.posted_backwards, unit.unknown.
    """
    if posted_on > at.astimezone(ZONE).date():
        raise Refusal("counter.posted_backwards")
    with act(events.NOTICE_POSTED, actor=actor, at=at) as a:
        policies.to_arrange(actor, desk_id)
        a.hold("counter", desk_id)
        PostedNotice.objects.create(desk_id=desk_id, posted_on=posted_on, note=note)
        a.about("counter", desk_id, {"posted_on": posted_on})


def _none_in_use(points: Sequence[ServicePoint]) -> None:
    busy = Ticket.objects.filter(
        point__in=[p for p in points if p.id], standing__in=sorted(AT_A_POINT)
    ).select_related("point")
    for ticket in busy:
        raise Refusal("counter.point_in_use", {"number": ticket.point and ticket.point.number})


def _change(row: ServicePoint, **values: object) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
