"""Results that wait to be collected, and who collected one (NĐ 61/2018 Đ20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import policies
from motcua.ledger import sql
from motcua.ledger.paging import Cursor, Page
from motcua.rules.actor import Actor
from motcua.rules.casework import Status

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the list is narrowed by; `before`: finished before that moment; `told`: whether the applicant
    was told of the result."""

    procedure_id: int | None = None
    before: datetime | None = None
    told: bool | None = None


def to_collect(
    actor: Actor, filters: Waiting, *, after: Cursor | None = None, size: int = 50
) -> Page:
    """The results that wait at the actor's desks (of what he sees), those finished first before others."""
    where, params = _where(actor, filters)
    if after:
        where.append("(dossiers_dossier.finished_at, dossiers_dossier.id) > (%s, %s)")
        params += [after.at, after.id]
    rows = sql.fetch(
        f"{WAITING} WHERE {' AND '.join(where)} "
        "ORDER BY dossiers_dossier.finished_at, dossiers_dossier.id LIMIT %s",
        [*params, size + 1],
    )
    more = len(rows) > size
    rows = rows[:size]
    last = rows[-1] if more else None
    return Page(rows, Cursor(last["finished_at"], last["id"]) if last else None)


def count(actor: Actor, filters: Waiting, *, at_most: int = 1001) -> int:
    """How many the list would have, counted no further than `at_most`."""
    where, params = _where(actor, filters)
    counted = f"SELECT 1 FROM dossiers_dossier WHERE {' AND '.join(where)} LIMIT %s"  # noqa: S608
    row = sql.fetch(f"SELECT count(*) AS n FROM ({counted}) capped", [*params, at_most])[0]  # noqa: S608
    return int(row["n"])


def procedures(actor: Actor) -> list[tuple[int, str]]:
    """The procedures whose results wait, for the filter."""
    where, params = _where(actor, Waiting())
    rows = sql.fetch(f"{PROCEDURES} WHERE {' AND '.join(where)} ORDER BY v.name LIMIT 300", params)
    return [(row["procedure_id"], row["name"]) for row in rows]


def _where(actor: Actor, filters: Waiting) -> tuple[list[str], list[Any]]:
    scope, params = policies.scope(actor)
    where = [scope, f"dossiers_dossier.status = {int(Status.DONE)}"]
    if not actor.sees.everything:
        where.append("dossiers_dossier.received_by_id = ANY(%s)")
        params = [*params, sorted(actor.units)]
    if filters.procedure_id is not None:
        where.append("dossiers_dossier.procedure_id = %s")
        params = [*params, filters.procedure_id]
    if filters.before is not None:
        where.append("dossiers_dossier.finished_at < %s")
        params = [*params, filters.before]
    if filters.told is not None:
        where.append(TOLD if filters.told else f"NOT {TOLD}")
    return where, list(params)


def hand_over_of(actor: Actor, dossier_id: UUID) -> Row | None:
    """Who took the result of a dossier the actor sees, and what was compared; None before that."""
    scope, params = policies.scope(actor)
    found = sql.fetch(f"{GIVEN} WHERE h.dossier_id = %s AND {scope}", [dossier_id, *params])
    return found[0] if found else None


TOLD = """EXISTS (SELECT 1 FROM messaging_notice n WHERE n.person_id = dossiers_dossier.applicant_id
    AND n.subject_id = dossiers_dossier.id
    AND n.kind IN ('dossier.done', 'dossier.refused', 'dossier.to_collect'))"""
WAITING = f"""
SELECT dossiers_dossier.id, coalesce(dossiers_dossier.code, dossiers_dossier.submission_code) AS code,
       dossiers_dossier.applicant_name, dossiers_dossier.subject, dossiers_dossier.finished_at,
       dossiers_dossier.accountable_id, dossiers_dossier.version, p.phone, {TOLD} AS told,
       (SELECT max(e.at) FROM ledger_entry e WHERE e.subject_id = dossiers_dossier.id
        AND e.subject_kind = 'dossier' AND e.event = 'dossier.reminded_to_collect') AS reminded_at
FROM dossiers_dossier JOIN people_person p ON p.id = dossiers_dossier.applicant_id
"""  # noqa: S608
PROCEDURES = """
SELECT DISTINCT dossiers_dossier.procedure_id, v.name FROM dossiers_dossier
JOIN catalogue_procedureversion v ON v.id = dossiers_dossier.procedure_version_id
"""
GIVEN = """
SELECT h.at, h.method, h.recipient, h.identity, h.collector, h.identity_checked, h.authorisation,
       h.authorised_on, h.tracking, a.name AS by_name,
       ARRAY(SELECT p.name FROM dossiers_paper p WHERE p.dossier_id = h.dossier_id
             AND h.returned ? p.id::text ORDER BY p.position) AS returned
FROM dossiers_handover h JOIN dossiers_dossier ON dossiers_dossier.id = h.dossier_id
LEFT JOIN people_account a ON a.id = h.by_id
"""
