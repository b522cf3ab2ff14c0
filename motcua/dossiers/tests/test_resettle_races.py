"""A decree and the counters at once, workers killed and doubled, with real commits: no dossier keeps an old
calendar. The control shows that it is the share lock that holds it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

import pytest
from django.db import connection

from motcua.dossiers import decreed, operations, resettling, writer
from motcua.dossiers.models import ClockEvent, Dossier
from motcua.dossiers.tests.conftest import NINE, later, raise_world
from motcua.dossiers.tests.test_resettle import TUESDAY, WORKER, declare, local, off, resettle
from motcua.ledger import sql, verify
from motcua.ledger.models import Entry
from motcua.organisations import calendar as office
from motcua.organisations import writer as organisations_writer
from motcua.organisations.proposals import Declaration, proposed

DECREED = "2022-11-29 09:00"
"""Five working days from Monday 09:00 with Tuesday off; without, it is the 28th."""


@pytest.fixture
def world(own_database):
    return raise_world()


class Held:
    """A thread stopped in the middle of its transaction, until told to go on."""

    def __init__(self, call):
        self.reached, self.go = threading.Event(), threading.Event()
        self.error: BaseException | None = None
        self.thread = threading.Thread(target=self._run, args=[call])

    def _run(self, call):
        try:
            call()
        except BaseException as error:
            self.error = error
        finally:
            connection.close()

    def stop_at(self, monkeypatch, module, name):
        """Stops this thread, and no other, where it calls `module.name`."""
        real = getattr(module, name)

        def stopping(*args, **more):
            if threading.current_thread() is self.thread:
                self.reached.set()
                assert self.go.wait(20)
            return real(*args, **more)

        monkeypatch.setattr(module, name, stopping)
        self.thread.start()
        assert self.reached.wait(20)
        return self

    def start(self):
        self.thread.start()
        return self

    def end(self):
        self.go.set()
        self.thread.join(20)
        if self.error:
            raise self.error

    @property
    def waits(self) -> bool:
        """Whether the database makes it wait for a lock; false when it has ended instead."""
        while self.thread.is_alive():
            if sql.fetch(WAITING)[0]["n"]:
                return True
            time.sleep(0.02)
        return False


WAITING = """
SELECT count(*) AS n FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def test_a_decree_waits_for_the_intake_under_way_and_then_counts_it_anew(world, monkeypatch):
    intake = Held(world.accepted).stop_at(monkeypatch, writer, "apply")
    decree = Held(lambda: declare(off(TUESDAY))).start()
    assert decree.waits
    intake.end()
    decree.end()
    resettle()
    kept = Dossier.objects.get()
    assert local(kept.due_at) == DECREED
    assert kept.calendar_revision_id == office.latest_revision()
    assert [e.event["kind"] for e in ClockEvent.objects.order_by("seq")] == [
        "accepted",
        "resettled",
    ]


def test_an_intake_waits_for_the_decree_under_way_and_counts_by_it(world, monkeypatch):
    decree = Held(lambda: declare(off(TUESDAY)))
    decree.stop_at(monkeypatch, organisations_writer, "reserve")
    intake = Held(world.accepted).start()
    assert intake.waits
    decree.end()
    intake.end()
    kept = Dossier.objects.get()
    assert local(kept.due_at) == DECREED
    assert kept.calendar_revision_id == office.latest_revision()
    assert resettle() == []


def test_without_the_share_lock_an_intake_would_keep_the_old_calendar(world, monkeypatch):
    unlocked = office.CURRENT_FOR_SHARE[0].replace("FOR SHARE", "")
    monkeypatch.setattr(office, "CURRENT_FOR_SHARE", (unlocked, ()))
    intake = Held(world.accepted).stop_at(monkeypatch, writer, "apply")
    decree = Held(lambda: declare(off(TUESDAY))).start()
    assert not decree.waits
    decree.end()
    assert resettle() == []
    intake.end()
    kept = Dossier.objects.get()
    assert local(kept.due_at) != DECREED
    assert kept.calendar_revision_id < office.latest_revision()


def test_a_dossier_under_an_act_is_left_for_the_end_and_done_then(world, monkeypatch):
    monkeypatch.setattr(resettling, "CHUNK", 2)
    ids = [world.accepted().id for _ in range(5)]
    declare(off(TUESDAY))
    clerk = Held(
        lambda: operations.request_supplement(
            dossier_id=ids[1], missing=["Tờ khai"], reason="thiếu", actor=world.officer, at=later(1)
        )
    ).stop_at(monkeypatch, writer, "apply")
    worker = Held(resettle).start()
    assert worker.waits
    assert resettling.progress(office.latest_revision()).left == 1
    clerk.end()
    worker.end()
    assert {local(d.due_at) for d in Dossier.objects.all()} == {DECREED}
    kinds = [e.event["kind"] for e in ClockEvent.objects.filter(dossier_id=ids[1]).order_by("seq")]
    assert kinds == ["accepted", "paused", "resettled"]


def test_two_workers_at_once_do_each_dossier_once(world, monkeypatch):
    monkeypatch.setattr(resettling, "CHUNK", 3)
    for _ in range(25):
        world.accepted()
    declare(off(TUESDAY))
    workers = [Held(resettle).start() for _ in range(2)]
    for worker in workers:
        worker.end()
    assert all_done() == 25
    assert list(verify.breaks()) == []


def test_a_worker_killed_in_the_middle_of_a_chunk_leaves_nothing_half_done(world, own_database):
    for _ in range(20):
        world.accepted()
    days = (off(TUESDAY),)
    expected = to_be(Declaration(None, days))
    declare(*days)
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "DATABASE_URL": own_database},
    )  # fmt: skip
    assert child.stdout and child.stdout.readline() == "in the middle\n"
    child.kill()
    child.wait()
    left = resettling.progress(office.latest_revision())
    assert (left.done, left.total) == (8, 20)
    resettle()
    assert all_done() == 20
    assert dict(Dossier.objects.values_list("id", "due_at")) == expected
    assert list(verify.breaks()) == []


KILLED = """
import time
import django
django.setup()
from datetime import datetime, UTC
from motcua.dossiers import operations, resettling, writer
from motcua.rules.actor import system
resettling.CHUNK, written, real = 4, [], writer.apply_all
def apply_all(*args):
    real(*args)
    written.append(1)
    if len(written) == 3:
        print("in the middle", flush=True)
        time.sleep(60)
writer.apply_all = apply_all
list(operations.resettle(actor=system("kiểm thử"), at=datetime(2022, 11, 21, 3, tzinfo=UTC)))
"""


def to_be(declaration):
    calendars = proposed(declaration)
    reader = resettling.Reader(calendars.revision, calendars.after)
    return {m.id: m.due_at for m in decreed.all_moved(declaration, reader, actor=WORKER, at=NINE)}


def all_done() -> int:
    """How many dossiers are by the calendar in force, each recorded once."""
    assert resettling.oldest(office.latest_revision()) is None
    entries = Entry.objects.filter(event="dossier.resettled", subject_kind="dossier")
    subjects = list(entries.values_list("subject_id", flat=True))
    assert len(subjects) == len(set(subjects))
    assert {local(d.due_at) for d in Dossier.objects.all()} == {DECREED}
    return len(subjects)
