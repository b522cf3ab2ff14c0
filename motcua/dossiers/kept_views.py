"""The lists an officer keeps, for the pages that show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.dossiers.models import SavedView
from motcua.rules.actor import Actor


@dataclass(frozen=True, slots=True)
class Kept:
    """A list kept under a name; `first`: the page opens with it."""

    id: int
    name: str
    query: str
    first: bool


def kept(actor: Actor, page: str) -> Sequence[Kept]:
    """The lists of a page that the actor's account keeps, by name."""
    own = SavedView.objects.filter(account_id=actor.account_id or 0, page=page).order_by("name")
    return [Kept(view.id, view.name, view.query, view.first) for view in own]
