"""The facts of a dossier that can be corrected, and the corrections there were and that wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from motcua.dossiers import policies
from motcua.dossiers.models import Dossier, Paper
from motcua.ledger import sql
from motcua.rules.actor import Actor
from motcua.rules.casework_trust import PAPER

Row = dict[str, Any]
NAMES: Mapping[str, str] = {
    "applicant_name": "Tên chủ hồ sơ",
    "submitter_name": "Tên người nộp",
    "subject": "Trích yếu",
}
"""The facts with a value of their own; papers' counts come besides."""


def facts(dossier_id: UUID) -> dict[str, Any]:
    """The facts as they are; of each paper the originals and copies handed in."""
    row: dict[str, Any] = dict(Dossier.objects.values(*NAMES).get(id=dossier_id))
    papers = Paper.objects.filter(dossier_id=dossier_id).order_by("position")
    return row | {f"{PAPER}{p.id}": [p.originals, p.copies] for p in papers}


def papers(dossier_id: UUID) -> dict[str, str]:
    """The names of the papers, by the name of the fact."""
    found = Paper.objects.filter(dossier_id=dossier_id).order_by("position")
    return {f"{PAPER}{p.id}": p.name for p in found}


def of(actor: Actor, dossier_id: UUID) -> Sequence[Row]:
    """The corrections of a dossier, the newest first. Raises dossier.not_visible."""
    policies.to_see(actor, dossier_id)
    return sql.fetch(
        f"{CORRECTIONS} WHERE c.dossier_id = %s ORDER BY c.proposed_at DESC", [dossier_id]
    )


def waiting(actor: Actor, size: int = 50) -> Sequence[Row]:
    """The corrections that wait for a second person, the oldest first, of the dossiers the actor sees."""
    where, params = policies.scope(actor)
    return sql.fetch(
        f"{CORRECTIONS} WHERE c.decided_at IS NULL AND {where} ORDER BY c.proposed_at, c.id LIMIT %s",
        [*params, size],
    )


CORRECTIONS = """
SELECT c.id, c.dossier_id, c.kind, c.old, c.new, c.reason, c.proposed_at, c.proposed_by_id, c.decided_at,
       c.rejected, c.answer, p.name AS proposed_by, d.name AS decided_by,
       coalesce(dossiers_dossier.code, dossiers_dossier.submission_code) AS code, dossiers_dossier.version,
       dossiers_dossier.received_by_id, dossiers_dossier.accountable_id
FROM dossiers_correction c JOIN dossiers_dossier ON dossiers_dossier.id = c.dossier_id
LEFT JOIN people_account p ON p.id = c.proposed_by_id
LEFT JOIN people_account d ON d.id = c.decided_by_id
"""
