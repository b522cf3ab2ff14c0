"""Paper dossiers carried between units: the list that goes with them, and what arrived (NĐ 61/2018 Đ18.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import events, policies
from motcua.dossiers.models import Trip, TripLine
from motcua.dossiers.trips import transfer_by
from motcua.ledger import sql
from motcua.ledger.acts import Act, Key, act, next_number
from motcua.rules.actor import Actor
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE


@dataclass(frozen=True, slots=True)
class Sent:
    """A trip on its way: its list's number, and how many of its dossiers left too late."""

    id: UUID
    number: int
    late: int


def send_trip(
    *,
    dossier_ids: Sequence[UUID],
    from_unit_id: int,
    to_unit_id: int,
    carrier: str,
    actor: Actor,
    at: datetime,
    key: Key | None = None,
) -> Sent:
    """Give paper dossiers to who carries them to another unit, on one numbered list.

    What was received before the hour of the law leaves the same day, what came later at the start of the
    next; a later one is flagged. Raises trip.nothing_to_carry, trip.to_itself, trip.carrier_missing,
    trip.not_your_unit, dossier.not_visible, trip.on_the_way.
    """
    policies.to_carry(actor, from_unit_id)
    ids = sorted(set(dossier_ids))
    _whole(ids, from_unit_id, to_unit_id, carrier)
    with act(events.TRIP_SENT, actor=actor, at=at, key=key) as a:
        rows = _lock(actor, ids, a)
        _at_hand(rows)
        lines = [_line(row, n, from_unit_id, a) for n, row in enumerate(rows, 1)]
        on = a.at.astimezone(ZONE).date()
        number = next_number(f"trip:{from_unit_id}", date(on.year, 1, 1))
        trip = {
            "id": a.id,
            "from_unit_id": from_unit_id,
            "to_unit_id": to_unit_id,
            "number": number,
            "carrier": carrier.strip()[:120],
            "sent_at": a.at,
            "sent_by_id": actor.account_id,
            "sent_by_name": actor.name,
        }
        a.insert(Trip, [trip])
        a.insert(TripLine, lines)
        a.says({"from": from_unit_id, "to": to_unit_id, "number": number})
        for line in lines:
            late = {"sent_late": True} if line["late"] else {}
            a.about("dossier", line["dossier_id"], {"trip": number, "unit": to_unit_id, **late})
        sent = Sent(a.id, number, sum(line["late"] for line in lines))
        a.outcome |= {"id": str(sent.id), "number": number, "late": sent.late}
    return sent


def receive_trip(
    *, trip_id: UUID, received: Mapping[UUID, str], actor: Actor, at: datetime
) -> None:
    """Confirm the dossiers of a trip that arrived, each with what is missing from it ("" for nothing).

    What is not named is still on its way. Raises trip.not_found, trip.not_your_unit, trip.nothing_received,
    trip.not_on_it, trip.received_already.
    """
    if not received:
        raise Refusal("trip.nothing_received")
    with act(events.TRIP_RECEIVED, actor=actor, at=at) as a:
        trip = sql.fetch(TRIP, [trip_id])
        if not trip:
            raise Refusal("trip.not_found")
        policies.to_carry(actor, trip[0]["to_unit_id"])
        scope, params = policies.scope(actor)
        found = sql.fetch(f"{LINES} AND {scope} {LOCKED}", [trip_id, *params])
        lines = {row["dossier_id"]: row for row in found}
        _on_it(received, lines)
        a.hold("dossier", *received)
        mark = {
            "received_at": a.at,
            "received_by_id": actor.account_id,
            "received_by_name": actor.name,
        }
        a.update(
            TripLine,
            [
                (lines[dossier_id]["id"], mark | {"missing": missing.strip()[:500]})
                for dossier_id, missing in received.items()
            ],
        )
        a.says({"trip": str(trip_id)})
        for dossier_id, missing in received.items():
            incomplete = {"incomplete": True} if missing.strip() else {}
            a.about("dossier", dossier_id, {"trip": trip[0]["number"], **incomplete})


def _whole(ids: Sequence[UUID], from_unit_id: int, to_unit_id: int, carrier: str) -> None:
    if not ids:
        raise Refusal("trip.nothing_to_carry")
    if from_unit_id == to_unit_id:
        raise Refusal("trip.to_itself")
    if not carrier.strip():
        raise Refusal("trip.carrier_missing", {"field": "carrier"})


def _lock(actor: Actor, ids: Sequence[UUID], a: Act) -> list[dict[str, Any]]:
    scope, params = policies.scope(actor)
    rows = sql.fetch(
        f"{CARRIED} WHERE id = ANY(%s) AND {scope} ORDER BY id FOR NO KEY UPDATE",
        [list(ids), *params],
    )
    if len(rows) != len(ids):
        raise Refusal("dossier.not_visible")
    a.hold("dossier", *ids)
    return rows


def _at_hand(rows: Sequence[Mapping[str, Any]]) -> None:
    """Raises trip.on_the_way for a dossier that another list carries."""
    away = sql.fetch(ON_THE_WAY, [[row["id"] for row in rows]])
    if away:
        codes = {row["id"]: row["shown"] for row in rows}
        raise Refusal("trip.on_the_way", {"code": codes[away[0]["dossier_id"]]})


def _line(row: Mapping[str, Any], n: int, from_unit_id: int, a: Act) -> dict[str, Any]:
    due = transfer_by(row, from_unit_id)
    return {
        "id": new_id(),
        "dossier_id": row["id"],
        "trip_id": a.id,
        "position": n,
        "transfer_by": due,
        "late": due is not None and a.at > due,
        "received_at": None,
        "received_by_id": None,
        "received_by_name": "",
        "missing": "",
    }


def _on_it(received: Mapping[UUID, str], lines: Mapping[UUID, Mapping[str, Any]]) -> None:
    for dossier_id in received:
        if dossier_id not in lines:
            raise Refusal("trip.not_on_it")
        if lines[dossier_id]["received_at"] is not None:
            raise Refusal("trip.received_already")


CARRIED = """
SELECT id, coalesce(code, submission_code) AS shown, received_by_id, accepted_at, finished_at
FROM dossiers_dossier
"""
ON_THE_WAY = """
SELECT dossier_id FROM dossiers_tripline WHERE dossier_id = ANY(%s) AND received_at IS NULL LIMIT 1
"""
TRIP = "SELECT id, number, to_unit_id FROM dossiers_trip WHERE id = %s FOR UPDATE"
LINES = """
SELECT l.id, l.dossier_id, l.received_at FROM dossiers_tripline l
JOIN dossiers_dossier ON dossiers_dossier.id = l.dossier_id WHERE l.trip_id = %s
"""
LOCKED = "ORDER BY dossiers_dossier.id FOR NO KEY UPDATE OF dossiers_dossier"
