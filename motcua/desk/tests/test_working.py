"""Notes and minutes of inspections through the desk's pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers.models import DeskFile, Inspection, Note
from motcua.dossiers.tests.conftest import later
from motcua.files.tests import samples
from motcua.rules.actor import Role


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.BLOBS = tmp_path


@pytest.fixture
def dossier(world):
    return world.accepted().id


def test_a_note_is_read_on_the_dossiers_page_and_struck_out(desk, dossier):
    desk.standing(desk.officer(Role.OFFICER), later(1))
    assert desk.post(f"ho-so/{dossier}/ghi-chu/", text="").status_code == 422
    assert desk.post(f"ho-so/{dossier}/ghi-chu/", text="Đã gọi điện.").status_code == 302
    note = Note.objects.get()
    desk.standing(desk.officer(Role.CLERK), later(1))
    shown = desk.get(desk.page_of(dossier)).content.decode()
    assert "Đã gọi điện." in shown
    assert f"ghi-chu/{note.id}/gach" not in shown
    desk.standing(desk.officer(Role.OFFICER), later(1))
    path = f"ho-so/{dossier}/ghi-chu/{note.id}/gach/"
    assert desk.get(path).status_code == 200
    assert desk.post(path, reason="").status_code == 422
    assert desk.post(path, reason="Nhầm hồ sơ").status_code == 302
    assert "<s>Đã gọi điện.</s>" in desk.get(desk.page_of(dossier)).content.decode()


def test_a_stranger_neither_reads_nor_writes_notes(desk, dossier):
    desk.standing(desk.officer(Role.OFFICER, unit=desk.world.other_department), later(1))
    assert desk.post(f"ho-so/{dossier}/ghi-chu/", text="x").status_code == 404


VISIT = {
    "place": "thửa đất số 12", "begun_at": "09:00 21/11/2022", "findings": "Đã xây tầng 1.",
    "members": "Phạm Văn Sơn, chuyên viên\nNguyễn Thị Lam", "conclusion": "Đúng hồ sơ.",
}  # fmt: skip


def test_the_minutes_are_recorded_with_pictures_and_printed(desk, dossier):
    desk.standing(desk.officer(Role.OFFICER), later(1))
    path = f"ho-so/{dossier}/kiem-tra/"
    assert desk.get(path).status_code == 200
    picture = SimpleUploadedFile("anh.pdf", samples.PDF)
    assert desk.post(path, **VISIT, sent=picture).status_code == 302
    row = Inspection.objects.get()
    assert row.members == [
        {"name": "Phạm Văn Sơn", "part": "chuyên viên"},
        {"name": "Nguyễn Thị Lam", "part": ""},
    ]
    shown = desk.get(desk.page_of(dossier)).content.decode()
    assert "Biên bản số 1" in shown
    file = DeskFile.objects.get()
    assert b"".join(desk.get(f"ho-so/{dossier}/tep-viec/{file.id}/").streaming_content)
    pdf = desk.get(f"{path}{row.id}/bien-ban/")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")


def test_minutes_of_tomorrow_or_without_words_are_sent_back(desk, dossier):
    desk.standing(desk.officer(Role.OFFICER), later(1))
    path = f"ho-so/{dossier}/kiem-tra/"
    for wrong in ({"begun_at": "09:00 21/11/2032"}, {"members": " "}, {"findings": ""}):
        answer = desk.post(path, **(VISIT | wrong))
        assert answer.status_code == 422, wrong
    assert not Inspection.objects.exists()
    desk.standing(desk.officer(Role.CLERK), later(1))
    assert desk.get(path).status_code == 403
