"""Drafts of results through the desk's pages: from the text to the approved file of the result."""

import io

import docx
import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers.models import Attachment, DraftVersion, ResultDraft
from motcua.dossiers.tests.conftest import later
from motcua.ledger import sql
from motcua.rules.actor import Role


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.BLOBS, settings.PAPERS, settings.SOFFICE = tmp_path, "", ""


@pytest.fixture
def dossier(world):
    return world.accepted().id


def begin(desk, dossier):
    desk.standing(desk.officer(Role.OFFICER), later(1))
    assert desk.get(f"ho-so/{dossier}/du-thao/").status_code == 200
    made = desk.post(f"ho-so/{dossier}/du-thao/", template="quyet-dinh")
    assert made.status_code == 302
    return ResultDraft.objects.get()


def do(desk, draft, what, **said):
    return desk.post(f"ho-so/{draft.dossier_id}/du-thao/{draft.id}/{what}/", **said)


def page(desk, draft, **query):
    return desk.get(f"ho-so/{draft.dossier_id}/du-thao/{draft.id}/", **query)


def test_a_draft_is_written_submitted_approved_and_given_with_the_result(desk, dossier):
    draft = begin(desk, dossier)
    text = page(desk, draft).context["write"]["text"].value()
    assert "Nguyễn Thị Lam" in text
    assert (
        do(desk, draft, "luu", based_on=1, text=text.replace("Điều 2", "Điều hai")).status_code
        == 302
    )
    compared = page(desk, draft, so="2").content.decode()
    assert "mc-diff__in" in compared
    assert do(desk, draft, "trinh", version=2).status_code == 302
    waiting = page(desk, draft).content.decode()
    assert "Lưu phiên bản mới" not in waiting
    desk.standing(desk.officer(Role.LEADER), later(2))
    assert "Duyệt phiên bản này" in page(desk, draft).content.decode()
    assert do(desk, draft, "tra-lai", version=2, reason="").status_code == 422
    assert do(desk, draft, "duyet", version=2).status_code == 302
    pdf = desk.get(f"ho-so/{dossier}/du-thao/{draft.id}/2/pdf/")
    words = pypdf.PdfReader(io.BytesIO(b"".join(pdf.streaming_content))).pages[0].extract_text()
    assert "DỰ THẢO" not in words
    desk.standing(desk.officer(Role.OFFICER), later(2))
    assert desk.act(dossier, "chuyen").status_code == 302
    desk.standing(desk.officer(Role.LEADER), later(2))
    assert desk.act(dossier, "ghi-ket-qua", result_name="Quyết định").status_code == 302
    assert Attachment.objects.get().kind == "result"
    assert ResultDraft.objects.get().state == "issued"


def test_a_page_grown_old_does_not_write_over_another_hand(desk, dossier):
    draft = begin(desk, dossier)
    do(desk, draft, "luu", based_on=1, text="Của người thứ nhất")
    late = do(desk, draft, "luu", based_on=1, text="Của người thứ hai")
    assert late.status_code == 409
    body = late.content.decode()
    assert "Dự thảo đã có phiên bản 2" in body
    assert "Của người thứ hai" in body  # what was written is not lost


def test_it_is_edited_in_word_and_comes_back(desk, dossier, monkeypatch):
    draft = begin(desk, dossier)
    word = b"".join(desk.get(f"ho-so/{dossier}/du-thao/{draft.id}/1/word/").streaming_content)
    assert docx.Document(io.BytesIO(word)).paragraphs
    monkeypatch.setattr("motcua.files.office.shutil.which", lambda name: None)
    sent = SimpleUploadedFile("sua.docx", word)
    assert do(desk, draft, "word", based_on=1, word=sent).status_code == 302
    told = page(desk, draft).content.decode()
    assert "chưa cài LibreOffice" in told
    refused = do(desk, draft, "trinh", version=2)
    assert refused.status_code == 422
    assert "chưa chuyển được sang PDF" in refused.content.decode()
    assert DraftVersion.objects.get(number=2).written == "docx"


def test_what_is_not_a_word_file_or_hides_something_is_refused(desk, dossier):
    draft = begin(desk, dossier)
    for name, content in (
        ("a.docx", b"MZ\x90\x00"),
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.pdf", b"%PDF-1.4"),
    ):
        sent = SimpleUploadedFile(name, content)
        assert do(desk, draft, "word", based_on=1, word=sent).status_code == 422
    assert DraftVersion.objects.count() == 1


def test_who_does_not_work_on_it_begins_nothing_and_who_does_not_sign_decides_nothing(
    desk, dossier
):
    draft = begin(desk, dossier)
    do(desk, draft, "trinh", version=1)
    assert do(desk, draft, "duyet", version=1).status_code == 403
    desk.standing(desk.officer(Role.CLERK), later(1))
    assert desk.get(f"ho-so/{dossier}/du-thao/").status_code == 403
    assert do(desk, draft, "khac").status_code == 404
    stranger = desk.officer(Role.OFFICER, unit=desk.world.other_department)
    desk.standing(stranger, later(1))
    assert page(desk, draft).status_code == 404
    assert desk.get(f"ho-so/{dossier}/du-thao/{draft.id}/1/pdf/").status_code == 404
    assert desk.get(f"ho-so/{dossier}/du-thao/{draft.id}/1/word/").status_code == 404


def test_the_page_of_a_draft_costs_few_statements(desk, dossier):
    draft = begin(desk, dossier)
    for n in range(5):
        do(desk, draft, "luu", based_on=n + 1, text=f"Lần {n}")
    page(desk, draft)
    with sql.counted() as sent:
        page(desk, draft)
    assert len(sent) <= 24
