"""Looking at pages without a download; digitised copies, unsigned and signed."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from typing import cast

import pypdf
import pytest
from PIL import Image

from motcua.files import digitising, keys, previews, shelves, signing, verification
from motcua.files.digitising import Page
from motcua.files.tests import samples
from motcua.files.tests.authority import Authority
from motcua.rules.refusal import Refusal
from motcua.rules.signatures import Verdict

AT = datetime(2022, 11, 21, 2, 0, 0, 123456, tzinfo=UTC)
MARK = ("Sao y bản chính", "Sở Xây dựng", "21/11/2022 09:00:00 +07:00")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.BLOBS = tmp_path / "files"
    return settings.BLOBS


def page_of(content, name="a.jpg", **more):
    kept = shelves.keep([content], name)
    return Page(kept.sha256, kept.media_type, **more)


def refusal(call):
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


def at(picture, x, y):
    red, _, blue = cast("tuple[int, ...]", Image.open(picture).convert("RGB").getpixel((x, y)))
    return "white" if red > 200 else "blue" if blue > 120 else "?"


# ---- pages as pictures -----------------------------------------------------------------------------


def test_a_page_is_shown_as_a_picture_that_is_made_once(monkeypatch):
    page = page_of(samples.picture("JPEG", (1400, 2000)))
    shown = previews.picture(page.sha256, page.media_type, page=0, width=1000)
    assert Image.open(shown).size == (1000, 1429)
    assert (at(shown, 500, 100), at(shown, 500, 1300)) == ("white", "blue")
    monkeypatch.setattr(previews.bounded, "draw", None)
    assert previews.picture(page.sha256, page.media_type, page=0, width=1000) == shown


def test_a_page_is_turned_clockwise_by_quarters():
    page = page_of(samples.picture("PNG", (200, 300)), "a.png")
    shown = previews.picture(page.sha256, page.media_type, page=0, width=200, turn=90)
    assert (at(shown, 10, 60), at(shown, 190, 60)) == ("blue", "white")


def test_a_small_picture_is_not_blown_up_and_a_phone_held_sideways_is_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    page = page_of(samples.picture("JPEG", (60, 40), exif=exif))
    shown = previews.picture(page.sha256, page.media_type, page=0, width=1000)
    assert Image.open(shown).size == (40, 60)


def test_a_pdf_and_a_tiff_have_pages():
    two = pypdf.PdfWriter()
    two.add_blank_page(595, 842)
    two.add_blank_page(842, 595)
    out = io.BytesIO()
    two.write(out)
    pdf = page_of(out.getvalue(), "a.pdf")
    assert previews.pages(pdf.sha256, pdf.media_type) == 2
    shown = previews.picture(pdf.sha256, pdf.media_type, page=1, width=1000)
    assert Image.open(shown).size[1] < 720
    tiff = page_of(
        samples.picture("TIFF", save_all=True, append_images=[Image.new("RGB", (90, 30))]), "a.tif"
    )
    assert previews.pages(tiff.sha256, tiff.media_type) == 2
    shown = previews.picture(tiff.sha256, tiff.media_type, page=1, width=200)
    assert Image.open(shown).size == (90, 30)


def test_what_has_no_such_page_or_size_or_is_no_picture_is_refused(folder):
    page = page_of(samples.JPEG)
    look = lambda **how: previews.picture(page.sha256, page.media_type, **how)  # noqa: E731
    assert refusal(lambda: look(page=3, width=200)) == "file.no_such_page"
    assert refusal(lambda: look(page=0, width=201)) == "file.no_such_page"
    assert refusal(lambda: look(page=0, width=200, turn=45)) == "file.no_such_page"
    sheet = page_of(samples.xlsx(), "a.xlsx")
    assert refusal(lambda: previews.pages(sheet.sha256, sheet.media_type)) == "file.not_shown"
    assert (
        refusal(lambda: previews.picture("0" * 64, "image/png", page=0, width=200)) == "file.lost"
    )
    assert list(folder.rglob("*.dang-ve")) == []


def test_the_words_of_a_docx_are_shown():
    import docx

    made = docx.Document()
    made.add_paragraph("Đơn đề nghị cấp phép")
    made.add_table(1, 2).rows[0].cells[1].text = "Nguyễn Thị Lam"
    out = io.BytesIO()
    made.save(out)
    page = page_of(out.getvalue(), "don.docx")
    words = previews.words(page.sha256, page.media_type)
    assert words == "Đơn đề nghị cấp phép\n | Nguyễn Thị Lam"


# ---- copies ----------------------------------------------------------------------------------------


def test_a_copy_has_the_pages_in_order_at_their_own_size_with_the_mark_on_the_first():
    scan = page_of(samples.picture("JPEG", (1654, 2339), dpi=(200, 200)))
    photo = page_of(samples.picture("PNG", (300, 200)), "b.png", turn=90)
    before = shelves.read(photo.sha256).read()
    copy = digitising.make([scan, photo], title="Giấy khai sinh", mark=MARK, at=AT)
    read = pypdf.PdfReader(io.BytesIO(copy.pdf))
    sizes = [[round(float(n)) for n in page.mediabox[2:]] for page in read.pages]
    assert sizes == [[595, 842], [561, 842]]
    assert read.pages[0].extract_text().split("\n") == list(MARK)
    assert read.pages[1].extract_text() == ""
    assert shelves.read(photo.sha256).read() == before
    assert copy.dpi is None
    assert b"pdfaid" in copy.pdf
    assert re.search(rb"pdfaid:part>2</pdfaid:part.*conformance>B<", copy.pdf, re.S)


def test_the_density_of_a_copy_is_that_of_its_coarsest_page():
    fine = page_of(samples.picture("JPEG", (800, 600), dpi=(300, 300)))
    coarse = page_of(samples.picture("JPEG", (400, 300), dpi=(150, 150)))
    copies = [digitising.make(p, title="a", mark=MARK, at=AT) for p in ([fine], [fine, coarse])]
    assert [(copy.dpi, copy.fine) for copy in copies] == [(300, True), (150, False)]


def test_a_copy_needs_pages_and_not_too_many():
    page = page_of(samples.JPEG)
    assert refusal(lambda: digitising.make([], title="a", mark=MARK, at=AT)) == (
        "file.nothing_to_digitise"
    )
    many = [page] * (digitising.MOST_PAGES + 1)
    assert refusal(lambda: digitising.make(many, title="a", mark=MARK, at=AT)) == (
        "file.too_many_to_digitise"
    )


# ---- signatures ------------------------------------------------------------------------------------


@pytest.fixture
def authority(settings, tmp_path):
    settings.CERTIFICATES = tmp_path / "chung-thu"
    made = Authority()
    made.issue(settings.CERTIFICATES, "lan", "Nguyễn Thị Lan")
    made.issue(settings.CERTIFICATES, "so-xay-dung", "Sở Xây dựng")
    settings.TRUST = tmp_path / "tin-cay"
    made.publish(settings.TRUST)
    return made


@pytest.fixture
def copy():
    return digitising.make([page_of(samples.JPEG)], title="a", mark=MARK, at=AT).pdf


def test_a_copy_is_signed_by_the_clerk_or_else_by_the_unit(authority, copy):
    for names, holder in (
        (("lan", "so-xay-dung"), "Nguyễn Thị Lan"),
        (("minh", "so-xay-dung"), "Sở Xây dựng"),
    ):
        certificate = keys.find(names, AT)
        signed = signing.sign(copy, certificate, reason="Số hóa giấy tờ")
        assert signed.startswith(copy)
        found = verification.judge_bytes(signed)
        assert (found.verdict, found.signatures[0].holder) == (Verdict.UNCONFIRMED, holder)


def test_another_root_is_not_trusted_and_a_change_is_seen(settings, tmp_path, authority, copy):
    signed = signing.sign(copy, keys.find(["lan"], AT), reason="Số hóa")
    settings.TRUST = tmp_path / "khac"
    Authority().publish(settings.TRUST)
    assert verification.judge_bytes(signed).verdict == Verdict.UNTRUSTED
    place = signed.index(b"/MediaBox") if b"/MediaBox" in signed else 200
    changed = signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]
    assert verification.judge_bytes(changed).verdict == Verdict.ALTERED


def test_an_unsigned_copy_has_no_signature_to_check(authority, copy):
    assert not verification.judge_bytes(copy).is_signed


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="pdfsig (poppler-utils) is not installed")
def test_another_program_finds_the_signature_valid(authority, copy, tmp_path):
    signed = tmp_path / "signed.pdf"
    signed.write_bytes(signing.sign(copy, keys.find(["lan"], AT), reason="Số hóa"))
    told = subprocess.run(["pdfsig", signed], capture_output=True, text=True).stdout
    assert "Signature is Valid" in told
    assert "ETSI.CAdES.detached" in told
    assert "Nguyễn Thị Lan" in told


def test_nothing_configured_and_no_certificate_mean_no_signature(settings, authority):
    assert keys.find(["minh", "../lan"], AT) is None
    settings.CERTIFICATES = None
    assert keys.find(["lan"], AT) is None


def test_a_certificate_that_cannot_be_used_is_an_error_and_not_an_unsigned_copy(
    settings, authority
):
    folder = settings.CERTIFICATES
    authority.issue(folder, "cu", "Hết hạn", until=AT - timedelta(days=1))
    assert refusal(lambda: keys.find(["cu"], AT)) == "file.certificate_not_valid"
    (folder / "lan.pass").write_text("sai")
    assert refusal(lambda: keys.find(["lan"], AT)) == "file.certificate_unreadable"
