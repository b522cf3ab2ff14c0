"""How much lies where: an officer's own desk, and a unit's, for the pages that show it.

Every function costs one statement, however much there is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.dossiers import policies, urgency
from motcua.dossiers.urgency import Risks
from motcua.ledger import sql
from motcua.rules.actor import Actor

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pile:
    """The open steps of one procedure on an actor's desk, by how urgent they are: to be taken, taken by
    him, standing still."""

    procedure_id: int
    name: str
    waiting: Counter[str]
    mine: Counter[str]
    standing: Counter[str]

    @property
    def all(self) -> int:
        return sum(count.total() for count in (self.waiting, self.mine, self.standing))


def piles(actor: Actor, risks: Risks) -> Sequence[Pile]:
    """What lies on the actor's desk, by procedure; the same steps as queries.inbox lists."""
    query, params = _piles(actor, risks)
    return _piled(sql.fetch(query, params), risks)


def seats(actors: Sequence[Actor], risks: Risks) -> Sequence[Sequence[Pile]]:
    """The same of every seat an account may act in, in one round trip."""
    return [_piled(rows, risks) for rows in sql.fetch_all([_piles(a, risks) for a in actors])]


def _piles(actor: Actor, risks: Risks) -> tuple[str, list[Any]]:
    scope, params = policies.scope(actor)
    key, key_params = urgency.order(risks)
    bounds = [risks.today, risks.tomorrow, risks.after_next]
    own = urgency.own_accounts(actor)
    query = (
        f"SELECT procedure_id, name, tab, width_bucket(urgent_at, %s) AS place, count(*) AS n "  # noqa: S608
        f"FROM ({PILES.format(key=key)} AND {scope}) piled GROUP BY 1, 2, 3, 4 ORDER BY name"
    )
    return query, [bounds, *key_params, sorted(actor.units), actor.role or "", own, *params]


def _piled(rows: Sequence[Row], risks: Risks) -> list[Pile]:
    found: dict[int, Pile] = {}
    for row in rows:
        empty = Pile(row["procedure_id"], row["name"], Counter(), Counter(), Counter())
        pile = found.setdefault(row["procedure_id"], empty)
        getattr(pile, row["tab"])[urgency.ALL[row["place"]]] += row["n"]
    return list(found.values())


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
SELECT dossiers_dossier.procedure_id, p.name, {key} AS urgent_at,
       CASE WHEN i.standing THEN 'standing' WHEN i.assignee_id IS NULL THEN 'waiting' ELSE 'mine' END AS tab
FROM dossiers_workitem i JOIN dossiers_dossier ON dossiers_dossier.id = i.dossier_id
JOIN LATERAL (
    SELECT name FROM catalogue_procedureversion WHERE id = dossiers_dossier.procedure_version_id
) p ON TRUE
WHERE i.closed_at IS NULL AND NOT i.waiting AND i.unit_id = ANY(%s) AND i.role = %s
  AND (i.assignee_id IS NULL OR i.assignee_id = ANY(%s))
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
