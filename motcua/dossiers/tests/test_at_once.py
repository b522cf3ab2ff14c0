"""Work done while the applicant waits: one act, in the books as received and done that day."""

from datetime import date

import pytest

from motcua.dossiers import operations
from motcua.dossiers.models import ClockEvent, Dossier, HandOver, Paper, Slip, WorkItem
from motcua.dossiers.tests.conftest import NINE, raise_world
from motcua.dossiers.tests.test_acts import refused
from motcua.dossiers.tests.test_walk import books
from motcua.ledger import verify
from motcua.ledger.acts import AlreadyDone, Key
from motcua.ledger.models import Entry, Posting
from motcua.rules.actor import Role
from motcua.rules.books import Account
from motcua.rules.casework import PaperHeld, Status
from motcua.rules.casework_at_once import Signer

CHAIRMAN = Signer("Trần Văn Chủ tịch", "Chủ tịch")


@pytest.fixture
def world(db):
    return raise_world(limit=("same_day", None))


def settled(world, *, actor=None, at=NINE, intake=None, **changes):
    said = {
        "result_name": "Bản sao trích lục",
        "result_number": "12/TL",
        "recipient": "Nguyễn Thị Lam",
        "identity": "",
        "method": "counter",
        "signer": CHAIRMAN,
    } | changes
    return operations.settle_at_once(
        intake=intake or world.intake(), actor=actor or world.clerk, at=at, **said
    )


def test_world_work_is_one_act_and_needs_no_receipt(world):
    done = settled(world)
    dossier = Dossier.objects.get(id=done.id)
    assert (dossier.status, dossier.code, dossier.version) == (Status.HANDED_OVER, done.code, 1)
    assert {dossier.accepted_at, dossier.finished_at, dossier.handed_over_at} == {NINE}
    assert dossier.result == {
        "kind": "granted", "name": "Bản sao trích lục", "number": "12/TL",
        "signer": "Trần Văn Chủ tịch", "signer_title": "Chủ tịch",
    }  # fmt: skip
    kinds = [e.event["kind"] for e in ClockEvent.objects.order_by("seq")]
    assert kinds == ["accepted", "closed"]
    assert HandOver.objects.get().recipient == "Nguyễn Thị Lam"
    assert Paper.objects.count() == 2
    assert not Slip.objects.exists()
    assert not WorkItem.objects.exists()
    entry = Entry.objects.get(subject_id=dossier.id)
    assert (entry.event, entry.fields["status"]) == ("dossier.settled_at_once", 10)
    assert entry.fields["signer"] == "Trần Văn Chủ tịch"
    assert "Lam" not in str(entry.fields)
    assert list(verify.breaks()) == []


def test_it_is_received_and_done_that_day_in_the_books(world):
    settled(world)
    crossings = {(p.from_account, p.to_account) for p in Posting.objects.all()}
    assert (Account.OUTSIDE, Account.OPEN_IN_TIME) in crossings
    assert (Account.OPEN_IN_TIME, Account.DONE_ON_TIME) in crossings
    for on in (date(2022, 11, 21), date(2022, 12, 30)):
        assert books(on) == {Account.DONE_ON_TIME: 1}


def test_a_procedure_without_a_limit_may_be_settled_at_once(db):
    assert settled(raise_world(limit=("none", None))).due_at is None


def test_a_receipt_is_made_for_who_asks(world):
    settled(world, with_receipt=True)
    assert Slip.objects.get().form == "receipt"


def test_what_settling_at_once_refuses(world):
    lacking = world.intake(papers=[PaperHeld("Tờ khai", 1, 0, held=False)])
    refused("dossier.paper_missing", lambda: settled(world, intake=lacking))
    refused("dossier.result_missing", lambda: settled(world, result_name=" "))
    refused("dossier.recipient_missing", lambda: settled(world, recipient=""))
    refused("dossier.signer_missing", lambda: settled(world, signer=Signer(" ")))
    refused("dossier.not_offered", lambda: settled(
        world, intake=world.intake(unit_id=world.other_department)))  # fmt: skip
    assert not Dossier.objects.exists()


def test_a_procedure_that_has_days_is_not_settled_at_once(db):
    days = raise_world()
    refused("dossier.not_at_once", lambda: settled(days))


def test_who_prepares_does_not_sign(world, account):
    clerk = world.actor(Role.CLERK, account=account("thu-thao"))
    himself = Signer("Tên khác", "", clerk.account_id)
    refused("dossier.signer_prepared_it", lambda: settled(world, actor=clerk, signer=himself))
    refused("dossier.signer_prepared_it", lambda: settled(
        world, signer=Signer(world.clerk.name.upper())))  # fmt: skip
    namesake = Signer(clerk.name, "Chủ tịch", account("chu-tich"))
    settled(world, actor=clerk, signer=namesake)


def test_only_who_takes_in_and_hands_over_settles_at_once(world):
    for role in (Role.OFFICER, Role.LEADER, Role.CASHIER):
        refused("dossier.may_not", lambda r=role: settled(world, actor=world.actor(r)))
    refused("dossier.not_your_desk", lambda: settled(
        world, actor=world.actor(Role.CLERK, unit=world.other_department)))  # fmt: skip


def test_the_same_request_is_settled_once(world):
    key = Key.of("a", ["b"])
    done = settled(world, key=key)
    with pytest.raises(AlreadyDone) as before:
        settled(world, key=key)
    assert before.value.outcome["id"] == str(done.id)
