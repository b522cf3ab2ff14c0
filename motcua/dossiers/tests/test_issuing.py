"""A result goes out in stages, by two people; a number once given is never given again."""

import pytest
from django.db import IntegrityError

from motcua.dossiers import issued, issuing, operations
from motcua.dossiers.models import Attachment, Dossier, Issue, ResultDraft, ResultNumber, WorkItem
from motcua.dossiers.tests import issuing as acts
from motcua.dossiers.tests.conftest import later
from motcua.dossiers.tests.test_acts import dossier, refused
from motcua.dossiers.tests.test_walk import item_of
from motcua.ledger.models import Entry
from motcua.rules import casework_issuing
from motcua.rules.actor import Role
from motcua.rules.casework import Status
from motcua.rules.casework_issuing import Standing

__all__ = ["dossier"]


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.BLOBS, settings.PAPERS, settings.PROVINCE = tmp_path, "", "Nghệ An"


@pytest.fixture
def people(world):
    return acts.raise_people(world)


def test_from_the_approved_text_to_the_issued_result(world, people, dossier):
    issue = acts.prepared(people, dossier)
    acts.sign(people, issue)
    item = WorkItem.objects.get(dossier_id=dossier, closed_at=None)
    assert (item.act, item.role) == ("conclude", "registry")
    acts.number(people, issue)
    assert issued.by_token(Issue.objects.get().token) is None
    acts.seal(people, issue)
    acts.conclude(people, issue)
    row = Issue.objects.get()
    assert (row.stage, row.number, str(row.issued_on)) == ("issued", "01/QĐ-SA", "2022-11-22")
    assert Dossier.objects.get(id=dossier).status == Status.DONE
    assert ResultDraft.objects.get().state == "issued"
    file = Attachment.objects.get()
    assert (file.kind, file.name, file.blob_id) == ("result", "01-QĐ-SA.pdf", row.sealed_blob_id)
    found = issued.by_token(row.token)
    assert found == issued.by_sha256(row.sealed_blob.sha256)
    assert (found.standing, found.number, found.title) == (Standing.VALID, "01/QĐ-SA", row.title)
    assert "Lam" not in str(found)


def test_each_stage_follows_the_one_before_it_and_is_done_once(people, dossier):
    issue = acts.prepared(people, dossier)
    refused("issue.under_way", lambda: acts.prepared(people, dossier, Issue.objects.get().draft_id))
    for early in (acts.number, acts.seal, acts.conclude):
        refused("dossier.not_your_step", lambda early=early: early(people, issue))
    acts.sign(people, issue)
    for again in (acts.sign, lambda p, i: acts.sign(p, i, actor=p.registry)):
        with pytest.raises(Exception, match=r"not_your_step|may_not"):
            again(people, issue)
    refused("issue.passed", lambda: acts.seal(people, issue))
    acts.number(people, issue)
    refused("issue.passed", lambda: acts.number(people, issue))
    refused("issue.passed", lambda: acts.conclude(people, issue))
    acts.seal(people, issue)
    refused("issue.passed", lambda: acts.seal(people, issue))
    refused("issue.under_way", lambda: acts.conclude(people, issue, issue_id=None))
    acts.conclude(people, issue)
    refused("dossier.not_your_step", lambda: acts.conclude(people, issue))
    assert ResultNumber.objects.count() == 1


def test_two_different_people_sign_and_seal(world, people, dossier, account):
    issue = acts.prepared(people, dossier)
    other = world.actor(Role.LEADER, account=account("pho-giam-doc"))
    refused("issue.another_signs", lambda: acts.sign(people, issue, actor=other))
    refused("dossier.may_not", lambda: acts.sign(people, issue, actor=people.registry))
    acts.sign(people, issue)
    both = world.actor(Role.REGISTRY, account=people.leader.account_id)
    refused("duty.same_person", lambda: acts.number(people, issue, actor=both))
    refused("dossier.may_not", lambda: acts.number(people, issue, actor=people.leader))
    refused("dossier.not_visible", lambda: acts.number(people, issue, actor=world.stranger))
    acts.number(people, issue)
    assert [row["ready"] for row in issuing.to_seal(people.registry)] == [True]
    assert issuing.to_seal(world.stranger) == []


def test_who_prepared_it_does_not_sign_it(world, people, dossier):
    both = world.actor(Role.OFFICER, account=people.leader.account_id)
    operations.take(dossier_id=dossier, item_id=item_of(dossier), actor=both, at=later(1))
    draft = operations.draft_result(
        dossier_id=dossier, template="quyet-dinh", actor=both, at=later(1)
    )
    of = {"dossier_id": dossier, "draft_id": draft, "version": 1, "at": later(1)}
    operations.submit_draft(**of, actor=both)
    blob = acts.stored("x", people.leader)
    refused(
        "draft.own_work", lambda: operations.approve_draft(**of, blob_id=blob, actor=people.leader)
    )


def test_a_voided_number_is_never_given_again(world, people, dossier):
    issue = acts.prepared(people, dossier)
    acts.sign(people, issue)
    void = {**acts.of(issue), "at": later(1), "reason": "Ghi nhầm ngày"}
    refused("issue.no_number", lambda: operations.void_result_number(**void, actor=people.registry))
    acts.number(people, issue)
    acts.seal(people, issue)
    refused("dossier.may_not", lambda: operations.void_result_number(**void, actor=people.officer))
    operations.void_result_number(**void, actor=people.registry)
    row = Issue.objects.get()
    assert (row.stage, row.number, row.sealed_blob_id) == ("signed", "", None)
    acts.number(people, issue)
    acts.seal(people, issue)
    acts.conclude(people, issue)
    assert Issue.objects.get().number == "02/QĐ-SA"
    second = acts.issued(people, world.accepted().id)
    assert Issue.objects.get(id=second).number == "03/QĐ-SA"
    kept = [(n["number"], n["void_reason"]) for n in issuing.numbers(issue)]
    assert sorted(kept) == [(1, "Ghi nhầm ngày"), (2, "")]
    voided = issuing.book(people.registry, 2022, voided=True)
    assert [row["number"] for row in voided] == [1]
    assert [r["number"] for r in issuing.book(people.registry, 2022, voided=False)] == [3, 2, 1]
    refused("dossier.may_not", lambda: issuing.book(people.officer, 2022, voided=False))


def test_numbers_follow_their_days_and_begin_anew_with_the_year_and_the_symbol(people, world):
    def at(days, **kw):
        issue = acts.prepared(people, world.accepted().id, **kw)
        acts.sign(people, issue)
        acts.number(people, issue, at=later(days))
        return Issue.objects.get(id=issue)

    assert (at(3).number, at(2).number) == ("01/QĐ-SA", "02/QĐ-SA")
    days = list(ResultNumber.objects.order_by("number").values_list("on", flat=True))
    assert days == sorted(days)
    assert at(2, symbol="TB-SA").number == "01/TB-SA"
    assert at(60).number == "01/QĐ-SA"


def test_the_database_itself_refuses_a_number_twice(people, dossier, world):
    issue = acts.prepared(people, dossier)
    acts.sign(people, issue)
    acts.number(people, issue)
    row = ResultNumber.objects.get()
    from motcua.ledger.acts import Event, act
    from motcua.rules.actor import system
    from motcua.rules.identity import new_id

    with pytest.raises(IntegrityError), act(Event("x.y", "x"), actor=system("x"), at=later(1)):
        row.id = new_id()
        row.save(force_insert=True)


def test_a_result_on_its_way_is_stopped_and_written_anew(people, dossier):
    issue = acts.prepared(people, dossier)
    acts.sign(people, issue)
    acts.number(people, issue)
    stop = {**acts.of(issue), "at": later(1), "actor": people.registry}
    refused("dossier.reason_missing", lambda: operations.cancel_issue(**stop, reason=" "))
    operations.cancel_issue(**stop, reason="Sai tên chủ hồ sơ")
    row, draft = Issue.objects.get(), ResultDraft.objects.get()
    assert (row.stage, draft.state, draft.reason) == ("cancelled", "returned", "Sai tên chủ hồ sơ")
    assert ResultNumber.objects.get().void_reason == "Sai tên chủ hồ sơ"
    item = WorkItem.objects.get(dossier_id=dossier, closed_at=None)
    assert item.role == "leader"
    refused("issue.passed", lambda: operations.cancel_issue(**stop, reason="x"))
    operations.conclude(
        dossier_id=dossier, item_id=item.id, result_name="Quyết định giấy", result_number="9/QĐ",
        actor=people.leader, at=later(1),
    )  # fmt: skip


def test_what_takes_the_dossier_away_stops_its_result(world, people):
    first = world.accepted().id
    issue = acts.prepared(people, first)
    acts.sign(people, issue)
    acts.number(people, issue)
    operations.withdraw(dossier_id=first, reason="Rút", actor=world.clerk, at=later(1))
    assert Issue.objects.get(id=issue).stage == "cancelled"
    assert ResultNumber.objects.get().voided_at
    second = world.accepted().id
    issue = acts.prepared(people, second)
    operations.refuse_in_process(
        dossier_id=second, item_id=item_of(second), reason="x", actor=people.leader, at=later(1)
    )
    assert Issue.objects.get(id=issue).stage == "cancelled"
    third = world.accepted().id
    issue = acts.prepared(people, third)
    acts.sign(people, issue)
    operations.transfer(
        dossier_id=third, to=world.other_department, reason="Khác thẩm quyền", article="Điều 1",
        actor=people.leader, at=later(1),
    )  # fmt: skip
    assert Issue.objects.get(id=issue).stage == "cancelled"
    item = WorkItem.objects.get(dossier_id=third, closed_at=None)
    assert (item.role, item.unit_id) == ("leader", world.other_department)


def test_a_result_is_revoked_by_two_people_and_everybody_is_told_at_once(world, people, dossier):
    issue = acts.issued(people, dossier)
    token = Issue.objects.get().token
    named = {**acts.of(issue), "at": later(2), "reason": "Cấp sai đối tượng"}
    refused(
        "dossier.not_visible", lambda: operations.propose_revocation(**named, actor=world.stranger)
    )
    refused(
        "issue.no_such_number",
        lambda: operations.propose_revocation(**named, replacement="9/Q", actor=people.officer),
    )
    refused(
        "issue.revoke_first",
        lambda: operations.reopen(
            dossier_id=dossier, reason="Sai", actor=people.leader, at=later(2)
        ),
    )
    operations.propose_revocation(**named, actor=people.leader)
    refused(
        "revocation.waits_already",
        lambda: operations.propose_revocation(**named, actor=people.officer),
    )
    decide = {"dossier_id": dossier, "revocation_id": acts.waiting(issue), "at": later(2)}
    refused("duty.same_person", lambda: operations.revoke_result(**decide, actor=people.leader))
    other = world.actor(Role.LEADER, account=people.registry.account_id)
    operations.keep_result(**decide, answer="Đúng đối tượng", actor=other)
    refused("revocation.not_waiting", lambda: operations.revoke_result(**decide, actor=other))
    assert issued.by_token(token).standing is Standing.VALID
    operations.propose_revocation(**named, actor=people.officer)
    decide["revocation_id"] = acts.waiting(issue)
    operations.revoke_result(**decide, actor=people.leader)
    found = issued.by_token(token)
    assert (found.standing, str(found.revoked_on)) == (Standing.REVOKED, "2022-11-23")
    assert issuing.one(people.officer, issue)["sealed"] == found.sha256
    refused(
        "issue.result_revoked",
        lambda: operations.hand_over(
            dossier_id=dossier, recipient="Lam", identity="", method="counter", actor=world.clerk,
            at=later(2),
        ),
    )  # fmt: skip


def test_the_new_result_of_a_reopened_dossier_stands_in_the_place_of_the_revoked(people, dossier):
    issue = acts.issued(people, dossier)
    named = {**acts.of(issue), "at": later(2), "reason": "Sai"}
    operations.propose_revocation(**named, actor=people.officer)
    decide = {"dossier_id": dossier, "revocation_id": acts.waiting(issue), "at": later(2)}
    operations.revoke_result(**decide, actor=people.leader)
    operations.reopen(dossier_id=dossier, reason="Sai", actor=people.leader, at=later(2))
    item = WorkItem.objects.get(dossier_id=dossier, closed_at=None)
    assert item.role == "leader"
    first = WorkItem.objects.filter(dossier_id=dossier, act="process").first().node
    back = {"dossier_id": dossier, "item_id": item.id, "to_node": first, "reason": "Làm lại"}
    operations.send_back(**back, actor=people.leader, at=later(2))
    second = acts.prepared(
        people,
        dossier,
        acts.approved(people, dossier, later(2)),
        at=later(2),
    )
    for stage in (acts.sign, acts.number, acts.seal, acts.conclude):
        stage(people, second, at=later(2))
    old, new = Issue.objects.get(id=issue), Issue.objects.get(id=second)
    found = issued.by_token(old.token)
    assert (found.standing, found.replaced_by) == (Standing.REPLACED, new.token)
    assert issued.by_token(new.token).standing is Standing.VALID


def test_a_result_of_another_dossier_stands_in_its_place(world, people, dossier):
    old = acts.issued(people, dossier)
    new = acts.issued(people, world.accepted().id)
    named = {**acts.of(old), "at": later(2), "reason": "Đính chính"}
    numbers = {i.id: i.number for i in Issue.objects.all()}
    refused(
        "issue.replaces_itself",
        lambda: operations.propose_revocation(
            **named, replacement=numbers[old], actor=people.officer
        ),
    )
    operations.propose_revocation(**named, replacement=numbers[new], actor=people.officer)
    operations.revoke_result(
        dossier_id=dossier, revocation_id=acts.waiting(old), actor=people.leader, at=later(2)
    )
    found = issued.by_token(Issue.objects.get(id=old).token)
    assert found.replaced_by == Issue.objects.get(id=new).token


def test_the_record_holds_digests_and_no_names(people, dossier):
    acts.issued(people, dossier)
    said = str(list(Entry.objects.filter(event__startswith="dossier.issue").values("fields")))
    assert "Lam" not in said and "Công chức" not in said


@pytest.mark.parametrize(
    ("declared", "agency", "written"),
    [
        ("......./QĐ-.......", "Sở Xây dựng", "QĐ-SXD"),
        ("......./TB-.......", "Sở Tài nguyên và Môi trường", "TB-STNMT"),
        ("......./QĐ-.......", "UBND phường Hưng Dũng", "QĐ-UBND"),
        ("......./QĐ-.......", "Ủy ban nhân dân tỉnh Nghệ An", "QĐ-UBND"),
        ("......./GPXD-SXD", "Sở Xây dựng", "GPXD-SXD"),
        ("", "Sở Xây dựng", "SXD"),
    ],
)
def test_a_symbol_is_the_kind_and_the_letters_of_the_agency(declared, agency, written):
    assert casework_issuing.symbol(declared, agency) == written
    assert casework_issuing.number_text(7, written) == f"07/{written}"
