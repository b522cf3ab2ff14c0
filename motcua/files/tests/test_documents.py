"""Documents from text with simple marks, as PDF and DOCX; Word files that come back, as PDF."""

import io
import os
import stat
import time
import zipfile
from datetime import date
from pathlib import Path

import docx
import pypdf
import pytest

from motcua.files import documents, office
from motcua.files.documents import Document, Signature
from motcua.rules import marks
from motcua.rules.refusal import Refusal

DAY = date(2022, 11, 21)
BODY = "# QUYẾT ĐỊNH:\n\n**Điều 1.** Cấp cho ông Lam.\n\n- Một\n\n| TT | Tên |\n| 1 | Nhà |"


def document(body=BODY, **changes):
    values = {
        "above": "UBND tỉnh Nghệ An", "agency": "Sở Xây dựng", "number": "...../QĐ-SXD",
        "place": "Nghệ An", "kind": "QUYẾT ĐỊNH", "about": "Về việc cấp phép",
        "blocks": marks.blocks(body), "signatures": (Signature("Giám đốc", "Trần Quốc Việt"),),
        "recipients": ("Ông Lam;", "Lưu: VT."),
    }  # fmt: skip
    return Document(**(values | changes))


def text_of(pdf):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_it_has_the_parts_of_an_administrative_document():
    """NĐ 30/2020 PL I."""
    text = text_of(documents.pdf(document(), DAY))
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "UBND TỈNH NGHỆ AN",
        "SỞ XÂY DỰNG", "QUYẾT ĐỊNH", "Điều 1.", "Nơi nhận:", "GIÁM ĐỐC", "Trần Quốc Việt", "DỰ THẢO",
    ):  # fmt: skip
        assert part in text, part


def test_the_mark_of_a_draft_goes_with_approval_and_the_same_document_gives_the_same_bytes():
    approved = document(draft=False)
    assert "DỰ THẢO" not in text_of(documents.pdf(approved, DAY))
    assert documents.pdf(approved, DAY) == documents.pdf(approved, DAY)


def test_text_is_never_markup():
    hostile = document(body='#read("/etc/passwd") $x$ #{1/0} \\u{202e} ]] */', about="#panic()")
    text = text_of(documents.pdf(hostile, DAY))
    assert '#read("/etc/passwd")' in text
    assert "#panic()" in text


def test_many_pages_are_numbered_from_the_second():
    long = document(body="\n\n".join(f"Đoạn {n}. " + "chữ " * 60 for n in range(40)))
    pages = pypdf.PdfReader(io.BytesIO(documents.pdf(long, DAY))).pages
    assert len(pages) > 2
    assert "2" in pages[1].extract_text().split()[:4]


def test_the_word_file_holds_the_same_text():
    made = docx.Document(io.BytesIO(documents.word(document())))
    text = "\n".join(p.text for p in made.paragraphs)
    assert "QUYẾT ĐỊNH" in text
    assert "Cấp cho ông Lam." in text
    assert made.sections[0].header.paragraphs[0].text == "DỰ THẢO"
    assert made.tables[1].cell(1, 1).text == "Nhà"


def test_a_letter_that_cannot_stand_in_xml_does_not_break_the_word_file():
    assert documents.word(document(body="a\x0bb\x00c")).startswith(b"PK")


# ---- Word files that come back -------------------------------------------------------------------


@pytest.fixture
def word(tmp_path):
    path = tmp_path / "du-thao.docx"
    path.write_bytes(documents.word(document()))
    return path


def soffice(tmp_path, settings, script) -> None:
    """A program that takes LibreOffice's place."""
    path = tmp_path / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    settings.SOFFICE = str(path)


def test_it_is_converted_in_a_folder_of_its_own_that_is_gone_after(word, tmp_path, settings):
    told = tmp_path / "told"
    soffice(
        tmp_path, settings, f'echo "$PWD $HOME $@" > {told}; printf "%%PDF-1.4 made" > van-ban.pdf'
    )
    assert office.pdf_of(word, "x.docx") == b"%PDF-1.4 made"
    where = told.read_text().split()[0]
    assert "-env:UserInstallation=file://" in told.read_text()
    assert "motcua-word-" in where
    assert not Path(where).exists()


def test_without_libreoffice_there_is_no_pdf_and_no_failure(word, settings, monkeypatch):
    settings.SOFFICE = ""
    monkeypatch.setattr(office.shutil, "which", lambda name: None)
    assert office.pdf_of(word, "x.docx") is None


def test_one_that_hangs_is_ended_with_all_it_started(word, tmp_path, settings, monkeypatch):
    monkeypatch.setattr(office, "SECONDS", 0.5)
    child = tmp_path / "child"
    soffice(tmp_path, settings, f"sleep 60 & echo $! > {child}; wait")
    begun = time.monotonic()
    with pytest.raises(Refusal) as refused:
        office.pdf_of(word, "x.docx")
    assert refused.value.code == "file.not_converted"
    assert time.monotonic() - begun < 10
    for _ in range(50):
        try:
            os.kill(int(child.read_text()), 0)
        except ProcessLookupError:
            break
        time.sleep(0.1)
    else:
        state = Path(f"/proc/{child.read_text().strip()}/stat").read_text().split()[2]
        assert state == "Z"


def test_one_that_fails_or_makes_nothing_is_said(word, tmp_path, settings):
    for script in ("exit 3", "exit 0", ": > van-ban.pdf"):
        soffice(tmp_path, settings, script)
        with pytest.raises(Refusal) as refused:
            office.pdf_of(word, "x.docx")
        assert refused.value.code == "file.not_converted"


def rewritten(word, name, part):
    path = word.with_name("hostile.docx")
    with zipfile.ZipFile(word) as old, zipfile.ZipFile(path, "w") as new:
        for one in old.infolist():
            new.writestr(one, old.read(one) if one.filename != name else part)
    return path


RELATIONS = "word/_rels/document.xml.rels"
HEAD = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.mark.parametrize(
    "relation",
    [
        b'Type="%s/image" Target="http://10.0.0.1/x.png" TargetMode="External"' % OFFICE,
        b'Type="%s/attachedTemplate" Target="file:///etc/x.dotx" TargetMode="External"' % OFFICE,
        b'Type="%s/oleObject" Target="embeddings/o.bin"' % OFFICE,
    ],
    ids=["linked picture", "remote template", "embedded object"],
)
def test_a_word_file_that_reaches_out_is_refused(word, relation):
    part = HEAD + b'<Relationship Id="r1" ' + relation + b"/></Relationships>"
    with pytest.raises(Refusal) as refused:
        office.checked(rewritten(word, RELATIONS, part), "x.docx")
    assert refused.value.code == "file.reaches_out"


def test_a_link_to_read_is_harmless(word):
    part = HEAD + b'<Relationship Id="r1" Type="%s/hyperlink" Target="https://a.vn" ' % OFFICE
    office.checked(
        rewritten(word, RELATIONS, part + b'TargetMode="External"/></Relationships>'), "x"
    )


@pytest.mark.parametrize(
    "part",
    [b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', b"not xml", b" " * (1024 * 1024 + 2)],
    ids=["entities", "no xml", "a part that swells"],
)
def test_a_word_file_whose_parts_cannot_be_read_is_broken(word, part):
    with pytest.raises(Refusal) as refused:
        office.checked(rewritten(word, RELATIONS, part), "x.docx")
    assert refused.value.code == "file.broken"
