"""A head's page: how much lies in the unit, at which step and with whom, and what comes due."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from motcua.desk import words
from motcua.desk.door import actor_of, now_of, officers_only, page, working_days_to
from motcua.dossiers import policies, workload
from motcua.dossiers.workload import Load
from motcua.look import formats
from motcua.rules import worktime
from motcua.rules.actor import May

SIZE = 50


@require_safe
@officers_only
def unit(request: HttpRequest) -> HttpResponse:
    """The open steps of the head's unit, counted by step and officer, and the most urgent ones."""
    actor, at = actor_of(request), now_of(request)
    policies.may(actor, May.ASSIGN)
    loads = workload.loads(actor, now=_after(at, 0), soon=_after(at, formats.SOON + 1))
    whose = request.GET.get("cua", "")
    rows = workload.open_steps(
        actor,
        assignee=int(whose) if whose.isascii() and whose.isdecimal() and len(whose) < 10 else None,
        unassigned=whose == "chua",
        size=SIZE,
    )
    context = {
        "loads": [_load(load) for load in loads],
        "totals": _totals(loads),
        "rows": [_row(row, at) for row in rows],
        "whose": _whose(whose, loads),
        "full": len(rows) == SIZE,
        "unit_name": words.unit(actor.unit_id),
        "one_unit": len({load.unit_id for load in loads}) < 2,
    }
    return page(request, "desk/unit.html", context)


def _after(at: datetime, days: int) -> datetime:
    on = at.astimezone(worktime.ZONE).date() + timedelta(days=days)
    return datetime.combine(on, time.min, worktime.ZONE)


def _totals(loads: list[Load] | Any) -> dict[str, int]:
    return {
        "open": sum(load.open for load in loads),
        "free": sum(load.open for load in loads if load.assignee_id is None),
        "soon": sum(load.soon for load in loads),
        "late": sum(load.late for load in loads),
        "standing": sum(load.standing for load in loads),
    }


def _load(load: Load) -> dict[str, Any]:
    return {
        "load": load,
        "unit": words.unit(load.unit_id),
        "who": load.assignee or f"Chưa ai nhận ({words.role(load.role)})",
        "whose": load.assignee_id or "chua",
    }


def _row(row: dict[str, Any], at: datetime) -> dict[str, Any]:
    return row | {
        "days": working_days_to(row["item_due_at"], row["accountable_id"], at),
        "dossier_days": working_days_to(row["due_at"], row["accountable_id"], at),
    }


def _whose(whose: str, loads: Any) -> str:
    if whose == "chua":
        return "Chưa ai nhận"
    return next((load.assignee for load in loads if str(load.assignee_id) == whose), "")
