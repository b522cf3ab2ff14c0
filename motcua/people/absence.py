"""Who stands in for whom, for the page where an absence is entered: posts, delegations, colleagues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.ledger import sql
from motcua.people import policies
from motcua.people.models import PostHeld
from motcua.rules.actor import Actor


@dataclass(frozen=True, slots=True)
class Held:
    """A post held today whose absence the actor may enter: his own, or of his unit where he heads it."""

    held_id: int
    account_id: int
    holder: str
    title: str
    unit: str

    @property
    def label(self) -> str:
        return f"{self.holder} – {self.title}, {self.unit}"


@dataclass(frozen=True, slots=True)
class StandIn:
    """A delegation that holds, or is to come; `last` is its last day."""

    id: int
    held_id: int
    holder: str
    title: str
    to: str
    since: date
    last: date
    reason: str


def posts(actor: Actor, on: date) -> Sequence[Held]:
    """The posts that the actor may let others act in, held on a day."""
    if actor.on_behalf_of is not None:
        return []
    return [
        Held(**row)
        for row in sql.fetch(
            HELD, [on, actor.account_id, actor.unit_id if policies.heads(actor) else None]
        )
    ]


def stand_ins(held: Sequence[Held], on: date) -> Sequence[StandIn]:
    """Who stands in for the holders of these posts, from a day on."""
    rows = sql.fetch(STAND_INS, [[one.held_id for one in held], on])
    return [StandIn(**row) for row in rows]


def colleagues(agency_id: int | None, on: date) -> list[tuple[int, str]]:
    """Who holds a post in an agency on a day: (account, name, title and unit)."""
    held = PostHeld.objects.filter(
        post__unit__agency_id=agency_id, valid__contains=on, account__is_active=True
    ).select_related("account", "post__unit")
    named = {h.account_id: f"{h.account.name} – {h.post.title}, {h.post.unit.name}" for h in held}
    return sorted(named.items(), key=lambda pair: pair[1])


def first_day_after(last: date) -> date:
    """A delegation to the end of a day is one until before the next."""
    return last + timedelta(days=1)


HELD = """
SELECT h.id AS held_id, h.account_id, a.name AS holder, po.title, u.name AS unit
FROM people_postheld h JOIN people_account a ON a.id = h.account_id AND a.is_active
JOIN organisations_post po ON po.id = h.post_id JOIN organisations_unit u ON u.id = po.unit_id
WHERE h.valid @> %s::date AND (h.account_id = %s OR po.unit_id = %s)
ORDER BY a.name, po.title, h.id
"""
STAND_INS = """
SELECT d.id, d.held_id, holder.name AS holder, po.title, a.name AS "to", lower(d.valid) AS since,
       upper(d.valid) - 1 AS last, d.reason
FROM people_delegation d JOIN people_postheld h ON h.id = d.held_id
JOIN people_account holder ON holder.id = h.account_id JOIN people_account a ON a.id = d.to_id
JOIN organisations_post po ON po.id = h.post_id
WHERE d.held_id = ANY(%s) AND upper(d.valid) > %s::date ORDER BY lower(d.valid), d.id
"""
