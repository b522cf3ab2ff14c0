"""Triage of what is filed online: the desk's turn to answer, its warnings, re-routing, the dated door."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from motcua.catalogue.models import (
    ChannelRule,
    Decision,
    Offering,
    Procedure,
    ProcedureVersion,
)
from motcua.dossiers import operations
from motcua.dossiers.models import Dossier, Turn
from motcua.dossiers.tests.conftest import EVER, NINE
from motcua.ledger import verify
from motcua.ledger.acts import Event, act
from motcua.ledger.models import Entry, Posting
from motcua.organisations.models import UnitCode
from motcua.rules.actor import Actor, Scope, system
from motcua.rules.answer_clock import Finding
from motcua.rules.books import Account, Channel
from motcua.rules.refusal import Refusal
from motcua.statutory.rulesets import rule_set

SYSTEM = system("kiểm thử")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)


def citizen(world) -> Actor:
    return Actor(None, "citizen", "Nguyễn Thị Lam", sees=Scope(person_id=world.citizen))


def filed(world, moment=NINE, actor=None, **changes):
    intake = world.intake(channel=Channel.ONLINE, **changes)
    return operations.submit(intake=intake, actor=actor or citizen(world), at=moment).id


def turns(dossier_id) -> list[tuple]:
    rows = Turn.objects.filter(dossier_id=dossier_id).order_by("came_at")
    return [(t.desk_id, t.outcome, t.finding) for t in rows]


def refused(code, call, **arguments):
    with pytest.raises(Refusal) as refusal:
        call(**arguments)
    assert refusal.value.code == code
    return refusal.value


@pytest.fixture
def elsewhere(world):
    """The other agency settles the same procedure, at a desk of its own, and another one besides."""
    with act(Event("world.changed", "world"), actor=SYSTEM, at=NINE) as a:
        decision = Decision.objects.get()
        first = Offering.objects.get()
        other = Procedure.objects.create(source="tỉnh", code=f"1.{decision.id:06d}-b")
        version = ProcedureVersion.objects.create(
            procedure=other, decision=decision, valid=EVER, name="Gia hạn giấy phép",
            folded_name="gia han giay phep", content_digest="1" * 64,
            domain=ProcedureVersion.objects.get().domain,
        )  # fmt: skip
        ChannelRule.objects.create(
            version=version, channel=Channel.ONLINE, limit_amount=Decimal(3),
            limit_unit="working_day", limit_text="03 ngày làm việc",
        )  # fmt: skip
        for procedure in (first.procedure, other):
            Offering.objects.create(
                procedure=procedure, unit_id=world.other_department, process=first.process,
                received_at_id=world.other_department, decision=decision, valid=EVER,
                clock_rules=first.clock_rules,
            )  # fmt: skip
        UnitCode.objects.create(
            unit_id=world.other_department, scheme="qcvn102", code="000.00.07.H41", valid=EVER
        )
        a.about("world", 2, {})
    return other.id


# ---- the turn of a desk --------------------------------------------------------------------------


def test_what_is_filed_online_is_answered_in_eight_working_hours_and_the_rule_is_kept(world):
    dossier = filed(world)
    turn = Turn.objects.get(dossier_id=dossier)
    assert turn.due_at == at("2022-11-22 09:00") == Dossier.objects.get(id=dossier).answer_due_at
    assert turn.rule_set == rule_set("online_answer", date(2022, 11, 21)).id
    assert turn.desk_id == world.desk


def test_each_answer_of_the_desk_ends_its_turn(world):
    accepted, refused_one, withdrawn, asked = (filed(world) for _ in range(4))
    moment = at("2022-11-21 10:00")
    contact = operations.Contact()
    operations.accept_submitted(dossier_id=accepted, actor=world.clerk, at=moment, contact=contact)
    operations.refuse_intake(
        intake=None, dossier_id=refused_one, reason="Trùng hồ sơ", actor=world.clerk, at=moment,
        finding=Finding.DUPLICATE,
    )  # fmt: skip
    operations.withdraw(dossier_id=withdrawn, reason="Thôi", actor=world.clerk, at=moment)
    operations.request_supplement(
        dossier_id=asked, missing=["Tờ khai"], reason="Tệp mờ", actor=world.clerk, at=moment,
        finding=Finding.UNREADABLE,
    )  # fmt: skip
    assert turns(accepted) == [(world.desk, "accepted", "")]
    assert turns(refused_one) == [(world.desk, "refused", "duplicate")]
    assert turns(withdrawn) == [(world.desk, "withdrawn", "")]
    assert turns(asked) == [(world.desk, "supplement", "unreadable")]
    said = Entry.objects.get(subject_id=refused_one, event="dossier.not_accepted").fields
    assert said["finding"] == "duplicate"


def test_what_was_missing_begins_another_turn(world):
    dossier = filed(world)
    operations.request_supplement(
        dossier_id=dossier, missing=["Tờ khai"], reason="Tệp mờ", actor=world.clerk,
        at=at("2022-11-21 10:00"),
    )  # fmt: skip
    operations.receive_supplement(
        dossier_id=dossier, papers=[], actor=world.clerk, at=at("2022-11-23 10:00")
    )
    assert Dossier.objects.get(id=dossier).answer_due_at == at("2022-11-24 10:00")
    assert turns(dossier) == [(world.desk, "supplement", ""), (world.desk, "", "")]


def test_what_is_taken_in_at_the_counter_has_no_turn(world):
    world.accepted()
    assert not Turn.objects.exists()


# ---- warnings ------------------------------------------------------------------------------------


def told(dossier_id) -> list[str]:
    entries = Entry.objects.filter(subject_id=dossier_id, event="dossier.warned")
    return [entry.fields["warning"] for entry in entries.order_by("subject_seq")]


def test_the_desk_is_warned_when_four_fifths_are_gone_and_when_the_answer_is_late(world):
    dossier = filed(world)
    for moment, expected in (
        ("2022-11-21 17:23", []),
        ("2022-11-21 17:24", ["used"]),
        ("2022-11-22 09:00", ["used"]),
        ("2022-11-22 09:01", ["used", "late"]),
        ("2022-11-23 09:00", ["used", "late"]),
    ):
        operations.warn(actor=SYSTEM, at=at(moment))
        assert told(dossier) == expected, moment
    entry = Entry.objects.filter(subject_id=dossier, event="dossier.warned").last()
    assert datetime.fromisoformat(entry.fields["answer_due_at"]) == at("2022-11-22 09:00")


def test_once_answered_no_more_is_warned_of_the_answer_but_of_the_date(world):
    dossier = filed(world)
    operations.accept_submitted(
        dossier_id=dossier, actor=world.clerk, at=at("2022-11-21 10:00"),
        contact=operations.Contact(),
    )  # fmt: skip
    operations.warn(actor=SYSTEM, at=at("2022-11-22 10:00"))
    assert told(dossier) == []
    operations.warn(actor=SYSTEM, at=at("2022-11-25 08:00"))
    assert told(dossier) == ["eve"]


# ---- re-routing ----------------------------------------------------------------------------------


def test_a_dossier_filed_with_the_wrong_agency_goes_to_the_right_one_with_its_promise(
    world, elsewhere
):
    dossier = filed(world)
    operations.reroute(
        dossier_id=dossier, to=world.other_department, reason="Thuộc thẩm quyền Sở B",
        actor=world.clerk, at=at("2022-11-21 11:00"),
    )  # fmt: skip
    row = Dossier.objects.get(id=dossier)
    assert (row.accountable_id, row.received_by_id) == (world.other_department,) * 2
    assert row.answer_due_at == at("2022-11-22 09:00")
    assert turns(dossier) == [
        (world.desk, "rerouted", "wrong_agency"),
        (world.other_department, "", ""),
    ]
    assert Turn.objects.get(outcome="rerouted").note == "Thuộc thẩm quyền Sở B"
    assert "Sở B" not in str(Entry.objects.get(event="dossier.rerouted").fields)
    assert list(verify.breaks()) == []


def test_the_desk_that_gets_it_late_has_two_working_hours_of_its_own(world, elsewhere):
    dossier = filed(world)
    operations.reroute(
        dossier_id=dossier, to=world.other_department, reason="Nhầm", actor=world.clerk,
        at=at("2022-11-22 08:30"),
    )  # fmt: skip
    assert Dossier.objects.get(id=dossier).answer_due_at == at("2022-11-22 10:30")


def test_a_dossier_under_the_wrong_procedure_goes_under_the_right_one(world, elsewhere):
    dossier = filed(world)
    operations.reroute(
        dossier_id=dossier, to=world.other_department, procedure_id=elsewhere, reason="Gia hạn",
        actor=world.clerk, at=at("2022-11-21 11:00"),
    )  # fmt: skip
    row = Dossier.objects.get(id=dossier)
    assert (row.procedure_id, row.subject) == (elsewhere, "Gia hạn giấy phép")
    assert Turn.objects.get(outcome="rerouted").finding == "wrong_procedure"
    moved = Posting.objects.filter(dossier_id=dossier).order_by("id")
    assert [(p.from_account, p.to_account, p.unit_id, p.procedure_id) for p in moved] == [
        (Account.OUTSIDE, Account.SUBMITTED, world.department, world.procedure),
        (Account.SUBMITTED, Account.OUTSIDE, world.department, world.procedure),
        (Account.OUTSIDE, Account.SUBMITTED, world.other_department, elsewhere),
    ]
    clerk = world.actor(world.clerk.role, unit=world.other_department)
    done = operations.accept_submitted(
        dossier_id=dossier, actor=clerk, at=at("2022-11-21 14:00"), contact=operations.Contact()
    )
    assert done.due_at == at("2022-11-24 14:00")


def test_what_cannot_be_re_routed_is_refused(world, elsewhere):
    dossier = filed(world)
    there = {"dossier_id": dossier, "reason": "Nhầm", "actor": world.clerk, "at": NINE}
    refused("dossier.rerouted_to_itself", operations.reroute, to=world.department, **there)
    refused(
        "dossier.not_offered", operations.reroute, to=world.department, procedure_id=elsewhere,
        **there,
    )  # fmt: skip
    there["reason"] = " "
    refused("dossier.reason_missing", operations.reroute, to=world.other_department, **there)
    there |= {"reason": "Nhầm", "actor": world.officer}
    refused("dossier.may_not", operations.reroute, to=world.other_department, **there)
    there |= {"actor": world.stranger}
    refused("dossier.not_visible", operations.reroute, to=world.other_department, **there)
    accepted = world.accepted().id
    there |= {"dossier_id": accepted, "actor": world.clerk}
    refused(
        "dossier.not_waiting_for_acceptance", operations.reroute, to=world.other_department, **there
    )


# ---- helped to file, and the door ----------------------------------------------------------------


def test_who_helped_to_file_is_marked(world):
    alone, at_desk = filed(world), filed(world, assisted="desk")
    by_officer = filed(world, actor=world.clerk)
    marked = dict(Dossier.objects.values_list("id", "assisted"))
    assert marked == {alone: "", at_desk: "desk", by_officer: "officer"}


def test_from_july_2025_the_portal_of_the_province_takes_nothing_in(world):
    filed(world, at("2025-06-30 16:00"))
    later = {"intake": world.intake(channel=Channel.ONLINE), "at": at("2025-07-01 08:00")}
    for actor in (citizen(world), world.clerk):
        found = refused("dossier.filing_door_closed", operations.submit, actor=actor, **later)
        assert found.params["address"] == "https://dichvucong.gov.vn"
    assert operations.submit(actor=SYSTEM, **later).id
    by_mail = {"intake": world.intake(), "at": at("2025-07-01 08:00")}
    assert operations.accept(actor=world.clerk, **by_mail).code
