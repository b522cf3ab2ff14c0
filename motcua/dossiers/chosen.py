"""The steps ticked in a list, as a page shows them before an act on all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.catalogue.offered import net_of
from motcua.dossiers import policies
from motcua.ledger import sql
from motcua.rules.actor import Actor


@dataclass(frozen=True, slots=True)
class Step:
    """An open step that the reader sees, and the process it is of."""

    item_id: UUID
    id: UUID
    code: str
    applicant_name: str
    subject: str
    name: str
    node: str
    process_id: int
    unit_id: int
    role: str
    due_at: datetime | None


def steps(actor: Actor, items: Iterable[UUID]) -> Sequence[Step]:
    """Those of the open steps whose dossiers the actor may see, soonest due first."""
    where, params = policies.scope(actor)
    return [
        Step(**row) for row in sql.fetch(f"{STEPS} AND {where} {ORDER}", [list(items), *params])
    ]


def common_name(listed: Sequence[Step]) -> str:
    """The name that most of the steps have."""
    return Counter(step.name for step in listed).most_common(1)[0][0] if listed else ""


def outcomes(listed: Sequence[Step]) -> list[tuple[str, str]]:
    """The outcomes that steps can be left by, each with what the author of the process wrote on it."""
    found: dict[str, str] = {}
    for process_id, node in dict.fromkeys((step.process_id, step.node) for step in listed):
        net = net_of(process_id)
        for outcome in net.outcomes(node):
            found.setdefault(outcome, net.outcome_label(node, outcome))
    return list(found.items())


STEPS = """
SELECT i.id AS item_id, dossiers_dossier.id, coalesce(code, submission_code) AS code, applicant_name,
       subject, i.name, i.node, process_id, i.unit_id, i.role, i.due_at
FROM dossiers_workitem i JOIN dossiers_dossier ON dossiers_dossier.id = i.dossier_id
WHERE i.id = ANY(%s) AND i.closed_at IS NULL AND NOT i.waiting
"""
ORDER = "ORDER BY coalesce(i.due_at, 'infinity'), i.id"
