"""The row of bytes that lie in quarantine: who brought them, and what was found."""

from __future__ import annotations

from uuid import UUID

from motcua.files.models import Quarantined
from motcua.files.shelves import Infected, Kept
from motcua.ledger.acts import Act
from motcua.rules.actor import Actor
from motcua.rules.identity import new_id


def apart(a: Act, what: Kept | Infected, found: str, actor: Actor) -> UUID:
    """Write it; returns its id."""
    quarantined_id = new_id()
    row = {
        "id": quarantined_id,
        "sha256": what.sha256,
        "size": what.size,
        "name": what.name,
        "found": found,
        "account_id": actor.account_id,
        "at": a.at,
    }
    a.insert(Quarantined, [row])
    return quarantined_id
