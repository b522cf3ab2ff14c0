"""What carrying out a plan would do, said before it is done: the same decisions over the same rows, in
chunks, and nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from motcua.catalogue import queries as catalogue
from motcua.dossiers import moving, policies
from motcua.dossiers.moving import Plan, Read, Reader
from motcua.dossiers.resettling import NOWHERE
from motcua.organisations import queries as organisations
from motcua.people import queries as people
from motcua.people.queries import LeftOver
from motcua.rules.actor import Actor, Role
from motcua.rules.casework import UNDER_WAY, Case, Changes, Item
from motcua.rules.worktime import ZONE

DAYS_AHEAD = 10


@dataclass(frozen=True, slots=True)
class NoPost:
    """A step that would go to a unit where nobody's post is to do it."""

    unit_id: int
    step: str
    role: str


@dataclass(slots=True)
class Rehearsal:
    """What would happen to the dossiers of one unit. `to` counts by the agency that answers then, `desks`
    those that only change their desk; `due` the dates of the next days; `keep` and `free` the steps that
    somebody has taken, by whether he keeps them."""

    plan: Plan
    total: int = 0
    to: Counter[int] = field(default_factory=Counter)
    desks: Counter[int] = field(default_factory=Counter)
    lacking: Counter[int] = field(default_factory=Counter)
    due: Counter[date] = field(default_factory=Counter)
    overdue: int = 0
    no_post: Counter[NoPost] = field(default_factory=Counter)
    not_offered: Counter[tuple[int, int]] = field(default_factory=Counter)
    keep: int = 0
    free: int = 0
    left_over: Sequence[LeftOver] = ()

    @property
    def moved(self) -> int:
        return self.to.total() + self.desks.total()

    def add(self, read: Read, changes: Changes | None) -> None:
        """Count one dossier and what would become of it."""
        self.total += 1
        if changes is None:
            self.lacking[read.case.procedure_id] += 1
            return
        before, after = read.case, changes.case
        if before.accountable_id != after.accountable_id:
            self.to[after.accountable_id] += 1
        else:
            self.desks[after.received_by_id] += 1
        self._dates(after)
        for was, item in zip(before.items, after.items, strict=True):
            self._step(was, item)

    def _dates(self, case: Case) -> None:
        if case.due_at is None or case.status not in UNDER_WAY:
            return
        on = case.due_at.astimezone(ZONE).date()
        if on < self.plan.on:
            self.overdue += 1
        elif on < self.plan.on + timedelta(days=DAYS_AHEAD):
            self.due[on] += 1

    def _step(self, was: Item, item: Item) -> None:
        if was.unit_id == item.unit_id or item.unit_id is None:
            return
        if was.assignee_id is not None:
            self.keep += item.assignee_id is not None
            self.free += item.assignee_id is None
        if item.role and not organisations.posts_of(item.unit_id, self.plan.on, Role(item.role)):
            self.no_post[NoPost(item.unit_id, item.name, item.role)] += 1


def rehearse(plan: Plan, *, actor: Actor, at: datetime) -> Rehearsal:
    """What carrying out a plan would do, were it carried out at a moment; raises dossier.may_not."""
    policies.to_see_moves(actor)
    found = Rehearsal(plan)
    offered: set[tuple[int, int]] = set()
    for read, changes in all_moves(plan, at=at):
        found.add(read, changes)
        if changes and changes.case.accepted_at is None:
            offered.add((changes.case.procedure_id, changes.case.accountable_id))
            found.not_offered[changes.case.procedure_id, changes.case.accountable_id] += 1
    for pair in _settled(plan, offered):
        del found.not_offered[pair]
    found.left_over = people.without_post(plan.unit_id, plan.on)
    return found


def _settled(plan: Plan, asked: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of the procedures, each at an agency, that the agency settles by the catalogue."""
    procedures = sorted({procedure for procedure, _ in asked})
    return asked & set(catalogue.settled_by(procedures, plan.on)) if asked else set()


def all_moves(plan: Plan, *, at: datetime) -> Iterator[tuple[Read, Changes | None]]:
    """Every dossier that has to follow, with what would change of it; nothing for one without a line."""
    reader, after = Reader(plan, plan.on), NOWHERE
    while rows := moving.next_rows(plan, after):
        for read in reader.cases(rows):
            yield read, None if read.to is None else reader.decided(read, at)
        after = UUID(str(rows[-1]["id"]))
