"""Folding while others write: in databases of their own, for here commits are real."""

import threading
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection, transaction

from motcua.dossiers.tests.conftest import later, raise_world
from motcua.ledger import sql
from motcua.statistics import books, operations
from motcua.statistics.books import Part, Window
from motcua.statistics.tests.conftest import as_owner

pytestmark = pytest.mark.alone
YEAR = Window(date(2022, 1, 1), date(2022, 12, 31))
HALF = Window(date(2022, 11, 10), date(2022, 12, 20))


@pytest.fixture
def committed(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        yield raise_world()


def counted(window=YEAR):
    return books.totals(window, Part()).get(0, {})


def folded():
    return sum(r["n"] for r in sql.fetch("SELECT n FROM statistics_daily"))


def test_folding_moves_postings_into_the_roll_ups_and_changes_no_figure(committed):
    for n in range(3):
        committed.accepted(at=later(hours=n))
    before = [counted(YEAR), counted(HALF)], books.totals(HALF, Part(), "procedure_id")
    assert operations.fold() == 6
    assert folded() == 6
    assert ([counted(YEAR), counted(HALF)], books.totals(HALF, Part(), "procedure_id")) == before
    assert operations.fold() == 0
    committed.accepted(at=later(hours=9))
    assert counted()["received"] == 4
    assert operations.fold() == 2
    assert counted()["received"] == 4


@contextmanager
def uncommitted(world):
    """Another connection has accepted a dossier and commits only when the block ends."""
    started, finish = threading.Event(), threading.Event()

    def slow():
        try:
            with transaction.atomic():
                world.accepted(at=later(days=1))
                started.set()
                finish.wait(20)
        finally:
            connection.close()

    writer = threading.Thread(target=slow)
    writer.start()
    try:
        assert started.wait(20)
        yield
    finally:
        finish.set()
        writer.join()


def test_what_commits_late_is_folded_later_not_lost(committed):
    with uncommitted(committed):
        committed.accepted(at=later())
        assert operations.fold() == 0, "nothing is final while an older transaction runs"
        assert counted()["received"] == 1
    assert counted()["received"] == 2
    assert operations.fold() == 4
    assert counted()["received"] == 2


def test_folding_up_to_what_is_visible_instead_of_final_would_lose_it(committed, monkeypatch):
    """The negative control of the test above."""
    monkeypatch.setattr(operations, "HORIZON", "pg_snapshot_xmax(pg_current_snapshot())")
    with uncommitted(committed):
        committed.accepted(at=later())
        assert operations.fold() == 2
    assert counted()["received"] == 1


def racing_writers(world, fold, each=12, writers=3):
    """Writers accept dossiers while one more folds all the time; returns what went wrong."""
    wrong, done = [], threading.Event()

    def write(n):
        try:
            for k in range(each):
                world.accepted(at=later(hours=n + k / 60))
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    def fold_on():
        try:
            while not done.is_set():
                fold()
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    folder = threading.Thread(target=fold_on)
    threads = [threading.Thread(target=write, args=(n,)) for n in range(writers)]
    for thread in (folder, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    folder.join()
    assert not wrong
    return each * writers


def test_roll_ups_and_remainder_are_the_postings_while_others_write(committed):
    made = racing_writers(committed, operations.fold)
    assert counted()["received"] == made
    operations.fold()
    assert counted()["received"] == made
    assert folded() == 2 * made


def test_a_database_restored_into_a_younger_server_is_folded_anew_by_itself(committed):
    """A dump brings transaction numbers of another server: here they lie far in the future."""
    committed.accepted(at=later())
    operations.fold()
    as_if_restored(connection.settings_dict["NAME"])
    committed.accepted(at=later(hours=1))
    assert operations.fold() == 4
    committed.accepted(at=later(hours=2))
    assert counted()["received"] == 3
    assert operations.fold() == 2
    assert counted()["received"] == 3
    assert operations.rebuild() == 6
    assert counted()["received"] == 3


def as_if_restored(name):
    """Give postings and watermark numbers of another server, as only the owner of the tables could."""
    with as_owner(name) as db:
        db.execute("ALTER TABLE ledger_posting DISABLE TRIGGER USER")
        db.execute("UPDATE ledger_posting SET xid = (1000000000 + id)::text::xid8")
        db.execute("ALTER TABLE ledger_posting ENABLE TRIGGER USER")
        db.execute("UPDATE statistics_watermark SET up_to = '1000000900'")
