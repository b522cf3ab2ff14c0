"""Files made to harm, or to take the server down: each is refused in words, and the server lives on."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from datetime import UTC, datetime

import pypdf
import pytest
from PIL import Image
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from motcua.files import bounded, operations, scanner, shelves, workshop
from motcua.files.errors import SENTENCES
from motcua.files.models import Blob, Quarantined
from motcua.files.tests import samples
from motcua.ledger import verify
from motcua.ledger.models import Entry
from motcua.rules.actor import ANONYMOUS, Actor, system
from motcua.rules.refusal import Refusal

SYSTEM = system("kiểm thử")
AT = datetime(2022, 11, 21, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.BLOBS = tmp_path / "files"
    return settings.BLOBS


def refusal(content, name):
    with pytest.raises(Refusal) as refused:
        shelves.keep([content], name)
    return refused.value


def pdf_of(pages, password=None, javascript=False):
    made = pypdf.PdfWriter()
    for _ in range(pages):
        made.add_blank_page(595, 842)
    if javascript:
        made.root_object[NameObject("/OpenAction")] = DictionaryObject(
            {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("a")}
        )
    if password is not None:
        made.encrypt(password, owner_password="chủ", algorithm="AES-256")
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


def document(text="xin chào", more=None):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<x/>")
        made.writestr("word/document.xml", text)
        for name, content in (more or {}).items():
            made.writestr(name, content)
    return out.getvalue()


def packed(action):
    """A PDF whose catalogue and action lie in a compressed stream of objects (ISO 32000-1, 7.5.7)."""
    inner = [b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>", action]
    index = b"1 0 4 %d " % len(inner[0])
    held = zlib.compress(index + b"".join(inner))
    objects = {
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        5: b"<</Type/ObjStm/N 2/First %d/Filter/FlateDecode/Length %d>>stream\n%b\nendstream"
        % (len(index), len(held), held),
    }
    out, at = b"%PDF-1.5\n", {}
    for number, content in objects.items():
        at[number] = len(out)
        out += b"%d 0 obj%b\nendobj\n" % (number, content)
    rows = [(0, 0, 255), (2, 5, 0), (1, at[2], 0), (1, at[3], 0), (2, 5, 1), (1, at[5], 0)]
    rows.append((1, len(out), 0))
    table = b"".join(struct.pack(">BHB", *row) for row in rows)
    start = len(out)
    out += b"6 0 obj<</Type/XRef/Size 7/Root 1 0 R/W[1 2 1]/Length %d>>stream\n" % len(table)
    return out + table + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % start


# ---- PDF -------------------------------------------------------------------------------------------


def test_a_pdf_under_a_password_is_refused_with_the_remedy():
    found = refusal(pdf_of(1, password="mật"), "don.pdf")
    assert found.code == "file.encrypted"
    assert "bỏ mật khẩu" in SENTENCES[found.code]


def test_a_pdf_that_only_forbids_copying_is_taken():
    assert shelves.keep([pdf_of(1, password="")], "don.pdf").media_type == "application/pdf"


def test_a_pdf_of_5000_pages_is_refused_without_drawing_one():
    content = pdf_of(5000)
    begun = time.monotonic()
    found = refusal(content, "sach.pdf")
    assert time.monotonic() - begun < 5
    assert (found.code, found.params["pages"], found.params["most"]) == (
        "file.too_many_pages", 5000, 500,
    )  # fmt: skip


def test_as_many_pages_as_the_setting_says_are_taken(settings):
    settings.MOST_PAGES = 3
    assert shelves.keep([pdf_of(3)], "don.pdf")
    assert refusal(pdf_of(4), "don.pdf").code == "file.too_many_pages"


def test_a_pdf_that_runs_something_is_refused_however_it_hides_it():
    plain = samples.PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/Launch/F(a.exe)>>")
    hidden = samples.PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/J#61vaScript/JS(a)>>")
    for content in (plain, hidden, pdf_of(1, javascript=True)):
        assert refusal(content, "don.pdf").code == "file.active"
    writer = pypdf.PdfWriter(io.BytesIO(pdf_of(1, javascript=True)))
    writer.encrypt("", owner_password="chủ", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    assert refusal(out.getvalue(), "don.pdf").code == "file.active"
    assert refusal(packed(b"<</S/JavaScript/JS(a)>>"), "don.pdf").code == "file.active"
    assert shelves.keep([packed(b"<</S/URI/URI(a)>>")], "don.pdf")


def test_a_zip_under_the_name_of_a_pdf_is_named_for_what_it_is():
    assert refusal(samples.archive("a.txt"), "don.pdf").params["found"] == "tệp ZIP"


# ---- pictures --------------------------------------------------------------------------------------


def claiming(width, height):
    """A PNG of one row whose header claims another size."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(
            ">I", zlib.crc32(kind + data)
        )  # fmt: skip

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(b"\x00" + b"\xff\xff\xff" * 10))
    return b"\x89PNG\r\n\x1a\n" + head + rows + chunk(b"IEND", b"")


def test_a_picture_that_claims_too_many_pixels_is_refused_by_its_header():
    found = refusal(claiming(60_000, 60_000), "anh.png")
    assert (found.code, found.params["width"]) == ("file.too_many_pixels", 60_000)


def test_a_picture_with_less_in_it_than_it_claims_is_broken():
    assert refusal(claiming(900, 900), "anh.png").code == "file.broken"
    whole = samples.picture("JPEG", (400, 400))
    assert refusal(whole[: len(whole) // 2], "anh.jpg").code == "file.broken"


def test_a_small_file_of_many_pixels_is_opened_up_to_the_limit_and_no_further():
    out = io.BytesIO()
    Image.new("RGB", (9_900, 9_900)).save(out, "PNG")
    bomb = out.getvalue()
    assert len(bomb) < 1_000_000
    assert shelves.keep([bomb], "anh.png").media_type == "image/png"
    out = io.BytesIO()
    Image.new("L", (12_000, 9_000)).save(out, "PNG")
    assert refusal(out.getvalue(), "anh.png").code == "file.too_many_pixels"


def test_a_task_beyond_its_memory_or_time_is_a_refusal(monkeypatch):
    code = (
        "import sys, motcua.files.workshop as w; w._limit()\n"
        "try: bytearray(3 * 1024 ** 3)\nexcept MemoryError: print('bounded')"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True)
    assert done.stdout == "bounded\n"
    monkeypatch.setattr(bounded, "SECONDS", 0.01)
    assert refusal(samples.PDF, "don.pdf").code == "file.too_hard"


def test_a_page_that_draws_itself_without_end_ends_its_own_process(tmp_path, folder, monkeypatch):
    """A form that calls ten others, nine times over, is 10^9 rectangles: a bomb in 2 KB."""
    monkeypatch.setattr(bounded, "SECONDS", 3)
    bomb = tmp_path / "bomb.pdf"
    bomb.write_bytes(nested(9))
    begun = time.monotonic()
    with pytest.raises(Refusal) as refused:
        bounded.draw(bomb, "application/pdf", tmp_path / "a", page=0, width=1000, turn=0)
    assert refused.value.code == "file.too_hard"
    assert time.monotonic() - begun < 6
    assert shelves.keep([samples.PDF], "don.pdf")


def nested(deep):
    """Form XObjects each drawing the next ten times."""
    out = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    out += b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    out += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R"
    out += b"/Resources<</XObject<</X 10 0 R>>>>>>endobj\n"
    out += b"5 0 obj<</Length 5>>stream\n/X Do\nendstream endobj\n"
    for n in range(deep + 1):
        draws = b"/X Do " * 10 if n < deep else b"0 0 500 800 re f "
        head = b"%d 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Length %d" % (
            10 + n, len(draws),
        )  # fmt: skip
        head += b"/Resources<</XObject<</X %d 0 R>>>>" % (11 + n) if n < deep else b""
        out += head + b">>stream\n" + draws + b"\nendstream endobj\n"
    return out + b"trailer<</Root 1 0 R>>\n%%EOF\n"


def test_a_parser_that_dies_is_a_refusal(monkeypatch, tmp_path):
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\nkill -SEGV $$\n")
    broken.chmod(0o755)
    monkeypatch.setattr(bounded.sys, "executable", str(broken))
    assert refusal(samples.PDF, "don.pdf").code == "file.too_hard"


def test_who_waits_too_long_for_a_workshop_is_asked_to_try_again(monkeypatch):
    monkeypatch.setattr(bounded, "PATIENCE", 0.01)
    monkeypatch.setattr(bounded, "_free", bounded.BoundedSemaphore(1))
    with bounded._workshop("a.pdf"):
        assert refusal(samples.PDF, "a.pdf").code == "file.busy"


@pytest.mark.parametrize(
    ("form", "name", "media_type"),
    [
        ("JPEG", "a.jpg", "image/jpeg"),
        ("PNG", "a.png", "image/png"),
        ("WEBP", "a.webp", "image/webp"),
        ("TIFF", "a.tiff", "image/tiff"),
    ],
)
def test_pictures_that_are_what_they_say_are_taken(form, name, media_type):
    assert shelves.keep([samples.picture(form)], name).media_type == media_type


def test_a_picture_of_a_phone_in_heic_is_taken():
    import pillow_heif

    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 48), "white")).save(out)
    assert shelves.keep([out.getvalue()], "IMG_1.HEIC").media_type == "image/heic"


# ---- archives --------------------------------------------------------------------------------------


def test_a_document_that_unpacks_without_end_is_refused():
    bomb = document(more={f"word/media/{n}.bin": bytes(60 * 1024 * 1024) for n in range(9)})
    assert len(bomb) < 1_000_000
    assert refusal(bomb, "don.docx").code == "file.unpacks_too_large"


def test_a_document_with_thousands_of_members_is_refused():
    many = document(more={f"x/{n}": b"" for n in range(workshop.MOST_MEMBERS)})
    assert refusal(many, "don.docx").code == "file.unpacks_too_large"


# ---- what harms ------------------------------------------------------------------------------------


def lying_in(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (workshop.EICAR, "virus.txt"),
        (samples.PDF + b"%" * 900_000 + workshop.EICAR, "don.pdf"),
        (document(more={"word/media/a.bin": workshop.EICAR}), "don.docx"),
        (document(more={"word/media/a.bin": b" " * 70_000 + workshop.EICAR}), "don.pdf"),
    ],
)
def test_the_test_string_is_found_and_the_file_is_kept_apart_with_who_brought_it(
    db, folder, content, name
):
    with pytest.raises(Refusal) as refused:
        operations.store([content], name, actor=SYSTEM, at=AT)
    assert refused.value.code == "file.infected"
    row = Quarantined.objects.get()
    assert (row.found, row.name, row.size, row.at) == ("EICAR", name, len(content), AT)
    assert lying_in(folder) == [f"cach-ly/{row.sha256}"]
    assert not Blob.objects.exists()
    entry = Entry.objects.get(event="file.quarantined")
    assert entry.fields == {"sha256": row.sha256, "size": row.size, "found": "EICAR"}
    assert list(verify.breaks()) == []


def test_who_brings_it_again_is_recorded_again(db, folder):
    for _ in range(2):
        with pytest.raises(Refusal):
            operations.keep([workshop.EICAR], "a.txt", actor=ANONYMOUS, at=AT)
    assert Quarantined.objects.count() == 2
    assert len(lying_in(folder)) == 1


def test_beyond_the_first_megabyte_our_own_rule_does_not_look():
    content = samples.PDF + b"%" * 1_100_000 + workshop.EICAR + b"\n%%EOF\n"
    assert shelves.keep([content], "don.pdf")


def test_only_somebody_is_recorded_as_who_brought_it(db):
    nobody = Actor(account_id=None, kind="", name="")
    with pytest.raises(Refusal) as refused:
        operations.quarantine(shelves.Infected("0" * 64, 1, "a", "b"), actor=nobody, at=AT)
    assert refused.value.code == "file.may_not"


# ---- ClamAV ----------------------------------------------------------------------------------------


@pytest.fixture
def clamd(settings):
    command = [sys.executable, "-m", "motcua.files.tests.clamd", "MacroX"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as peer:
        settings.CLAMD = f"127.0.0.1:{peer.stdout.readline().strip()}"
        yield peer
        peer.kill()


def test_what_clamav_finds_is_kept_apart(db, folder, clamd):
    assert scanner.answers()
    with pytest.raises(Refusal) as refused:
        operations.store([samples.PDF + b"%MacroX"], "don.pdf", actor=SYSTEM, at=AT)
    assert refused.value.params["found"] == "Test.Virus"
    assert Quarantined.objects.get().found == "Test.Virus"
    large = samples.PDF + b"%" * 3_000_000 + b"\n%%EOF\n"
    assert shelves.keep([large], "don.pdf").size == len(large)


def test_nothing_is_taken_in_unscanned_when_clamav_does_not_answer(folder, clamd):
    clamd.kill()
    clamd.wait()
    assert not scanner.answers()
    assert refusal(samples.PDF, "don.pdf").code == "file.not_scanned"
    assert lying_in(folder) == []


def test_clamav_on_a_socket_that_is_not_there_refuses_too(settings, tmp_path):
    settings.CLAMD = str(tmp_path / "clamd.sock")
    assert refusal(samples.PDF, "don.pdf").code == "file.not_scanned"
    settings.CLAMD = "không-có-cổng"
    assert refusal(samples.PDF, "don.pdf").code == "file.not_scanned"
