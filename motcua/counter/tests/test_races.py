"""Two windows and one number, two people and one place, at once: the controls show what the locks are for."""

import threading
from datetime import timedelta

import pytest

from motcua.counter import operations
from motcua.counter.models import Appointment, Ticket
from motcua.counter.operations import PointGiven, appointments, tickets
from motcua.counter.operations.tickets import NEXT
from motcua.counter.tests.conftest import NINE, SYSTEM, Counter, raise_world, together
from motcua.ledger import verify
from motcua.rules.refusal import Refusal


@pytest.fixture
def counter(own_database):
    made = Counter(raise_world())
    given = [PointGiven(n, f"Quầy {n}") for n in range(1, 5)]
    operations.set_points(made.desk, given, actor=SYSTEM, at=NINE)
    made.points = {p.number: p.id for p in operations.points.ServicePoint.objects.all()}
    made.opened(1, 2, 3, 4)
    return made


def test_four_windows_that_call_at_once_get_four_numbers(counter):
    for _ in range(4):
        counter.take()
    called = together(*[lambda n=n: counter.call(n) for n in range(1, 5)])
    assert sorted(c.number for c in called) == [1, 2, 3, 4]
    assert list(verify.breaks()) == []


def test_the_last_number_goes_to_one_window_and_the_others_are_told(counter):
    counter.take()
    called = together(*[lambda n=n: counter.call(n) for n in range(1, 5)])
    refusals = [c for c in called if isinstance(c, Refusal)]
    assert len(refusals) == 3
    assert {r.code for r in refusals} == {"queue.nobody_waits"}


def test_without_the_lock_two_windows_call_one_number(counter, monkeypatch):
    counter.take()
    counter.take()
    both_have_read = threading.Barrier(2, timeout=10)
    found = tickets._next

    def when_both_have_read(point, at):
        row = found(point, at)
        both_have_read.wait()
        return row

    monkeypatch.setattr(tickets, "NEXT", NEXT.replace("FOR NO KEY UPDATE SKIP LOCKED", ""))
    monkeypatch.setattr(tickets, "_next", when_both_have_read)
    called = together(lambda: counter.call(1), lambda: counter.call(2))
    numbers = [getattr(c, "number", None) for c in called]
    assert numbers != [1, 2] and numbers != [2, 1]


def test_two_clicks_at_one_window_call_one_number(counter):
    for _ in range(3):
        counter.take()
    called = together(lambda: counter.call(1), lambda: counter.call(1))
    assert sum(isinstance(c, Refusal) and c.code == "queue.point_busy" for c in called) == 1
    assert Ticket.objects.filter(standing="called").count() == 1


def test_numbers_taken_at_once_leave_no_gap(counter):
    taken = together(*[counter.take] * 8)
    assert sorted(t.number for t in taken) == list(range(1, 9))


def test_of_many_who_want_the_last_place_one_gets_it(counter):
    counter.slots(capacity=1)
    results = together(*[lambda n=n: counter.book(f"091200000{n}") for n in range(4)])
    full = [r for r in results if isinstance(r, Refusal)]
    assert [r.code for r in full] == ["queue.slot_full"] * 3
    assert Appointment.objects.count() == 1


def test_without_the_lock_a_place_is_given_twice(counter, monkeypatch):
    counter.slots(capacity=1)
    both_have_looked = threading.Barrier(2, timeout=10)
    free = appointments._free

    def unlocked(desk_id, on, starts):
        return appointments.Slot.objects.get(desk_id=desk_id, weekday=on.weekday(), starts=starts)

    def when_both_have_looked(*asked):
        free(*asked)
        both_have_looked.wait()

    monkeypatch.setattr(appointments, "_slot", unlocked)
    monkeypatch.setattr(appointments, "_free", when_both_have_looked)
    together(lambda: counter.book("0912000001"), lambda: counter.book("0912000002"))
    assert Appointment.objects.count() == 2


def called_and_left(counter, minute):
    """A number called and left in the same moment."""
    at = NINE + timedelta(minutes=minute)
    taken = counter.take(at=at)
    leave = operations.leave_queue
    together(
        lambda: counter.call(1, at=at),
        lambda: leave(token=taken.token, actor=SYSTEM, at=at),
    )
    return Ticket.objects.get(id=taken.id)


def test_one_who_leaves_while_called_is_either_called_or_gone(counter):
    for minute in range(5):
        row = called_and_left(counter, minute)
        assert row.standing in ("called", "left")
        if row.standing == "called":
            at = NINE + timedelta(minutes=minute)
            operations.finish_ticket(ticket_id=row.id, actor=SYSTEM, at=at)
    assert list(verify.breaks()) == []
