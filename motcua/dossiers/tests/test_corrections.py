"""A fact written wrong: one proposes, another confirms or rejects; and who prepares does not sign."""

import pytest

from motcua.dossiers import correcting, operations, prints
from motcua.dossiers.models import Correction, Dossier, Paper, Slip
from motcua.dossiers.tests.conftest import later
from motcua.dossiers.tests.ended import with_account
from motcua.dossiers.tests.test_acts import refused
from motcua.dossiers.tests.test_walk import item_of
from motcua.ledger import verify
from motcua.ledger.models import Entry
from motcua.rules.actor import Role
from motcua.statutory import duties

RIGHT = {"applicant_name": "Nguyễn Thị Lâm"}


@pytest.fixture
def case(world, account):
    """A dossier, and two clerks of its desk."""
    dossier = world.accepted().id
    return dossier, with_account(world.clerk, account("a")), with_account(world.clerk, account("b"))


def propose(dossier, actor, facts=RIGHT, **more):
    values = {"reason": "Ghi sai dấu", "at": later(1)} | more
    return operations.propose_correction(dossier_id=dossier, facts=facts, actor=actor, **values)


def confirm(dossier, correction, actor, at=None):
    operations.confirm_correction(
        dossier_id=dossier, correction_id=correction, actor=actor, at=at or later(2)
    )


def test_what_one_proposes_changes_when_another_confirms(case):
    dossier, one, other = case
    correction = propose(dossier, one)
    assert Dossier.objects.get(id=dossier).applicant_name == "Nguyễn Thị Lam"
    confirm(dossier, correction, other)
    assert Dossier.objects.get(id=dossier).applicant_name == "Nguyễn Thị Lâm"
    row = Correction.objects.get()
    assert (row.old, row.new) == ({"applicant_name": "Nguyễn Thị Lam"}, RIGHT)
    assert (row.proposed_by_id, row.decided_by_id) == (one.account_id, other.account_id)


def test_the_record_keeps_digests_and_no_value(case):
    dossier, one, other = case
    confirm(dossier, propose(dossier, one), other)
    for event in ("dossier.correction_proposed", "dossier.corrected"):
        fields = Entry.objects.get(event=event).fields
        assert fields["names"] == ["applicant_name"]
        assert fields["old"]["applicant_name"].startswith("~") and "Lam" not in str(fields)
        assert fields["old"] != fields["new"]
    assert list(verify.breaks()) == []


def test_how_many_papers_were_handed_in_is_corrected(case):
    dossier, one, other = case
    paper = Paper.objects.get(dossier_id=dossier, position=1)
    confirm(dossier, propose(dossier, one, {f"paper:{paper.id}": [2, 1]}), other)
    paper.refresh_from_db()
    assert (paper.originals, paper.copies) == (2, 1)


def test_who_proposed_does_not_confirm_or_reject_not_even_standing_in_for_another(case):
    from dataclasses import replace

    dossier, one, other = case
    correction = propose(dossier, one)
    refused("duty.same_person", lambda: confirm(dossier, correction, one))
    stands_in = replace(other, on_behalf_of=one.account_id)
    refused("duty.same_person", lambda: confirm(dossier, correction, stands_in))
    refused(
        "duty.same_person",
        lambda: operations.reject_correction(
            dossier_id=dossier, correction_id=correction, answer="thôi", actor=one, at=later(2)
        ),
    )


def test_a_rejected_one_changes_nothing_and_another_may_be_proposed(case):
    dossier, one, other = case
    correction = propose(dossier, one)
    refused("correction.waiting", lambda: propose(dossier, other))
    operations.reject_correction(
        dossier_id=dossier,
        correction_id=correction,
        answer="Đúng theo căn cước",
        actor=other,
        at=later(2),
    )
    assert Dossier.objects.get(id=dossier).applicant_name == "Nguyễn Thị Lam"
    refused("correction.not_waiting", lambda: confirm(dossier, correction, other))
    assert propose(dossier, one, at=later(3)) != correction
    assert [row["rejected"] for row in correcting.of(one, dossier)] == [False, True]
    assert [row["dossier_id"] for row in correcting.waiting(other)] == [dossier]


def test_what_a_proposal_refuses(case, world):
    dossier, one, _ = case
    refused("dossier.reason_missing", lambda: propose(dossier, one, reason=" "))
    refused(
        "correction.nothing_changes", lambda: propose(dossier, one, {"subject": "Cấp giấy phép"})
    )
    refused("correction.fact_missing", lambda: propose(dossier, one, {"applicant_name": " "}))
    refused("correction.unknown_fact", lambda: propose(dossier, one, {"due_at": "2030"}))
    refused("dossier.not_visible", lambda: propose(dossier, world.stranger))
    refused("dossier.may_not", lambda: propose(dossier, world.actor(Role.CASHIER)))


def test_a_fact_that_changed_meanwhile_is_not_overwritten(case):
    from motcua.ledger.acts import Event, act
    from motcua.rules.actor import system

    dossier, one, other = case
    correction = propose(dossier, one)
    with act(Event("world.changed", "world"), actor=system("kiểm thử"), at=later(1)) as a:
        Dossier.objects.filter(id=dossier).update(applicant_name="Khác")
        a.about("world", 9, {})
    refused("correction.changed", lambda: confirm(dossier, correction, other))


def test_who_confirms(case, world, account):
    dossier, one, _ = case
    correction = propose(dossier, one)
    for role in (Role.OFFICER, Role.CASHIER, Role.REGISTRY):
        actor = with_account(world.actor(role), account(f"x-{role}"))
        refused("dossier.may_not", lambda actor=actor: confirm(dossier, correction, actor))
    confirm(dossier, correction, with_account(world.actor(Role.HEAD), account("truong")))


# ---- separation of duties --------------------------------------------------------------------------


def prepared(world, dossier, by):
    operations.hand_on(
        dossier_id=dossier,
        item_id=item_of(dossier),
        actor=with_account(world.officer, by),
        at=later(1),
    )


def sign(world, dossier, by):
    operations.conclude(
        dossier_id=dossier, item_id=item_of(dossier), result_name="GP", result_number="1",
        actor=with_account(world.leader, by), at=later(2),
    )  # fmt: skip


def test_who_prepares_does_not_sign(world, account):
    both, other = account("hai-vai"), account("lanh-dao")
    dossier = world.accepted().id
    prepared(world, dossier, both)
    refused("duty.same_person", lambda: sign(world, dossier, both))
    sign(world, dossier, other)


def test_a_province_chooses_what_is_its_to_choose_from_a_day_on(world, account, monkeypatch):
    from datetime import date

    clerk = account("mot-cua")
    dossier = operations.accept(
        intake=world.intake(), actor=with_account(world.clerk, clerk), at=later(0)
    ).id
    prepared(world, dossier, account("chuyen-vien"))
    rules, _ = duties.declared()
    choice = duties.Choice("accept-sign", True, date(2022, 11, 23), "QĐ 1")
    monkeypatch.setattr(duties, "declared", lambda: (rules, (choice,)))
    assert "accept-sign" not in {d.key for d in duties.in_force(date(2022, 11, 22))}
    refused("duty.same_person", lambda: sign(world, dossier, clerk))
    monkeypatch.setattr(duties, "declared", lambda: (rules, ()))
    sign(world, dossier, clerk)


def test_a_hard_duty_is_not_a_provinces_to_choose(monkeypatch, tmp_path):
    file = tmp_path / "duties.toml"
    file.write_text(
        duties.FILE.read_text()
        + '\n[[choice]]\nkey = "prepare-sign"\non = false\nsince = 2022-01-01\ndecision = "QĐ"\n'
    )
    monkeypatch.setattr(duties, "FILE", file)
    with pytest.raises(ValueError, match="prepare-sign"):
        duties.declared.__wrapped__()


def receipts(dossier):
    return list(Slip.objects.filter(dossier_id=dossier, form="receipt").order_by("id"))


def test_a_receipt_that_says_what_was_wrong_is_replaced_by_another(case):
    dossier, one, other = case
    (before,) = receipts(dossier)
    printed = prints.issued(before)
    confirm(dossier, propose(dossier, one), other)
    old, new = receipts(dossier)
    assert new.replaces_id == old.id == before.id
    assert (old.data["applicant"], new.data["applicant"]) == ("Nguyễn Thị Lam", "Nguyễn Thị Lâm")
    assert new.data["copy_name"] == "Thay giấy lập ngày 21/11/2022"
    kept = ("code", "received_at", "due_at", "limit_text", "number", "book_no")
    assert [new.data[name] for name in kept] == [old.data[name] for name in kept]
    assert prints.issued(old) == printed, "the wrong one is still printed as it was"


def test_the_counts_of_papers_on_the_new_receipt_are_the_corrected_ones(case):
    dossier, one, other = case
    paper = Paper.objects.get(dossier_id=dossier, position=1)
    confirm(dossier, propose(dossier, one, {f"paper:{paper.id}": [2, 1]}), other)
    line = receipts(dossier)[-1].data["papers"][0]
    assert (line["name"], line["originals"], line["plain_copies"]) == (paper.name, 2, 1)


def test_a_second_correction_replaces_the_receipt_that_holds_now(case):
    dossier, one, other = case
    confirm(dossier, propose(dossier, one), other)
    confirm(dossier, propose(dossier, one, {"submitter_name": "Trần Văn Nam"}), other)
    first, second, third = receipts(dossier)
    assert (second.replaces_id, third.replaces_id) == (first.id, second.id)
