"""The example's procedures are facts that read whole; they are offered as long as each agency stands."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from motcua.catalogue import queries
from motcua.catalogue.models import Decision, Offering, ProcedureVersion, Process
from motcua.catalogue.offered import offered
from motcua.catalogue.records import Rejected, read_lines
from motcua.organisations import queries as organisations
from motcua.organisations.queries import Kind
from motcua.rules.actor import system
from motcua.rules.books import Channel
from motcua.rules.net import Net
from motcua.run.example import catalogue as example
from motcua.run.example.organisations import raise_units

AT = datetime(2022, 1, 1, 1, 0, tzinfo=UTC)
ACTOR = system("kiểm thử")
D2022, D2025 = date(2022, 11, 21), date(2025, 7, 1)


@pytest.fixture
def windows(db):
    raise_units(ACTOR, AT)
    return example.raise_catalogue(ACTOR, AT)


def test_at_least_sixty_procedures_are_read_whole_but_for_fees_set_by_others():
    found = [one for _, one in read_lines(example.FILE.read_bytes().splitlines())]
    assert len(found) >= 60
    assert not [one for one in found if isinstance(one, Rejected)]
    assert len({one.identity for one in found}) == len(found)
    for one in found:
        assert all(rule.limit for rule in one.channels), one.name
        assert one.papers
        assert one.results
        assert {piece.reason for piece in one.unparsed} <= {"unknown"}


def test_every_commune_district_and_agency_settles_what_is_its(windows):
    communes = organisations.units_of_kind(Kind.COMMUNE, D2022)
    districts = organisations.units_of_kind(Kind.DISTRICT, D2022)
    offering = {window.unit_id for window in windows}
    assert {unit.id for unit in (*communes, *districts)} <= offering
    assert len(windows) == Offering.objects.filter(valid__contains=D2022).count()
    assert round(sum(window.weight for window in windows)) == 100
    birth = queries.procedure_ids("nghe_an")["1.001193"]
    found = offered(birth, communes[0].id, Channel.COUNTER, D2022, Decision.objects.count())
    assert found.limit.unit == "same_day"
    assert organisations.unit(found.desk_id).kind == Kind.DESK


def test_from_july_2025_the_communes_settle_what_the_districts_did(windows):
    household = queries.procedure_ids("nghe_an")["1.001612"]
    before = queries.procedure_detail(household, D2022).offerings
    after = queries.procedure_detail(household, D2025).offerings
    kinds = [{organisations.unit(o.unit_id).kind for o in some} for some in (before, after)]
    assert kinds == [{Kind.DISTRICT}, {Kind.COMMUNE}]
    assert (len(before), len(after)) == (21, 130)


def test_the_steps_of_a_process_fill_the_approved_limit_and_no_more(windows):
    for offering in Offering.objects.filter(approved_amount__isnull=False).select_related(
        "process"
    ):
        net = Net.from_json(offering.process.net)
        work = sum(node.half_days or 0 for node in net.tasks if node.act != "hand_over")
        assert work == offering.approved_amount * 2


def test_raising_it_twice_does_nothing_the_second_time(windows):
    before = [t.objects.count() for t in (ProcedureVersion, Offering, Process, Decision)]
    assert example.raise_catalogue(ACTOR, AT) == windows
    assert before == [t.objects.count() for t in (ProcedureVersion, Offering, Process, Decision)]
