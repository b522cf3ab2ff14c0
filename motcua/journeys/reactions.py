"""The one table *event → what follows*, and the draining of the outbox by it.

A reaction is asynchronous and keyed by (entry, reaction): it happens once. An event that is not here has no
reaction, and tests/consistency asks for that to be said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.dossiers import events as dossiers
from motcua.ledger import sql

Reaction = Callable[[Mapping[str, Any]], None]

NOTHING: tuple[Reaction, ...] = ()
REACTIONS: dict[str, tuple[Reaction, ...]] = {event.name: NOTHING for event in dossiers.ALL}
"""Nothing follows yet from an act on a dossier but its figures, which its postings already are."""

BATCH = 500


def drain(now: datetime) -> int:
    """Do the reactions of the oldest open rows, and mark them done; returns how many.

    One drainer at a time over all workers, so that the rows of a subject are done in their order.
    """
    with transaction.atomic():
        if not sql.fetch(ALONE)[0]["alone"]:
            return 0
        rows = sql.fetch(OPEN, [BATCH])
        for row in rows:
            for reaction in REACTIONS.get(row["event"], NOTHING):
                reaction(row)
        sql.execute(DONE, [now, [row["id"] for row in rows]])
    return len(rows)


ALONE = "SELECT pg_try_advisory_xact_lock(7102) AS alone"
OPEN = """
SELECT id, entry_id, event, subject_kind, subject_id, subject_seq FROM ledger_outbox
WHERE done_at IS NULL ORDER BY id LIMIT %s
"""
DONE = "UPDATE ledger_outbox SET done_at = %s WHERE id = ANY(%s)"
