"""The one table *event → what follows*, and the draining of the outbox by it.

A reaction is asynchronous and keyed by (entry, reaction): it happens once. It takes the rows of a batch
that are its own, in their order. Every event is here: that nothing follows is said too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.catalogue import events as catalogue
from motcua.counter import events as counter
from motcua.dossiers import events as dossiers
from motcua.files import events as files
from motcua.journeys.exchanging import queue_syncs
from motcua.journeys.linking import return_to_parent, tell_parent
from motcua.journeys.telling import tell_applicant, tell_assigned, tell_desk, tell_officers
from motcua.journeys.telling_certificates import tell_of_certificates
from motcua.journeys.telling_deliveries import tell_of_carrier, tell_of_failed
from motcua.journeys.telling_drafts import tell_of_drafts
from motcua.journeys.telling_issues import tell_of_issues
from motcua.journeys.telling_opinions import tell_of_opinions
from motcua.journeys.telling_triage import tell_of_triage
from motcua.ledger import sql
from motcua.ledger.acts import Event
from motcua.messaging import events as messaging
from motcua.organisations import events as organisations
from motcua.people import events as people
from motcua.statistics import events as statistics

Reaction = Callable[[Sequence[Mapping[str, Any]]], None]

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
    people.LOOKED_UP: NOTHING,
    catalogue.PROCEDURES_IMPORTED: NOTHING,
    catalogue.PROCESSES_APPROVED: NOTHING,
    catalogue.PROCEDURES_OFFERED: NOTHING,
    files.STORED: NOTHING,
    files.QUARANTINED: NOTHING,
    files.TURNED_AWAY: NOTHING,
    files.SIGNATURES_CHECKED: NOTHING,
    files.SIGNATURES_CONFIRMED: NOTHING,
    files.RECOGNISED: NOTHING,
    files.CERTIFICATES_REQUESTED: NOTHING,
    files.CERTIFICATE_REGISTERED: NOTHING,
    files.CERTIFICATE_REVOKED: (tell_of_certificates,),
    files.CERTIFICATE_LOST: (tell_of_certificates,),
    files.CERTIFICATE_LOCKED: (tell_of_certificates,),
    files.CERTIFICATE_UNLOCKED: (tell_of_certificates,),
    files.KEY_HANDED_OVER: NOTHING,
    files.CERTIFICATE_ENDS: (tell_of_certificates,),
    messaging.TOLD: NOTHING,
    messaging.READ: NOTHING,
    messaging.CHANNELS_CHOSEN: NOTHING,
    messaging.CLAIMED: NOTHING,
    messaging.ANSWERED: NOTHING,
    messaging.REPORTED: NOTHING,
    messaging.TAKEN_OVER: NOTHING,
    messaging.SENT: NOTHING,
    messaging.DELIVERED: NOTHING,
    messaging.FAILED: (tell_of_failed,),
    messaging.DOUBTED: NOTHING,
    messaging.SENT_AGAIN: NOTHING,
    messaging.CARRIER_ILL: (tell_of_carrier,),
    messaging.CARRIER_WELL: NOTHING,
    counter.POINTS_SET: NOTHING,
    counter.POINT_OPENED: NOTHING,
    counter.POINT_CLOSED: NOTHING,
    counter.SLOTS_SET: NOTHING,
    counter.NOTICE_POSTED: NOTHING,
    counter.TICKET_TAKEN: NOTHING,
    counter.TICKET_CALLED: NOTHING,
    counter.TICKET_RECALLED: NOTHING,
    counter.TICKET_STARTED: NOTHING,
    counter.TICKET_FINISHED: NOTHING,
    counter.TICKET_ABSENT: NOTHING,
    counter.TICKET_MOVED: NOTHING,
    counter.TICKET_LEFT: NOTHING,
    counter.APPOINTMENT_BOOKED: NOTHING,
    counter.APPOINTMENT_CANCELLED: NOTHING,
    counter.CHECKED_IN: NOTHING,
    statistics.QUALITY_DRAFTED: NOTHING,
    statistics.QUALITY_PUBLISHED: NOTHING,
    statistics.QUALITY_DROPPED: NOTHING,
    dossiers.RATED: NOTHING,
    dossiers.RATING_JUDGED: NOTHING,
    dossiers.SUBMITTED: (tell_applicant,),
    dossiers.ACCEPTED: (tell_applicant,),
    dossiers.NOT_ACCEPTED: (tell_applicant,),
    dossiers.ACCEPTED_FROM_BOOK: (tell_applicant,),
    dossiers.INTAKE_PARKED: NOTHING,
    dossiers.INTAKE_DISCARDED: NOTHING,
    dossiers.SETTLED_AT_ONCE: NOTHING,
    people.PERSON_CORRECTED: NOTHING,
    dossiers.TAKEN: NOTHING,
    dossiers.ASSIGNED: (tell_assigned,),
    dossiers.REASSIGNED: (tell_assigned,),
    dossiers.RECALLED: NOTHING,
    dossiers.REOPENED: (tell_applicant,),
    dossiers.VIEW_SAVED: NOTHING,
    dossiers.VIEW_REMOVED: NOTHING,
    dossiers.VIEW_PUT_FIRST: NOTHING,
    dossiers.HANDED_ON: (tell_applicant,),
    dossiers.SENT_BACK: (tell_applicant,),
    dossiers.SUPPLEMENT_REQUESTED: (tell_applicant,),
    dossiers.SUPPLEMENT_RECEIVED: (tell_applicant,),
    dossiers.PAYMENT_REQUESTED: (tell_applicant,),
    dossiers.PAYMENT_RECORDED: (tell_applicant,),
    dossiers.CHARGE_CANCELLED: (tell_applicant,),
    dossiers.RECEIPT_VOIDED: NOTHING,
    dossiers.REFUND_ORDERED: (tell_applicant,),
    dossiers.REFUND_SENT: NOTHING,
    dossiers.REFUND_WAITED_FOR: NOTHING,
    dossiers.REFUNDED: (tell_applicant,),
    dossiers.BILL_STARTED: NOTHING,
    dossiers.BILL_ANSWERED: NOTHING,
    dossiers.BILL_FAILED: NOTHING,
    dossiers.PAYMENT_NOTICE_KEPT: NOTHING,
    dossiers.DRAWER_COUNTED: NOTHING,
    dossiers.PAYMENTS_RECONCILED: NOTHING,
    dossiers.PAUSED: (tell_applicant,),
    dossiers.RESUMED: (tell_applicant,),
    dossiers.EXTENDED_BY_LAW: (tell_applicant,),
    dossiers.REAPPOINTMENT_PROPOSED: (tell_desk,),
    dossiers.REAPPOINTED: (tell_applicant,),
    dossiers.CONCLUDED: (tell_applicant, return_to_parent),
    dossiers.REFUSED: (tell_applicant, return_to_parent),
    dossiers.WITHDRAWN: (tell_applicant, return_to_parent),
    dossiers.WARNED: (tell_officers, tell_of_triage),
    dossiers.REROUTED: (tell_of_triage,),
    dossiers.TRANSFERRED: (tell_applicant,),
    dossiers.FILE_ATTACHED: NOTHING,
    dossiers.DIGITISED: NOTHING,
    dossiers.CAPTURED: NOTHING,
    dossiers.CAPTURE_DROPPED: NOTHING,
    dossiers.PHONE_PAIRED: NOTHING,
    dossiers.PAIRING_ENDED: NOTHING,
    dossiers.OPINIONS_ASKED: (tell_applicant, tell_of_opinions),
    dossiers.OPINION_ANSWERED: (tell_applicant, tell_of_opinions),
    dossiers.OPINION_CANCELLED: (tell_applicant, tell_of_opinions),
    dossiers.OPINION_LATE: (tell_of_opinions,),
    dossiers.CHILD_OPENED: NOTHING,
    dossiers.CHILD_RETURNED: (tell_applicant, tell_parent),
    dossiers.DRAFT_BEGUN: NOTHING,
    dossiers.DRAFT_SAVED: NOTHING,
    dossiers.DRAFT_SUBMITTED: (tell_of_drafts,),
    dossiers.DRAFT_RETURNED: (tell_of_drafts,),
    dossiers.DRAFT_APPROVED: (tell_of_drafts,),
    dossiers.ISSUE_PREPARED: NOTHING,
    dossiers.ISSUE_SIGNED: (tell_of_issues,),
    dossiers.ISSUE_NUMBERED: NOTHING,
    dossiers.ISSUE_SEALED: NOTHING,
    dossiers.RESULT_NUMBER_VOIDED: NOTHING,
    dossiers.ISSUE_CANCELLED: (tell_of_issues,),
    dossiers.REVOCATION_PROPOSED: (tell_of_issues,),
    dossiers.RESULT_REVOKED: (tell_applicant,),
    dossiers.REVOCATION_REJECTED: NOTHING,
    dossiers.NOTE_ADDED: NOTHING,
    dossiers.NOTE_STRUCK: NOTHING,
    dossiers.INSPECTION_RECORDED: NOTHING,
    dossiers.RECEIVED: (tell_applicant,),
    dossiers.MIRRORED: NOTHING,
    dossiers.MIRRORED_AGAIN: NOTHING,
    dossiers.RECORD_SEEN: NOTHING,
    dossiers.SYNCS_QUEUED: NOTHING,
    dossiers.SYNCS_ASKED: NOTHING,
    dossiers.SYNCS_CLAIMED: NOTHING,
    dossiers.SYNCS_ANSWERED: NOTHING,
    dossiers.SYNC_RETRIED: NOTHING,
    dossiers.SYNC_SKIPPED: NOTHING,
    dossiers.RECORD_HELD: NOTHING,
    dossiers.RECORD_RELEASED: NOTHING,
    dossiers.RECORD_DROPPED: NOTHING,
    dossiers.FEED_MOVED: NOTHING,
    dossiers.RECONCILED: NOTHING,
    dossiers.HANDED_OVER: (tell_applicant,),
    dossiers.REMINDED_TO_COLLECT: (tell_applicant,),
    dossiers.TRIP_SENT: NOTHING,
    dossiers.TRIP_RECEIVED: NOTHING,
    dossiers.CERTIFICATION_PREPARED: NOTHING,
    dossiers.CERTIFIED: (tell_applicant,),
    dossiers.CERTIFIED_AT_ONCE: NOTHING,
    dossiers.CERTIFIED_DELIVERED: NOTHING,
    dossiers.CERTIFICATION_CORRECTED: NOTHING,
    dossiers.BOOK_MONTH_BOUND: NOTHING,
    dossiers.BOOK_LOCKED: NOTHING,
    dossiers.RESETTLED: (tell_applicant,),
    dossiers.CORRECTION_PROPOSED: NOTHING,
    dossiers.SIGNAL_REVIEWED: NOTHING,
    dossiers.CORRECTED: NOTHING,
    dossiers.CORRECTION_REJECTED: NOTHING,
    dossiers.MOVE_DRAFTED: NOTHING,
    dossiers.MOVE_LINES_SET: NOTHING,
    dossiers.MOVE_CHECKED: NOTHING,
    dossiers.MOVE_APPROVED: NOTHING,
    dossiers.MOVE_BEGUN: NOTHING,
    dossiers.MOVE_DONE: NOTHING,
    dossiers.MOVED: (tell_applicant,),
}
ALWAYS: tuple[Reaction, ...] = (queue_syncs,)
"""Whatever the act: a public status that changed is told the national portal."""
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
        for reaction, its in _by_reaction(rows).items():
            reaction(its)
        sql.execute(DONE, [now, [row["id"] for row in rows]])
    return len(rows)


def _by_reaction(rows: Sequence[Mapping[str, Any]]) -> dict[Reaction, list[Mapping[str, Any]]]:
    found: dict[Reaction, list[Mapping[str, Any]]] = {}
    for row in rows:
        for reaction in (*REACTIONS.get(row["event"], NOTHING), *ALWAYS):
            found.setdefault(reaction, []).append(row)
    return found


ALONE = "SELECT pg_try_advisory_xact_lock(7102) AS alone"
OPEN = """
SELECT o.id, o.entry_id, o.event, o.subject_kind, o.subject_id, o.subject_seq, e.at, e.fields,
       act.event AS within
FROM ledger_outbox o JOIN ledger_entry e ON e.id = o.entry_id
LEFT JOIN ledger_entry act ON act.id = e.parent_id
WHERE o.done_at IS NULL ORDER BY o.id LIMIT %s
"""
DONE = "UPDATE ledger_outbox SET done_at = %s WHERE id = ANY(%s)"
