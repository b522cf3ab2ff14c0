"""How tests get their databases: one embedded server, a migrated template, a copy for each process.

Loaded by pytest as a plugin (pyproject.toml) before Django's settings are read. A test that commits
for real takes the `own_database` fixture: a fresh copy of the template, dropped afterwards; nothing
is ever flushed, for the application's role may not truncate.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.run import database, postgres

os.environ.setdefault("MOTCUA_SECRET_KEY", "chi-dung-cho-kiem-thu-" + "0" * 40)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.run.settings")
os.environ["MOTCUA_EXAMPLE"] = "1"

_server = postgres.start(database.home() / "postgres")
_mine = f"test_{os.getpid()}_{os.environ.get('PYTEST_XDIST_WORKER', 'one')}"
database.point_at(_server, _mine)


def template() -> str:
    """The name of a migrated, empty database; built when the migrations have changed."""
    files = sorted((database.ROOT / "motcua").glob("*/migrations/*.py"))
    mark = hashlib.sha256(b"".join(f.name.encode() + f.read_bytes() for f in files)).hexdigest()[
        :12
    ]
    name = f"template_{mark}"
    with _lock(name):
        if not _exists(name):
            building = f"building_{mark}"
            database.drop(_server, building)
            database.create(_server, building)
            env = dict(os.environ, DATABASE_URL=_server.url(postgres.OWNER, building))
            env["DATABASE_OWNER_URL"] = env["DATABASE_URL"]
            subprocess.run(
                [sys.executable, "-m", "motcua.run.cli", "migrate", "--quiet"], env=env, check=True
            )
            _admin(f'ALTER DATABASE "{building}" RENAME TO "{name}"')
    return name


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


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """A database of the test's own where commits are real; yields its address as the application."""
    from django.db import connection

    name = f"own_{secrets.token_hex(6)}"
    copy_of(template(), name)
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connection.close()
        before = connection.settings_dict["NAME"]
        connection.settings_dict["NAME"] = name
        try:
            yield _server.url(postgres.APP, name)
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before
    database.drop(_server, name)


@pytest.fixture(autouse=True)
def fresh_directory() -> None:
    """What a test before rolled back is not remembered."""
    from motcua.organisations import directory

    directory.forget()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of reference data beside the project; a test that needs it skips where it is not."""
    folder = Path(os.environ.get("MOTCUA_SHARED_DATA", database.ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("cần dữ liệu tham khảo bên ngoài kho mã (MOTCUA_SHARED_DATA)")
    return folder


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
        import fcntl

        self.file = self.path.open("w")
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *exc: object) -> None:
        self.file.close()
