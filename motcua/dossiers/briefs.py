"""Many dossiers in few words, for what follows from their acts: whose they are, what of, on whose desks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.dossiers import policies
from motcua.ledger import sql
from motcua.rules.actor import Actor


@dataclass(frozen=True, slots=True)
class Brief:
    """A dossier as a notice names it; `code` is the submission's while it has no other."""

    id: UUID
    code: str
    submission_code: str
    procedure: str
    applicant_id: int
    accountable_id: int
    received_by_id: int
    due_at: datetime | None
    parent_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """Where an open step lies: with an officer, or with a post of a unit that nobody took it from yet."""

    dossier_id: UUID
    unit_id: int
    role: str
    assignee_id: int | None


def briefs(actor: Actor, ids: Iterable[UUID]) -> Mapping[UUID, Brief]:
    """Those of the dossiers that the actor may see, by id."""
    where, params = policies.scope(actor)
    rows = sql.fetch(f"{BRIEFS} AND {where}", [list(ids), *params])
    return {row["id"]: Brief(**row) for row in rows}


def on_desks(actor: Actor, ids: Iterable[UUID]) -> Sequence[Desk]:
    """The open steps of those of the dossiers that the actor may see."""
    where, params = policies.scope(actor)
    return [Desk(**row) for row in sql.fetch(f"{DESKS} AND {where}", [list(ids), *params])]


BRIEFS = """
SELECT dossiers_dossier.id, coalesce(code, submission_code) AS code, submission_code, v.name AS procedure,
       applicant_id, accountable_id, received_by_id, due_at, parent_id
FROM dossiers_dossier JOIN catalogue_procedureversion v ON v.id = procedure_version_id
WHERE dossiers_dossier.id = ANY(%s)
"""
DESKS = """
SELECT i.dossier_id, i.unit_id, i.role, i.assignee_id
FROM dossiers_workitem i JOIN dossiers_dossier ON dossiers_dossier.id = i.dossier_id
WHERE i.dossier_id = ANY(%s) AND i.closed_at IS NULL AND NOT i.waiting AND i.unit_id IS NOT NULL
"""
