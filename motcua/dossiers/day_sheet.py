"""An officer's day, counted from his acts: what he took, passed on, finished; what came to his post."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from motcua.dossiers import policies
from motcua.ledger import sql
from motcua.rules.actor import Actor
from motcua.rules.worktime import ZONE

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Officer:
    """Whose day may be looked at: an account, by name, in a post of a role."""

    account_id: int
    name: str
    role: str


def counts(actor: Actor, accounts: Sequence[int], on: date) -> Mapping[int, Mapping[str, int]]:
    """How many dossiers each account did which act to on a day, of those the actor may see."""
    where, params = policies.scope(actor)
    rows = sql.fetch(f"{COUNTS} AND {where} GROUP BY 1, 2", [list(accounts), *_day(on), *params])
    found: dict[int, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row["account_id"], {})[row["event"]] = row["n"]
    return found


def dossiers(actor: Actor, account_id: int, events: Sequence[str], on: date) -> Sequence[Row]:
    """The dossiers behind such a number, in the order of the day."""
    where, params = policies.scope(actor)
    return sql.fetch(
        f"{BEHIND} AND {where} ORDER BY e.at, dossiers_dossier.id",
        [account_id, list(events), *_day(on), *params],
    )


def came_in(actor: Actor, on: date) -> Sequence[Row]:
    """The steps that came to the actor's desk on a day, done since or not."""
    where, params = policies.scope(actor)
    return sql.fetch(
        f"{CAME} AND {where} ORDER BY i.opened_at, i.id",
        [sorted(actor.units), actor.role or "", *_day(on), *params],
    )


def _day(on: date) -> tuple[datetime, datetime]:
    return tuple(datetime.combine(on + timedelta(days=n), time.min, ZONE) for n in (0, 1))  # type: ignore[return-value]


COUNTS = """
SELECT e.account_id, e.event, count(DISTINCT e.subject_id) AS n
FROM ledger_entry e JOIN dossiers_dossier ON dossiers_dossier.id = e.subject_id
WHERE e.account_id = ANY(%s) AND e.subject_kind = 'dossier' AND e.at >= %s AND e.at < %s
"""
BEHIND = """
SELECT e.at, e.event, dossiers_dossier.id, coalesce(code, submission_code) AS code, applicant_name, subject
FROM ledger_entry e JOIN dossiers_dossier ON dossiers_dossier.id = e.subject_id
WHERE e.account_id = %s AND e.subject_kind = 'dossier' AND e.event = ANY(%s) AND e.at >= %s AND e.at < %s
"""
CAME = """
SELECT i.opened_at AS at, i.name AS step, dossiers_dossier.id, coalesce(code, submission_code) AS code,
       applicant_name, subject
FROM dossiers_workitem i JOIN dossiers_dossier ON dossiers_dossier.id = i.dossier_id
WHERE i.unit_id = ANY(%s) AND i.role = %s AND NOT i.waiting AND i.opened_at >= %s AND i.opened_at < %s
"""
