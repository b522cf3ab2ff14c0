"""Appointments: within capacity and hours, one a day, and a number that goes first at its time."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from motcua.counter import operations, queries
from motcua.counter.models import Appointment
from motcua.counter.operations import SlotGiven
from motcua.counter.tests.conftest import NINE, SYSTEM
from motcua.counter.tests.test_queue import refused
from motcua.ledger.models import Entry
from motcua.rules.actor import ANONYMOUS, Actor, Role, Scope
from motcua.rules.worktime import ZONE

TOMORROW = date(2022, 11, 22)
TEN = datetime(2022, 11, 22, 10, 0, tzinfo=ZONE)


def test_a_place_is_kept_until_the_slot_is_full(counter):
    counter.slots(capacity=2)
    counter.book("0912000001")
    (slot,) = queries.slots(counter.desk, TOMORROW, NINE)
    assert (slot.starts, slot.left) == (time(10), 1)
    counter.book("0912000002")
    refused("queue.slot_full", lambda: counter.book("0912000003"))


def test_one_telephone_has_one_appointment_a_day_at_a_desk(counter):
    counter.slots()
    booked = counter.book()
    refused("queue.one_a_day", lambda: counter.book("+84912000001"))
    operations.cancel_appointment(token=booked.token, actor=ANONYMOUS, at=NINE)
    counter.book()
    refused("queue.cancelled", lambda: operations.cancel_appointment(
        token=booked.token, actor=ANONYMOUS, at=NINE))  # fmt: skip


def test_a_cancelled_place_is_free_again(counter):
    counter.slots(capacity=1)
    booked = counter.book()
    refused("queue.slot_full", lambda: counter.book("0912000002"))
    operations.cancel_appointment(token=booked.token, actor=ANONYMOUS, at=NINE)
    counter.book("0912000002")


def test_no_appointment_in_the_past_too_far_ahead_or_outside_office_hours(counter):
    counter.slots()
    refused("queue.slot_past", lambda: counter.book(at=TEN))
    refused("queue.too_far_ahead", lambda: counter.book(on=date(2022, 12, 27)))
    counter.slots(starts=time(12))
    refused("queue.outside_office_hours", lambda: counter.book(starts=time(12)))
    counter.slots(weekday=6)
    refused("queue.outside_office_hours", lambda: counter.book(on=date(2022, 11, 27)))
    refused("queue.slot_unknown", lambda: counter.book(starts=time(9)))
    assert queries.slots(counter.desk, date(2022, 11, 27), NINE) == ()


def test_who_books_says_his_name_and_a_number_that_rings(counter):
    counter.slots()
    refused("queue.name_missing", lambda: counter.book(name=" "))
    refused("identity.phone_malformed", lambda: counter.book("123"))


def test_a_citizen_who_has_signed_in_is_known_by_his_person(counter):
    counter.slots()
    citizen = Actor(None, "citizen", "công dân", sees=Scope(person_id=counter.world.citizen))
    booked = counter.book(actor=citizen)
    assert Appointment.objects.get(id=booked.id).person_id == counter.world.citizen
    refused("queue.one_a_day", lambda: counter.book("0912000002", actor=citizen))


def test_the_record_holds_neither_name_nor_number(counter):
    counter.slots()
    counter.book()
    fields = str(Entry.objects.get(event="appointment.booked").fields)
    assert "Lam" not in fields
    assert "0912" not in fields


def test_from_its_time_on_an_appointment_goes_before_lower_numbers(counter):
    counter.slots()
    booked = counter.book()
    first = counter.take(at=TEN - timedelta(minutes=20))
    came = operations.check_in(token=booked.token, actor=ANONYMOUS, at=TEN - timedelta(minutes=10))
    second = counter.take(at=TEN - timedelta(minutes=5))
    counter.opened()
    assert counter.call(at=TEN - timedelta(minutes=4)).id == first.id
    operations.finish_ticket(ticket_id=first.id, actor=SYSTEM, at=TEN)
    assert queries.place(second.token, TEN).ahead == 1
    assert counter.call(at=TEN).id == came.id


def test_before_its_time_an_appointment_waits_behind_those_without_one(counter):
    counter.slots()
    booked = counter.book()
    operations.check_in(token=booked.token, actor=ANONYMOUS, at=TEN - timedelta(minutes=20))
    walked_in = counter.take(at=TEN - timedelta(minutes=15))
    counter.opened()
    assert counter.call(at=TEN - timedelta(minutes=10)).id == walked_in.id


def test_one_comes_neither_too_early_nor_too_late_and_only_once(counter):
    counter.slots()
    booked = counter.book()

    def come(at):
        return operations.check_in(token=booked.token, actor=ANONYMOUS, at=at)

    refused("queue.too_early", lambda: come(TEN - timedelta(minutes=31)))
    refused("queue.too_late", lambda: come(TEN + timedelta(minutes=16)))
    taken = come(TEN)
    assert queries.appointment(booked.token).ticket == taken.token
    refused("queue.came", lambda: come(TEN))
    refused("queue.came", lambda: operations.cancel_appointment(
        token=booked.token, actor=ANONYMOUS, at=TEN))  # fmt: skip


def test_at_the_desk_who_has_come_is_found_in_the_list_of_the_day(counter):
    counter.slots()
    booked = counter.book()
    (listed,) = queries.appointments(counter.clerk, counter.desk, TOMORROW)
    assert (listed.code, listed.name) == (booked.code, "Nguyễn Thị Lam")
    operations.check_in(appointment_id=booked.id, actor=counter.clerk, at=TEN)
    stranger = counter.world.actor(Role.OFFICER)
    refused("counter.may_not",
            lambda: queries.appointments(stranger, counter.desk, TOMORROW))  # fmt: skip
    refused("counter.may_not", lambda: operations.check_in(
        appointment_id=booked.id, actor=stranger, at=TEN))  # fmt: skip


@pytest.mark.parametrize(("minutes", "capacity"), [(0, 1), (4, 1), (241, 1), (30, 0), (30, 201)])
def test_a_slot_holds_somebody_and_has_a_length(counter, minutes, capacity):
    given = [SlotGiven(1, time(9), minutes, capacity)]
    refused("queue.slot_malformed", lambda: operations.set_slots(
        counter.desk, given, actor=SYSTEM, at=NINE))  # fmt: skip


def test_slots_left_out_are_offered_no_more_and_what_was_booked_stays(counter):
    counter.slots()
    booked = counter.book()
    operations.set_slots(counter.desk, [], actor=SYSTEM, at=NINE)
    assert queries.slots(counter.desk, TOMORROW, NINE) == ()
    assert operations.check_in(token=booked.token, actor=ANONYMOUS, at=TEN).number == 1
    refused("counter.may_not",
            lambda: operations.set_slots(counter.desk, [], actor=counter.clerk, at=NINE))  # fmt: skip


def test_times_are_the_provinces_whatever_the_server_thinks(counter):
    counter.slots()
    booked = counter.book()
    assert queries.appointment(booked.token).starts_at == TEN.astimezone(UTC)
