"""The words of a file, for search: a text's own, else what Tesseract reads on its pages, in Vietnamese.

Where Tesseract or its Vietnamese is not installed, scans are not searchable and nothing else changes.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from shutil import which

from motcua.files import bounded, previews, shelves
from motcua.rules.refusal import Refusal

LANGUAGE = "vie"
MOST_PAGES = 20
"""Pages read of one file: what a paper is about stands on its first ones, and a page takes seconds."""
SECONDS = 90
"""For one page of A4 at 300 dpi on a slow machine; a good one takes three."""
LITTLE = 40
"""Letters below which a PDF is taken for a scan: its text layer says nothing of its pages."""
MOST_LETTERS = 200_000


def engine() -> str | None:
    """The program and its version as it is kept with the words; None where it cannot read Vietnamese."""
    program = which("tesseract")
    if program is None:
        return None
    try:
        listed = _run([program, "--list-langs"]).splitlines()
        version = _run([program, "--version"]).splitlines()
    except (OSError, subprocess.SubprocessError):
        return None
    if LANGUAGE not in listed or not version:
        return None
    return f"{version[0][:40]} {LANGUAGE}"


def read(sha256: str, media_type: str) -> str:
    """The words of a kept file; "" for kinds that have none. Raises file.lost and what `bounded` raises."""
    source = shelves.path_of(sha256)
    if not source.exists():
        raise Refusal("file.lost")
    if media_type in (previews.WORD, previews.PDF):
        own = bounded.words(source, media_type)
        if media_type == previews.WORD or len(own.strip()) >= LITTLE:
            return own[:MOST_LETTERS]
    if not previews.has_pages(media_type):
        return ""
    many = min(previews.pages(sha256, media_type), MOST_PAGES)
    return "\n".join(_page(source, media_type, n) for n in range(many))[:MOST_LETTERS]


def _page(source: Path, media_type: str, number: int) -> str:
    with tempfile.TemporaryDirectory(prefix="nhan-dang-") as folder:
        picture = Path(folder) / "trang.jpg"
        bounded.plate(source, media_type, picture, page=number, turn=0)
        try:
            return _run([which("tesseract") or "tesseract", str(picture), "stdout", "-l", LANGUAGE])
        except (OSError, subprocess.SubprocessError):
            return ""


def _run(command: list[str]) -> str:
    """What a program says; it knows nothing of our environment and takes one core."""
    done = subprocess.run(  # noqa: S603 — Tesseract, upon a picture we have drawn
        command,
        capture_output=True,
        timeout=SECONDS,
        check=True,
        env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"},
    )
    return done.stdout.decode(errors="replace")
