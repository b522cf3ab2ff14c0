"""The books of certification as they are read: which there are, a month of one, the day at a counter.

A book is read through the dossiers of its entries: what its reader does not see stands in no line of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import orjson

from motcua.dossiers import policies
from motcua.ledger import sql
from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE

Row = dict[str, Any]
LINES = 25
"""Lines on a printed page."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year."""

    year: int
    month: int

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return (self.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Register:
    """A month of a book: its lines by number, in pages, and the SHA-256 of what they say."""

    book: Row
    rows: Sequence[Row]
    pages: Sequence[Sequence[Row]]
    sha256: str
    copies: int
    fee: int


def books(actor: Actor) -> list[Row]:
    """The books the actor may open: those of agencies whose dossiers he sees, the newest first."""
    where, params = policies.books_of(actor)
    return sql.fetch(f"{BOOKS} WHERE {where} ORDER BY b.year DESC, u.name, b.kind", params)


def book(actor: Actor, book_id: UUID) -> Row:
    """Raises certification_book.not_found."""
    where, params = policies.books_of(actor)
    found = sql.fetch(f"{BOOKS} WHERE b.id = %s AND {where}", [book_id, *params])
    if not found:
        raise Refusal("certification_book.not_found")
    return found[0]


def register(actor: Actor, book_id: UUID, month: Month) -> Register:
    """A month of a book, as printed. Raises certification_book.not_found."""
    of = book(actor, book_id)
    scope, params = policies.scope(actor)
    rows = sql.fetch(
        f"{ENTRIES} WHERE c.book_id = %s AND c.certified_at >= %s AND c.certified_at < %s "
        f"AND {scope} ORDER BY c.number",
        [book_id, *_between(month.first, month.last), *params],
    )
    text = [[of["kind"], of["unit_id"], month.year, month.month]]
    text += [[str(row[name]) for name in PRINTED] for row in rows]
    kept = [row for row in rows if not row["voided"]]
    return Register(
        of,
        rows,
        [rows[n : n + LINES] for n in range(0, len(rows), LINES)] or [[]],
        hashlib.sha256(orjson.dumps(text)).hexdigest(),
        sum(row["originals"] * row["copies"] for row in kept),
        sum(row["fee"] for row in kept),
    )


def bound(actor: Actor, book_id: UUID) -> list[Row]:
    """The months of a book that were bound, the last first. Raises certification_book.not_found."""
    book(actor, book_id)
    return sql.fetch(BOUND, [book_id])


def of_day(actor: Actor, on: date, *, size: int) -> list[Row]:
    """What was entered at the actor's counters on a day, the newest first."""
    scope, params = policies.scope(actor)
    return sql.fetch(
        f"{ENTRIES} WHERE dossiers_dossier.received_at >= %s AND dossiers_dossier.received_at < %s "
        f"AND {scope} ORDER BY dossiers_dossier.received_at DESC, c.position LIMIT %s",
        [*_between(on, on), *params, size],
    )


def figures_of(actor: Actor, first: date, last: date) -> list[Row]:
    """How many papers were certified on each day, and for how much."""
    scope, params = policies.scope(actor)
    return sql.fetch(
        f"{FIGURES} WHERE c.certified_at >= %s AND c.certified_at < %s AND NOT c.voided AND {scope} "
        'GROUP BY "on" ORDER BY "on" DESC',
        [*_between(first, last), *params],
    )


def waiting_for_signature(actor: Actor, *, size: int) -> list[Row]:
    """What was prepared and waits for the actor to certify it, the oldest first."""
    scope, params = policies.scope(actor)
    return sql.fetch(
        f"{WAITING} AND i.unit_id = ANY(%s) AND i.role = %s AND {scope} "
        "ORDER BY dossiers_dossier.id, c.position LIMIT %s",
        [sorted(actor.units), actor.role or "", *params, size],
    )


def entry(actor: Actor, certification_id: UUID) -> Row:
    """One entry, with what it was corrected from. Raises dossier.not_visible."""
    scope, params = policies.scope(actor)
    found = sql.fetch(f"{ENTRIES} WHERE c.id = %s AND {scope}", [certification_id, *params])
    if not found:
        raise Refusal("dossier.not_visible")
    return found[0] | {"corrections": sql.fetch(CORRECTIONS, [certification_id])}


def of_dossier(actor: Actor, dossier_id: UUID) -> list[Row]:
    """The papers certified in a dossier the actor sees."""
    scope, params = policies.scope(actor)
    return sql.fetch(
        f"{ENTRIES} WHERE c.dossier_id = %s AND {scope} ORDER BY c.position", [dossier_id, *params]
    )


def _between(first: date, last: date) -> tuple[datetime, datetime]:
    return (
        datetime.combine(first, time.min, ZONE),
        datetime.combine(last + timedelta(days=1), time.min, ZONE),
    )


PRINTED = (
    *("number", "certified_at", "applicant_name", "title", "signer_name", "signer_title"),
    *("originals", "copies", "pages", "fee", "voided"),
)
"""What a line of a book says."""
BOOKS = """
SELECT b.id, b.unit_id, b.kind, b.year, b.locked_at, b.last_number, b.entries, u.name AS unit_name,
       l.name AS locked_by
FROM dossiers_certificationbook b JOIN organisations_unit u ON u.id = b.unit_id
LEFT JOIN people_account l ON l.id = b.locked_by_id
"""
ENTRIES = """
SELECT c.*, dossiers_dossier.code, dossiers_dossier.applicant_name, dossiers_dossier.status,
       dossiers_dossier.received_at, dossiers_dossier.version, b.year, b.locked_at
FROM dossiers_certification c JOIN dossiers_dossier ON dossiers_dossier.id = c.dossier_id
LEFT JOIN dossiers_certificationbook b ON b.id = c.book_id
"""
FIGURES = """
SELECT (c.certified_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS "on", count(*) AS entries,
       sum(c.originals * c.copies) AS copies, sum(c.fee) AS fee
FROM dossiers_certification c JOIN dossiers_dossier ON dossiers_dossier.id = c.dossier_id
"""
WAITING = """
SELECT c.*, dossiers_dossier.code, dossiers_dossier.applicant_name, dossiers_dossier.subject,
       dossiers_dossier.received_at, dossiers_dossier.due_at, dossiers_dossier.accountable_id,
       p.name AS prepared_by
FROM dossiers_certification c JOIN dossiers_dossier ON dossiers_dossier.id = c.dossier_id
JOIN dossiers_workitem i ON i.dossier_id = dossiers_dossier.id
LEFT JOIN people_account p ON p.id = c.prepared_by_id
WHERE i.closed_at IS NULL AND NOT i.waiting AND i.act = 'conclude' AND c.book_id IS NULL
"""
CORRECTIONS = """
SELECT k.at, k.reason, k.was, k.now, a.name AS by_name FROM dossiers_certificationcorrection k
LEFT JOIN people_account a ON a.id = k.by_id WHERE k.certification_id = %s ORDER BY k.at
"""
BOUND = """
SELECT m.*, a.name AS by_name FROM dossiers_boundmonth m LEFT JOIN people_account a ON a.id = m.by_id
WHERE m.book_id = %s ORDER BY m.month DESC, m.at DESC
"""
