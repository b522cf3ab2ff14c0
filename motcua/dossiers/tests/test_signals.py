"""Signals of hidden lateness are counted from acts, listed within sight, and looked into; none judges."""

from datetime import date

import pytest
from django.db import connection

from motcua.dossiers import operations, signals
from motcua.dossiers.models import SignalReview
from motcua.dossiers.signals import SIGNALS, Window
from motcua.dossiers.tests.conftest import later
from motcua.dossiers.tests.ended import with_account
from motcua.dossiers.tests.test_acts import refused
from motcua.dossiers.tests.test_walk import item_of
from motcua.ledger.models import Entry
from motcua.rules.actor import Role, Scope, system
from motcua.rules.clock_rules import Ground

NOVEMBER = Window(date(2022, 11, 1), date(2022, 11, 30))
EVERYBODY = system("kiểm thử")


def inspector(world):
    from dataclasses import replace

    return replace(
        world.actor(Role.INSPECTOR, unit=world.other_department), sees=Scope(everything=True)
    )


def kinds(actor=EVERYBODY, **more):
    return {(one.signal, one.id) for one in signals.listed(actor, NOVEMBER, **more)}


def finished(world, dossier, at):
    operations.hand_on(dossier_id=dossier, item_id=item_of(dossier), actor=world.officer, at=at)
    operations.conclude(
        dossier_id=dossier, item_id=item_of(dossier), result_name="GP", result_number="1",
        actor=world.leader, at=at,
    )  # fmt: skip


def test_a_supplement_asked_after_the_third_working_day(world):
    early, late = world.accepted().id, world.accepted().id
    for dossier, day in ((early, 1), (late, 4)):
        operations.request_supplement(
            dossier_id=dossier,
            missing=["Tờ khai"],
            reason="thiếu",
            actor=world.officer,
            at=later(day),
        )
    assert kinds(signal="late-supplement") == {("late-supplement", late)}


def test_a_pause_on_the_eve_of_the_date(world):
    early, eve = world.accepted().id, world.accepted().id
    for dossier, day in ((early, 1), (eve, 4.1)):
        operations.pause(
            dossier_id=dossier, ground=Ground.CONSULTATION, reason="Hỏi ý kiến", actor=world.officer,
            at=later(day),
        )  # fmt: skip
    assert kinds() == {("pause-on-eve", eve)}


def test_withdrawn_and_filed_again(world):
    first = world.accepted().id
    operations.withdraw(dossier_id=first, reason="nộp lại", actor=world.clerk, at=later(3))
    second = world.accepted(at=later(3.1)).id
    assert kinds() == {("refiled", second)}


def test_finished_within_minutes_and_in_the_last_minute(world):
    at_once, usual, last = (world.accepted().id for _ in range(3))
    finished(world, at_once, later(0, 0.1))
    finished(world, usual, later(2))
    finished(world, last, later(6.995))
    assert kinds() == {("at-once", at_once), ("last-minute", last)}


def test_sent_back_again_and_again(world):
    dossier = world.accepted().id
    for n in range(2):
        operations.hand_on(
            dossier_id=dossier, item_id=item_of(dossier), actor=world.officer, at=later(1 + n)
        )
        operations.send_back(
            dossier_id=dossier, item_id=item_of(dossier), to_node=_first(dossier), reason="sửa",
            actor=world.leader, at=later(1 + n),
        )  # fmt: skip
    assert kinds() == {("to-and-fro", dossier)}


def _first(dossier):
    from motcua.dossiers.models import WorkItem

    return WorkItem.objects.filter(dossier_id=dossier).order_by("opened_at", "id").first().node


def test_a_look_beyond_ones_own_work(world, account):
    from motcua.people import operations as people

    dossier = world.accepted()
    looker = with_account(inspector(world), account("thanh-tra"))
    people.look_up(
        person_id=world.citizen, dossier_id=dossier.id, code=dossier.code, purpose="inspection",
        actor=looker, at=later(1),
    )  # fmt: skip
    assert kinds() == {("looked-beyond", dossier.id)}


def test_numbers_for_who_sees_figures_and_rows_for_who_sees_the_dossier(world):
    dossier = world.accepted().id
    finished(world, dossier, later(0, 0.1))
    control = world.actor(Role.CONTROL_OFFICER, unit=world.other_department)
    assert signals.counts(control, NOVEMBER) == {(world.department, "at-once"): 1}
    assert kinds(control) == set()
    assert kinds(inspector(world)) == {("at-once", dossier)}
    assert kinds(inspector(world), unit_id=world.other_department) == set()
    for role in (Role.OFFICER, Role.CLERK, Role.REGISTRY):
        refused("dossier.may_not", lambda role=role: signals.counts(world.actor(role), NOVEMBER))


def test_a_look_into_a_signal_is_kept_and_the_dossier_grows_no_older(world, account):
    dossier = world.accepted()
    finished(world, dossier.id, later(0, 0.1))
    who = with_account(inspector(world), account("thanh-tra"))
    given = {"dossier_id": dossier.id, "signal": "at-once", "at": later(1)}
    operations.review_signal(**given, finding="justified", note="Hồ sơ đơn giản", actor=who)
    row = SignalReview.objects.get()
    assert (row.by_id, row.finding) == (who.account_id, "justified")
    assert Entry.objects.get(event="dossier.signal_reviewed").fields["finding"] == "justified"
    assert kinds(who, open_only=True) == set()
    (found,) = signals.listed(who, NOVEMBER)
    assert found.note == "Hồ sơ đơn giản" and "thanh-tra" in found.reviewed_by
    for code, more in (
        ("signal.unknown", {"signal": "khac"}),
        ("signal.finding_missing", {"finding": ""}),
        ("dossier.reason_missing", {"note": " "}),
        ("dossier.may_not", {"actor": world.leader}),
    ):
        values = given | {"finding": "justified", "note": "x", "actor": who} | more
        refused(code, lambda values=values: operations.review_signal(**values))


@pytest.mark.parametrize(
    ("key", "index"),
    [
        ("late-supplement", "signal_late_supplement"),
        ("pause-on-eve", "signal_paused"),
        ("at-once", "signal_at_once"),
        ("last-minute", "signal_last_minute"),
        ("to-and-fro", "signal_sent_back"),
        ("looked-beyond", "lookup_at"),
    ],
)
def test_each_is_served_by_its_index(world, key, index):
    with connection.cursor() as cursor:
        # A bitmap needs a condition that the index serves: an index read whole for its order is no answer.
        for other in ("seqscan", "indexscan", "indexonlyscan"):
            cursor.execute(f"SET LOCAL enable_{other} = off")
        cursor.execute(f"EXPLAIN {SIGNALS[key].found}", list(NOVEMBER.moments))
        assert index in "\n".join(row[0] for row in cursor.fetchall())
