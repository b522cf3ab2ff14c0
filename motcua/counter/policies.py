"""Who may call, arrange and look: the people of a desk; taking a number is anybody's."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from motcua.counter.models import Appointment, ServicePoint, Ticket
from motcua.organisations import queries as organisations
from motcua.organisations.queries import UnitFacts
from motcua.rules.actor import Actor, May
from motcua.rules.refusal import Refusal

CALLING = frozenset({May.ACCEPT, May.HAND_OVER, May.COLLECT})
ARRANGING = frozenset({May.MANAGE_UNITS, May.OPERATE})


def is_at(actor: Actor, desk_id: int) -> bool:
    """Whether the actor works at a desk (or is the system)."""
    return actor.kind == "system" or desk_id in actor.units or desk_id in actor.sees.received_by


def may_call(actor: Actor, desk_id: int) -> bool:
    """Whether the actor calls numbers at a desk."""
    return is_at(actor, desk_id) and not actor.may.isdisjoint(CALLING)


def may_arrange(actor: Actor, desk_id: int) -> bool:
    """Whether the actor says which windows and slots a desk has: who directs it, leads its agency, or
    manages units."""
    if not actor.may.isdisjoint(ARRANGING):
        return True
    leads = not actor.may.isdisjoint({May.ASSIGN, May.SIGN})
    own = is_at(actor, desk_id) or actor.agency_id == organisations.agency_of(desk_id)
    return leads and own


def desk(key: str, on: date) -> UnitFacts:
    """The desk of a key that gives numbers on a day; raises counter.not_found."""
    found = organisations.directory.current().by_key.get(key)
    if found is None or not found.days.has(on) or not has_points(found.id):
        raise Refusal("counter.not_found")
    return found


def has_points(desk_id: int) -> bool:
    return ServicePoint.objects.filter(desk_id=desk_id, active=True).exists()


def to_take(desk_id: int) -> None:
    """Anybody takes a number where there are windows; raises counter.not_found."""
    if not has_points(desk_id):
        raise Refusal("counter.not_found")


def to_arrange(actor: Actor, desk_id: int) -> UnitFacts:
    """The desk, for whoever arranges it; raises counter.may_not, unit.unknown."""
    found = organisations.unit(desk_id)
    if not may_arrange(actor, desk_id):
        raise Refusal("counter.may_not")
    return found


def to_work_at(actor: Actor, desk_id: int) -> None:
    """Raises counter.may_not unless the actor calls numbers at the desk."""
    if not may_call(actor, desk_id):
        raise Refusal("counter.may_not")


def to_look(actor: Actor, desk_id: int) -> None:
    """Raises counter.may_not unless the actor works at the desk or arranges it."""
    if not (may_call(actor, desk_id) or may_arrange(actor, desk_id)):
        raise Refusal("counter.may_not")


def may_see_waits(actor: Actor, desk_id: int) -> bool:
    """Whether the actor sees how long people wait at a desk: who works there or arranges it, and whoever
    may see figures; no number of anybody is among them."""
    return May.SEE_FIGURES in actor.may or may_call(actor, desk_id) or may_arrange(actor, desk_id)


def to_see_waits(actor: Actor, desk_id: int) -> None:
    """Raises counter.may_not unless `may_see_waits`."""
    if not may_see_waits(actor, desk_id):
        raise Refusal("counter.may_not")


def to_serve_at(actor: Actor, point_id: int) -> ServicePoint:
    """A window, locked, for whoever calls numbers at its desk; raises point.not_found,
    counter.may_not."""
    found = ServicePoint.objects.select_for_update(no_key=True).filter(id=point_id).first()
    if found is None or not found.active:
        raise Refusal("point.not_found")
    to_work_at(actor, found.desk_id)
    return found


def to_handle(actor: Actor, ticket_id: UUID) -> Ticket:
    """A ticket, locked, for whoever calls numbers at its desk; raises ticket.not_found,
    counter.may_not."""
    found = Ticket.objects.select_for_update(no_key=True).filter(id=ticket_id).first()
    if found is None:
        raise Refusal("ticket.not_found")
    to_work_at(actor, found.desk_id)
    return found


def to_follow(token: str) -> Ticket:
    """A ticket, locked, for whoever holds its token; raises ticket.not_found."""
    found = Ticket.objects.select_for_update(no_key=True).filter(token=token).first()
    if found is None:
        raise Refusal("ticket.not_found")
    return found


def to_keep(token: str) -> Appointment:
    """An appointment, locked, for whoever holds its token; raises appointment.not_found."""
    found = Appointment.objects.select_for_update(no_key=True).filter(token=token).first()
    if found is None:
        raise Refusal("appointment.not_found")
    return found


def to_attend(actor: Actor, appointment_id: UUID | None) -> Appointment:
    """An appointment, locked, for whoever works at its desk; raises appointment.not_found,
    counter.may_not."""
    listed = Appointment.objects.select_for_update(no_key=True)
    found = listed.filter(id=appointment_id).first() if appointment_id else None
    if found is None:
        raise Refusal("appointment.not_found")
    to_work_at(actor, found.desk_id)
    return found
