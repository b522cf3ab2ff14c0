"""The plans by which the example's dossiers follow their units on 2025-07-01."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from motcua.catalogue import queries as catalogue
from motcua.dossiers import operations, plans, proposing
from motcua.dossiers.moving import Line, Plan
from motcua.people.models import Account
from motcua.people.queries import actor_of
from motcua.rules.actor import Actor, system
from motcua.run.example.load import Window
from motcua.run.example.organisations import TWO_TIERS

DECISION = "Phương án chuyển hồ sơ khi sắp xếp đơn vị (dựng cho bản ví dụ)"
SYSTEM = system("Dữ liệu minh họa")
CHECKS, APPROVES = "kiem-soat", "tong-hop"
"""Who of the cast checks the plans, and who approves them."""


def windows_standing(windows: Sequence[Window], on: date) -> list[Window]:
    """Of what could be filed in 2022, what can be filed on a later day."""
    pairs = set(catalogue.settled_by(sorted({w.procedure_id for w in windows}), on))
    return [w for w in windows if (w.procedure_id, w.unit_id) in pairs]


def plan_moves(at: datetime, *, approve: bool = True) -> list[UUID]:
    """Draft the plans of 2025-07-01, fill what a district's procedures lack, and have two of the cast check
    and approve them."""
    made = operations.draft_move_plans(on=TWO_TIERS, decision=DECISION, actor=SYSTEM, at=at)
    for plan_id in made:
        _, plan = plans.plan(SYSTEM, plan_id)
        lines = [*lines_of(plan)]
        if lines:
            operations.set_move_lines(plan_id=plan_id, lines=lines, actor=SYSTEM, at=at)
    if approve:
        operations.check_move_plans(plan_ids=made, actor=_of_the_cast(CHECKS, at), at=at)
        operations.approve_move_plans(plan_ids=made, actor=_of_the_cast(APPROVES, at), at=at)
    return made


def lines_of(plan: Plan) -> list[Line]:
    """Where the example sends what a plan says nothing of: to the commune the applicant lives in, else to
    the first of the communes that may receive it."""
    could = proposing.candidates(plan.unit_id, plan.on)
    lines: list[Line] = []
    for procedure_id in proposing.lacking(plan):
        heirs = could.get(procedure_id) or sorted(proposing.heirs_of(plan.unit_id, plan.on))
        lines += [Line(heirs[0], procedure_id), *proposing.by_area(plan, procedure_id)]
    return lines


def _of_the_cast(username: str, at: datetime) -> Actor:
    account = Account.objects.get(username=username)
    return actor_of(account.id, None, at)
