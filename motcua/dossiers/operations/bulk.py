"""One act on many steps: each dossier its own decision, those that cannot go untouched and said why.

The decisions are those of one step (`steps`), written by the one writer. The act's own entry says which
dossiers it was asked for and what became of each: the report is read from there (`dossiers.reports`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import events, policies, writer
from motcua.dossiers.operations.common import Work
from motcua.dossiers.operations.steps import assigning, handing_on, taking
from motcua.dossiers.writer import Done
from motcua.ledger.acts import Act, Event, Key, act
from motcua.rules.actor import Actor, May
from motcua.rules.casework import Case, Changes, Terms
from motcua.rules.refusal import Refusal

MOST = 200
"""Steps in one act."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A step ticked in a list, and the version of its dossier that the list showed."""

    dossier_id: UUID
    item_id: UUID
    seen: int


Decide = Callable[[Work, UUID], Changes]


def take_many(
    *, chosen: Sequence[Chosen], actor: Actor, at: datetime, key: Key | None = None
) -> UUID:
    """Take many steps; returns the act's id, by which its report is read.

    Raises bulk.nothing_chosen, bulk.too_many.
    """
    return _on_each(events.TAKEN, chosen, taking, actor, at, key)


def assign_many(
    *, chosen: Sequence[Chosen], to: int, actor: Actor, at: datetime, key: Key | None = None
) -> UUID:
    """The head gives many steps that nobody has to one officer; returns the act's id.

    Raises dossier.may_not, bulk.nothing_chosen, bulk.too_many.
    """
    policies.may(actor, May.ASSIGN)
    return _on_each(
        events.ASSIGNED, chosen, lambda w, item_id: assigning(w, item_id, to), actor, at, key
    )


def hand_on_many(
    *,
    chosen: Sequence[Chosen],
    step: str,
    outcome: str = "",
    note: str = "",
    actor: Actor,
    at: datetime,
    key: Key | None = None,
) -> UUID:
    """Complete many steps of one name with one outcome; a dossier at another step stays. Returns the act's
    id. Raises bulk.nothing_chosen, bulk.too_many.
    """

    def decide(w: Work, item_id: UUID) -> Changes:
        item = w.item(item_id)
        if item.name != step:
            raise Refusal("dossier.another_step", {"now": item.name, "step": step})
        return handing_on(w, item_id, outcome, note)

    return _on_each(events.HANDED_ON, chosen, decide, actor, at, key)


def _on_each(
    event: Event,
    chosen: Sequence[Chosen],
    decide: Decide,
    actor: Actor,
    at: datetime,
    key: Key | None,
) -> UUID:
    if not chosen:
        raise Refusal("bulk.nothing_chosen")
    if len(chosen) > MOST:
        raise Refusal("bulk.too_many", {"most": MOST})
    with act(event, actor=actor, at=at, key=key) as a:
        held = policies.to_change_many(actor, [one.dossier_id for one in chosen], a)
        many = _Many(a, actor, at, decide, held)
        for one in chosen:
            many.decide_on(one)
        a.says({"done": [done.changes.case.id for done in many.done], "refused": many.refused})
        writer.apply_all(many.done, a)
        a.outcome |= {"report": str(a.id)}
    return a.id


@dataclass(slots=True)
class _Many:
    """The decisions of one act on many: what goes, and what does not."""

    act: Act
    actor: Actor
    at: datetime
    decision: Decide
    held: dict[UUID, tuple[Case, Terms]]
    done: list[Done] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    changed: dict[UUID, Case] = field(default_factory=dict)

    def decide_on(self, one: Chosen) -> None:
        try:
            self.done.append(self._decided(one))
        except Refusal as no:
            params = {name: value for name, value in no.params.items() if name != "field"}
            self.refused.append({"dossier": one.dossier_id, "code": no.code, "params": params})

    def _decided(self, one: Chosen) -> Done:
        """Each at its own moment: not before its last entry, and no other dossier's."""
        if one.dossier_id not in self.held:
            raise Refusal("dossier.not_visible")
        case, terms = self.held[one.dossier_id]
        if case.version != one.seen:
            raise Refusal("dossier.stale", {"seen": one.seen, "now": case.version})
        last = self.act.heads["dossier", one.dossier_id].at
        moment = max(self.at, last) if last else self.at
        now = self.changed.get(one.dossier_id, case)
        changes = self.decision(Work(self.act, now, terms, self.actor, moment=moment), one.item_id)
        self.changed[one.dossier_id] = changes.case
        return Done(changes, at=moment)
