"""What comes in from other systems: to be settled here, or only shown; and what could not be taken in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from motcua.dossiers import events, exchanged, writer
from motcua.dossiers import policies as dossier_policies
from motcua.dossiers import policies_exchange as policies
from motcua.dossiers.models import Feed, Foreign, Held
from motcua.dossiers.operations import intake as intakes
from motcua.dossiers.operations.intake import Intake
from motcua.ledger import sql
from motcua.ledger.acts import act
from motcua.rules import casework, casework_exchange
from motcua.rules.actor import Actor
from motcua.rules.casework import reasoned
from motcua.rules.identity import new_id
from motcua.rules.national import Seen
from motcua.rules.refusal import Refusal


def receive(
    *, system: str, seen: Seen, intake: Intake, digest: str, actor: Actor, at: datetime
) -> UUID:
    """A dossier filed in another system comes here to be checked and settled; it keeps its code there, and
    its clock before acceptance runs from when it was filed there. Returns its id here.

    Raises dossier.may_not, dossier.not_offered, dossier.no_such_channel.
    """
    policies.to_exchange(actor)
    with act(events.RECEIVED, actor=actor, at=at) as a:
        found, terms = intakes.terms_for(intake, a.at)
        if intake.channel not in found.channels:
            raise Refusal("dossier.no_such_channel", {"channel": int(intake.channel)})
        filed_at = min(seen.received_at, a.at)
        case = intakes.new_case(found, intake, filed_at)
        changes = casework.submit(
            case, terms, filed_at, papers=intake.papers, facts=intakes.facts(found, intake)
        )
        row = casework_exchange.foreign(
            case.id, new_id(), system, seen, digest, a.at, mirrored=False
        )
        writer.apply(casework_exchange.received(changes, row), a, intakes.personal(intake))
    return case.id


def mirror(
    *, system: str, seen: Seen, intake: Intake, digest: str, actor: Actor, at: datetime
) -> UUID:
    """Show a dossier that another system settles, as its record says; returns its id here.

    Raises dossier.may_not, dossier.not_offered.
    """
    policies.to_exchange(actor)
    with act(events.MIRRORED, actor=actor, at=at) as a:
        found, terms = intakes.terms_for(intake, a.at)
        case = intakes.new_case(found, intake, seen.received_at)
        changes = casework_exchange.mirrored(
            case, terms, a.at, seen, facts=intakes.facts(found, intake)
        )
        row = casework_exchange.foreign(
            case.id, new_id(), system, seen, digest, a.at, mirrored=True
        )
        writer.apply(casework_exchange.received(changes, row), a, intakes.personal(intake))
    return case.id


def mirror_again(*, dossier_id: UUID, seen: Seen, digest: str, actor: Actor, at: datetime) -> None:
    """A later record of a dossier that another system settles.

    Raises dossier.may_not, dossier.not_visible.
    """
    policies.to_exchange(actor)
    with act(events.MIRRORED_AGAIN, actor=actor, at=at) as a:
        case, terms = dossier_policies.to_change(actor, dossier_id, a)
        writer.apply(casework_exchange.mirrored(case, terms, a.at, seen), a)
        row_id = exchanged.foreign_of(dossier_id).id
        a.update(Foreign, [(row_id, casework_exchange.standing(seen, digest))])


def note_seen(*, dossier_id: UUID, seen: Seen, digest: str, actor: Actor, at: datetime) -> None:
    """Keep how far the records of a dossier that is settled here have come. Raises dossier.may_not."""
    policies.to_exchange(actor)
    with act(events.RECORD_SEEN, actor=actor, at=at) as a:
        row_id = exchanged.foreign_of(dossier_id).id
        a.hold("foreign", row_id)
        a.update(Foreign, [(row_id, casework_exchange.standing(seen, digest))])
        a.about("foreign", row_id, {"digest": digest})


def hold_record(
    *,
    system: str,
    number: int,
    record: Any,
    digest: str,
    reason: str,
    params: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    over: bool = False,
) -> UUID | None:
    """Keep a record that cannot be taken in, as it came, with why; the same one once while it is open.
    `over`: nobody needs to do anything about it. Returns its id. Raises dossier.may_not."""
    policies.to_exchange(actor)
    if sql.fetch(HELD_ALREADY, [system, digest]):
        return None
    held_id = new_id()
    with act(events.RECORD_HELD, actor=actor, at=at) as a:
        row = {
            "id": held_id,
            "system": system,
            "number": number,
            "code": exchanged.code_in(record),
            "record": orjson.dumps(record).decode(),
            "digest": digest,
            "reason": reason,
            "params": dict(params),
            "at": at,
            "tried_at": at,
            "state": Held.State.DROPPED if over else Held.State.OPEN,
            "closed_at": at if over else None,
            "closed_by_id": None,
            "note": "",
        }
        a.insert(Held, [row])
        a.about("record", held_id, {"system": system, "reason": reason, "digest": digest})
    return held_id


def close_held(*, held_id: UUID, actor: Actor, at: datetime) -> None:
    """A record that was kept back has been taken in. Raises dossier.may_not, exchange.not_held."""
    policies.to_mend(actor)
    with act(events.RECORD_RELEASED, actor=actor, at=at) as a:
        exchanged.lock_held(held_id)
        a.hold("record", held_id)
        new = {"state": Held.State.DONE, "closed_at": a.at, "closed_by_id": actor.account_id}
        a.update(Held, [(held_id, new)])
        a.about("record", held_id, {"state": str(new["state"])})


def drop_held(*, held_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """Leave a record that was kept back, with the reason; it stays as it came.

    Raises dossier.may_not, dossier.reason_missing, exchange.not_held.
    """
    policies.to_mend(actor)
    reasoned(reason)
    with act(events.RECORD_DROPPED, actor=actor, at=at) as a:
        exchanged.lock_held(held_id)
        a.hold("record", held_id)
        closed = {"closed_at": a.at, "closed_by_id": actor.account_id, "note": reason[:500]}
        a.update(Held, [(held_id, {"state": Held.State.DROPPED, **closed})])
        a.about("record", held_id, {"state": str(Held.State.DROPPED), "reason": reason[:500]})


def move_feed(*, system: str, number: int, actor: Actor, at: datetime) -> None:
    """Say that the records of a system up to a number are taken in or kept back; never backwards.
    Raises dossier.may_not."""
    policies.to_exchange(actor)
    with act(events.FEED_MOVED, actor=actor, at=at) as a:
        a.says({"system": system, "number": number})
        known = sql.fetch(FEED, [system])
        if not known:
            a.insert(Feed, [{"id": new_id(), "system": system, "number": number, "at": at}])
        elif known[0]["number"] < number:
            a.update(Feed, [(known[0]["id"], {"number": number, "at": at})])


HELD_ALREADY = "SELECT 1 FROM dossiers_held WHERE system = %s AND digest = %s AND state = 'open'"
FEED = "SELECT id, number FROM dossiers_feed WHERE system = %s FOR NO KEY UPDATE"
