"""Lists as an officer keeps them: a page and its query under a name, up to twenty, one of them first."""

from __future__ import annotations

from datetime import datetime

from motcua.dossiers import events, policies
from motcua.dossiers.models import SavedView
from motcua.ledger.acts import act
from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal

MOST_VIEWS = 20
VIEWED = ("inbox", "dossiers")
"""The pages whose lists are kept."""
NAME, QUERY = 60, 500


def save_view(*, page: str, name: str, query: str, actor: Actor, at: datetime) -> int:
    """Keep a list under a name; the same name again keeps the new query. Returns the view's id.

    Raises view.page_unknown, view.name_missing, view.too_many.
    """
    name = " ".join(name.split())[:NAME]
    if page not in VIEWED:
        raise Refusal("view.page_unknown")
    if not name:
        raise Refusal("view.name_missing", {"field": "name"})
    with act(events.VIEW_SAVED, actor=actor, at=at) as a:
        own = policies.own_views(actor)
        kept = next((v for v in own if (v.page, v.name) == (page, name)), None)
        if kept is None and len(own) >= MOST_VIEWS:
            raise Refusal("view.too_many", {"most": MOST_VIEWS})
        kept = kept or SavedView(account_id=actor.account_id or 0, page=page, name=name)
        kept.query = query[:QUERY]
        kept.save()
        a.hold("view", kept.id)
        a.about("view", kept.id, {"page": page})
    return int(kept.id)


def remove_view(*, view_id: int, actor: Actor, at: datetime) -> None:
    """Keep a list no longer; raises view.not_found."""
    with act(events.VIEW_REMOVED, actor=actor, at=at) as a:
        found = policies.own_view(actor, view_id)
        a.hold("view", view_id)
        a.about("view", view_id, {"page": found.page})
        found.delete()


def put_view_first(*, view_id: int, actor: Actor, at: datetime, first: bool = True) -> None:
    """Open a page with this list from now on, or with the page's own again; raises view.not_found."""
    with act(events.VIEW_PUT_FIRST, actor=actor, at=at) as a:
        found = policies.own_view(actor, view_id)
        SavedView.objects.filter(account_id=found.account_id, page=found.page).update(first=False)
        SavedView.objects.filter(id=view_id).update(first=first)
        a.hold("view", view_id)
        a.about("view", view_id, {"page": found.page, "first": first})
