"""The acts on a dossier's clock: pauses on declared grounds, more time by law, a new date with an apology."""

from datetime import UTC, date, datetime

import pytest

from motcua.dossiers import operations, queries
from motcua.dossiers.models import ClockEvent, Dossier, Reappointment, Slip, WorkItem
from motcua.dossiers.tests.conftest import later, raise_world
from motcua.dossiers.tests.test_acts import ask, dossier, local_day, refused
from motcua.dossiers.tests.test_walk import books
from motcua.ledger.models import Entry
from motcua.rules.actor import CAPABILITIES, Role, Scope
from motcua.rules.books import Account
from motcua.rules.casework import PaperHeld, Status
from motcua.rules.clock_rules import NOTHING_DECLARED, Ground

__all__ = ["dossier"]

NEXT_WEEK = datetime(2022, 12, 1, 3, 0, tzinfo=UTC)


def pause(world, dossier, ground=Ground.CONSULTATION, **kw):
    actor = world.clerk if ground is Ground.STOP else world.officer
    values = {"reason": "Công văn 12/CV", "actor": actor, "at": later(1)} | kw
    operations.pause(dossier_id=dossier, ground=ground, **values)


def resume(world, dossier, ground=Ground.CONSULTATION, **kw):
    actor = world.clerk if ground is Ground.STOP else world.officer
    operations.resume(dossier_id=dossier, ground=ground, **({"actor": actor, "at": later(3)} | kw))


def standing(dossier):
    found = Dossier.objects.get(id=dossier)
    return found.status, WorkItem.objects.get(dossier_id=dossier, closed_at=None).standing


@pytest.mark.parametrize("ground", [Ground.STOP, Ground.FORCE_MAJEURE, Ground.CONSULTATION])
def test_a_pause_on_a_declared_ground_moves_the_date_and_names_its_article(world, dossier, ground):
    before = Dossier.objects.get(id=dossier)
    step = WorkItem.objects.get(dossier_id=dossier, closed_at=None).due_at
    pause(world, dossier, ground)
    assert standing(dossier) == (Status.STOPPED, True)
    assert books(local_day(later(1))) == {Account.STOPPED: 1}
    resume(world, dossier, ground)
    after = Dossier.objects.get(id=dossier)
    assert standing(dossier) == (Status.PROCESSING, False)
    assert (after.due_at - before.due_at).days == 2
    moved = WorkItem.objects.get(dossier_id=dossier, closed_at=None).due_at
    assert (moved - step).days == 2
    said = Entry.objects.get(event="dossier.paused").fields
    assert said["ground"] == ground.value
    assert said["article"].endswith("quy định thử")
    assert ClockEvent.objects.get(event__kind="paused").reason == "Công văn 12/CV"
    assert ClockEvent.objects.get(event__kind="resumed").event["ground"] == ground.value
    told = queries.explanation(queries.detail(world.officer, dossier), later(4))
    assert said["article"] in str(told)


def test_a_pause_while_another_is_open_counts_once_and_the_status_follows_what_is_open(
    world, dossier
):
    before = Dossier.objects.get(id=dossier).due_at
    pause(world, dossier, Ground.CONSULTATION)
    pause(world, dossier, Ground.FORCE_MAJEURE, at=later(1, 3))
    resume(world, dossier, Ground.CONSULTATION, at=later(2))
    assert standing(dossier) == (Status.STOPPED, True)
    resume(world, dossier, Ground.FORCE_MAJEURE, at=later(3))
    assert standing(dossier) == (Status.PROCESSING, False)
    assert (Dossier.objects.get(id=dossier).due_at - before).days == 2


def test_force_majeure_outlasts_the_supplement_it_came_upon(world, dossier):
    ask(world, dossier)
    pause(world, dossier, Ground.FORCE_MAJEURE, at=later(2))
    assert standing(dossier) == (Status.SUPPLEMENT, True)
    came = {"papers": [PaperHeld("Bản vẽ", 1, 0)], "actor": world.clerk, "at": later(3)}
    operations.receive_supplement(dossier_id=dossier, **came)
    assert standing(dossier) == (Status.STOPPED, True)
    assert books(local_day(later(3))) == {Account.STOPPED: 1}
    resume(world, dossier, Ground.FORCE_MAJEURE, at=later(7))
    assert standing(dossier) == (Status.PROCESSING, False)
    # Restarted on Thursday, gone on on Monday: five working days from there.
    assert local_day(Dossier.objects.get(id=dossier).due_at) == date(2022, 12, 5)


def test_pauses_come_in_several_rounds(world, dossier):
    for day in (0, 1, 2):
        pause(world, dossier, at=later(day, 1))
        resume(world, dossier, at=later(day, 2))
    # Monday 28 at 09:00, and three office hours over the midday break.
    assert Dossier.objects.get(id=dossier).due_at == datetime(2022, 11, 28, 7, 0, tzinfo=UTC)


def test_what_a_pause_refuses(world, dossier):
    refused("dossier.reason_missing", lambda: pause(world, dossier, reason=" "))
    refused("dossier.pause_has_its_act", lambda: pause(world, dossier, Ground.SUPPLEMENT))
    refused("dossier.not_visible", lambda: pause(world, dossier, actor=world.stranger))
    refused("dossier.not_your_step", lambda: pause(world, dossier, actor=world.leader))
    refused("dossier.may_not", lambda: pause(world, dossier, Ground.STOP, actor=world.officer))
    refused("time.nothing_to_resume", lambda: resume(world, dossier))
    pause(world, dossier)
    refused("time.pause_open_twice", lambda: pause(world, dossier, at=later(2)))
    refused("dossier.may_not", lambda: resume(world, dossier, Ground.STOP, actor=world.officer))
    refused("dossier.pause_has_its_act", lambda: resume(world, dossier, Ground.MONEY))


def test_there_is_no_free_pause(db):
    world = raise_world(NOTHING_DECLARED)
    dossier = world.accepted().id
    for ground in (Ground.STOP, Ground.FORCE_MAJEURE, Ground.CONSULTATION):
        refused("time.ground_not_declared", lambda ground=ground: pause(world, dossier, ground))
    refused("time.ground_not_declared", lambda: operations.request_payment(
        dossier_id=dossier, name="Thuế", amount=1, stops_clock=True, reason="theo quy định",
        actor=world.officer, at=later(1)))  # fmt: skip
    assert queries.detail(world.officer, dossier).pausable == ()
    ask(world, dossier)  # waiting for what was asked for is every procedure's
    assert Dossier.objects.get(id=dossier).status == Status.SUPPLEMENT


# ---- more time by law ----------------------------------------------------------------------------


def longer(world, dossier, **kw):
    values = {"extension": "verification", "reason": "Xác minh nơi cư trú"}
    values |= {"actor": world.officer, "at": later(1)} | kw
    operations.extend_by_law(dossier_id=dossier, **values)


def test_an_extension_by_law_moves_what_is_judged_too_and_nobody_types_the_date(world, dossier):
    longer(world, dossier)
    after = Dossier.objects.get(id=dossier)
    # Five working days from Monday 21, and three more: Thursday 1 December, the same hour.
    assert after.due_at == after.judged_at == datetime(2022, 12, 1, 2, 0, tzinfo=UTC)
    assert books(date(2022, 12, 1)) == {Account.OPEN_IN_TIME: 1}
    assert books(date(2022, 12, 2)) == {Account.OPEN_LATE: 1}
    said = Entry.objects.get(event="dossier.extended_by_law").fields
    assert (said["extension"], said["article"]) == ("verification", "Điều 5 quy định thử")


def test_what_an_extension_by_law_refuses(world, dossier):
    refused("time.extension_not_declared", lambda: longer(world, dossier, extension="free"))
    refused("dossier.reason_missing", lambda: longer(world, dossier, reason=""))
    refused("dossier.not_your_step", lambda: longer(world, dossier, actor=world.leader))
    refused("dossier.extended_after_due", lambda: longer(world, dossier, at=later(8)))
    longer(world, dossier)
    refused("dossier.extended_by_law_already", lambda: longer(world, dossier, at=later(2)))
    pause(world, dossier, at=later(2))
    refused("dossier.not_under_way", lambda: longer(world, dossier, at=later(2)))


# ---- a new date with an apology ------------------------------------------------------------------


def propose(world, dossier, **kw):
    values = {"until": NEXT_WEEK, "reason": "Chờ xác minh", "actor": world.officer, "at": later(2)}
    operations.propose_reappointment(dossier_id=dossier, **(values | kw))


def reappoint(world, dossier, **kw):
    operations.reappoint(dossier_id=dossier, **({"actor": world.clerk, "at": later(2, 1)} | kw))


def test_the_agency_asks_for_a_new_date_and_the_desk_gives_it(world, dossier):
    before = Dossier.objects.get(id=dossier)
    propose(world, dossier)
    asked = Dossier.objects.get(id=dossier)
    assert (asked.due_at, asked.status) == (before.due_at, before.status)
    assert "reappoint" in queries.detail(world.clerk, dossier).acts
    reappoint(world, dossier)
    after = Dossier.objects.get(id=dossier)
    assert (after.due_at, after.judged_at) == (NEXT_WEEK, before.judged_at)
    assert books(date(2022, 11, 29)) == {Account.OPEN_LATE: 1}
    assert Entry.objects.get(event="dossier.reappointed").fields["late_apology"] is False
    row = Reappointment.objects.get()
    assert (row.proposed_until, row.until, row.decided_at) == (NEXT_WEEK, NEXT_WEEK, later(2, 1))
    assert Slip.objects.get(form="apology").data["reason"] == "Chờ xác minh"


def test_the_desk_may_give_another_date_than_was_asked_for(world, dossier):
    propose(world, dossier)
    sooner = datetime(2022, 11, 30, 3, 0, tzinfo=UTC)
    reappoint(world, dossier, until=sooner)
    assert Dossier.objects.get(id=dossier).due_at == sooner


def test_on_the_day_itself_it_is_flagged_and_not_blocked(world, dossier):
    propose(world, dossier, at=later(7))
    reappoint(world, dossier, at=later(7, 1))
    assert Entry.objects.get(event="dossier.reappointed").fields["late_apology"] is True


def test_one_person_with_both_posts_does_both_as_two_acts(world, dossier):
    from dataclasses import replace

    officer = world.officer
    both = replace(
        officer,
        units=officer.units | {world.desk},
        may=CAPABILITIES[Role.OFFICER] | CAPABILITIES[Role.CLERK],
        sees=Scope(accountable=frozenset({world.department}), received_by=frozenset({world.desk})),
    )
    propose(world, dossier, actor=both)
    reappoint(world, dossier, actor=both)
    assert (
        Entry.objects.filter(
            event__in=["dossier.reappointment_proposed", "dossier.reappointed"]
        ).count()
        == 2
    )


def test_what_a_new_date_refuses(world, dossier):
    refused("dossier.no_reappointment_proposed", lambda: reappoint(world, dossier))
    refused("dossier.reason_missing", lambda: propose(world, dossier, reason=" "))
    refused("dossier.not_your_step", lambda: propose(world, dossier, actor=world.leader))
    refused("dossier.extension_not_later", lambda: propose(world, dossier, until=later(1)))
    saturday = datetime(2022, 12, 3, 3, 0, tzinfo=UTC)
    refused(
        "dossier.extension_outside_office_hours", lambda: propose(world, dossier, until=saturday)
    )
    propose(world, dossier)
    refused("dossier.reappointment_proposed_already", lambda: propose(world, dossier))
    refused("dossier.may_not", lambda: reappoint(world, dossier, actor=world.officer))
    refused("dossier.extension_not_later", lambda: reappoint(world, dossier, until=later(3)))
    reappoint(world, dossier)
    refused("dossier.extended_already", lambda: propose(world, dossier, at=later(3)))
    refused("dossier.extended_already", lambda: reappoint(world, dossier, at=later(3)))
