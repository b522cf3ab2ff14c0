"""What an act on an open step would lead to: for the pages that say so before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from motcua.catalogue.offered import net_of
from motcua.dossiers import state
from motcua.dossiers.queries import Detail
from motcua.rules import flow
from motcua.rules.casework import Case, Item, Terms
from motcua.rules.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Place:
    """A step and the desk it lies on."""

    name: str
    unit_id: int
    role: str


@dataclass(frozen=True, slots=True)
class Way:
    """One outcome of a step, what the author of the process wrote on it, and the steps it opens."""

    outcome: str
    label: str
    steps: tuple[Place, ...]


def ways(found: Detail, item: Item, on: date) -> tuple[Way, ...]:
    """What completing an open step on a day may lead to, one way an outcome; empty when nothing can."""
    terms = state.terms_of(found.dossier, on)
    listed = []
    for outcome in terms.net.outcomes(item.node):
        try:
            moved = flow.complete(terms.net, _marking(found.case), item.node, outcome or None)
        except Refusal:
            continue
        opened = tuple(_place(terms, task.node_id) for task in moved.opened)
        listed.append(Way(outcome, terms.net.outcome_label(item.node, outcome), opened))
    return tuple(listed)


def earlier(found: Detail, item: Item, on: date) -> tuple[tuple[str, Place], ...]:
    """The steps a dossier may be sent back to from an open step: (node, step)."""
    terms = state.terms_of(found.dossier, on)
    return tuple((node, _place(terms, node)) for node in flow.returns(terms.net, item.node))


def step_names(found: Detail) -> dict[str, str]:
    """The names of the process's steps by node."""
    return {task.id: task.name or task.id for task in net_of(found.dossier["process_id"]).tasks}


def _marking(case: Case) -> flow.Marking:
    return flow.Marking(tuple(flow.Token(i.node, i.arrived_via) for i in case.items))


def _place(terms: Terms, node_id: str) -> Place:
    node, places = terms.net.node(node_id), terms.places
    unit = places.get((node.unit, node.post)) or places.get((node.unit, ""))
    return Place(node.name or node.id, unit or places["accountable", ""], node.post)
