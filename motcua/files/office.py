"""Word files made to PDF by LibreOffice, where it is installed: a process of its own, in a folder of its own.

The setting MOTCUA_SOFFICE names the program; without it the one on the path is used. Before anything opens a
file its parts are looked at: one that reaches for things elsewhere (a linked picture, a remote template, an
embedded object) is refused.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from lxml import etree

from motcua.rules.refusal import Refusal

SECONDS = 60
LARGEST_RELS = 1024 * 1024
MOST_RELS = 500
MOST_PDF = 100 * 1024 * 1024
_HARMLESS = "/hyperlink"
_REFUSED = ("/oleObject", "/package", "/attachedTemplate", "/vbaProject", "/control", "/frame")
_PARSER: Any = {"resolve_entities": False, "no_network": True, "load_dtd": False}


def program() -> str | None:
    """LibreOffice's program, or None where it is not installed."""
    return settings.SOFFICE or shutil.which("soffice") or shutil.which("libreoffice")


def checked(path: Path, name: str) -> None:
    """Raises file.reaches_out for a Word file whose parts point elsewhere or embed objects, file.broken for
    one whose parts cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            relations = [one for one in archive.infolist() if one.filename.endswith(".rels")]
            if len(relations) > MOST_RELS:
                raise Refusal("file.broken", {"name": name})
            for one in relations:
                with archive.open(one) as part:
                    _look(part.read(LARGEST_RELS + 1), name)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, OSError, ValueError):
        raise Refusal("file.broken", {"name": name}) from None


def _look(part: bytes, name: str) -> None:
    if len(part) > LARGEST_RELS or b"<!DOCTYPE" in part:
        raise Refusal("file.broken", {"name": name})
    for relation in etree.fromstring(part, etree.XMLParser(**_PARSER)):
        kind = relation.get("Type", "")
        outside = relation.get("TargetMode") == "External" and not kind.endswith(_HARMLESS)
        if outside or kind.endswith(_REFUSED):
            raise Refusal("file.reaches_out", {"name": name})


def pdf_of(path: Path, name: str) -> bytes | None:
    """The Word file at `path` as PDF, or None where LibreOffice is not installed.

    Raises file.reaches_out, file.broken, file.not_converted (it failed, or took longer than a minute).
    """
    checked(path, name)
    soffice = program()
    if soffice is None:
        return None
    with tempfile.TemporaryDirectory(prefix="motcua-word-") as room:
        source = Path(room) / "van-ban.docx"
        shutil.copyfile(path, source)
        _run(soffice, Path(room), source, name)
        made = source.with_suffix(".pdf")
        if not made.is_file() or not 0 < made.stat().st_size <= MOST_PDF:
            raise Refusal("file.not_converted", {"name": name})
        return made.read_bytes()


def _run(soffice: str, room: Path, source: Path, name: str) -> None:
    """In a session of its own, so that whatever it started ends with it."""
    command = [
        *(soffice, "--headless", "--norestore", "--nolockcheck", "--nodefault"),
        f"-env:UserInstallation=file://{room}/ho-so",
        *("--convert-to", "pdf", "--outdir", str(room), str(source)),
    ]
    quiet: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    working = subprocess.Popen(  # noqa: S603 — the program of the setting, our own arguments
        command,
        cwd=room,
        env={"HOME": str(room), "PATH": "/usr/bin:/bin", "TMPDIR": str(room), "LANG": "C.UTF-8"},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        **quiet,
    )
    try:
        failed = working.wait(timeout=SECONDS) != 0
    except subprocess.TimeoutExpired:
        failed = True
    finally:
        _end(working)
    if failed:
        raise Refusal("file.not_converted", {"name": name})


def _end(working: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(working.pid, signal.SIGKILL)
    working.wait()
