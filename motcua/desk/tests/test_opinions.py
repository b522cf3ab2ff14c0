"""Consultations through the desk's pages: asking, the list of what is asked, answering with a file."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.desk.tests.conftest import Desk
from motcua.dossiers.models import DeskFile, Opinion
from motcua.dossiers.tests.conftest import later
from motcua.files.tests import samples
from motcua.ledger import sql
from motcua.organisations import queries as organisations
from motcua.rules.actor import Actor, Role

PDF = samples.PDF


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.BLOBS = tmp_path


@pytest.fixture
def dossier(world):
    return world.accepted().id


def asked(desk: Desk) -> Actor:
    """An officer of the agency that is asked."""
    actor = desk.officer(Role.OFFICER, unit=desk.world.other_department)
    return replace(
        actor, sees=replace(actor.sees, consulted=frozenset({desk.world.other_department}))
    )


def ask(desk: Desk, dossier, **said):
    desk.standing(desk.officer(Role.OFFICER), later(1))
    other = organisations.unit(desk.world.other_department).name
    values = {"question": "Đất có thuộc quy hoạch không?", "agency_0": other, "days_0": "2"}
    return desk.act(dossier, "xin-y-kien", **(values | said))


def test_an_agency_is_asked_by_its_name_and_sees_what_it_is_asked(desk, dossier):
    assert ask(desk, dossier).status_code == 302
    mine = desk.get("y-kien/", muc="di").content.decode()
    assert "quy hoạch" in mine
    desk.standing(asked(desk), later(1))
    listed = desk.get("y-kien/").content.decode()
    assert "quy hoạch" in listed
    opened = desk.get(desk.page_of(dossier)).content.decode()
    assert "Trả lời" in opened
    assert "Ở vị trí này ông/bà không phải làm gì" in opened


def test_what_is_wrong_with_a_question_is_said_at_its_field(desk, dossier):
    answer = ask(desk, dossier, agency_0="Cơ quan không có", agency_1="Cơ quan so-b")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Không có cơ quan tên như vậy" in page
    assert "Hãy ghi số ngày làm việc, hoặc ngày trả lời." in page
    assert ask(desk, dossier, agency_0="", question="").status_code == 422
    assert not Opinion.objects.exists()


def test_the_answer_comes_with_its_file_and_the_asker_reads_it(desk, dossier):
    ask(desk, dossier)
    opinion = Opinion.objects.get()
    desk.standing(asked(desk), later(2))
    sent = SimpleUploadedFile("tra-loi.pdf", PDF, "application/pdf")
    path = f"ho-so/{dossier}/y-kien/{opinion.id}/tra-loi/"
    assert desk.get(path).status_code == 200
    said = {"stance": "disagrees", "answer": "Không thuộc quy hoạch.", "sent": sent}
    done = desk.post(path, **said)
    assert done.status_code == 302, done.context["form"].errors
    desk.standing(desk.officer(Role.OFFICER), later(2))
    page = desk.get(desk.page_of(dossier)).content.decode()
    assert "Không thuộc quy hoạch." in page
    file = DeskFile.objects.get()
    given = desk.get(f"ho-so/{dossier}/tep-viec/{file.id}/")
    assert b"".join(given.streaming_content) == PDF
    assert given["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_an_answer_without_words_is_sent_back_and_a_hostile_file_kept_out(desk, dossier):
    ask(desk, dossier)
    opinion = Opinion.objects.get()
    desk.standing(asked(desk), later(2))
    path = f"ho-so/{dossier}/y-kien/{opinion.id}/tra-loi/"
    assert desk.post(path, stance="disagrees", answer="").status_code == 422
    programme = SimpleUploadedFile("van-ban.pdf", b"MZ\x90\x00 run", "application/pdf")
    refused = desk.post(path, stance="agrees", answer="", sent=programme)
    assert refused.status_code == 422
    assert Opinion.objects.get().answered_at is None


def test_a_question_is_taken_back_with_its_reason(desk, dossier):
    ask(desk, dossier)
    opinion = Opinion.objects.get()
    path = f"ho-so/{dossier}/y-kien/{opinion.id}/thoi/"
    form = desk.get(path).context["form"]
    assert desk.post(path, seen=form["seen"].value(), reason="").status_code == 422
    assert desk.post(path, seen=form["seen"].value(), reason="Đã rõ").status_code == 302
    assert "Thôi lấy ý kiến" in desk.get(desk.page_of(dossier)).content.decode()
    desk.standing(asked(desk), later(2))
    assert desk.get(f"ho-so/{dossier}/y-kien/{opinion.id}/tra-loi/").status_code == 404


def test_who_was_only_asked_takes_nothing_back(desk, dossier):
    ask(desk, dossier)
    desk.standing(asked(desk), later(2))
    path = f"ho-so/{dossier}/y-kien/{Opinion.objects.get().id}/thoi/"
    assert desk.get(path).status_code == 404


def test_a_page_of_questions_costs_few_statements(desk, dossier):
    ask(desk, dossier)
    desk.standing(asked(desk), later(2))
    desk.get("y-kien/")
    with sql.counted() as sent:
        desk.get("y-kien/")
    assert len(sent) <= 10
