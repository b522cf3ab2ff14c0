"""Words for search: of texts as they are, of scans as Tesseract reads them."""

from __future__ import annotations

import io

import pypdfium2
import pytest
import typst

from motcua.files import operations, recognition, shelves
from motcua.files.models import FileText
from motcua.files.tests import samples
from motcua.ledger.models import Entry
from motcua.rules.actor import ANONYMOUS, system
from motcua.rules.refusal import Refusal
from motcua.rules.vietnamese import fold
from motcua.statutory.paper_forms import FONTS

SYSTEM = system("kiểm thử")
TEXT = "Giấy chứng nhận quyền sử dụng đất của hộ gia đình ông Trần Văn Đức"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.BLOBS = tmp_path / "files"


@pytest.fixture
def printed(tmp_path):
    source = tmp_path / "a.typ"
    source.write_text(f'#set text(font: "Liberation Serif", size: 16pt, lang: "vi")\n{TEXT}')
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    return typst.Compiler(root=tmp_path, font_paths=fonts).compile(input=source, format="pdf")


@pytest.mark.skipif(
    recognition.engine() is None,
    reason="Tesseract with Vietnamese is not installed (apt-get install tesseract-ocr-vie)",
)
def test_the_words_on_a_scan_are_read_in_vietnamese(printed):
    out = io.BytesIO()
    pypdfium2.PdfDocument(printed)[0].render(scale=200 / 72).to_pil().save(out, "PNG")
    kept = shelves.keep([out.getvalue()], "a.png")
    words = fold(recognition.read(kept.sha256, kept.media_type)).split()
    wanted = fold(TEXT).split()
    assert sum(word in words for word in wanted) >= 0.8 * len(wanted)


def test_a_pdf_with_text_is_not_read_by_a_program(printed, monkeypatch):
    monkeypatch.setattr(recognition, "_run", None)
    kept = shelves.keep([printed], "a.pdf")
    assert " ".join(recognition.read(kept.sha256, kept.media_type).split()) == TEXT


def test_a_sheet_has_no_words_and_a_lost_file_is_told():
    kept = shelves.keep([samples.xlsx()], "a.xlsx")
    assert recognition.read(kept.sha256, kept.media_type) == ""
    with pytest.raises(Refusal) as refused:
        recognition.read("0" * 64, "image/png")
    assert refused.value.code == "file.lost"


def test_without_the_program_or_its_vietnamese_nothing_is_read(monkeypatch):
    monkeypatch.setattr(recognition, "which", lambda name: None)
    assert recognition.engine() is None
    monkeypatch.setattr(recognition, "which", lambda name: "/usr/bin/tesseract")
    monkeypatch.setattr(recognition, "_run", lambda command: "eng\nosd")
    assert recognition.engine() is None


def test_words_are_kept_folded_by_the_system_alone_and_the_record_has_none(db, django_user_model):
    from motcua.files.tests.test_store import AT

    blob = operations.store([samples.PDF], "a.pdf", actor=SYSTEM, at=AT)
    for text in ("Đất ở", TEXT):
        operations.recognise(blob_id=blob, text=text, engine="thử 1", actor=SYSTEM, at=AT)
    kept = FileText.objects.get()
    assert (kept.text, kept.folded) == (TEXT, fold(TEXT))
    entry = Entry.objects.filter(event="file.recognised").last()
    assert entry.fields == {"engine": "thử 1", "letters": len(TEXT)}
    with pytest.raises(Refusal):
        operations.recognise(blob_id=blob, text="", engine="", actor=ANONYMOUS, at=AT)
