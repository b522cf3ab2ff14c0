"""Results that wait at the desk: the list, who was told, the reminder once a day."""

import pytest

from motcua.dossiers import collecting, operations
from motcua.dossiers.collecting import Waiting
from motcua.dossiers.tests.certifying import code_of
from motcua.dossiers.tests.conftest import later
from motcua.dossiers.tests.test_walk import item_of
from motcua.ledger import sql
from motcua.ledger.models import Entry
from motcua.rules.actor import Role


def finished(world, at):
    done = world.accepted()
    operations.hand_on(dossier_id=done.id, item_id=item_of(done.id), actor=world.officer, at=at)
    operations.conclude(
        dossier_id=done.id, item_id=item_of(done.id), result_name="Giấy phép", result_number="1",
        actor=world.leader, at=at,
    )  # fmt: skip
    return done.id


def listed(world, filters=Waiting(), actor=None, **more):  # noqa: B008
    return [row["id"] for row in collecting.to_collect(actor or world.clerk, filters, **more).rows]


def test_results_wait_with_those_finished_first_before_others_page_by_page(world):
    ids = [finished(world, later(n)) for n in (1, 2, 3)]
    world.accepted()
    first = collecting.to_collect(world.clerk, Waiting(), size=2)
    assert [row["id"] for row in first.rows] == ids[:2]
    assert listed(world, after=first.next, size=2) == ids[2:]
    assert collecting.count(world.clerk, Waiting()) == 3
    assert listed(world, Waiting(before=later(2.5))) == ids[:2]
    assert listed(world, Waiting(procedure_id=world.procedure + 1)) == []
    assert collecting.procedures(world.clerk) == [(world.procedure, "Cấp giấy phép")]


def test_the_list_is_of_the_own_desk_and_of_what_one_sees(world):
    one = finished(world, later(1))
    assert listed(world, actor=world.officer) == []
    assert listed(world, actor=world.stranger) == []
    assert listed(world) == [one]


def remind(world, dossier_id, at=None, actor=None):
    operations.remind_to_collect(
        dossier_id=dossier_id, actor=actor or world.clerk, at=at or later(3)
    )


def test_a_reminder_is_given_once_a_day_by_the_desk_for_a_result_that_is_there(world):
    one = finished(world, later(1))
    remind(world, one)
    assert code_of(lambda: remind(world, one, later(3.1))) == "dossier.reminded_today"
    remind(world, one, later(4))
    assert Entry.objects.filter(event="dossier.reminded_to_collect").count() == 2
    open_one = world.accepted().id
    assert code_of(lambda: remind(world, open_one)) == "dossier.result_not_ready"
    assert code_of(lambda: remind(world, one, actor=world.stranger)) == "dossier.not_visible"
    cashier = world.actor(Role.CASHIER)
    assert code_of(lambda: remind(world, one, actor=cashier)) == "dossier.may_not"


def test_a_page_costs_one_statement_however_many_wait(world):
    for n in range(3):
        finished(world, later(n))
    with sql.counted() as sent:
        collecting.to_collect(world.clerk, Waiting())
    assert len(sent) == 1


@pytest.mark.parametrize("actor", ["officer", "stranger"])
def test_who_collected_is_told_to_who_sees_the_dossier(world, actor):
    one = finished(world, later(1))
    operations.hand_over(
        dossier_id=one, recipient="Lam", identity="", method="counter", actor=world.clerk,
        at=later(2),
    )  # fmt: skip
    found = collecting.hand_over_of(getattr(world, actor), one)
    assert (found is not None) == (actor == "officer")
