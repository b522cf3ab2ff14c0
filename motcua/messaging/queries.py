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
from motcua.messaging.queueing import REFUSED
from motcua.people import queries as people
from motcua.rules.actor import Actor
from motcua.rules.delivery import DEAD, Channel

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


TONES = {
    "sent": "good",
    "delivered": "good",
    "refused": "bad",
    "given_up": "bad",
    "uncertain": "warn",
    "unknown": "warn",
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


def told_of(subject_id: UUID, *, person_id: int | None = None, most: int = 50) -> list[Sent]:
    """What the persons of a subject were told, newest first, with the exact text of each channel and where
    it is; of one person alone where he is named. For who has fetched the subject itself."""
    rows = sql.fetch(TOLD_OF, [subject_id, person_id, person_id, most])
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
                    "tone": TONES.get(one["state"], "info"),
                    "stopped": one["state"] in DEAD,
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
WHERE n.subject_id = %s AND n.person_id IS NOT NULL AND (%s::bigint IS NULL OR n.person_id = %s)
ORDER BY n.at DESC, n.id DESC LIMIT %s
"""
CHOICE = "SELECT channels, language FROM messaging_choice WHERE person_id = %s"


@dataclass(frozen=True, slots=True)
class Queue:
    """How a channel goes: what waits and since when, what is on its way to an answer, what stopped lately."""

    title: str
    connected: bool
    waiting: int
    oldest_at: datetime | None
    under_way: int
    stopped: int


def queues(actor: Actor, since: datetime) -> list[Queue]:
    """Each channel's queue; `stopped` since a moment. Raises delivery.may_not."""
    policies.to_operate(actor)
    found = sql.fetch_all([(WAITING, []), (UNDER_WAY, []), (STOPPED_LATELY, [since])])
    waiting, under_way, stopped = ({row["channel"]: row for row in rows} for rows in found)
    none: Row = {"n": 0, "oldest_at": None}
    return [
        Queue(
            title,
            bool(ports.carriers(Channel(channel))),
            waiting.get(channel, none)["n"],
            waiting.get(channel, none)["oldest_at"],
            under_way.get(channel, none)["n"],
            stopped.get(channel, none)["n"],
        )
        for channel, title in CHANNELS.items()
    ]


@dataclass(frozen=True, slots=True)
class Stopped:
    """A message that nobody does anything about any more."""

    id: UUID
    channel: str
    label: str
    answer: str
    carrier: str
    title: str
    subject_kind: str
    subject_id: UUID
    at: datetime


def stopped(actor: Actor, *, most: int = 50) -> list[Stopped]:
    """What could not be sent, or of which nobody knows, newest first. Raises delivery.may_not."""
    policies.to_operate(actor)
    return [
        Stopped(
            row["id"],
            CHANNELS[row["channel"]],
            STATES[row["state"]],
            row["answer"],
            carrier_title(row["carrier"]) if row["carrier"] else "",
            row["title"],
            row["subject_kind"],
            row["subject_id"],
            row["changed_at"],
        )
        for row in sql.fetch(STOPPED, [most])
    ]


@dataclass(frozen=True, slots=True)
class Ill:
    """A carrier that does not do its part now."""

    title: str
    since: datetime
    rests_until: datetime | None
    said: str


def ill_carriers(actor: Actor) -> list[Ill]:
    """The carriers that do not do their part now. Raises delivery.may_not."""
    policies.to_operate(actor)
    return [
        Ill(carrier_title(row["name"]), row["failing_since"], row["rests_until"], row["said"])
        for row in sql.fetch(ILL)
    ]


def refused_channels(person_id: int) -> set[str]:
    """The channels whose address of this person is refused, as it is written now."""
    contact = people.contacts([person_id])[person_id]
    addresses = {str(channel): reach.address_for(channel, contact) for channel in Channel}
    rows = sql.fetch(REFUSED, [[address for address in addresses.values() if address]])
    return {row["channel"] for row in rows if addresses[row["channel"]] == row["address"]}


WAITING = """
SELECT channel, count(*) AS n, min(queued_at) AS oldest_at FROM messaging_delivery
WHERE state = 'queued' GROUP BY channel
"""
UNDER_WAY = """
SELECT channel, count(*) AS n FROM messaging_delivery
WHERE state <> 'queued' AND next_at IS NOT NULL AND state IN ('claimed', 'uncertain') GROUP BY channel
"""
STOPPED_LATELY = """
SELECT channel, count(*) AS n FROM messaging_delivery
WHERE state IN ('refused', 'given_up', 'unknown') AND changed_at >= %s GROUP BY channel
"""
STOPPED = """
SELECT d.id, d.channel, d.state, d.answer, d.carrier, d.changed_at, n.title, n.subject_kind, n.subject_id
FROM messaging_delivery d JOIN messaging_notice n ON n.id = d.notice_id
WHERE d.state IN ('refused', 'given_up', 'unknown') ORDER BY d.changed_at DESC LIMIT %s
"""
ILL = """
SELECT name, failing_since, rests_until, said FROM messaging_carrierhealth
WHERE failing_since IS NOT NULL ORDER BY failing_since
"""
