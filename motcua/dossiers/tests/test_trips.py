"""Paper dossiers carried between units: proposed, sent on one list, confirmed one by one."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from motcua.dossiers import operations, trips
from motcua.dossiers.models import Trip, TripLine
from motcua.dossiers.tests.certifying import code_of
from motcua.dossiers.tests.conftest import NINE, later
from motcua.dossiers.tests.test_walk import item_of
from motcua.ledger import verify
from motcua.ledger.acts import AlreadyDone, Key
from motcua.ledger.models import Entry
from motcua.rules.books import Channel

THAT_DAY = NINE.date()
AT_FOUR = datetime(2022, 11, 21, 9, 0, tzinfo=UTC)


def send(world, *ids, at=NINE, actor=None, **changes):
    said = {
        "dossier_ids": ids,
        "from_unit_id": world.desk,
        "to_unit_id": world.department,
        "carrier": "Lê Văn Chuyển",
    }
    return operations.send_trip(actor=actor or world.clerk, at=at, **said | changes)


def receive(world, trip, received, at=None, actor=None):
    operations.receive_trip(
        trip_id=trip.id, received=received, actor=actor or world.officer, at=at or later(hours=1)
    )


def proposed(world, actor=None, at=NINE):
    loads = trips.waiting(actor or world.clerk, at, at.date())
    return {(load.from_unit_id, load.to_unit_id): [r["id"] for r in load.rows] for load in loads}


def test_what_was_accepted_is_proposed_until_it_is_carried(world):
    first, second = world.accepted(), world.accepted()
    way = (world.desk, world.department)
    assert proposed(world) == {way: [first.id, second.id]}
    sent = send(world, first.id)
    assert (sent.number, sent.late) == (1, 0)
    assert proposed(world) == {way: [second.id]}
    assert proposed(world, world.stranger) == {}
    row = Trip.objects.get()
    assert (row.carrier, row.sent_by_name) == ("Lê Văn Chuyển", world.clerk.name)
    entry = Entry.objects.get(subject_id=first.id, event="dossier.trip_sent")
    assert entry.fields == {"trip": 1, "unit": world.department}
    assert list(verify.breaks()) == []


def test_what_came_online_has_no_paper_to_carry(world):
    world.accepted(channel=Channel.ONLINE)
    assert proposed(world) == {}


def test_received_before_three_it_leaves_the_same_day_later_the_next_morning(world):
    early, late = world.accepted(), world.accepted(at=AT_FOUR)
    five, next_noon = (
        datetime(2022, 11, 21, 10, 31, tzinfo=UTC),
        datetime(2022, 11, 22, 5, tzinfo=UTC),
    )
    assert send(world, early.id, at=five).late == 1
    assert send(world, late.id, at=datetime(2022, 11, 22, 0, 30, tzinfo=UTC)).late == 0
    by = {line.dossier_id: line.transfer_by.astimezone(UTC) for line in TripLine.objects.all()}
    assert by[early.id] == datetime(2022, 11, 21, 10, 30, tzinfo=UTC)
    assert by[late.id] == datetime(2022, 11, 22, 0, 30, tzinfo=UTC)
    assert next_noon > by[late.id]
    assert Entry.objects.get(subject_id=early.id, event="dossier.trip_sent").fields["sent_late"]


def test_the_other_side_confirms_each_and_tells_what_is_missing(world):
    one, other, third = (world.accepted().id for _ in range(3))
    trip = send(world, one, other, third)
    receive(world, trip, {one: "", other: "thiếu bản vẽ"})
    shown = trips.trip(world.officer, trip.id, THAT_DAY)
    assert (shown["dossiers"], shown["on_the_way"]) == (3, 1)
    told = {
        line["dossier_id"]: (line["received_by_name"], line["missing"]) for line in shown["lines"]
    }
    officer = world.officer.name
    assert told == {one: (officer, ""), other: (officer, "thiếu bản vẽ"), third: ("", "")}
    fields = Entry.objects.get(subject_id=other, event="dossier.trip_received").fields
    assert fields == {"trip": 1, "incomplete": True}
    receive(world, trip, {third: ""})
    (way,) = trips.trips_of(world.officer, third)
    assert (way["from_unit"], way["to_unit"], way["sent_by_name"], way["received_by_name"]) == (
        "Cơ quan mot-cua", "Cơ quan so-a", world.clerk.name, officer,
    )  # fmt: skip
    assert trips.trips_of(world.stranger, third) == []


def test_a_result_goes_back_to_the_desk(world):
    done = world.accepted()
    trip = send(world, done.id)
    receive(world, trip, {done.id: ""})
    operations.hand_on(
        dossier_id=done.id, item_id=item_of(done.id), actor=world.officer, at=later(1)
    )
    operations.conclude(
        dossier_id=done.id, item_id=item_of(done.id), result_name="Giấy phép", result_number="1",
        actor=world.leader, at=later(2),
    )  # fmt: skip
    back = {(world.department, world.desk): [done.id]}
    assert proposed(world, world.officer, later(2)) == back
    home = send(
        world, done.id, at=later(2), actor=world.officer, from_unit_id=world.department,
        to_unit_id=world.desk,
    )  # fmt: skip
    assert home.late == 0
    receive(world, home, {done.id: ""}, at=later(3), actor=world.clerk)
    assert proposed(world, world.clerk, later(3)) == {}
    assert [row["to_unit"] for row in trips.lists(world.clerk, THAT_DAY)] == [
        "Cơ quan mot-cua", "Cơ quan so-a",
    ]  # fmt: skip


def test_a_list_that_cannot_be_is_refused(world):
    one = world.accepted().id
    attempts = {
        "trip.nothing_to_carry": lambda: send(world),
        "trip.to_itself": lambda: send(world, one, to_unit_id=world.desk),
        "trip.carrier_missing": lambda: send(world, one, carrier=" "),
        "trip.not_your_unit": lambda: send(world, one, actor=world.stranger),
        "dossier.not_visible": lambda: send(world, one, uuid4()),
    }
    for code, attempt in attempts.items():
        assert code_of(attempt) == code
    assert not Trip.objects.exists()
    trip = send(world, one)
    assert code_of(lambda: send(world, one)) == "trip.on_the_way"
    other = world.accepted().id
    refused = {
        "trip.nothing_received": lambda: receive(world, trip, {}),
        "trip.not_on_it": lambda: receive(world, trip, {other: ""}),
        "trip.not_your_unit": lambda: receive(world, trip, {one: ""}, actor=world.stranger),
    }
    for code, attempt in refused.items():
        assert code_of(attempt) == code
    receive(world, trip, {one: ""})
    assert code_of(lambda: receive(world, trip, {one: ""})) == "trip.received_already"
    gone = type(trip)(uuid4(), 1, 0)
    assert code_of(lambda: receive(world, gone, {one: ""})) == "trip.not_found"
    assert code_of(lambda: trips.trip(world.stranger, trip.id, THAT_DAY)) == "trip.not_found"


def test_a_list_sent_twice_is_one(world):
    one, key = world.accepted().id, Key.of("một", {})
    send(world, one, key=key)
    with pytest.raises(AlreadyDone):
        send(world, one, key=key)
    assert send(world, world.accepted().id).number == 2
