"""Sending out: claimed in one act, handed to the carrier outside of any, the answer recorded in another.

`messaging.sender` goes between. A worker that dies leaves its claim behind; `take_over` asks or says that
nobody knows, and never simply sends again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.ledger import sql
from motcua.ledger.acts import Act, Event, act
from motcua.messaging import events, policies, ports
from motcua.messaging.models import CarrierHealth, Delivery
from motcua.messaging.ports import Carrier, Letter
from motcua.rules import delivery
from motcua.rules.actor import Actor
from motcua.rules.delivery import Answer, Channel, Health, Standing, State
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal

Row = Mapping[str, Any]
FEW = sql.COPY_FROM - 1
"""So many rows are set one by one: arrays cannot be given as one array of them."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a worker has claimed: nobody else sends these."""

    id: UUID
    carrier: str
    letters: tuple[Letter, ...]


def claim(
    *, channel: Channel, carrier: str, before: Sequence[str], most: int, actor: Actor, at: datetime
) -> Claimed | None:
    """Take queued messages whose moment has come, for one carrier; None where there are none.

    `before` are the carriers that come before it and are well: what goes to this one has been tried there.
    Raises notice.may_not.
    """
    policies.to_send(actor)
    if not sql.fetch(IS_ANY, [channel, at, carrier, list(before)]):
        return None
    claim_id = new_id()
    with act(events.CLAIMED, actor=actor, at=at) as a:
        rows = sql.fetch(
            CLAIM,
            [
                channel,
                at,
                carrier,
                list(before),
                most,
                claim_id,
                carrier,
                at + delivery.LEASE,
                at,
                at,
            ],
        )
        a.says({"channel": str(channel), "carrier": carrier, "claimed": len(rows)})
    return Claimed(claim_id, carrier, tuple(_letter(row) for row in rows)) if rows else None


def record_answers(
    *, claimed: Claimed, answers: Mapping[UUID, Answer], actor: Actor, at: datetime
) -> None:
    """Record what the carrier answered to each message of a claim; what has no answer was not tried.

    What another worker has taken over meanwhile is only recorded where this one knows more. Raises
    notice.may_not.
    """
    policies.to_send(actor)
    unreached = Answer(delivery.Outcome.UNREACHED)
    with act(events.ANSWERED, actor=actor, at=at) as a:
        rows = sql.fetch(CLAIMED, [claimed.id])
        asks = _asks(claimed.carrier)
        _settle(
            a,
            rows,
            lambda row, was: delivery.answered(
                was,
                answers.get(row["id"], unreached),
                at=at,
                carriers=_names(row["channel"]),
                asks=asks,
            ),
        )
        _note_health(a, claimed.carrier, list(answers.values()), at)
        a.says({"carrier": claimed.carrier, "answered": len(answers)})


def record_reports(
    *,
    carrier: str,
    ids: Sequence[UUID],
    reports: Mapping[UUID, Answer] | None,
    actor: Actor,
    at: datetime,
) -> None:
    """Record what a carrier says has become of messages; `reports` None: it did not answer, and is asked
    again later. Raises notice.may_not."""
    policies.to_send(actor)
    not_held = Answer(delivery.Outcome.NOT_HELD)
    with act(events.REPORTED, actor=actor, at=at) as a:
        rows = sql.fetch(ASKED, [list(ids), at])
        _settle(
            a,
            rows,
            lambda row, was: delivery.reported(
                was,
                None if reports is None else reports.get(row["id"], not_held),
                at=at,
                carriers=_names(row["channel"]),
            ),
        )
        a.says({"carrier": carrier, "asked": len(rows)})


def take_over(*, actor: Actor, at: datetime, most: int = 500) -> int:
    """Take over what a worker claimed and never answered for, and give up what was tried for too long
    (rules.delivery.GIVE_UP); returns how many. What was claimed is asked of by our id, or nobody knows.

    Raises notice.may_not.
    """
    policies.to_send(actor)
    oldest = at - delivery.GIVE_UP
    if not sql.fetch(IS_LOST, [at, oldest]):
        return 0
    with act(events.TAKEN_OVER, actor=actor, at=at) as a:
        rows = sql.fetch(LOST, [at, most]) + sql.fetch(STALE, [oldest, most])
        _settle(a, rows, lambda row, was: delivery.lost(was, at=at, asks=_asks(was.carrier)))
        a.says({"taken_over": len(rows)})
    return len(rows)


def send_again(*, delivery_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """Send out once more what failed or of which nobody knows: an operator's decision, with its reason.

    It goes to where the person is reached now. Raises delivery.may_not, delivery.not_dead,
    delivery.reason_missing, delivery.no_address.
    """
    if not reason.strip():
        raise Refusal("delivery.reason_missing")
    with act(events.SENT_AGAIN, actor=actor, at=at) as a:
        address = policies.to_send_again(actor, delivery_id)
        a.hold("delivery", delivery_id)
        new = {
            "state": str(State.QUEUED),
            "address": address,
            "tried": [],
            "attempts": 0,
            "carrier": "",
            "ref": "",
            "answer": "",
            "claim": None,
            "queued_at": a.at,
            "first_at": None,
            "next_at": a.at,
            "changed_at": a.at,
        }
        a.update(Delivery, [(delivery_id, new)])
        a.about("delivery", delivery_id, {"reason": reason.strip()[:300]})


# ---- how it is written -----------------------------------------------------------------------------


def _settle(a: Act, rows: Sequence[Row], decide: Callable[[Row, Standing], Standing]) -> None:
    """Write where each message is now, and record what is worth it."""
    a.hold("delivery", *(row["id"] for row in rows))
    changes = []
    moved = []
    for row in rows:
        was = _standing(row)
        now = decide(row, was)
        changes.append((row["id"], _columns(row, now, a.at)))
        if now.tried != was.tried:
            moved.append((row["id"], {"tried": list(now.tried)}))
        event = _recorded(now.state)
        if now.state is not was.state and event is not None:
            said = {"state": now.state, "channel": row["channel"], "carrier": now.carrier}
            a.about("delivery", row["id"], said, event=event)
    a.update(Delivery, changes)
    for start in range(0, len(moved), FEW):
        a.update(Delivery, moved[start : start + FEW])


def _recorded(state: State) -> Event | None:
    """What is recorded of a message that comes into a state; of one that waits again, nothing."""
    match state:
        case State.SENT:
            return events.SENT
        case State.DELIVERED:
            return events.DELIVERED
        case State.REFUSED | State.GIVEN_UP:
            return events.FAILED
        case State.UNCERTAIN | State.UNKNOWN:
            return events.DOUBTED
        case _:
            return None


def _standing(row: Row) -> Standing:
    return Standing(
        State(row["state"]),
        row["first_at"],
        row["attempts"],
        row["carrier"],
        tuple(row["tried"]),
        row["ref"],
        row["answer"],
        row["next_at"],
    )


def _columns(row: Row, now: Standing, at: datetime) -> dict[str, Any]:
    changed = now.state != row["state"]
    return {
        "state": str(now.state),
        "ref": now.ref[:100],
        "answer": now.said[:300],
        "claim": row["claim"] if now.state in (State.UNCERTAIN, State.UNKNOWN) else None,
        "next_at": now.next_at,
        "changed_at": at if changed else row["changed_at"],
    }


def _note_health(a: Act, name: str, answers: Sequence[Answer], at: datetime) -> None:
    """Keep how a carrier is, where that is news; operators are told of a beginning (journeys)."""
    found = sql.fetch(HEALTH, [name])
    was = _health(found[0]) if found else Health()
    now = delivery.health_after(was, answers, at=at) if answers else was
    if now == was or (now.well and was.well):
        return
    row = {
        "failures": now.failures,
        "failing_since": now.failing_since,
        "rests_until": now.rests_until,
        "said": now.said,
    }
    if found:
        a.update(CarrierHealth, [(found[0]["id"], row)])
        number = found[0]["id"]
    else:
        number = CarrierHealth.objects.create(name=name, **row).id
    if now.alarming != was.alarming:
        a.hold("carrier", number)
        event = events.CARRIER_ILL if now.alarming else events.CARRIER_WELL
        a.about("carrier", number, {"carrier": name}, event=event)


def _health(row: Row) -> Health:
    return Health(row["failures"], row["failing_since"], row["rests_until"], row["said"])


def _letter(row: Row) -> Letter:
    return Letter(
        row["id"],
        row["address"],
        row["title"],
        row["text"],
        row["language"],
        row["kind"],
        row["said"],
    )


def _names(channel: str) -> list[str]:
    return [carrier.name for carrier in ports.carriers(Channel(channel))]


def _asks(name: str) -> bool:
    return any(carrier.asks for carrier in _all() if carrier.name == name)


def _all() -> Iterable[Carrier]:
    return (carrier for channel in Channel for carrier in ports.carriers(channel))


_TO_SEND = """
FROM messaging_delivery WHERE channel = %s AND state = 'queued' AND next_at <= %s
  AND NOT %s = ANY(tried) AND tried @> %s::varchar[]
"""
IS_ANY = f"SELECT 1 {_TO_SEND} LIMIT 1"
CLAIM = f"""
WITH taken AS MATERIALIZED (
    SELECT id {_TO_SEND} ORDER BY next_at, id LIMIT %s FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE messaging_delivery d
SET state = 'claimed', claim = %s, carrier = %s, next_at = %s, changed_at = %s,
    first_at = coalesce(first_at, %s), attempts = attempts + 1
FROM taken, messaging_notice n
WHERE d.id = taken.id AND n.id = d.notice_id
RETURNING d.id, d.address, d.title, d.text, d.language, d.said, n.kind
"""  # noqa: S608
_ROW = """
SELECT id, channel, state, carrier, ref, tried, attempts, answer, claim, first_at, next_at, changed_at
FROM messaging_delivery
"""
CLAIMED = f"""
{_ROW} WHERE claim = %s AND state IN ('claimed', 'uncertain', 'unknown') ORDER BY id FOR NO KEY UPDATE
"""
ASKED = f"""
{_ROW} WHERE id = ANY(%s) AND state IN ('sent', 'uncertain') AND next_at <= %s
ORDER BY id FOR NO KEY UPDATE
"""
_LOST = "WHERE state <> 'queued' AND state = 'claimed' AND next_at IS NOT NULL AND next_at <= %s"
_STALE = "WHERE state = 'queued' AND first_at < %s"
IS_LOST = f"""
SELECT 1 FROM messaging_delivery {_LOST} UNION ALL SELECT 1 FROM messaging_delivery {_STALE} LIMIT 1
"""  # noqa: S608
LOST = f"{_ROW} {_LOST} ORDER BY next_at, id LIMIT %s FOR NO KEY UPDATE SKIP LOCKED"
STALE = f"{_ROW} {_STALE} ORDER BY id LIMIT %s FOR NO KEY UPDATE SKIP LOCKED"
HEALTH = """
SELECT id, failures, failing_since, rests_until, said FROM messaging_carrierhealth WHERE name = %s
FOR NO KEY UPDATE
"""
