"""The public page that says whether a result stands: by its code, and by its file."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers import issued
from motcua.dossiers.issued import Issued
from motcua.files import operations, verification
from motcua.files.models import Blob, SignatureEvidence
from motcua.files.tests import samples, signed
from motcua.files.tests.authority import Authority
from motcua.ledger.models import Entry
from motcua.portal import views_verify
from motcua.portal.forms_verify import token_in
from motcua.rules.actor import system
from motcua.rules.casework_issuing import Standing

pytestmark = pytest.mark.django_db
SYSTEM = system("kiểm thử")
AT = datetime(2022, 11, 21, 2, 0, tzinfo=UTC)
TOKEN, NEXT = "A1b2C3d4E5f6G7h8J9k0LmNp", "Zz1x2C3d4E5f6G7h8J9k0LmNp"
SEALED = Issued(
    TOKEN,
    Standing.VALID,
    "Giấy phép xây dựng",
    "Sở Xây dựng",
    "12/GPXD-SXD",
    date(2022, 11, 21),
    "",
)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    made = Authority()
    made.folder = tmp_path_factory.mktemp("chung-thu")
    made.issue(made.folder, "lan", "Nguyễn Thị Lan")
    made.publish(made.folder)
    return made


@pytest.fixture(scope="module")
def paper(authority):
    return signed.sign(signed.blank(), authority.folder, "lan")


@pytest.fixture(autouse=True)
def house(settings, tmp_path, authority, monkeypatch):
    settings.BLOBS = tmp_path / "files"
    settings.TRUST = authority.folder
    views_verify.lookups.forget()
    views_verify.files.forget()
    monkeypatch.setattr(issued, "by_token", lambda _: None)
    monkeypatch.setattr(issued, "by_sha256", lambda _: None)


@pytest.fixture
def known(monkeypatch, paper):
    """The paper is a result of ours; `known(standing)` says how it stands."""

    def stands(standing=Standing.VALID, **said):
        sha256 = hashlib.sha256(paper).hexdigest()
        one = replace(SEALED, sha256=sha256, standing=standing, **said)
        new = replace(SEALED, token=NEXT, number="15/GPXD-SXD")
        monkeypatch.setattr(issued, "by_token", {TOKEN: one, NEXT: new}.get)
        monkeypatch.setattr(issued, "by_sha256", {sha256: one}.get)

    return stands


def sent(content, name="ket-qua.pdf", **more):
    return Client(**more).post("/xac-minh/", {"tep": SimpleUploadedFile(name, content)})


def test_anybody_is_told_what_can_be_asked(client):
    page = client.get("/xac-minh/").content.decode()
    assert "Bằng tệp" in page
    assert "Bằng mã" in page
    assert "không lưu lại" in page


def test_a_code_tells_the_result_and_who_signed_it_when(client, known, paper):
    known()
    operations.keep([paper], "ket-qua.pdf", actor=SYSTEM, at=AT)
    answer = client.get(f"/xac-minh/{TOKEN}/")
    page = answer.content.decode()
    for said in ("Kết quả đang có hiệu lực", "12/GPXD-SXD", "21/11/2022", "Sở Xây dựng",
                 "Nguyễn Thị Lan", "Ký lúc"):  # fmt: skip
        assert said in page
    assert answer["Cache-Control"] == "no-store"


def test_a_code_asks_the_database_little(client, known, paper, django_assert_max_num_queries):
    known()
    operations.keep([paper], "ket-qua.pdf", actor=SYSTEM, at=AT)
    client.get(f"/xac-minh/{TOKEN}/")
    with django_assert_max_num_queries(4):
        client.get(f"/xac-minh/{TOKEN}/")


def test_an_unknown_code_is_said_to_be_unknown(client):
    page = client.get("/xac-minh/khongcomanay123/").content.decode()
    assert "Không tìm thấy kết quả này" in page


def test_a_revoked_result_is_said_to_be_revoked(client, known):
    known(Standing.REVOKED, revoked_on=date(2022, 12, 1))
    page = client.get(f"/xac-minh/{TOKEN}/").content.decode()
    assert "Kết quả đã bị thu hồi" in page
    assert "01/12/2022" in page


def test_a_replaced_result_leads_to_what_stands_in_its_place(client, known):
    known(Standing.REPLACED, revoked_on=date(2022, 12, 1), replaced_by=NEXT)
    page = client.get(f"/xac-minh/{TOKEN}/").content.decode()
    assert "Kết quả đã được thay thế" in page
    assert f"/xac-minh/{NEXT}/" in page
    assert "15/GPXD-SXD" in page


def test_a_code_is_read_however_it_comes(client):
    for typed in (TOKEN, f"  {TOKEN} ", f"https://motcua.example/xac-minh/{TOKEN}/"):
        assert token_in(typed) == TOKEN
        assert client.get("/xac-minh/", {"ma": typed}).url == f"/xac-minh/{TOKEN}/"
    wrong = client.get("/xac-minh/", {"ma": "số 12"})
    assert wrong.status_code == 422
    assert "không đúng dạng" in wrong.content.decode()


def test_the_very_file_is_known_and_nothing_of_it_is_kept(
    known, paper, settings, monkeypatch, tmp_path
):
    known()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tam"))
    Path(tempfile.gettempdir()).mkdir()
    page = sent(paper).content.decode()
    assert "Kết quả đang có hiệu lực" in page
    assert "đúng từng byte" in page
    assert "Nguyễn Thị Lan" in page
    assert not list((tmp_path / "tam").iterdir())
    assert not settings.BLOBS.exists()
    assert not Blob.objects.exists()
    assert not SignatureEvidence.objects.exists()
    assert not Entry.objects.filter(event__startswith="file.").exists()


def test_an_altered_copy_is_altered_and_leads_to_what_it_was_made_of(known, paper):
    known()
    operations.keep([paper], "ket-qua.pdf", actor=SYSTEM, at=AT)
    page = sent(signed.updated(paper)).content.decode()
    assert "Tệp đã bị sửa" in page
    assert "Không dùng tệp này" in page
    assert f"/xac-minh/{TOKEN}/" in page
    assert "Kết quả đang có hiệu lực" not in page
    views_verify.files.forget()
    assert "Tệp đã bị sửa" in sent(signed.bitten(paper)).content.decode()


def test_a_file_of_somebody_else_is_unknown_with_its_signature_told(paper):
    page = sent(paper).content.decode()
    assert "Không tìm thấy kết quả này" in page
    assert "không phải kết quả do hệ thống của tỉnh phát hành" in page
    assert "Nguyễn Thị Lan" in page


def test_a_file_nobody_signed_is_unknown():
    page = sent(samples.PDF).content.decode()
    assert "không có chữ ký số nào đọc được" in page


def test_what_is_no_pdf_or_no_file_is_told_by_the_field():
    for answer, said in (
        (sent(samples.JPEG, "anh.jpg"), "không phải PDF"),
        (sent(b"", "rong.pdf"), "không có nội dung"),
        (Client().post("/xac-minh/"), "Hãy chọn tệp PDF"),
    ):
        assert answer.status_code == 422
        assert said in answer.content.decode()


def test_who_asks_too_often_is_asked_to_wait(client, monkeypatch):
    monkeypatch.setattr(verification, "judge", lambda _: pytest.fail("looked at"))
    for _ in range(views_verify.files.many):
        views_verify.files.allows("127.0.0.1")
    assert sent(samples.PDF).status_code == 429
    for _ in range(views_verify.lookups.many):
        client.get(f"/xac-minh/{TOKEN}/")
    assert client.get(f"/xac-minh/{TOKEN}/").status_code == 429


def test_a_form_from_elsewhere_is_not_looked_at():
    assert Client(enforce_csrf_checks=True).post("/xac-minh/").status_code == 403
