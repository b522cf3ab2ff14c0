"""Who reads which notices, who sends them out: fetching one is asking permission."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from motcua.ledger import sql
from motcua.messaging.reach import address_for
from motcua.people import queries as people
from motcua.rules.actor import Actor, May
from motcua.rules.delivery import DEAD, Channel, State
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


def to_send(actor: Actor) -> None:
    """What is queued goes out by the system alone; raises notice.may_not."""
    to_tell(actor)


def to_choose(actor: Actor, person_id: int) -> None:
    """The person himself, and the desk where he says how he wants to be told; raises choice.may_not."""
    own = actor.is_citizen and actor.sees.person_id == person_id
    if not (own or May.ACCEPT in actor.may):
        raise Refusal("choice.may_not")


def may_operate(actor: Actor) -> bool:
    """Whether the actor runs the system: sees how the lines to the outside are, sends out again."""
    return May.OPERATE in actor.may


def to_operate(actor: Actor) -> None:
    """Raises delivery.may_not unless `may_operate`."""
    if not may_operate(actor):
        raise Refusal("delivery.may_not")


def to_send_again(actor: Actor, delivery_id: UUID) -> str:
    """Lock what failed or is unknown; returns where its person is reached now.

    Raises delivery.may_not, notice.not_visible, delivery.not_dead, delivery.no_address.
    """
    to_operate(actor)
    rows = sql.fetch(DELIVERY, [delivery_id])
    if not rows:
        raise Refusal("notice.not_visible")
    row = rows[0]
    if State(row["state"]) not in DEAD:
        raise Refusal("delivery.not_dead")
    contact = people.contacts([row["person_id"]])[row["person_id"]]
    address = address_for(Channel(row["channel"]), contact)
    if not address:
        raise Refusal("delivery.no_address")
    return address


DELIVERY = """
SELECT d.state, d.channel, n.person_id FROM messaging_delivery d
JOIN messaging_notice n ON n.id = d.notice_id WHERE d.id = %s FOR NO KEY UPDATE OF d
"""
