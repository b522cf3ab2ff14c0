"""A decree moves a day off: every open dossier is counted anew, closed ones stay, and the record says it."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from motcua.dossiers import decreed, operations, resettling
from motcua.dossiers.models import ClockEvent, Dossier, Phase, Turn, WorkItem
from motcua.dossiers.tests.conftest import NINE, later, raise_world
from motcua.dossiers.tests.test_transfer import INTERCONNECTED
from motcua.ledger import verify
from motcua.ledger.models import Entry, Posting
from motcua.organisations import calendar as office
from motcua.organisations import operations as organisations
from motcua.organisations.operations import DayDeclared
from motcua.organisations.proposals import Declaration
from motcua.rules.actor import system
from motcua.rules.books import Channel
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE, DayKind

WORKER = system("Tính lại ngày hẹn trả")
TUESDAY = date(2022, 11, 22)


def off(on: date, kind: DayKind = DayKind.HOLIDAY) -> DayDeclared:
    return DayDeclared(on, kind, "Nghỉ theo nghị định", "NĐ kiểm thử")


def declare(*days, unit=None, withdrawn=()):
    return organisations.declare_days(
        unit, days, withdrawn=withdrawn, reason="kiểm thử", actor=WORKER, at=NINE
    )


def resettle(at=None):
    return list(operations.resettle(actor=WORKER, at=at or later(hours=1)))


def local(at: datetime) -> str:
    return f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}"


def test_a_day_off_within_the_limit_moves_the_date_and_the_open_step(world):
    world.accepted()
    before = Dossier.objects.get()
    assert local(before.due_at) == "2022-11-28 09:00"
    revision = declare(off(TUESDAY))
    (done,) = resettle()
    after, item = Dossier.objects.get(), WorkItem.objects.get(closed_at=None)
    assert (done.dossiers, done.moved) == (1, 1)
    assert local(after.due_at) == local(after.judged_at) == "2022-11-29 09:00"
    assert after.calendar_revision_id == revision
    assert after.version == before.version + 1
    assert after.warn_at > before.warn_at
    assert local(item.due_at) == "2022-11-23 09:00"
    event = ClockEvent.objects.order_by("seq").last()
    assert event.event["kind"] == "resettled"
    assert event.calendar_revision_id == revision
    assert event.due_at == after.due_at


def test_the_record_has_each_date_before_and_after(world):
    world.accepted()
    revision = declare(off(TUESDAY))
    resettle()
    parent = Entry.objects.get(event="dossier.resettled", subject_kind="act")
    child = Entry.objects.get(event="dossier.resettled", subject_kind="dossier")
    assert parent.fields == {"calendar": revision, "dossiers": 1, "rows": 1}
    assert child.parent_id == parent.id
    assert child.fields["was"] == {
        "due_at": "2022-11-28T02:00:00.000000Z",
        "judged_at": "2022-11-28T02:00:00.000000Z",
    }
    assert child.fields["due_at"] == "2022-11-29T02:00:00.000000Z"
    (step,) = child.fields["steps"]
    assert step["was"] == "2022-11-22T02:00:00.000000Z"
    assert step["due_at"] == "2022-11-23T02:00:00.000000Z"
    assert list(verify.breaks()) == []


def test_a_day_that_touches_no_date_is_only_noted_and_no_entry_is_made_of_the_dossier(world):
    world.accepted()
    before = Dossier.objects.get()
    revision = declare(off(date(2023, 3, 1)))
    (done,) = resettle()
    after = Dossier.objects.get()
    assert (done.dossiers, done.moved) == (1, 0)
    assert after.calendar_revision_id == revision
    assert (after.due_at, after.version) == (before.due_at, before.version)
    assert Entry.objects.filter(event="dossier.resettled", subject_kind="dossier").count() == 0
    assert Entry.objects.get(event="dossier.resettled").fields["dossiers"] == 1


def test_done_twice_the_second_time_finds_nothing(world):
    world.accepted()
    declare(off(TUESDAY))
    assert len(resettle()) == 1
    assert resettle() == []


def test_a_closed_dossier_never_moves(world):
    done = world.accepted()
    operations.withdraw(dossier_id=done.id, reason="thôi", actor=world.clerk, at=later(hours=1))
    before = Dossier.objects.get()
    declare(off(TUESDAY))
    assert resettle(later(1)) == []
    after = Dossier.objects.get()
    assert (after.due_at, after.calendar_revision_id) == (
        before.due_at,
        before.calendar_revision_id,
    )


def test_what_was_promised_with_an_apology_stays_promised(world):
    done = world.accepted()
    until = later(14)
    operations.propose_reappointment(
        dossier_id=done.id, until=until, reason="chưa xong", actor=world.officer, at=later(3)
    )
    operations.reappoint(dossier_id=done.id, actor=world.clerk, at=later(3))
    declare(off(TUESDAY))
    resettle(later(4))
    after = Dossier.objects.get()
    assert after.due_at == until
    assert local(after.judged_at) == "2022-11-29 09:00"


def test_a_dossier_that_waits_is_counted_anew_and_goes_on_by_the_new_calendar(world):
    done = world.accepted()
    operations.request_supplement(
        dossier_id=done.id, missing=["Tờ khai"], reason="thiếu", actor=world.officer, at=later(2)
    )
    declare(off(TUESDAY))
    resettle(later(2, hours=1))
    waiting = Dossier.objects.get()
    assert local(waiting.due_at) == "2022-11-29 09:00"
    assert waiting.warn_at is None


def test_a_day_off_withdrawn_brings_the_date_back(world):
    world.accepted()
    declare(off(TUESDAY))
    resettle()
    declare(withdrawn=[TUESDAY])
    resettle(later(hours=2))
    assert local(Dossier.objects.get().due_at) == "2022-11-28 09:00"
    kinds = [e.event["kind"] for e in ClockEvent.objects.order_by("seq")]
    assert kinds == ["accepted", "resettled", "resettled"]


def test_a_made_up_saturday_brings_the_date_forward(world):
    world.accepted()
    declare(off(date(2022, 11, 26), DayKind.MAKEUP_WORK))
    resettle()
    assert local(Dossier.objects.get().due_at) == "2022-11-26 09:00"


def test_the_day_of_one_office_moves_only_its_own_dossiers(world):
    world.accepted()
    declare(off(TUESDAY), unit=world.other_department)
    (done,) = resettle()
    assert done.moved == 0
    declare(off(TUESDAY), unit=world.department)
    (done,) = resettle(later(hours=2))
    assert done.moved == 1


def test_a_dossier_made_late_by_a_made_up_day_is_posted_late_and_back(world):
    world.accepted()
    at = later(7)
    declare(off(date(2022, 11, 26), DayKind.MAKEUP_WORK))
    resettle(at)
    assert balance(at) == {3: 1}
    declare(withdrawn=[date(2022, 11, 26)])
    resettle(later(7, hours=1))
    assert balance(at) == {2: 1}


def balance(at: datetime) -> dict[int, int]:
    totals: dict[int, int] = {}
    for p in Posting.objects.filter(effective_on__lte=at.astimezone(ZONE).date()):
        totals[p.from_account] = totals.get(p.from_account, 0) - 1
        totals[p.to_account] = totals.get(p.to_account, 0) + 1
    return {account: n for account, n in totals.items() if n and account}


def test_nobody_resettles_by_hand(world):
    with pytest.raises(Refusal, match=r"dossier\.may_not"):
        list(operations.resettle(actor=world.leader, at=NINE))


def test_progress_is_counted_from_the_rows(world, monkeypatch):
    monkeypatch.setattr(resettling, "CHUNK", 2)
    for _ in range(5):
        world.accepted()
    revision = declare(off(TUESDAY))
    seen = []
    for _ in operations.resettle(actor=WORKER, at=later(hours=1)):
        p = resettling.progress(revision)
        seen.append((p.done, p.total, p.left))
    assert seen == [(2, 5, 3), (4, 5, 1), (5, 5, 0)]
    assert office.latest_revision() == revision


def test_the_desks_own_date_before_acceptance_moves_with_the_calendar(world):
    late_monday = later(hours=4)
    operations.submit(
        intake=world.intake(channel=Channel.ONLINE), actor=world.clerk, at=late_monday
    )
    before = Dossier.objects.get().answer_due_at
    said = decreed.preview(Declaration(None, (off(TUESDAY),)), actor=WORKER, at=late_monday)
    declare(off(TUESDAY))
    (done,) = resettle(later(hours=5))
    after = Dossier.objects.get().answer_due_at
    assert (said.moved, said.own, done.moved) == (1, 0, 1)
    assert after - before == timedelta(days=1)
    assert Turn.objects.get().due_at == after
    entry = Entry.objects.get(event="dossier.resettled", subject_kind="dossier")
    assert entry.fields["was"] == {"answer_due_at": f"{before:%Y-%m-%dT%H:%M:%S.%fZ}"}


def test_the_dates_of_the_phases_move_each_by_its_agencys_calendar(db):
    linked = raise_world(INTERCONNECTED)
    linked.accepted()
    declaration = Declaration(linked.other_department, (off(date(2022, 11, 25)),))
    said = decreed.preview(declaration, actor=WORKER, at=NINE)
    declare(*declaration.days, unit=linked.other_department)
    (done,) = resettle()
    first, second = Phase.objects.order_by("position")
    assert (local(first.due_at), local(first.planned_at)) == ("2022-11-24 09:00",) * 2
    assert local(second.planned_at) == "2022-11-29 09:00"
    assert local(Dossier.objects.get().due_at) == "2022-11-28 09:00"
    assert (said.moved, said.own, done.moved) == (1, 0, 1)
    (entry,) = Entry.objects.get(subject_kind="dossier", event="dossier.resettled").fields["phases"]
    assert entry["phase"] == 2


@pytest.mark.parametrize("query", ["NEXT", "OLDEST"])
def test_what_is_still_to_do_is_asked_of_the_index(world, query):
    world.accepted()
    given = {"NEXT": [1, resettling.NOWHERE, 1000], "OLDEST": [2]}[query]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {getattr(resettling, query)}", given)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "dossier_to_resettle" in plan
    assert "Sort" not in plan
