"""A result is drafted from a declared text, saved as versions, submitted, returned, approved and used."""

import pytest

from motcua.dossiers import attachments, drafting, operations, queries
from motcua.dossiers.models import Attachment, DraftVersion, ResultDraft
from motcua.dossiers.tests.conftest import later
from motcua.dossiers.tests.test_acts import dossier, refused
from motcua.dossiers.tests.test_walk import item_of
from motcua.files import operations as files
from motcua.files import shelves
from motcua.journeys import results
from motcua.ledger.models import Entry
from motcua.rules.actor import Role
from motcua.rules.marks import BLANK
from motcua.rules.refusal import Refusal

__all__ = ["dossier"]


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.BLOBS, settings.PAPERS, settings.PROVINCE = tmp_path, "", "Nghệ An"


@pytest.fixture
def officer(world, account):
    return world.actor(Role.OFFICER, account=account("chuyen-vien"))


@pytest.fixture
def leader(world, account):
    return world.actor(Role.LEADER, account=account("lanh-dao"))


def begin(dossier, officer, **kw):
    values = {"template": "quyet-dinh", "actor": officer, "at": later(1)}
    return operations.draft_result(dossier_id=dossier, **(values | kw))


def save(dossier, draft, officer, text="Nội dung mới", based_on=1, **kw):
    values = {"actor": officer, "at": later(1), "based_on": based_on}
    operations.save_draft(
        dossier_id=dossier, draft_id=draft, new=drafting.written(text), **(values | kw)
    )


def submit(dossier, draft, officer, version=1, **kw):
    values = {"actor": officer, "at": later(1), "version": version}
    operations.submit_draft(dossier_id=dossier, draft_id=draft, **(values | kw))


def give_back(dossier, draft, leader, version=1, **kw):
    values = {"actor": leader, "at": later(2), "version": version, "reason": "Sửa căn cứ"}
    operations.return_draft(dossier_id=dossier, draft_id=draft, **(values | kw))


def approve(dossier, draft, leader, version=1, **kw):
    values = {"actor": leader, "at": later(2), "version": version}
    results.approve(dossier_id=dossier, draft_id=draft, **(values | kw))


def test_the_fields_are_filled_from_the_dossier(world, dossier, officer):
    draft = begin(dossier, officer)
    text = DraftVersion.objects.get(draft_id=draft).text
    assert queries.detail(officer, dossier).dossier["code"] in text
    assert "Nguyễn Thị Lam" in text
    assert "21/11/2022" in text
    assert BLANK in text  # the address, which nobody knows
    assert "{{" not in text


def test_each_save_is_a_version_and_what_was_written_over_an_older_one_is_refused(dossier, officer):
    draft = begin(dossier, officer)
    save(dossier, draft, officer)
    refused("draft.stale", lambda: save(dossier, draft, officer, "Của người khác"))
    refused("draft.unchanged", lambda: save(dossier, draft, officer, based_on=2))
    assert ResultDraft.objects.get().version == 2
    said = Entry.objects.get(event="dossier.draft_saved").fields
    assert said["draft_version"] == 2
    assert "Nội dung" not in str(said)


def test_from_the_officer_to_the_leader_and_back_and_approved_and_concluded_with(
    world, dossier, officer, leader
):
    draft = begin(dossier, officer)
    submit(dossier, draft, officer)
    refused("draft.not_editable", lambda: save(dossier, draft, officer))
    give_back(dossier, draft, leader)
    assert ResultDraft.objects.get().reason == "Sửa căn cứ"
    save(dossier, draft, officer)
    submit(dossier, draft, officer, version=2)
    refused("draft.stale", lambda: approve(dossier, draft, leader, version=1))
    approve(dossier, draft, leader, version=2)
    row = ResultDraft.objects.get()
    version = DraftVersion.objects.get(number=2)
    assert (row.state, row.sha256) == ("approved", version.sha256)
    assert Entry.objects.get(event="dossier.draft_approved").fields["sha256"] == version.sha256
    operations.hand_on(dossier_id=dossier, item_id=item_of(dossier), actor=officer, at=later(2))
    operations.conclude(
        dossier_id=dossier, item_id=item_of(dossier), result_name="Quyết định", result_number="",
        draft_id=draft, actor=leader, at=later(2),
    )  # fmt: skip
    result = Attachment.objects.get()
    assert (result.kind, result.blob_id) == ("result", row.blob_id)
    held = attachments.one(officer, dossier, result.id)
    assert shelves.read(held.sha256).read().startswith(b"%PDF")
    assert Entry.objects.get(event="dossier.concluded").fields["sha256"] == version.sha256


def test_the_approved_file_bears_the_leaders_name_and_no_mark_of_a_draft(dossier, officer, leader):
    draft = begin(dossier, officer)
    submit(dossier, draft, officer)
    found = drafting.one(leader, dossier, draft)
    final = drafting.document(found, 1, final=(leader.title, leader.name))
    assert not final.draft
    assert final.signatures[0].name == leader.name
    assert drafting.document(found, 1).draft


def test_a_file_is_not_approved_for_a_version_that_was_not_read(dossier, officer, leader):
    draft = begin(dossier, officer)
    submit(dossier, draft, officer)
    kept = shelves.keep([drafting.pdf(drafting.one(officer, dossier, draft), 1)], "a.pdf")
    blob = files.store_kept([kept], actor=leader, at=later(2))[kept.sha256]
    named = {"dossier_id": dossier, "draft_id": draft, "blob_id": blob, "at": later(2)}
    refused("draft.stale", lambda: operations.approve_draft(version=2, actor=leader, **named))
    refused("dossier.may_not", lambda: operations.approve_draft(version=1, actor=officer, **named))
    assert ResultDraft.objects.get().state == "submitted"
    operations.approve_draft(version=1, actor=leader, **named)
    assert ResultDraft.objects.get().blob_id == blob


def test_who_wrote_it_does_not_approve_it(world, dossier, leader, account):
    """NĐ 61/2018 Đ19: who prepares does not decide."""
    both = world.actor(Role.OFFICER, account=leader.account_id)
    draft = begin(dossier, both)
    submit(dossier, draft, both)
    refused("draft.own_work", lambda: approve(dossier, draft, leader))
    approve(dossier, draft, world.actor(Role.LEADER, account=account("pho-giam-doc")))


def test_what_is_refused_to_whom(world, dossier, officer, leader):
    refused("draft.no_template", lambda: begin(dossier, officer, template="khong-co"))
    for actor in (world.leader, world.clerk):
        refused("dossier.not_your_step", lambda actor=actor: begin(dossier, actor))
    refused("dossier.not_visible", lambda: begin(dossier, world.stranger))
    draft = begin(dossier, officer)
    refused("draft.not_submitted", lambda: approve(dossier, draft, leader))
    refused("draft.not_submitted", lambda: give_back(dossier, draft, leader))
    submit(dossier, draft, officer)
    for actor in (officer, world.clerk, world.actor(Role.HEAD)):
        refused("dossier.may_not", lambda actor=actor: approve(dossier, draft, actor))
        refused("dossier.may_not", lambda actor=actor: give_back(dossier, draft, actor))
    refused("dossier.not_visible", lambda: approve(dossier, draft, world.stranger))
    refused("dossier.reason_missing", lambda: give_back(dossier, draft, leader, reason=" "))


def test_only_an_approved_draft_is_a_result(world, dossier, officer, leader):
    draft = begin(dossier, officer)
    operations.hand_on(dossier_id=dossier, item_id=item_of(dossier), actor=officer, at=later(2))
    refused(
        "draft.not_approved",
        lambda: operations.conclude(
            dossier_id=dossier, item_id=item_of(dossier), result_name="QĐ", result_number="",
            draft_id=draft, actor=leader, at=later(2),
        ),
    )  # fmt: skip


def test_a_word_file_without_its_pdf_is_kept_but_not_submitted(
    dossier, officer, settings, monkeypatch
):
    draft = begin(dossier, officer)
    settings.SOFFICE = ""
    monkeypatch.setattr("motcua.files.office.shutil.which", lambda name: None)
    upload(dossier, draft, officer)
    assert DraftVersion.objects.get(number=2).written == "docx"
    refused("draft.no_pdf", lambda: submit(dossier, draft, officer, version=2))


def test_a_word_file_is_approved_as_the_pdf_made_of_it(dossier, officer, leader, monkeypatch):
    from motcua.files import documents

    draft = begin(dossier, officer)
    made = documents.pdf(
        drafting.document(drafting.one(officer, dossier, draft), 1), later(1).date()
    )
    monkeypatch.setattr("motcua.files.office.pdf_of", lambda path, name: made)
    upload(dossier, draft, officer)
    submit(dossier, draft, officer, version=2)
    approve(dossier, draft, leader, version=2)
    assert ResultDraft.objects.get().blob_id == DraftVersion.objects.get(number=2).pdf_id


def test_what_is_no_word_file_is_refused(dossier, officer):
    draft = begin(dossier, officer)
    kept = shelves.keep([drafting.pdf(drafting.one(officer, dossier, draft), 1)], "a.pdf")
    with pytest.raises(Refusal) as said:
        results.upload(
            dossier_id=dossier, draft_id=draft, kept=kept, based_on=1, actor=officer, at=later(1)
        )
    assert said.value.code == "file.not_word"


def upload(dossier, draft, officer):
    from motcua.files import documents

    word = documents.word(drafting.document(drafting.one(officer, dossier, draft), 1))
    kept = shelves.keep([word], "du-thao.docx")
    files.store_kept([kept], actor=officer, at=later(1))
    results.upload(
        dossier_id=dossier, draft_id=draft, kept=kept, based_on=1, actor=officer, at=later(1)
    )


def test_neither_the_applicant_nor_a_stranger_sees_a_draft(world, dossier, officer):
    draft = begin(dossier, officer)
    refused("dossier.not_visible", lambda: drafting.one(world.stranger, dossier, draft))
    from motcua.rules.actor import Actor, Scope

    citizen = Actor(
        account_id=None, kind="citizen", name="Cá nhân", sees=Scope(person_id=world.citizen)
    )
    assert drafting.of_dossier(citizen, dossier) == []
    refused("dossier.not_visible", lambda: drafting.one(citizen, dossier, draft))
    told = [row["event"] for row in queries.detail(citizen, dossier).timeline]
    assert "dossier.draft_begun" not in told
    assert "dossier.draft_begun" in [
        row["event"] for row in queries.detail(officer, dossier).timeline
    ]


def test_a_text_of_the_province_takes_the_place_of_ours(
    world, dossier, officer, settings, tmp_path
):
    folder = tmp_path / "mau" / "ket-qua"
    folder.mkdir(parents=True)
    (folder / "a.toml").write_text(
        'key = "quyet-dinh"\nname = "Mẫu tỉnh"\nkind = "QUYẾT ĐỊNH"\nsince = 2022-01-01\n'
        'body = "Cấp cho {{chu_ho_so}}."\n'
    )
    settings.PAPERS = str(tmp_path / "mau")
    draft = begin(dossier, officer)
    assert DraftVersion.objects.get(draft_id=draft).text == "Cấp cho Nguyễn Thị Lam."
