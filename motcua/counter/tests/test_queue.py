"""Numbers: given without a gap, called in order, by whoever works at the desk; refusals, what is kept."""

from datetime import UTC, datetime, timedelta

import pytest

from motcua.counter import operations, queries
from motcua.counter.errors import SENTENCES
from motcua.counter.models import Ticket
from motcua.counter.operations import PointGiven
from motcua.counter.tests.conftest import NINE, SYSTEM
from motcua.ledger import verify
from motcua.ledger.models import Entry
from motcua.rules.actor import ANONYMOUS, Role
from motcua.rules.queueing import Lane, Standing
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE


def refused(code, call):
    with pytest.raises(Refusal) as found:
        call()
    assert found.value.code == code
    SENTENCES.get(code, "").format(**found.value.params)


def later(minutes):
    return NINE + timedelta(minutes=minutes)


def standing(taken):
    return Standing(Ticket.objects.get(id=taken.id).standing)


def test_numbers_of_a_desk_begin_with_one_each_day_and_leave_no_gap(counter):
    assert [counter.take().number for _ in range(3)] == [1, 2, 3]
    with pytest.raises(Refusal):
        counter.take(phone="12")
    assert counter.take().number == 4
    assert counter.take(at=NINE + timedelta(days=1)).number == 1


def test_of_a_telephone_only_its_ending_is_kept_and_nothing_in_the_record(counter):
    taken = counter.take(phone="+84 912 000 321")
    assert Ticket.objects.get(id=taken.id).phone_ending == "*******321"
    entry = Entry.objects.get(event="ticket.taken")
    assert "321" not in str(entry.fields)
    assert entry.fields["number"] == 1


def test_no_number_is_given_where_there_are_no_windows_or_outside_hours(counter):
    refused("counter.not_found", lambda: counter.take(desk_id=counter.world.department))
    sunday = datetime(2022, 11, 20, 2, 0, tzinfo=UTC)
    refused("queue.closed_today", lambda: counter.take(at=sunday))
    refused("queue.closed", lambda: counter.take(at=datetime(2022, 11, 21, 6, 59, tzinfo=ZONE)))
    refused("queue.closed", lambda: counter.take(at=datetime(2022, 11, 21, 17, 31, tzinfo=ZONE)))
    assert counter.take(at=datetime(2022, 11, 21, 7, 0, tzinfo=ZONE)).number == 1


def test_the_lowest_number_of_the_lanes_of_a_window_is_called_first(counter):
    first, _, collect = counter.take(), counter.take(), counter.take(Lane.COLLECT)
    counter.opened(1, 2)
    called = counter.call(2)
    assert (called.id, called.number, called.point) == (collect.id, 3, 2)
    assert counter.call(1).id == first.id
    shown = queries.board(counter.desk, NINE.astimezone(ZONE).date())
    assert {(c.number, c.point) for c in shown.called} == {(1, 1), (3, 2)}
    assert dict(shown.waiting)[Lane.FILE] == 1


def test_a_window_calls_one_number_at_a_time_and_only_when_it_is_open(counter):
    counter.take()
    counter.take()
    refused("counter.point_closed", counter.call)
    counter.opened()
    counter.call()
    refused("queue.point_busy", counter.call)


def test_when_nobody_waits_the_clerk_is_told(counter):
    counter.opened()
    refused("queue.nobody_waits", counter.call)


def test_a_number_goes_from_waiting_to_done_and_each_step_is_recorded(counter):
    taken = counter.take()
    counter.opened()
    counter.call(at=later(7))
    operations.recall_ticket(ticket_id=taken.id, actor=counter.clerk, at=later(8))
    operations.start_serving(ticket_id=taken.id, actor=counter.clerk, at=later(9))
    operations.finish_ticket(ticket_id=taken.id, actor=counter.clerk, at=later(15))
    row = Ticket.objects.get(id=taken.id)
    assert (row.standing, row.recalled, row.called_at) == ("done", 1, later(7))
    assert (row.served_at, row.ended_at) == (later(9), later(15))
    entries = Entry.objects.filter(subject_id=taken.id).order_by("subject_seq")
    assert list(entries.values_list("event", flat=True)) == [
        "ticket.taken", "ticket.called", "ticket.recalled", "ticket.started", "ticket.finished",
    ]  # fmt: skip
    assert list(verify.breaks()) == []
    refused("queue.not_at_point",
            lambda: operations.finish_ticket(ticket_id=taken.id, actor=SYSTEM, at=later(16)))  # fmt: skip
    refused("queue.not_called",
            lambda: operations.recall_ticket(ticket_id=taken.id, actor=SYSTEM, at=later(16)))  # fmt: skip


def test_who_did_not_come_is_marked_absent_and_can_be_called_again(counter):
    taken, other = counter.take(), counter.take()
    counter.opened()
    counter.call()
    operations.mark_absent(ticket_id=taken.id, actor=counter.clerk, at=later(5))
    assert standing(taken) is Standing.ABSENT
    counter.call(at=later(6))
    refused("queue.point_busy",
            lambda: operations.recall_ticket(ticket_id=taken.id, actor=SYSTEM, at=later(7)))  # fmt: skip
    operations.finish_ticket(ticket_id=other.id, actor=SYSTEM, at=later(8))
    operations.recall_ticket(ticket_id=taken.id, actor=SYSTEM, at=later(9))
    assert standing(taken) is Standing.CALLED


def test_a_number_moved_to_another_lane_keeps_its_place(counter):
    moved = counter.take()
    counter.take(Lane.COLLECT)
    counter.opened(1, 2)
    counter.call(1)
    refused("queue.same_lane", lambda: operations.move_ticket(
        ticket_id=moved.id, lane=Lane.FILE, actor=SYSTEM, at=later(1)))  # fmt: skip
    operations.move_ticket(ticket_id=moved.id, lane=Lane.COLLECT, actor=counter.clerk, at=later(1))
    assert counter.call(2, at=later(2)).number == moved.number


def test_who_holds_the_token_leaves_the_queue_and_sees_who_is_before_him(counter):
    first, second = counter.take(), counter.take()
    counter.opened()
    place = queries.place(second.token, later(1))
    assert (place.ahead, place.standing, place.wait) == (1, Standing.WAITING, timedelta(minutes=6))
    operations.leave_queue(token=first.token, actor=ANONYMOUS, at=later(1))
    assert queries.place(second.token, later(1)).ahead == 0
    refused("queue.not_waiting",
            lambda: operations.leave_queue(token=first.token, actor=ANONYMOUS, at=later(2)))  # fmt: skip
    refused("ticket.not_found",
            lambda: operations.leave_queue(token="khong-co", actor=ANONYMOUS, at=later(2)))  # fmt: skip


def test_without_an_open_window_no_wait_is_promised(counter):
    counter.take()
    second = counter.take()
    assert queries.place(second.token, NINE).wait is None


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEADER, Role.INSPECTOR])
def test_who_does_not_work_at_the_desk_calls_nobody(counter, role):
    taken = counter.take()
    counter.opened()
    actor = counter.world.actor(role)
    refused("counter.may_not", lambda: counter.call(actor=actor))
    counter.call()
    for act in (operations.start_serving, operations.finish_ticket, operations.mark_absent,
                operations.recall_ticket):  # fmt: skip
        refused("counter.may_not", lambda act=act: act(ticket_id=taken.id, actor=actor, at=NINE))
    refused("counter.may_not", lambda: queries.day(actor, counter.desk, NINE.date()))


def test_the_clerk_of_another_desk_calls_nobody_here(counter):
    counter.take()
    counter.opened()
    other = counter.world.actor(Role.CLERK, unit=counter.world.other_department)
    refused("counter.may_not", lambda: counter.call(actor=other))


def test_who_directs_the_desk_arranges_its_windows_and_a_clerk_does_not(counter):
    given = [PointGiven(1, "Quầy 1"), PointGiven(5, "Quầy 5")]
    refused("counter.may_not", lambda: operations.set_points(
        counter.desk, given, actor=counter.clerk, at=NINE))  # fmt: skip
    director = counter.world.actor(Role.DIRECTOR)
    operations.set_points(counter.desk, given, actor=director, at=NINE)
    assert [p.number for p in queries.points(counter.desk)] == [1, 5]
    refused("counter.point_twice", lambda: operations.set_points(
        counter.desk, [given[0], given[0]], actor=director, at=NINE))  # fmt: skip


def test_a_window_where_somebody_stands_is_neither_closed_nor_taken_away(counter):
    taken = counter.take()
    counter.opened()
    counter.call()
    point = counter.points[1]
    refused("counter.point_in_use",
            lambda: operations.close_point(point, actor=SYSTEM, at=later(1)))  # fmt: skip
    refused("counter.point_in_use",
            lambda: operations.set_points(counter.desk, [], actor=SYSTEM, at=later(1)))  # fmt: skip
    operations.finish_ticket(ticket_id=taken.id, actor=SYSTEM, at=later(1))
    operations.close_point(point, actor=counter.clerk, at=later(2))
    assert queries.points(counter.desk)[0].opened_at is None


def test_waiting_figures_are_counted_from_the_numbers(counter):
    taken = [counter.take() for _ in range(4)]
    counter.opened()
    for n, wait in enumerate((2, 10, 20)):
        counter.call(at=later(wait))
        close = operations.mark_absent if n == 1 else operations.finish_ticket
        close(ticket_id=taken[n].id, actor=SYSTEM, at=later(wait + 3))
    operations.leave_queue(token=taken[3].token, actor=ANONYMOUS, at=later(30))
    on = NINE.astimezone(ZONE).date()
    (found,) = queries.waits(SYSTEM, [counter.desk], on, on)
    assert (found.taken, found.served, found.absent, found.left) == (4, 2, 1, 1)
    assert (found.p50, found.p90) == (timedelta(minutes=10), timedelta(minutes=20))
    assert found.at_window == timedelta(minutes=3)
    assert round(found.absent_share or 0) == 33
    (hour,) = queries.waits(SYSTEM, [counter.desk], on, on, by_hour=True)
    assert hour.hour == 9
    refused("counter.may_not", lambda: queries.waits(
        counter.world.actor(Role.OFFICER), [counter.desk], on, on))  # fmt: skip


def test_since_when_the_list_hangs_at_the_desk_is_declared(counter):
    on = NINE.date()
    director = counter.world.actor(Role.DIRECTOR)
    operations.post_notice(counter.desk, on, actor=director, at=NINE)
    assert queries.posted_since([counter.desk]) == {counter.desk: on}
    refused("counter.posted_backwards", lambda: operations.post_notice(
        counter.desk, on + timedelta(days=1), actor=director, at=NINE))  # fmt: skip
    refused("counter.may_not", lambda: operations.post_notice(
        counter.desk, on, actor=counter.clerk, at=NINE))  # fmt: skip
