"""What a file is, by its content; its name has to agree.

Taken are what people bring papers in: PDF, images, DOCX and XLSX. What has to be opened to find out is
opened in a process of its own (`bounded`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import filetype

from motcua.files import bounded
from motcua.rules.refusal import Refusal

HEAD = 8192
TAIL = 2048


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is taken: its type, what people call it, and the endings it may have."""

    media_type: str
    called: str
    endings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """What a file turned out to be, and whether somebody signed it (PDF: ISO 32000-1, 12.8)."""

    kind: Kind
    signed: bool = False


def _kind(media_type: str, called: str, *endings: str) -> Kind:
    return Kind(media_type, called, frozenset(endings))


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {
    kind.media_type: kind
    for kind in (
        _kind("application/pdf", "tệp PDF", "pdf"),
        _kind("image/jpeg", "ảnh JPG", "jpg", "jpeg", "jfif"),
        _kind("image/png", "ảnh PNG", "png"),
        _kind("image/webp", "ảnh WEBP", "webp"),
        _kind("image/tiff", "ảnh TIFF", "tif", "tiff"),
        _kind("image/heic", "ảnh HEIC", "heic", "heif"),
        _kind(_WORD, "văn bản DOCX", "docx"),
        _kind(_SHEET, "bảng tính XLSX", "xlsx"),
    )
}
ENDINGS = tuple(f".{ending}" for kind in KINDS.values() for ending in sorted(kind.endings))
"""For the `accept` of a file field."""

_PROGRAMMES = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
)
_PROGRAMME_ENDINGS = frozenset(
    {
        "exe",
        "com",
        "scr",
        "bat",
        "cmd",
        "ps1",
        "vbs",
        "js",
        "jse",
        "wsf",
        "msi",
        "dll",
        "jar",
        "apk",
    }
    | {"sh", "py", "lnk", "hta", "reg"}
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD = "văn bản hoặc bảng tính Office đời cũ"


def look(path: Path, name: str) -> Found:
    """What the file at `path` is, sent under `name`.

    Raises file.programme, file.macros, file.broken, file.kind_not_taken, file.lies and what
    `bounded.examine` raises.
    """
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    with path.open("rb") as file:
        head = file.read(HEAD)
        if ending in _PROGRAMME_ENDINGS or head.startswith(_PROGRAMMES):
            raise Refusal("file.programme", {"name": name})
        found = _by_content(path, file, head, name)
    if found is None:
        other = _other(head)
        claimed = next((kind for kind in KINDS.values() if ending in kind.endings), None)
        if claimed and other:
            raise Refusal("file.lies", {"name": name, "ending": f".{ending}", "found": other})
        raise Refusal("file.broken" if claimed else "file.kind_not_taken", {"name": name})
    if ending not in found.endings:
        said = f".{ending}" if ending else "trống"
        raise Refusal("file.lies", {"name": name, "ending": said, "found": found.called})
    if found.media_type == "application/pdf" or found.media_type.startswith("image/"):
        seen = bounded.examine(path, found.media_type, name)
        return Found(found, signed=seen.get("signed", False))
    return Found(found)


def _by_content(path: Path, file: BinaryIO, head: bytes, name: str) -> Kind | None:
    if head.startswith(b"%PDF-"):
        _whole(b"%%EOF" in _tail(file), name)
        return KINDS["application/pdf"]
    if head.startswith(b"PK\x03\x04"):
        return _office(path, name)
    guessed = filetype.guess(head)
    kind = KINDS.get(guessed.mime) if guessed else None
    if kind and kind.media_type == "image/png":
        _whole(head[12:16] == b"IHDR" and b"IEND" in _tail(file), name)
    if kind and kind.media_type == "image/jpeg":
        _whole(b"\xff\xd9" in _tail(file), name)
    return kind


def _office(path: Path, name: str) -> Kind | None:
    """DOCX or XLSX by the names in its directory; any other archive is none."""
    inside = bounded.examine(path, "application/zip", name)
    if inside["named"] and inside["macros"]:
        raise Refusal("file.macros", {"name": name})
    if "word/document.xml" in inside["named"]:
        return KINDS[_WORD]
    return KINDS[_SHEET] if inside["named"] else None


def _other(head: bytes) -> str:
    """What people call a content that is not taken; "" where it cannot be told."""
    if head.startswith(_OLE):
        return _OLD
    guessed = filetype.guess(head)
    if guessed:
        return f"tệp {guessed.extension.upper()}"
    start = head.lstrip()[:200].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<script")):
        return "trang web"
    if start.startswith((b"<?xml", b"<svg")):
        return "tệp XML"
    return "" if b"\x00" in head else "văn bản thường"


def _tail(file: BinaryIO) -> bytes:
    end = file.seek(0, 2)
    file.seek(max(0, end - TAIL))
    return file.read()


def _whole(told: bool, name: str) -> None:
    if not told:
        raise Refusal("file.broken", {"name": name})
