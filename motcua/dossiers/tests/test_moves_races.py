"""Moves with real commits: workers doubled and killed, an officer at work meanwhile; each dossier moves once,
and as the rehearsal said. The control shows that it is the lock that holds it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from motcua.dossiers import moving, operations, rehearsing, writer
from motcua.dossiers.models import Dossier, MovePlan, WorkItem
from motcua.dossiers.tests import ended
from motcua.dossiers.tests.conftest import later
from motcua.dossiers.tests.ended import DAY, WORKER, approved, raise_ended, run, unit
from motcua.dossiers.tests.test_resettle_races import Held
from motcua.dossiers.tests.test_walk import item_of
from motcua.ledger import verify
from motcua.ledger.models import Entry, Posting
from motcua.rules.actor import Role


@pytest.fixture
def world(own_database):
    return raise_ended()


def all_moved() -> int:
    """How many dossiers moved, each recorded once."""
    plan = MovePlan.objects.get()
    assert moving.left(moving.plan(plan)) == 0 and plan.status == "done"
    subjects = list(
        Entry.objects.filter(event="dossier.transferred").values_list("subject_id", flat=True)
    )
    assert len(subjects) == len(set(subjects))
    assert list(verify.breaks()) == []
    return len(subjects)


def test_two_workers_at_once_move_each_dossier_once(world, monkeypatch):
    monkeypatch.setattr(moving, "CHUNK", 3)
    for _ in range(25):
        world.accepted()
    approved(world)
    workers = [Held(run).start() for _ in range(2)]
    for worker in workers:
        worker.end()
    assert all_moved() == 25


def test_without_the_lock_two_workers_would_move_a_dossier_twice(world, monkeypatch):
    monkeypatch.setattr(
        moving, "locked", lambda plan, after, *, wait: moving.next_rows(plan, after)
    )
    world.accepted()
    approved(world)
    first = Held(run).stop_at(monkeypatch, writer, "apply_all")
    second = Held(run).start()
    assert not second.waits
    second.end()
    with pytest.raises(Exception, match="already exists"):  # only its order stops the second
        first.end()


def test_a_dossier_under_an_act_is_left_for_the_end_and_moves_as_it_is_then(world, monkeypatch):
    ids = [world.accepted().id for _ in range(5)]
    approved(world)
    clerk = Held(
        lambda: operations.request_supplement(
            dossier_id=ids[1], missing=["Tờ khai"], reason="thiếu", actor=world.officer, at=later(3)
        )
    ).stop_at(monkeypatch, writer, "apply")
    worker = Held(run).start()
    assert worker.waits
    clerk.end()
    worker.end()
    assert all_moved() == 5
    assert WorkItem.objects.get(dossier_id=ids[1], closed_at=None).standing


def test_a_worker_killed_in_the_middle_of_a_chunk_leaves_nothing_half_done(world, own_database):
    for _ in range(20):
        world.accepted()
    plan_id = approved(world)
    expected = to_be(plan_id)
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "DATABASE_URL": own_database},
    )  # fmt: skip
    assert child.stdout and child.stdout.readline() == "in the middle\n"
    child.kill()
    child.wait()
    plan = MovePlan.objects.get()
    assert (plan.status, plan.dossiers, moving.left(moving.plan(plan))) == ("running", 20, 12)
    run()
    assert all_moved() == 20
    assert as_is() == expected


def test_what_the_rehearsal_says_is_what_happens_afterwards_and_it_writes_nothing(world):
    """Dossiers in every state that follows, one of them taken by an officer who goes along."""
    officer = an_officer(world)
    for n in range(8):
        dossier = world.accepted().id
        if n % 4 == 0:
            operations.take(
                dossier_id=dossier, item_id=item_of(dossier), actor=officer, at=later(1)
            )
        if n % 4 == 1:
            operations.request_supplement(
                dossier_id=dossier, missing=["Tờ khai"], reason="thiếu", actor=world.officer,
                at=later(1),
            )  # fmt: skip
        if n % 4 == 2:
            operations.withdraw(dossier_id=dossier, reason="thôi", actor=world.clerk, at=later(1))
        if n % 4 == 3:
            operations.hand_on(
                dossier_id=dossier, item_id=item_of(dossier), actor=world.officer, at=later(1)
            )
            operations.conclude(
                dossier_id=dossier, item_id=item_of(dossier), result_name="GP", result_number="1",
                actor=world.leader, at=later(1),
            )  # fmt: skip
    plan_id = approved(world)
    before = Entry.objects.count(), Posting.objects.count()
    plan = moving.plan(MovePlan.objects.get())
    said = rehearsing.rehearse(plan, actor=WORKER, at=DAY)
    expected = to_be(plan_id)
    assert (Entry.objects.count(), Posting.objects.count()) == before
    assert (said.total, said.moved, said.lacking.total()) == (6, 6, 0)
    assert said.to == {world.other_department: 4}
    assert said.desks == {unit("so-b-mot-cua"): 2}
    assert (said.keep, said.free) == (2, 0)
    assert said.no_post.total() == 0 and said.overdue == 2
    run()
    found = as_is()
    assert {i: found[i] for i in expected} == expected
    assert len([d for d in found.values() if d[0] == world.other_department]) == said.to.total()


def an_officer(world):
    from motcua.ledger.acts import Event, act
    from motcua.people.models import Account

    with act(Event("account.opened", "account"), actor=WORKER, at=later(0)) as a:
        account = Account.objects.create(username="o-lai", name="Ở lại", kind="officer")
        a.about("account", account.id, {})
    ended.seat(account.id, unit("so-b-phong"), Role.OFFICER)
    return ended.with_account(world.officer, account.id)


def to_be(plan_id):
    """Of each dossier that follows: agency, desk, holder, date, and its steps with who has them."""
    plan = moving.plan(MovePlan.objects.get(id=plan_id))
    found = {}
    for _, changes in rehearsing.all_moves(plan, at=DAY):
        case = changes.case
        steps = {i.id: (i.unit_id, i.assignee_id) for i in case.items}
        where = case.accountable_id, case.received_by_id, case.holder_id
        found[case.id] = (*where, case.due_at, case.judged_at, steps)
    return found


def as_is():
    found = {}
    for d in Dossier.objects.all():
        items = WorkItem.objects.filter(dossier=d, closed_at=None)
        steps = {i.id: (i.unit_id, i.assignee_id) for i in items}
        where = d.accountable_id, d.received_by_id, d.holder_id
        found[d.id] = (*where, d.due_at, d.judged_at, steps)
    return found


KILLED = """
import time
import django
django.setup()
from datetime import datetime, UTC
from motcua.dossiers import moving, operations, writer
from motcua.rules.actor import system
moving.CHUNK, written, real = 4, [], writer.apply_all
def apply_all(*args):
    real(*args)
    written.append(1)
    if len(written) == 3:
        print("in the middle", flush=True)
        time.sleep(60)
writer.apply_all = apply_all
list(operations.run_moves(actor=system("kiểm thử"), at=datetime(2022, 12, 1, 2, tzinfo=UTC)))
"""
