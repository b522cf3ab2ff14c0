"""What every act on a dossier that is already there begins and ends with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import issuing, policies, writer
from motcua.ledger.acts import Act, Event, Key, act
from motcua.rules import casework_issuing
from motcua.rules.actor import Actor
from motcua.rules.casework import CONCLUDE, Case, Changes, Item, Status, Terms
from motcua.rules.casework_issuing import Hand


@dataclass(slots=True)
class Work:
    """A dossier under an act: what the operations below decide upon."""

    act: Act
    case: Case
    terms: Terms
    actor: Actor
    changes: Changes | None = None
    moment: datetime | None = None
    personal: Mapping[str, Any] = field(default_factory=dict)
    """What the record keeps besides, of personal values: digests."""

    @property
    def at(self) -> datetime:
        """When it is done: the act's moment, in an act on many its own."""
        return self.moment or self.act.at

    def item(self, item_id: UUID) -> Item:
        return policies.own_item(self.actor, self.case, item_id)

    def decided(self) -> Changes:
        if self.changes is None:
            raise RuntimeError("an operation decided nothing")
        return self.changes


@contextmanager
def work_on(
    event: Event, dossier_id: UUID, actor: Actor, at: datetime, seen: int | None, key: Key | None
) -> Iterator[Work]:
    """Lock the dossier, let the act decide, and write what it decided.

    Raises dossier.not_visible, dossier.stale.
    """
    with act(event, actor=actor, at=at, key=key) as a:
        case, terms = policies.to_change(actor, dossier_id, a, seen=seen)
        work = Work(a, case, terms, actor)
        yield work
        changes = _with_its_issue(work)
        writer.apply(changes, a, work.personal)
        a.outcome |= {"id": str(case.id), "version": changes.case.version}


def _with_its_issue(work: Work) -> Changes:
    """What was decided; where that takes the dossier away from its last step, a result on its way out is
    stopped with it, and its number voided."""
    changes, before = work.decided(), work.case
    now = changes.case
    left = _concluding(before) and not _concluding(now) and now.status is not Status.DONE
    refused = now.status is Status.DONE and "result" in changes.recorded
    if not (left or refused or now.accountable_id != before.accountable_id):
        return changes
    found = issuing.running(before.id)
    if found is None:
        return changes
    actor = work.actor
    by = Hand(actor.account_id, actor.name)
    return casework_issuing.drop(changes, found, work.at, STOPPED, by)


def _concluding(case: Case) -> bool:
    return any(item.act == CONCLUDE for item in case.items)


STOPPED = "Hồ sơ không còn ở bước ra kết quả"
