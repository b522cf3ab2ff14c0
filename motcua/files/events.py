"""What can have happened to a file."""

from __future__ import annotations

from motcua.ledger.acts import Event

STORED = Event("file.stored", "file")
"""Bytes not held before were taken in; their hash is in the record."""

ALL = (STORED,)
LABELS: dict[Event, str] = {STORED: "Lưu tệp"}
