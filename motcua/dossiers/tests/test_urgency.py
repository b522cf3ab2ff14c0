"""What lies on a desk, by how urgent it is: one order, four stretches of it, the desk's own index."""

from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import pytest

from motcua.dossiers import operations, queries, urgency, workload
from motcua.dossiers.models import WorkItem
from motcua.dossiers.queries import InboxFilters
from motcua.dossiers.tests.conftest import later, seated
from motcua.dossiers.tests.test_walk import item_of
from motcua.dossiers.urgency import Risks
from motcua.ledger import sql
from motcua.rules.actor import Role
from motcua.rules.worktime import ZONE

TUESDAY = Risks(*(datetime(2022, 11, day, tzinfo=ZONE) for day in (22, 23, 24)))


def found(actor, **filters):
    return [r["id"] for r in queries.inbox(actor, InboxFilters(**filters), risks=TUESDAY).rows]


@pytest.fixture
def three(world):
    """The first step due on Tuesday, on Wednesday, on Thursday: two office days after each came in."""
    return [world.accepted(at=later(days)).id for days in (0, 1, 2)]


def test_each_step_is_in_the_stretch_its_date_puts_it_in(world, three):
    assert found(world.officer) == three
    by_risk = [found(world.officer, risk=risk) for risk in urgency.ALL]
    assert sorted(map(len, by_risk)) == [0, 1, 1, 1]
    (pile,) = workload.piles(world.officer, TUESDAY)
    assert [pile.waiting[risk] for risk in urgency.ALL] == list(map(len, by_risk))


def test_what_the_dossier_s_own_date_makes_urgent_is_urgent(world, three):
    done = queries.dossiers(world.officer, queries.Filters()).rows[0]
    far = Risks(*(datetime(2022, 12, day, tzinfo=ZONE) for day in (20, 21, 22)))
    rows = queries.inbox(world.officer, risks=far).rows
    assert {far.of(row["urgent_at"]) for row in rows} == {urgency.LATE}
    assert done["due_at"] > rows[-1]["urgent_at"]


def test_the_stretches_cover_all_time_once():
    bounds = [TUESDAY.stretch(risk) for risk in urgency.ALL]
    assert all(a[1] == b[0] for a, b in pairwise(bounds))
    assert TUESDAY.of(urgency.NEVER) == urgency.REST


def test_who_stands_in_for_another_has_what_that_one_took(world, three):
    an = world.actor(Role.OFFICER, account=seated(world, "an"))
    operations.take(dossier_id=three[0], item_id=item_of(three[0]), actor=an, at=later(2))
    binh = replace(an, account_id=seated(world, "binh"), on_behalf_of=an.account_id)
    stranger = world.actor(Role.OFFICER, account=seated(world, "la"))
    assert found(binh, mine=True) == three[:1] and found(stranger, mine=True) == []
    operations.hand_on(dossier_id=three[0], item_id=item_of(three[0]), actor=binh, at=later(2))
    assert WorkItem.objects.get(closed_by_id=binh.account_id).assignee_id == an.account_id


def test_an_inbox_and_its_counts_are_served_by_an_index(world, three, monkeypatch):
    asked = []
    fetch = sql.fetch

    def keep(query, params=()):
        asked.append((query, params))
        return []

    monkeypatch.setattr(sql, "fetch", keep)
    queries.inbox(world.officer, risks=TUESDAY)
    workload.piles(world.officer, TUESDAY)
    monkeypatch.setattr(sql, "fetch", fetch)
    fetch("SELECT set_config('enable_seqscan', 'off', true)")
    for query, params in asked:
        plan = "\n".join(row["QUERY PLAN"] for row in fetch(f"EXPLAIN {query}", params))
        assert "Seq Scan" not in plan, plan
