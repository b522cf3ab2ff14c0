"""Which channels a notice goes out by: those a person has chosen, has an address for, and that carry it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.ledger import sql
from motcua.messaging import ports, reach, wording
from motcua.people import queries as people
from motcua.people.queries import Contact
from motcua.rules.delivery import Channel, State
from motcua.rules.identity import new_id

Row = Mapping[str, Any]


def deliveries(
    notices: Sequence[Row], said: Mapping[UUID, Mapping[str, str]], at: datetime
) -> list[dict[str, Any]]:
    """The rows to queue for new notices. An address a carrier has refused is not written to again until it
    is another one (people.change_contact)."""
    connected = ports.connected()
    persons = sorted({row["person_id"] for row in notices if row["person_id"] is not None})
    if not connected or not persons:
        return []
    contacts = people.contacts(persons)
    chosen = {row["person_id"]: row for row in sql.fetch(CHOICES, [persons])}
    wanted = [
        (row, channel, address, chosen.get(row["person_id"], {}).get("language", "vi"))
        for row in notices
        if row["person_id"] is not None
        for channel, address in _reached(
            contacts[row["person_id"]], chosen.get(row["person_id"]), connected
        )
    ]
    bad = _refused({address for _, _, address, _ in wanted})
    made = (
        _row(row, channel, address, language, said.get(row["id"], {}), at)
        for row, channel, address, language in wanted
        if (channel, address) not in bad and _carried(channel, row["kind"])
    )
    return [one for one in made if one is not None]


def _reached(
    contact: Contact, chosen: Row | None, connected: Sequence[Channel]
) -> Iterator[tuple[Channel, str]]:
    wanted = set(chosen["channels"]) if chosen else reach.DEFAULT
    for channel in connected:
        address = reach.address_for(channel, contact)
        if channel in wanted and address:
            yield channel, address


def _carried(channel: Channel, kind: str) -> bool:
    return any(carrier.carries(kind) for carrier in ports.carriers(channel))


def _refused(addresses: set[str]) -> set[tuple[str, str]]:
    rows = sql.fetch(REFUSED, [sorted(addresses)]) if addresses else []
    return {(row["channel"], row["address"]) for row in rows}


def _row(
    notice: Row,
    channel: Channel,
    address: str,
    language: str,
    said: Mapping[str, str],
    at: datetime,
) -> dict[str, Any] | None:
    words = wording.written(
        channel,
        language,
        kind=notice["kind"],
        title=notice["title"],
        text=notice["text"],
        said=said,
        dossier_id=notice["subject_id"] if notice["subject_kind"] == "dossier" else None,
    )
    if words is None:
        return None
    return {
        "id": new_id(),
        "notice_id": notice["id"],
        "channel": str(channel),
        "language": words.language,
        "address": address,
        "title": words.title,
        "text": words.text,
        "said": dict(said) if channel is Channel.ZALO else {},
        "state": str(State.QUEUED),
        "queued_at": at,
        "first_at": None,
        "next_at": at,
        "changed_at": at,
        "carrier": "",
        "ref": "",
        "tried": [],
        "attempts": 0,
        "answer": "",
        "claim": None,
    }


CHOICES = "SELECT person_id, language, channels FROM messaging_choice WHERE person_id = ANY(%s)"
REFUSED = """
SELECT DISTINCT channel, address FROM messaging_delivery
WHERE state = 'refused' AND address = ANY(%s)
"""
