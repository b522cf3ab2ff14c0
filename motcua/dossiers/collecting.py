"""Results that wait to be collected, and who collected one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from motcua.dossiers import policies
from motcua.ledger import sql
from motcua.rules.actor import Actor

Row = dict[str, Any]


def hand_over_of(actor: Actor, dossier_id: UUID) -> Row | None:
    """Who took the result of a dossier the actor sees, and what was compared; None before that."""
    scope, params = policies.scope(actor)
    found = sql.fetch(f"{GIVEN} WHERE h.dossier_id = %s AND {scope}", [dossier_id, *params])
    return found[0] if found else None


GIVEN = """
SELECT h.at, h.method, h.recipient, h.identity, h.collector, h.identity_checked, h.authorisation,
       h.authorised_on, h.tracking, a.name AS by_name,
       ARRAY(SELECT p.name FROM dossiers_paper p WHERE p.dossier_id = h.dossier_id
             AND h.returned ? p.id::text ORDER BY p.position) AS returned
FROM dossiers_handover h JOIN dossiers_dossier ON dossiers_dossier.id = h.dossier_id
LEFT JOIN people_account a ON a.id = h.by_id
"""
