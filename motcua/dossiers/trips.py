"""Paper dossiers on the move: what waits to be carried, the lists, where each dossier has been."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from motcua.dossiers import policies
from motcua.ledger import sql
from motcua.organisations import calendar as office
from motcua.organisations import queries as organisations
from motcua.rules import deadline
from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal

Row = dict[str, Any]
MOST = 300
"""So many dossiers are proposed at once; who has more carries twice."""
MAILED_BEFORE, HERE_SINCE = timedelta(days=30), timedelta(days=180)
"""How long before its acceptance a dossier may have come by mail; how long ago paper may have come here."""


@dataclass(frozen=True, slots=True)
class Load:
    """What waits to be carried from one unit to another."""

    from_unit_id: int
    to_unit_id: int
    rows: Sequence[Row]


def units_of(actor: Actor, on: date) -> list[int]:
    """The units for which the actor gives and takes paper: his own, and those of his agency."""
    units = set(actor.units)
    if actor.agency_id is not None:
        units |= {actor.agency_id}
        units |= {part.id for part in organisations.parts_of(actor.agency_id, on)}
    return sorted(units)


def waiting(actor: Actor, since: datetime, on: date) -> list[Load]:
    """What lies with the actor's units while its open step lies in another, by where it has to go:
    accepted here since that moment and not yet carried, or carried here and to go back to the desk.
    """
    scope, params = policies.scope(actor)
    units = units_of(actor, on)
    rows = sql.fetch(
        f"{WAITING} AND {scope} {ORDER}",
        [units, since - MAILED_BEFORE, since, units, since - HERE_SINCE, *params, MOST],
    )
    loads: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        row["transfer_by"] = transfer_by(row, row["from_unit_id"])
        loads.setdefault((row["from_unit_id"], row["to_unit_id"]), []).append(row)
    return [Load(*way, found) for way, found in loads.items()]


def lists(actor: Actor, on: date, *, size: int = 30) -> list[Row]:
    """The last lists from or to the actor's units, the newest first, with what is still on its way."""
    units = units_of(actor, on)
    return sql.fetch(f"{LISTS} ORDER BY t.sent_at DESC, t.id DESC LIMIT %s", [units, units, size])


def trip(actor: Actor, trip_id: UUID, on: date) -> Row:
    """One list with its dossiers, as far as the actor sees them. Raises trip.not_found."""
    units = units_of(actor, on)
    scope, params = policies.scope(actor)
    found, lines = sql.fetch_all(
        [
            (f"{LISTS} AND t.id = %s", [units, units, trip_id]),
            (f"{LINES} WHERE l.trip_id = %s AND {scope} ORDER BY l.position", [trip_id, *params]),
        ]
    )
    if not found:
        raise Refusal("trip.not_found")
    return found[0] | {"lines": lines}


def trips_of(actor: Actor, dossier_id: UUID) -> list[Row]:
    """The trips of a dossier the actor sees, in their order: from where to where, who gave and when, who
    carried, who took and when, what was missing."""
    scope, params = policies.scope(actor)
    return sql.fetch(
        f"{OF_DOSSIER} WHERE l.dossier_id = %s AND {scope} ORDER BY t.sent_at",
        [dossier_id, *params],
    )


def transfer_by(row: Mapping[str, Any], from_unit_id: int) -> datetime | None:
    """When a dossier that goes out from the desk that received it has to be with who settles it."""
    if row["received_by_id"] != from_unit_id or row["accepted_at"] is None or row["finished_at"]:
        return None
    return deadline.transfer_by(row["accepted_at"], office.work_calendar(from_unit_id))


WAITING = """
WITH here AS (
    SELECT d.id AS dossier_id, d.received_by_id AS unit_id FROM dossiers_dossier d
    WHERE d.received_by_id = ANY(%s) AND d.received_at >= %s AND d.accepted_at >= %s AND d.channel <> 2
      AND NOT EXISTS (SELECT 1 FROM dossiers_tripline l WHERE l.dossier_id = d.id)
    UNION
    SELECT l.dossier_id, t.to_unit_id FROM dossiers_trip t JOIN dossiers_tripline l ON l.trip_id = t.id
    WHERE t.to_unit_id = ANY(%s) AND t.sent_at >= %s AND l.received_at IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM dossiers_tripline n JOIN dossiers_trip m ON m.id = n.trip_id
                      WHERE n.dossier_id = l.dossier_id AND m.sent_at > t.sent_at)
)
SELECT dossiers_dossier.id, code AS shown, applicant_name, subject, received_by_id, accepted_at,
       finished_at, i.unit_id AS to_unit_id, here.unit_id AS from_unit_id
FROM here JOIN dossiers_dossier ON dossiers_dossier.id = here.dossier_id
JOIN dossiers_workitem i ON i.dossier_id = here.dossier_id
WHERE i.closed_at IS NULL AND NOT i.waiting AND i.unit_id IS NOT NULL
  AND i.unit_id <> here.unit_id AND received_by_id IN (i.unit_id, here.unit_id)
"""
ORDER = "ORDER BY accepted_at, dossiers_dossier.id LIMIT %s"
LISTS = """
SELECT t.id, t.number, t.carrier, t.sent_at, t.sent_by_name, t.from_unit_id, t.to_unit_id,
       f.name AS from_unit, o.name AS to_unit,
       (SELECT count(*) FROM dossiers_tripline l WHERE l.trip_id = t.id) AS dossiers,
       (SELECT count(*) FROM dossiers_tripline l WHERE l.trip_id = t.id AND l.received_at IS NULL)
       AS on_the_way,
       (SELECT count(*) FROM dossiers_tripline l WHERE l.trip_id = t.id AND l.late) AS late
FROM dossiers_trip t JOIN organisations_unit f ON f.id = t.from_unit_id
JOIN organisations_unit o ON o.id = t.to_unit_id
WHERE (t.from_unit_id = ANY(%s) OR t.to_unit_id = ANY(%s))
"""
LINES = """
SELECT l.dossier_id, l.position, l.transfer_by, l.late, l.received_at, l.received_by_name, l.missing,
       coalesce(dossiers_dossier.code, dossiers_dossier.submission_code) AS code,
       dossiers_dossier.applicant_name, dossiers_dossier.subject,
       (SELECT coalesce(sum(p.originals), 0) FROM dossiers_paper p WHERE p.dossier_id = l.dossier_id
        AND p.held) AS originals,
       (SELECT coalesce(sum(p.copies), 0) FROM dossiers_paper p WHERE p.dossier_id = l.dossier_id
        AND p.held) AS copies
FROM dossiers_tripline l JOIN dossiers_dossier ON dossiers_dossier.id = l.dossier_id
"""
OF_DOSSIER = """
SELECT t.id, t.number, t.carrier, t.sent_at, t.sent_by_name, f.name AS from_unit, o.name AS to_unit,
       l.transfer_by, l.late, l.received_at, l.received_by_name, l.missing
FROM dossiers_tripline l JOIN dossiers_trip t ON t.id = l.trip_id
JOIN dossiers_dossier ON dossiers_dossier.id = l.dossier_id
JOIN organisations_unit f ON f.id = t.from_unit_id JOIN organisations_unit o ON o.id = t.to_unit_id
"""
