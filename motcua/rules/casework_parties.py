"""Applicant and submitter apart: who a dossier is of, who handed it in and on what ground.

The applicant of a dossier is its main owner. Beside him there may be other owners, and somebody who hands it
in for them: authorised by a paper, a parent, the legal representative, the post, an officer who helps
(NĐ 61/2018 Đ16; BLDS 2015 Đ134–141). A newborn has no number yet; a foreigner has a passport.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from motcua.rules.casework import Changes
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal


class PartyRole(StrEnum):
    """What somebody is to a dossier."""

    OWNER = "owner"
    CO_OWNER = "co_owner"
    SUBMITTER = "submitter"


class Basis(StrEnum):
    """On what ground somebody hands a dossier in."""

    HIMSELF = "self"
    AUTHORISED = "authorised"
    PARENT = "parent"
    REPRESENTATIVE = "representative"
    MAIL_CARRIER = "mail_carrier"
    OFFICER = "officer"


class Document(StrEnum):
    """By which paper somebody shows who he is."""

    CCCD = "cccd"
    CMND = "cmnd"
    PASSPORT = "passport"
    TAX_CODE = "tax_code"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody of a dossier; `identity` is masked, `identity_digest` keyed."""

    role: PartyRole
    name: str
    document: str = ""
    identity: str = ""
    identity_digest: str = ""
    nationality: str = ""
    basis: str = ""
    authority_number: str = ""
    authority_on: date | None = None


@dataclass(frozen=True, slots=True)
class Consignment:
    """How a dossier came by mail."""

    sender: str
    tracking_number: str
    carrier: str


def check_parties(parties: Sequence[Party], on: date) -> None:
    """Raises dossier.party_name_missing, dossier.authority_missing, dossier.authority_in_future,
    dossier.newborn_without_parent."""
    for party in parties:
        if not party.name.strip():
            raise Refusal("dossier.party_name_missing", {"field": "submitter_name"})
        if party.basis == Basis.AUTHORISED:
            _check_authority(party, on)
    newborn = any(p.role is PartyRole.OWNER and p.document == Document.NONE for p in parties)
    if newborn and not any(p.basis == Basis.PARENT for p in parties):
        raise Refusal("dossier.newborn_without_parent", {"field": "submitter_name"})


def _check_authority(party: Party, on: date) -> None:
    if not party.authority_number.strip() or party.authority_on is None:
        raise Refusal("dossier.authority_missing", {"field": "authority_number"})
    if party.authority_on > on:
        raise Refusal("dossier.authority_in_future", {"field": "authority_on"})


def check_consignment(consignment: Consignment) -> None:
    """Raises dossier.sender_missing, dossier.tracking_number_missing."""
    if not consignment.sender.strip():
        raise Refusal("dossier.sender_missing", {"field": "sender"})
    if not consignment.tracking_number.strip():
        raise Refusal("dossier.tracking_number_missing", {"field": "tracking_number"})


def submitter(parties: Iterable[Party]) -> Party | None:
    """Who handed the dossier in, where that is not the applicant."""
    return next((p for p in parties if p.role is PartyRole.SUBMITTER), None)


def beside(
    changes: Changes, parties: Sequence[Party], consignment: Consignment | None = None
) -> Changes:
    """The changes of an intake with the people behind it and how it came; what it used again is recorded."""
    rows = [
        _row(changes, "party", position=n, **_values(party)) for n, party in enumerate(parties, 1)
    ]
    if consignment is not None:
        rows.append(_row(changes, "consignment", **_values(consignment)))
    told: dict[str, Any] = {}
    reused = sum(bool(v.get("reused_from_id")) for table, v in changes.rows if table == "paper")
    if reused:
        told["reused"] = reused
    handed_in = submitter(parties)
    if handed_in:
        told["submitted_as"] = str(handed_in.basis)
    if consignment is not None:
        told["carrier"] = consignment.carrier
    return replace(changes, rows=(*changes.rows, *rows), recorded={**changes.recorded, **told})


def _values(value: Party | Consignment) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def _row(changes: Changes, table: str, **values: Any) -> tuple[str, Mapping[str, Any]]:
    return table, {"id": new_id(), "dossier_id": changes.case.id, **values}
