"""Two workers, one killed in the middle, a portal that is slow: every status arrives in order and once. The
controls take the lock, the order or the asking away, and show that it is these that hold it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest

from motcua.dossiers import operations
from motcua.dossiers.models import Sync
from motcua.dossiers.operations import Answered, Outcome, syncs
from motcua.dossiers.tests.conftest import raise_world
from motcua.dossiers.tests.test_races import together
from motcua.gateways.tests.exchange import (
    Hands,
    plugged,
    portal_of,
    statuses,
    tell,
    told_once_each,
    walk,
)
from motcua.journeys import exchanging, reactions
from motcua.ledger import verify
from motcua.rules import national

WALK = ["2", "4", "9", "10"]
WORK = """
from motcua.run import cli
cli.prepare("django")
from motcua.jobs import tasks
from motcua.journeys import exchanging
exchanging.MANY = 4
print("ready", flush=True)
input()
tasks.tell_all()
"""


@pytest.fixture
def world(own_database):
    return raise_world()


def walked(world, portal, many: int) -> list[str]:
    """So many dossiers at their end, with everything still to be told."""
    codes = []
    with plugged(portal):
        for _ in range(many):
            done = world.accepted()
            walk(world, done.id)
            codes.append(done.code)
        while reactions.drain(datetime.now(UTC)):
            pass
    assert Sync.objects.filter(state="waiting").count() == 4 * many
    return codes


def worker(env):
    """A process that does what the job does each minute, once it is told to go."""
    command = [sys.executable, "-c", WORK]
    return subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def in_hand() -> int:
    """How many workers have messages in hand."""
    return Sync.objects.filter(state="sending").values("claim").distinct().count()


def test_a_worker_killed_in_the_middle_and_another_beside_it_lose_and_double_nothing(
    world, own_database, portal, tmp_path
):
    codes = walked(world, portal, 10)
    systems = tmp_path / "systems.toml"
    systems.write_text(
        f'[national]\naddress = "{portal.base}"\nuser = "motcua"\npassword = "mat-khau"\n'
        'unit = "000.00.00.H41"\n'
    )
    portal.ask("set", {"slow_ms": 40, "answer_ms": 40})
    env = {**os.environ, "DATABASE_URL": own_database, "MOTCUA_EXCHANGES": str(systems)}
    workers = [worker(env) for _ in range(2)]
    try:
        for one in workers:
            one.stdout.readline()
        for one in workers:
            one.stdin.write(b"go\n")
            one.stdin.flush()
        while in_hand() < 2:
            assert any(one.poll() is None for one in workers)
        workers[0].kill()
        assert workers[1].wait(60) == 0
    finally:
        for one in workers:
            one.kill()
            one.communicate()
    assert Sync.objects.filter(state="sending").count()  # what the killed one had in hand
    portal.ask("set", {"slow_ms": 0, "answer_ms": 0})
    line = portal_of(portal)
    now = Hands(datetime.now(UTC))
    for _ in range(4):
        now.wait(minutes=10)
        exchanging.tell_system("national", line, now)
    line.line.close()
    assert [statuses(portal, code) for code in codes] == [WALK] * 10
    assert told_once_each(portal)
    assert not Sync.objects.exclude(state="sent").exists()
    assert list(verify.breaks()) == []


def claim():
    return operations.claim_syncs(system="national", actor=exchanging.SYSTEM, at=datetime.now(UTC))


def test_two_workers_at_once_never_have_one_message_in_hand(world, portal):
    walked(world, portal, 8)
    in_hand = [one.id for batch in together(claim, claim, claim) for one in batch]
    assert len(in_hand) == len(set(in_hand)) == 8  # of each dossier its first


def test_without_the_lock_two_workers_have_one_message_in_hand(world, portal, monkeypatch):
    walked(world, portal, 1)
    both_have_read, act = threading.Barrier(2, timeout=10), syncs.act
    unlocked = syncs.CLAIMABLE.replace("FOR NO KEY UPDATE OF s SKIP LOCKED", "")
    monkeypatch.setattr(syncs, "CLAIMABLE", unlocked)

    def when_both_have_read(*args, **named):
        both_have_read.wait()
        return act(*args, **named)

    monkeypatch.setattr(syncs, "act", when_both_have_read)
    first, second = together(claim, claim)
    assert [one.id for one in first] == [one.id for one in second]


def once_refused(world, portal) -> list[str]:
    (code,) = walked(world, portal, 1)
    now = Hands(datetime.now(UTC))
    portal.ask("set", {"refuse": 1})
    line = portal_of(portal)
    for _ in range(4):
        exchanging.tell_system("national", line, now)
        now.wait(minutes=5)
    line.line.close()
    return statuses(portal, code)


def test_what_is_refused_once_goes_before_what_comes_after_it(world, portal):
    assert once_refused(world, portal) == WALK


def test_without_the_order_a_later_status_goes_before_an_earlier(world, portal, monkeypatch):
    head, _, tail = syncs.CLAIMABLE.partition("AND NOT EXISTS (")
    _, _, tail = tail.partition("'dead'))")
    monkeypatch.setattr(syncs, "CLAIMABLE", head + tail)
    assert once_refused(world, portal) != WALK


def dropped(world, portal) -> list[str]:
    now = Hands()
    with plugged(portal):
        done = world.accepted()
        tell(now)
        walk(world, done.id)
        portal.ask("set", {"drop": 1})
        for _ in range(4):
            tell(now)
            now.wait(minutes=5)
    return statuses(portal, done.code)


def test_a_deed_whose_answer_was_lost_is_done_once(world, portal):
    assert dropped(world, portal) == WALK and told_once_each(portal)


def test_without_asking_first_it_is_done_twice(world, portal, monkeypatch):
    monkeypatch.setattr(national, "arrived", lambda *_: False)
    assert dropped(world, portal) == ["2", "4", "4", "9", "10"] and not told_once_each(portal)


def test_who_lost_his_claim_answers_for_nothing(world, portal):
    walked(world, portal, 1)
    (mine,) = claim()
    later = datetime.now(UTC) + timedelta(minutes=6)
    (his,) = operations.claim_syncs(system="national", actor=exchanging.SYSTEM, at=later)
    assert his.id == mine.id and his.uncertain

    def answer(one):
        return operations.answer_syncs(
            answered=[Answered(one, Outcome.SENT)], actor=exchanging.SYSTEM, at=later
        )

    assert answer(mine) == 0 and Sync.objects.get(id=mine.id).state == "sending"
    assert answer(his) == 1 and Sync.objects.get(id=mine.id).state == "sent"
