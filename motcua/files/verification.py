"""Signatures of files looked at, weighed, and read again from the evidence that is kept of them.

A file is opened in a process of its own (`bounded`), never in the server's; nothing is fetched. What is
kept is the plain facts, so that the judgement can be made again (`rules.signatures`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from motcua.files import bounded
from motcua.ledger import sql
from motcua.rules.refusal import Refusal
from motcua.rules.signatures import Judgement, Verdict, judged

__all__ = ["Evidence", "Judgement", "Verdict", "facts", "judge", "judge_bytes", "judged", "of"]

Answer = Mapping[str, str]
"""What an authority said: `kind` (ocsp, crl, issuer) and the `path` of the bytes."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is kept of a file's signatures: the judgement, when it was made, and how often the authorities
    were asked about revocation."""

    sha256: str
    judgement: Judgement
    at: datetime
    asked: int


def facts(path: Path, name: str = "", answers: Sequence[Answer] = ()) -> dict[str, Any]:
    """The facts of the PDF's signatures; {} where it has none. A file that takes more than a signed paper
    may comes back as one whose signatures cannot be read. Raises file.busy."""
    try:
        return bounded.judge(path, name, answers)
    except Refusal as refused:
        if refused.code != "file.too_hard":
            raise
    return {"engine": "", "unreadable": "too hard", "signatures": [], "questions": []}


def judge(path: Path, name: str = "") -> Judgement:
    """The signatures of the PDF at `path`, weighed. Raises file.busy."""
    return judged(facts(path, name))


def judge_bytes(pdf: bytes) -> Judgement:
    """The same for bytes in memory; they are on the disk only while they are looked at."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        return judge(Path(file.name))


def of(hashes: Iterable[str]) -> Mapping[str, Evidence]:
    """The latest evidence of files, by hash; whoever asks has been allowed by the files' owner."""
    wanted = list(hashes)
    if not wanted:
        return {}
    return {
        row["sha256"]: Evidence(row["sha256"], judged(row["facts"]), row["at"], row["asked"])
        for row in sql.fetch(_LATEST, [wanted])
    }


_LATEST = """
SELECT DISTINCT ON (sha256) sha256, facts, at, asked FROM files_signatureevidence
WHERE sha256 = ANY(%s) ORDER BY sha256, id DESC
"""
