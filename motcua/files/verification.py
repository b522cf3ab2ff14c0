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
from motcua.rules import signatures as rules
from motcua.rules.certificates import Standing
from motcua.rules.refusal import Refusal
from motcua.rules.signatures import Entered, Judgement, Verdict, judged

__all__ = [
    "Evidence",
    "Judgement",
    "Verdict",
    "facts",
    "judge",
    "judge_bytes",
    "judged",
    "made_of",
    "of",
    "registered",
]

Answer = Mapping[str, str]
"""What an authority said: `kind` (ocsp, crl, issuer) and the `path` of the bytes."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is kept of a file's signatures: what was found, the judgement by what the register says now, when
    the file was looked at, and how often the authorities were asked about revocation."""

    sha256: str
    found: Judgement
    judgement: Judgement
    at: datetime
    asked: int

    def says_less_than(self, new: Judgement) -> bool:
        """Whether a new look adds to it; one that asked nobody takes nothing back of one that did."""
        if self.asked and new.verdict == Verdict.UNCONFIRMED:
            return False
        return self.found.verdict != new.verdict


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


def registered(judgement: Judgement, *, seen_at: datetime) -> Judgement:
    """The judgement with what the register says of the certificates; `seen_at`: when the file first came."""
    return rules.registered(
        judgement, _register(one.fingerprint for one in judgement.signatures), seen_at=seen_at
    )


def of(hashes: Iterable[str]) -> Mapping[str, Evidence]:
    """The latest evidence of files, by hash; whoever asks has been allowed by the files' owner."""
    wanted = list(hashes)
    if not wanted:
        return {}
    rows = sql.fetch(_LATEST, [wanted])
    found = {row["sha256"]: judged(row["facts"]) for row in rows}
    register = _register(s.fingerprint for one in found.values() for s in one.signatures)
    return {
        row["sha256"]: Evidence(
            row["sha256"],
            found[row["sha256"]],
            rules.registered(found[row["sha256"]], register, seen_at=row["first_at"]),
            row["at"],
            row["asked"],
        )
        for row in rows
    }


def made_of(judgement: Judgement) -> Sequence[str]:
    """The hashes of files here that one of the signatures covers too: what a changed file was made of."""
    covered = [one.covered for one in judgement.signatures if one.covered]
    return [row["sha256"] for row in sql.fetch(_MADE_OF, [covered])] if covered else []


def _register(fingerprints: Iterable[str]) -> Mapping[str, Entered]:
    wanted = sorted({one for one in fingerprints if one})
    if not wanted:
        return {}
    rows = sql.fetch(_REGISTER, [wanted])
    return {
        row["fingerprint"]: Entered(
            good=row["status"] == Standing.ACTIVE,
            ended_at=row["standing_since"] if row["status"] in _TAKEN_BACK else None,
        )
        for row in rows
    }


_TAKEN_BACK = (Standing.REVOKED, Standing.LOST)
_REGISTER = """
SELECT fingerprint, status, standing_since FROM files_certificate WHERE fingerprint = ANY(%s)
"""
_MADE_OF = """
SELECT DISTINCT sha256 FROM files_signatureevidence WHERE covered && %s::varchar[] LIMIT 20
"""
_LATEST = """
SELECT DISTINCT ON (sha256) sha256, facts, at, asked, min(at) OVER (PARTITION BY sha256) AS first_at
FROM files_signatureevidence WHERE sha256 = ANY(%s) ORDER BY sha256, id DESC
"""
