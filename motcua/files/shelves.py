"""The folder of content-addressed files: bytes come in through a temporary name and never change."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO
from uuid import uuid4

from django.conf import settings

from motcua.files import kinds, scanner, verification
from motcua.rules.refusal import Refusal
from motcua.rules.signatures import Verdict
from motcua.rules.worktime import ZONE

LONGEST_NAME = 180
MEGA = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes on the shelf: their hash, size and type, and the name they came under. Nobody's until a room
    stores and links them. `seen` is what was found of its signatures (files.judging); {}: it has none."""

    sha256: str
    size: int
    media_type: str
    name: str
    seen: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def to_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("sha256", "size", "media_type", "name")}


class Infected(Refusal):
    """The file carries what harms: its bytes lie apart, and whoever took them in records that."""

    def __init__(self, sha256: str, size: int, name: str, found: str) -> None:
        super().__init__("file.infected", {"name": name, "found": found})
        self.sha256, self.size, self.name, self.found = sha256, size, name, found


class Distrusted(Refusal):
    """The file bears a signature that is worth nothing: its bytes lie apart as they came, and whoever took
    them in records why."""

    def __init__(self, came: Kept, judgement: verification.Judgement) -> None:
        super().__init__(_DISTRUSTED[judgement.verdict], _said(came.name, judgement))
        self.came, self.judgement = came, judgement


_DISTRUSTED: Mapping[Verdict | None, str] = {
    Verdict.ALTERED: "file.altered",
    Verdict.EXPIRED: "file.signed_out_of_time",
    Verdict.REVOKED: "file.signed_when_revoked",
}


def _said(name: str, judgement: verification.Judgement) -> dict[str, Any]:
    worst = judgement.worst
    if worst is None:
        return {"name": name}
    return {"name": name, "holder": worst.holder or "người ký", "signed_at": worst.signed_at,
            "revoked_at": worst.revoked_at, "since": _day(worst.valid_from),
            "until": _day(worst.valid_to)}  # fmt: skip


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(ZONE).date() if moment else None


def keep(chunks: Iterable[bytes], name: str, *, limit: int | None = None) -> Kept:
    """Put bytes on the shelf: whole and synced to the disk, or not at all. Doors call `operations.keep`.

    `limit` defaults to the setting UPLOAD_LIMIT. Raises file.empty, file.too_large, file.not_scanned, what
    `kinds.look` raises, and for what now lies in the folder of quarantine `Infected` (file.infected) and
    `Distrusted` (file.altered, file.signed_out_of_time, file.signed_when_revoked).
    """
    name = clean_name(name)
    most = settings.UPLOAD_LIMIT if limit is None else limit
    waiting = _folder("dang-nhan") / uuid4().hex
    try:
        sha256, size = _receive(chunks, waiting, name, most)
        came = _judged(waiting, _harmless(waiting, Kept(sha256, size, "", name)))
        _shelve(waiting, path_of(sha256))
    finally:
        with suppress(FileNotFoundError):
            waiting.unlink()
    return came


def _judged(waiting: Path, looked: tuple[Kept, bool]) -> Kept:
    """What came in with what its signatures are; one that is worth nothing is moved to the quarantine."""
    came, signed = looked
    if not signed:
        return came
    seen = verification.facts(waiting, came.name)
    came = replace(came, seen=seen)
    judgement = verification.judged(seen)
    if judgement.at is not None:
        judgement = verification.registered(judgement, seen_at=judgement.at)
    if judgement.refused:
        _shelve(waiting, quarantined(came.sha256))
        raise Distrusted(came, judgement)
    return came


def _harmless(waiting: Path, came: Kept) -> tuple[Kept, bool]:
    """What came in with its type, and whether it is signed; what harms is moved to the quarantine."""
    found = scanner.scan(waiting, came.name)
    try:
        if not found:
            looked = kinds.look(waiting, came.name)
            return replace(came, media_type=looked.kind.media_type), looked.signed
    except Refusal as refused:
        if refused.code != "file.infected":
            raise
        found = str(refused.params["found"])
    _shelve(waiting, quarantined(came.sha256))
    raise Infected(came.sha256, came.size, came.name, found)


def read(sha256: str) -> BinaryIO:
    """The bytes of a hash; raises file.lost. Whoever calls has asked permission of the file's owner."""
    try:
        return path_of(sha256).open("rb")
    except OSError:
        raise Refusal("file.lost") from None


def path_of(sha256: str) -> Path:
    """Where the bytes of a hash lie."""
    root: Path = settings.BLOBS
    return root / sha256[:2] / sha256[2:4] / sha256


def quarantined(sha256: str) -> Path:
    """Where the bytes of a hash lie that were found to harm; nothing reads them from there."""
    return _folder("cach-ly") / sha256


def clean_name(name: str) -> str:
    """A name without folders and control characters, not too long, its ending kept."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/")
    plain = PurePosixPath(plain).name
    plain = "".join(c for c in plain if unicodedata.category(c)[0] != "C").strip(" .") or "tep"
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        return plain[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def size_text(size: int) -> str:
    """50 MB."""
    return f"{size / MEGA:g} MB"


def upload_limit_text() -> str:
    """The largest file taken, as people say it."""
    return size_text(settings.UPLOAD_LIMIT)


def _receive(chunks: Iterable[bytes], path: Path, name: str, most: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > most:
                raise Refusal("file.too_large", {"name": name, "limit": size_text(most)})
            digest.update(chunk)
            file.write(chunk)
        if not size:
            raise Refusal("file.empty", {"name": name})
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def _shelve(waiting: Path, shelf: Path) -> None:
    if shelf.exists():
        return
    shelf.parent.mkdir(parents=True, exist_ok=True)
    waiting.chmod(0o440)
    waiting.replace(shelf)
    folder = os.open(shelf.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _folder(name: str) -> Path:
    folder: Path = settings.BLOBS / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
