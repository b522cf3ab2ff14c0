"""Words on papers: read once in the background, found within the reader's scope alone."""

from __future__ import annotations

import pytest

from motcua.dossiers import operations, reading
from motcua.dossiers.attachments import Attached
from motcua.dossiers.tests.conftest import NINE, later
from motcua.files import operations as files
from motcua.files.models import FileText
from motcua.files.tests import samples
from motcua.rules.actor import system
from motcua.rules.refusal import Refusal

SYSTEM = system("kiểm thử")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.BLOBS = tmp_path / "files"


@pytest.fixture
def attached(world):
    def attach(dossier_id, n):
        blob = files.store([samples.PDF + b"%%%d" % n], "a.pdf", actor=SYSTEM, at=NINE)
        operations.attach(
            dossier_id=dossier_id, files=[Attached(blob, "a.pdf")], actor=SYSTEM, at=NINE
        )
        return blob

    return attach


def test_new_files_are_read_once_and_one_that_cannot_be_is_tried_once(world, attached, monkeypatch):
    first, second = (attached(world.accepted(later(hours=n)).id, n) for n in (0, 1))
    read = []

    def words(sha256, media_type):
        read.append(sha256)
        if len(read) == 1:
            raise Refusal("file.too_hard", {"name": ""})
        return "Quyền sử dụng đất"

    monkeypatch.setattr(reading.recognition, "engine", lambda: "thử 1")
    monkeypatch.setattr(reading.recognition, "read", words)
    assert reading.read_new(at=NINE) == 2
    assert reading.read_new(at=NINE) == 0
    assert len(read) == 2
    texts = dict(FileText.objects.values_list("blob_id", "text"))
    assert texts == {second: "", first: "Quyền sử dụng đất"}


def test_where_nothing_reads_nothing_happens(world, attached, monkeypatch):
    attached(world.accepted().id, 0)
    monkeypatch.setattr(reading.recognition, "engine", lambda: None)
    assert reading.read_new(at=NINE) == 0


def test_words_are_found_without_marks_within_scope(world, attached):
    dossier = world.accepted().id
    blob = attached(dossier, 0)
    files.recognise(
        blob_id=blob, text="Quyền sử dụng đất của ông Đức", engine="thử", actor=SYSTEM, at=NINE
    )
    found = lambda actor, text: [row["id"] for row in reading.find(actor, text)]  # noqa: E731
    assert found(world.clerk, "quyen su dung DAT") == [dossier]
    assert found(world.clerk, "Đức đất") == [dossier]
    assert found(world.clerk, "đất rừng") == []
    assert found(world.clerk, "ô") == []
    assert found(world.clerk, "' & | (!") == []
    assert found(world.stranger, "quyền sử dụng đất") == []
