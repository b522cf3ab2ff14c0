"""What another system settles is shown here as it says: nothing is decided, no step lies on a desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.rules import casework_certification
from motcua.rules.casework import UNDER_WAY, Case, Changes, Draft, Status, Terms
from motcua.rules.national import Seen


def received(changes: Changes, foreign: Mapping[str, Any]) -> Changes:
    """The changes of a submission with whose dossier it was first."""
    rows = (*changes.rows, ("foreign", foreign))
    told = {"system": foreign["system"], "foreign": foreign["code"]}
    return replace(changes, rows=rows, recorded={**changes.recorded, **told})


def mirrored(
    case: Case,
    terms: Terms,
    at: datetime,
    seen: Seen,
    *,
    facts: Mapping[str, Any] | None = None,
) -> Changes:
    """A dossier of another system as its record shows it; `facts` where it is new here.

    It has no clock of ours: its date is what the other system promised, and it is judged by that. One that is
    further than accepted when it is first seen so has been accepted in the books too: what goes out of them
    has come in.
    """
    if case.accepted_at is None and seen.accepted_at and seen.status not in UNDER_WAY:
        accepted = replace(seen, status=Status.ACCEPTED, finished_at=None, handed_over_at=None)
        first = _as_seen(case, terms, at, accepted, facts)
        return casework_certification.then(first, _as_seen(first.case, terms, at, seen, None))
    return _as_seen(case, terms, at, seen, facts)


def _as_seen(
    case: Case, terms: Terms, at: datetime, seen: Seen, facts: Mapping[str, Any] | None
) -> Changes:
    draft = Draft(None if facts is not None else case, case, at, terms)
    draft.now(
        status=seen.status,
        code=seen.code if seen.accepted_at else case.code,
        accepted_at=seen.accepted_at,
        due_at=seen.due_at,
        judged_at=seen.due_at,
        finished_at=seen.finished_at,
    )
    draft.columns["handed_over_at"] = seen.handed_over_at
    if facts is not None:
        draft.columns |= {**facts, "mirrored": True}
    return draft.finish()


def foreign(
    dossier_id: UUID,
    row_id: UUID,
    system: str,
    seen: Seen,
    digest: str,
    at: datetime,
    *,
    mirrored: bool,
) -> dict[str, Any]:
    """The row that says whose dossier it is, and how far its records have come."""
    return {
        "id": row_id,
        "dossier_id": dossier_id,
        "system": system,
        "code": seen.code,
        "mirrored": mirrored,
        "received_at": at,
        **standing(seen, digest),
    }


def standing(seen: Seen, digest: str) -> dict[str, Any]:
    """How far the records of a dossier have come, as its row keeps it."""
    seen_at, rank = seen.stands
    return {"seen_at": seen_at, "seen_rank": rank, "digest": digest}
