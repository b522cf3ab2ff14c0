"""How much lies where: an officer's own desk, and a unit's, for the pages that show it.

Every function costs one statement, however much there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.dossiers import policies
from motcua.ledger import sql
from motcua.rules.actor import Actor

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pile:
    """The open steps of one procedure on an actor's desk: to be taken, taken by him, standing still."""

    procedure_id: int
    name: str
    waiting: int
    mine: int
    standing: int


def piles(actor: Actor) -> Sequence[Pile]:
    """What lies on the actor's desk, by procedure; the same steps as queries.inbox lists."""
    scope, params = policies.scope(actor)
    me = actor.account_id
    rows = sql.fetch(
        f"{PILES} AND {scope} GROUP BY dossiers_dossier.procedure_id ORDER BY name",
        [me, me, sorted(actor.units), actor.role or "", me, *params],
    )
    return [Pile(**row) for row in rows]


@dataclass(frozen=True, slots=True)
class Load:
    """The open steps of a unit that one person (or nobody yet) has at one step of the processes."""

    unit_id: int
    step: str
    role: str
    assignee_id: int | None
    assignee: str | None
    open: int
    soon: int
    late: int
    standing: int


def loads(actor: Actor, *, now: datetime, soon: datetime) -> Sequence[Load]:
    """The open steps of the actor's units by step and officer, by the step's own due time: `late` before
    `now` (the beginning of a day, for a step is late by date), soon from then to before `soon`."""
    scope, params = policies.scope(actor)
    rows = sql.fetch(
        f"{LOADS} AND {scope} GROUP BY i.unit_id, i.name, i.role, i.assignee_id, a.name "
        "ORDER BY i.unit_id, i.name, a.name NULLS FIRST",
        [now, soon, now, sorted(actor.units), *params],
    )
    return [Load(**row) for row in rows]


def open_steps(
    actor: Actor, *, assignee: int | None = None, unassigned: bool = False, size: int = 50
) -> Sequence[Row]:
    """The open steps of the actor's units, soonest due first, of one officer or not yet anybody's."""
    scope, params = policies.scope(actor)
    where = ["i.closed_at IS NULL AND NOT i.waiting AND i.unit_id = ANY(%s)", scope]
    values: list[Any] = [sorted(actor.units), *params]
    if unassigned:
        where.append("i.assignee_id IS NULL")
    elif assignee is not None:
        where.append("i.assignee_id = %s")
        values.append(assignee)
    return sql.fetch(
        f"{STEPS} WHERE {' AND '.join(where)} ORDER BY coalesce(i.due_at, 'infinity'), i.id LIMIT %s",
        [*values, size],
    )


PILES = """
SELECT dossiers_dossier.procedure_id, min(v.name) AS name,
       count(*) FILTER (WHERE NOT i.standing AND i.assignee_id IS NULL) AS waiting,
       count(*) FILTER (WHERE NOT i.standing AND i.assignee_id = %s) AS mine,
       count(*) FILTER (WHERE i.standing AND (i.assignee_id IS NULL OR i.assignee_id = %s)) AS standing
FROM dossiers_workitem i JOIN dossiers_dossier ON dossiers_dossier.id = i.dossier_id
JOIN catalogue_procedureversion v ON v.id = dossiers_dossier.procedure_version_id
WHERE i.closed_at IS NULL AND NOT i.waiting AND i.unit_id = ANY(%s) AND i.role = %s
  AND (i.assignee_id IS NULL OR i.assignee_id = %s)
"""
LOADS = """
SELECT i.unit_id, i.name AS step, i.role, i.assignee_id, a.name AS assignee, count(*) AS open,
       count(*) FILTER (WHERE NOT i.standing AND i.due_at >= %s AND i.due_at < %s) AS soon,
       count(*) FILTER (WHERE NOT i.standing AND i.due_at < %s) AS late,
       count(*) FILTER (WHERE i.standing) AS standing
FROM dossiers_workitem i JOIN dossiers_dossier ON dossiers_dossier.id = i.dossier_id
LEFT JOIN people_account a ON a.id = i.assignee_id
WHERE i.closed_at IS NULL AND NOT i.waiting AND i.unit_id = ANY(%s)
"""
STEPS = """
SELECT i.id AS item_id, i.name AS step, i.unit_id, i.role, i.due_at AS item_due_at, i.standing,
       i.assignee_id, a.name AS assignee, dossiers_dossier.id, dossiers_dossier.code,
       dossiers_dossier.subject, dossiers_dossier.applicant_name, dossiers_dossier.due_at,
       dossiers_dossier.accountable_id, dossiers_dossier.version
FROM dossiers_workitem i JOIN dossiers_dossier ON dossiers_dossier.id = i.dossier_id
LEFT JOIN people_account a ON a.id = i.assignee_id
"""
