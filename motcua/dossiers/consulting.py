"""What is asked of other agencies and what they answered: every read of it.

An agency that was asked about a dossier sees that dossier, read-only, while the question is open and after
its answer (`policies.scope`); its officers see their own agency's requests here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import policies
from motcua.ledger import canonical, sql
from motcua.ledger.paging import Cursor, Page
from motcua.rules.actor import Actor
from motcua.rules.casework import OPEN
from motcua.rules.casework_opinions import OpenOpinion
from motcua.rules.refusal import Refusal

Row = dict[str, Any]
PAGE = 50
RUNNING = sorted(status.value for status in OPEN)


@dataclass(frozen=True, slots=True)
class File:
    """A file of the work on a dossier, for officers who see the dossier."""

    name: str
    sha256: str
    media_type: str


def is_consulted(agency_id: int) -> bool:
    """Whether an agency was ever asked about a dossier, so that what it sees holds more than its own."""
    return bool(sql.fetch(EVER, [agency_id])[0]["asked"])


def waiting(dossier_id: UUID) -> list[OpenOpinion]:
    """The questions about a dossier that wait for an answer; the caller holds the dossier."""
    return [OpenOpinion(**row) for row in sql.fetch(WAITING, [dossier_id])]


def of_dossier(actor: Actor, dossier_id: UUID) -> list[Row]:
    """All that was asked about a dossier, in order, with the files of the answers. To an agency that sees
    the dossier only because it was asked: its own."""
    if actor.is_citizen:
        return []
    opinions, files = sql.fetch_all([(OF_DOSSIER, [dossier_id]), (FILES, [dossier_id])])
    by_opinion: dict[UUID, list[Row]] = {}
    for file in files:
        by_opinion.setdefault(file["about"], []).append(file)
    all_ = policies.has_duty(actor, dossier_id) if opinions else True
    return [
        row | {"files": by_opinion.get(row["id"], [])}
        for row in opinions
        if all_ or row["unit_id"] == actor.agency_id
    ]


def one(actor: Actor, dossier_id: UUID, opinion_id: UUID) -> Row:
    """A question as the agency asked sees it, with its dossier; raises dossier.not_visible."""
    where, params = policies.scope(actor)
    rows = sql.fetch(f"{LISTED} WHERE o.id = %s AND {where}", [opinion_id, *params])
    if not rows or (rows[0]["unit_id"], rows[0]["dossier_id"]) != (actor.agency_id, dossier_id):
        raise Refusal("dossier.not_visible")
    return rows[0]


def asked_about(actor: Actor, dossier_id: UUID, opinion_id: UUID) -> Row:
    """A question of a dossier as its own officers see it; raises dossier.not_visible."""
    where, params = policies.scope(actor)
    rows = sql.fetch(
        f"{LISTED} WHERE o.id = %s AND o.dossier_id = %s AND {where}",
        [opinion_id, dossier_id, *params],
    )
    if not rows or not policies.has_duty(actor, dossier_id):
        raise Refusal("dossier.not_visible")
    return rows[0]


def asked_of(
    actor: Actor, *, answered: bool = False, after: Cursor | None = None, size: int = PAGE
) -> Page:
    """What the actor's agency is asked, soonest due first; or what it has answered, in that order too."""
    state = "o.answered_at IS NOT NULL" if answered else f"o.answered_at IS NULL AND {STILL}"
    return _listed(actor, f"o.unit_id = %s AND o.cancelled_at IS NULL AND {state}", after, size)


def asked_by(actor: Actor, *, after: Cursor | None = None, size: int = PAGE) -> Page:
    """What the actor's agency asks and has no answer to, soonest due first."""
    open_ = f"o.answered_at IS NULL AND o.cancelled_at IS NULL AND {STILL}"
    return _listed(actor, f"dossiers_dossier.accountable_id = %s AND {open_}", after, size)


def _listed(actor: Actor, which: str, after: Cursor | None, size: int) -> Page:
    where, params = policies.scope(actor)
    past = " AND (o.due_at, o.id) > (%s, %s)" if after else ""
    rows = sql.fetch(
        f"{LISTED} WHERE {which} AND {where}{past} ORDER BY o.due_at, o.id LIMIT %s",
        [actor.agency_id, *params, *((after.at, after.id) if after else ()), size + 1],
    )
    more, rows = len(rows) > size, rows[:size]
    last = rows[-1] if more else None
    return Page(rows, Cursor(last["opinion_due_at"], last["id"]) if last else None)


def file(actor: Actor, dossier_id: UUID, file_id: UUID) -> File:
    """A file of the work on a dossier; raises dossier.not_visible. Never for a citizen; to an agency that
    was only asked, the files of its own answers."""
    where, params = policies.scope(actor)
    rows = sql.fetch(f"{FILE} AND {where}", [file_id, dossier_id, *params])
    if not rows or not actor.is_officer:
        raise Refusal("dossier.not_visible")
    row = rows[0]
    if row.pop("unit_id") != actor.agency_id and not policies.has_duty(actor, dossier_id):
        raise Refusal("dossier.not_visible")
    return File(**row)


def digest(applicant_id: int, text: str) -> str | None:
    """By what the record knows a text about a dossier: a digest under its applicant's key."""
    key = sql.fetch(KEY, [applicant_id])[0]["digest_key"]
    return canonical.digest(bytes(key), text) if key and text.strip() else None


def late(at: datetime, many: int) -> Sequence[Row]:
    """Questions without an answer whose time is over and of which nobody was told, with their dossiers
    locked; what another worker has in hand is passed over."""
    return sql.fetch(LATE, [at, RUNNING, many])


EVER = """
SELECT EXISTS (SELECT 1 FROM dossiers_opinion WHERE unit_id = %s AND cancelled_at IS NULL) AS asked
"""
WAITING = """
SELECT id, unit_id, due_at, asked_by_id AS asker FROM dossiers_opinion
WHERE dossier_id = %s AND answered_at IS NULL AND cancelled_at IS NULL ORDER BY asked_at, id
"""
OF_DOSSIER = """
SELECT o.id, o.unit_id, o.question, o.asked_at, o.due_at, o.answered_at, o.answered_name, o.stance,
       o.answer, o.cancelled_at, o.cancel_reason, o.asked_by_id, u.name AS unit_name,
       a.name AS asker_name
FROM dossiers_opinion o JOIN organisations_unit u ON u.id = o.unit_id
LEFT JOIN people_account a ON a.id = o.asked_by_id
WHERE o.dossier_id = %s ORDER BY o.asked_at, u.sort_key, o.id
"""
FILES = """
SELECT f.id, f.about, f.name, f.at, b.size, b.media_type FROM dossiers_deskfile f
JOIN files_blob b ON b.id = f.blob_id WHERE f.dossier_id = %s ORDER BY f.at, f.id
"""
FILE = """
SELECT f.name, b.sha256, b.media_type, o.unit_id FROM dossiers_deskfile f
JOIN files_blob b ON b.id = f.blob_id
JOIN dossiers_dossier ON dossiers_dossier.id = f.dossier_id
LEFT JOIN dossiers_opinion o ON o.id = f.about
WHERE f.id = %s AND f.dossier_id = %s
"""
LISTED = """
SELECT o.id, o.unit_id, o.dossier_id, o.question, o.asked_at, o.due_at AS opinion_due_at, o.answered_at,
       o.stance, o.answer, o.cancelled_at, u.name AS unit_name, s.name AS asked_in_name,
       a.name AS asker_name, dossiers_dossier.code, dossiers_dossier.submission_code,
       dossiers_dossier.subject, dossiers_dossier.applicant_name, dossiers_dossier.version,
       dossiers_dossier.status, dossiers_dossier.accountable_id
FROM dossiers_opinion o JOIN dossiers_dossier ON dossiers_dossier.id = o.dossier_id
JOIN organisations_unit u ON u.id = o.unit_id JOIN organisations_unit s ON s.id = o.asked_in_id
LEFT JOIN people_account a ON a.id = o.asked_by_id
"""
STILL = f"dossiers_dossier.status IN ({', '.join(map(str, RUNNING))})"
KEY = "SELECT digest_key FROM people_person WHERE id = %s"
LATE = """
SELECT o.id, o.dossier_id, o.unit_id, o.due_at, o.asked_by_id
FROM dossiers_opinion o JOIN dossiers_dossier d ON d.id = o.dossier_id
WHERE o.due_at < %s AND o.answered_at IS NULL AND o.cancelled_at IS NULL AND o.late_told_at IS NULL
  AND d.status = ANY(%s)
ORDER BY o.due_at, o.id LIMIT %s FOR NO KEY UPDATE OF d, o SKIP LOCKED
"""
