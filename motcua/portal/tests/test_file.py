"""Filing from home: three steps, files, a last look, one dossier."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from motcua.dossiers.models import Attachment, Dossier, Paper
from motcua.files.models import Blob
from motcua.files.tests import samples
from motcua.ledger import verify
from motcua.ledger.models import Entry
from motcua.look import shared_computer, uploads
from motcua.people.models import Person

ABOUT = {
    "subject": "Nhà ở phố Huế",
    "phone": "0912 345 678",
    "email": "lam@vidu.vn",
    "address": "Vinh",
}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.BLOBS = tmp_path / "files"
    return settings.BLOBS


@pytest.fixture
def here(town):
    return f"/nop-ho-so/{town.permit}/{town.department}/"


def upload(name, content):
    return SimpleUploadedFile(name, content, "application/octet-stream")


def papers(client, here, todo="tiep", **given):
    return client.post(f"{here}giay-to/", {"viec": todo, **given})


def key_in(response):
    return re.search(r'name="key" value="(\w+)"', response.content.decode())[1]


def ready(client, here):
    """A filing up to the last look; returns its key."""
    client.post(here, ABOUT)
    papers(
        client,
        here,
        giay_0=[upload("đơn.pdf", samples.PDF), upload("a.png", samples.png())],
        sau_1="on",
    )
    return key_in(client.get(f"{here}xem-lai/"))


def send(client, here, key):
    return client.post(f"{here}xem-lai/", {"key": key, "truthful": "on"})


def text(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def test_an_unknown_visitor_is_led_to_sign_in_and_back(client, here):
    response = client.get(here)
    assert response.status_code == 302
    assert here in response["Location"]


def test_a_filing_becomes_a_dossier_with_its_papers_and_files(lam, here):
    assert "Nguyễn Thị Lam" in text(lam.get(here))
    assert lam.post(here, ABOUT)["Location"].endswith("/giay-to/")
    both = [upload("đơn.pdf", samples.PDF), upload("a.png", samples.png())]
    response = papers(lam, here, giay_0=both, sau_1="on")
    assert response["Location"].endswith("/xem-lai/")
    page = lam.get(f"{here}xem-lai/")
    assert all(said in text(page) for said in ("đơn.pdf", "Nộp bản giấy", "phố Huế", "lam@vidu.vn"))
    response = send(lam, here, key_in(page))

    dossier = Dossier.objects.get()
    assert response["Location"] == f"/ho-so/{dossier.id}/?vua_nop=1"
    assert (dossier.status, dossier.subject) == (1, "Nhà ở phố Huế")
    held = dict(Paper.objects.values_list("name", "held"))
    assert held == {"Đơn đề nghị cấp giấy phép": True, "Bản vẽ thiết kế": False}
    names = Attachment.objects.filter(paper__name__startswith="Đơn").values_list("name", flat=True)
    assert sorted(names) == ["a.png", "đơn.pdf"]
    assert Person.objects.get().email == "lam@vidu.vn"
    events = list(Entry.objects.filter(subject_kind="dossier").values_list("event", flat=True))
    assert sorted(events) == ["dossier.file_attached", "dossier.submitted"]
    assert list(verify.breaks()) == []
    page = text(lam.get(response["Location"]))
    assert dossier.submission_code in page
    assert "Đã nộp hồ sơ" in page


def test_sending_twice_makes_one_dossier(lam, here):
    key = ready(lam, here)
    first = send(lam, here, key)
    again = send(lam, here, key)
    assert again["Location"] == first["Location"].removesuffix("?vua_nop=1")
    assert Dossier.objects.count() == 1


def test_two_tabs_with_one_key_make_one_dossier(lam, here):
    key = ready(lam, here)
    session = dict(lam.session.items())
    first = send(lam, here, key)
    store = lam.session
    store.update(session)
    store.pop("da-nop", None)
    store.save()
    assert send(lam, here, key)["Location"] == first["Location"]
    assert Dossier.objects.count() == 1


def test_nothing_is_sent_without_the_last_word(lam, here):
    key = ready(lam, here)
    page = text(lam.post(f"{here}xem-lai/", {"key": key}), 422)
    assert "Hãy đánh dấu vào ô cam đoan" in page
    assert not Dossier.objects.exists()
    assert not Blob.objects.exists()


def test_steps_cannot_be_jumped(lam, here):
    assert lam.get(f"{here}giay-to/")["Location"] == here
    assert lam.get(f"{here}xem-lai/")["Location"] == here
    lam.post(here, ABOUT)
    assert lam.get(f"{here}xem-lai/")["Location"].endswith("/giay-to/")


def test_a_paper_without_a_file_is_named(lam, here):
    lam.post(here, ABOUT)
    page = text(papers(lam, here, sau_1="on"), 422)
    assert "Hãy chọn tệp, hoặc đánh dấu nộp bản giấy." in page
    assert "Đơn đề nghị cấp giấy phép" in page


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("rong.pdf", b"", "không có nội dung"),
        ("anh.pdf", samples.png(), "nội dung là ảnh PNG"),
        ("trang.pdf", samples.HTML, "nội dung là trang web"),
        ("chay.exe", samples.EXE, "chương trình chạy được"),
        ("macro.docx", samples.docx("word/vbaProject.bin"), "macro"),
        ("cut.pdf", samples.PDF[:20], "bị hỏng"),
        ("ghi.txt", b"xin chao", "chưa nhận loại tệp"),
    ],
)
def test_a_bad_file_is_refused_beside_its_paper_and_the_good_one_stays(
    lam, here, name, content, said
):
    lam.post(here, ABOUT)
    response = papers(
        lam, here, giay_0=upload("đơn.pdf", samples.PDF), giay_1=upload(name, content)
    )
    page = text(response, 422)
    assert said in page
    assert name in page
    assert "đơn.pdf" in page
    assert not Blob.objects.exists()


def test_a_file_taken_out_is_not_sent(lam, here):
    lam.post(here, ABOUT)
    papers(lam, here, "luu", giay_0=[upload("a.pdf", samples.PDF), upload("b.png", samples.png())])
    papers(lam, here, "bo-0-0", sau_1="on")
    page = text(lam.get(f"{here}giay-to/"))
    assert "b.png" in page
    assert "a.pdf" not in page


@pytest.mark.parametrize("todo", ["bo-9-9", "bo-x-y", "bo", "", "xoa-het"])
def test_nonsense_buttons_change_nothing(lam, here, todo):
    lam.post(here, ABOUT)
    papers(lam, here, "luu", giay_0=upload("a.pdf", samples.PDF))
    assert papers(lam, here, todo).status_code == 302
    assert "a.pdf" in text(lam.get(f"{here}giay-to/"))


def test_two_hundred_megabytes_are_refused_unread(lam, here, monkeypatch):
    monkeypatch.setattr(uploads, "_drain", lambda request, most: None)
    lam.post(here, ABOUT)
    response = lam.generic(
        "POST",
        f"{here}giay-to/",
        b"--x\r\n",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(200 * 1024 * 1024),
    )
    page = text(response, 413)
    assert "lớn hơn 50 MB" in page
    assert "Hãy quay lại trang trước" in page


def test_too_many_bytes_are_stopped_while_they_come(lam, here, settings, folder):
    settings.UPLOAD_LIMIT = 200_000
    lam.post(here, ABOUT)
    large = samples.PDF + b"x" * 300_000
    assert "Tệp quá lớn" in text(papers(lam, here, giay_0=upload("to.pdf", large)), 413)
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_a_form_without_its_token_is_refused_before_anything(lam, here, town):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = lam.cookies
    response = strict.post(
        f"{here}giay-to/", {"viec": "tiep", "giay_0": upload("a.pdf", samples.PDF)}
    )
    assert response.status_code == 403


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"phone": ""}, "Hãy ghi số điện thoại"),
        ({"phone": "12"}, "điện thoại"),
        ({"email": "lam@"}, "thư điện tử chưa đúng"),
        ({"subject": "x" * 501}, "500"),
    ],
)
def test_what_is_wrong_about_the_matter_is_named(lam, here, changed, said):
    assert said in text(lam.post(here, ABOUT | changed), 422)


def test_where_it_cannot_be_filed_is_said(lam, town):
    unknown = lam.get(f"/nop-ho-so/999999/{town.department}/")
    assert "Không tìm thấy thủ tục" in text(unknown, 404)
    other = lam.get(f"/nop-ho-so/{town.permit}/{town.other}/")
    assert "không tiếp nhận thủ tục này" in text(other, 422)
    counter = lam.get(f"/nop-ho-so/{town.counter_only}/{town.department}/")
    assert "không nhận qua hình thức đã chọn" in text(counter, 422)


def test_an_expired_procedure_is_not_filed(lam, here, settings):
    settings.EXAMPLE_TODAY = settings.EXAMPLE_TODAY.replace(year=2021)
    assert "không có hiệu lực" in text(lam.get(here), 404)


def test_choosing_an_agency_leads_to_its_form(client, town):
    response = client.get("/nop-ho-so/", {"thu_tuc": town.permit, "co_quan": town.department})
    assert response["Location"] == f"/nop-ho-so/{town.permit}/{town.department}/"
    assert client.get("/nop-ho-so/", {"thu_tuc": "x"})["Location"].startswith("/thu-tuc/")


def test_what_is_filed_at_the_desks_computer_is_marked(lam, here, town):
    made = HttpResponse()
    shared_computer.mark(made, town.department)
    lam.cookies[shared_computer.NAME] = made.cookies[shared_computer.NAME].value
    send(lam, here, ready(lam, here))
    assert Dossier.objects.get().assisted == "desk"


def test_a_mark_that_is_not_ours_marks_nothing(lam, here):
    lam.cookies[shared_computer.NAME] = "7:false:signature"
    send(lam, here, ready(lam, here))
    assert Dossier.objects.get().assisted == ""


@pytest.fixture
def after_july_2025(settings):
    settings.EXAMPLE_TODAY = datetime(2025, 7, 1, 1, 0, tzinfo=UTC)


def test_when_the_door_is_closed_one_is_told_where_to_file(lam, here, town, after_july_2025):
    for path in (here, f"/nop-ho-so/?thu_tuc={town.permit}&co_quan={town.department}"):
        page = text(lam.get(path), 410)
        assert "https://dichvucong.gov.vn" in page and "01/07/2025" in page
    page = text(lam.get(f"/thu-tuc/{town.permit}/"))
    assert "Nộp trực tuyến tại Cổng Dịch vụ công quốc gia" in page
    assert f'href="{here}"' not in page
