"""The exchange with other systems, read: whose a dossier is, what waits to be told, what was kept back, how
both sides compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from motcua.dossiers import policies, ports
from motcua.dossiers import policies_exchange as mending
from motcua.dossiers.models import Held, Mismatch, Reconciliation, Sync
from motcua.ledger import sql
from motcua.rules.actor import Actor
from motcua.rules.casework import Status
from motcua.rules.national import Gap
from motcua.rules.refusal import Refusal


@dataclass(frozen=True, slots=True)
class ForeignFacts:
    """A dossier's code and owner in another system, and how far its records have come."""

    id: UUID
    dossier_id: UUID
    system: str
    code: str
    mirrored: bool
    seen_at: datetime
    seen_rank: int
    digest: str

    @property
    def owner(self) -> str:
        """The other system's name."""
        port = ports.EXCHANGES.get(self.system)
        return port.title if port else self.system


def foreign(system: str, code: str) -> ForeignFacts | None:
    """The dossier of a code in another system, if it is here."""
    rows = sql.fetch(f"{FOREIGN} WHERE system = %s AND code = %s", [system, code])
    return ForeignFacts(**rows[0]) if rows else None


def foreign_of(dossier_id: UUID) -> ForeignFacts:
    """Whose a dossier was first, for an act upon it."""
    return ForeignFacts(**sql.fetch(f"{FOREIGN} WHERE dossier_id = %s", [dossier_id])[0])


def owner_of(dossier_id: UUID) -> ForeignFacts | None:
    """Whose a dossier was first, for a page that has asked for it; None for one of ours."""
    rows = sql.fetch(f"{FOREIGN} WHERE dossier_id = %s", [dossier_id])
    return ForeignFacts(**rows[0]) if rows else None


def is_ours(code: str) -> bool:
    """Whether a code is one of a dossier here."""
    return bool(sql.fetch("SELECT 1 FROM dossiers_dossier WHERE code = %s", [code]))


def papers_of(dossier_id: UUID) -> list[str]:
    """The names of a dossier's papers, for an act upon it."""
    rows = sql.fetch(
        "SELECT name FROM dossiers_paper WHERE dossier_id = %s ORDER BY position", [dossier_id]
    )
    return [row["name"] for row in rows]


def taken_up_to(system: str) -> int:
    """The number of the last record of a system that was dealt with."""
    rows = sql.fetch("SELECT number FROM dossiers_feed WHERE system = %s", [system])
    return int(rows[0]["number"]) if rows else 0


def code_in(record: object) -> str:
    """What a record calls its dossier, as far as it can be read."""
    code = record.get("MaHoSo") if isinstance(record, Mapping) else ""
    return code[:60].replace("\x00", "") if isinstance(code, str) else ""


# ---- what was kept back --------------------------------------------------------------------------


def lock_held(held_id: UUID) -> Mapping[str, Any]:
    """An open record kept back, locked for an act; raises exchange.not_held."""
    rows = sql.fetch(
        "SELECT * FROM dossiers_held WHERE id = %s AND state = 'open' FOR NO KEY UPDATE", [held_id]
    )
    if not rows:
        raise Refusal("exchange.not_held")
    return rows[0]


def held(actor: Actor, size: int = 50) -> list[Held]:
    """The records kept back, the oldest first; raises dossier.may_not."""
    mending.to_mend(actor)
    return list(Held.objects.filter(state=Held.State.OPEN).order_by("at")[:size])


@dataclass(frozen=True, slots=True)
class Kept:
    """A record as it came, to be tried once more."""

    system: str
    record: object
    digest: str


def kept(held_id: UUID) -> Kept:
    """A record that was kept back, for whoever has closed it."""
    row = sql.fetch("SELECT system, record, digest FROM dossiers_held WHERE id = %s", [held_id])[0]
    return Kept(row["system"], orjson.loads(row["record"]), row["digest"])


def held_to_try(actor: Actor) -> list[UUID]:
    """Every record kept back; raises dossier.may_not."""
    mending.to_mend(actor)
    return [row["id"] for row in sql.fetch(OPEN_HELD)]


# ---- what waits to be told -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Queue:
    """The messages to one system: on their way, stuck, and how long the oldest has waited."""

    system: str
    title: str
    connected: bool
    waiting: int
    dead: int
    held: int
    oldest: datetime | None
    last_sent: datetime | None
    taken_at: datetime | None


def queues(actor: Actor) -> list[Queue]:
    """How the exchange with each system stands; raises dossier.may_not."""
    mending.to_see(actor)
    keys = list(ports.EXCHANGES)
    syncs, kept, feeds, sent = sql.fetch_all(
        [(COUNTED, []), (HELD_COUNTED, []), (FEEDS, []), (LAST_SENT, [keys])]
    )
    told = {row["system"]: row for row in syncs}
    held_back = {row["system"]: row["held"] for row in kept}
    taken = {row["system"]: row["at"] for row in feeds}
    last_sent = {row["system"]: row["at"] for row in sent}
    plugged = ports.connected()
    return [
        Queue(
            system=key,
            title=port.title,
            connected=key in plugged,
            waiting=told.get(key, NONE)["waiting"],
            dead=told.get(key, NONE)["dead"],
            held=held_back.get(key, 0),
            oldest=told.get(key, NONE)["oldest"],
            last_sent=last_sent.get(key),
            taken_at=taken.get(key),
        )
        for key, port in ports.EXCHANGES.items()
    ]


def stuck(actor: Actor, size: int = 50) -> list[tuple[Sync, bool]]:
    """The messages that the other side refuses, the oldest first, each with whether the actor may see its
    dossier; raises dossier.may_not."""
    mending.to_mend(actor)
    found = list(Sync.objects.filter(state=Sync.State.DEAD).order_by("at")[:size])
    seen = _visible(actor, [one.dossier_id for one in found])
    return [(one, one.dossier_id in seen) for one in found]


def syncs_of(actor: Actor, dossier_id: UUID) -> list[Sync]:
    """What other systems were told of a dossier the actor may see, in order."""
    policies.to_see(actor, dossier_id)
    return list(Sync.objects.filter(dossier_id=dossier_id).order_by("number"))


# ---- both sides compared -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Here:
    """A dossier as it stands here, for the comparison."""

    id: UUID
    code: str
    status: Status
    waiting: bool


def here(system: str, since: datetime, until: datetime) -> dict[str, Here]:
    """The dossiers filed from `since` until before `until` that a system knows or should know, by the code it
    knows them by."""
    rows = sql.fetch(
        HERE, {"system": system, "since": since, "until": until, "national": ports.NATIONAL}
    )
    return {
        row["code"]: Here(row["id"], row["code"], Status(row["status"]), row["waiting"])
        for row in rows
    }


def reconciliations(actor: Actor, size: int = 14) -> list[Reconciliation]:
    """The last comparisons, the newest first; raises dossier.may_not."""
    mending.to_see(actor)
    return list(Reconciliation.objects.order_by("-at")[:size])


@dataclass(frozen=True, slots=True)
class Differs:
    """A difference as the page shows it; `dossier_id` only where the actor may see the dossier."""

    code: str
    gap: Gap
    here: Status | None
    there: Status | None
    waiting: bool
    dossier_id: UUID | None


def mismatches(actor: Actor, reconciliation_id: UUID, size: int = 200) -> list[Differs]:
    """The differences of one comparison: all of them for who operates the exchange, for others those of
    dossiers they may see; raises dossier.may_not."""
    mending.to_see(actor)
    asked = Mismatch.objects.filter(reconciliation_id=reconciliation_id)
    rows = list(asked.order_by("waiting", "code")[:size])
    seen = _visible(actor, [row.dossier_id for row in rows])
    everything = mending.may_mend(actor)
    return [
        Differs(
            code=row.code,
            gap=Gap(row.gap),
            here=Status(row.here) if row.here else None,
            there=Status(row.there) if row.there else None,
            waiting=row.waiting,
            dossier_id=row.dossier_id if row.dossier_id in seen else None,
        )
        for row in rows
        if everything or row.dossier_id in seen
    ]


def _visible(actor: Actor, ids: Iterable[UUID | None]) -> set[UUID]:
    """Those of some dossiers that the actor may see."""
    asked = [one for one in ids if one is not None]
    return set(policies.visible_to(actor).filter(id__in=asked).values_list("id", flat=True))


def differing(reconciliation_id: UUID) -> list[UUID]:
    """The dossiers that a comparison found missing or otherwise on the other side, to be told again."""
    rows = sql.fetch(DIFFERING, [reconciliation_id, [str(Gap.MISSING_THERE), str(Gap.STATUS)]])
    return [row["dossier_id"] for row in rows]


NONE: Mapping[str, Any] = {"waiting": 0, "dead": 0, "oldest": None}
FOREIGN = """
SELECT id, dossier_id, system, code, mirrored, seen_at, seen_rank, digest FROM dossiers_foreign"""
OPEN_HELD = "SELECT id FROM dossiers_held WHERE state = 'open' ORDER BY at"
COUNTED = """
SELECT system, count(*) FILTER (WHERE state <> 'dead') AS waiting,
       count(*) FILTER (WHERE state = 'dead') AS dead, min(at) FILTER (WHERE state <> 'dead') AS oldest
FROM dossiers_sync WHERE state IN ('waiting', 'sending', 'dead') GROUP BY system
"""
LAST_SENT = """
SELECT s.system, (
    SELECT sent_at FROM dossiers_sync t WHERE t.system = s.system AND t.state = 'sent'
    ORDER BY t.sent_at DESC LIMIT 1) AS at
FROM unnest(%s::text[]) AS s(system)
"""
HELD_COUNTED = (
    "SELECT system, count(*) AS held FROM dossiers_held WHERE state = 'open' GROUP BY system"
)
FEEDS = "SELECT system, at FROM dossiers_feed"
HERE = """
SELECT d.id, coalesce(f.code, d.code, d.submission_code) AS code, d.status,
       EXISTS (SELECT 1 FROM dossiers_sync s WHERE s.dossier_id = d.id AND s.state IN ('waiting', 'sending'))
       AS waiting
FROM dossiers_dossier d LEFT JOIN dossiers_foreign f ON f.dossier_id = d.id
WHERE d.received_at >= %(since)s AND d.received_at < %(until)s AND NOT d.training AND d.parent_id IS NULL
  AND coalesce(f.system, %(national)s) = %(system)s AND (f.id IS NOT NULL OR d.status <> 1)
  AND NOT EXISTS (
    SELECT 1 FROM ledger_entry e JOIN ledger_entry a ON a.id = e.parent_id
    WHERE e.subject_id = d.id AND e.subject_seq = 1 AND e.subject_kind = 'dossier'
      AND a.event = 'example.loaded')
"""
DIFFERING = """
SELECT dossier_id FROM dossiers_mismatch
WHERE reconciliation_id = %s AND gap = ANY(%s) AND NOT waiting AND dossier_id IS NOT NULL
"""
