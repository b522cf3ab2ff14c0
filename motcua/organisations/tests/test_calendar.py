"""Office hours and days off by revision, and the calendar they make (domain: working calendar)."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.db import connection, transaction

from motcua.ledger import verify
from motcua.ledger.models import Entry
from motcua.organisations import calendar, operations, queries
from motcua.organisations.models import CalendarDay, CalendarRevision
from motcua.organisations.operations import DayDeclared, Founding, SessionGiven
from motcua.rules.actor import ANONYMOUS, system
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import DayKind

AT = datetime(2022, 1, 3, 1, 0, tzinfo=UTC)
ACTOR = system("kiểm thử")
LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
STANDARD = [
    SessionGiven(weekday, starts, ends)
    for weekday in range(5)
    for starts, ends in ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 30)))
]
OFF = [
    date(2022, 1, 31),
    *(date(2022, 2, day) for day in range(1, 5)),
    date(2022, 4, 11),
    date(2022, 5, 2),
    date(2022, 5, 3),
    date(2022, 9, 1),
    date(2022, 9, 2),
]


def off(on, name="Ngày nghỉ", source="kiểm thử"):
    return DayDeclared(on, DayKind.HOLIDAY, name, source)


def set_hours(unit=None, sessions=STANDARD, **more):
    return operations.set_office_hours(
        unit, sessions, source="kiểm thử", actor=ACTOR, at=AT, **more
    )


def declare(*days, unit=None, **more):
    return operations.declare_days(unit, days, reason="kiểm thử", actor=ACTOR, at=AT, **more)


def found(key, parent, agency=None, kind="department"):
    return Founding(key, kind, key, key, parent, "kiểm thử", agency)


@pytest.fixture
def standard(db):
    set_hours()
    makeup = DayDeclared(date(2025, 4, 26), DayKind.MAKEUP_WORK, "Làm bù", "kiểm thử")
    return declare(*map(off, OFF), makeup)


@pytest.mark.parametrize(
    ("received", "hours", "due"),
    [
        ("2022-11-18 09:00", 20, "2022-11-22 15:00"),
        ("2022-11-18 16:00", 8, "2022-11-21 16:00"),
        ("2022-11-18 18:05", 8, "2022-11-21 17:30"),
        ("2022-11-19 09:00", 8, "2022-11-21 17:30"),
        ("2022-01-28 14:00", 24, "2022-02-09 14:00"),
        ("2022-08-31 16:30", 4, "2022-09-05 10:30"),
        ("2025-04-25 10:00", 16, "2025-04-28 10:00"),
        ("2022-04-08 10:00", 120, "2022-05-04 10:00"),
    ],
)
def test_the_calendar_gives_the_eight_due_dates(standard, received, hours, due):
    made = queries.work_calendar(None)
    received_at, due_at = (
        datetime.fromisoformat(text).replace(tzinfo=LOCAL) for text in (received, due)
    )
    assert made.add(received_at, hours * 60) == due_at


def test_a_calendar_of_an_older_revision_is_built_as_it_was(standard):
    monday = datetime(2022, 11, 21, 9, 0, tzinfo=LOCAL)
    later = declare(off(date(2022, 11, 21)))
    assert later > standard
    assert queries.work_calendar(None, standard).is_working(monday.date())
    assert not queries.work_calendar(None, later).is_working(monday.date())
    assert queries.current_revision() == later


def test_declaring_what_is_declared_makes_no_revision(standard):
    assert declare(off(date(2022, 9, 1))) == standard
    assert CalendarRevision.objects.count() == 2


def test_a_day_declared_again_replaces_the_day_and_keeps_the_old_row(standard):
    declare(off(date(2022, 9, 1), "Nghỉ bão"))
    rows = CalendarDay.objects.filter(on=date(2022, 9, 1)).order_by("since")
    assert [(row.name, row.until_id is None) for row in rows] == [
        ("Ngày nghỉ", False),
        ("Nghỉ bão", True),
    ]


def test_a_day_withdrawn_is_a_working_day_again(standard):
    declare(withdrawn=[date(2022, 9, 1)])
    assert queries.work_calendar(None).is_working(date(2022, 9, 1))


@pytest.fixture
def units(standard):
    # The root of a hierarchy comes from the list of units.
    content = "level,code,name,parent_code,valid_from,valid_to\ntinh,40,Tỉnh Nghệ An,,,\n".encode()
    operations.import_units({"a.csv": content}, actor=ACTOR, at=AT)
    return operations.found_units(
        [
            found("so-a", "tinh-nghe-an-40"),
            found("so-a-phong", "so-a", agency="so-a", kind="division"),
            found("so-b", "tinh-nghe-an-40"),
        ],
        actor=ACTOR,
        at=AT,
    )


def test_a_unit_without_hours_of_its_own_shares_the_province_calendar(units):
    assert queries.work_calendar(units["so-b"]) is queries.work_calendar(None)


def test_a_division_has_the_hours_and_days_of_its_agency(units):
    morning = [SessionGiven(weekday, time(8), time(12)) for weekday in range(5)]
    set_hours(units["so-a"], morning)
    declare(off(date(2022, 11, 22)), unit=units["so-a"])
    agency, division, other = (
        queries.work_calendar(units[key]) for key in ("so-a", "so-a-phong", "so-b")
    )
    assert division is agency
    assert not agency.is_working(date(2022, 11, 22))
    assert not agency.is_working(date(2022, 9, 1))
    assert other.is_working(date(2022, 11, 22))
    assert [s.start for s in agency.hours[0].by_weekday[0]] == [time(8)]


def test_new_hours_leave_the_days_before_as_they_were(units):
    since = date(2023, 1, 1)
    morning = [SessionGiven(weekday, time(8), time(12)) for weekday in range(5)]
    set_hours(units["so-a"], morning, since=since)
    starts = {
        on: queries.hours_of(units["so-a"], on)[0].by_weekday[0][0].start
        for on in (date(2022, 12, 30), date(2023, 1, 3))
    }
    assert list(starts.values()) == [time(7, 30), time(8)]
    set_hours(units["so-a"], STANDARD, since=date(2024, 1, 1))
    assert queries.hours_of(units["so-a"], date(2023, 6, 1))[0].by_weekday[0][0].start == time(8)
    assert len(queries.hours_of(units["so-a"], date(2024, 6, 1))) == 1


def test_without_hours_there_is_no_calendar(db):
    with pytest.raises(Refusal) as refusal:
        queries.work_calendar(None)
    assert refusal.value.code == "calendar.missing"


@pytest.mark.parametrize(
    ("attempt", "code"),
    [
        (lambda: set_hours(sessions=[SessionGiven(7, time(8), time(9))]), "session_malformed"),
        (lambda: set_hours(sessions=[SessionGiven(0, time(9), time(8))]), "session_malformed"),
        (
            lambda: set_hours(
                sessions=[SessionGiven(0, time(8), time(12)), SessionGiven(0, time(11), time(15))]
            ),
            "sessions_overlap",
        ),
        (lambda: declare(off(date(2022, 9, 1)), off(date(2022, 9, 1))), "day_twice"),
        (lambda: declare(off(date(1022, 9, 1))), "day_out_of_range"),
    ],
)
def test_malformed_hours_and_days_are_refused(db, attempt, code):
    with pytest.raises(Refusal) as refusal:
        attempt()
    assert refusal.value.code == f"calendar.{code}"


def test_only_who_manages_units_sets_the_calendar(db):
    for attempt in (
        lambda: operations.set_office_hours(None, STANDARD, source="x", actor=ANONYMOUS, at=AT),
        lambda: operations.declare_days(None, [], reason="x", actor=ANONYMOUS, at=AT),
    ):
        with pytest.raises(Refusal) as refusal:
            attempt()
        assert refusal.value.code == "unit.may_not"


def test_each_revision_has_its_entry(standard):
    events = Entry.objects.filter(subject_kind="calendar").values_list("event", flat=True)
    assert list(events) == ["calendar.hours_set", "calendar.days_declared"]
    assert list(verify.breaks()) == []


def test_no_revision_comes_between_while_a_date_is_being_set(own_database, django_db_blocker):
    with django_db_blocker.unblock(), psycopg.connect(own_database) as acceptance:
        old = set_hours()
        held = acceptance.execute(*calendar.CURRENT_FOR_SHARE).fetchone()
        made: list[int] = []
        decree = threading.Thread(target=lambda: made.append(_declare_on_own_connection()))
        decree.start()
        decree.join(0.4)
        waited = decree.is_alive()
        acceptance.commit()
        decree.join(10)
    assert (held[0], waited) == (old, True)
    assert made[0] > old


def test_who_waited_for_a_decree_reads_its_revision(own_database, django_db_blocker):
    read: list[int] = []
    acceptance = threading.Thread(target=lambda: read.append(_hold_on(own_database)))
    with django_db_blocker.unblock():
        set_hours()
        with transaction.atomic():
            new = declare(off(date(2022, 11, 22)))
            acceptance.start()
            acceptance.join(0.4)
            waited = acceptance.is_alive()
        acceptance.join(10)
    assert (waited, read) == (True, [new])


def _declare_on_own_connection() -> int:
    try:
        return int(declare(off(date(2022, 11, 22))))
    finally:
        connection.close()


def _hold_on(url: str) -> int:
    with psycopg.connect(url) as reader:
        row = reader.execute(*calendar.CURRENT_FOR_SHARE).fetchone()
    return int(row[0])
