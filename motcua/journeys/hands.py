"""Whose key signs a result and whose seals it: what the issue of a result asks of the room of files.

A key is found by the name of the account or the unit, and used only where the register of certificates says
that it is his (files.certificates). Nothing here writes; nothing here runs within an act.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from motcua.dossiers import drafting, issuing
from motcua.dossiers.drafting import Found
from motcua.files import certificates, documents, keys, shelves, signing, verification
from motcua.files.keys import Key
from motcua.organisations import queries as organisations
from motcua.people import queries as people
from motcua.rules.actor import Actor
from motcua.rules.casework_drafts import Written
from motcua.rules.refusal import Refusal
from motcua.rules.signatures import REFUSED, Verdict
from motcua.rules.worktime import ZONE

BROKEN = REFUSED | {Verdict.UNREADABLE}


def configured(agency_id: int, at: datetime) -> bool:
    """Whether results of an agency are signed here: it has a registry clerk's post, and a key for its seal
    (also where that cannot be used just now)."""
    if issuing.registry_of(agency_id, at.astimezone(ZONE).date()) is None:
        return False
    try:
        return keys.find([organisations.unit(agency_id).key], at) is not None
    except Refusal:
        return True


def address(token: str) -> str:
    """Where anybody verifies the result: what its QR code says."""
    return f"{settings.PUBLIC_URL}/xac-minh/{token}/"


def of_person(actor: Actor, at: datetime) -> Key:
    """The key the actor signs with. Raises issue.no_certificate and what keys.find and
    certificates.to_sign raise."""
    account_id = actor.account_id
    if account_id is None:
        raise Refusal("issue.no_certificate", {"whose": actor.name})
    key = _found(people.username(account_id), actor.name, at)
    certificates.to_sign(key.fingerprint, account_id=account_id, at=at)
    return key


def of_agency(agency_id: int, at: datetime) -> Key:
    """The key of the agency's seal. Raises what `of_person` raises."""
    agency = organisations.unit(agency_id)
    key = _found(agency.key, agency.name, at)
    certificates.to_sign(key.fingerprint, unit_id=agency_id, at=at)
    return key


def prepared(found: Found, number: int, actor: Actor, url: str) -> bytes:
    """A version as the document to sign: with its open fields, its empty signatures and its QR code."""
    version = found.version(number)
    if version["written"] == Written.WORD:
        if version["pdf"] is None:
            raise Refusal("draft.no_pdf")
        with shelves.read(version["pdf"]) as file:
            return documents.with_fields(file.read(), verify_url=url)
    document = drafting.document(found, number, final=(actor.title, actor.name))
    written: datetime = version["at"]
    return documents.prepared(document, written.astimezone(ZONE).date(), verify_url=url)


def signed(sha256: str, key: Key, *, title: str, at: datetime) -> bytes:
    """The stored document with the person's signature. Raises what signing.sign_person raises, file.lost."""
    with shelves.read(sha256) as file:
        return signing.sign_person(file.read(), key, title=title, at=at)


def sealed(sha256: str, key: Key, *, number: str, on: date, at: datetime, by: str) -> bytes:
    """The signed document with its number, its day and the agency's seal; `by` is the certificate it was
    signed with. Raises what signing.seal raises, file.lost, issue.not_sound."""
    with shelves.read(sha256) as file:
        made = signing.seal(file.read(), key, number=number, on=on, at=at)
    if not sound(made, [by, key.fingerprint]):
        raise Refusal("issue.not_sound")
    return made


def sound(pdf: bytes, certificates_in_order: list[str]) -> bool:
    """Whether a document is whole and bears the signatures of these certificates and no other. It is judged
    apart, as what comes from outside is."""
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        found = verification.judge(Path(file.name))
    whole = not any(one.verdict in BROKEN for one in found.signatures)
    return whole and [one.fingerprint for one in found.signatures] == certificates_in_order


def _found(name: str, whose: str, at: datetime) -> Key:
    key = keys.find([name], at)
    if key is None:
        raise Refusal("issue.no_certificate", {"whose": whose})
    return key
