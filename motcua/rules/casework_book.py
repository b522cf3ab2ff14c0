"""Entry from the paper book: a dossier taken in by hand while the system was away (TT 01/2018 Đ10).

The clock starts when the applicant stood at the counter, not when somebody typed it. What was written down is
named: book, page, number, and why it was written by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from motcua.rules.casework import Changes, reasoned
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import WorkCalendar


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a paper book."""

    book: str
    number: str
    reason: str
    page: str = ""


def check(
    line: Line, received_at: datetime, at: datetime, calendar: WorkCalendar, oldest_days: int
) -> None:
    """Whether a line may be entered at `at`: an hour of the counter, past, and not long past.

    Raises dossier.reason_missing, dossier.book_missing, dossier.book_in_future, dossier.book_too_old,
    dossier.book_outside_office.
    """
    reasoned(line.reason)
    if not line.book.strip() or not line.number.strip():
        raise Refusal("dossier.book_missing", {"field": "book"})
    if received_at > at:
        raise Refusal("dossier.book_in_future", {"field": "received_at"})
    if received_at < at - timedelta(days=oldest_days):
        raise Refusal("dossier.book_too_old", {"days": oldest_days, "field": "received_at"})
    local = calendar.local(received_at)
    if not any(start <= local <= end for start, end in calendar.sessions(local.date())):
        raise Refusal("dossier.book_outside_office", {"field": "received_at"})


def entered(changes: Changes, line: Line, desk_id: int) -> Changes:
    """The changes of an acceptance with the line it was entered from."""
    row = {
        "id": new_id(),
        "dossier_id": changes.case.id,
        "desk_id": desk_id,
        "book": line.book.strip(),
        "page": line.page.strip(),
        "number": line.number.strip(),
        "reason": line.reason.strip(),
    }
    told = {"book": row["book"], "number": row["number"], "reason": row["reason"]}
    return replace(
        changes,
        rows=(*changes.rows, ("book_line", row)),
        recorded={**changes.recorded, **told},
    )
