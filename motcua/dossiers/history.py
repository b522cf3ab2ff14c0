"""All that is kept of a dossier's course beside its page: who had a step before, which results are void."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from motcua.dossiers import queries
from motcua.dossiers.queries import Detail
from motcua.ledger import sql
from motcua.rules.actor import Actor

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class History:
    """A dossier's detail with the reasons of what heads did, and the names of the accounts in its entries."""

    detail: Detail
    reassignments: Sequence[Row]
    reopenings: Sequence[Row]
    names: Mapping[int, str]


def history(actor: Actor, dossier_id: UUID) -> History:
    """Raises dossier.not_visible. Two round trips, a constant number of statements."""
    detail = queries.detail(actor, dossier_id)
    told = [row["fields"].get(name) for row in detail.timeline for name in ("assignee", "was_with")]
    accounts = sorted({one for one in told if isinstance(one, int)})
    reassigned, reopened, names = sql.fetch_all(
        [(REASSIGNED, [dossier_id]), (REOPENED, [dossier_id]), (NAMES, [accounts])]
    )
    return History(detail, reassigned, reopened, {row["id"]: row["name"] for row in names})


REASSIGNED = "SELECT at, reason FROM dossiers_reassignment WHERE dossier_id = %s ORDER BY at, id"
REOPENED = """
SELECT at, reason, finished_at, result FROM dossiers_reopening WHERE dossier_id = %s ORDER BY at, id
"""
NAMES = "SELECT id, name FROM people_account WHERE id = ANY(%s)"
