"""The folder scanners write to: whole files are taken in by desk, and moved to `da-nhan` beside them.

MOTCUA_SCAN_FOLDER holds a folder for each desk, named by the key of its unit. A file is taken once its size
has stood still; what is refused goes to `khong-nhan` with the reason in a text beside it. Where the folder
is gone, nothing is lost: what the scanner keeps comes in when the folder is back.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from motcua.dossiers import operations
from motcua.dossiers.operations import Taken
from motcua.files import operations as files
from motcua.files import previews, shelves
from motcua.files.errors import SENTENCES
from motcua.organisations import queries as organisations
from motcua.rules.actor import Actor, system
from motcua.rules.refusal import Refusal

DONE, REFUSED = "da-nhan", "khong-nhan"
STILL_SECONDS = 2
"""A file whose size and time have not changed for so long is whole: scanners write without a pause."""
SCANNER: Actor = system("máy quét")

Mark = tuple[int, int]
"""Size and time of a file, as seen in one look."""


@dataclass(frozen=True, slots=True)
class Swept:
    """One look at the folder: files taken in, refused, and those still being written."""

    taken: int = 0
    refused: int = 0
    seen: tuple[tuple[Path, Mark], ...] = ()


def state() -> str:
    """What a page says of the folder: "" where none is configured, else "there" or "gone"."""
    root = settings.SCAN_FOLDER
    if root is None:
        return ""
    return "there" if _is_there(root) else "gone"


def sweep(before: Swept, *, at: datetime) -> Swept:
    """Take in what stands as it stood at the look `before`, which was STILL_SECONDS ago or longer.

    Any number of sweepers may run: a file is one capture by its unit, name, time and hash.
    """
    root = settings.SCAN_FOLDER
    if root is None or not _is_there(root):
        return Swept()
    known, seen, taken, refused = dict(before.seen), [], 0, 0
    for unit_id, file in _files(root):
        mark = _mark(file)
        if mark is None:
            continue
        if known.get(file) != mark:
            seen.append((file, mark))
        elif _take(unit_id, file, mark, at):
            taken += 1
        else:
            refused += 1
    return Swept(taken, refused, tuple(seen))


def _take(unit_id: int, file: Path, mark: Mark, at: datetime) -> bool:
    try:
        with file.open("rb") as content:
            chunks = iter(lambda: content.read(1024 * 1024), b"")
            kept = files.keep(chunks, file.name, actor=SCANNER, at=at)
        pages = previews.pages(kept.sha256, kept.media_type)
    except FileNotFoundError:
        return True  # another sweeper has moved it
    except Refusal as refused:
        _aside(file, refused)
        return False
    blob_id = files.store_kept([kept], actor=SCANNER, at=at)[kept.sha256]
    origin = f"scanner:{unit_id}:{mark[1]}:{kept.sha256}:{file.name[:120]}"
    taken = Taken(blob_id, shelves.clean_name(file.name), "scanner", origin, pages)
    operations.capture(taken=taken, unit_id=unit_id, actor=SCANNER, at=at)
    _move(file, DONE)
    return True


def _aside(file: Path, refused: Refusal) -> None:
    """What cannot be taken in now for want of a scanner of viruses or a workshop stays for the next look."""
    if refused.code in ("file.not_scanned", "file.busy"):
        return
    moved = _move(file, REFUSED)
    if moved is not None:
        said = SENTENCES.get(refused.code, refused.code)
        told = {"name": file.name, **refused.params}
        with suppress(OSError, KeyError):
            moved.with_name(f"{moved.name}.vi-sao.txt").write_text(said.format_map(told) + "\n")


def _move(file: Path, to: str) -> Path | None:
    folder = file.parent / to
    target = folder / file.name
    try:
        folder.mkdir(exist_ok=True)
        n = 1
        while target.exists():
            n += 1
            target = folder / f"{file.stem}-{n}{file.suffix}"
        file.rename(target)
    except OSError:
        return None
    return target


def _files(root: Path) -> Iterator[tuple[int, Path]]:
    for folder in _listed(root):
        try:
            unit_id = organisations.unit_by_key(folder.name).id
        except Refusal:
            continue
        for file in _listed(folder):
            if not file.name.startswith((".", "~")) and file.name not in (DONE, REFUSED):
                yield unit_id, file


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError:
        return []


def _mark(file: Path) -> Mark | None:
    try:
        found = file.stat()
    except OSError as error:
        if error.errno not in (errno.ENOENT, errno.ESTALE, errno.EACCES, errno.EIO):
            raise
        return None
    return (found.st_size, found.st_mtime_ns) if file.is_file() else None


def _is_there(root: Path) -> bool:
    try:
        return root.is_dir()
    except OSError:
        return False
