"""Every read of the plans of moves that a door may use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from motcua.dossiers import moving, policies
from motcua.dossiers.models import MovePlan
from motcua.dossiers.moving import Plan
from motcua.ledger import sql
from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal

Status = MovePlan.Status


@dataclass(frozen=True, slots=True)
class Listed:
    """A plan in the list, with who did what of it."""

    id: UUID
    unit_id: int
    effective_on: date
    decision: str
    status: str
    made_by: str
    checked_by: str
    approved_by: str
    lines: int
    following: int
    moved: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the plans of a day are: dossiers that have followed, of all that had to; plans by status."""

    done: int
    total: int
    by_status: Mapping[str, int]

    @property
    def left(self) -> int:
        return self.total - self.done


def plans(actor: Actor, on: date | None = None) -> Sequence[Listed]:
    """The plans (of one day, or all), in the order of the day and the unit. Raises dossier.may_not."""
    policies.to_see_moves(actor)
    return [Listed(**row) for row in sql.fetch(PLANS, [on, on])]


def days(actor: Actor) -> list[date]:
    """The days there are plans for. Raises dossier.may_not."""
    policies.to_see_moves(actor)
    return list(
        MovePlan.objects.order_by("effective_on").values_list("effective_on", flat=True).distinct()
    )


def plan(actor: Actor, plan_id: UUID) -> tuple[MovePlan, Plan]:
    """A plan as stored, and as it is carried out. Raises dossier.may_not, move.unknown."""
    policies.to_see_moves(actor)
    row = MovePlan.objects.filter(id=plan_id).first()
    if row is None:
        raise Refusal("move.unknown")
    return row, moving.plan(row)


def progress(actor: Actor, on: date) -> Progress:
    """How far the plans of a day are, counted from the rows. Raises dossier.may_not."""
    listed = plans(actor, on)
    done = sum(one.moved for one in listed)
    by_status = Counter(one.status for one in listed)
    return Progress(done, done + sum(one.following for one in listed), by_status)


PLANS = f"""
SELECT p.id, p.unit_id, p.effective_on, p.decision, p.status, coalesce(m.name, '') AS made_by,
       coalesce(c.name, '') AS checked_by, coalesce(a.name, '') AS approved_by,
       (SELECT count(*) FROM dossiers_moveline l WHERE l.plan_id = p.id) AS lines, f.following,
       greatest(p.dossiers - f.following, 0) AS moved
FROM dossiers_moveplan p JOIN organisations_unit u ON u.id = p.unit_id
LEFT JOIN people_account m ON m.id = p.made_by_id
LEFT JOIN people_account c ON c.id = p.checked_by_id
LEFT JOIN people_account a ON a.id = p.approved_by_id
CROSS JOIN LATERAL (SELECT count(*) AS following FROM (
    SELECT id FROM dossiers_dossier WHERE accountable_id = p.unit_id AND {moving.SETTLED}
    UNION
    SELECT d.id FROM organisations_unit part JOIN dossiers_dossier d ON d.received_by_id = part.id
    WHERE part.agency_id = p.unit_id AND (part.kind = 'desk' OR part.id = p.unit_id) AND {moving.AT_DESK}
) both_ways) f
WHERE %s::date IS NULL OR p.effective_on = %s ORDER BY p.effective_on, u.kind DESC, u.sort_key
"""  # noqa: S608
