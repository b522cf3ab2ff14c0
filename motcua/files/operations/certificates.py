"""The register of certificates: asked for, registered, renewed, lost, locked, revoked, handed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import psycopg
from django.db import IntegrityError, transaction

from motcua.files import events, policies, x509
from motcua.files.models import Certificate, KeyHandOver
from motcua.files.x509 import Read
from motcua.ledger import sql
from motcua.ledger.acts import Act, act
from motcua.organisations import queries as organisations
from motcua.rules import certificates as rules
from motcua.rules.actor import Actor
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal
from motcua.rules.vietnamese import fold

CHUNK = 500
Status = Certificate.Status
Kind = Certificate.Kind


@dataclass(frozen=True, slots=True)
class Wanted:
    """A certificate an agency asks for: of which kind, for whom, and where its key shall lie."""

    kind: str
    unit_id: int
    account_id: int | None = None
    kept: str = Certificate.Kept.TOKEN
    token: str = ""


def request_certificates(
    wanted: Sequence[Wanted], *, requested_by: str, actor: Actor, at: datetime
) -> list[UUID]:
    """Put an agency's list of wanted certificates into the register; `requested_by` is the letter or the
    decision. Returns their ids, in the order given.

    Raises certificate.may_not, .reason_missing, .of_whom, account.unknown, unit.unknown.
    """
    _said(requested_by)
    for one in wanted:
        policies.to_request_certificate(actor, one.unit_id)
        if (one.kind == Kind.PERSONAL) != (one.account_id is not None):
            raise Refusal("certificate.of_whom")
    with act(events.CERTIFICATES_REQUESTED, actor=actor, at=at) as a:
        named = _names([one.account_id for one in wanted if one.account_id is not None])
        rows = [_requested(one, requested_by.strip(), named, a.at) for one in wanted]
        a.insert(Certificate, rows)
        for row in rows:
            a.about("certificate", row["id"], _public(row))
    return [row["id"] for row in rows]


def renew_certificate(
    *, certificate_id: UUID, requested_by: str, actor: Actor, at: datetime
) -> UUID:
    """Ask for another certificate in place of one, for the same holder; returns the id of the new row. The
    old one signs until its own end.

    Raises certificate.may_not, .not_found, .reason_missing, .not_that_state, .renewed_already.
    """
    _said(requested_by)
    with act(events.CERTIFICATES_REQUESTED, actor=actor, at=at) as a:
        old = policies.to_hand_over_key(actor, certificate_id)
        if old.status == Status.REQUESTED:
            raise Refusal("certificate.not_that_state")
        if old.renewals.exists():
            raise Refusal("certificate.renewed_already")
        one = Wanted(old.kind, old.unit_id, old.account_id, old.kept)
        named = _names([one.account_id] if one.account_id else [])
        row = _requested(one, requested_by.strip(), named, a.at) | {"renews_id": old.id}
        a.insert(Certificate, [row])
        a.about("certificate", row["id"], _public(row))
    return UUID(str(row["id"]))


def register_certificate(
    *, certificate_id: UUID, content: bytes, actor: Actor, at: datetime, token: str = ""
) -> None:
    """The certificate asked for has come: read its .cer file and put it to use.

    Raises certificate.may_not, .not_found, .unreadable, .has_key, .not_that_state, .over, .other_name,
    .already_registered.
    """
    found = x509.read(content)
    with _once(found), act(events.CERTIFICATE_REGISTERED, actor=actor, at=at) as a:
        wanted = policies.to_keep_certificate(actor, certificate_id)
        _expect(wanted, Status.REQUESTED)
        if found.valid_until <= at:
            raise Refusal("certificate.over", {"until": found.valid_until})
        _of_its_holder(wanted, found)
        a.hold("certificate", certificate_id)
        sql.update(Certificate, [(certificate_id, _registered(wanted, found, token, a.at))])
        said = {
            "serial": found.serial,
            "fingerprint": found.fingerprint,
            "valid_from": found.valid_from,
            "valid_until": found.valid_until,
        }
        a.about("certificate", certificate_id, {"status": Status.ACTIVE.value, **said})


def revoke_certificate(*, certificate_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """Its issuer took it back, or it was never issued: it signs no more. `reason` names the decision.

    Raises certificate.may_not, .not_found, .reason_missing, .not_that_state.
    """
    _said(reason)
    with act(events.CERTIFICATE_REVOKED, actor=actor, at=at) as a:
        found = policies.to_keep_certificate(actor, certificate_id)
        _expect(found, *(one for one in Status if one != Status.REVOKED))
        _stand(a, found, Status.REVOKED, reason)


def lose_certificate(*, certificate_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """The key is lost or in strange hands: from this moment it signs no more. Its holder says so, or his
    agency, or an operator; nobody is made to wait for another.

    Raises certificate.not_found, .reason_missing, .not_that_state.
    """
    _said(reason)
    with act(events.CERTIFICATE_LOST, actor=actor, at=at) as a:
        found = policies.to_report_certificate(actor, certificate_id)
        _expect(found, Status.ACTIVE, Status.LOCKED)
        _stand(a, found, Status.LOST, reason)


def lock_certificate(*, certificate_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """The key's device took too many wrong PINs and has to be opened by its issuer.

    Raises certificate.not_found, .reason_missing, .not_that_state.
    """
    _said(reason)
    with act(events.CERTIFICATE_LOCKED, actor=actor, at=at) as a:
        found = policies.to_report_certificate(actor, certificate_id)
        _expect(found, Status.ACTIVE)
        _stand(a, found, Status.LOCKED, reason)


def unlock_certificate(*, certificate_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """The device was opened again; the certificate signs as before.

    Raises certificate.may_not, .not_found, .reason_missing, .not_that_state.
    """
    _said(reason)
    with act(events.CERTIFICATE_UNLOCKED, actor=actor, at=at) as a:
        found = policies.to_keep_certificate(actor, certificate_id)
        _expect(found, Status.LOCKED)
        _stand(a, found, Status.ACTIVE, reason)


def hand_over_key(
    *, certificate_id: UUID, to_account_id: int, minutes: str, on: date, actor: Actor, at: datetime
) -> UUID:
    """Record that a key went into an officer's hands, with the minutes of it (NĐ 30/2020 Đ32–33); who had
    it before has it no more. Returns the id of the record.

    Raises certificate.may_not, .not_found, .reason_missing, .not_that_state, account.unknown.
    """
    _said(minutes)
    with act(events.KEY_HANDED_OVER, actor=actor, at=at) as a:
        found = policies.to_hand_over_key(actor, certificate_id)
        _expect(found, Status.ACTIVE, Status.LOCKED)
        _names([to_account_id])
        a.hold("certificate", found.id)
        row = {
            "id": new_id(), "certificate_id": found.id, "to_id": to_account_id,
            "minutes": minutes.strip(), "on": on, "at": a.at,
        }  # fmt: skip
        a.insert(KeyHandOver, [row])
        said = {"to": to_account_id, "minutes": row["minutes"], "on": on}
        a.about("certificate", found.id, said)
    return UUID(str(row["id"]))


def warn_of_certificates(*, actor: Actor, at: datetime, many: int = CHUNK) -> int:
    """Warn of certificates that end in 60, 30 or 7 days, each bound once and a renewed one of none; returns
    how many were warned of. Several workers may do this at once. Raises certificate.may_not.
    """
    policies.to_warn_of_certificates(actor)
    with transaction.atomic():
        rows = sql.fetch(TO_WARN, [at, list(rules.WARN_DAYS), at, many])
        if not rows:
            return 0
        with act(events.CERTIFICATE_ENDS, actor=actor, at=at) as a:
            a.hold("certificate", *(row["id"] for row in rows))
            a.says({})
            told = [(row, rules.warning(row["valid_until"], row["warned"], at)) for row in rows]
            a.update(Certificate, [(row["id"], {"warned": days}) for row, days in told])
            for row, days in told:
                said = {"days": days, "valid_until": row["valid_until"]}
                a.about("certificate", row["id"], said)
    return len(rows)


def _requested(
    one: Wanted, requested_by: str, named: dict[int, str], at: datetime
) -> dict[str, Any]:
    unit = organisations.unit(one.unit_id)
    words = (named.get(one.account_id or 0, ""), unit.name, unit.short_name, one.token)
    return {
        "id": new_id(), "kind": str(one.kind), "account_id": one.account_id, "unit_id": one.unit_id,
        "kept": str(one.kept), "token": one.token, "status": Status.REQUESTED.value,
        "requested_by": requested_by, "requested_at": at, "serial": "", "subject": "", "issuer": "",
        "fingerprint": "", "valid_from": None, "valid_until": None, "der": None, "renews_id": None,
        "standing_since": at, "standing_for": requested_by, "warned": None,
        "folded": fold(" ".join(words)),
    }  # fmt: skip


def _registered(wanted: Certificate, found: Read, token: str, at: datetime) -> dict[str, Any]:
    words = f"{wanted.folded} {fold(f'{found.subject} {found.serial} {token}')}"
    return {
        "status": Status.ACTIVE.value, "serial": found.serial, "subject": found.subject,
        "issuer": found.issuer, "fingerprint": found.fingerprint, "valid_from": found.valid_from,
        "valid_until": found.valid_until, "der": found.der, "token": token or wanted.token,
        "standing_since": at, "standing_for": "", "folded": words,
    }  # fmt: skip


def _public(row: dict[str, Any]) -> dict[str, Any]:
    names = ("kind", "account_id", "unit_id", "kept", "status", "requested_by", "renews_id")
    return {name: row[name] for name in names}


def _of_its_holder(wanted: Certificate, found: Read) -> None:
    """A person's certificate names the person; agencies are written in too many ways to compare."""
    if wanted.account is None:
        return
    if fold(wanted.account.name) not in fold(found.name):
        said = {"name": found.name, "holder": wanted.account.name}
        raise Refusal("certificate.other_name", said)


def _stand(a: Act, found: Certificate, status: Status, reason: str) -> None:
    a.hold("certificate", found.id)
    said = {"status": status.value, "standing_since": a.at, "standing_for": reason.strip()[:300]}
    a.update(Certificate, [(found.id, said)])
    a.about("certificate", found.id, {"status": status.value, "was": found.status})


def _expect(found: Certificate, *states: Status) -> None:
    if found.status not in states:
        raise Refusal("certificate.not_that_state")


def _said(text: str) -> None:
    if not text.strip():
        raise Refusal("certificate.reason_missing")


def _names(account_ids: Iterable[int]) -> dict[int, str]:
    """The names of officers; raises account.unknown where one of them is none."""
    wanted = sorted(set(account_ids))
    found = {row["id"]: row["name"] for row in sql.fetch(OFFICERS, [wanted])} if wanted else {}
    if len(found) < len(wanted):
        raise Refusal("account.unknown")
    return found


@contextmanager
def _once(found: Read) -> Iterator[None]:
    """One certificate has one row, also where two put it in at once."""
    try:
        yield
    except (IntegrityError, psycopg.IntegrityError):
        raise Refusal("certificate.already_registered", {"serial": found.serial}) from None


OFFICERS = "SELECT id, name FROM people_account WHERE id = ANY(%s) AND kind = 'officer'"
TO_WARN = """
SELECT c.id, c.valid_until, c.warned FROM files_certificate c
WHERE c.status IN ('active', 'locked') AND c.valid_until > %s
AND EXISTS (SELECT FROM unnest(%s::int[]) AS bound(days)
            WHERE c.valid_until <= %s + make_interval(days => bound.days)
            AND (c.warned IS NULL OR c.warned > bound.days))
AND NOT EXISTS (SELECT FROM files_certificate later WHERE later.renews_id = c.id AND later.status = 'active')
ORDER BY c.valid_until, c.id LIMIT %s FOR NO KEY UPDATE OF c SKIP LOCKED
"""
