"""Warning of dates: what a job asks the index, a chunk at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.dossiers import events, policies
from motcua.dossiers.models import Dossier
from motcua.ledger import sql
from motcua.ledger.acts import act
from motcua.organisations import calendar as office
from motcua.rules import answer_clock, warnings
from motcua.rules.actor import Actor
from motcua.rules.warnings import Warn

CHUNK = 500
Row = Mapping[str, Any]


def warn(*, actor: Actor, at: datetime, many: int = CHUNK) -> int:
    """Warn of the dates whose moment has come, in one act; returns how many dossiers were looked at.

    Before acceptance it is the date of the desk's answer that is warned of.

    Each warning is given once for a date, the gravest that applies. Several workers may do this at once:
    what another has in hand is passed over. Raises dossier.may_not.
    """
    policies.to_warn(actor)
    with transaction.atomic():
        rows = sql.fetch(TO_WARN, [at, many])
        if not rows:
            return 0
        with act(events.WARNED, actor=actor, at=at) as a:
            a.hold("dossier", *(row["id"] for row in rows))
            a.says({})
            a.update(Dossier, [_warned(row, at) for row in rows])
            for row in rows:
                if kind := _applicable(row, at):
                    a.about("dossier", row["id"], {"warning": str(kind), **_dates(row)})
    return len(rows)


def _dates(row: Row) -> dict[str, Any]:
    if row["came_at"] is None:
        return {"due_at": row["due_at"]}
    return {"due_at": None, "answer_due_at": row["answer_due_at"]}


def _applicable(row: Row, at: datetime) -> Warn | None:
    return warnings.applicable(_schedule(row), row["warned"], at)


def _warned(row: Row, at: datetime) -> tuple[UUID, dict[str, Any]]:
    told = _applicable(row, at) or row["warned"]
    after = warnings.following(_schedule(row), told)
    return row["id"], {"warned": str(told), "warn_at": after and after[1]}


def _schedule(row: Row) -> warnings.Schedule:
    unit_id = row["calendar_unit_id"] or row["accountable_id"]
    calendar = office.work_calendar(unit_id, row["calendar_revision_id"])
    if row["came_at"] is not None:
        return answer_clock.schedule(row["answer_due_at"], row["came_at"], calendar)
    return warnings.schedule(row["due_at"], row["begun_at"], calendar)


TO_WARN = """
SELECT d.id, d.due_at, d.warned, d.calendar_unit_id, d.accountable_id, d.calendar_revision_id,
       d.answer_due_at, (SELECT t.came_at FROM dossiers_turn t WHERE t.id = d.turn_id) AS came_at,
       (SELECT max((c.event ->> 'at')::timestamptz) FROM dossiers_clockevent c WHERE c.dossier_id = d.id
        AND c.event ->> 'kind' IN ('accepted', 'restarted', 'relimited')) AS begun_at
FROM dossiers_dossier d WHERE d.warn_at <= %s ORDER BY d.warn_at, d.id LIMIT %s
FOR NO KEY UPDATE OF d SKIP LOCKED
"""
