"""Certification at a counter: fees, numbers, who signs, what is given out, what is corrected."""

from datetime import UTC, datetime

import pytest

from motcua.dossiers import operations, queries, registers
from motcua.dossiers.models import (
    Certification,
    CertificationBook,
    CertificationCorrection,
    Charge,
    Dossier,
    HandOver,
    Slip,
    WorkItem,
)
from motcua.dossiers.tests.certifying import (
    DEGREE,
    certified,
    code_of,
    prepared,
    raise_certifying,
    seated,
)
from motcua.dossiers.tests.conftest import NINE, later
from motcua.dossiers.tests.test_walk import books
from motcua.ledger import verify
from motcua.ledger.models import Entry
from motcua.rules.actor import Role
from motcua.rules.books import Account
from motcua.rules.casework import Status
from motcua.rules.certification import Line
from motcua.rules.refusal import Refusal

FOUR_IN_THE_AFTERNOON = datetime(2022, 11, 21, 9, 0, tzinfo=UTC)
"""16:00 in Nghệ An: after the hour of the law."""


@pytest.fixture
def world(db):
    return raise_certifying()


def test_what_is_prepared_waits_for_the_leader_with_its_fee_and_without_a_number(world):
    done = prepared(world, DEGREE, Line("Sổ hộ tịch", copies=2, pages=5))
    dossier = Dossier.objects.get(id=done.id)
    assert (dossier.status, dossier.version) == (Status.PROCESSING, 1)
    assert dossier.due_at.astimezone(UTC) == datetime(2022, 11, 21, 10, 30, tzinfo=UTC)
    assert done.fee == 3 * 4_000 + 2 * 7_000
    assert not Slip.objects.exists()
    rows = list(Certification.objects.order_by("position"))
    assert [(r.title, r.number, r.fee) for r in rows] == [
        ("Bằng tốt nghiệp đại học", None, 12_000), ("Sổ hộ tịch", None, 14_000),
    ]  # fmt: skip
    waiting = registers.waiting_for_signature(world.leader, size=10)
    assert [row["title"] for row in waiting] == ["Bằng tốt nghiệp đại học", "Sổ hộ tịch"]
    assert registers.waiting_for_signature(world.officer, size=10) == []
    entry = Entry.objects.get(subject_id=done.id)
    assert (entry.event, entry.fields["status"]) == ("dossier.certification_prepared", 4)
    assert "Lam" not in str(entry.fields)


def test_received_after_three_o_clock_it_is_due_the_next_working_day(world):
    done = prepared(world, at=FOUR_IN_THE_AFTERNOON)
    assert Dossier.objects.get(id=done.id).due_at.astimezone(UTC).date().isoformat() == "2022-11-22"


def test_certifying_gives_each_paper_the_next_number_of_its_book_and_asks_the_fee(world):
    first, numbers = certified(world, DEGREE, Line("Chứng minh thư"))
    _, more = certified(world, at=later(hours=1))
    assert (numbers, more) == ((1, 2), (3,))
    dossier = Dossier.objects.get(id=first.id)
    assert (dossier.status, dossier.result["number"]) == (Status.DONE, "1, 2")
    assert dossier.result["signer"] == world.leader.name
    assert Charge.objects.get(dossier=dossier).amount == first.fee == 14_000
    book = CertificationBook.objects.get()
    assert (book.unit_id, book.kind, book.year) == (world.department, "copy", 2022)
    assert books(later().date()) == {Account.DONE_ON_TIME: 2}
    assert list(verify.breaks()) == []


def test_a_signing_tells_what_did_not_go_and_the_rest_goes(world):
    one, other = prepared(world), prepared(world)
    operations.certify(dossier_ids=[one.id], actor=world.leader, at=later())
    report = operations.certify(dossier_ids=[other.id, one.id], actor=world.leader, at=later())
    assert report.done == {other.id: (2,)}
    assert [(no.dossier_id, no.code) for no in report.refused] == [
        (one.id, "dossier.not_your_step")
    ]
    nothing = operations.certify(dossier_ids=[one.id], actor=world.leader, at=later())
    assert (nothing.done, len(nothing.refused)) == ({}, 1)
    assert Entry.objects.filter(event="dossier.certified").count() == 2


def test_a_number_taken_for_what_is_refused_goes_back_to_the_book(world):
    owing, other = prepared(world), prepared(world)
    operations.request_payment(
        dossier_id=owing.id, name="Lệ phí", amount=1, stops_clock=False,
        reason="theo quy định", actor=world.leader, at=later(),
    )  # fmt: skip
    report = operations.certify(dossier_ids=[owing.id, other.id], actor=world.leader, at=later())
    assert [no.code for no in report.refused] == ["dossier.charge_open"]
    assert report.done == {other.id: (1,)}


def test_who_prepared_does_not_sign(world):
    account = seated(world.department, Role.LEADER, "hai vai")
    both = world.actor(Role.CLERK, account=account)
    done = prepared(world, actor=both)
    leader = world.actor(Role.LEADER, account=account)
    report = operations.certify(dossier_ids=[done.id], actor=leader, at=later())
    assert [no.code for no in report.refused] == ["dossier.signer_prepared_it"]
    assert operations.certify(dossier_ids=[done.id], actor=world.leader, at=later()).done


def test_only_a_leader_certifies_and_only_a_desk_prepares(world):
    done = prepared(world)
    for actor in (world.clerk, world.officer, world.stranger):
        with pytest.raises(Refusal) as found:
            operations.certify(dossier_ids=[done.id], actor=actor, at=later())
        assert found.value.code == "dossier.may_not"
    assert code_of(lambda: prepared(world, actor=world.officer)) == "dossier.may_not"
    elsewhere = world.actor(Role.LEADER, unit=world.other_department)
    report = operations.certify(dossier_ids=[done.id], actor=elsewhere, at=later())
    assert [no.code for no in report.refused] == ["dossier.not_visible"]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((Line(" "),), "certification.title_missing"),
        ((Line("Bằng", copies=0),), "certification.numbers_wrong"),
        ((Line("Bằng", pages=1000),), "certification.numbers_wrong"),
    ],
)
def test_a_line_that_says_nothing_or_too_much_is_refused(world, lines, code):
    assert code_of(lambda: prepared(world, *lines)) == code
    assert not Dossier.objects.exists()


def test_what_is_no_certification_is_refused(db):
    world = raise_certifying("1.000001")
    assert code_of(lambda: prepared(world)) == "certification.not_a_certification"


def test_no_certification_is_concluded_without_its_number(world):
    done = prepared(world)
    item = WorkItem.objects.get(dossier_id=done.id, closed_at=None).id

    def conclude():
        operations.conclude(
            dossier_id=done.id, item_id=item, result_name="Bản sao", result_number="7",
            actor=world.leader, at=later(),
        )  # fmt: skip

    assert code_of(conclude) == "certification.certify_instead"


def deliver(world, done, **changes):
    said = {"recipient": "Nguyễn Thị Lam", "receipt_number": "0000123", "actor": world.clerk}
    operations.deliver_certified(dossier_id=done.id, at=later(hours=2), **said | changes)


def test_the_fee_is_taken_with_the_hand_over(world):
    done, _ = certified(world)
    deliver(world, done)
    dossier = Dossier.objects.get(id=done.id)
    assert (dossier.status, dossier.version) == (Status.HANDED_OVER, 3)
    charge = Charge.objects.get()
    assert (charge.amount, charge.method, charge.receipt_number) == (12_000, "cash", "0000123")
    assert charge.paid_at == later(hours=2)
    assert HandOver.objects.get().recipient == "Nguyễn Thị Lam"
    assert code_of(lambda: deliver(world, done)) == "dossier.result_not_ready"
    assert list(verify.breaks()) == []


def test_what_is_not_signed_is_not_given_out_and_not_by_everybody(world):
    done = prepared(world)
    assert code_of(lambda: deliver(world, done)) == "dossier.result_not_ready"
    assert code_of(lambda: deliver(world, done, actor=world.officer)) == "dossier.may_not"
    other = world.actor(Role.CLERK, unit=world.other_department)
    assert code_of(lambda: deliver(world, done, actor=other)) == "dossier.not_visible"


@pytest.fixture
def chairman(world):
    return seated(world.department, Role.LEADER, "trần văn ký")


def at_once(world, signer, *lines, at=NINE, actor=None):
    return operations.certify_at_once(
        intake=world.intake(papers=()), lines=lines or (DEGREE,), signer_id=signer,
        receipt_number="7", actor=actor or world.clerk, at=at,
    )  # fmt: skip


def test_what_a_leader_signed_on_paper_is_entered_paid_and_given_out_as_one_act(world, chairman):
    prepared(world)
    done = at_once(world, chairman)
    assert (done.numbers, done.fee) == ((1,), 12_000)
    dossier = Dossier.objects.get(id=done.id)
    assert (dossier.status, dossier.version) == (Status.HANDED_OVER, 1)
    row = Certification.objects.get(number=1)
    assert (row.signer_name, row.signer_title) == ("Trần Văn Ký", "Phó Chủ tịch")
    assert Charge.objects.get().paid_at == NINE
    assert [e.event for e in Entry.objects.filter(subject_id=done.id)] == [
        "dossier.certified_at_once"
    ]
    assert at_once(world, chairman, at=later()).numbers == (2,)


def test_the_leader_named_must_hold_his_post_and_be_another_than_the_clerk(world, chairman):
    clerk = world.actor(Role.CLERK, account=chairman)
    attempts = {
        "certification.not_a_signer": lambda: at_once(world, 10**9),
        "dossier.signer_prepared_it": lambda: at_once(world, chairman, actor=clerk),
        "dossier.may_not": lambda: at_once(world, chairman, actor=world.officer),
    }
    for code, attempt in attempts.items():
        assert code_of(attempt) == code
    assert at_once(world, chairman).numbers == (1,)


def correct(world, row, line=DEGREE, **changes):
    said = {"voided": False, "reason": "Ghi nhầm số bản", "actor": world.clerk}
    operations.correct_certification(
        certification_id=row.id, line=line, at=later(hours=3), **said | changes
    )


def test_a_wrong_entry_is_corrected_by_an_act_and_the_number_stays(world):
    certified(world)
    row = Certification.objects.get()
    correct(world, row, Line(DEGREE.title, copies=2, pages=2))
    row.refresh_from_db()
    assert (row.number, row.copies, row.fee) == (1, 2, 12_000)
    correct(world, row, Line(DEGREE.title, copies=2, pages=2), voided=True, reason="Bỏ")
    told = registers.entry(world.clerk, row.id)
    assert (told["voided"], [c["reason"] for c in told["corrections"]]) == (
        True, ["Ghi nhầm số bản", "Bỏ"],
    )  # fmt: skip
    kept = CertificationCorrection.objects.order_by("at", "id").first()
    assert (kept.was["copies"], kept.now["copies"]) == (3, 2)
    _, more = certified(world, at=later(1))
    assert more == (2,)
    entry = Entry.objects.filter(event="dossier.certification_corrected").first()
    assert entry.fields == {"number": 1, "corrected": ["copies"]}


def test_a_correction_needs_a_reason_a_change_and_a_desk(world):
    prepared(world)
    row = Certification.objects.get()
    changed = Line("Bằng khác")
    attempts = {
        "certification.not_certified": lambda: correct(world, row, changed),
        "dossier.reason_missing": lambda: correct(world, row, changed, reason=" "),
        "dossier.may_not": lambda: correct(world, row, changed, actor=world.officer),
        "dossier.not_visible": lambda: correct(world, row, changed, actor=world.stranger),
    }
    for code, attempt in attempts.items():
        assert code_of(attempt) == code
    operations.certify(dossier_ids=[row.dossier_id], actor=world.leader, at=later())
    assert code_of(lambda: correct(world, row)) == "certification.nothing_corrected"


def test_the_papers_of_a_dossier_and_of_a_day_are_told_to_who_sees_them(world):
    done, _ = certified(world)
    assert [r["number"] for r in registers.of_dossier(world.clerk, done.id)] == [1]
    assert [r["number"] for r in registers.of_day(world.clerk, NINE.date(), size=9)] == [1]
    assert registers.of_day(world.stranger, NINE.date(), size=9) == []
    assert registers.of_dossier(world.stranger, done.id) == []
    figures = registers.figures_of(world.leader, NINE.date(), NINE.date())
    assert [(f["entries"], f["copies"], f["fee"]) for f in figures] == [(1, 3, 12_000)]
    assert "hand_over" in queries.detail(world.clerk, done.id).acts
