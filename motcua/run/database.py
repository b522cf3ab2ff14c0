"""Databases: where they are, who connects as whom, and their creation."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg
from psycopg import sql

from motcua.run import postgres

ROOT = Path(__file__).resolve().parents[2]


class SettingMissing(RuntimeError):
    """An environment variable is missing or malformed; the message names it and the remedy."""


def home() -> Path:
    """The folder of what this installation keeps on disk (``MOTCUA_HOME``, default ``.motcua``)."""
    return Path(os.environ.get("MOTCUA_HOME", ROOT / ".motcua"))


def parse(url: str) -> dict[str, Any]:
    """A Django database entry from ``postgresql://user:password@host:port/name?host=…``.

    Raises SettingMissing for any other scheme or a missing name.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or len(parts.path) < 2:
        raise SettingMissing(
            "DATABASE_URL phải có dạng postgresql://người_dùng:mật_khẩu@máy_chủ:cổng/tên_cơ_sở_dữ_liệu"
        )
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {**query},
    }


def create(server: postgres.Server, name: str, template: str | None = None) -> None:
    """Make the roles and the database `name` if they are not there; idempotent."""
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as admin:
        for role in (postgres.OWNER, postgres.APP):
            if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                admin.execute(
                    sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
                        sql.Identifier(role), sql.Literal(server.passwords[role])
                    )
                )
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        made = sql.SQL("CREATE DATABASE {} OWNER {}").format(
            sql.Identifier(name), sql.Identifier(postgres.OWNER)
        )
        if template:
            made += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
        admin.execute(made)
    if not template:
        prepare(server.url("postgres", name))


def prepare(admin_url: str) -> None:
    """What only a superuser may do in a new database: extensions, and rights of the two roles."""
    with psycopg.connect(admin_url, autocommit=True) as admin:
        for extension in ("unaccent", "pg_trgm", "btree_gist"):
            admin.execute(
                sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension))
            )
        for statement in RIGHTS:
            admin.execute(statement)


# The application reads and writes rows and nothing else; the record's tables take even that back
# (motcua.ledger's migrations). TRUNCATE, REFERENCES and TRIGGER are never given.
RIGHTS = (
    f"GRANT USAGE ON SCHEMA public TO {postgres.APP}",
    f"GRANT CREATE, USAGE ON SCHEMA public TO {postgres.OWNER}",
    f"ALTER DEFAULT PRIVILEGES FOR ROLE {postgres.OWNER} IN SCHEMA public "
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {postgres.APP}",
    f"ALTER DEFAULT PRIVILEGES FOR ROLE {postgres.OWNER} IN SCHEMA public "
    f"GRANT USAGE, SELECT ON SEQUENCES TO {postgres.APP}",
)


def drop(server: postgres.Server, name: str) -> None:
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as admin:
        admin.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def embedded(name: str = "motcua") -> postgres.Server:
    """The embedded server of this installation, started, with database `name` ready; its addresses
    are put into the environment for this process and its children."""
    server = postgres.start(home() / "postgres")
    create(server, name)
    point_at(server, name)
    return server


def running() -> Path:
    """Where a running example says what its clock is, for commands beside it."""
    return home() / "running.json"


def migrations_digest() -> str:
    """What the migrations are now: the same text means nothing is left to migrate."""
    files = sorted((ROOT / "motcua").glob("*/migrations/*.py"))
    return hashlib.sha256(b"".join(f.name.encode() + f.read_bytes() for f in files)).hexdigest()[
        :12
    ]


def point_at(server: postgres.Server, name: str) -> None:
    os.environ["DATABASE_URL"] = server.url(postgres.APP, name)
    os.environ["DATABASE_OWNER_URL"] = server.url(postgres.OWNER, name)
