"""The command that watches the scanners' folder."""

from __future__ import annotations

from argparse import Namespace

import pytest

from motcua.dossiers.models import Capture
from motcua.dossiers.tests.conftest import raise_world
from motcua.files.tests import samples
from motcua.organisations import queries as organisations
from motcua.run.commands import watch_scans

ONCE = Namespace(once=True)


@pytest.fixture
def folder(settings, tmp_path):
    settings.BLOBS = tmp_path / "files"
    settings.SCAN_FOLDER = tmp_path / "quet"
    return settings.SCAN_FOLDER


def test_what_lies_in_the_folder_is_taken_in(db, folder, capsys, monkeypatch):
    monkeypatch.setattr(watch_scans.time, "sleep", lambda seconds: None)
    own = folder / organisations.unit(raise_world().desk).key
    own.mkdir(parents=True)
    (own / "a.jpg").write_bytes(samples.JPEG)
    (own / "b.pdf").write_bytes(samples.HTML)
    assert watch_scans.run(ONCE) == 0
    assert "Đã nhận 1 tệp, không nhận 1 tệp." in capsys.readouterr().out
    assert Capture.objects.count() == 1


def test_a_folder_that_is_not_there_and_none_at_all_are_told(settings, folder, capsys):
    assert watch_scans.run(ONCE) == 1
    assert "Không thấy thư mục máy quét" in capsys.readouterr().err
    settings.SCAN_FOLDER = None
    assert watch_scans.run(ONCE) == 1
    assert "MOTCUA_SCAN_FOLDER" in capsys.readouterr().err
