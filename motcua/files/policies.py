"""Who may give the house a file. Who may read one is the question of the room that links it."""

from __future__ import annotations

from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal


def to_store(actor: Actor) -> None:
    """Whoever is signed in, and the system itself; raises file.may_not."""
    if actor.account_id is None and actor.kind != "system":
        raise Refusal("file.may_not")


def to_bring(actor: Actor) -> None:
    """Whoever sends bytes may be told that they harm, and is recorded with them; raises file.may_not for
    nobody at all."""
    if not actor.kind:
        raise Refusal("file.may_not")


def to_recognise(actor: Actor) -> None:
    """Only the system reads the words of scans; raises file.may_not."""
    if actor.kind != "system":
        raise Refusal("file.may_not")
