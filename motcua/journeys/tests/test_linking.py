"""A part of a dossier is settled by another agency as a dossier of its own (NĐ 61/2018 Đ19.6–7)."""

from datetime import date
from decimal import Decimal

import pytest

from motcua.catalogue import offered
from motcua.catalogue.models import (
    ChannelRule,
    Decision,
    Domain,
    Offering,
    Procedure,
    ProcedureVersion,
    Process,
)
from motcua.dossiers import briefs, children, operations, policies, queries
from motcua.dossiers.attachments import Attached
from motcua.dossiers.models import Attachment, Dossier, Slip, WorkItem
from motcua.dossiers.queries import Filters
from motcua.dossiers.tests.conftest import EVER, NINE, later
from motcua.dossiers.tests.test_acts import dossier, refused
from motcua.dossiers.tests.test_walk import item_of
from motcua.files import operations as files
from motcua.files import shelves
from motcua.files.tests import samples
from motcua.journeys import reactions
from motcua.ledger.acts import AlreadyDone, Event, act
from motcua.ledger.models import Entry, Posting
from motcua.messaging.models import Notice
from motcua.organisations.models import UnitCode
from motcua.rules.actor import Actor, Role, Scope, system
from motcua.rules.bpmn import compile_process
from motcua.rules.casework import Status
from motcua.rules.tests.draw import draw
from motcua.statistics import books
from motcua.statistics.books import Part
from motcua.statistics.measures import ENTERING, LEAVING
from motcua.statistics.queries import Window

__all__ = ["dossier"]

LINKED = draw("s:start a:user c:call b:user e:end", "s>a a>c c>b b>e")


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.BLOBS = tmp_path


@pytest.fixture
def linked(world):
    """The other agency settles the procedure too; the first one's process calls for a part elsewhere."""
    with act(Event("world.raised", "world"), actor=system("kiểm thử"), at=NINE) as a:
        UnitCode.objects.create(
            unit_id=world.other_department, scheme="qcvn102", code="000.00.07.H41", valid=EVER
        )
        own = Offering.objects.get(procedure_id=world.procedure)
        Offering.objects.create(
            procedure_id=world.procedure, unit_id=world.other_department,
            received_at_id=world.desk, process=own.process, decision=own.decision, valid=EVER,
        )  # fmt: skip
        a.about("world", 2, {})
    from motcua.organisations.queries import forget

    forget()
    offered.forget()
    return world


@pytest.fixture
def calling(linked):
    """A dossier whose process waits for another agency after its first step."""
    with act(Event("world.raised", "world"), actor=system("kiểm thử"), at=NINE) as a:
        net = compile_process(LINKED)
        decision = Decision.objects.create(
            kind="process", number="2/QĐ-UBND", title="Liên thông", signed_on=date(2022, 1, 1),
            effective_on=date(2022, 1, 5), source="kiểm thử", made_at=NINE,
        )  # fmt: skip
        process = Process.objects.create(
            key="lien-thong", name="Liên thông", decision=decision, bpmn=LINKED.decode(),
            net=net.to_json(), digest=net.digest,
        )  # fmt: skip
        procedure = Procedure.objects.create(source="tỉnh", code=f"2.{decision.id:06d}")
        version = ProcedureVersion.objects.create(
            procedure=procedure, decision=decision, valid=EVER, name="Thủ tục liên thông",
            folded_name="thu tuc lien thong", domain=Domain.objects.get(), content_digest="1" * 64,
        )  # fmt: skip
        ChannelRule.objects.create(
            version=version, channel=1, limit_amount=Decimal(10), limit_unit="working_day",
            limit_text="10 ngày làm việc",
        )  # fmt: skip
        Offering.objects.create(
            procedure=procedure, unit_id=linked.department, received_at_id=linked.desk,
            process=process, decision=decision, valid=EVER,
        )  # fmt: skip
        a.about("world", 3, {})
    offered.forget()
    made = linked.accepted(procedure_id=procedure.id).id
    operations.hand_on(dossier_id=made, item_id=item_of(made), actor=linked.officer, at=later(1))
    return made


def open_child(world, dossier, **kw):
    values = {"unit_id": world.other_department, "procedure_id": world.procedure}
    values |= {"subject": "Xác nhận quy hoạch", "actor": world.officer, "at": later(1)}
    return operations.open_child(dossier_id=dossier, **(values | kw))


def conclude(world, child):
    officer = world.actor(Role.OFFICER, unit=world.other_department)
    leader = world.actor(Role.LEADER, unit=world.other_department)
    operations.hand_on(dossier_id=child, item_id=item_of(child), actor=officer, at=later(2))
    operations.conclude(
        dossier_id=child, item_id=item_of(child), result_name="Văn bản xác nhận",
        result_number="1", actor=leader, at=later(2),
    )  # fmt: skip


def drain():
    while reactions.drain(later(40)):
        pass


def test_the_child_has_its_own_code_date_and_process_and_no_second_receipt(linked, dossier):
    scan = shelves.keep([samples.PDF], "to-khai.pdf")
    blobs = files.store_kept([scan], actor=system("kiểm thử"), at=NINE)
    operations.attach(
        dossier_id=dossier, files=[Attached(blobs[scan.sha256], "to-khai.pdf")],
        actor=linked.officer, at=NINE,
    )  # fmt: skip
    made = open_child(linked, dossier)
    child = Dossier.objects.get(id=made.id)
    assert (child.parent_id, child.accountable_id) == (dossier, linked.other_department)
    assert child.code.startswith("000.00.07.H41")
    assert child.due_at is not None
    assert not Slip.objects.filter(dossier=child).exists()
    assert Attachment.objects.filter(dossier=child).count() == 1
    assert queries.detail(linked.actor(Role.OFFICER, unit=linked.other_department), child.id)
    said = Entry.objects.get(event="dossier.child_opened", subject_id=dossier).fields
    assert said["child_code"] == child.code
    assert Entry.objects.filter(event="dossier.accepted", subject_id=child.id).exists()


def test_the_applicant_has_one_dossier_and_is_told_of_one(linked, dossier):
    child = open_child(linked, dossier).id
    citizen = Actor(
        account_id=None, kind="citizen", name="Cá nhân", sees=Scope(person_id=linked.citizen)
    )
    assert [row["id"] for row in queries.dossiers(citizen, Filters()).rows] == [dossier]
    assert not policies.sees(citizen, child)
    drain()
    assert set(
        Notice.objects.filter(person_id=linked.citizen).values_list("subject_id", flat=True)
    ) == {dossier}


def test_a_linked_dossier_is_not_counted_twice_and_the_books_balance(linked, dossier):
    """What users of another system asked for and never got: received once, the part in its own column."""
    open_child(linked, dossier)
    month = Window(date(2022, 11, 1), date(2022, 11, 30))
    whole = books.totals(month, Part())[0]
    assert (whole["received"], whole["received-linked"]) == (1, 1)
    by_unit = books.totals(month, Part(), "unit_id")
    for figures in (whole, *by_unit.values()):
        came = sum(figures.get(key, 0) for key in ENTERING)
        assert came == sum(figures.get(key, 0) for key in LEAVING)
    for key in whole:
        assert whole[key] == sum(figures.get(key, 0) for figures in by_unit.values())
    assert set(Posting.objects.values_list("channel", flat=True)) == {1, 4}


def test_the_step_that_calls_for_it_waits_and_goes_on_when_it_comes_back(linked, calling):
    waiting = WorkItem.objects.get(dossier_id=calling, closed_at=None)
    assert (waiting.node, waiting.waiting) == ("c", True)
    child = open_child(linked, calling).id
    assert Dossier.objects.get(id=child).called_by == waiting.id
    conclude(linked, child)
    drain()
    now = WorkItem.objects.get(dossier_id=calling, closed_at=None)
    assert (now.node, now.waiting) == ("b", False)
    assert Notice.objects.filter(kind="child.returned").count() == 1
    drain()
    assert Entry.objects.filter(event="dossier.child_returned").count() == 1


def test_a_child_comes_back_once(linked, dossier):
    child = open_child(linked, dossier).id
    conclude(linked, child)
    drain()
    with pytest.raises(AlreadyDone):
        operations.receive_child(child_id=child, actor=system("x"), at=later(3))
    refused(
        "child.none",
        lambda: operations.receive_child(child_id=dossier, actor=system("x"), at=later(3)),
    )
    refused(
        "dossier.may_not",
        lambda: operations.receive_child(child_id=child, actor=linked.leader, at=later(3)),
    )


def test_opened_beside_a_step_the_parent_goes_on(linked, dossier):
    child = open_child(linked, dossier).id
    operations.hand_on(
        dossier_id=dossier, item_id=item_of(dossier), actor=linked.officer, at=later(1)
    )
    conclude(linked, child)
    drain()
    assert Dossier.objects.get(id=dossier).status == Status.PROCESSING


def test_a_parent_that_has_ended_only_records_it(linked, calling):
    child = open_child(linked, calling).id
    operations.withdraw(dossier_id=calling, reason="Đổi ý", actor=linked.clerk, at=later(1))
    conclude(linked, child)
    drain()
    assert Dossier.objects.get(id=calling).status == Status.WITHDRAWN
    assert Entry.objects.filter(event="dossier.child_returned", subject_id=calling).exists()


def test_a_refused_child_comes_back_too(linked, calling):
    child = open_child(linked, calling).id
    officer = linked.actor(Role.OFFICER, unit=linked.other_department)
    operations.refuse_in_process(
        dossier_id=child, item_id=item_of(child), reason="không đủ điều kiện", actor=officer,
        at=later(2),
    )  # fmt: skip
    drain()
    assert Entry.objects.get(event="dossier.child_returned").fields["granted"] is False
    assert WorkItem.objects.get(dossier_id=calling, closed_at=None).node == "b"


def test_what_opening_refuses(linked, dossier):
    refused("dossier.not_your_step", lambda: open_child(linked, dossier, actor=linked.leader))
    refused("dossier.not_visible", lambda: open_child(linked, dossier, actor=linked.stranger))
    refused("child.own_agency", lambda: open_child(linked, dossier, unit_id=linked.department))
    refused("dossier.not_offered", lambda: open_child(linked, dossier, unit_id=linked.desk))
    child = open_child(linked, dossier).id
    there = linked.actor(Role.OFFICER, unit=linked.other_department)
    refused(
        "child.of_a_child",
        lambda: open_child(linked, child, actor=there, unit_id=linked.department),
    )


def test_each_side_reads_how_they_hang_together(linked, dossier):
    child = open_child(linked, dossier).id
    family = children.family(linked.officer, dossier, None)
    assert [(row["id"], row["open"]) for row in family.children] == [(child, False)]
    there = linked.actor(Role.OFFICER, unit=linked.other_department)
    seen = children.family(there, child, dossier)
    assert (seen.parent["id"], seen.parent["open"]) == (dossier, False)
    assert briefs.briefs(system("x"), [child])[child].parent_id == dossier
