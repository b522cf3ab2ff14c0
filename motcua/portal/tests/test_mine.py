"""A citizen's own dossiers: what he sees, what he answers, and what stays shut to others."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from motcua.dossiers import operations
from motcua.dossiers.attachments import Attached
from motcua.dossiers.models import Attachment, Dossier, Slip, WorkItem
from motcua.dossiers.operations import Contact
from motcua.files import operations as files
from motcua.files.tests import samples
from motcua.portal.tests.conftest import NINE
from motcua.portal.tests.test_file import (
    ABOUT,
    folder,
    here,
    key_in,
    papers,
    ready,
    send,
    text,
    upload,
)
from motcua.rules.actor import Role, system
from motcua.rules.clock_rules import Ground

__all__ = ["ABOUT", "folder", "here", "key_in"]


@pytest.fixture
def filed(lam, here):
    send(lam, here, ready(lam, here))
    return Dossier.objects.get()


@pytest.fixture
def accepted(filed, town):
    operations.accept_submitted(
        dossier_id=filed.id, actor=town.officer(Role.CLERK), at=NINE, contact=Contact()
    )
    filed.refresh_from_db()
    return filed


def ask(town, dossier, *missing):
    operations.request_supplement(
        dossier_id=dossier.id, missing=missing, reason="Bản vẽ thiếu chữ ký",
        actor=town.officer(Role.OFFICER), at=NINE,
    )  # fmt: skip
    dossier.refresh_from_db()


def test_the_list_holds_only_his_own(lam, hung, filed):
    assert filed.submission_code in text(lam.get("/ho-so-cua-toi/"))
    assert "chưa có hồ sơ nào" in text(hung.get("/ho-so-cua-toi/"))


def test_the_list_turns_by_keyset(lam, here, filed, monkeypatch):
    monkeypatch.setattr("motcua.portal.views_mine.PAGE", 1)
    send(lam, here, ready(lam, here))
    first = lam.get("/ho-so-cua-toi/")
    second = lam.get("/ho-so-cua-toi/", {"after": str(first.context["next"])})
    shown = [response.context["rows"][0]["id"] for response in (first, second)]
    assert set(shown) == set(Dossier.objects.values_list("id", flat=True))
    assert lam.get("/ho-so-cua-toi/", {"after": "linh tinh"}).status_code == 400


def test_his_dossier_says_where_it_is_why_it_is_due_and_not_who_works_on_it(lam, accepted):
    page = text(lam.get(f"/ho-so/{accepted.id}/"))
    assert accepted.code in page
    assert "Hồ sơ đang ở" in page
    assert "Sở Xây dựng" in page
    assert "Vì sao hẹn trả ngày 12/12/2022?" in page
    assert "Trần Văn Sơn" not in page
    assert "Thụ lý hồ sơ" not in page


def test_the_timeline_tells_public_changes_not_inner_steps(lam, accepted, town):
    item = WorkItem.objects.get(dossier=accepted, closed_at=None).id
    operations.hand_on(
        dossier_id=accepted.id, item_id=item, actor=town.officer(Role.OFFICER), at=NINE
    )
    response = lam.get(f"/ho-so/{accepted.id}/")
    titles = [event.title for event in response.context["events"]]
    assert titles == ["Đang xử lý", "Được tiếp nhận", "Mới đăng ký"]


def test_a_supplement_is_answered_with_files(lam, accepted, town):
    ask(town, accepted, "Bản vẽ thiết kế", "Giấy chứng nhận")
    page = text(lam.get(f"/ho-so/{accepted.id}/"))
    assert "Cần ông/bà bổ sung giấy tờ" in page
    assert "Bản vẽ thiếu chữ ký" in page
    address = f"/ho-so/{accepted.id}/bo-sung/"
    seen = lam.get(address).context["seen"]
    missing = lam.post(address, {"seen": seen, "giay_0": upload("ve.pdf", samples.PDF)})
    assert "Hãy chọn tệp của giấy tờ này." in text(missing, 422)
    lie = {"giay_0": upload("ve.pdf", samples.png()), "giay_1": upload("b.pdf", samples.PDF)}
    assert "nội dung là ảnh PNG" in text(lam.post(address, {"seen": seen, **lie}), 422)
    both = {"giay_0": upload("ve.pdf", samples.PDF), "giay_1": upload("cn.png", samples.png())}
    assert lam.post(address, {"seen": seen, **both}).status_code == 302
    accepted.refresh_from_db()
    assert accepted.status in (2, 4)
    linked = Attachment.objects.filter(paper__position__gt=1000).order_by("paper__position")
    assert [(a.paper.name, a.name) for a in linked] == [
        ("Bản vẽ thiết kế", "ve.pdf"), ("Giấy chứng nhận", "cn.png"),
    ]  # fmt: skip
    again = {"giay_0": upload("ve.pdf", samples.PDF), "giay_1": upload("cn.png", samples.png())}
    assert lam.post(address, {"seen": seen, **again}).status_code == 422


def test_an_old_page_does_not_answer_a_newer_question(lam, accepted, town):
    ask(town, accepted, "Bản vẽ thiết kế")
    response = lam.post(
        f"/ho-so/{accepted.id}/bo-sung/", {"seen": "1", "giay_0": upload("v.pdf", samples.PDF)}
    )
    assert "đã thay đổi" in text(response, 409)
    assert Attachment.objects.filter(name="v.pdf").count() == 0


def test_money_asked_for_is_told_with_where_to_pay(lam, accepted, town):
    operations.request_payment(
        dossier_id=accepted.id, name="Lệ phí cấp phép", amount=75_000, stops_clock=True,
        reason="theo quy định", actor=town.officer(Role.OFFICER), at=NINE,
    )  # fmt: skip
    page = text(lam.get(f"/ho-so/{accepted.id}/"))
    assert "75.000 đồng" in page
    assert "nộp tại Bộ phận một cửa" in page


def test_a_pause_is_told_with_its_reason_and_its_article(lam, accepted, town):
    operations.pause(
        dossier_id=accepted.id, ground=Ground.STOP, reason="Đơn đề nghị dừng",
        actor=town.officer(Role.CLERK), at=NINE,
    )  # fmt: skip
    page = text(lam.get(f"/ho-so/{accepted.id}/"))
    assert "Dừng theo đề nghị của người nộp" in page
    assert "Đơn đề nghị dừng" in page
    assert "Điều 2 quy định thử" in page


def test_withdrawing_asks_why_and_ends_it(lam, accepted):
    address = f"/ho-so/{accepted.id}/rut/"
    assert "Hãy ghi lý do rút hồ sơ." in text(lam.post(address, {"seen": accepted.version}), 422)
    stale = lam.post(address, {"seen": 1, "reason": "Tôi đổi ý"})
    assert stale.status_code == 409
    assert lam.post(address, {"seen": accepted.version, "reason": "Tôi đổi ý"}).status_code == 302
    accepted.refresh_from_db()
    assert accepted.status == 7
    assert lam.get(address).status_code == 422


def test_the_receipt_is_printed_again_as_pdf(lam, accepted):
    slip = Slip.objects.get(dossier=accepted)
    response = lam.get(f"/ho-so/{accepted.id}/giay/{slip.id}/")
    assert response["Content-Type"] == "application/pdf"
    printed = PdfReader(io.BytesIO(response.content)).pages[0].extract_text()
    assert accepted.code in printed


def test_a_file_comes_with_headers_that_keep_it_a_file(lam, filed):
    held = Attachment.objects.get(name="đơn.pdf")
    response = lam.get(f"/ho-so/{filed.id}/tep/{held.id}/")
    assert b"".join(response.streaming_content) == samples.PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]


PAGES = ("", "bo-sung/", "rut/", "giay/{slip}/", "tep/{file}/")


@pytest.mark.parametrize("page", PAGES)
def test_what_is_anothers_does_not_exist(hung, client, accepted, town, page):
    ask(town, accepted, "Bản vẽ thiết kế")
    slip = Slip.objects.filter(dossier=accepted).first()
    file = Attachment.objects.first()
    address = f"/ho-so/{accepted.id}/" + page.format(slip=slip.id, file=file.id)
    assert "Không tìm thấy hồ sơ này" in text(hung.get(address), 404)
    if "tep" not in page:
        assert client.get(address).status_code == 302
        assert hung.post(address, {"seen": accepted.version, "reason": "phá"}).status_code == 404
    else:
        assert client.get(address).status_code == 404


def test_a_file_of_another_dossier_is_not_reached_through_ones_own(lam, hung, here, filed):
    send(hung, here, ready(hung, here))
    own = Dossier.objects.exclude(id=filed.id).get()
    foreign = Attachment.objects.filter(dossier=filed).first()
    assert hung.get(f"/ho-so/{own.id}/tep/{foreign.id}/").status_code == 404


def test_pages_of_ones_own_cost_few_statements(lam, accepted, statements):
    lam.get(f"/ho-so/{accepted.id}/")
    with statements(18):
        lam.get(f"/ho-so/{accepted.id}/")
    with statements(6):  # the last one counts the unread notices
        lam.get("/ho-so-cua-toi/")


def test_papers_of_a_filing_are_not_a_strangers(hung, lam, here):
    ready(lam, here)
    assert papers(hung, here, sau_0="on", sau_1="on")["Location"] == here


def test_his_own_file_is_looked_at_by_pages_and_nobody_elses(lam, hung, filed):
    held = Attachment.objects.get(name="đơn.pdf")
    base = f"/ho-so/{filed.id}/tep/{held.id}/"
    assert f'src="{base}trang/1/"' in lam.get(f"{base}xem/").content.decode()
    picture = lam.get(f"{base}trang/1/")
    assert b"".join(picture.streaming_content)[8:12] == b"WEBP"
    assert lam.get(f"{base}trang/2/").status_code == 422
    for path in (f"{base}xem/", f"{base}trang/1/"):
        assert hung.get(path).status_code == 404


def test_a_file_without_pages_is_offered_as_a_download(lam, filed, town):
    blob = files.store([samples.xlsx()], "bang.xlsx", actor=system("kiểm thử"), at=NINE)
    (made,) = operations.attach(
        dossier_id=filed.id, files=[Attached(blob, "bang.xlsx")], actor=system("kiểm thử"), at=NINE
    )
    page = text(lam.get(f"/ho-so/{filed.id}/tep/{made}/xem/"))
    assert "không xem được trên trang" in page
    assert "Tải tệp về" in page
