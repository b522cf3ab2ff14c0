"""What is seen of captures and copies: a dossier's through the dossier, a tray's by who works at its unit."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import policies
from motcua.ledger import sql
from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Captured:
    """A capture, with the type and size of its bytes."""

    id: UUID
    unit_id: int
    dossier_id: UUID | None
    paper_id: UUID | None
    sha256: str
    media_type: str
    size: int
    source: str
    state: str
    name: str
    pages: int
    at: datetime


@dataclass(frozen=True, slots=True)
class CopyMade:
    """A digitised copy as its dossier's page tells of it."""

    attachment_id: UUID
    paper_id: UUID | None
    name: str
    pages: Sequence[dict[str, Any]]
    dpi: int | None
    signed_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Phone:
    """A pairing in force: for which dossier and paper, and by whose hand."""

    id: UUID
    dossier_id: UUID
    paper_id: UUID | None
    unit_id: int
    account_id: int
    held_id: int | None
    ends_at: datetime


def of_dossier(actor: Actor, dossier_id: UUID) -> list[Captured]:
    """The captures of a dossier that were not dropped, oldest first; raises dossier.not_visible."""
    where, params = policies.scope(actor)
    rows = sql.fetch(
        f"{CAPTURES} JOIN dossiers_dossier ON dossiers_dossier.id = c.dossier_id "
        f"WHERE c.dossier_id = %s AND c.state <> 'dropped' AND {where} ORDER BY c.id",
        [dossier_id, *params],
    )
    return [Captured(**row) for row in rows]


def tray(actor: Actor, *, most: int = 200) -> list[Captured]:
    """What lies in the trays of the actor's units, newest first."""
    rows = sql.fetch(
        f"{CAPTURES} WHERE c.unit_id = ANY(%s) AND c.dossier_id IS NULL AND c.state = 'waiting' "
        "ORDER BY c.id DESC LIMIT %s",
        [sorted(policies.trays_of(actor)), most],
    )
    return [Captured(**row) for row in rows]


def one(actor: Actor, capture_id: UUID) -> Captured:
    """A capture the actor may look at; raises capture.not_visible."""
    rows = sql.fetch(f"{CAPTURES} WHERE c.id = %s", [capture_id])
    found = Captured(**rows[0]) if rows else None
    if found is None or not _seen(actor, found):
        raise Refusal("capture.not_visible")
    return found


def copies(dossier_id: UUID) -> list[CopyMade]:
    """The digitised copies of a dossier that the caller has been allowed to see, oldest first."""
    return [CopyMade(**row) for row in sql.fetch(COPIES, [dossier_id])]


def phone(token: str, at: datetime) -> Phone:
    """The pairing of a phone's token; raises phone.link_gone when it has ended, or never was."""
    rows = sql.fetch(PHONE, [token_digest(token), at])
    if not rows:
        raise Refusal("phone.link_gone")
    return Phone(**rows[0])


def token_digest(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def _seen(actor: Actor, found: Captured) -> bool:
    if found.dossier_id is not None:
        return policies.sees(actor, found.dossier_id)
    return found.unit_id in policies.trays_of(actor)


CAPTURES = """
SELECT c.id, c.unit_id, c.dossier_id, c.paper_id, b.sha256, b.media_type, b.size, c.source, c.state,
       c.name, c.pages, c.at
FROM dossiers_capture c JOIN files_blob b ON b.id = c.blob_id
"""
COPIES = """
SELECT a.id AS attachment_id, a.paper_id, a.name, d.pages, d.dpi, d.signed_by, d.made_at
FROM dossiers_digitisedcopy d JOIN dossiers_attachment a ON a.id = d.attachment_id
WHERE d.dossier_id = %s ORDER BY d.id
"""
PHONE = """
SELECT id, dossier_id, paper_id, unit_id, account_id, held_id, ends_at
FROM dossiers_pairing WHERE digest = %s AND ends_at > %s
"""
