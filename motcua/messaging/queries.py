"""What lies in an actor's box of notices, and how what is told goes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.ledger import sql
from motcua.ledger.paging import Cursor, Page
from motcua.messaging import policies, ports, reach
from motcua.rules.actor import Actor

Row = dict[str, Any]
MOST = 100
"""Unread notices are counted no further than this."""


def notices(actor: Actor, *, after: Cursor | None = None, size: int = 30) -> Page:
    """What the actor was told, newest first."""
    where, params = policies.addressed_to(actor)
    if after:
        where += " AND (at, id) < (%s, %s)"
        params = [*params, after.at, after.id]
    rows = sql.fetch(
        f"{LIST} WHERE {where} ORDER BY at DESC, id DESC LIMIT %s", [*params, size + 1]
    )
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows, Cursor(rows[-1]["at"], rows[-1]["id"]) if more else None)


def unread(actor: Actor) -> int:
    """How many of them nobody has read yet, counted no further than MOST."""
    if actor.account_id is None:
        return 0
    where, params = policies.addressed_to(actor)
    query = f"{UNREAD} AND {where} LIMIT %s) capped"
    return int(sql.fetch(query, [*params, MOST])[0]["n"])


LIST = """
SELECT id, kind, subject_kind, subject_id, title, text, at, read_at, unit_id IS NOT NULL AS to_post
FROM messaging_notice
"""
UNREAD = "SELECT count(*) AS n FROM (SELECT 1 FROM messaging_notice WHERE read_at IS NULL"


CHANNELS = {"email": "thư điện tử", "sms": "tin nhắn SMS", "zalo": "Zalo"}
STATES = {
    "queued": "Chờ gửi",
    "claimed": "Đang gửi",
    "sent": "Đã gửi đi",
    "delivered": "Đã đến người nhận",
    "refused": "Địa chỉ không nhận",
    "given_up": "Không gửi được",
    "uncertain": "Đang hỏi lại nhà cung cấp",
    "unknown": "Không rõ đã gửi hay chưa",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a message is about, and to whom."""

    subject_id: UUID
    person_id: int


def subjects_of(delivery_ids: Sequence[UUID]) -> dict[UUID, Subject]:
    """What messages are about, by the message's id: for what follows of them."""
    rows = sql.fetch(SUBJECTS, [list(delivery_ids)]) if delivery_ids else []
    return {row["id"]: Subject(row["subject_id"], row["person_id"]) for row in rows}


def carrier_title(name: str) -> str:
    """What a carrier is called: the title of the port it is plugged in."""
    found = (p.title for route in ports.ROUTES.values() for p in route if _is(p.plugged, name))
    return next(found, name)


def _is(carrier: ports.Carrier | None, name: str) -> bool:
    return carrier is not None and carrier.name == name


@dataclass(frozen=True, slots=True)
class Sent:
    """A notice to an applicant as its dossier's page shows it: the words, and how each channel fared."""

    title: str
    text: str
    at: datetime
    read_at: datetime | None
    by: tuple[Row, ...]


def told_of(subject_id: UUID, *, most: int = 50) -> list[Sent]:
    """What the persons of a subject were told, newest first, with the exact text of each channel and where
    it is. For who has fetched the subject itself."""
    rows = sql.fetch(TOLD_OF, [subject_id, most])
    return [
        Sent(
            row["title"],
            row["text"],
            row["at"],
            row["read_at"],
            tuple(
                one
                | {
                    "channel": CHANNELS[one["channel"]],
                    "label": STATES[one["state"]],
                    "at": datetime.fromisoformat(one["at"]),
                }
                for one in row["by"] or ()
            ),
        )
        for row in rows
    ]


def choice(person_id: int) -> tuple[frozenset[str], str]:
    """The channels and the language of a person, as he chose or as it is for who has not."""
    rows = sql.fetch(CHOICE, [person_id])
    if not rows:
        return frozenset(map(str, reach.DEFAULT)), "vi"
    return frozenset(rows[0]["channels"]), rows[0]["language"]


SUBJECTS = """
SELECT d.id, n.subject_id, n.person_id FROM messaging_delivery d
JOIN messaging_notice n ON n.id = d.notice_id WHERE d.id = ANY(%s)
"""
TOLD_OF = """
SELECT n.title, n.text, n.at, n.read_at, d.by FROM messaging_notice n
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object('channel', channel, 'address', address, 'title', title,
        'text', text, 'state', state, 'answer', answer, 'at', changed_at) ORDER BY channel) AS by
    FROM messaging_delivery WHERE notice_id = n.id
) d ON true
WHERE n.subject_id = %s AND n.person_id IS NOT NULL ORDER BY n.at DESC, n.id DESC LIMIT %s
"""
CHOICE = "SELECT channels, language FROM messaging_choice WHERE person_id = %s"
