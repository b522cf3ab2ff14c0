"""The register of certificates as its pages read it: a list with filters, one with its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from motcua.files import events, policies
from motcua.files.models import Certificate
from motcua.ledger import sql
from motcua.ledger.paging import Cursor
from motcua.rules.actor import Actor
from motcua.rules.certificates import WARN_DAYS
from motcua.rules.refusal import Refusal
from motcua.rules.vietnamese import fold

SIZE = 50
ENDS, EXPIRED = "ends", "expired"
KINDS: Mapping[str, str] = dict(Certificate.Kind.choices)
KEPT: Mapping[str, str] = dict(Certificate.Kept.choices)
STATES: Mapping[str, str] = {
    "active": "Đang dùng",
    ENDS: "Sắp hết hạn",
    EXPIRED: "Đã hết hạn",
    "requested": "Chờ cấp",
    "locked": "Bị khóa",
    "lost": "Mất thiết bị",
    "revoked": "Đã thu hồi",
}
"""Where a certificate stands on a day: what the register says, and what its last day makes of it."""
LABELS: Mapping[str, str] = {event.name: text for event, text in events.LABELS.items()}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; words are looked for in holder, agency, subject and serial."""

    words: str = ""
    kind: str = ""
    state: str = ""
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A certificate as the list has it. `custodian` is who has the key by the last minutes."""

    id: UUID
    kind: str
    state: str
    account_id: int | None
    unit_id: int
    holder: str
    agency: str
    serial: str
    subject: str
    issuer: str
    fingerprint: str
    valid_from: datetime | None
    valid_until: datetime | None
    kept: str
    token: str
    requested_by: str
    requested_at: datetime
    standing_since: datetime
    standing_for: str
    renews_id: UUID | None
    renewed_by: UUID | None
    custodian: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Into whose hands a key went, by which minutes."""

    to: str
    minutes: str
    on: date


@dataclass(frozen=True, slots=True)
class Happened:
    """What was done with a certificate, when, by whom in which post."""

    event: str
    at: datetime
    by: str
    title: str

    @property
    def label(self) -> str:
        return LABELS.get(self.event, self.event)


@dataclass(frozen=True, slots=True)
class Whole:
    """A certificate with who had its key and what was done with it, the newest first."""

    certificate: Listed
    hand_overs: Sequence[HandedOver]
    history: Sequence[Happened]


def listed(
    actor: Actor, filters: Filters, at: datetime, *, after: Cursor | None = None, size: int = SIZE
) -> tuple[list[Listed], Cursor | None]:
    """The certificates the actor sees, what is asked for first, then by their last day; and where the next
    page begins."""
    where, params = _where(actor, filters, at)
    if after is not None:
        where += f" AND ({UNTIL}, c.id) > (%s, %s)"
        params += [after.at, after.id]
    query = f"{LIST} WHERE {where} {ORDER} LIMIT %s"
    rows = sql.fetch(query, [*_bounds(at), *params, size + 1], prepare=False)
    found = [Listed(**row) for row in rows[:size]]
    more = len(rows) > size
    return found, Cursor(found[-1].valid_until or BEGINNING, found[-1].id) if more else None


def all_listed(actor: Actor, filters: Filters, at: datetime) -> Iterator[Listed]:
    """All of them, for a file."""
    where, params = _where(actor, filters, at)
    query = f"{LIST} WHERE {where} {ORDER}"
    return (Listed(**row) for row in sql.fetch(query, [*_bounds(at), *params], prepare=False))


def counts(actor: Actor, at: datetime) -> Mapping[str, int]:
    """How many the actor sees of each state; states without one are not in it."""
    where, params = policies.visible_certificates(actor)
    query = f"SELECT {STATE} AS state, count(*) FROM files_certificate c WHERE {where} GROUP BY 1"  # noqa: S608
    found = {row["state"]: row["count"] for row in sql.fetch(query, [*_bounds(at), *params])}
    return {state: found[state] for state in STATES if state in found}


def one(actor: Actor, certificate_id: UUID, at: datetime) -> Whole:
    """A certificate the actor sees; raises certificate.not_found."""
    where, params = policies.visible_certificates(actor)
    query = f"{LIST} WHERE c.id = %s AND {where}"
    rows, handed, entries = sql.fetch_all(
        [
            (query, [*_bounds(at), certificate_id, *params]),
            (HANDED, [certificate_id]),
            (HISTORY, [certificate_id]),
        ]
    )
    if not rows:
        raise Refusal("certificate.not_found")
    return Whole(
        Listed(**rows[0]),
        [HandedOver(**row) for row in handed],
        [Happened(**row) for row in entries],
    )


def acts_open_to(actor: Actor, found: Listed) -> frozenset[str]:
    """The acts this actor may do on a certificate as it stands, by the last word of their names."""
    status = "active" if found.state in (ENDS, EXPIRED) else found.state
    acts: set[str] = set()
    if status in ("active", "locked"):
        acts.add("lose")
    if status == "active":
        acts.add("lock")
    if policies.keeps_register(actor):
        acts |= {"register"} if status == "requested" else set()
        acts |= {"unlock"} if status == "locked" else set()
        acts |= {"revoke"} if status != "revoked" else set()
    if policies.may_request_certificate(actor, found.unit_id):
        acts |= {"hand_over"} if status in ("active", "locked") else set()
        acts |= {"renew"} if status != "requested" and found.renewed_by is None else set()
    return frozenset(acts)


def _bounds(at: datetime) -> list[datetime]:
    return [at, at + timedelta(days=max(WARN_DAYS))]


def _where(actor: Actor, filters: Filters, at: datetime) -> tuple[str, list[Any]]:
    where, visible = policies.visible_certificates(actor)
    parts, params = [where], list[Any](visible)
    if filters.kind:
        parts.append("c.kind = %s")
        params.append(filters.kind)
    if filters.unit_id is not None:
        parts.append("c.unit_id = %s")
        params.append(filters.unit_id)
    for word in fold(filters.words).split()[:8]:
        parts.append("c.folded LIKE %s")
        params.append(f"%{word.replace('%', '').replace('_', '')}%")
    if filters.state:
        parts.append(f"{STATE} = %s")
        params += [*_bounds(at), filters.state]
    return " AND ".join(parts), params


UNTIL = "coalesce(c.valid_until, timestamptz '1900-01-01 00:00:00+00')"
BEGINNING = datetime.fromisoformat("1900-01-01T00:00:00+00:00")
STATE = """CASE WHEN c.status NOT IN ('active', 'locked') THEN c.status
    WHEN c.valid_until <= %s THEN 'expired' WHEN c.status = 'locked' THEN 'locked'
    WHEN c.valid_until <= %s THEN 'ends' ELSE 'active' END"""
LIST = f"""
SELECT c.id, c.kind, {STATE} AS state, c.account_id, c.unit_id, coalesce(a.name, u.name) AS holder,
       u.name AS agency, c.serial, c.subject, c.issuer, c.fingerprint, c.valid_from, c.valid_until, c.kept,
       c.token, c.requested_by, c.requested_at, c.standing_since, c.standing_for, c.renews_id,
       (SELECT l.id FROM files_certificate l WHERE l.renews_id = c.id LIMIT 1) AS renewed_by,
       coalesce((SELECT t.name FROM files_keyhandover h JOIN people_account t ON t.id = h.to_id
                 WHERE h.certificate_id = c.id ORDER BY h.at DESC, h.id DESC LIMIT 1), '') AS custodian
FROM files_certificate c JOIN organisations_unit u ON u.id = c.unit_id
LEFT JOIN people_account a ON a.id = c.account_id
"""  # noqa: S608 — fixed words only
ORDER = f"ORDER BY {UNTIL}, c.id"
HANDED = """
SELECT t.name AS to, h.minutes, h."on" FROM files_keyhandover h JOIN people_account t ON t.id = h.to_id
WHERE h.certificate_id = %s ORDER BY h.at DESC, h.id DESC
"""
HISTORY = """
SELECT event, at, actor_name AS by, actor_title AS title FROM ledger_entry
WHERE subject_id = %s AND subject_kind = 'certificate' ORDER BY subject_seq DESC
"""
