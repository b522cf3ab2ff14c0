"""Whether a dossier is there already: the same procedure and applicant, still open."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from motcua.dossiers import policies
from motcua.ledger import sql
from motcua.rules.actor import Actor, May
from motcua.rules.casework import OPEN, Status

WAITING_OR_OPEN = sorted(int(s) for s in OPEN | {Status.SUBMITTED})
HIDDEN = 4


@dataclass(frozen=True, slots=True)
class Same:
    """An open dossier of the same procedure and applicant. Out of the actor's scope it has no `id`, its
    code hides the serial, and no more is said than which agency has it."""

    id: UUID | None
    code: str
    applicant_id: int
    agency: str


def of(actor: Actor, procedure_id: int, applicant_ids: Collection[int]) -> Sequence[Same]:
    """Those of these applicants, for whoever takes in; newest first. Raises dossier.may_not."""
    policies.may(actor, May.ACCEPT)
    seen, params = policies.scope(actor)
    rows = sql.fetch(
        _SAME.format(seen=seen),
        [*params, procedure_id, sorted(applicant_ids), WAITING_OR_OPEN, actor.training],
    )
    return [_same(row) for row in rows]


def _same(row: dict[str, object]) -> Same:
    code = str(row["code"])
    if row["seen"]:
        return Same(UUID(str(row["id"])), code, int(str(row["applicant_id"])), str(row["agency"]))
    hidden = code[:-HIDDEN] + "*" * HIDDEN
    return Same(None, hidden, int(str(row["applicant_id"])), str(row["agency"]))


_SAME = """
SELECT dossiers_dossier.id, coalesce(code, submission_code) AS code, applicant_id, u.name AS agency,
       ({seen}) AS seen
FROM dossiers_dossier JOIN organisations_unit u ON u.id = accountable_id
WHERE procedure_id = %s AND applicant_id = ANY(%s) AND status = ANY(%s) AND training = %s
ORDER BY received_at DESC LIMIT 500
"""
