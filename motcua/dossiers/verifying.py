"""What anybody may learn of a result by its QR code or by its file: whether it stands, who signed it when.

Nothing personal is told, and nothing of the file is kept: it is looked at and forgotten.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from motcua.dossiers import issued
from motcua.dossiers.issued import Issued
from motcua.files import verification
from motcua.rules.casework_issuing import Standing
from motcua.rules.signatures import Judgement, Signature, Verdict

CHUNK = 1024 * 1024


class State(StrEnum):
    """What is answered."""

    VALID = "valid"
    REVOKED = "revoked"
    REPLACED = "replaced"
    ALTERED = "altered"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """The state of what was asked about. `issued` is the result it is, or was made of; `replaced_by` what
    stands in its place now; `signatures` those in the file."""

    state: State
    issued: Issued | None = None
    replaced_by: Issued | None = None
    signatures: tuple[Signature, ...] = ()
    verdict: Verdict | None = None


def by_token(token: str) -> Answer:
    """What the code on the paper leads to."""
    found = issued.by_token(token)
    if found is None:
        return Answer(State.UNKNOWN)
    kept = verification.of([found.sha256]).get(found.sha256)
    return _known(found, kept.judgement if kept else Judgement(None))


def by_file(path: Path, at: datetime) -> Answer:
    """What the file is: a result of ours, one that was changed, or nothing we know.

    Raises file.busy. The file is opened in a process of its own and with nothing fetched.
    """
    judgement = verification.registered(verification.judge(path), seen_at=at)
    if not judgement.signatures:
        judgement = Judgement(None)
    found = issued.by_sha256(_hash(path))
    if found is not None:
        return _known(found, judgement)
    original = _original(judgement)
    if judgement.verdict == Verdict.ALTERED or original is not None:
        return Answer(State.ALTERED, original, None, judgement.signatures, judgement.verdict)
    return Answer(State.UNKNOWN, None, None, judgement.signatures, judgement.verdict)


def _known(found: Issued, judgement: Judgement) -> Answer:
    state = {
        Standing.VALID: State.VALID,
        Standing.REVOKED: State.REVOKED,
        Standing.REPLACED: State.REPLACED,
    }[found.standing]
    instead = issued.by_token(found.replaced_by) if found.replaced_by else None
    return Answer(state, found, instead, judgement.signatures, judgement.verdict)


def _original(judgement: Judgement) -> Issued | None:
    """The result of ours this file was made of: it bears that result's signature."""
    found = (issued.by_sha256(sha256) for sha256 in verification.made_of(judgement))
    return next(filter(None, found), None)


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
