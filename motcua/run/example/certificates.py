"""Keys of the example: its leaders', its registry clerks' and their agencies', registered for whose they are.

Their authority says of itself that it has no legal value, and so does every document they sign.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from motcua.files import certificates, keys, operations
from motcua.files.authority import Authority
from motcua.files.models import Certificate
from motcua.files.operations import Wanted
from motcua.organisations import queries as organisations
from motcua.people.models import Account
from motcua.rules.actor import Actor, Role
from motcua.run.cast import CAST, Officer

SIGNERS = (Role.LEADER, Role.DIRECTOR, Role.REGISTRY)
DECISION = "Công văn đề nghị cấp chứng thư số (dựng cho bản ví dụ)"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who gets a key: an officer by his user name, or an agency by its key."""

    name: str
    holder: str
    unit_id: int
    account_id: int | None


def raise_certificates(actor: Actor, at: datetime) -> None:
    """Issue the keys into MOTCUA_CERTIFICATES and their root into MOTCUA_TRUST where none are yet, and put
    into the register those it does not have; nothing where either folder is not set. Needs the cast."""
    folder, trust = settings.CERTIFICATES, settings.TRUST
    if folder is None or trust is None:
        return
    there = tuple(holders())
    if not any(folder.glob("*.p12")):
        _issue(there, folder, trust)
    if new := [one for one in there if not _is_registered(one, at)]:
        _register(new, actor, at)


def holders() -> Iterator[Holder]:
    """Those of the cast who sign or seal, and the agencies that have a registry clerk among them."""
    accounts = dict(Account.objects.values_list("username", "id"))
    for one in CAST:
        if not isinstance(one, Officer):
            continue
        for seat in one.seats:
            if seat.role in SIGNERS:
                agency = organisations.unit(organisations.unit_by_key(seat.unit).agency_id)
                yield Holder(one.username, one.name, agency.id, accounts[one.username])
                if seat.role is Role.REGISTRY:
                    yield Holder(agency.key, agency.name, agency.id, None)


def _issue(there: tuple[Holder, ...], folder: Path, trust: Path) -> None:
    authority = Authority()
    authority.publish(trust)
    for one in there:
        authority.issue(folder, one.name, one.holder)


def _is_registered(one: Holder, at: datetime) -> bool:
    key = keys.find([one.name], at)
    return key is None or certificates.held(key.fingerprint) is not None


def _register(new: list[Holder], actor: Actor, at: datetime) -> None:
    kinds = Certificate.Kind
    wanted = [
        Wanted(
            kinds.PERSONAL if one.account_id else kinds.ORGANISATION,
            one.unit_id,
            one.account_id,
            Certificate.Kept.FILE,
        )
        for one in new
    ]
    ids = operations.request_certificates(wanted, requested_by=DECISION, actor=actor, at=at)
    for certificate_id, one in zip(ids, new, strict=True):
        key = keys.find([one.name], at)
        if key is not None:
            operations.register_certificate(
                certificate_id=certificate_id, content=key.certificate.dump(), actor=actor, at=at
            )
