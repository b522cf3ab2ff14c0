"""Peers: the other side of a line, a process of its own (conformance/peers) while a test or a bench runs."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "conformance" / "peers"
PATIENCE = 60
"""Seconds a peer may take to answer on a busy machine."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A running peer. `ask` reads or sets what it shows to tests under /_peer/."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, body: Any = None) -> Any:
        return ask(self.port, path, body)

    def kill(self) -> None:
        """Gone without a word, as when the power fails."""
        self.process.kill()
        self.process.wait()


def ask(port: int, path: str, body: Any = None) -> Any:
    """What a peer shows, or is set to, under /_peer/; with a `body` it is posted."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}/_peer/{path}", data=data)
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
        return json.loads(answer.read() or b"null")


@contextmanager
def peer(name: str, *arguments: str, port: int | None = None) -> Iterator[Peer]:
    """conformance/peers/<name>.py --port N …, once it answers; killed afterwards."""
    port = port or free_port()
    command = [sys.executable, str(FOLDER / f"{name}.py"), "--port", str(port), *arguments]
    process = subprocess.Popen(command)  # noqa: S603 — our own scripts
    try:
        until_it_answers(port, process)
        yield Peer(port, process)
    finally:
        process.kill()
        process.wait()


def free_port() -> int:
    """A port nobody has, for the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until_it_answers(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until something listens there; raises RuntimeError where the process has ended, TimeoutError."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if process.poll() is not None:
            raise RuntimeError(f"the peer ended with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("the peer does not answer")
