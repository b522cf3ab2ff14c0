"""The dossiers of a unit that ends follow it: a plan is drafted, filled, checked, approved, carried out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.dossiers import events, moving, policies, proposing, writer
from motcua.dossiers.models import MoveLine, MovePlan
from motcua.dossiers.moving import Line, Plan, Reader
from motcua.dossiers.resettling import NOWHERE
from motcua.dossiers.writer import Done
from motcua.ledger import sql
from motcua.ledger.acts import Act, act
from motcua.organisations import queries as organisations
from motcua.rules.actor import Actor
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE

Status = MovePlan.Status
TO_RUN = (Status.APPROVED, Status.RUNNING)


def draft_move_plans(
    *,
    on: date,
    decision: str,
    actor: Actor,
    at: datetime,
    units: Sequence[int] | None = None,
) -> list[UUID]:
    """Draft a plan for each unit that has ended by a day and has none (or for those of `units`): all of it to
    the one unit it became, a district procedure by procedure where one unit alone can receive.

    Raises dossier.may_not, dossier.article_missing. Returns the ids of the plans.
    """
    policies.to_plan_moves(actor)
    if not decision.strip():
        raise Refusal("dossier.article_missing", {"field": "decision"})
    with act(events.MOVE_DRAFTED, actor=actor, at=at) as a:
        sql.execute("SELECT pg_advisory_xact_lock(7103)")
        planned = set(MovePlan.objects.filter(effective_on=on).values_list("unit_id", flat=True))
        wanted = [u.id for u in moving.ended(on) if units is None or u.id in units]
        made = [_drafted(a, unit_id, on, decision) for unit_id in wanted if unit_id not in planned]
        a.says({"on": on.isoformat(), "plans": len(made), "decision": decision})
    return made


def _drafted(a: Act, unit_id: int, on: date, decision: str) -> UUID:
    plan_id = new_id()
    MovePlan.objects.create(
        id=plan_id, unit_id=unit_id, effective_on=on, decision=decision, status=Status.DRAFT,
        made_by_id=a.actor.account_id, made_at=a.at,
    )  # fmt: skip
    lines = proposing.lines(unit_id, on)
    _write(plan_id, lines, a)
    a.about("move_plan", plan_id, {"unit": unit_id, "on": on.isoformat(), **_said(lines)})
    return plan_id


def set_move_lines(
    *, plan_id: UUID, lines: Sequence[Line], actor: Actor, at: datetime, decision: str = ""
) -> None:
    """Write where the dossiers of a plan go, in place of the lines that name the same; the plan is to be
    checked and approved (again).

    Raises dossier.may_not, move.unknown, move.over, move.receiver_ended, move.goes_nowhere.
    """
    policies.to_plan_moves(actor)
    with act(events.MOVE_LINES_SET, actor=actor, at=at) as a:
        row = _held(a, plan_id)
        if row.status == Status.DONE:
            raise Refusal("move.over")
        for line in lines:
            _receives(row, line)
        named = {(line.procedure_id, line.area_id): line for line in lines}
        for old in MoveLine.objects.filter(plan=row):
            if (old.procedure_id, old.area_id) in named:
                old.delete()
        _write(row.id, list(named.values()), a)
        row.decision = decision.strip() or row.decision
        _back_to_draft(row)
        a.about("move_plan", plan_id, {"decision": row.decision, **_said(list(named.values()))})


def drop_move_line(
    *, plan_id: UUID, procedure_id: int | None, area_id: int | None, actor: Actor, at: datetime
) -> None:
    """Take a line out of a plan, which is to be checked and approved again. Raises dossier.may_not,
    move.unknown, move.over."""
    policies.to_plan_moves(actor)
    with act(events.MOVE_LINES_SET, actor=actor, at=at) as a:
        row = _held(a, plan_id)
        if row.status == Status.DONE:
            raise Refusal("move.over")
        for line in MoveLine.objects.filter(plan=row):
            if (line.procedure_id, line.area_id) == (procedure_id, area_id):
                line.delete()
        _back_to_draft(row)
        a.about("move_plan", plan_id, {"dropped": [procedure_id, area_id]})


def _receives(row: MovePlan, line: Line) -> None:
    facts = organisations.unit(line.to)
    if line.to == row.unit_id:
        raise Refusal("move.goes_nowhere")
    if facts.kind not in moving.AGENCIES or not facts.days.has(row.effective_on):
        raise Refusal("move.receiver_ended", {"unit": facts.name, "on": row.effective_on})
    whole = moving.whole_of(row.unit_id, row.effective_on)
    if line.procedure_id is None and not whole:
        raise Refusal("move.not_whole", {"unit": organisations.unit(row.unit_id).name})


def _back_to_draft(row: MovePlan) -> None:
    row.status = Status.DRAFT
    row.checked_by_id = row.checked_at = row.approved_by_id = row.approved_at = None
    row.save()


def _write(plan_id: UUID, lines: Sequence[Line], a: Act) -> None:
    a.insert(
        MoveLine,
        [
            {
                "id": new_id(), "plan_id": plan_id, "procedure_id": line.procedure_id,
                "area_id": line.area_id, "to_id": line.to, "set_by_id": a.actor.account_id,
                "set_at": a.at,
            }
            for line in lines
        ],
    )  # fmt: skip


def _said(lines: Sequence[Line]) -> dict[str, Any]:
    return {"lines": [[line.procedure_id, line.area_id, line.to] for line in lines]}


def check_move_plans(*, plan_ids: Sequence[UUID], actor: Actor, at: datetime) -> None:
    """Somebody who filled none of them has checked plans, line by line.

    Raises dossier.may_not, move.unknown, move.not_draft, move.line_missing, move.own_work.
    """
    policies.to_plan_moves(actor)
    with act(events.MOVE_CHECKED, actor=actor, at=at) as a:
        for plan_id in sorted(plan_ids):
            row = _looked_over(a, plan_id, Status.DRAFT)
            row.status, row.checked_by_id, row.checked_at = Status.CHECKED, actor.account_id, a.at
            row.save()
            a.about("move_plan", plan_id, {"status": Status.CHECKED})


def approve_move_plans(*, plan_ids: Sequence[UUID], actor: Actor, at: datetime) -> None:
    """Approve checked plans: from their day on they may be carried out. Who filled one does not approve it.

    Raises dossier.may_not, move.unknown, move.not_checked, move.line_missing, move.own_work.
    """
    policies.to_approve_moves(actor)
    with act(events.MOVE_APPROVED, actor=actor, at=at) as a:
        for plan_id in sorted(plan_ids):
            row = _looked_over(a, plan_id, Status.CHECKED)
            row.status, row.approved_by_id = Status.APPROVED, actor.account_id
            row.approved_at = a.at
            row.save()
            a.about("move_plan", plan_id, {"status": Status.APPROVED})


def _looked_over(a: Act, plan_id: UUID, stage: str) -> MovePlan:
    """A plan at this stage that lacks nothing, in the hands of somebody who filled none of it."""
    row = _held(a, plan_id)
    _stands(row, stage)
    _not_own(row, a.actor)
    _complete(row)
    return row


def _held(a: Act, plan_id: UUID) -> MovePlan:
    row = MovePlan.objects.select_for_update(no_key=True).filter(id=plan_id).first()
    if row is None:
        raise Refusal("move.unknown")
    a.hold("move_plan", plan_id)
    return row


def _stands(row: MovePlan, status: str) -> None:
    if row.status != status:
        code = "move.not_draft" if status == Status.DRAFT else "move.not_checked"
        raise Refusal(code, {"unit": organisations.unit(row.unit_id).name})


def _not_own(row: MovePlan, actor: Actor) -> None:
    fillers = {row.made_by_id, *row.lines.values_list("set_by_id", flat=True)} - {None}
    if actor.account_id is None or fillers & {actor.account_id, actor.on_behalf_of}:
        raise Refusal("move.own_work", {"unit": organisations.unit(row.unit_id).name})


def _complete(row: MovePlan) -> None:
    lacking = sum(proposing.lacking(moving.plan(row)).values())
    if lacking:
        name = organisations.unit(row.unit_id).name
        raise Refusal("move.line_missing", {"n": lacking, "unit": name})


# ---- carrying out --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moved:
    """A chunk done: of which plan, how many dossiers moved, how many had no line, and the last of them."""

    plan_id: UUID
    dossiers: int
    lacking: int
    last: UUID


def run_moves(*, actor: Actor, at: datetime, again: bool = False) -> Iterator[Moved]:
    """Carry out every approved plan whose day has come, chunk by chunk; `again`: those that are done too, for
    what has come to them since (a dossier entered from the paper book).

    Each chunk is one transaction and one bulk act: a parent entry, and an entry for each dossier. May be
    stopped between any two statements and begun again, by several at once; what is under way elsewhere is
    done in the end. What has no line stays, and its plan stays open. Raises dossier.may_not.
    """
    policies.to_run_moves(actor)
    on = at.astimezone(ZONE).date()
    statuses = (*TO_RUN, Status.DONE) if again else TO_RUN
    due = MovePlan.objects.filter(status__in=statuses, effective_on__lte=on)
    for row in list(due.order_by("effective_on", "unit__sort_key")):
        plan = moving.plan(row)
        if row.status == Status.DONE and not moving.left(plan):
            continue
        _begin(plan, actor, at)
        for wait in (False, True):
            after = NOWHERE
            while done := _move_chunk(plan, after, wait=wait, actor=actor, at=at):
                after = done.last
                yield done
        _end(plan, actor, at)


def _begin(plan: Plan, actor: Actor, at: datetime) -> None:
    """A plan begins to run, once."""
    with transaction.atomic():
        row = MovePlan.objects.select_for_update(no_key=True).get(id=plan.id)
        if row.status != Status.APPROVED:
            return
        with act(events.MOVE_BEGUN, actor=actor, at=at) as a:
            a.hold("move_plan", plan.id)
            row.status, row.begun_at, row.dossiers = Status.RUNNING, a.at, moving.left(plan)
            row.save()
            a.about("move_plan", plan.id, {"status": row.status, "dossiers": row.dossiers})


def _move_chunk(plan: Plan, after: UUID, *, wait: bool, actor: Actor, at: datetime) -> Moved | None:
    """Move the next dossiers of a plan after `after`; None when there are none."""
    policies.to_run_moves(actor)
    with transaction.atomic():
        rows = moving.locked(plan, after, wait=wait)
        if not rows:
            return None
        reader = Reader(plan, plan.on)
        reads = [read for read in reader.cases(rows) if read.to is not None]
        last, lacking = rows[-1]["id"], len(rows) - len(reads)
        if reads:
            with act(events.MOVED, actor=actor, at=at) as a:
                a.hold("dossier", *(read.case.id for read in reads))
                a.says({"plan": str(plan.id), "unit": plan.unit_id, "decision": plan.decision})
                writer.apply_all([_done(a, reader, read, at) for read in reads], a)
    return Moved(plan.id, len(reads), lacking, last)


def _done(a: Act, reader: Reader, read: moving.Read, at: datetime) -> Done:
    """Each at its own moment: not before its last entry, and no other dossier's."""
    head = a.heads.get(("dossier", read.case.id))
    moment = max(at, head.at) if head and head.at else at
    changes = reader.decided(read, moment)
    leaves = changes.case.accountable_id != read.case.accountable_id
    return Done(changes, event=events.TRANSFERRED if leaves else events.MOVED, at=moment)


def _end(plan: Plan, actor: Actor, at: datetime) -> None:
    """A plan of which nothing is left is done, once."""
    with transaction.atomic():
        row = MovePlan.objects.select_for_update(no_key=True).get(id=plan.id)
        if row.status != Status.RUNNING or moving.left(plan):
            return
        with act(events.MOVE_DONE, actor=actor, at=at) as a:
            a.hold("move_plan", plan.id)
            row.status, row.done_at = Status.DONE, a.at
            row.save()
            a.about("move_plan", plan.id, {"status": row.status, "dossiers": row.dossiers})
