"""Whether a dossier is the reader's own work, or one that only a wide scope lets him see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from motcua.dossiers import policies
from motcua.ledger import sql
from motcua.people import queries as people
from motcua.rules.actor import Actor

SHOWN = ("applicant_name", "identity_number", "phone", "email", "address", "subject", "papers")
"""What the page of a dossier shows of a person."""


@dataclass(frozen=True, slots=True)
class Outside:
    """A dossier outside the reader's own work, for which he has given no reason today."""

    id: UUID
    code: str
    person_id: int


def sees_beyond(actor: Actor) -> bool:
    """Whether the actor's scope is wider than his post's own work; asked of nobody else."""
    return actor.is_officer and (actor.sees.everything or bool(actor.sees.lent))


def unreasoned(actor: Actor, dossier_id: UUID, on: date) -> Outside | None:
    """The dossier, where the actor sees it, it is not his own work, and he gave no reason on the day.

    His own: his agency answers for it, his desk received it, or an open step lies with his unit.
    """
    if not sees_beyond(actor):
        return None
    where, params = policies.scope(actor)
    rows = sql.fetch(f"{ASKED} AND {where}", [sorted(actor.units), dossier_id, *params])
    if not rows or _is_own(actor, rows[0]):
        return None
    if people.has_looked(actor.account_id or 0, dossier_id, on):
        return None
    return Outside(dossier_id, rows[0]["code"], rows[0]["applicant_id"])


def _is_own(actor: Actor, row: dict[str, Any]) -> bool:
    sees, where = actor.sees, {row["accountable_id"], row["received_by_id"]}
    own = (sees.accountable | sees.received_by | actor.units | {actor.agency_id}) - sees.lent
    if row["here"] or where & own:
        return True
    return not sees.everything and not where & sees.lent


ASKED = """
SELECT accountable_id, received_by_id, applicant_id, coalesce(code, submission_code) AS code,
       EXISTS (SELECT FROM dossiers_workitem i WHERE i.dossier_id = dossiers_dossier.id
               AND i.closed_at IS NULL AND i.unit_id = ANY(%s)) AS here
FROM dossiers_dossier WHERE id = %s
"""
