"""Authorities asked whether the certificates of files that came in were revoked: between two acts.

Whom a certificate wants asked is a stranger's word, so the adapter asks only hosts that the configuration
names. What they answer is opened in the workshop like everything else that comes from outside.
"""

from __future__ import annotations

import tempfile
from base64 import b64decode
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from motcua.files import operations, shelves, verification
from motcua.files.ports import REVOCATION, Revocation
from motcua.ledger import sql
from motcua.rules.actor import Actor, system
from motcua.rules.refusal import Refusal

ASKER: Actor = system("hỏi nơi cấp chứng thư số")
ROUNDS = 3
"""An answer can bring a certificate whose own authority has to be asked."""
MOST = 20
"""Files in one go: each takes a second of a processor."""


@dataclass(slots=True)
class Said:
    """What was answered to a file's questions; `silent` counts those that may be asked and said nothing."""

    files: list[Mapping[str, str]]
    asked: set[str]
    silent: int = 0


def ask_due(*, at: datetime, now: datetime) -> int:
    """Ask for the files whose time has come by the real clock, `now`; returns how many were looked at again.

    Where no host may be asked nothing happens. Several workers may ask the same: an answer more is kept.
    """
    if REVOCATION.plugged is None:
        return 0
    due = sql.fetch(_DUE, [now, MOST])
    for row in due:
        with suppress(Refusal):
            _ask(row, REVOCATION.plugged, at)
    return len(due)


def _ask(row: Mapping[str, Any], services: Revocation, at: datetime) -> None:
    """Raises file.busy: then it is asked the next time."""
    path = shelves.path_of(row["sha256"])
    seen: Mapping[str, Any] = row["facts"]
    with tempfile.TemporaryDirectory(prefix="motcua-hoi-") as folder:
        said = Said([], set())
        for _ in range(ROUNDS):
            if not _put(seen["questions"], services, said, Path(folder)) or not path.exists():
                break
            seen = verification.facts(path, answers=said.files)
    operations.confirm_signatures(
        sha256=row["sha256"],
        seen=seen,
        asked=row["asked"] + 1,
        answered=not said.silent,
        actor=ASKER,
        at=at,
    )


def _put(
    questions: Sequence[Mapping[str, str]], services: Revocation, said: Said, folder: Path
) -> bool:
    """Ask what was not asked yet; whether anything new was said."""
    before = len(said.files)
    for question in questions:
        asked = f"{question['kind']} {question['url']} {question['body']}"
        if asked in said.asked or not services.may_ask(question["url"]):
            continue
        said.asked.add(asked)
        try:
            answer = services.word(question["kind"], question["url"], b64decode(question["body"]))
        except Refusal:
            said.silent += 1
            continue
        file = folder / str(len(said.files))
        file.write_bytes(answer)
        said.files.append({"kind": question["kind"], "path": str(file)})
    return len(said.files) > before


_DUE = """
SELECT e.sha256, e.facts, e.asked FROM files_signatureevidence e
WHERE e.ask_at <= %s AND NOT EXISTS (
    SELECT 1 FROM files_signatureevidence n WHERE n.sha256 = e.sha256 AND n.id > e.id)
ORDER BY e.ask_at LIMIT %s
"""
