"""Files come in whole, as what they say they are, or not at all."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest
from django.db import transaction

from motcua.files import operations, shelves
from motcua.files.errors import SENTENCES
from motcua.files.models import Blob
from motcua.files.tests import samples
from motcua.ledger import verify
from motcua.ledger.models import Entry
from motcua.rules.actor import ANONYMOUS, system
from motcua.rules.refusal import Refusal

OFFICE = "application/vnd.openxmlformats-officedocument."
SYSTEM = system("kiểm thử")
AT = datetime(2022, 11, 21, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.BLOBS = tmp_path / "files"
    return settings.BLOBS


def lying_about(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("Đơn.pdf", samples.PDF, "application/pdf"),
        ("anh.JPG", samples.JPEG, "image/jpeg"),
        ("anh.png", samples.png(), "image/png"),
        ("don.docx", samples.docx(), OFFICE + "wordprocessingml.document"),
        ("bang.xlsx", samples.xlsx(), OFFICE + "spreadsheetml.sheet"),
    ],
)  # fmt: skip
def test_what_people_bring_is_kept_by_its_hash(folder, name, content, media_type):
    kept = shelves.keep([content[:7], content[7:]], name)
    assert (kept.media_type, kept.size, kept.name) == (media_type, len(content), name)
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert shelves.read(kept.sha256).read() == content
    assert lying_about(folder) == [shelves.path_of(kept.sha256)]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("rong.pdf", b"", "file.empty"),
        ("to.pdf", samples.PDF + b"x" * 5000, "file.too_large"),
        ("anh.pdf", samples.png(), "file.lies"),
        ("don.docx", samples.PDF, "file.lies"),
        ("trang.pdf", samples.HTML, "file.lies"),
        ("cu.docx", samples.OLD_DOC, "file.lies"),
        ("nen.docx", samples.archive("a.txt"), "file.lies"),
        ("khong-duoi", samples.PDF, "file.lies"),
        ("chay.pdf", samples.EXE, "file.programme"),
        ("chay.exe", samples.PDF, "file.programme"),
        ("lenh.jpg", b"#!/bin/sh\nrm -rf /", "file.programme"),
        ("macro.docx", samples.docx("word/vbaProject.bin"), "file.macros"),
        ("cut.pdf", samples.PDF[:30], "file.broken"),
        ("cut.png", samples.png()[:40], "file.broken"),
        ("cut.docx", samples.docx()[:60], "file.broken"),
        ("hinh.svg", samples.SVG, "file.kind_not_taken"),
        ("ghi.txt", b"xin chao", "file.kind_not_taken"),
        ("nen.zip", samples.archive("a.txt"), "file.kind_not_taken"),
    ],
)
def test_what_is_refused_is_named_with_a_remedy_and_leaves_nothing(
    folder, settings, name, content, code
):
    settings.UPLOAD_LIMIT = 4000
    with pytest.raises(Refusal) as refused:
        shelves.keep([content], name)
    assert refused.value.code == code
    said = SENTENCES[code].format(**refused.value.params)
    assert name in said
    assert lying_about(folder) == []


def test_a_sender_that_breaks_off_leaves_nothing(folder):
    def broken():
        yield samples.PDF
        raise OSError("mất kết nối")

    with pytest.raises(OSError, match="mất kết nối"):
        shelves.keep(broken(), "don.pdf")
    assert lying_about(folder) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\lam\\Đơn.pdf", "Đơn.pdf"),
        ("don\x00\r\n.pdf", "don.pdf"),
        ("a" * 400 + ".pdf", "a" * 176 + ".pdf"),
        ("...", "tep"),
    ],
)
def test_a_name_is_only_a_name(given, kept):
    assert shelves.clean_name(given) == kept


def test_a_file_of_many_bytes_is_stopped_on_the_way(settings):
    settings.UPLOAD_LIMIT = 1000
    taken = []

    def endless():
        while True:
            taken.append(1)
            yield b"x" * 600

    with pytest.raises(Refusal):
        shelves.keep(endless(), "don.pdf")
    assert len(taken) == 2


@pytest.mark.django_db
def test_the_same_bytes_are_one_blob_and_one_entry():
    first = operations.store([samples.PDF], "don.pdf", actor=SYSTEM, at=AT)
    again = operations.store([samples.PDF], "ban-khac.pdf", actor=SYSTEM, at=AT)
    assert first == again
    assert Blob.objects.get().media_type == "application/pdf"
    entry = Entry.objects.get(event="file.stored")
    assert entry.fields["sha256"] == hashlib.sha256(samples.PDF).hexdigest()
    assert list(verify.breaks()) == []


@pytest.mark.django_db
def test_several_files_are_stored_in_one_act():
    kept = [shelves.keep([content], name) for content, name in (
        (samples.PDF, "a.pdf"), (samples.png(), "b.png"), (samples.PDF, "c.pdf"),
    )]  # fmt: skip
    ids = operations.store_kept(kept, actor=SYSTEM, at=AT)
    assert set(ids) == {one.sha256 for one in kept}
    assert Blob.objects.count() == 2


@pytest.mark.django_db
def test_nobody_unknown_stores_a_file():
    with pytest.raises(Refusal) as refused:
        operations.store([samples.PDF], "don.pdf", actor=ANONYMOUS, at=AT)
    assert refused.value.code == "file.may_not"
    assert not Blob.objects.exists()


@pytest.mark.django_db
def test_an_act_that_fails_later_leaves_no_row():
    with pytest.raises(RuntimeError), transaction.atomic():
        operations.store([samples.PDF], "don.pdf", actor=SYSTEM, at=AT)
        raise RuntimeError
    assert not Blob.objects.exists()
