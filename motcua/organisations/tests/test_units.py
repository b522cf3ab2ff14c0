"""Founding units, giving codes, creating posts; reading them at a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from motcua.ledger import acts, verify
from motcua.ledger.models import Entry
from motcua.organisations import directory, operations, queries
from motcua.organisations.models import Unit
from motcua.organisations.operations import CodeGiven, Founding, PostGiven
from motcua.organisations.queries import Scheme
from motcua.rules.actor import ANONYMOUS, Role, system
from motcua.rules.refusal import Refusal

AT = datetime(2022, 1, 3, 1, 0, tzinfo=UTC)
ACTOR = system("kiểm thử")
ON = date(2022, 11, 21)
LIST = "level,code,name,parent_code,valid_from,valid_to\ntinh,40,Tỉnh Nghệ An,,,\n"
PROVINCE = "tinh-nghe-an-40"


def founding(key="so-a", **more):
    name = more.pop("name", "Sở A")
    more = {"parent": PROVINCE, "source": "kiểm thử"} | more
    return Founding(key, more.pop("kind", "department"), name, name, **more)


def found(*foundings, actor=ACTOR):
    return operations.found_units(foundings, actor=actor, at=AT)


@pytest.fixture
def province(db):
    operations.import_units({"a.csv": LIST.encode()}, actor=ACTOR, at=AT)
    return queries.unit_by_key(PROVINCE).id


def test_a_unit_is_founded_with_its_place_codes_and_posts(province):
    ids = found(
        founding(codes=[CodeGiven(Scheme.QCVN102, "000.00.06.H41")]),
        founding(
            "so-a-phong",
            name="Phòng B",
            kind="division",
            parent="so-a",
            agency="so-a",
            posts=[PostGiven("Chuyên viên", Role.OFFICER)],
        ),
    )
    agency, division = ids["so-a"], ids["so-a-phong"]
    assert queries.parent_of(division, ON).id == agency
    assert queries.agency_of(division) == agency
    assert queries.agency_of(agency) == agency
    assert queries.code_for_dossiers(agency, ON) == "000.00.06.H41"
    assert queries.part_with(agency, Role.OFFICER, ON).id == division
    (post,) = queries.unit_as_of(division, ON).posts
    assert post.title == "Chuyên viên"
    assert Entry.objects.filter(event="units.founded", subject_kind="unit").count() == 2
    assert list(verify.breaks()) == []


def test_a_unit_stands_only_within_its_days(province):
    ids = found(founding(since=date(2022, 1, 1), until=date(2025, 3, 1)))
    assert queries.unit_as_of(ids["so-a"], date(2025, 2, 28)).parent.id == province
    assert queries.unit_as_of(ids["so-a"], date(2025, 3, 1)) is None
    assert queries.heirs(ids["so-a"], date(2025, 3, 1)) == frozenset()


def test_codes_and_posts_are_added_to_a_unit_that_is_there(province):
    unit = found(founding())["so-a"]
    with pytest.raises(Refusal) as refusal:
        queries.code_for_dossiers(unit, ON)
    assert refusal.value.code == "unit.without_code"
    operations.give_codes([(unit, CodeGiven(Scheme.QD20, "H41.06"))], actor=ACTOR, at=AT)
    post = operations.create_post(unit, PostGiven("Giám đốc", Role.LEADER), actor=ACTOR, at=AT)
    assert queries.code_for_dossiers(unit, ON) == "H41.06"
    assert [p.id for p in queries.posts_of(unit, ON, Role.LEADER)] == [post]
    assert list(verify.breaks()) == []


def test_a_code_may_pass_to_another_unit_when_the_first_has_lost_it(province):
    day = date(2025, 3, 1)
    found(founding(codes=[CodeGiven(Scheme.QD20, "H41.06", until=day)]))
    ids = found(founding("so-b", codes=[CodeGiven(Scheme.QD20, "H41.06", since=day)]))
    assert queries.unit_by_code(Scheme.QD20, "H41.06", day).id == ids["so-b"]
    assert queries.unit_by_code(Scheme.QD20, "H41.06", ON).key == "so-a"


@pytest.mark.parametrize(
    ("foundings", "code"),
    [
        ([founding(), founding()], "exists"),
        ([founding(PROVINCE)], "exists"),
        ([founding(parent="khong-co")], "unknown"),
        ([founding(agency="khong-co")], "unknown"),
        ([founding(since=date(2022, 1, 1), until=date(2022, 1, 1))], "range_empty"),
        ([founding(codes=[CodeGiven(Scheme.QCVN102, "H41.06")])], "code_malformed"),
        ([founding(codes=[CodeGiven(Scheme.QD20, "000.00.06.H41")])], "code_malformed"),
        ([founding(codes=[CodeGiven(Scheme.GSO, "4x")])], "code_malformed"),
        (
            [founding(codes=[CodeGiven(Scheme.QD20, "H41", date(2022, 1, 2), date(2022, 1, 1))])],
            "range_empty",
        ),
        (
            [
                founding(codes=[CodeGiven(Scheme.QD20, "H41.06")]),
                founding("so-b", codes=[CodeGiven(Scheme.QD20, "H41.06")]),
            ],
            "code_taken",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_left(province, foundings, code):
    with pytest.raises(Refusal) as refusal, transaction.atomic():
        found(*foundings)
    assert refusal.value.code == f"unit.{code}"
    assert Unit.objects.count() == 1


def test_codes_and_posts_of_an_unknown_unit_are_refused(province):
    for attempt in (
        lambda: operations.give_codes([(0, CodeGiven(Scheme.QD20, "H41"))], actor=ACTOR, at=AT),
        lambda: operations.create_post(0, PostGiven("x", Role.CLERK), actor=ACTOR, at=AT),
    ):
        with pytest.raises(Refusal) as refusal, transaction.atomic():
            attempt()
        assert refusal.value.code == "unit.unknown"


def test_only_who_manages_units_changes_them(province):
    for attempt in (
        lambda: found(founding(), actor=ANONYMOUS),
        lambda: operations.give_codes([], actor=ANONYMOUS, at=AT),
        lambda: operations.create_posts([], actor=ANONYMOUS, at=AT),
    ):
        with pytest.raises(Refusal) as refusal:
            attempt()
        assert refusal.value.code == "unit.may_not"


def test_no_unit_is_written_outside_an_act(province):
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        Unit.objects.update(name="x")
    assert acts.refused_by_guard(refusal.value)


def test_reading_costs_no_statement_once_the_directory_is_in_memory(province, monkeypatch):
    directory.current()
    monkeypatch.setattr(directory.sql, "fetch", None)
    assert queries.unit(province).key == PROVINCE
    assert queries.units_of_kind("province", ON)


def test_another_process_s_change_is_seen_within_a_second(province, monkeypatch):
    monkeypatch.setattr(directory, "CHECK_EVERY_SECONDS", 1.0)
    before = directory.current()
    kept = directory._kept
    assert kept is not None
    found(founding())
    monkeypatch.setattr(directory, "_kept", kept)
    assert directory.current() is before
    monkeypatch.setattr(directory, "_kept", replace(kept, checked=kept.checked - 2))
    assert "so-a" in directory.current().by_key
