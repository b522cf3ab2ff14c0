"""What the signatures of a file are worth: decided from plain facts, the same way whenever they are read.

A signature counts when it is unaltered, leads to an authority that is trusted, was made while the
certificate was good, and nothing was changed after it (Luật Giao dịch điện tử 2023 Điều 22, 23; NĐ 30/2020
Điều 5, 13). What cannot be proven is said to be unproven, never taken as good.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """What is said of a signature, and of a file by its worst one; from good to bad."""

    VALID = "valid"
    UNCONFIRMED = "unconfirmed"
    """Good as far as the file tells; whether the certificate was revoked is not known."""
    UNPROVEN = "unproven"
    """The certificate has ended since, and no time stamp proves that it was used before."""
    WEAK = "weak"
    """By an algorithm that no longer protects (MD5, SHA-1)."""
    UNTRUSTED = "untrusted"
    UNREADABLE = "unreadable"
    EXPIRED = "expired"
    """Made outside the time the certificate was issued for."""
    REVOKED = "revoked"
    ALTERED = "altered"


REFUSED = frozenset({Verdict.EXPIRED, Verdict.REVOKED, Verdict.ALTERED})
"""What no door takes in as a signed paper."""
COUNTS = frozenset({Verdict.VALID, Verdict.UNCONFIRMED})
_ORDER = tuple(Verdict)
_WEAK = frozenset({"md2", "md5", "sha1"})
_WHOLE = frozenset({"ENTIRE_FILE", "ENTIRE_REVISION"})
_STILL = frozenset({"NONE", "LTA_UPDATES"})
_BY_CHAIN = {
    "revoked": Verdict.REVOKED,
    "expired": Verdict.EXPIRED,
    "expired_since": Verdict.UNPROVEN,
    "untrusted": Verdict.UNTRUSTED,
}


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: who, when, by which certificate, and what it is worth. `signed_at` is proven where
    `stamped`, else only what the signer's computer said."""

    verdict: Verdict
    field: str
    holder: str
    organisation: str
    title: str
    issuer: str
    serial: str
    fingerprint: str
    valid_from: datetime | None
    valid_to: datetime | None
    signed_at: datetime | None
    stamped: bool
    level: str
    revocation: str
    revoked_at: datetime | None
    covered: str
    changed: str

    @property
    def counts(self) -> bool:
        return self.verdict in COUNTS


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said of a file by a look `at` that (real) time; `signatures` in the order they were made, no
    verdict for a file without."""

    verdict: Verdict | None
    signatures: tuple[Signature, ...] = ()
    engine: str = ""
    at: datetime | None = None

    @property
    def is_signed(self) -> bool:
        return self.verdict is not None

    @property
    def refused(self) -> bool:
        return self.verdict in REFUSED

    @property
    def worst(self) -> Signature | None:
        """The signature the verdict of the file comes from, as far as it is one's."""
        return max(self.signatures, key=lambda one: _ORDER.index(one.verdict), default=None)


def judged(facts: Mapping[str, Any]) -> Judgement:
    """What `files.judging` found, weighed. No facts at all: a file without signatures."""
    if not facts:
        return Judgement(None)
    found: Sequence[Mapping[str, Any]] = facts["signatures"]
    signatures = tuple(_signature(one) for one in found if one["kind"] == "signature")
    verdicts = [one.verdict for one in signatures]
    if facts["unreadable"] or not signatures or found[-1]["problem"]:
        verdicts.append(Verdict.UNREADABLE)
    elif found[-1]["modification"] not in _STILL:
        verdicts.append(Verdict.ALTERED)
    worst = max(verdicts, key=_ORDER.index)
    return Judgement(worst, signatures, facts["engine"], _moment(facts.get("at", "")))


@dataclass(frozen=True, slots=True)
class Entered:
    """What the register of certificates says of one: whether it may be used, and since when it may not."""

    good: bool
    ended_at: datetime | None = None


def registered(
    judgement: Judgement, register: Mapping[str, Entered], *, seen_at: datetime
) -> Judgement:
    """The judgement with what our own register says of the certificates, by fingerprint.

    A certificate that was taken back had no right to sign from then on; a signature is known to be older
    only by a trusted stamp, or because the file was seen here before (`seen_at`, the first time).
    """
    signatures = tuple(
        _entered(one, register[one.fingerprint], seen_at) if one.fingerprint in register else one
        for one in judgement.signatures
    )
    if signatures == judgement.signatures:
        return judgement
    rest = [judgement.verdict] if judgement.verdict in _OF_THE_FILE else []
    verdict = max([*rest, *(one.verdict for one in signatures)], key=_ORDER.index)
    return replace(judgement, verdict=verdict, signatures=signatures)


_OF_THE_FILE = (Verdict.UNREADABLE, Verdict.ALTERED)


def _entered(one: Signature, entry: Entered, seen_at: datetime) -> Signature:
    if entry.ended_at is not None:
        known = min(one.signed_at, seen_at) if one.stamped and one.signed_at else seen_at
        if entry.ended_at <= known and one.verdict != Verdict.ALTERED:
            return replace(
                one, verdict=Verdict.REVOKED, revocation="revoked", revoked_at=entry.ended_at
            )
    if entry.good and one.verdict == Verdict.UNCONFIRMED:
        return replace(one, verdict=Verdict.VALID, revocation="good")
    return one


def weigh(facts: Mapping[str, Any]) -> Verdict:
    """What one signature is worth."""
    if facts["problem"]:
        return Verdict.UNREADABLE
    unaltered = (
        facts["intact"]
        and facts["valid"]
        and facts["allowed"]
        and facts["coverage"] in _WHOLE
        and facts["modification"] != "OTHER"
        and facts["stamp"] != "broken"
    )
    if not unaltered:
        return Verdict.ALTERED
    if facts["chain"] != "trusted":
        return _BY_CHAIN[facts["chain"]]
    if facts["digest"] in _WEAK:
        return Verdict.WEAK
    return Verdict.VALID if facts["revocation"] == "good" else Verdict.UNCONFIRMED


def _signature(facts: Mapping[str, Any]) -> Signature:
    return Signature(
        verdict=weigh(facts),
        field=facts["field"],
        holder=facts["holder"],
        organisation=facts["organisation"],
        title=facts["title"],
        issuer=facts["issuer"],
        serial=facts["serial"],
        fingerprint=facts["fingerprint"],
        valid_from=_moment(facts["valid_from"]),
        valid_to=_moment(facts["valid_to"]),
        signed_at=_moment(facts["stamped_at"] or facts["claimed_at"]),
        stamped=bool(facts["stamped_at"]),
        level=facts["level"],
        revocation=facts["revocation"],
        revoked_at=_moment(facts["revoked_at"]),
        covered=facts["covered"],
        changed=facts["modification"],
    )


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
