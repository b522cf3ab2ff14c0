"""Papers on the desk's pages: looked at, scanned, photographed by a phone, made into copies."""

from __future__ import annotations

import io
import re

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from motcua.dossiers import operations, scan_folder, scans
from motcua.dossiers.attachments import Attached
from motcua.dossiers.models import Attachment, Capture, Slip
from motcua.dossiers.tests.conftest import NINE, later
from motcua.files import operations as files
from motcua.files.models import Quarantined
from motcua.files.tests import samples
from motcua.files.workshop import EICAR
from motcua.ledger import sql
from motcua.organisations import queries as organisations
from motcua.rules.actor import Role, system

SYSTEM = system("kiểm thử")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.BLOBS = tmp_path / "files"
    return settings.BLOBS


@pytest.fixture
def clerk(desk):
    return desk.officer(Role.CLERK)


@pytest.fixture
def dossier(desk):
    return desk.world.accepted().id


def upload(name="a.jpg", content=samples.JPEG):
    return SimpleUploadedFile(name, content, "application/octet-stream")


def attached(dossier_id, content, name):
    blob = files.store([content], name, actor=SYSTEM, at=NINE)
    (made,) = operations.attach(
        dossier_id=dossier_id, files=[Attached(blob, name)], actor=SYSTEM, at=NINE
    )
    return made


def picture_of(answer):
    return Image.open(io.BytesIO(b"".join(answer.streaming_content)))


def two_pages():
    made = pypdf.PdfWriter()
    made.add_blank_page(595, 842)
    made.add_blank_page(842, 595)
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


# ---- the viewer ------------------------------------------------------------------------------------


def test_a_file_is_looked_at_by_pages_without_a_download(desk, clerk, dossier):
    file = attached(dossier, two_pages(), "ban-ve.pdf")
    page = f"ho-so/{dossier}/tep/{file}/"
    shown = desk.standing(clerk).get(f"{page}xem/", trang=2, co="lon", xoay=90)
    body = shown.content.decode()
    assert "Trang 2/2" in body and 'rel="prev"' in body and 'rel="next"' not in body
    assert f"{page}trang/2/?rong=1600&amp;xoay=90" in body
    drawn = picture_of(desk.get(f"{page}trang/2/", rong=1000, xoay=90))
    assert drawn.format == "WEBP" and drawn.size[1] > drawn.size[0]
    assert desk.get(f"{page}trang/9/").status_code == 422
    assert desk.get(f"{page}trang/1/", rong=99999).status_code == 422
    assert desk.get(f"{page}xem/", trang="999").context["number"] == 2


def test_who_does_not_see_the_dossier_sees_no_page_of_its_files(desk, clerk, dossier):
    file = attached(dossier, samples.PDF, "a.pdf")
    capture = captured(desk, clerk, dossier)
    slip = Slip.objects.first().id
    stranger = desk.officer(Role.OFFICER, unit=desk.world.other_department)
    desk.standing(stranger)
    for path in (
        f"ho-so/{dossier}/tep/{file}/xem/", f"ho-so/{dossier}/tep/{file}/trang/1/",
        f"ho-so/{dossier}/phieu/{slip}/xem/", f"ho-so/{dossier}/phieu/{slip}/trang/1/",
        f"ho-so/{dossier}/so-hoa/", f"ho-so/{dossier}/so-hoa/{capture}/trang/1/",
    ):  # fmt: skip
        assert desk.get(path).status_code == 404, path
    assert scans.of_dossier(stranger, dossier) == []


def test_a_capture_is_reached_through_its_own_dossier_or_its_tray(desk, clerk, dossier):
    capture = captured(desk, clerk, dossier)
    other = desk.world.accepted(later(hours=1)).id
    assert desk.get(f"ho-so/{dossier}/so-hoa/{capture}/trang/1/").status_code == 200
    assert desk.get(f"ho-so/{other}/so-hoa/{capture}/trang/1/").status_code == 404
    assert desk.get(f"khay-quet/{capture}/trang/1/").status_code == 404


def test_a_statutory_paper_opens_in_the_same_viewer(desk, clerk, dossier):
    slip = Slip.objects.first().id
    page = f"ho-so/{dossier}/phieu/{slip}/"
    assert "Trang 1/" in desk.standing(clerk).get(f"{page}xem/").content.decode()
    assert picture_of(desk.get(f"{page}trang/1/")).size[0] == 200


def test_a_text_is_shown_as_text_and_a_sheet_can_only_be_downloaded(desk, clerk, dossier):
    import docx

    made = docx.Document()
    made.add_paragraph("Đơn đề nghị <b>cấp</b> phép")
    out = io.BytesIO()
    made.save(out)
    text = attached(dossier, out.getvalue(), "don.docx")
    sheet = attached(dossier, samples.xlsx(), "bang.xlsx")
    desk.standing(clerk)
    assert (
        "Đơn đề nghị &lt;b&gt;cấp" in desk.get(f"ho-so/{dossier}/tep/{text}/xem/").content.decode()
    )
    body = desk.get(f"ho-so/{dossier}/tep/{sheet}/xem/").content.decode()
    assert "Tải tệp về" in body and "không xem được trên trang" in body


# ---- taking in and copies --------------------------------------------------------------------------


def captured(desk, clerk, dossier, name="a.jpg", content=samples.JPEG):
    desk.standing(clerk)
    answer = desk.post(f"ho-so/{dossier}/so-hoa/", viec="tai-len", tep=upload(name, content))
    assert answer.status_code == 302, answer.content.decode()
    return Capture.objects.order_by("id").last().id


def test_uploads_become_cards_and_cards_a_copy_in_the_order_and_turn_asked(desk, clerk, dossier):
    first = captured(desk, clerk, dossier)
    second = captured(desk, clerk, dossier, "b.pdf", two_pages())
    page = desk.get(f"ho-so/{dossier}/so-hoa/")
    assert [card.value for card in page.context["cards"]] == [
        f"{first}:0", f"{second}:0", f"{second}:1",
    ]  # fmt: skip
    paper = page.context["papers"][0][0]["id"]
    sent = {
        "viec": "tao",
        "giay": str(paper),
        "anh": [f"{first}:0", f"{second}:1"],
        f"thu-tu-{second}:1": "1",
        f"xoay-{second}:1": "90",
    }
    assert desk.post(f"ho-so/{dossier}/so-hoa/", **sent).status_code == 302
    copy = Attachment.objects.get(kind="digitised")
    (made,) = scans.copies(dossier)
    assert [(p["capture"], p["page"], p["turn"]) for p in made.pages] == [
        (str(second), 1, 90), (str(first), 0, 0),
    ]  # fmt: skip
    assert (copy.paper_id, copy.name) == (paper, "Tờ khai.pdf")
    body = desk.get(f"ho-so/{dossier}/so-hoa/").content.decode()
    assert "Chưa ký số" in body and "Đã số hóa" in body
    with sql.counted() as sent_statements:
        desk.get(f"ho-so/{dossier}/so-hoa/")
    assert len(sent_statements) <= 24


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", samples.archive("a.txt"), "nội dung là tệp ZIP"),
        ("a.docx", samples.docx(), "không phải ảnh hay PDF"),
        ("a.pdf", samples.PDF[:60], "bị hỏng"),
        ("virus.pdf", EICAR, "đã bị cách ly"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_half_done(
    desk, clerk, dossier, name, content, said
):
    desk.standing(clerk)
    answer = desk.post(f"ho-so/{dossier}/so-hoa/", viec="tai-len", tep=upload(name, content))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Capture.objects.exists()
    assert Quarantined.objects.count() == (1 if name == "virus.pdf" else 0)


def test_nothing_chosen_a_foreign_capture_and_a_wrong_paper_are_said(desk, clerk, dossier):
    other = desk.world.accepted(later(hours=1)).id
    foreign = captured(desk, clerk, other)
    address = f"ho-so/{dossier}/so-hoa/"
    for sent, said in (
        ({"giay": "khac"}, "Chưa chọn ảnh"),
        ({"giay": "khac", "anh": f"{foreign}:0"}, "đưa vào hồ sơ khác"),
        ({"giay": "khac", "anh": "x:y"}, "Chưa chọn ảnh"),
        ({"giay": str(foreign), "anh": f"{foreign}:0"}, "không thuộc hồ sơ"),
    ):
        answer = desk.post(address, viec="tao", **sent)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert desk.post(address, viec="tai-len").status_code == 422
    assert desk.post(address, viec="bo-xyz").status_code == 404
    assert not Attachment.objects.filter(kind="digitised").exists()


def test_a_capture_can_be_put_aside(desk, clerk, dossier):
    made = captured(desk, clerk, dossier)
    desk.post(f"ho-so/{dossier}/so-hoa/", viec=f"bo-{made}")
    assert desk.get(f"ho-so/{dossier}/so-hoa/").context["cards"] == []


def test_words_on_papers_are_searched_apart_and_within_scope(desk, clerk, dossier):
    file = attached(dossier, samples.PDF, "a.pdf")
    blob = Attachment.objects.get(id=file).blob_id
    files.recognise(
        blob_id=blob, text="Quyền sử dụng đất <b>ở</b>", engine="thử", actor=SYSTEM, at=NINE
    )
    page = desk.standing(clerk).get("tim/", q="quyen su dung dat").content.decode()
    assert 'hx-get="/ban-lam-viec/tim/giay-to/?q=quyen%20su%20dung%20dat"' in page
    found = desk.get("tim/giay-to/", q="quyen su dung dat").content.decode()
    assert f"/ban-lam-viec/ho-so/{dossier}/" in found
    assert "<h1>Tìm trong giấy tờ</h1>" in found
    part = desk.client.get("/ban-lam-viec/tim/giay-to/?q=dat", headers={"HX-Request": "true"})
    assert "<h1>" not in part.content.decode()
    desk.standing(desk.officer(Role.OFFICER, unit=desk.world.other_department))
    assert str(dossier) not in desk.get("tim/giay-to/", q="quyen su dung dat").content.decode()


# ---- phones ----------------------------------------------------------------------------------------


@pytest.fixture
def token(desk, clerk, dossier):
    page = desk.standing(clerk).post(f"ho-so/{dossier}/so-hoa/", viec="ghep")
    assert page.status_code == 200
    address = page.context["phone"]["address"]
    assert "<svg" in page.content.decode()
    return re.search(r"/chup/([\w-]+)/$", address)[1]


def snap(token, name="IMG_1.jpg", **more):
    return Client().post(
        f"/chup/{token}/", {"anh": upload(name), **more}, headers={"Accept": "application/json"}
    )


def test_a_phone_sends_pictures_that_appear_at_the_desk(desk, dossier, token):
    page = Client().get(f"/chup/{token}/")
    assert page.status_code == 200
    assert 'capture="environment"' in page.content.decode()
    assert "Cấp giấy phép" not in page.content.decode()
    assert snap(token).json() == {"sent": 1, "wrong": ""}
    body = desk.get(f"ho-so/{dossier}/so-hoa/moi/").content.decode()
    made = Capture.objects.get()
    assert str(made.id) in body and "Vừa nhận thêm 1 trang" in body
    assert (made.source, made.dossier_id) == ("phone", dossier)
    assert made.account_id == desk.accounts[f"clerk-{desk.world.desk}"]
    again = desk.get(f"ho-so/{dossier}/so-hoa/moi/", sau=str(made.id)).content.decode()
    assert "hx-swap-oob" not in again and f"sau={made.id}" in again


def test_a_picture_sent_again_on_a_weak_network_comes_in_once(token):
    for _ in range(3):
        assert snap(token, so="0123456789abcdef").status_code == 200
    assert snap(token, so="0123456789abcdee").status_code == 200
    assert Capture.objects.count() == 2


def test_a_page_without_script_sends_several_at_once(token):
    answer = Client().post(f"/chup/{token}/", {"anh": [upload("1.jpg"), upload("2.jpg")]})
    assert "Đã nhận 2 ảnh" in answer.content.decode()


def test_a_link_that_ended_or_was_guessed_says_what_to_do(desk, clerk, dossier, token):
    assert snap("doan").status_code == 410
    desk.standing(clerk, later(hours=1))
    gone = Client().get(f"/chup/{token}/")
    assert gone.status_code == 410
    assert "Hãy mở mã QR mới" in gone.content.decode()
    desk.standing(clerk, NINE)
    pairing = sql.fetch("SELECT id FROM dossiers_pairing")[0]["id"]
    desk.post(f"ho-so/{dossier}/so-hoa/", viec="dong", ghep=str(pairing))
    assert snap(token).status_code == 410
    assert not Capture.objects.exists()


def test_a_phone_that_sends_no_picture_or_a_lie_is_told(token):
    assert Client().post(f"/chup/{token}/").status_code == 422
    answer = Client().post(
        f"/chup/{token}/",
        {"anh": upload("a.jpg", samples.HTML)},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 422
    assert "trang web" in answer.json()["wrong"]


def test_who_guesses_tokens_is_slowed_down(desk, clerk, monkeypatch):
    from motcua.desk import views_phone

    desk.standing(clerk)
    monkeypatch.setattr(views_phone.guesses, "many", 2)
    views_phone.guesses.forget()
    codes = [snap(f"doan-{n}").status_code for n in range(4)]
    views_phone.guesses.forget()
    assert codes == [410, 410, 503, 503]


# ---- the scanner's folder --------------------------------------------------------------------------


@pytest.fixture
def scanner(desk, settings, tmp_path):
    settings.SCAN_FOLDER = tmp_path / "quet"
    folder = settings.SCAN_FOLDER / organisations.unit(desk.world.desk).key
    folder.mkdir(parents=True)
    return folder


def swept(times=2):
    found = scan_folder.Swept()
    for _ in range(times):
        found = scan_folder.sweep(found, at=NINE)
    return found


def test_a_whole_file_in_the_folder_of_a_desk_comes_to_its_tray(desk, clerk, dossier, scanner):
    (scanner / "scan1.pdf").write_bytes(two_pages())
    (scanner.parent / "la").mkdir()
    (scanner.parent / "la" / "x.jpg").write_bytes(samples.JPEG)
    assert swept(1).taken == 0
    assert swept().taken == 1
    (made,) = scans.tray(clerk)
    assert (made.name, made.pages, made.source) == ("scan1.pdf", 2, "scanner")
    assert sorted(p.name for p in scanner.iterdir()) == ["da-nhan"]
    assert (scanner / "da-nhan" / "scan1.pdf").read_bytes() == two_pages()
    page = desk.standing(clerk).get(f"ho-so/{dossier}/so-hoa/")
    assert len(page.context["tray"]) == 2
    desk.post(f"ho-so/{dossier}/so-hoa/", viec="tao", giay="khac", anh=f"{made.id}:1")
    assert scans.tray(clerk) == []
    assert Capture.objects.get().dossier_id == dossier


def test_a_file_still_being_written_waits(scanner):
    file = scanner / "scan.jpg"
    file.write_bytes(samples.JPEG[:100])
    found = swept(1)
    file.write_bytes(samples.JPEG)
    found = scan_folder.sweep(found, at=NINE)
    assert found.taken == 0
    assert scan_folder.sweep(found, at=NINE).taken == 1


def test_a_file_picked_up_twice_is_one_capture(scanner):
    file = scanner / "scan.jpg"
    file.write_bytes(samples.JPEG)
    swept()
    kept = scanner / "da-nhan" / "scan.jpg"
    kept.rename(file)
    swept()
    assert Capture.objects.count() == 1


def test_what_the_scanner_should_not_have_written_is_put_aside_with_the_reason(scanner):
    (scanner / "a.pdf").write_bytes(samples.HTML)
    assert swept().refused == 1
    assert (scanner / "khong-nhan" / "a.pdf").exists()
    assert "trang web" in (scanner / "khong-nhan" / "a.pdf.vi-sao.txt").read_text()
    assert swept().refused == 0


def test_a_folder_that_vanishes_is_told_and_comes_back_with_nothing_lost(
    desk, clerk, dossier, scanner
):
    (scanner / "a.jpg").write_bytes(samples.JPEG)
    seen = swept(1)
    away = scanner.parent.rename(scanner.parent.with_name("mat"))
    assert scan_folder.sweep(seen, at=NINE) == scan_folder.Swept()
    page = desk.standing(clerk).get(f"ho-so/{dossier}/so-hoa/")
    assert "Không thấy thư mục máy quét" in page.content.decode()
    away.rename(scanner.parent)
    assert scan_folder.state() == "there"
    assert swept().taken == 1
    assert len(scans.tray(clerk)) == 1
