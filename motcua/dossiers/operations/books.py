"""The books of certification: opened by their first entry, bound by the month, locked with the year."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import events, policies, registers
from motcua.dossiers.models import BoundMonth, CertificationBook
from motcua.ledger import sql
from motcua.ledger.acts import Act, act
from motcua.rules.actor import Actor
from motcua.rules.certification import Kind
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE


def series(unit_id: int, kind: Kind) -> str:
    """The counter of a book; it stands under the first day of its year."""
    return f"certification:{unit_id}:{kind}"


def open_book(unit_id: int, kind: Kind, year: int) -> UUID:
    """The book of a year, held so that nobody locks it before this act ends; the first entry opens it.

    Raises certification.book_locked.
    """
    sql.execute(OPEN, [new_id(), unit_id, str(kind), year])
    book = sql.fetch(HELD, [unit_id, str(kind), year])[0]
    if book["locked_at"] is not None:
        raise Refusal("certification.book_locked", {"year": year})
    return UUID(str(book["id"]))


def bind_book_month(*, book_id: UUID, month: int, sha256: str, actor: Actor, at: datetime) -> str:
    """Record that a month was printed and bound; returns the SHA-256 of what was printed.

    `sha256` is that of the print the officer holds: where the book changed since, he prints again.
    Raises certification_book.not_found, dossier.may_not, certification.month_not_over,
    certification.print_is_old.
    """
    with act(events.BOOK_MONTH_BOUND, actor=actor, at=at) as a:
        book = _hold(book_id, actor, a)
        month_of = registers.Month(book["year"], month)
        if a.at.astimezone(ZONE).date() <= month_of.last:
            raise Refusal("certification.month_not_over", {"month": f"{month:02d}/{book['year']}"})
        printed = registers.register(actor, book_id, month_of)
        if printed.sha256 != sha256:
            raise Refusal("certification.print_is_old")
        numbers = [row["number"] for row in printed.rows]
        row = {
            "id": new_id(),
            "book_id": book_id,
            "month": month,
            "at": a.at,
            "by_id": actor.account_id,
            "sha256": printed.sha256,
            "entries": len(numbers),
            "first_number": min(numbers, default=None),
            "last_number": max(numbers, default=None),
            "pages": len(printed.pages),
        }
        a.insert(BoundMonth, [row])
        said = {n: row[n] for n in ("month", "sha256", "entries", "first_number", "last_number")}
        a.about("certification_book", book_id, {**said, "year": book["year"]})
    return printed.sha256


def lock_book(*, book_id: UUID, actor: Actor, at: datetime) -> int:
    """Lock the book of a year that is over: no number any more, no correction; returns the last number.

    Raises certification_book.not_found, dossier.may_not, certification.year_not_over,
    certification.book_locked.
    """
    with act(events.BOOK_LOCKED, actor=actor, at=at) as a:
        book = _hold(book_id, actor, a)
        if book["locked_at"] is not None:
            raise Refusal("certification.book_locked", {"year": book["year"]})
        if a.at.astimezone(ZONE).year <= book["year"]:
            raise Refusal("certification.year_not_over", {"year": book["year"]})
        ended = sql.fetch(ENDED, [book_id])[0]
        closed = {
            "locked_at": a.at,
            "locked_by_id": actor.account_id,
            "last_number": ended["last"],
            "entries": ended["entries"],
        }
        a.update(CertificationBook, [(book_id, closed)])
        a.about("certification_book", book_id, {"year": book["year"], **ended})
    return int(ended["last"])


def _hold(book_id: UUID, actor: Actor, a: Act) -> dict[str, Any]:
    found = sql.fetch(LOCKED, [book_id])
    if not found:
        raise Refusal("certification_book.not_found")
    policies.to_keep_book(actor, found[0]["unit_id"])
    a.hold("certification_book", book_id)
    return found[0]


OPEN = """
INSERT INTO dossiers_certificationbook (id, unit_id, kind, year) VALUES (%s, %s, %s, %s)
ON CONFLICT (unit_id, kind, year) DO NOTHING
"""
HELD = """
SELECT id, locked_at FROM dossiers_certificationbook WHERE unit_id = %s AND kind = %s AND year = %s
FOR SHARE
"""
LOCKED = "SELECT * FROM dossiers_certificationbook WHERE id = %s FOR UPDATE"
ENDED = """
SELECT coalesce(max(number), 0) AS last, count(*) AS entries FROM dossiers_certification
WHERE book_id = %s
"""
