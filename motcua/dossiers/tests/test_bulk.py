"""One act on many steps: what can go goes, what cannot stays untouched and is said."""

import pytest

from motcua.dossiers import operations, reports
from motcua.dossiers.models import Dossier, WorkItem
from motcua.dossiers.operations import Chosen
from motcua.dossiers.tests.conftest import later, seated
from motcua.dossiers.tests.test_acts import ask, refused
from motcua.dossiers.tests.test_walk import item_of
from motcua.ledger import sql, verify
from motcua.ledger.acts import AlreadyDone, Key
from motcua.ledger.models import Entry, Outbox
from motcua.rules.actor import Role
from motcua.rules.identity import new_id


def chosen(*ids):
    return [Chosen(i, item_of(i), Dossier.objects.get(id=i).version) for i in ids]


@pytest.fixture
def three(world):
    """A dossier under way, one that waits for the applicant, one at another step."""
    ids = [world.accepted(at=later(hours=n / 10)).id for n in range(3)]
    ask(world, ids[1])
    operations.hand_on(dossier_id=ids[2], item_id=item_of(ids[2]), actor=world.officer, at=later(1))
    return ids


@pytest.fixture
def officer(world):
    return world.actor(Role.OFFICER, account=seated(world, "an"))


def test_of_dossiers_of_three_states_those_that_can_go_go_and_the_others_stay(
    world, three, officer
):
    before = {d.id: d.version for d in Dossier.objects.all()}
    report = operations.hand_on_many(
        chosen=chosen(*three), step="Thụ lý hồ sơ", actor=officer, at=later(2)
    )
    told = reports.bulk(officer, report)
    assert [row["id"] for row in told.done] == [three[0]]
    assert {row["id"]: row["code_of_refusal"] for row in told.refused} == {
        three[1]: "dossier.not_under_way", three[2]: "dossier.not_your_step",
    }  # fmt: skip
    after = {d.id: d.version for d in Dossier.objects.all()}
    assert after == before | {three[0]: before[three[0]] + 1}
    parent = Entry.objects.get(id=report)
    assert (parent.event, parent.subject_kind) == ("dossier.handed_on", "act")
    children = Entry.objects.filter(parent_id=report)
    assert [(e.subject_id, e.event) for e in children] == [(three[0], "dossier.handed_on")]
    assert Outbox.objects.filter(entry_id__in=children.values("id")).count() == 1
    assert list(verify.breaks()) == []


def test_many_steps_are_taken_in_a_number_of_statements_that_does_not_grow(world, officer):
    ids = [world.accepted(at=later(hours=n / 20)).id for n in range(12)]
    few, many = chosen(*ids[:2]), chosen(*ids[2:])
    operations.take_many(chosen=few, actor=officer, at=later(1))
    with sql.counted() as sent:
        operations.take_many(chosen=many, actor=officer, at=later(1))
    assert len(sent) <= 24
    assert WorkItem.objects.filter(assignee_id=officer.account_id).count() == 12


def test_when_none_can_go_the_report_says_so_and_no_dossier_has_an_entry(world, three, officer):
    entries = Entry.objects.filter(subject_kind="dossier").count()
    report = operations.hand_on_many(
        chosen=chosen(*three[1:]), step="Thụ lý hồ sơ", actor=officer, at=later(2)
    )
    told = reports.bulk(officer, report)
    assert (len(told.done), len(told.refused)) == (0, 2)
    assert Entry.objects.filter(subject_kind="dossier").count() == entries


def test_a_dossier_that_moved_since_or_is_not_there_for_him_is_said(world, three, officer):
    stale = [Chosen(c.dossier_id, c.item_id, c.seen - 1) for c in chosen(three[0])]
    strange = Chosen(new_id(), new_id(), 1)
    report = operations.take_many(chosen=[*stale, strange], actor=officer, at=later(2))
    told = reports.bulk(officer, report)
    assert [row["code_of_refusal"] for row in told.refused] == [
        "dossier.stale",
        "dossier.not_visible",
    ]
    assert [row["id"] for row in told.refused] == [three[0], None]
    assert WorkItem.objects.filter(assignee__isnull=False).count() == 0


def test_a_head_gives_many_steps_to_one_officer_and_none_that_somebody_has(world, officer):
    ids = [world.accepted(at=later(hours=n / 10)).id for n in range(3)]
    other = seated(world, "binh")
    operations.take(dossier_id=ids[0], item_id=item_of(ids[0]), actor=officer, at=later(1))
    head = world.actor(Role.HEAD, account=seated(world, "truong", Role.HEAD))
    report = operations.assign_many(chosen=chosen(*ids), to=other, actor=head, at=later(2))
    told = reports.bulk(head, report)
    assert [row["code_of_refusal"] for row in told.refused] == ["dossier.item_taken"]
    assert WorkItem.objects.filter(assignee_id=other).count() == 2
    refused("dossier.may_not", lambda: operations.assign_many(
        chosen=chosen(*ids), to=other, actor=officer, at=later(2)))  # fmt: skip


def test_another_step_is_not_handed_on_with_the_rest(world, officer):
    one = world.accepted().id
    report = operations.hand_on_many(
        chosen=chosen(one), step="Bước khác", actor=officer, at=later(1)
    )
    (row,) = reports.bulk(officer, report).refused
    assert row["code_of_refusal"] == "dossier.another_step"
    assert row["params"] == {"now": "Thụ lý hồ sơ", "step": "Bước khác"}


def test_nothing_and_too_much_are_refused_before_anything_is_done(world, officer):
    refused("bulk.nothing_chosen", lambda: operations.take_many(
        chosen=[], actor=officer, at=later(1)))  # fmt: skip
    many = [Chosen(new_id(), new_id(), 1)] * 201
    refused("bulk.too_many", lambda: operations.take_many(
        chosen=many, actor=officer, at=later(1)))  # fmt: skip


def test_sent_twice_it_is_done_once_and_gives_the_same_report(world, officer):
    ids = chosen(world.accepted().id)
    key = Key.of("một-lần", {"a": 1})
    first = operations.take_many(chosen=ids, actor=officer, at=later(1), key=key)
    with pytest.raises(AlreadyDone) as again:
        operations.take_many(chosen=ids, actor=officer, at=later(1), key=key)
    assert again.value.outcome["report"] == str(first)


def test_a_report_is_his_who_did_it(world, officer):
    report = operations.take_many(chosen=chosen(world.accepted().id), actor=officer, at=later(1))
    other = world.actor(Role.OFFICER, account=seated(world, "binh"))
    refused("dossier.not_visible", lambda: reports.bulk(other, report))
    elsewhere = world.actor(Role.OFFICER, unit=world.other_department, account=officer.account_id)
    assert [row["id"] for row in reports.bulk(elsewhere, report).done] == [None]


def test_two_open_steps_of_one_dossier_are_two_decisions_in_their_order(world, officer):
    (one,) = chosen(world.accepted().id)
    report = operations.take_many(chosen=[one, one], actor=officer, at=later(1))
    told = reports.bulk(officer, report)
    assert len(told.done) == 2
    assert Dossier.objects.get(id=one.dossier_id).version == one.seen + 2
    assert list(verify.breaks()) == []
