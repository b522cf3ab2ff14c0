"""The tables of the room, by what they are of: one module each, all imported from here.

Rows are written by `motcua.dossiers.writer` alone. Ids are UUIDv7, made with the row. What points to the
catalogue, to units, people and accounts does so by foreign key; the ledger is never pointed at.
"""

from motcua.dossiers.models.case import (
    RUNNING,
    SETTLED_ANEW,
    Attachment,
    Charge,
    Child,
    ClockEvent,
    Dossier,
    HandOver,
    Paper,
    Phase,
    Reappointment,
    Slip,
    Supplement,
    WorkItem,
)
from motcua.dossiers.models.certification import (
    BoundMonth,
    Certification,
    CertificationBook,
    CertificationCorrection,
)
from motcua.dossiers.models.desk import Reassignment, Reopening, SavedView
from motcua.dossiers.models.exchange import (
    Feed,
    Foreign,
    Held,
    Mismatch,
    Reconciliation,
    Sync,
)
from motcua.dossiers.models.issuing import Issue, ResultNumber, Revocation
from motcua.dossiers.models.money import (
    Bill,
    DrawerCount,
    PaymentNotice,
    Receipt,
    Refund,
    StatementCheck,
)
from motcua.dossiers.models.moves import MoveLine, MovePlan
from motcua.dossiers.models.opinions import DeskFile, Opinion
from motcua.dossiers.models.parties import (
    BookLine,
    Consignment,
    ParkedIntake,
    Party,
)
from motcua.dossiers.models.ratings import Rating
from motcua.dossiers.models.results import (
    DraftVersion,
    Inspection,
    Note,
    ResultDraft,
)
from motcua.dossiers.models.scans import Capture, DigitisedCopy, Pairing
from motcua.dossiers.models.triage import Turn
from motcua.dossiers.models.trips import Trip, TripLine
from motcua.dossiers.models.trust import Correction, SignalReview

__all__ = [
    "RUNNING",
    "SETTLED_ANEW",
    "Attachment",
    "Bill",
    "BookLine",
    "BoundMonth",
    "Capture",
    "Certification",
    "CertificationBook",
    "CertificationCorrection",
    "Charge",
    "Child",
    "ClockEvent",
    "Consignment",
    "Correction",
    "DeskFile",
    "DigitisedCopy",
    "Dossier",
    "DraftVersion",
    "DrawerCount",
    "Feed",
    "Foreign",
    "HandOver",
    "Held",
    "Inspection",
    "Issue",
    "Mismatch",
    "MoveLine",
    "MovePlan",
    "Note",
    "Opinion",
    "Pairing",
    "Paper",
    "ParkedIntake",
    "Party",
    "PaymentNotice",
    "Phase",
    "Rating",
    "Reappointment",
    "Reassignment",
    "Receipt",
    "Reconciliation",
    "Refund",
    "Reopening",
    "ResultDraft",
    "ResultNumber",
    "Revocation",
    "SavedView",
    "SignalReview",
    "Slip",
    "StatementCheck",
    "Supplement",
    "Sync",
    "Trip",
    "TripLine",
    "Turn",
    "WorkItem",
]
