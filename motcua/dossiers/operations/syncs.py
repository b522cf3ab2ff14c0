"""Telling other systems how dossiers stand: what is to be told is queued by its entry, taken in hand, sent
outside every act, and what came of it recorded.

Of one dossier only the oldest message not yet sent can be taken in hand, by one worker at a time; who was cut
off loses it when his lease ends, and what he answers later is not taken (his claim is no longer there).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.dossiers import events, telling_systems
from motcua.dossiers import policies_exchange as policies
from motcua.dossiers.models import Sync
from motcua.ledger import sql
from motcua.ledger.acts import Act, act
from motcua.rules.actor import Actor
from motcua.rules.casework import reasoned
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal

LEASE = timedelta(minutes=5)
"""How long a worker has what he took in hand; longer than everything he does with it may take."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
QUIET = timedelta(minutes=2)
"""Where it is not known whether a message arrived, so long nothing is asked: a slow peer may still do it."""
REFUSALS_MOST = 5
Row = Mapping[str, Any]


class Outcome(StrEnum):
    """What came of sending a message."""

    SENT = "sent"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    NOT_TRIED = "not_tried"


@dataclass(frozen=True, slots=True)
class InHand:
    """A message a worker has taken in hand. `known` says that the other side has the dossier already."""

    id: UUID
    claim: UUID
    dossier_id: UUID
    number: int
    system: str
    service: str
    code: str
    record: Mapping[str, Any]
    uncertain: bool
    known: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a message in hand, and what the other side said."""

    sent: InHand
    outcome: Outcome
    said: str = ""


def queue_syncs(*, rows: Sequence[Row], actor: Actor, at: datetime) -> int:
    """Queue what entries about dossiers (rows of the outbox, in order) are worth telling other systems, once
    an entry; returns how many messages there are. Raises dossier.may_not."""
    policies.to_exchange(actor)
    worth = telling_systems.worth_telling(rows)
    if not worth:
        return 0
    with act(events.SYNCS_QUEUED, actor=actor, at=at) as a:
        made = _queued(a, telling_systems.messages(worth), at)
    return made


def claim_syncs(*, system: str, actor: Actor, at: datetime, many: int = 20) -> list[InHand]:
    """Take the oldest messages to a system in hand that may be sent now: of each dossier at most one, and
    none while an earlier one has not been sent. Raises dossier.may_not."""
    policies.to_exchange(actor)
    claim = new_id()
    with transaction.atomic():
        rows = sql.fetch(CLAIMABLE, [system, at, at, many])
        if not rows:
            return []
        with act(events.SYNCS_CLAIMED, actor=actor, at=at) as a:
            a.says({"claim": str(claim), "messages": len(rows)})
            for row in rows:
                cut_off = row["state"] == Sync.State.SENDING
                row["uncertain"] = row["uncertain"] or cut_off
                taken = {"state": Sync.State.SENDING, "claim": claim, "lease_until": at + LEASE}
                a.update(Sync, [(row["id"], taken | {"uncertain": row["uncertain"]})])
    return [_in_hand(row, claim) for row in rows]


def answer_syncs(*, answered: Sequence[Answered], actor: Actor, at: datetime) -> int:
    """Record what came of messages in hand; of those whose claim has passed to another nothing. Returns how
    many were recorded. Raises dossier.may_not."""
    policies.to_exchange(actor)
    with transaction.atomic():
        ids, claims = [a.sent.id for a in answered], [a.sent.claim for a in answered]
        held = {row["id"]: row for row in sql.fetch(STILL_MINE, [ids, claims])}
        mine = [one for one in answered if one.sent.id in held]
        if not mine:
            return 0
        with act(events.SYNCS_ANSWERED, actor=actor, at=at) as a:
            a.hold("sync", *held)
            a.says({})
            for one in mine:
                new = _after(one, held[one.sent.id], at)
                a.update(Sync, [(one.sent.id, new)])
                a.about("sync", one.sent.id, _recorded(one, new))
    return len(mine)


def retry_sync(*, sync_id: UUID, actor: Actor, at: datetime) -> None:
    """Send a message once more that the other side refused, now that what it minded is mended.

    Raises dossier.may_not, exchange.not_stuck.
    """
    policies.to_mend(actor)
    new = {"state": Sync.State.WAITING, "next_at": at, "refusals": 0, "uncertain": True}
    with act(events.SYNC_RETRIED, actor=actor, at=at) as a:
        _stuck(a, sync_id)
        a.update(Sync, [(sync_id, new)])
        a.about("sync", sync_id, {"state": str(new["state"])})


def skip_sync(*, sync_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """Pass over a message that the other side refuses, with the reason; those after it go on.

    Raises dossier.may_not, dossier.reason_missing, exchange.not_stuck.
    """
    policies.to_mend(actor)
    reasoned(reason)
    new = {"state": Sync.State.SKIPPED, "said": reason[:500]}
    with act(events.SYNC_SKIPPED, actor=actor, at=at) as a:
        _stuck(a, sync_id)
        a.update(Sync, [(sync_id, new)])
        a.about("sync", sync_id, {"state": str(new["state"]), "reason": reason[:500]})


def tell_again(*, dossier_ids: Sequence[UUID], actor: Actor, at: datetime) -> int:
    """Queue how dossiers stand now for the system that should know: where it has not heard, or has it
    otherwise. Those with a message on its way are left. Returns how many. Raises dossier.may_not."""
    policies.to_mend(actor)
    with act(events.SYNCS_ASKED, actor=actor, at=at) as a:
        # The reaction to entries numbers messages too: one of us at a time.
        sql.fetch("SELECT pg_advisory_xact_lock(7102)")
        waiting = {row["id"] for row in sql.fetch(ON_THEIR_WAY, [list(dossier_ids)])}
        left = [one for one in dossier_ids if one not in waiting]
        made = _queued(a, telling_systems.as_they_stand(left, a.at), at)
        a.says({"asked": len(dossier_ids)})
    return made


def _queued(a: Act, messages: Sequence[Mapping[str, Any]], at: datetime) -> int:
    rows = [
        {
            "id": new_id(),
            "state": Sync.State.WAITING,
            "uncertain": False,
            "tries": 0,
            "refusals": 0,
            "next_at": at,
            "claim": None,
            "lease_until": None,
            "said": "",
            "sent_at": None,
            **one,
        }
        for one in messages
    ]
    a.says({})
    a.insert(Sync, rows)
    for row in rows:
        named = {name: row[name] for name in ("dossier_id", "number", "system", "status")}
        a.about("sync", row["id"], named)
    return len(rows)


def _in_hand(row: Mapping[str, Any], claim: UUID) -> InHand:
    names = (
        "id",
        "dossier_id",
        "number",
        "system",
        "service",
        "code",
        "record",
        "uncertain",
        "known",
    )
    return InHand(claim=claim, **{name: row[name] for name in names})


def _after(one: Answered, row: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The columns of a message after what came of it."""
    new: dict[str, Any] = {"claim": None, "lease_until": None, "state": Sync.State.WAITING}
    if one.outcome is Outcome.NOT_TRIED:
        return new | {"next_at": at + FIRST_WAIT}
    tries = row["tries"] + 1
    new |= {"tries": tries, "said": one.said[:500], "uncertain": True}
    if one.outcome is Outcome.SENT:
        return new | {"state": Sync.State.SENT, "sent_at": at, "uncertain": False}
    if one.outcome is Outcome.REFUSED:
        refusals = row["refusals"] + 1
        state = Sync.State.DEAD if refusals >= REFUSALS_MOST else Sync.State.WAITING
        return new | {"refusals": refusals, "state": state, "next_at": at + again_after(refusals)}
    return new | {"next_at": at + max(QUIET, again_after(tries))}


def again_after(tries: int) -> timedelta:
    """How long to wait after so many tries: doubled each time, an hour at most."""
    return min(FIRST_WAIT * (1 << min(tries - 1, 10)), LONGEST_WAIT)


def _recorded(one: Answered, new: Mapping[str, Any]) -> dict[str, Any]:
    return {"outcome": str(one.outcome), "state": str(new["state"]), "number": one.sent.number}


def _stuck(a: Act, sync_id: UUID) -> None:
    if not sql.fetch(STUCK, [sync_id]):
        raise Refusal("exchange.not_stuck")
    a.hold("sync", sync_id)


CLAIMABLE = """
SELECT s.id, s.dossier_id, s.number, s.system, s.service, s.code, s.record, s.uncertain, s.state,
       EXISTS (SELECT 1 FROM dossiers_foreign f WHERE f.dossier_id = s.dossier_id AND f.system = s.system)
       OR EXISTS (SELECT 1 FROM dossiers_sync e WHERE e.dossier_id = s.dossier_id AND e.state = 'sent')
       AS known
FROM dossiers_sync s
WHERE s.system = %s
  AND ((s.state = 'waiting' AND s.next_at <= %s) OR (s.state = 'sending' AND s.lease_until <= %s))
  AND NOT EXISTS (
    SELECT 1 FROM dossiers_sync e WHERE e.dossier_id = s.dossier_id AND e.number < s.number
    AND e.state IN ('waiting', 'sending', 'dead'))
ORDER BY s.next_at, s.id LIMIT %s FOR NO KEY UPDATE OF s SKIP LOCKED
"""
STILL_MINE = """
SELECT s.id, s.tries, s.refusals FROM dossiers_sync s
JOIN unnest(%s::uuid[], %s::uuid[]) AS m(id, claim) ON s.id = m.id AND s.claim = m.claim
ORDER BY s.id FOR NO KEY UPDATE OF s
"""
STUCK = "SELECT 1 FROM dossiers_sync WHERE id = %s AND state = 'dead' FOR NO KEY UPDATE"
ON_THEIR_WAY = """
SELECT DISTINCT dossier_id AS id FROM dossiers_sync
WHERE dossier_id = ANY(%s) AND state IN ('waiting', 'sending', 'dead')
"""
