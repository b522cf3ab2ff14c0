"""How tests get their databases: one embedded server, a migrated template, a copy for each process.

Loaded by pytest as a plugin (pyproject.toml) before Django's settings are read. A test that commits
for real takes the `own_database` fixture: a fresh copy of the template, dropped afterwards; nothing
is ever flushed, for the application's role may not truncate. The server stops with the last session.

``MOTCUA_HYPOTHESIS=long`` searches properties longer, ``MOTCUA_REVERSE=1`` runs the tests last to first,
``MOTCUA_NO_BROWSER=1`` skips, knowingly, what needs a browser: a browser that is missing is a failure.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from motcua.run import database, postgres

if TYPE_CHECKING:
    from playwright.sync_api import Browser

os.environ.setdefault("MOTCUA_SECRET_KEY", "chi-dung-cho-kiem-thu-" + "0" * 40)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.run.settings")
os.environ["MOTCUA_EXAMPLE"] = "1"

hypothesis.settings.register_profile("modest", deadline=None)
hypothesis.settings.register_profile("long", deadline=None, max_examples=5000)
hypothesis.settings.load_profile(os.environ.get("MOTCUA_HYPOTHESIS", "modest"))

_server = postgres.start(database.home() / "postgres")
_mine = f"test_{os.getpid()}_{os.environ.get('PYTEST_XDIST_WORKER', 'one')}"
database.point_at(_server, _mine)

KINDS = frozenset({".py", ".csv", ".toml", ".jsonl"})
"""What the example is raised from."""
BROWSER_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_sessions = (database.home() / "test-sessions.lock").open("w")
fcntl.flock(_sessions, fcntl.LOCK_SH)
_running = (database.home() / "tests-running.lock").open("w")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ.get("MOTCUA_REVERSE") == "1":
        items.reverse()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """A test marked `alone` runs while no other test does, in whichever process: a transaction in any
    database of the server moves what others take for final."""
    with _lock("tests-turn"):
        how = fcntl.LOCK_EX if item.get_closest_marker("alone") else fcntl.LOCK_SH
        fcntl.flock(_running, how)
    try:
        return (yield)
    finally:
        fcntl.flock(_running, fcntl.LOCK_UN)


def pytest_unconfigure() -> None:
    """Stop the server unless another session, or a system under way, is using it."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    try:
        fcntl.flock(_sessions, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    if not _in_use():
        postgres.stop(_server)


def template() -> str:
    """The name of a migrated, empty database; built when the migrations have changed."""
    return _kept(f"template_{database.migrations_digest()}", None, ["migrate", "--quiet"])


def example(dossiers: int) -> str:
    """The name of a database with the example raised: units, cast, catalogue, and so many dossiers;
    built when the migrations or the code that raises it have changed."""
    name = f"example_{dossiers}_{_raising_digest()}"
    return _kept(name, template(), ["raise-example", "--dossiers", str(dossiers)])


def address(name: str) -> str:
    """Where the application finds database `name`."""
    return _server.url(postgres.APP, name)


def drop(name: str) -> None:
    """Database `name` is no more."""
    database.drop(_server, name)


def _kept(name: str, source: str | None, command: list[str]) -> str:
    """Database `name`, made from `source` by a `motcua` command if it is not there yet; what stood in
    its place before goes."""
    with _lock(name):
        if not _exists(name):
            building = f"building_{name}"
            database.drop(_server, building)
            database.create(_server, building, template=source)
            env = dict(os.environ, DATABASE_URL=_server.url(postgres.APP, building))
            env["DATABASE_OWNER_URL"] = _server.url(postgres.OWNER, building)
            subprocess.run([sys.executable, "-m", "motcua.run.cli", *command], env=env, check=True)
            _admin(f'ALTER DATABASE "{building}" RENAME TO "{name}"')
            for older in _others_of_its_kind(name):
                drop(older)
    return name


def _others_of_its_kind(name: str) -> list[str]:
    """Databases named as `name` but for the mark at its end."""
    import psycopg

    query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s) AND datname <> %s"
    with psycopg.connect(_server.url("postgres", "postgres")) as admin:
        kind = name.rpartition("_")[0] + "_"
        return [row[0] for row in admin.execute(query, [kind, name])]


def _raising_digest() -> str:
    """What raises the example: its files, the migrations, and the rooms below the doors."""
    doors = {"portal", "desk", "api", "jobs", "look", "tests", "benches", "commands"}
    files = sorted((database.ROOT / "motcua").rglob("*.*"))
    kept = [
        f
        for f in files
        if f.suffix in KINDS and not doors & set(f.relative_to(database.ROOT).parts)
    ]
    marks = b"".join(f.name.encode() + f.read_bytes() for f in kept)
    return hashlib.sha256(marks).hexdigest()[:12]


def copy_of(source: str, name: str) -> None:
    """Database `name` as a copy of `source` (CREATE DATABASE … TEMPLATE)."""
    with _lock(source):
        database.drop(_server, name)
        database.create(_server, name, template=source)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    from django.db import connection

    copy_of(template(), _mine)
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connection.close()
    database.drop(_server, _mine)


@contextmanager
def separate(source: str) -> Iterator[str]:
    """Django works on a fresh copy of database `source`, where commits are real; yields its address as
    the application. Needs access to the database to be allowed (django_db_blocker)."""
    from django.db import connection

    from motcua.catalogue import offered
    from motcua.organisations import directory

    name = f"own_{secrets.token_hex(6)}"
    copy_of(source, name)
    offered.forget()
    directory.forget()
    connection.close()
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    try:
        yield address(name)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        offered.forget()
        directory.forget()
        drop(name)


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """A database of the test's own where commits are real; yields its address as the application."""
    with django_db_blocker.unblock(), separate(template()) as url:  # type: ignore[attr-defined]
        yield url


@pytest.fixture(scope="module")
def modules_database(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[str]:
    """`own_database`, one for all tests of a module."""
    with django_db_blocker.unblock(), separate(template()) as url:  # type: ignore[attr-defined]
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running Chromium without a display."""
    from playwright.sync_api import sync_playwright

    if os.environ.get("MOTCUA_NO_BROWSER") == "1":
        pytest.skip("MOTCUA_NO_BROWSER=1: bỏ qua kiểm thử bằng trình duyệt")
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        pytest.fail("cần Chromium: apt-get install chromium (bỏ qua: MOTCUA_NO_BROWSER=1)", False)
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=BROWSER_FLAGS)
        yield running
        running.close()


@pytest.fixture(autouse=True)
def fresh_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test before rolled back is not remembered; and no clock adds a look at the directory to the
    statements a test counts."""
    from motcua.organisations import directory

    directory.forget()
    monkeypatch.setattr(directory, "CHECK_EVERY_SECONDS", 3600)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of reference data beside the project; a test that needs it skips where it is not."""
    folder = Path(os.environ.get("MOTCUA_SHARED_DATA", database.ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("cần dữ liệu tham khảo bên ngoài kho mã (MOTCUA_SHARED_DATA)")
    return folder


def _in_use() -> bool:
    import psycopg

    with psycopg.connect(_server.url("postgres", "postgres")) as admin:
        others = "backend_type = 'client backend' AND pid <> pg_backend_pid()"
        found = admin.execute(f"SELECT 1 FROM pg_stat_activity WHERE {others}").fetchone()  # noqa: S608
    return found is not None


def _exists(name: str) -> bool:
    import psycopg

    with psycopg.connect(_server.url("postgres", "postgres")) as admin:
        found = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    return found is not None


def _admin(statement: str) -> None:
    import psycopg

    with psycopg.connect(_server.url("postgres", "postgres"), autocommit=True) as admin:
        admin.execute(statement)


class _lock:  # noqa: N801
    """One process at a time, over all test workers, by a file lock."""

    def __init__(self, name: str) -> None:
        self.path = database.home() / f"{name}.lock"

    def __enter__(self) -> None:
        self.file = self.path.open("w")
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *exc: object) -> None:
        self.file.close()
