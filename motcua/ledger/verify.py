"""Checking the record from outside the acts: every chain is whole and every hash is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from motcua.ledger import canonical
from motcua.ledger.models import Entry


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold, and why: "gap", "prev" or "hash"."""

    entry_id: UUID
    subject_kind: str
    subject_id: UUID
    subject_seq: int
    why: str


def breaks() -> Iterator[Break]:
    """Every break of every chain, in subject order; nothing, when the record is whole."""
    rows = Entry.objects.order_by("subject_kind", "subject_id", "subject_seq").values()
    subject: tuple[str, UUID] | None = None
    seq, previous = 0, b""
    for row in rows.iterator(chunk_size=5000):
        if (row["subject_kind"], row["subject_id"]) != subject:
            subject, seq, previous = (row["subject_kind"], row["subject_id"]), 0, b""
        seq += 1
        why = _fault(row, seq, previous)
        if why:
            yield Break(row["id"], row["subject_kind"], row["subject_id"], row["subject_seq"], why)
        previous, seq = bytes(row["hash"]), row["subject_seq"]


def _fault(row: Mapping[str, Any], seq: int, previous: bytes) -> str:
    if row["subject_seq"] != seq:
        return "gap"
    if bytes(row["prev"] or b"") != previous:
        return "prev"
    return "" if canonical.entry_hash(row) == bytes(row["hash"]) else "hash"
