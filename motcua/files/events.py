"""What can have happened to a file."""

from __future__ import annotations

from motcua.ledger.acts import Event

STORED = Event("file.stored", "file")
"""Bytes not held before were taken in; their hash is in the record."""

QUARANTINED = Event("file.quarantined", "quarantined_file")
"""Bytes were found to harm: they lie apart, on no shelf and in no dossier."""
RECOGNISED = Event("file.recognised", "file")
"""The words on a scan were read by a program, for search."""

ALL = (STORED, QUARANTINED, RECOGNISED)
LABELS: dict[Event, str] = {
    STORED: "Lưu tệp",
    QUARANTINED: "Cách ly tệp có mã độc",
    RECOGNISED: "Nhận dạng chữ trong tệp",
}
