"""The files of a dossier: linked to its papers, reached through it and never by their hash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import policies
from motcua.dossiers.models import Attachment
from motcua.ledger import sql
from motcua.rules.actor import Actor
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Attached:
    """A stored file (files.operations.store) to link: to which paper, under which name."""

    blob_id: int
    name: str
    paper_id: UUID | None = None
    kind: str = Attachment.Kind.SUBMITTED


@dataclass(frozen=True, slots=True)
class Held:
    """A file of a dossier, for whoever may see the dossier."""

    name: str
    sha256: str
    size: int
    media_type: str


def one(actor: Actor, dossier_id: UUID, attachment_id: UUID) -> Held:
    """A file through its dossier's visibility; raises dossier.not_visible."""
    where, params = policies.scope(actor)
    rows = sql.fetch(
        "SELECT a.name, b.sha256, b.size, b.media_type FROM dossiers_attachment a "  # noqa: S608
        "JOIN files_blob b ON b.id = a.blob_id "
        "JOIN dossiers_dossier ON dossiers_dossier.id = a.dossier_id "
        f"WHERE a.id = %s AND a.dossier_id = %s AND {where}",
        [attachment_id, dossier_id, *params],
    )
    if not rows:
        raise Refusal("dossier.not_visible")
    return Held(**rows[0])


def papers(actor: Actor, dossier_id: UUID) -> Sequence[UUID]:
    """The ids of a dossier's papers, in their order; raises dossier.not_visible."""
    policies.to_see(actor, dossier_id)
    rows = sql.fetch(_PAPERS, [dossier_id])
    return [row["id"] for row in rows]


def rows(dossier_id: UUID, files: Sequence[Attached], at: datetime) -> list[dict[str, Any]]:
    """The rows that link files to a dossier; raises dossier.no_such_paper."""
    known = {row["id"] for row in sql.fetch(_PAPERS, [dossier_id])}
    if any(file.paper_id not in known for file in files if file.paper_id is not None):
        raise Refusal("dossier.no_such_paper")
    return [
        {
            "id": new_id(),
            "dossier_id": dossier_id,
            "paper_id": file.paper_id,
            "blob_id": file.blob_id,
            "kind": str(file.kind),
            "name": file.name,
            "at": at,
        }
        for file in files
    ]


_PAPERS = "SELECT id FROM dossiers_paper WHERE dossier_id = %s ORDER BY position"
