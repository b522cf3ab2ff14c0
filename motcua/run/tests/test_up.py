"""One system at a time from one folder, on a port of its own."""

from __future__ import annotations

import fcntl
import socket
from argparse import Namespace

import pytest

from motcua.run import database
from motcua.run.commands import up


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))


def test_a_second_one_from_the_same_folder_says_so_and_touches_nothing(capsys):
    with (database.home() / "up.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert up.run(Namespace(port=8000, workers=1)) == 1
    assert "đang chạy từ thư mục này rồi" in capsys.readouterr().err


def test_a_port_in_use_is_named_with_the_way_out(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert up.run(Namespace(port=port, workers=1)) == 1
    said = capsys.readouterr().err
    assert str(port) in said
    assert "--port" in said
