"""2025-07-01 in the example's province: districts and communes end, and what is open follows them."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

import pytest

from motcua.catalogue import queries as catalogue
from motcua.dossiers import moving, operations, plans, proposing, rehearsing
from motcua.dossiers.models import Dossier, MovePlan
from motcua.ledger import verify
from motcua.organisations import queries as organisations
from motcua.rules.actor import system
from motcua.rules.worktime import ZONE
from motcua.run import testing
from motcua.run.commands import move_units
from motcua.run.example import moving as example
from motcua.run.example import raising
from motcua.statistics import queries as statistics
from motcua.statistics.books import Window

ON = date(2025, 7, 1)
EVE = datetime(2025, 6, 30, 16, 0, tzinfo=ZONE)
MORNING = datetime(2025, 7, 1, 8, 0, tzinfo=ZONE)
WORKER = system("Sắp xếp đơn vị")


@pytest.fixture(scope="module")
def moved(django_db_setup, django_db_blocker):
    """The province of June 2025 with 160 dossiers, and what the rehearsal said; then moved."""
    with django_db_blocker.unblock(), testing.separate(testing.example(0)):
        windows = example.windows_standing(raising.raise_structure(), date(2025, 6, 2))
        loader = raising.loader(windows, 160, today=EVE)
        loader.first = date(2025, 6, 16)
        list(loader.run())
        example.plan_moves(EVE)
        before = {d.id: d for d in Dossier.objects.all()}
        said = {
            listed.unit_id: rehearsing.rehearse(
                plans.plan(WORKER, listed.id)[1], actor=WORKER, at=MORNING
            )
            for listed in plans.plans(WORKER, ON)
        }
        list(operations.run_moves(actor=WORKER, at=MORNING))
        yield before, said


def test_every_commune_of_before_reaches_exactly_one_of_after(moved):
    communes = [u for u in moving.ended(ON) if u.kind == "commune"]
    assert len(communes) > 350
    for unit in communes:
        assert organisations.successor_of(unit.id, ON) is not None, unit.name


def test_every_district_of_before_has_communes_to_receive_also_the_one_that_ended_earlier(moved):
    districts = [u for u in organisations.units_ever(["district"]) if not u.days.has(ON)]
    assert len(districts) >= 21
    assert {u.days.until for u in districts} == {ON, date(2024, 12, 1)}
    for unit in districts:
        assert proposing.heirs_of(unit.id, ON), unit.name


def test_no_open_dossier_is_left_with_a_unit_that_has_ended(moved):
    before, _ = moved
    assert MovePlan.objects.exclude(status="done").count() == 0
    ended = {u.id for u in moving.ended(ON)}
    gone = [
        i for i, d in before.items() if d.accountable_id in ended and d.status in (1, 2, 4, 5, 6, 8)
    ]
    assert len(gone) > 20
    for dossier in Dossier.objects.filter(id__in=gone):
        assert organisations.unit(dossier.accountable_id).days.has(ON)
        assert organisations.unit(dossier.received_by_id).days.has(ON)
        assert (dossier.code, dossier.due_at) == (
            before[dossier.id].code,
            before[dossier.id].due_at,
        )
    assert list(verify.breaks()) == []


def test_what_the_rehearsal_said_is_what_came(moved):
    before, said = moved
    to = Counter[int]()
    for one in said.values():
        to += one.to
        assert one.lacking.total() == 0
        assert one.no_post.total() == 0
    after = {d.id: d.accountable_id for d in Dossier.objects.all()}
    came = Counter(after[i] for i, d in before.items() if after[i] != d.accountable_id)
    assert came == to


def test_the_districts_are_in_the_figures_to_the_last_day_and_not_after(moved):
    everybody = system("kiểm thử")
    june = statistics.overview(Window(date(2025, 6, 1), date(2025, 6, 30)), everybody)
    july = statistics.overview(Window(ON, date(2025, 7, 31)), everybody)
    august = statistics.overview(Window(date(2025, 8, 1), date(2025, 8, 31)), everybody)
    assert "huyen" in {group.key for group in june.groups}
    (handed_on,) = [group for group in july.groups if group.key == "huyen"]
    assert handed_on.total["carried-over"] > 0
    for measure in ("received", "open-in-time", "open-late", "waiting-supplement", "done-on-time"):
        assert handed_on.total.get(measure, 0) == 0
    assert "huyen" not in {group.key for group in august.groups}
    assert june.total["received"] == len(
        [
            d
            for d in moved[0].values()
            if d.accepted_at and d.received_at.astimezone(ZONE).date().month == 6
        ]
    )


def test_the_command_refuses_before_the_day_and_has_nothing_left_after(moved, capsys, monkeypatch):
    from motcua.look import clock

    monkeypatch.setattr(clock, "door_now", lambda: EVE)
    assert move_units.run(_options()) == 1
    assert "Chưa đến ngày" in capsys.readouterr().err
    monkeypatch.setattr(clock, "door_now", lambda: MORNING)
    assert move_units.run(_options(rehearse=True)) == 0
    assert "Tất cả 0 hồ sơ" in capsys.readouterr().out
    assert move_units.run(_options(quiet=True)) == 0


def _options(**more):
    from argparse import Namespace

    return Namespace(**({"on": ON, "rehearse": False, "quiet": False, "workers": 1} | more))


def test_three_people_made_the_plans(moved):
    names = MovePlan.objects.values_list(
        "made_by__username", "checked_by__username", "approved_by__username"
    )
    assert all(None not in {checked, approved} for _, checked, approved in names)
    assert all(made != approved for made, _, approved in names)


def test_the_successors_clerk_receives_at_his_desk_what_the_catalogue_lets_him(moved):
    some = Dossier.objects.filter(status=1).first()
    if some is None:
        pytest.skip("no dossier of the load waits to be accepted")
    assert (some.procedure_id, some.accountable_id) in catalogue.settled_by([some.procedure_id], ON)
