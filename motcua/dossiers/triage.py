"""What was filed online and waits to be taken in, and how the desks answered: every read of it.

The list is the desk's, soonest due first. The figures count the turns of desks (models.Turn); whoever sees
figures sees those of every desk, and behind a number the dossiers of his scope.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from motcua.dossiers import policies
from motcua.ledger import sql
from motcua.ledger.paging import Cursor, Page
from motcua.rules.actor import Actor, May
from motcua.rules.worktime import ZONE

Row = dict[str, Any]


# ---- the list of a desk --------------------------------------------------------------------------


def waiting(actor: Actor, *, risk: str = "", at: datetime, after: Cursor | None = None,
            size: int = 50) -> Page:  # fmt: skip
    """What waits at the actor's desks for an answer, the soonest due first; `risk` is one of RISKS.

    Each row says what a clerk looks for: papers without a file, the same filed already, where it came from.
    """
    where, params = _at_desks(actor)
    if risk:
        where.append(RISKS[risk])
        params += [at] * RISKS[risk].count("%s")
    if after:
        where.append("(answer_due_at, dossiers_dossier.id) > (%s, %s)")
        params += [after.at, after.id]
    rows = sql.fetch(
        f"{WAITING} WHERE {' AND '.join(where)} "
        "ORDER BY answer_due_at, dossiers_dossier.id LIMIT %s",
        [*params, size + 1],
    )
    last = rows[size - 1] if len(rows) > size else None
    return Page(rows[:size], Cursor(last["answer_due_at"], last["id"]) if last else None)


def counts(actor: Actor, at: datetime) -> Mapping[str, int]:
    """How many wait, by risk ("": all)."""
    where, params = _at_desks(actor)
    filters = ", ".join(f"count(*) FILTER (WHERE {RISKS[r]}) AS {r}" for r in RISKS)
    held = [at for test in RISKS.values() for _ in range(test.count("%s"))]
    row = sql.fetch(
        f"SELECT count(*) AS total, {filters} FROM dossiers_dossier "  # noqa: S608
        f"WHERE {' AND '.join(where)}",
        [*held, *params],
    )[0]
    return {"": row["total"], **{risk: row[risk] for risk in RISKS}}


def turns(actor: Actor, dossier_id: UUID) -> Sequence[Row]:
    """The turns of a dossier the actor may see, in their order."""
    scope, params = policies.scope(actor)
    return sql.fetch(f"{TURNS} AND {scope} ORDER BY t.came_at", [dossier_id, *params])


def _at_desks(actor: Actor) -> tuple[list[str], list[Any]]:
    policies.may(actor, May.ACCEPT)
    scope, params = policies.scope(actor)
    where = [scope, "dossiers_dossier.status = 1 AND answer_due_at IS NOT NULL"]
    if actor.sees.everything:
        return where, list(params)
    desks = actor.units | actor.sees.received_by
    return [*where, "dossiers_dossier.received_by_id = ANY(%s)"], [*params, sorted(desks)]


RISKS: Mapping[str, str] = {
    "late": "answer_due_at < %s",
    "soon": "answer_due_at >= %s AND (warned <> '' OR warn_at <= %s)",
    "calm": "answer_due_at >= %s AND warned = '' AND coalesce(warn_at > %s, TRUE)",
}
"""Past the answer's moment; four fifths of the time gone; the others."""

WAITING = """
SELECT dossiers_dossier.id, submission_code, subject, applicant_name, received_at, answer_due_at,
       accountable_id, received_by_id, assisted, v.name AS procedure, t.came_at,
       (t.asked_at <> t.came_at) AS came_from_elsewhere,
       (SELECT max(s.received_at) FROM dossiers_supplement s WHERE s.dossier_id = dossiers_dossier.id)
       AS supplemented_at,
       (SELECT count(*) FROM dossiers_attachment a WHERE a.dossier_id = dossiers_dossier.id) AS files,
       (SELECT count(*) FROM dossiers_paper p WHERE p.dossier_id = dossiers_dossier.id AND NOT p.held)
       AS papers_missing,
       (SELECT coalesce(o.code, o.submission_code) FROM dossiers_dossier o
        WHERE o.applicant_id = dossiers_dossier.applicant_id
          AND o.procedure_id = dossiers_dossier.procedure_id AND o.id <> dossiers_dossier.id
          AND o.received_at <= dossiers_dossier.received_at AND o.training = dossiers_dossier.training
          AND o.received_by_id = dossiers_dossier.received_by_id AND o.status IN (1, 2, 4, 5, 6, 8)
        ORDER BY o.received_at DESC LIMIT 1) AS same_as
FROM dossiers_dossier
JOIN catalogue_procedureversion v ON v.id = dossiers_dossier.procedure_version_id
LEFT JOIN dossiers_turn t ON t.id = dossiers_dossier.turn_id
"""


# ---- the figures ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Window:
    """The days, both included, in which a dossier came to a desk; whose; and who filed it."""

    since: date
    until: date
    desk_id: int | None = None
    assisted: bool | None = None

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        return (_midnight(self.since), _midnight(self.until + timedelta(days=1)))


@dataclass(frozen=True, slots=True)
class Answers:
    """How one desk answered, by kind (KINDS); `self_filed` and `assisted` are the two parts of all of it."""

    desk_id: int
    kinds: Mapping[str, int]
    self_filed: int
    assisted: int
    assisted_kinds: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return self.self_filed + self.assisted


def answers(actor: Actor, window: Window, at: datetime) -> list[Answers]:
    """How each desk answered what came to it: of every desk for whoever sees figures, else of his own."""
    where, params = _turns(actor, window)
    kinds = ", ".join(
        f"count(*) FILTER (WHERE {test}) AS {kind}, "
        f"count(*) FILTER (WHERE {test} AND dossiers_dossier.assisted <> '') AS {kind}_assisted"
        for kind, test in KINDS.items()
    )
    held = [at for test in KINDS.values() for _ in range(2 * test.count("%s"))]
    rows = sql.fetch(
        f"SELECT t.desk_id, {kinds}, "  # noqa: S608
        "count(*) FILTER (WHERE dossiers_dossier.assisted = '') AS self_filed, "
        "count(*) FILTER (WHERE dossiers_dossier.assisted <> '') AS assisted "
        f"FROM {FROM} WHERE {' AND '.join(where)} GROUP BY t.desk_id",
        [*held, *params],
        prepare=False,
    )
    return [_answers(row) for row in rows]


def _answers(row: Row) -> Answers:
    return Answers(
        row["desk_id"],
        {kind: row[kind] for kind in KINDS},
        row["self_filed"],
        row["assisted"],
        {kind: row[f"{kind}_assisted"] for kind in KINDS},
    )


def behind(
    actor: Actor, window: Window, kind: str, at: datetime, *, after: Cursor | None = None,
    size: int = 50,
) -> Page:  # fmt: skip
    """The turns that a number counted ("": all of them), of the dossiers the actor may see; the newest
    first."""
    where, params = _seen(actor, window, kind, at)
    if after:
        where.append("(t.came_at, t.id) < (%s, %s)")
        params += [after.at, after.id]
    rows = sql.fetch(
        f"{BEHIND} WHERE {' AND '.join(where)} ORDER BY t.came_at DESC, t.id DESC LIMIT %s",
        [*params, size + 1],
        prepare=False,
    )
    last = rows[size - 1] if len(rows) > size else None
    return Page(rows[:size], Cursor(last["came_at"], last["turn_id"]) if last else None)


def count_behind(actor: Actor, window: Window, kind: str, at: datetime) -> int:
    """How many of the turns that a number counted are of dossiers the actor may see."""
    where, params = _seen(actor, window, kind, at)
    query = f"SELECT count(*) AS n FROM {FROM} WHERE {' AND '.join(where)}"  # noqa: S608
    return int(sql.fetch(query, params, prepare=False)[0]["n"])


def _seen(actor: Actor, window: Window, kind: str, at: datetime) -> tuple[list[str], list[Any]]:
    where, params = _turns(actor, window)
    scope, held = policies.scope(actor)
    where, params = [*where, scope], [*params, *held]
    if kind:
        where.append(KINDS[kind])
        params += [at] * KINDS[kind].count("%s")
    return where, params


def _turns(actor: Actor, window: Window) -> tuple[list[str], list[Any]]:
    where = ["t.came_at >= %s AND t.came_at < %s", "dossiers_dossier.training = %s"]
    params: list[Any] = [*window.bounds, actor.training]
    if May.SEE_FIGURES not in actor.may:
        where.append("t.desk_id = ANY(%s)")
        params.append(sorted(actor.units | actor.sees.received_by))
    if window.desk_id is not None:
        where.append("t.desk_id = %s")
        params.append(window.desk_id)
    if window.assisted is not None:
        where.append(f"dossiers_dossier.assisted {'<>' if window.assisted else '='} ''")
    return where, params


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time.min, ZONE)


_WITHDRAWN = "t.outcome = 'withdrawn'"
_OPEN = "t.answered_at IS NULL"
KINDS: Mapping[str, str] = {
    "in_time": f"NOT {_WITHDRAWN} AND t.answered_at <= t.due_at",
    "late": f"NOT {_WITHDRAWN} AND t.answered_at > t.due_at",
    "open": f"{_OPEN} AND t.due_at >= %s",
    "open_late": f"{_OPEN} AND t.due_at < %s",
    "withdrawn": _WITHDRAWN,
}
"""What a turn can be: answered in time, answered late, open, open and late, taken back by the applicant."""
FROM = "dossiers_turn t JOIN dossiers_dossier ON dossiers_dossier.id = t.dossier_id"
TURNS = f"""
SELECT t.desk_id, t.came_at, t.due_at, t.answered_at, t.outcome, t.finding, t.note, assisted
FROM {FROM} WHERE t.dossier_id = %s
"""  # noqa: S608
BEHIND = f"""
SELECT t.id AS turn_id, t.came_at, t.due_at, t.answered_at, t.outcome, t.finding, t.desk_id,
       dossiers_dossier.id, coalesce(code, submission_code) AS shown, applicant_name, assisted, subject
FROM {FROM}
"""  # noqa: S608
