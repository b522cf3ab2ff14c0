"""Whether a file carries something that harms: the EICAR string by our own rule, the rest by ClamAV.

With MOTCUA_CLAMD set, nothing is taken in unscanned: a scanner that does not answer refuses the file.
"""

from __future__ import annotations

import socket
import struct
from contextlib import closing
from typing import TYPE_CHECKING

from django.conf import settings

from motcua.files.workshop import EICAR, FIRST
from motcua.rules.refusal import Refusal

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 30
"""ClamAV scans 50 MB in a few seconds; one that needs longer is as good as not there."""
CHUNK = 64 * 1024


def scan(path: Path, name: str) -> str:
    """The name of what was found in the file at `path`, "" where nothing was; raises file.not_scanned."""
    with path.open("rb") as file:
        if EICAR in file.read(FIRST):
            return "EICAR"
    if not settings.CLAMD:
        return ""
    try:
        return _by_clamd(path, settings.CLAMD)
    except (OSError, ValueError):
        raise Refusal("file.not_scanned", {"name": name}) from None


def answers() -> bool:
    """Whether the configured scanner is there; true where none is configured."""
    if not settings.CLAMD:
        return True
    try:
        with closing(_connected(settings.CLAMD)) as clamd:
            clamd.sendall(b"zPING\0")
            return _reply(clamd) == "PONG"
    except (OSError, ValueError):
        return False


def _by_clamd(path: Path, address: str) -> str:
    """INSTREAM (clamd(8)): chunks with their length in network order, an empty one ends the stream."""
    with closing(_connected(address)) as clamd:
        clamd.sendall(b"zINSTREAM\0")
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                clamd.sendall(struct.pack(">I", len(chunk)) + chunk)
        clamd.sendall(struct.pack(">I", 0))
        said = _reply(clamd)
    if said == "stream: OK":
        return ""
    if said.startswith("stream: ") and said.endswith(" FOUND"):
        return said.removeprefix("stream: ").removesuffix(" FOUND")[:100]
    raise ValueError(said)


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        clamd = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        clamd.settimeout(SECONDS)
        clamd.connect(address)
        return clamd
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)


def _reply(clamd: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < CHUNK:
        more = clamd.recv(CHUNK)
        if not more:
            break
        said += more
    return said.rstrip(b"\0\n").decode(errors="replace")
