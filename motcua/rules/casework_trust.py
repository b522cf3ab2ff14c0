"""A fact of a dossier that was written wrong: proposed by one, confirmed or rejected by another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.rules.casework import Case, Changes, Draft, Terms, reasoned
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal

Facts = Mapping[str, Any]
PAPER = "paper:"
"""Before the id of a paper, whose value is how many originals and copies were handed in."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A correction that waits for a second person."""

    id: UUID
    kind: str
    old: Facts
    new: Facts
    proposed_by: int | None


def differing(now: Facts, wanted: Facts) -> tuple[Facts, Facts]:
    """What is and what is to be, of the facts that are to be something else.

    Raises correction.nothing_changes, correction.fact_missing.
    """
    changed = {name: value for name, value in wanted.items() if now.get(name) != value}
    if not changed:
        raise Refusal("correction.nothing_changes")
    if not str(changed.get("applicant_name", "-")).strip():
        raise Refusal("correction.fact_missing", {"field": "applicant_name"})
    return {name: now.get(name) for name in changed}, changed


def propose_correction(
    case: Case,
    terms: Terms,
    at: datetime,
    *,
    kind: str,
    old: Facts,
    new: Facts,
    reason: str,
    by: int | None,
) -> Changes:
    """Ask that facts be corrected; nothing of the dossier changes yet."""
    reasoned(reason)
    draft = Draft(case, case, at, terms)
    made = new_id()
    draft.rows.append(
        (
            "correction",
            {
                "id": made, "dossier_id": case.id, "kind": kind, "old": dict(old), "new": dict(new),
                "reason": reason, "proposed_by_id": by, "proposed_at": at,
            },
        )
    )  # fmt: skip
    return draft.finish(correction=made, kind=kind, names=sorted(new))


def confirm_correction(
    case: Case, terms: Terms, at: datetime, waiting: Waiting, *, now: Facts, by: int | None
) -> Changes:
    """The facts become what was proposed; raises correction.changed where they are no longer what the
    proposal found."""
    if any(now.get(name) != value for name, value in waiting.old.items()):
        raise Refusal("correction.changed")
    draft = Draft(case, case, at, terms)
    draft.sets.append(("correction", waiting.id, {"decided_by_id": by, "decided_at": at}))
    for name, value in waiting.new.items():
        if name.startswith(PAPER):
            originals, copies = value
            counts = {"originals": originals, "copies": copies}
            draft.sets.append(("paper", UUID(name.removeprefix(PAPER)), counts))
        else:
            draft.columns[name] = value
    return draft.finish(correction=waiting.id, kind=waiting.kind, names=sorted(waiting.new))


def reject_correction(
    case: Case, terms: Terms, at: datetime, waiting: Waiting, *, answer: str, by: int | None
) -> Changes:
    """What was proposed is not done, with the reason."""
    reasoned(answer)
    draft = Draft(case, case, at, terms)
    decided = {"decided_by_id": by, "decided_at": at, "rejected": True, "answer": answer}
    draft.sets.append(("correction", waiting.id, decided))
    return draft.finish(correction=waiting.id, kind=waiting.kind)


def review_signal(
    case: Case, at: datetime, *, signal: str, finding: str, note: str, by: int | None
) -> Changes:
    """A signal was looked into: what was found. Nothing of the dossier changes, and it grows no older."""
    reasoned(note)
    row = {
        "id": new_id(), "dossier_id": case.id, "signal": signal, "finding": finding, "note": note,
        "by_id": by, "at": at,
    }  # fmt: skip
    said = {"signal": signal, "finding": finding}
    return Changes(case, rows=(("signal_review", row),), recorded=said)
