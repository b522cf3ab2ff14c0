"""Two people, one dossier, real commits: one wins, the other is told; the controls show why."""

import threading

import pytest
from django.db import connection

from motcua.dossiers import operations, state
from motcua.dossiers.models import Dossier, WorkItem
from motcua.dossiers.tests.conftest import later, raise_world
from motcua.ledger import verify
from motcua.ledger.acts import AlreadyDone, Key
from motcua.ledger.models import Entry
from motcua.rules.refusal import Refusal


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


@pytest.fixture
def world(own_database):
    return raise_world()


def both_hand_on(world):
    done = world.accepted()
    item = WorkItem.objects.get(closed_at=None).id

    def hand_on():
        operations.hand_on(dossier_id=done.id, item_id=item, actor=world.officer, at=later(1))
        return "done"

    return together(hand_on, hand_on), done.id


def test_of_two_officers_on_one_step_one_wins_and_the_other_is_told(world):
    for _ in range(5):
        results, dossier_id = both_hand_on(world)
        assert results.count("done") == 1
        refusal = next(r for r in results if r != "done")
        assert isinstance(refusal, Refusal) and refusal.code == "dossier.item_closed"
        assert Entry.objects.filter(subject_id=dossier_id).count() == 2
        finish(world, dossier_id)
    assert list(verify.breaks()) == []


def without_the_lock(monkeypatch):
    """Nobody locks the dossier, and whoever reads it waits until both have: what the lock is for."""
    locked, case_of, both_have_read = state.locked, state.case_of, threading.Barrier(2, timeout=10)

    def without_lock(*args):
        (first, params), *rest = locked(*args)
        return [(first.replace("FOR NO KEY UPDATE", ""), params), *rest]

    def when_both_have_read(*rows):
        both_have_read.wait()
        return case_of(*rows)

    monkeypatch.setattr(state, "locked", without_lock)
    monkeypatch.setattr(state, "case_of", when_both_have_read)


def test_without_the_lock_the_other_is_not_told_what_happened(world, monkeypatch):
    without_the_lock(monkeypatch)
    results, _ = both_hand_on(world)
    loser = next(r for r in results if r != "done")
    assert not isinstance(loser, Refusal)


def finish(world, dossier_id):
    item = WorkItem.objects.get(closed_at=None).id
    operations.refuse_in_process(
        dossier_id=dossier_id, item_id=item, reason="hết thử", actor=world.leader, at=later(2)
    )


def test_one_key_sent_twice_at_once_makes_one_dossier(world):
    key = Key.of("một-lần", {"a": 1})

    def accept():
        return operations.accept(intake=world.intake(), actor=world.clerk, at=later(), key=key)

    results = together(accept, accept, accept)
    assert Dossier.objects.count() == 1
    assert sum(isinstance(r, AlreadyDone) for r in results) == 2
    code = Dossier.objects.get().code
    assert all(r.outcome["code"] == code for r in results if isinstance(r, AlreadyDone))


def test_intakes_at_once_never_share_a_code(world):

    def accept():
        return operations.accept(intake=world.intake(), actor=world.clerk, at=later()).code

    codes = together(*[accept] * 8)
    assert sorted(codes) == [f"000.00.06.H41-221121-{n:04d}" for n in range(1, 9)]
