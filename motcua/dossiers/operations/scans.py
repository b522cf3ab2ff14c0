"""Papers scanned or photographed: taken in as they come, and made into digitised copies.

What is slow — drawing, setting, signing — happens between the transactions; the act at the end looks
again whether everything is as it was.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from motcua.dossiers import attachments, events, policies, scans
from motcua.dossiers.attachments import Attached
from motcua.dossiers.models import Attachment, Capture, DigitisedCopy, Pairing
from motcua.dossiers.scans import Captured
from motcua.files import certificates, digitising, keys, signing
from motcua.files import operations as files
from motcua.ledger import sql
from motcua.ledger.acts import Act, act
from motcua.organisations import queries as organisations
from motcua.people import queries as people
from motcua.rules.actor import Actor
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE

LARGEST = 200 * 1024 * 1024
"""Bytes of a copy: its pictures come from uploads that were each within their own limit."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A stored file (files.operations.store) as a capture: where it came from, and for what."""

    blob_id: int
    name: str
    source: str
    origin: str
    pages: int = 1
    dossier_id: UUID | None = None
    paper_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ChosenPage:
    """A page (from 0) of a capture for a copy, turned clockwise by quarter turns."""

    capture_id: UUID
    page: int = 0
    turn: int = 0


def capture(*, taken: Taken, unit_id: int, actor: Actor, at: datetime) -> UUID:
    """Take a file in, for a dossier or into the tray of a unit. The same origin is taken in once.

    Raises capture.not_your_tray; for a dossier what `attach` raises.
    """
    known = _by_origin(taken.origin)
    if known is not None:
        return known
    try:
        with act(events.CAPTURED, actor=actor, at=at) as a:
            policies.to_capture(actor, unit_id, taken.dossier_id, a)
            if taken.paper_id is not None and taken.dossier_id is not None:
                attachments.rows(taken.dossier_id, [_attached(taken)], a.at)
            made = _insert(taken, unit_id, a)
            a.about("capture", made, {"source": taken.source, "file": taken.blob_id})
    except _TakenMeanwhile:
        return _by_origin(taken.origin) or made
    return made


def drop_capture(*, capture_id: UUID, actor: Actor, at: datetime) -> None:
    """Put a capture aside that is of no use; its bytes stay. Raises capture.not_visible,
    capture.not_waiting."""
    with act(events.CAPTURE_DROPPED, actor=actor, at=at) as a:
        found = scans.one(actor, capture_id)
        policies.to_capture(actor, found.unit_id, found.dossier_id, a)
        _lock([capture_id], found.dossier_id)
        a.hold("capture", capture_id)
        a.update(Capture, [(capture_id, {"state": Capture.State.DROPPED.value})])
        a.about("capture", capture_id, {"state": "dropped"})


def pair_phone(
    *,
    dossier_id: UUID,
    paper_id: UUID | None,
    minutes: int,
    held_id: int | None,
    actor: Actor,
    at: datetime,
) -> tuple[UUID, str]:
    """Allow one phone to send pictures to a dossier for some minutes; returns the pairing and its token,
    which is kept nowhere. Raises what `attach` raises, phone.only_officers."""
    token = secrets.token_urlsafe(24)
    with act(events.PHONE_PAIRED, actor=actor, at=at) as a:
        case = policies.to_attach(actor, dossier_id, a)
        account_id, unit_id = policies.to_pair(actor)
        if paper_id is not None:
            attachments.rows(dossier_id, [Attached(0, "", paper_id)], a.at)
        made = new_id()
        row = {
            "id": made,
            "dossier_id": case.id,
            "paper_id": paper_id,
            "unit_id": unit_id,
            "account_id": account_id,
            "held_id": held_id,
            "digest": scans.token_digest(token),
            "made_at": a.at,
            "ends_at": a.at + timedelta(minutes=minutes),
        }
        a.insert(Pairing, [row])
        a.about("pairing", made, {"dossier": str(case.id), "until": row["ends_at"]})
    return made, token


def end_pairing(*, dossier_id: UUID, pairing_id: UUID, actor: Actor, at: datetime) -> None:
    """The phone may send no more. Ended already, nothing is done. Raises dossier.not_visible."""
    with act(events.PAIRING_ENDED, actor=actor, at=at) as a:
        policies.to_attach(actor, dossier_id, a)
        a.hold("pairing", pairing_id)
        ended = sql.fetch(_END, [a.at, pairing_id, dossier_id, a.at])
        a.about("pairing", pairing_id, {"ended": bool(ended)})


def digitise(
    *,
    dossier_id: UUID,
    paper_id: UUID | None,
    chosen: Sequence[ChosenPage],
    name: str,
    actor: Actor,
    at: datetime,
) -> UUID:
    """Make one digitised copy of pages of captures, in their order, for a paper; returns its attachment.

    PDF/A-2b, signed where the clerk or his unit has a certificate (NĐ 30/2020 PL I); else it says that it
    is not. The originals stay as they are. Raises what `attach` raises, capture.not_visible,
    capture.not_waiting, and what `digitising.make`, `_key` and `signing` raise.
    """
    policies.to_see(actor, dossier_id)
    held = [_usable(scans.one(actor, page.capture_id), dossier_id) for page in chosen]
    certificate = _key(actor, at)
    pages = [
        digitising.Page(one.sha256, one.media_type, page.page, page.turn)
        for one, page in zip(held, chosen, strict=True)
    ]
    copy = digitising.make(pages, title=name, mark=_mark(actor, at, bool(certificate)), at=at)
    pdf = copy.pdf
    if certificate:
        pdf = signing.sign(pdf, certificate, reason="Số hóa giấy tờ của hồ sơ")
    blob_id = files.store([pdf], f"{name}.pdf", actor=actor, at=at, limit=LARGEST)
    with act(events.DIGITISED, actor=actor, at=at) as a:
        policies.to_attach(actor, dossier_id, a)
        _lock([page.capture_id for page in chosen], dossier_id)
        attached = Attached(blob_id, f"{name}.pdf", paper_id, Attachment.Kind.DIGITISED)
        (row,) = attachments.rows(dossier_id, [attached], a.at)
        a.insert(Attachment, [row])
        a.insert(DigitisedCopy, [_copy(row, chosen, copy.dpi, certificate, a)])
        used = {"state": Capture.State.USED.value, "dossier_id": dossier_id, "paper_id": paper_id}
        a.update(Capture, {page.capture_id: used for page in chosen}.items())
        a.about("dossier", dossier_id, {"files": [blob_id], "signed": bool(certificate)})
    return UUID(str(row["id"]))


class _TakenMeanwhile(Exception):
    """Somebody else took the same file in first; the act comes to nothing."""


def _by_origin(origin: str) -> UUID | None:
    rows = sql.fetch("SELECT id FROM dossiers_capture WHERE origin = %s", [origin])
    return rows[0]["id"] if rows else None


def _attached(taken: Taken) -> Attached:
    return Attached(taken.blob_id, taken.name, taken.paper_id)


def _insert(taken: Taken, unit_id: int, a: Act) -> UUID:
    made = new_id()
    values = [
        *(made, unit_id, taken.dossier_id, taken.paper_id, taken.blob_id, a.actor.account_id),
        *(taken.source, taken.name[:255], taken.origin, taken.pages, a.at),
    ]
    if not sql.fetch(_CAPTURE, values):
        raise _TakenMeanwhile
    return made


def _usable(found: Captured, dossier_id: UUID) -> Captured:
    if found.state == Capture.State.DROPPED or found.dossier_id not in (None, dossier_id):
        raise Refusal("capture.not_waiting")
    return found


def _lock(captures: Sequence[UUID], dossier_id: UUID | None) -> None:
    """Hold captures that are still there for this dossier (or lie in a tray)."""
    wanted = set(captures)
    found = sql.fetch(_LOCKED, [list(wanted), dossier_id])
    if len(found) != len(wanted):
        raise Refusal("capture.not_waiting")


def _key(actor: Actor, at: datetime) -> keys.Key | None:
    """The key a copy is signed with; one that the register of certificates knows signs only while it
    stands there. Raises what keys.find and certificates.to_sign raise."""
    key = keys.find(_signers(actor), at)
    known = certificates.held(key.fingerprint) if key else None
    if known:
        own = actor.account_id if known.account_id else None
        unit_id = None if known.account_id else known.unit_id
        certificates.to_sign(known.fingerprint, account_id=own, unit_id=unit_id, at=at)
    return key


def _signers(actor: Actor) -> list[str]:
    """Whose certificate signs: the clerk's own, his unit's, his agency's."""
    names = [people.username(actor.account_id)] if actor.account_id else []
    units = [unit_id for unit_id in (actor.unit_id, actor.agency_id) if unit_id]
    return names + [organisations.unit(unit_id).key for unit_id in units]


def _mark(actor: Actor, at: datetime, signed: bool) -> list[str]:
    """The block of NĐ 30/2020 PL I: form of the copy, who made it, when."""
    unit = organisations.unit(actor.agency_id or actor.unit_id or 0).name if actor.unit_id else ""
    moment = at.astimezone(ZONE).strftime("%d/%m/%Y %H:%M:%S +07:00")
    return ["Bản số hóa" if signed else "Bản số hóa, chưa ký số", unit, moment]


def _copy(
    row: dict[str, object],
    chosen: Sequence[ChosenPage],
    dpi: int | None,
    certificate: keys.Key | None,
    a: Act,
) -> dict[str, object]:
    pages = [{"capture": str(p.capture_id), "page": p.page, "turn": p.turn} for p in chosen]
    return {
        "id": new_id(),
        "dossier_id": row["dossier_id"],
        "attachment_id": row["id"],
        "pages": pages,
        "dpi": dpi,
        "signed_by": certificate.holder if certificate else "",
        "made_by_id": a.actor.account_id,
        "made_at": a.at,
    }


_CAPTURE = """
INSERT INTO dossiers_capture
    (id, unit_id, dossier_id, paper_id, blob_id, account_id, source, state, name, origin, pages, at)
VALUES (%s, %s, %s, %s, %s, %s, %s, 'waiting', %s, %s, %s, %s)
ON CONFLICT (origin) DO NOTHING RETURNING id
"""
_LOCKED = """
SELECT id FROM dossiers_capture
WHERE id = ANY(%s) AND state <> 'dropped' AND (dossier_id IS NULL OR dossier_id = %s)
ORDER BY id FOR NO KEY UPDATE
"""
_END = """
UPDATE dossiers_pairing SET ends_at = %s WHERE id = %s AND dossier_id = %s AND ends_at > %s RETURNING id
"""
