"""Telling, and having read. Both are acts; the text as sent is kept, its digest in the record."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.ledger import sql
from motcua.ledger.acts import act
from motcua.messaging import events, policies
from motcua.messaging.models import Delivery, Notice
from motcua.messaging.queueing import deliveries
from motcua.rules.actor import Actor
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Message:
    """One notice to send: of which event, to whom (a person, an account, or a unit's post), in words.

    `said` is what the words were filled in with, for the other channels and languages.
    """

    entry_id: UUID
    at: datetime
    kind: str
    subject_kind: str
    subject_id: UUID
    title: str
    text: str
    person_id: int | None = None
    account_id: int | None = None
    unit_id: int | None = None
    role: str = ""
    said: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[Any, ...]:
        """What a recipient is told once."""
        return (
            self.entry_id,
            self.kind,
            self.person_id,
            self.account_id,
            self.unit_id,
            self.role,
        )


def tell(messages: Sequence[Message], *, actor: Actor, at: datetime) -> int:
    """Send notices, one a recipient, event and kind however often it is asked; returns how many are new.

    What goes to a person is queued for the channels he is reached by; nothing goes out yet.
    Raises notice.may_not.
    """
    policies.to_tell(actor)
    entries = list({m.entry_id for m in messages})
    told = {tuple(row.values()) for row in sql.fetch(TOLD_OF, [entries])} if entries else set()
    fresh = list({m.key: m for m in messages if m.key not in told}.values())
    if not fresh:
        return 0
    with act(events.TOLD, actor=actor, at=at) as a:
        rows = [_row(message) for message in fresh]
        queued = deliveries(rows, {r["id"]: m.said for r, m in zip(rows, fresh, strict=True)}, at)
        by: dict[UUID, dict[str, str]] = {}
        for one in queued:
            by.setdefault(one["notice_id"], {})[one["channel"]] = _digest(one)
        a.says({})
        a.insert(Notice, rows)
        a.insert(Delivery, queued)
        for row in rows:
            said: dict[str, Any] = {"kind": row["kind"], "text": _digest(row)}
            if row["id"] in by:
                said["by"] = by[row["id"]]
            a.about("notice", row["id"], said, at=row["at"])
    return len(fresh)


def _digest(row: Mapping[str, Any]) -> str:
    return hashlib.sha256(f"{row['title']}\n{row['text']}".encode()).hexdigest()


def read(*, actor: Actor, at: datetime, notice_id: UUID | None = None) -> int:
    """Mark as read what is addressed to the actor: one notice, or all of them; returns how many were new.

    Raises notice.not_visible.
    """
    where, params = policies.to_read(actor)
    if notice_id is not None:
        if not sql.fetch(f"{ANY} WHERE id = %s AND {where}", [notice_id, *params]):
            raise Refusal("notice.not_visible")
        where, params = f"id = %s AND {where}", [notice_id, *params]
    total = 0
    while done := _read(where, params, actor, at):
        total += done
    return total


def _read(where: str, params: Sequence[Any], actor: Actor, at: datetime) -> int:
    with transaction.atomic():
        rows = sql.fetch(f"{ANY} WHERE read_at IS NULL AND {where} {LOCKED}", [*params, CHUNK])
        if not rows:
            return 0
        with act(events.READ, actor=actor, at=at) as a:
            a.hold("notice", *(row["id"] for row in rows))
            now = {"read_at": a.at, "read_by_id": actor.account_id}
            a.update(Notice, [(row["id"], now) for row in rows])
            for row in rows:
                a.about("notice", row["id"], {})
    return len(rows)


def _row(message: Message) -> dict[str, Any]:
    names = ("entry_id", "at", "kind", "subject_kind", "subject_id", "title", "text")
    to = ("person_id", "account_id", "unit_id", "role")
    values = {name: getattr(message, name) for name in (*names, *to)}
    return {"id": new_id(), **values, "read_at": None, "read_by_id": None}


ANY = "SELECT id FROM messaging_notice"
LOCKED = "ORDER BY id LIMIT %s FOR NO KEY UPDATE"
TOLD_OF = """
SELECT entry_id, kind, person_id, account_id, unit_id, role FROM messaging_notice
WHERE entry_id = ANY(%s)
"""
