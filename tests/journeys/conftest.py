"""Each story has a database of its own and the real server in front of it, as the example runs: on Monday
2022-11-21 at 9 o'clock, with the cast signed up. Stories that only read share one."""

from __future__ import annotations

import fcntl
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from motcua.run import database, testing
from motcua.run.benches import stage
from motcua.run.commands.up import EXAMPLE_TODAY
from tests.journeys.visitor import Visitor

LIVED = 400
"""So many dossiers stand in the database that is only read."""
PUBLIC = "http://motcua.example"
Come = Callable[..., Visitor]


@dataclass(frozen=True, slots=True)
class Site:
    """The server of a story, its database as the application sees it, and where papers say it is."""

    base: str
    database_url: str = field(repr=False)
    public_url: str = PUBLIC


@pytest.fixture(scope="session")
def static(browser: Browser) -> None:
    """The files of the pages, gathered where the web server looks for them."""
    with (database.home() / "static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        command = [sys.executable, "-m", "motcua.run.cli", "collect-static"]
        subprocess.run(command, check=True)


@contextmanager
def serving(source: str, files: Path, **more: str) -> Iterator[Site]:
    """The server on a fresh copy of database `source`; server and copy are gone afterwards. With `more` of
    an environment the copy is raised to what that adds (keys, exchanges)."""
    name = f"journey_{secrets.token_hex(6)}"
    testing.copy_of(source, name)
    env = {
        "DATABASE_URL": testing.address(name),
        "MOTCUA_EXAMPLE_TODAY": EXAMPLE_TODAY,
        "MOTCUA_EXAMPLE_ANCHOR": datetime.now().astimezone().isoformat(),
        "MOTCUA_FILES": str(files),
        "MOTCUA_PUBLIC_URL": PUBLIC,
        **more,
    }
    try:
        if more:
            command = [sys.executable, "-m", "motcua.run.cli", "raise-example", "--dossiers", "0"]
            subprocess.run(command, env={**os.environ, **env}, check=True)
        with stage.server(2, env) as port:
            yield Site(f"http://127.0.0.1:{port}", env["DATABASE_URL"])
    finally:
        testing.drop(name)


@pytest.fixture
def site(static: None, tmp_path: Path) -> Iterator[Site]:
    """A province on its first morning: everybody in his post, not one dossier."""
    with serving(testing.example(0), tmp_path) as running:
        yield running


@pytest.fixture(scope="module")
def common_site(static: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The same for stories that do not meet: each has a dossier of its own."""
    with serving(testing.example(0), tmp_path_factory.mktemp("files")) as running:
        yield running


@pytest.fixture(scope="session")
def lived_site(static: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A province some months old, for reading only."""
    with serving(testing.example(LIVED), tmp_path_factory.mktemp("files")) as running:
        yield running


@pytest.fixture
def come(browser: Browser) -> Iterator[Come]:
    """Somebody opens a browser; afterwards nobody's browser may have complained of anything."""
    here: list[Visitor] = []

    def make(site: Site, username: str = "", **options: int) -> Visitor:
        visitor = Visitor(browser, site.base, **options)
        here.append(visitor)
        return visitor.signed_in(username) if username else visitor

    yield make
    for visitor in here:
        visitor.context.close()
    assert [said for visitor in here for said in visitor.complaints] == []
