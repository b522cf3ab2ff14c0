"""A desk with two windows, in a department with the usual hours; no dossier anywhere."""

from __future__ import annotations

import itertools
import threading
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.counter import operations, queries
from motcua.counter.operations import PointGiven, SlotGiven
from motcua.ledger import sql
from motcua.ledger.acts import Event, act
from motcua.organisations import queries as organisations
from motcua.organisations.models import CalendarRevision, Current, OfficeHours, Unit
from motcua.people.models import Person
from motcua.rules.actor import ANONYMOUS, CAPABILITIES, Actor, Role, Scope, system
from motcua.rules.queueing import Lane

EVER = DateRange(date(2020, 1, 1), None)
NINE = datetime(2022, 11, 21, 2, 0, tzinfo=UTC)
"""Monday 2022-11-21 09:00 in Nghệ An."""
AT_DESK = (Role.CLERK, Role.DIRECTOR)
SYSTEM = system("kiểm thử")


@dataclass
class World:
    """Ids of the small world, and actors in it."""

    department: int
    other_department: int
    desk: int
    citizen: int

    def actor(self, role: Role, *, unit: int | None = None) -> Actor:
        home = unit or (self.desk if role in AT_DESK else self.department)
        return Actor(
            account_id=None, kind="officer", name=f"Công chức {role}", role=role, unit_id=home,
            agency_id=home, units=frozenset({home}), may=CAPABILITIES[role],
            sees=Scope(received_by=frozenset({home})),
        )  # fmt: skip


def raise_world() -> World:
    with act(Event("world.raised", "world"), actor=SYSTEM, at=NINE) as a:
        revision = CalendarRevision.objects.create(made_at=NINE, reason="kiểm thử")
        Current.objects.update_or_create(
            id=1, defaults={"calendar": revision, "directory": uuid.uuid4()}
        )
        units = [_unit(key, kind) for key, kind in
                 (("so-a", "department"), ("so-b", "department"), ("mot-cua", "desk"))]  # fmt: skip
        hours = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 30)))
        for weekday, (starts, ends) in itertools.product(range(5), hours):
            OfficeHours.objects.create(
                since=revision, valid=EVER, weekday=weekday, starts=starts, ends=ends,
                source="kiểm thử",
            )  # fmt: skip
        citizen = Person.objects.create(
            name="Nguyễn Thị Lam", folded_name="nguyen thi lam", identity_number="040190000001"
        )
        a.about("world", 1, {})
    organisations.forget()
    department, other, desk = units
    return World(department, other, desk, citizen.id)


def _unit(key: str, kind: str) -> int:
    made = Unit(
        key=key, kind=kind, name=f"Cơ quan {key}", short_name=key, sort_key=key, valid=EVER,
        source="kiểm thử",
    )  # fmt: skip
    made.id = made.agency_id = sql.fetch(
        "SELECT nextval(pg_get_serial_sequence('organisations_unit', 'id')) AS id"
    )[0]["id"]
    made.save(force_insert=True)
    return int(made.id)


def together(*calls):
    """Run the calls at once; what each gave or raised, in their order."""
    gate = threading.Barrier(len(calls))
    results: list[object] = [None] * len(calls)

    def run(n, call):
        try:
            gate.wait()
            results[n] = call()
        except BaseException as error:
            results[n] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


class Counter:
    """What the tests of the room do at the desk of the small world."""

    def __init__(self, world: World) -> None:
        self.world, self.desk = world, world.desk
        given = [PointGiven(1, "Quầy 1"), PointGiven(2, "Quầy 2", lanes=(Lane.COLLECT,))]
        operations.set_points(self.desk, given, actor=SYSTEM, at=NINE)
        self.points = {p.number: p.id for p in queries.points(self.desk)}

    @property
    def clerk(self) -> Actor:
        return self.world.actor(Role.CLERK)

    def take(self, lane: Lane = Lane.FILE, at: datetime = NINE, **more):
        values = {"desk_id": self.desk, "lane": lane, "actor": ANONYMOUS, "at": at} | more
        return operations.take_ticket(**values)

    def opened(self, *numbers: int) -> None:
        for number in numbers or (1,):
            operations.open_point(self.points[number], actor=SYSTEM, at=NINE)

    def call(self, number: int = 1, at: datetime = NINE, actor: Actor = SYSTEM):
        return operations.call_next(point_id=self.points[number], actor=actor, at=at)

    def slots(self, capacity: int = 2, starts: time = time(10), weekday: int = 1) -> None:
        given = [SlotGiven(weekday, starts, 30, capacity)]
        operations.set_slots(self.desk, given, actor=SYSTEM, at=NINE)

    def book(self, phone: str = "0912000001", at: datetime = NINE, **more):
        tomorrow = (NINE + timedelta(days=1)).date()
        values = {
            "desk_id": self.desk, "on": tomorrow, "starts": time(10), "lane": Lane.FILE,
            "name": "Nguyễn Thị Lam", "phone": phone, "actor": ANONYMOUS, "at": at,
        }  # fmt: skip
        return operations.book_appointment(**values | more)


@pytest.fixture
def counter(db) -> Counter:
    return Counter(raise_world())
