"""Who reads which notices: fetching one is asking permission."""

from __future__ import annotations

from typing import Any

from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal


def addressed_to(actor: Actor) -> tuple[str, list[Any]]:
    """SQL over messaging_notice that is true for what is addressed to the actor, and its parameters: a
    citizen's person; an officer's account, and the post he sits in now. Nothing is told of training, and
    who trains reads nothing of what is real."""
    if actor.account_id is None or actor.training:
        return "FALSE", []
    if actor.is_citizen:
        return "person_id = %s", [actor.sees.person_id]
    if actor.role is None or not actor.units:
        return "account_id = %s", [actor.account_id]
    post = "(unit_id = ANY(%s) AND role = %s)"
    return f"(account_id = %s OR {post})", [
        actor.account_id,
        sorted(actor.units),
        str(actor.role),
    ]


def to_tell(actor: Actor) -> None:
    """Notices follow from events, the system sends them; raises notice.may_not."""
    if actor.kind != "system":
        raise Refusal("notice.may_not")


def to_read(actor: Actor) -> tuple[str, list[Any]]:
    """`addressed_to`, for who signed in; raises notice.not_visible."""
    if actor.account_id is None:
        raise Refusal("notice.not_visible")
    return addressed_to(actor)
