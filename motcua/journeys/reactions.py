"""The one table *event → what follows*, and the draining of the outbox by it.

A reaction is asynchronous and keyed by (entry, reaction): it happens once. Every
event is here: that nothing follows is said too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.catalogue import events as catalogue
from motcua.dossiers import events as dossiers
from motcua.files import events as files
from motcua.ledger import sql
from motcua.ledger.acts import Event
from motcua.organisations import events as organisations
from motcua.people import events as people

Reaction = Callable[[Mapping[str, Any]], None]

NOTHING: tuple[Reaction, ...] = ()
"""Said outright: nothing follows but the figures, which the act's postings already are."""

FOLLOWS: Mapping[Event, tuple[Reaction, ...]] = {
    organisations.UNITS_IMPORTED: NOTHING,
    organisations.UNITS_FOUNDED: NOTHING,
    organisations.CODES_GIVEN: NOTHING,
    organisations.POSTS_CREATED: NOTHING,
    organisations.HOURS_SET: NOTHING,
    organisations.DAYS_DECLARED: NOTHING,
    people.PERSONS_REGISTERED: NOTHING,
    people.CONTACT_CHANGED: NOTHING,
    people.IDENTITY_CONFIRMED: NOTHING,
    people.ACCOUNT_OPENED: NOTHING,
    people.ACCOUNT_CLOSED: NOTHING,
    people.PASSWORD_CHANGED: NOTHING,
    people.POST_ASSIGNED: NOTHING,
    people.POST_ENDED: NOTHING,
    people.POST_DELEGATED: NOTHING,
    people.DELEGATION_ENDED: NOTHING,
    people.GRANTED: NOTHING,
    people.GRANT_ENDED: NOTHING,
    people.TOKEN_ISSUED: NOTHING,
    people.TOKEN_REVOKED: NOTHING,
    catalogue.PROCEDURES_IMPORTED: NOTHING,
    catalogue.PROCESSES_APPROVED: NOTHING,
    catalogue.PROCEDURES_OFFERED: NOTHING,
    files.STORED: NOTHING,
    dossiers.SUBMITTED: NOTHING,
    dossiers.ACCEPTED: NOTHING,
    dossiers.NOT_ACCEPTED: NOTHING,
    dossiers.TAKEN: NOTHING,
    dossiers.ASSIGNED: NOTHING,
    dossiers.HANDED_ON: NOTHING,
    dossiers.SENT_BACK: NOTHING,
    dossiers.SUPPLEMENT_REQUESTED: NOTHING,
    dossiers.SUPPLEMENT_RECEIVED: NOTHING,
    dossiers.PAYMENT_REQUESTED: NOTHING,
    dossiers.PAYMENT_RECORDED: NOTHING,
    dossiers.EXTENDED: NOTHING,
    dossiers.CONCLUDED: NOTHING,
    dossiers.REFUSED: NOTHING,
    dossiers.WITHDRAWN: NOTHING,
    dossiers.WARNED: NOTHING,
    dossiers.FILE_ATTACHED: NOTHING,
    dossiers.HANDED_OVER: NOTHING,
}
REACTIONS: Mapping[str, tuple[Reaction, ...]] = {e.name: then for e, then in FOLLOWS.items()}

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
