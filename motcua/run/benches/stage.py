"""What a bench runs on: its own database at the stated size, kept for the next run, and the real server."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import psycopg

from motcua.gateways.peers import free_port
from motcua.run import database, postgres
from motcua.run.commands import serve

MOTCUA = [sys.executable, "-m", "motcua.run.cli"]
UNITS = 8
"""From so many agencies at least the requests come."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A database with `dossiers` dossiers (as they are now), and where the server answers."""

    port: int
    dossiers: int
    database_url: str


def prepare(size: int) -> str:
    """The address of the bench database of this size, made on first use; Django is set up on it."""
    server = postgres.start(database.home() / "postgres")
    name = f"bench_{size}"
    ready = database.home() / f"{name}.ready"
    if not ready.exists():
        database.drop(server, name)
    database.create(server, name)
    database.point_at(server, name)
    os.environ["MOTCUA_EXAMPLE"] = "1"
    os.environ["MOTCUA_EXAMPLE_TODAY"] = "2022-11-21T09:00:00"
    subprocess.run([*MOTCUA, "migrate", "--quiet"], check=True)
    if not ready.exists():
        load = ["load-example", "--dossiers", str(size)]
        subprocess.run([*MOTCUA, *load], check=True, stdout=sys.stderr)
        with psycopg.connect(server.url("postgres", name), autocommit=True) as admin:
            admin.execute("VACUUM ANALYZE")
        ready.touch()
    return os.environ["DATABASE_URL"]


@contextmanager
def server(workers: int = 2, env: Mapping[str, str] | None = None) -> Iterator[int]:
    """The real web server on a free port, with `workers` processes; stopped at the end. `env` is added
    to its environment."""
    port = free_port()
    command = serve.command("127.0.0.1", port, workers)
    child = subprocess.Popen(command, start_new_session=True, env={**os.environ, **(env or {})})
    try:
        _until_it_answers(port, child)
        yield port
    finally:
        child.terminate()
        child.wait(15)


def _until_it_answers(port: int, child: subprocess.Popen[bytes]) -> None:
    patience = time.monotonic() + timedelta(seconds=30).total_seconds()
    while time.monotonic() < patience and child.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/suc-khoe/", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("máy chủ không trả lời")


def machine() -> str:
    """What the figures were measured on: cores and the processor's name."""
    info = Path("/proc/cpuinfo")
    names = [line for line in info.read_text().splitlines() if line.startswith("model name")]
    return f"{os.cpu_count()} × {names[0].partition(':')[2].strip() if names else 'cpu'}"
