"""What can have happened to the catalogue."""

from __future__ import annotations

from motcua.ledger.acts import Event

PROCEDURES_IMPORTED = Event("procedures.imported", "procedure")
PROCESSES_APPROVED = Event("processes.approved", "process")
PROCEDURES_OFFERED = Event("procedures.offered", "procedure")
