"""The one writer: applies Changes, of one dossier or of many, as rows, postings and entries.

A clerk's click, a bulk act and the example's generator come through here. Rows that several changes in
one call touch are written once, as they end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models

from motcua.dossiers.models import (
    Bill,
    BookLine,
    Certification,
    Charge,
    ClockEvent,
    Consignment,
    Correction,
    DeskFile,
    Dossier,
    DraftVersion,
    Foreign,
    HandOver,
    Inspection,
    Issue,
    Note,
    Opinion,
    Paper,
    Party,
    Phase,
    Rating,
    Reappointment,
    Reassignment,
    Receipt,
    Refund,
    Reopening,
    ResultDraft,
    ResultNumber,
    Revocation,
    SignalReview,
    Slip,
    Supplement,
    Turn,
    WorkItem,
)
from motcua.ledger.acts import Act, Event
from motcua.rules.actor import Actor
from motcua.rules.casework import Changes

TABLES: dict[str, type[models.Model]] = {
    "dossier": Dossier,
    "paper": Paper,
    "party": Party,
    "consignment": Consignment,
    "book_line": BookLine,
    "foreign": Foreign,
    "item": WorkItem,
    "clock": ClockEvent,
    "turn": Turn,
    "supplement": Supplement,
    "charge": Charge,
    "bill": Bill,
    "receipt": Receipt,
    "refund": Refund,
    "slip": Slip,
    "hand_over": HandOver,
    "reappointment": Reappointment,
    "phase": Phase,
    "certification": Certification,
    "reassignment": Reassignment,
    "reopening": Reopening,
    "correction": Correction,
    "signal_review": SignalReview,
    "opinion": Opinion,
    "desk_file": DeskFile,
    "note": Note,
    "inspection": Inspection,
    "draft": ResultDraft,
    "draft_version": DraftVersion,
    "issue": Issue,
    "result_number": ResultNumber,
    "revocation": Revocation,
    "rating": Rating,
}
"""In the order they are inserted: what is pointed at comes first."""

DEFAULTS: dict[str, dict[str, Any]] = {
    "dossier": {
        "limit": None,
        "rule_set": "",
        "clock_rules": None,
        "calendar_unit_id": None,
        "calendar_revision_id": None,
        "result": None,
        "handed_over_at": None,
        "paper_case": "",
        "submitter_name": "",
        "parent_id": None,
        "called_by": None,
        "assisted": "",
        "mirrored": False,
    },
    "turn": {"answered_at": None, "outcome": "", "finding": "", "note": ""},
    "item": {"closed_at": None, "closed_by_id": None, "outcome": "", "note": ""},
    "supplement": {"received_at": None},
    "charge": {
        "kind": "obligation",
        "fee_position": None,
        "quantity": 1,
        "stated": None,
        "relief": "",
        "basis": "",
        "reason": "",
        "before_result": True,
        "paid_at": None,
        "method": "",
        "receipt_number": "",
        "cancelled_at": None,
        "cancel_reason": "",
    },
    "bill": {
        "tries": 0,
        "reference": "",
        "qr": "",
        "transaction": "",
        "paid_at": None,
        "booked_on": None,
    },
    "receipt": {"replaces_id": None, "voided_at": None, "voided_by_id": None, "void_reason": ""},
    "refund": {
        "receipt_id": None,
        "bill_id": None,
        "transaction": "",
        "booked_on": None,
        "next_at": None,
        "tries": 0,
        "done_at": None,
        "done_on": None,
        "done_by_id": None,
        "reference": "",
    },
    "correction": {"decided_by_id": None, "decided_at": None, "rejected": False, "answer": ""},
    "reappointment": {"decided_at": None, "decided_by_id": None, "until": None},
    "hand_over": {
        "collector": "",
        "identity_checked": False,
        "identity_digest": "",
        "authorisation": "",
        "authorised_on": None,
        "tracking": "",
        "returned": [],
    },
    "certification": {
        "book_id": None,
        "number": None,
        "certified_at": None,
        "signer_id": None,
        "signer_name": "",
        "signer_title": "",
        "voided": False,
    },
    "rating": {
        "replaced_at": None,
        "justified": None,
        "judged_at": None,
        "judged_by_id": None,
        "judged_reason": "",
    },
    "phase": {"begun_at": None, "due_at": None, "finished_at": None},
    "opinion": {
        "late_told_at": None,
        "answered_at": None,
        "answered_by_id": None,
        "answered_name": "",
        "stance": "",
        "answer": "",
        "cancelled_at": None,
        "cancel_reason": "",
    },
    "note": {"struck_at": None, "struck_by_id": None, "strike_reason": ""},
    "draft": {
        "submitted_at": None,
        "submitted_by_id": None,
        "decided_at": None,
        "decided_by_id": None,
        "decided_name": "",
        "reason": "",
        "sha256": "",
        "blob_id": None,
        "issued_at": None,
    },
    "issue": {
        "signed_blob_id": None,
        "signed_at": None,
        "signed_title": "",
        "signed_with": "",
        "number": "",
        "issued_on": None,
        "sealed_blob_id": None,
        "sealed_at": None,
        "sealed_by_id": None,
        "sealed_name": "",
        "sealed_with": "",
        "issued_at": None,
        "cancelled_at": None,
        "cancelled_by_id": None,
        "cancel_reason": "",
        "revoked_at": None,
        "replaced_by_id": None,
    },
    "result_number": {"voided_at": None, "voided_by_id": None, "void_reason": ""},
    "revocation": {
        "replacement_id": None,
        "decided_at": None,
        "decided_by_id": None,
        "decided_name": "",
        "rejected": False,
        "answer": "",
    },
}
"""What a new row of a table holds that only later acts set."""


@dataclass(slots=True)
class Batch:
    """Rows gathered from changes; a row inserted and changed in the same batch is inserted as it ends."""

    rows: dict[str, dict[UUID, dict[str, Any]]] = field(default_factory=dict)
    sets: dict[str, dict[UUID, dict[str, Any]]] = field(default_factory=dict)

    def add(self, changes: Changes) -> None:
        for table, values in changes.rows:
            self.rows.setdefault(table, {})[values["id"]] = DEFAULTS.get(table, {}) | dict(values)
        for table, row_id, new in changes.sets:
            inserted = self.rows.get(table, {}).get(row_id)
            if inserted is not None:
                inserted |= new
            else:
                self.sets.setdefault(table, {}).setdefault(row_id, {}).update(new)

    def write(self, act: Act) -> None:
        for table, model in TABLES.items():
            act.insert(model, list(self.rows.get(table, {}).values()))
            act.update(model, self.sets.get(table, {}).items())


@dataclass(frozen=True, slots=True)
class Done:
    """Changes and the act they are: what one entry records."""

    changes: Changes
    event: Event | None = None
    at: Any = None
    actor: Actor | None = None
    personal: Mapping[str, Any] = field(default_factory=dict)


def apply(changes: Changes, act: Act, personal: Mapping[str, Any] | None = None) -> None:
    """Write the changes of one dossier within an open act."""
    apply_all([Done(changes, personal=personal or {})], act)


def apply_all(done: Sequence[Done] | Iterable[Done], act: Act) -> None:
    """Write many changes, in order, within one open act: a child entry for each."""
    batch = Batch()
    for one in done:
        batch.add(one.changes)
        entry_id = act.about(
            "dossier",
            one.changes.case.id,
            {**one.changes.recorded, **one.personal},
            event=one.event,
            at=one.at,
            actor=one.actor,
        )
        act.post(one.changes.postings, entry_id)
    batch.write(act)
