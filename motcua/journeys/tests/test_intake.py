"""Who stands behind a dossier, by which way it came, and that it is there already."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from motcua.catalogue import at_desk
from motcua.dossiers import errors, once_only, operations, parked, policies, same
from motcua.dossiers.models import (
    BookLine,
    Consignment,
    Dossier,
    Paper,
    ParkedIntake,
    Party,
    Slip,
)
from motcua.dossiers.tests.conftest import EVER, NINE, later, raise_world
from motcua.dossiers.tests.test_walk import walk
from motcua.journeys import intake as journeys
from motcua.journeys.intake import Applicant, Application, Beside
from motcua.ledger import verify
from motcua.ledger.acts import Event, act
from motcua.ledger.models import Entry, Posting
from motcua.organisations import queries as organisations
from motcua.organisations.models import Unit
from motcua.people.models import Account, Person
from motcua.rules.actor import Role, Scope, system
from motcua.rules.books import Channel
from motcua.rules.casework import PaperHeld, Status
from motcua.rules.casework_book import Line
from motcua.rules.casework_parties import Basis, PartyRole
from motcua.rules.casework_parties import Consignment as Mail
from motcua.rules.refusal import Refusal

PARENT = Beside(PartyRole.SUBMITTER, "Trần Thị Mẹ", "040190000009", basis=Basis.PARENT)
AGENT = Beside(
    PartyRole.SUBMITTER, "Lê Văn Thay", "040190000008", basis=Basis.AUTHORISED,
    authority_number="12/GUQ", authority_on=date(2022, 11, 20),
)  # fmt: skip


@pytest.fixture
def world(db):
    return raise_world()


def application(world, **changes):
    values = {
        "applicant": Applicant("Nguyễn Thị Lam", "040190000001"),
        "procedure_id": world.procedure,
        "unit_id": world.department,
        "channel": Channel.COUNTER,
        "papers": (PaperHeld("Tờ khai", 1, 0),),
    }
    return Application(**{**values, **changes})


def taken(world, actor=None, at=NINE, **changes):
    return journeys.accept(application(world, **changes), actor=actor or world.clerk, at=at)


def refused(code, call):
    with pytest.raises(Refusal) as found:
        call()
    assert found.value.code == code
    errors.SENTENCES[code].format(**found.value.params)


# ---- parties ---------------------------------------------------------------------------------------


def test_who_hands_in_for_another_is_kept_with_his_ground_and_printed_on_the_receipt(world):
    done = taken(world, parties=[AGENT])
    party = Party.objects.get(dossier_id=done.id)
    assert (party.role, party.name, party.basis) == ("submitter", "Lê Văn Thay", "authorised")
    assert (party.identity, party.document) == ("*********008", "cccd")
    assert party.identity_digest.startswith("~")
    assert (party.authority_number, party.authority_on) == ("12/GUQ", date(2022, 11, 20))
    assert Slip.objects.get().data["submitter"] == "Lê Văn Thay"
    dossier = Dossier.objects.get(id=done.id)
    assert (dossier.applicant_name, dossier.submitter_name) == ("Nguyễn Thị Lam", "Lê Văn Thay")
    entry = Entry.objects.get(subject_id=done.id)
    assert entry.fields["submitted_as"] == "authorised"
    assert "Thay" not in str(entry.fields)


def test_a_dossier_of_several_owners_names_them_all(world):
    wife = Beside(PartyRole.CO_OWNER, "Trần Thị Vợ", "040190000007")
    done = taken(world, parties=[wife])
    rows = Party.objects.filter(dossier_id=done.id).order_by("position")
    assert [(p.role, p.name) for p in rows] == [
        ("owner", "Nguyễn Thị Lam"), ("co_owner", "Trần Thị Vợ"),
    ]  # fmt: skip


def test_an_applicant_who_comes_himself_needs_no_further_row(world):
    taken(world)
    assert not Party.objects.exists()


def test_a_newborn_has_no_number_yet_and_a_parent_who_declares_it(world):
    child = Applicant("Nguyễn Bé Na", "", phone="0912345678", newborn=True)
    refused("dossier.newborn_without_parent", lambda: taken(world, applicant=child))
    assert not Person.objects.filter(name="Nguyễn Bé Na").exists()
    done = taken(world, applicant=child, parties=[PARENT])
    assert [p.document for p in Party.objects.order_by("position")] == ["none", "cccd"]
    assert Dossier.objects.get(id=done.id).applicant.identity_number is None


def test_a_foreigner_shows_a_passport_and_a_nationality(world):
    taken(world, applicant=Applicant("John Smith", "C1234567", nationality="Anh"))
    own = Party.objects.get()
    assert (own.role, own.document, own.nationality) == ("owner", "passport", "Anh")


def test_an_authorisation_is_named_by_number_and_date(world):
    without = replace(AGENT, authority_number=" ")
    refused("dossier.authority_missing", lambda: taken(world, parties=[without]))
    later_on = replace(AGENT, authority_on=date(2022, 11, 22))
    refused("dossier.authority_in_future", lambda: taken(world, parties=[later_on]))
    refused("dossier.party_name_missing", lambda: taken(world, parties=[replace(AGENT, name="")]))
    assert not Dossier.objects.exists()


def test_a_record_is_corrected_by_the_card_in_an_act_of_its_own(world):
    card = Applicant("Nguyễn Thị Lan", "040190000001", born_on=date(1990, 3, 2))
    taken(world, applicant=card)
    assert Person.objects.get(identity_number="040190000001").name == "Nguyễn Thị Lam"
    taken(world, applicant=card, corrects=True)
    person = Person.objects.get(identity_number="040190000001")
    assert (person.name, person.folded_name) == ("Nguyễn Thị Lan", "nguyen thi lan")
    assert person.born_on == date(1990, 3, 2)
    entry = Entry.objects.get(event="person.corrected")
    assert set(entry.fields) == {"name", "born_on"}
    assert "Lan" not in str(entry.fields)
    assert list(verify.breaks()) == []


# ---- mail ------------------------------------------------------------------------------------------


def test_what_came_by_mail_keeps_its_sender_its_number_and_who_carried_it(world):
    mail = Mail("Nguyễn Thị Lam, xã Nghĩa Thọ", "EH123456789VN", "BCCI")
    carrier = Beside(PartyRole.SUBMITTER, "Bưu tá Hùng", basis=Basis.MAIL_CARRIER)
    done = taken(world, consignment=mail, parties=[carrier])
    kept = Consignment.objects.get(dossier_id=done.id)
    assert (kept.tracking_number, kept.carrier) == ("EH123456789VN", "BCCI")
    assert Entry.objects.get(subject_id=done.id).fields["carrier"] == "BCCI"
    refused("dossier.tracking_number_missing", lambda: taken(
        world, consignment=replace(mail, tracking_number="")))  # fmt: skip
    refused("dossier.sender_missing", lambda: taken(
        world, consignment=replace(mail, sender=" ")))  # fmt: skip


# ---- the same dossier ------------------------------------------------------------------------------


def test_a_dossier_that_is_open_already_is_taken_in_only_when_the_clerk_says_so(world):
    first = taken(world)
    refused("dossier.same_open", lambda: taken(world, unless_open=True))
    (there,) = same.of(world.clerk, world.procedure, [world.citizen])
    assert (there.id, there.code) == (first.id, first.code)
    taken(world)
    assert Dossier.objects.count() == 2


def test_a_dossier_elsewhere_is_told_of_by_agency_and_half_a_code(world):
    first = taken(world)
    elsewhere = world.actor(Role.CLERK, unit=world.other_department)
    (there,) = same.of(elsewhere, world.procedure, [world.citizen])
    assert there.id is None
    assert there.code == first.code[:-4] + "****"
    assert there.agency == "Cơ quan so-a"
    refused("dossier.may_not", lambda: same.of(world.officer, world.procedure, [world.citizen]))


def test_a_finished_dossier_is_no_duplicate(world):
    walk(world)
    assert same.of(world.clerk, world.procedure, [world.citizen]) == []


# ---- once only -------------------------------------------------------------------------------------


def test_a_result_the_province_gave_is_used_again(world):
    earlier = walk(world)
    (held,) = once_only.held_of(world.clerk, world.citizen)
    assert (held.dossier_id, held.name, held.number) == (earlier, "Giấy phép", "12/GP")
    assert once_only.fitting("Bản sao giấy phép đã cấp", [held]) == held
    assert once_only.fitting("Tờ khai", [held]) is None
    paper = PaperHeld("Giấy phép", 0, 0, reused_from=earlier, reused_result="12/GP")
    done = taken(world, papers=[paper], at=later(5))
    kept = Paper.objects.get(dossier_id=done.id)
    assert (kept.reused_from_id, kept.reused_result) == (earlier, "12/GP")
    assert Entry.objects.get(subject_id=done.id).fields["reused"] == 1


def test_what_is_held_of_another_is_not_used_again(world):
    earlier = walk(world)
    other = Applicant("Trần Văn Khác", "040190000002")
    paper = PaperHeld("Giấy phép", 0, 0, reused_from=earlier)
    refused("dossier.nothing_to_reuse", lambda: taken(world, applicant=other, papers=[paper]))
    refused("dossier.may_not", lambda: once_only.held_of(world.officer, world.citizen))


# ---- the paper book --------------------------------------------------------------------------------

LINE = Line("Q1/2022", "17", "Mất điện toàn xã", page="3")
FRIDAY = later(days=-3)


def entered(world, *, line=LINE, received_at=FRIDAY, actor=None, at=NINE, **changes):
    return journeys.accept_from_book(
        application(world, **changes), line=line, received_at=received_at, actor=actor or world.clerk,
        at=at,
    )  # fmt: skip


def test_a_line_of_the_paper_book_counts_from_when_the_person_stood_there(world):
    done = entered(world)
    dossier = Dossier.objects.get(id=done.id)
    assert (dossier.status, dossier.accepted_at) == (Status.ACCEPTED, FRIDAY)
    assert done.code == "000.00.06.H41-221118-0001"
    assert done.due_at.date() == date(2022, 11, 25)
    entry = Entry.objects.get(subject_id=done.id)
    assert (entry.event, entry.at) == ("dossier.accepted_from_book", FRIDAY)
    assert entry.recorded_at - FRIDAY > timedelta(days=3)
    assert (entry.fields["book"], entry.fields["number"]) == ("Q1/2022", "17")
    assert {p.effective_on for p in Posting.objects.all()} >= {date(2022, 11, 18)}
    line = BookLine.objects.get()
    assert (line.page, line.reason, line.desk_id) == ("3", "Mất điện toàn xã", world.desk)
    assert list(verify.breaks()) == []


def test_what_an_entry_from_the_book_refuses(world):
    def tried(**kw):
        return lambda: entered(world, **kw)

    refused("dossier.book_in_future", tried(received_at=later(hours=1)))
    refused("dossier.book_too_old", tried(received_at=later(days=-28)))
    refused("dossier.book_outside_office", tried(received_at=later(days=-2)))
    refused("dossier.book_outside_office", tried(received_at=FRIDAY + timedelta(hours=3)))
    refused("dossier.book_missing", tried(line=replace(LINE, number=" ")))
    refused("dossier.reason_missing", tried(line=replace(LINE, reason=" ")))
    refused("dossier.may_not", lambda: operations.accept_from_book(
        intake=world.intake(), line=LINE, received_at=FRIDAY, actor=world.officer, at=NINE))  # fmt: skip
    assert not Dossier.objects.exists()
    entered(world)
    refused("dossier.book_entered_already", tried())
    assert Dossier.objects.count() == 1


# ---- regardless of territory ------------------------------------------------------------------------


def clerk_elsewhere(world):
    """A clerk at the desk of another commune."""
    with act(Event("unit.founded", "unit"), actor=system("kiểm thử"), at=NINE) as a:
        desk = Unit(
            key="mot-cua-khac", kind="desk", name="Một cửa khác", short_name="MCK", sort_key="z",
            valid=EVER, source="kiểm thử", id=world.desk + 100, agency_id=world.desk + 100,
        )  # fmt: skip
        desk.save(force_insert=True)
        a.about("unit", desk.id, {})
    organisations.forget()
    return replace(
        world.actor(Role.CLERK, unit=world.other_department), units=frozenset({desk.id}),
        unit_id=desk.id, agency_id=desk.id, sees=Scope(received_by=frozenset({desk.id})),
    )  # fmt: skip


def test_another_desk_does_not_take_in_what_is_received_at_one_place(world):
    clerk = clerk_elsewhere(world)
    assert at_desk.find("giay phep", NINE.date(), desks=clerk.units) == []
    refused("dossier.not_your_desk", lambda: taken(world, actor=clerk))


def test_another_desk_takes_in_for_an_agency_what_may_be_received_anywhere(db):
    world = raise_world(anywhere=True)
    clerk = clerk_elsewhere(world)
    (hit,) = at_desk.find("giay phep", NINE.date(), desks=clerk.units)
    assert (hit.unit_ids, hit.own) == ((world.department,), 0)
    assert at_desk.one(world.procedure, NINE.date(), desks=world.clerk.units).own == 1
    done = taken(world, actor=clerk)
    dossier = policies.to_see(clerk, done.id)
    assert (dossier.received_by_id, dossier.accountable_id) == (clerk.unit_id, world.department)
    assert done.code.startswith("000.00.06.H41-")
    assert Slip.objects.get().data["desk"] == "Một cửa khác"
    refused("dossier.not_your_desk", lambda: taken(
        world, actor=world.actor(Role.CLERK, unit=world.other_department)))  # fmt: skip


# ---- many together ---------------------------------------------------------------------------------


def together(world, names, **changes):
    many = [
        application(
            world, applicant=Applicant(name, f"04019000{n:04}"), unless_open=True, **changes
        )
        for n, name in enumerate(names, 100)
    ]
    return journeys.accept_together(many, actor=world.clerk, at=NINE)


def test_many_applicants_are_taken_in_by_one_act_with_an_entry_each(world):
    rows = together(world, ["Nguyễn Một", "Trần Hai", "Lê Ba"])
    assert [row.accepted.code[-4:] for row in rows] == ["0001", "0002", "0003"]
    assert Slip.objects.count() == 3
    entries = Entry.objects.filter(event="dossier.accepted")
    parent = entries.get(subject_kind="act")
    assert parent.fields == {"rows": 3, "refused": 0}
    assert entries.filter(parent_id=parent.id).count() == 3
    assert list(verify.breaks()) == []


def test_what_cannot_be_taken_in_is_left_out_and_told(world):
    together(world, ["Nguyễn Một"])
    rows = together(world, ["Nguyễn Một", "Trần Hai", "Lê Ba"])
    assert [row.refused for row in rows] == ["dossier.same_open", "", ""]
    twice = application(world, applicant=Applicant("Hồ Bốn", "040190000200"), unless_open=True)
    lacking = replace(twice, papers=(PaperHeld("Tờ khai", 1, 0, held=False),))
    rows = journeys.accept_together([lacking, twice, twice], actor=world.clerk, at=NINE)
    assert [row.refused for row in rows] == [
        "dossier.paper_missing",
        "",
        "dossier.same_open",
    ]
    assert Dossier.objects.count() == 4


def test_a_batch_costs_as_many_statements_as_its_chunks(world, django_assert_max_num_queries):
    together(world, ["Nguyễn Một"])
    with django_assert_max_num_queries(40):
        together(world, [f"Người {n}" for n in range(40)])


def test_who_may_not_take_in_takes_no_batch_in(world):
    refused("dossier.may_not", lambda: operations.accept_together(
        intakes_given=[world.intake()], actor=world.officer, at=NINE))  # fmt: skip


# ---- put aside -------------------------------------------------------------------------------------


def account(name):
    with act(Event("account.opened", "account"), actor=system("kiểm thử"), at=NINE) as a:
        made = Account.objects.create(username=name, name=name, kind="officer")
        a.about("account", made.id, {})
    return made.id


@pytest.fixture
def clerk(world):
    return world.actor(Role.CLERK, account=account("thu-thao"))


def test_an_unfinished_intake_is_put_aside_found_again_and_thrown_away(world, clerk):
    parked_id = uuid4()
    operations.park(parked_id=parked_id, label="Lam", typed={"name": "Lam"}, actor=clerk, at=NINE)
    operations.park(
        parked_id=parked_id, label="Lam", typed={"name": "Lam!"}, actor=clerk, at=later(hours=1)
    )
    (one,) = parked.own(clerk)
    assert (one.typed, one.changed_at, parked.count(clerk)) == ({"name": "Lam!"}, later(hours=1), 1)
    assert parked.one(clerk, parked_id).label == "Lam"
    said = [e.fields for e in Entry.objects.filter(subject_kind="parked")]
    assert said == [{"desk_id": clerk.unit_id}]
    assert operations.discard_parked(parked_id=parked_id, actor=clerk, at=later(hours=2))
    assert not operations.discard_parked(parked_id=parked_id, actor=clerk, at=later(hours=2))
    assert not ParkedIntake.objects.exists()
    assert list(verify.breaks()) == []


def test_another_clerks_scrap_does_not_exist(world, clerk):
    parked_id = uuid4()
    operations.park(parked_id=parked_id, label="", typed={}, actor=clerk, at=NINE)
    other = replace(clerk, account_id=account("khac"))
    assert parked.one(other, parked_id) is None
    assert parked.own(other) == []
    assert not operations.discard_parked(parked_id=parked_id, actor=other, at=NINE)
    refused("dossier.may_not", lambda: operations.park(
        parked_id=uuid4(), label="", typed={}, actor=world.officer, at=NINE))  # fmt: skip


def test_a_scrap_has_its_measure_and_goes_after_some_days(world, clerk):
    refused("dossier.parked_too_long", lambda: operations.park(
        parked_id=uuid4(), label="", typed={"a": "x" * 50_000}, actor=clerk, at=NINE))  # fmt: skip
    for n in range(2):
        operations.park(parked_id=uuid4(), label="", typed={}, actor=clerk, at=later(days=5 * n))
    cleaner = system("dọn hồ sơ để tạm")
    assert operations.purge_parked(actor=cleaner, at=later(days=8)) == 1
    assert operations.purge_parked(actor=cleaner, at=later(days=8)) == 0
    assert parked.count(clerk) == 1
    refused("dossier.may_not", lambda: operations.purge_parked(actor=clerk, at=later(days=9)))
