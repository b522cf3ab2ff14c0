"""What the province already holds of a person, so that he is asked for it once (NĐ 107/2021; domain: 1.7).

A clerk who takes in is told that it exists, by name and date. The content is another matter: it is opened
through the dossier it belongs to, by who may see that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import policies
from motcua.ledger import sql
from motcua.rules.actor import Actor, May
from motcua.rules.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Held:
    """A result of an earlier dossier, or a paper of it that was digitised."""

    dossier_id: UUID
    name: str
    number: str
    at: datetime
    is_result: bool


def held_of(actor: Actor, person_id: int) -> Sequence[Held]:
    """What is held of a person, newest first; for whoever takes in. Raises dossier.may_not."""
    policies.may(actor, May.ACCEPT)
    rows: Sequence[dict[str, Any]] = sql.fetch(
        _HELD, [person_id, actor.training, person_id, actor.training]
    )
    return [Held(**row) for row in rows]


def fitting(paper: str, held: Iterable[Held]) -> Held | None:
    """The newest that is the paper asked for: of its name, or whose name the paper's contains."""
    asked = fold(paper)
    for one in held:
        name = fold(one.name)
        if name and (name == asked or (one.is_result and name in asked)):
            return one
    return None


_HELD = """
SELECT id AS dossier_id, result->>'name' AS name, coalesce(result->>'number', '') AS number,
       coalesce(handed_over_at, finished_at) AS at, TRUE AS is_result
FROM dossiers_dossier
WHERE applicant_id = %s AND training = %s AND status IN (9, 10) AND result->>'kind' = 'granted'
UNION ALL
SELECT d.id, p.name, '', d.received_at, FALSE
FROM dossiers_paper p JOIN dossiers_dossier d ON d.id = p.dossier_id
WHERE d.applicant_id = %s AND d.training = %s AND p.held
  AND EXISTS (SELECT 1 FROM dossiers_attachment a WHERE a.paper_id = p.id)
ORDER BY at DESC LIMIT 200
"""
