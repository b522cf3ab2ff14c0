"""What the rest of the house asks the register of certificates: may this one sign, and whose is it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.ledger import sql
from motcua.rules import certificates as rules
from motcua.rules.certificates import Registered, Standing


@dataclass(frozen=True, slots=True)
class Post:
    """A post its holder sat in, from a day until before another."""

    post_id: int
    role: str
    title: str
    unit_id: int
    agency_id: int
    since: date | None
    until: date | None

    def held_on(self, on: date) -> bool:
        """Whether he sat in it on a day."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate of the register: whose it is, its days, where it stands and since when.

    `holder` is the person's name or the agency's. A personal one has the posts of its holder, of all
    times; the others have none.
    """

    kind: str
    standing: str
    standing_since: datetime
    account_id: int | None
    unit_id: int
    holder: str
    agency: str
    serial: str
    subject: str
    issuer: str
    fingerprint: str
    valid_from: datetime
    valid_until: datetime
    posts: tuple[Post, ...] = ()

    def posts_on(self, on: date) -> tuple[Post, ...]:
        """The posts its holder sat in on a day."""
        return tuple(post for post in self.posts if post.held_on(on))


def to_sign(
    fingerprint: str, *, account_id: int | None = None, unit_id: int | None = None, at: datetime
) -> Held:
    """The certificate, if at this moment it signs for the account, or seals for the agency, that is named.

    Ask before every signature. Raises certificate.not_registered, .not_yours, .revoked, .lost, .locked,
    .not_yet, .expired.
    """
    found = held(fingerprint)
    rules.to_sign(_state(found), account_id=account_id, unit_id=unit_id, at=at)
    assert found is not None  # noqa: S101 — what is not registered was refused
    return found


def held(fingerprint: str) -> Held | None:
    """Who holds a certificate, by the SHA-256 of its bytes in hexadecimal; None where the register does not
    know it."""
    if not fingerprint:
        return None
    rows = sql.fetch(HELD, [Standing.REQUESTED, fingerprint.lower()])
    return _held(rows[0]) if rows else None


@dataclass(frozen=True, slots=True)
class Brief:
    """What a notice says of a certificate, and whom it concerns: the person, or the agency's registry."""

    id: UUID
    account_id: int | None
    unit_id: int
    agency: str
    serial: str
    valid_until: datetime | None


def briefs(ids: Collection[UUID]) -> dict[UUID, Brief]:
    """What notices say of certificates, by id: for the house itself; no actor is asked."""
    return {row["id"]: Brief(**row) for row in sql.fetch(BRIEFS, [list(ids)])}


def _state(found: Held | None) -> Registered | None:
    if found is None:
        return None
    return Registered(
        found.standing, found.valid_from, found.valid_until, found.account_id, found.unit_id
    )


def _held(row: dict[str, Any]) -> Held:
    posts = tuple(
        Post(*one[:5], *(date.fromisoformat(day) if day else None for day in one[5:]))
        for one in row.pop("posts") or ()
    )
    return Held(**row, posts=posts)


BRIEFS = """
SELECT c.id, c.account_id, c.unit_id, u.name AS agency, c.serial, c.valid_until
FROM files_certificate c JOIN organisations_unit u ON u.id = c.unit_id WHERE c.id = ANY(%s)
"""
HELD = """
SELECT c.kind, c.status AS standing, c.standing_since, c.account_id, c.unit_id,
       coalesce(a.name, u.name) AS holder, u.name AS agency, c.serial, c.subject, c.issuer, c.fingerprint,
       c.valid_from, c.valid_until,
       (SELECT jsonb_agg(jsonb_build_array(po.id, po.role, po.title, po.unit_id, pu.agency_id,
                                           lower(h.valid), upper(h.valid)) ORDER BY lower(h.valid), h.id)
          FROM people_postheld h JOIN organisations_post po ON po.id = h.post_id
          JOIN organisations_unit pu ON pu.id = po.unit_id
         WHERE h.account_id = c.account_id AND NOT isempty(h.valid)) AS posts
FROM files_certificate c JOIN organisations_unit u ON u.id = c.unit_id
LEFT JOIN people_account a ON a.id = c.account_id
WHERE c.status <> %s AND c.fingerprint = %s
"""
