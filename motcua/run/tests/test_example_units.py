"""The province of the example stands on the repository's own facts."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from motcua.ledger import verify
from motcua.ledger.models import Entry
from motcua.organisations import operations, queries
from motcua.organisations.models import Placement, Post, Succession, Unit, UnitCode
from motcua.organisations.queries import Kind, Scheme
from motcua.rules import numbering
from motcua.rules.actor import Role, system
from motcua.run.example import organisations as example

AT = datetime(2022, 11, 21, 2, 0, tzinfo=UTC)
ACTOR = system("dựng ví dụ")
D2022, D2024, D2025 = date(2022, 11, 21), date(2024, 12, 1), date(2025, 7, 1)


@pytest.fixture
def province(db):
    return example.raise_units(ACTOR, AT)


def test_the_repository_has_the_whole_province_at_three_dates(province):
    for on, districts, communes in ((D2022, 21, 460), (D2024, 20, 412), (D2025, 0, 130)):
        assert len(queries.units_of_kind(Kind.DISTRICT, on)) == districts
        assert len(queries.units_of_kind(Kind.COMMUNE, on)) == communes


def test_the_agencies_are_those_the_report_of_2022_counts(province):
    departments = [
        *queries.units_of_kind(Kind.DEPARTMENT, D2022),
        *queries.units_of_kind(Kind.COMMITTEE_OFFICE, D2022),
    ]
    at_centre = [u for u in departments if queries.desk_of(u.id, D2022).key == example.CENTRE_DESK]
    assert (len(departments), len(at_centre)) == (23, 18)
    assert len(queries.units_of_kind(Kind.VERTICAL, D2022)) == 3


def test_the_facts_say_what_the_full_lists_say(db, shared_data):
    def directory():
        return (
            {(u.short_name, u.days) for u in queries.directory.current().units.values()},
            {
                (p.unit.short_name, p.parent.short_name, str(p.valid))
                for p in Placement.objects.select_related("unit", "parent")
            },
            {
                (s.predecessor_id, s.successor_id, s.kind, s.effective_on, s.partial)
                for s in Succession.objects.all()
            },
        )

    def facts():
        return {f.name: f.read_bytes() for f in example.FOLDER.glob("unit*.csv")}

    assert operations.import_units(facts(), actor=ACTOR, at=AT).rejected == ()
    ours = directory()
    folder = shared_data / "01_admin_units"
    files = {file.name: file.read_bytes() for file in folder.glob("*.csv")}
    report = operations.import_units(files, actor=ACTOR, at=AT)
    assert (report.new, report.changed, report.rejected) == (0, 0, ())
    assert directory() == ours


def test_raising_it_twice_does_nothing_the_second_time(province):
    before = [t.objects.count() for t in (Unit, Placement, UnitCode, Post, Succession, Entry)]
    assert example.raise_units(ACTOR, AT) == province
    assert before == [
        t.objects.count() for t in (Unit, Placement, UnitCode, Post, Succession, Entry)
    ]


@pytest.mark.parametrize("on", [D2022, D2024, D2025])
def test_every_agency_can_number_its_dossiers_and_no_two_alike(province, on):
    kinds = (Kind.DEPARTMENT, Kind.VERTICAL, Kind.CENTRE, Kind.DISTRICT, Kind.COMMUNE)
    units = [u for kind in kinds for u in queries.units_of_kind(kind, on)]
    codes = Counter(queries.code_for_dossiers(u.id, on) for u in units)
    assert set(codes.values()) == {1}
    assert {numbering.form_of(code) for code in codes} == {numbering.form_on(on)}


@pytest.mark.parametrize("on", [D2022, D2024, D2025])
def test_every_agency_has_a_desk_and_who_does_each_kind_of_step(province, on):
    roles = (Role.OFFICER, Role.HEAD, Role.REGISTRY, Role.LEADER)
    for kind in (Kind.DEPARTMENT, Kind.DISTRICT, Kind.COMMUNE):
        for unit in queries.units_of_kind(kind, on):
            assert queries.desk_of(unit.id, on)
            assert all(queries.part_with(unit.id, role, on) for role in roles)


def test_what_no_source_gives_says_that_it_is_constructed(province):
    assert not Unit.objects.filter(kind__in=("desk", "division"), constructed=False).exists()
    assert not Unit.objects.filter(kind__in=("district", "commune"), constructed=True).exists()
    assert not Post.objects.filter(constructed=False).exists()
    made = UnitCode.objects.exclude(scheme=Scheme.GSO).exclude(unit__kind=Kind.PROVINCE)
    assert not made.filter(constructed=False).exists()


def test_parts_end_with_their_agency(province):
    parts = Unit.objects.filter(kind="desk", agency__kind="district").select_related("agency")
    assert len(parts) == 21
    assert all(part.valid == part.agency.valid for part in parts)


def test_the_record_of_the_province_verifies_whole(province):
    assert list(verify.breaks()) == []


def test_the_working_calendar_is_the_nation_s_with_its_sources(province):
    calendar = queries.work_calendar(None)
    assert calendar.covers(date(2020, 1, 1))
    assert calendar.covers(date(2027, 12, 31))
    assert not calendar.is_working(date(2022, 2, 1))
    assert calendar.is_working(date(2024, 5, 4))
    assert all(day.source for day in calendar.days)
    received = datetime(2022, 1, 28, 7, 0, tzinfo=UTC)
    assert calendar.add(received, 24 * 60) == datetime(2022, 2, 9, 7, 0, tzinfo=UTC)


def test_a_mountain_district_has_hours_by_season(province):
    calendar = queries.work_calendar(province[example.MOUNTAIN_DISTRICT])
    winter, summer = (calendar.sessions(date(2022, month, 1))[0][0] for month in (11, 6))
    assert (f"{winter:%H:%M}", f"{summer:%H:%M}") == ("07:30", "07:00")


def test_an_open_saturday_at_the_centre_is_no_working_day(province):
    desk = province[example.CENTRE_DESK]
    saturday = date(2022, 11, 19)
    assert not queries.work_calendar(desk).is_working(saturday)
    (hours,) = queries.hours_of(desk, saturday)
    assert [session.public for session in hours.by_weekday[5]] == [True]
