"""Appointments: booked, cancelled, and turned into a number when the person comes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from motcua.counter import events, policies
from motcua.counter.models import Appointment, Slot
from motcua.counter.operations.tickets import Taken, enqueue
from motcua.ledger.acts import act
from motcua.organisations import queries as organisations
from motcua.rules import personal_id, queueing
from motcua.rules.actor import Actor
from motcua.rules.identity import new_id
from motcua.rules.queueing import Lane, Source
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE

LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"
"""Of which codes are made: none that is mistaken for another."""


@dataclass(frozen=True, slots=True)
class Booked:
    """An appointment just made; `token` opens its page, `code` is told at the desk."""

    id: UUID
    code: str
    token: str


def book_appointment(
    *,
    desk_id: int,
    on: date,
    starts: time,
    lane: Lane,
    name: str,
    phone: str,
    actor: Actor,
    at: datetime,
) -> Booked:
    """Keep a place in a slot of a day; the slots of the weekday are locked, so that none is given beyond
    capacity.

    Raises counter.not_found, queue.name_missing, identity.phone_malformed, queue.slot_unknown,
    queue.slot_past, queue.too_far_ahead, queue.outside_office_hours, queue.slot_full, queue.one_a_day.
    """
    if not name.strip():
        raise Refusal("queue.name_missing", {"field": "name"})
    number = personal_id.phone(phone)
    starts_at = datetime.combine(on, starts, ZONE)
    with act(events.APPOINTMENT_BOOKED, actor=actor, at=at) as a:
        policies.to_take(desk_id)
        slot = _slot(desk_id, on, starts)
        calendar = organisations.work_calendar(desk_id)
        queueing.to_book(calendar, on, starts_at, slot.minutes, at)
        _free(desk_id, on, starts_at, slot.capacity, number, actor.sees.person_id)
        booked = Booked(new_id(), _code(desk_id, on), secrets.token_urlsafe(16))
        row = {
            "id": booked.id,
            "desk_id": desk_id,
            "on": on,
            "starts_at": starts_at,
            "minutes": slot.minutes,
            "lane": lane.value,
            "name": name.strip(),
            "phone": number,
            "person_id": actor.sees.person_id,
            "code": booked.code,
            "token": booked.token,
            "booked_at": a.at,
        }
        a.insert(Appointment, [row])
        a.about("appointment", booked.id, {"desk": desk_id, "starts_at": starts_at, "lane": lane})
    return booked


def cancel_appointment(*, token: str, actor: Actor, at: datetime) -> None:
    """Give the place back; the name and number are kept no longer than the day.

    Raises appointment.not_found, queue.cancelled, queue.came.
    """
    with act(events.APPOINTMENT_CANCELLED, actor=actor, at=at) as a:
        found = policies.to_keep(token)
        _open(found)
        a.hold("appointment", found.id)
        a.update(Appointment, [(found.id, {"cancelled_at": a.at})])
        a.about("appointment", found.id, {})


def check_in(
    *, actor: Actor, at: datetime, token: str = "", appointment_id: UUID | None = None
) -> Taken:
    """The person has come: a number that goes first from the time of the appointment on. By the token, or
    at the desk by its list.

    Raises appointment.not_found, counter.may_not, queue.cancelled, queue.came, queue.too_early,
    queue.too_late.
    """
    with act(events.CHECKED_IN, actor=actor, at=at) as a:
        found = policies.to_keep(token) if token else policies.to_attend(actor, appointment_id)
        _open(found)
        queueing.to_check_in(found.starts_at, at)
        a.hold("appointment", found.id)
        a.update(Appointment, [(found.id, {"came_at": a.at})])
        a.about("appointment", found.id, {})
        return enqueue(
            a,
            found.desk_id,
            Lane(found.lane),
            Source.APPOINTMENT,
            appointment_id=found.id,
            due_at=found.starts_at,
        )


def _open(found: Appointment) -> None:
    if found.cancelled_at:
        raise Refusal("queue.cancelled")
    if found.came_at:
        raise Refusal("queue.came")


def _slot(desk_id: int, on: date, starts: time) -> Slot:
    """The slot, with all of its weekday locked: whoever books for the day waits."""
    rows = Slot.objects.select_for_update(no_key=True).filter(
        desk_id=desk_id, weekday=on.weekday(), active=True
    )
    found = {slot.starts: slot for slot in rows.order_by("id")}.get(starts)
    if found is None:
        raise Refusal("queue.slot_unknown")
    return found


def _free(
    desk_id: int, on: date, starts_at: datetime, capacity: int, phone: str, person_id: int | None
) -> None:
    given = Appointment.objects.filter(desk_id=desk_id, on=on, cancelled_at=None)
    taken = list(given.values_list("starts_at", "phone", "person_id"))
    if any(number == phone or (person_id and who == person_id) for _, number, who in taken):
        raise Refusal("queue.one_a_day")
    if sum(when == starts_at for when, _, _ in taken) >= capacity:
        raise Refusal("queue.slot_full")


def _code(desk_id: int, on: date) -> str:
    """Four characters that no other appointment of the desk has that day; the day's slots are locked."""
    used = set(Appointment.objects.filter(desk_id=desk_id, on=on).values_list("code", flat=True))
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(4))
        if code not in used:
            return code
