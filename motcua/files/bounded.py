"""The way to the workshop: each look into bytes nobody vouches for is a process with limits of its own.

A bomb, an endless loop or a fault in a parser of PDF or pictures ends that process; who asked gets a
refusal. The process has no environment, so it knows no address of the database and no key.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

from django.conf import settings

from motcua.rules.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

SECONDS = 30
"""By the clock on the wall: half as much again as the processor's time (workshop.PROCESSOR_SECONDS)."""
AT_ONCE = 2
"""Workshops of one server process at a time: each may take 1.5 GB."""
PATIENCE = 20
"""Seconds a request waits for a free workshop before the person is asked to try again."""

_free = BoundedSemaphore(AT_ONCE)


def examine(path: Path, media_type: str, name: str) -> dict[str, Any]:
    """Pages and size of the file at `path`; "application/zip" for what is an archive.

    Raises file.broken, file.encrypted, file.too_many_pages, file.too_many_pixels, file.active,
    file.unpacks_too_large, file.infected, file.too_hard, file.busy.
    """
    return _ask(name, task="examine", path=str(path), media_type=media_type,
                most_pages=settings.MOST_PAGES)  # fmt: skip


def draw(path: Path, media_type: str, out: Path, *, page: int, width: int, turn: int) -> None:
    """A page of the file as WebP in `out`; raises file.no_such_page and what `examine` raises."""
    _ask("", task="draw", path=str(path), media_type=media_type, out=str(out), page=page,
         width=width, turn=turn)  # fmt: skip


def plate(path: Path, media_type: str, out: Path, *, page: int, turn: int) -> dict[str, Any]:
    """A page of the file as JPEG in `out`, at full size: its width, height and dpi (None: unknown)."""
    return _ask("", task="plate", path=str(path), media_type=media_type, out=str(out), page=page,
                turn=turn)  # fmt: skip


def words(path: Path, media_type: str) -> str:
    """The text a DOCX or PDF has of its own, as much as is shown."""
    return str(_ask("", task="words", path=str(path), media_type=media_type)["text"])


def judge(path: Path, name: str, answers: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
    """The facts of the signatures of a PDF (`judging.judge`), against the roots of MOTCUA_TRUST and with
    what authorities answered: files by kind. Raises file.too_hard, file.busy."""
    trust = str(settings.TRUST) if settings.TRUST is not None else None
    return _ask(name, task="judge", path=str(path), trust=trust, answers=list(answers))


def make_ready(path: Path, out: Path, code: Path) -> None:
    """A PDF made ready for its signatures in `out` (documents.with_fields); `code` is a PDF to stamp on it.

    Raises sign.no_place, sign.unreadable, sign.encrypted, sign.certified, sign.signed_before, file.too_hard.
    """
    _ask("", task="make_ready", path=str(path), out=str(out), code=str(code))


def _ask(name: str, **task: Any) -> dict[str, Any]:
    with _workshop(name):
        try:
            done = subprocess.run(  # noqa: S603 — our own program, the task as JSON
                [sys.executable, "-I", "-m", "motcua.files.workshop", json.dumps(task)],
                capture_output=True,
                timeout=SECONDS,
                env={},
                check=True,
            )
            answer: dict[str, Any] = json.loads(done.stdout)
        except (subprocess.SubprocessError, ValueError):
            raise Refusal("file.too_hard", {"name": name}) from None
    if "refused" in answer:
        raise Refusal(answer["refused"], {"name": name, **answer["params"]})
    return answer


@contextmanager
def _workshop(name: str) -> Iterator[None]:
    if not _free.acquire(timeout=PATIENCE):
        raise Refusal("file.busy", {"name": name})
    try:
        yield
    finally:
        _free.release()
