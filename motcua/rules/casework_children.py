"""A part of a dossier settled by another agency as a dossier of its own (NĐ 61/2018 Đ19.6–7), decided purely.

A step of the process that calls for it (a call activity, a message) waits for the child and goes on when it
comes back; opened from an officer's step, the parent goes on as its process says.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.rules import flow
from motcua.rules.casework import OPEN, Case, Changes, Draft, Item, Status, Terms
from motcua.rules.net import Kind, Net
from motcua.rules.pauses import open_grounds
from motcua.rules.refusal import Refusal

CALLING = (Kind.CALL, Kind.MESSAGE)
REFUSED = "refused"
"""The outcome of a calling step, where its process has one of this name, for a child that was refused or
withdrawn."""


def calling(case: Case, net: Net) -> tuple[Item, ...]:
    """The items that wait for a child, or for word from elsewhere."""
    return tuple(i for i in case.items if i.waiting and net.node(i.node).kind in CALLING)


def opened(parent: Case, terms: Terms, at: datetime, *, child: Case, item: Item | None) -> Changes:
    """What the parent's record says of a child opened, for a step that calls for it (`item`) or besides.

    Raises dossier.not_under_way, child.own_agency.
    """
    if parent.accepted_at is None or parent.status not in OPEN:
        raise Refusal("dossier.not_under_way", {"status": int(parent.status)})
    if child.accountable_id == parent.accountable_id:
        raise Refusal("child.own_agency", {"field": "agency"})
    draft = Draft(parent, parent, at, terms)
    return draft.finish(
        child=child.id,
        child_code=child.code,
        unit=child.accountable_id,
        **({"step": item.node} if item else {}),
    )


def returned(
    parent: Case,
    terms: Terms,
    at: datetime,
    *,
    child: Mapping[str, Any],
    called_by: UUID | None,
    granted: bool,
) -> Changes:
    """A child has ended: the step that waited for it goes on; a parent that has ended only records it."""
    draft = Draft(parent, parent, at, terms)
    item = next((i for i in calling(parent, terms.net) if i.id == called_by), None)
    if item is not None and parent.status in OPEN:
        _go_on(draft, item, granted)
    return draft.finish(child=child["id"], child_code=child["code"], granted=granted)


def _go_on(draft: Draft, item: Item, granted: bool) -> None:
    net = draft.terms.net
    outcome = _outcome(net.outcomes(item.node), granted)
    marking = flow.Marking(tuple(flow.Token(i.node, i.arrived_via) for i in draft.case.items))
    move = flow.receive_message if net.node(item.node).kind is Kind.MESSAGE else flow.complete
    moved = move(net, marking, item.node, outcome or None)
    draft.close_item(item, None, outcome, "")
    draft.follow(moved)
    if open_grounds(draft.case.clock):
        draft.stand()
    else:
        draft.now(status=Status.PROCESSING)


def _outcome(offered: tuple[str, ...], granted: bool) -> str:
    if not granted and REFUSED in offered:
        return REFUSED
    kept = [one for one in offered if one != REFUSED]
    return "" if "" in kept else next(iter(kept), "")
