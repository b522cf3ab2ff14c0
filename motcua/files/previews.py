"""Pages of files as pictures, so that nothing has to be downloaded to be looked at.

Made in the workshop (`bounded`) when first asked for and kept beside the files, by hash, page, width and
turn. The folder `xem` can be emptied at any time. Who asks has been allowed by the file's owner.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from motcua.files import bounded, shelves
from motcua.rules.refusal import Refusal

THUMBNAIL, PLAIN, LARGE, LARGEST = 200, 1000, 1600, 2400
WIDTHS = (THUMBNAIL, PLAIN, LARGE, LARGEST)
"""Pixels across; no other is made, so that nobody fills the disk with sizes."""
TURNS = (0, 90, 180, 270)
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def has_pages(media_type: str) -> bool:
    """Whether files of a type are shown as pictures of pages."""
    return media_type == PDF or media_type.startswith("image/")


def pages(sha256: str, media_type: str) -> int:
    """How many pages a file has; raises file.not_shown, file.lost and what `bounded.examine` raises."""
    if not has_pages(media_type):
        raise Refusal("file.not_shown")
    kept = _place(sha256, ".json")
    if not kept.exists():
        found = bounded.examine(_source(sha256), media_type, "")
        _make(kept, lambda out: _write(out, json.dumps({"pages": found["pages"]}).encode()))
    return int(json.loads(kept.read_text())["pages"])


def picture(sha256: str, media_type: str, *, page: int, width: int, turn: int = 0) -> Path:
    """The WebP of a page (from 0) in one of WIDTHS, turned clockwise by one of TURNS.

    Raises file.not_shown, file.no_such_page, file.lost and what `bounded.draw` raises.
    """
    if not has_pages(media_type):
        raise Refusal("file.not_shown")
    if width not in WIDTHS or turn not in TURNS:
        raise Refusal("file.no_such_page")
    kept = _place(sha256, f"-{page}-{width}-{turn}.webp")
    if not kept.exists():
        source = _source(sha256)
        _make(
            kept,
            lambda out: bounded.draw(source, media_type, out, page=page, width=width, turn=turn),
        )
    return kept


def words(sha256: str, media_type: str) -> str:
    """The text of a DOCX, as much as is shown; raises file.not_shown for other kinds."""
    if media_type != WORD:
        raise Refusal("file.not_shown")
    return bounded.words(_source(sha256), media_type)


def of_printed(pdf: bytes) -> str:
    """Let a paper that is printed anew each time be looked at by pages; returns its hash."""
    sha256 = hashlib.sha256(pdf).hexdigest()
    kept = _place(sha256, ".pdf")
    if not kept.exists():
        _make(kept, lambda out: _write(out, pdf))
    return sha256


def _source(sha256: str) -> Path:
    """Where the bytes lie: on the shelf, or printed for this view."""
    for path in (shelves.path_of(sha256), _place(sha256, ".pdf")):
        if path.exists():
            return path
    raise Refusal("file.lost")


def _place(sha256: str, ending: str) -> Path:
    folder: Path = settings.BLOBS / "xem" / sha256[:2]
    return folder / f"{sha256}{ending}"


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _make(kept: Path, make: Callable[[Path], None]) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    waiting = kept.with_name(f"{uuid4().hex}.dang-ve")
    try:
        make(waiting)
        waiting.replace(kept)
    finally:
        with suppress(FileNotFoundError):
            waiting.unlink()
