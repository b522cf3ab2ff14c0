"""What the signatures of a PDF are, as plain facts. Runs in the workshop, on bytes nobody vouches for.

Nothing is fetched: what a certificate's authority would be asked comes back as questions, and the answers
come in with the next look. What the facts mean is decided by `rules.signatures`.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import logging
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from asn1crypto import crl, ocsp, x509
from pyhanko import version
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import SignatureValidationError, ValidationInfoReadingError
from pyhanko.sign.validation.pdf_embedded import (
    EmbeddedPdfSignature,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.authority import AuthorityWithCert
from pyhanko_certvalidator.errors import ExpiredError, NotYetValidError, RevokedError
from pyhanko_certvalidator.fetchers.common_utils import (
    format_ocsp_request,
    gather_aia_issuer_urls,
    unpack_cert_content,
)

from motcua.files.trust import authorities
from motcua.files.workshop import bears_signature

ENGINE = f"pyHanko {version.__version__}"
MOST_SIGNATURES = 40
"""A paper signed by a whole commission has a dozen; more is a file made to keep us busy."""
MOST_QUESTIONS = 12
MOST_WORDS = 12
"""Words on revocation looked at one by one; a file kept for long has two or three."""
LONGEST = 200
_USAGE = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
)
_UNREADABLE = (PdfError, SignatureValidationError, ValidationInfoReadingError, ValueError, TypeError,
               KeyError, IndexError, AttributeError, AssertionError, NotImplementedError, OSError,
               RecursionError)  # fmt: skip
"""What parsers raise at what they were not made for: whatever it is, the signature cannot be read."""

Facts = dict[str, Any]


@dataclass(slots=True)
class Known:
    """What a chain is judged by: roots, other certificates, and what authorities said of revocation."""

    now: datetime
    roots: list[Any] = field(default_factory=list)
    others: list[Any] = field(default_factory=list)
    ocsps: list[Any] = field(default_factory=list)
    crls: list[Any] = field(default_factory=list)

    def context(self, moment: datetime, mode: str = "soft-fail") -> ValidationContext:
        return ValidationContext(
            trust_roots=self.roots,
            other_certs=self.others,
            moment=moment,
            ocsps=self.ocsps,
            crls=self.crls,
            allow_fetching=False,
            revocation_mode=mode,
            retroactive_revinfo=True,
        )


def judge(task: Facts) -> Facts:
    """The facts of every signature and time stamp in the file at `path`, in the order they were made.

    `trust` names a folder of certificates (None: nobody is trusted), `answers` files with what authorities
    said. A file whose signatures cannot be reached comes back as `unreadable`, one without as {}.
    """
    logging.disable(logging.CRITICAL)
    known = _known(task["trust"], task["answers"])
    content = Path(task["path"]).read_bytes()
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        found = [*reader.embedded_signatures]
        _add_kept(reader, known)
    except _UNREADABLE as error:
        why = type(error).__name__
        return {"engine": ENGINE, "at": _time(known.now), "unreadable": why, "signatures": []}
    if not found and not bears_signature(content):
        return {}
    facts, asked = asyncio.run(_all(found[:MOST_SIGNATURES], known, content))
    return {
        "engine": ENGINE,
        "at": _time(known.now),
        "unreadable": "" if found else "no field",
        "signatures": facts,
        "questions": asked[:MOST_QUESTIONS],
    }


async def _all(
    found: list[EmbeddedPdfSignature], known: Known, content: bytes
) -> tuple[list[Facts], list[Facts]]:
    for one in found:
        with suppress(*_UNREADABLE):
            known.others.extend(one.other_embedded_certs)
    stamps = [(one, await _stamp(one, known)) for one in found if _is_stamp(one)]
    proven = [
        (one.signed_revision, facts["stamped_at"]) for one, facts in stamps if facts["stamped_at"]
    ]
    made = dict(stamps)
    facts, asked = [], []
    for one in found:
        if one not in made:
            later = [at for revision, at in proven if revision > one.signed_revision]
            made[one] = await _signature(one, known, min(later, default=""))
            with suppress(*_UNREADABLE):
                asked += _questions(one.signer_cert, known)
        made[one] |= _place(one, content)
        facts.append(made[one])
    return facts, asked


def _is_stamp(one: EmbeddedPdfSignature) -> bool:
    return str(one.sig_object.get("/SubFilter")) == "/ETSI.RFC3161"


async def _stamp(one: EmbeddedPdfSignature, known: Known) -> Facts:
    facts = _blank(one, "stamp")
    try:
        status = await async_validate_pdf_timestamp(one, known.context(known.now))
    except _UNREADABLE as error:
        return facts | {"problem": type(error).__name__}
    trusted = bool(status.trusted and status.valid and status.intact)
    return facts | {
        **_integrity(one, status),
        **_named(status.signing_cert),
        "stamped_at": _time(status.timestamp) if trusted else "",
        "chain": "trusted" if trusted else "untrusted",
    }


async def _signature(one: EmbeddedPdfSignature, known: Known, proven: str) -> Facts:
    facts = _blank(one, "signature")
    try:
        status = await async_validate_pdf_signature(
            one,
            ValidationContext(trust_roots=[], allow_fetching=False),
            known.context(known.now),
            key_usage_settings=_USAGE,
        )
    except _UNREADABLE as error:
        return facts | {"problem": type(error).__name__}
    stamp = status.timestamp_validity
    stamped = _time(stamp.timestamp) if stamp and stamp.trusted else ""
    stamped = min(filter(None, (stamped, proven)), default="")
    claimed = _time(one.self_reported_timestamp)
    facts |= {
        **_integrity(one, status),
        **_named(status.signing_cert),
        "claimed_at": claimed,
        "stamped_at": stamped,
        "stamp": _stamp_state(stamp),
        "level": _level(one, stamped=bool(stamp), kept=bool(known.ocsps or known.crls),
                        later=bool(proven)),
    }  # fmt: skip
    return facts | await _chain(status.signing_cert, known, claimed=claimed, stamped=stamped)


def _stamp_state(stamp: Any) -> str:
    if stamp is None:
        return ""
    if not (stamp.valid and stamp.intact):
        return "broken"
    return "trusted" if stamp.trusted else "untrusted"


async def _chain(signer: Any, known: Known, *, claimed: str, stamped: str) -> Facts:
    """Whether the signer's certificate leads to a root and was good when it signed: at the time a trusted
    stamp proves, else now; what was good only at the time the signer claims is `expired_since`."""
    moment = datetime.fromisoformat(stamped) if stamped else known.now
    chain, revoked_at = await _at(signer, known, moment)
    if chain == "expired" and not stamped and claimed:
        then, revoked = await _at(signer, known, datetime.fromisoformat(claimed))
        if then == "trusted":
            return {"chain": "expired_since", "revocation": "unknown", "revoked_at": ""}
        chain, revoked_at = then, revoked
    revocation = "revoked" if chain == "revoked" else "unknown"
    if chain == "trusted":
        certain, _ = await _at(signer, known, moment, "require")
        revocation = "good" if certain == "trusted" else "unknown"
    return {"chain": chain, "revocation": revocation, "revoked_at": revoked_at}


async def _at(
    signer: Any, known: Known, moment: datetime, mode: str = "soft-fail"
) -> tuple[str, str]:
    check = CertificateValidator(signer, validation_context=known.context(moment, mode))
    try:
        await check.async_validate_path()
    except RevokedError as revoked:
        return "revoked", _time(revoked.revocation_dt)
    except (ExpiredError, NotYetValidError):
        return "expired", ""
    except Exception:
        return await _sorted_out(signer, known, moment, mode)
    usage = signer.key_usage_value
    signs = usage is None or {"digital_signature", "non_repudiation"} & set(usage.native)
    return ("trusted" if signs else "untrusted"), ""


async def _sorted_out(signer: Any, known: Known, moment: datetime, mode: str) -> tuple[str, str]:
    """A chain that breaks, with each word on revocation taken alone: what nobody we trust has signed must
    neither spoil the chain nor hide what somebody did sign."""
    bare = replace(known, ocsps=[], crls=[])
    words = [replace(bare, ocsps=[one]) for one in known.ocsps]
    words += [replace(bare, crls=[one]) for one in known.crls]
    if len(words) > 1:
        said = [await _at(signer, one, moment, mode) for one in words[:MOST_WORDS]]
    else:
        said = [await _at(signer, bare, moment, mode)] if words else []
    for chain in ("revoked", "trusted", "expired"):
        for found in said:
            if found[0] == chain:
                return found
    return "untrusted", ""


def _integrity(one: EmbeddedPdfSignature, status: Any) -> Facts:
    later = one.diff_result
    changed = later.modification_level.name if isinstance(later, DiffResult) else "OTHER"
    return {
        "intact": bool(status.intact),
        "valid": bool(status.valid),
        "coverage": one.coverage.name if one.coverage else "UNCLEAR",
        "modification": changed,
        "allowed": getattr(status, "docmdp_ok", None) is not False,
        "digest": str(one.md_algorithm),
    }


def _blank(one: EmbeddedPdfSignature, kind: str) -> Facts:
    return {
        "kind": kind, "field": _short(one.field_name), "problem": "", "intact": False, "valid": False,
        "coverage": "UNCLEAR", "modification": "OTHER", "allowed": False, "digest": "",
        "subfilter": str(one.sig_object.get("/SubFilter"))[:40], "holder": "", "organisation": "",
        "title": "", "issuer": "", "serial": "", "fingerprint": "", "valid_from": "", "valid_to": "",
        "claimed_at": "", "stamped_at": "", "stamp": "", "level": "", "chain": "untrusted",
        "revocation": "unknown", "revoked_at": "",
    }  # fmt: skip


def _named(certificate: Any) -> Facts:
    subject = certificate.subject.native
    issuer = certificate.issuer.native
    return {
        "holder": _short(subject.get("common_name") or certificate.subject.human_friendly),
        "organisation": _short(subject.get("organization_name") or ""),
        "title": _short(subject.get("title") or ""),
        "issuer": _short(issuer.get("common_name") or certificate.issuer.human_friendly),
        "serial": f"{certificate.serial_number:x}"[:64],
        "fingerprint": certificate.sha256.hex(),
        "valid_from": _time(certificate.not_valid_before),
        "valid_to": _time(certificate.not_valid_after),
    }


def _level(one: EmbeddedPdfSignature, *, stamped: bool, kept: bool, later: bool) -> str:
    """The PAdES level (ETSI EN 319 142-1): with a stamp T, with what is needed to check it LT, stamped
    again LTA; other kinds of signature have none."""
    if str(one.sig_object.get("/SubFilter")) != "/ETSI.CAdES.detached":
        return ""
    if not (stamped or later):
        return "B-B"
    if not kept:
        return "B-T"
    return "B-LTA" if later else "B-LT"


def _place(one: EmbeddedPdfSignature, content: bytes) -> Facts:
    """The bytes of the file up to the end of what is signed, by their hash: the file as it was then."""
    try:
        start, _, second, length = (int(number) for number in one.byte_range)
    except _UNREADABLE:
        return {"covered": ""}
    end = second + length
    if start or not 0 < end <= len(content):
        return {"covered": ""}
    return {"covered": hashlib.sha256(memoryview(content)[:end]).hexdigest()}


def _questions(signer: Any, known: Known) -> list[Facts]:
    """What the authorities would be asked about the chain of a certificate."""
    by_name: dict[str, Any] = {one.subject.hashable: one for one in [*known.others, *known.roots]}
    asked: list[Facts] = []
    certificate = signer
    for _ in range(4):
        if certificate.self_issued:
            break
        issuer = by_name.get(certificate.issuer.hashable)
        if issuer is None:
            asked += [_ask("issuer", url) for url in gather_aia_issuer_urls(certificate)]
            break
        asked += _of_revocation(certificate, issuer)
        certificate = issuer
    return asked


def _of_revocation(certificate: Any, issuer: Any) -> Iterator[Facts]:
    for url in certificate.ocsp_urls:
        request = format_ocsp_request(
            certificate,
            AuthorityWithCert(issuer),
            certid_hash_algo="sha1",
            request_nonces=False,
        )
        yield _ask("ocsp", url, request.dump())
    for point in certificate.crl_distribution_points:
        if point.url:
            yield _ask("crl", point.url)


def _ask(kind: str, url: str, body: bytes = b"") -> Facts:
    return {"kind": kind, "url": url[:1000], "body": b64encode(body).decode()}


def _add_kept(reader: PdfFileReader, known: Known) -> None:
    """What the file itself keeps for its checking (the DSS of PAdES-LT)."""
    with suppress(*_UNREADABLE):
        kept = DocumentSecurityStore.read_dss(reader)
        known.others.extend(kept.load_certs())
        for reference in kept.ocsps:
            _take("ocsp", reference.get_object().data, known)
        for reference in kept.crls:
            _take("crl", reference.get_object().data, known)


def _known(trust: str | None, answers: Iterable[Facts]) -> Known:
    roots, others = authorities(Path(trust) if trust else None)
    known = Known(datetime.now(UTC), roots, others)
    for answer in answers:
        with suppress(*_UNREADABLE):
            _take(answer["kind"], Path(answer["path"]).read_bytes(), known)
    return known


def _take(kind: str, content: bytes, known: Known) -> None:
    """An answer of an authority, or what the file keeps of one; one that cannot be read is none."""
    if kind == "ocsp":
        response = ocsp.OCSPResponse.load(content)
        if response["response_status"].native == "successful":
            ValidationContext(trust_roots=[], ocsps=[response], allow_fetching=False)
            known.ocsps.append(response)
    elif kind == "crl":
        listed = crl.CertificateList.load(content)
        ValidationContext(trust_roots=[], crls=[listed], allow_fetching=False)
        known.crls.append(listed)
    else:
        known.others.extend(
            one
            for one in unpack_cert_content(content, None, "", permit_pem=True)
            if isinstance(one, x509.Certificate)
        )


def _short(text: Any) -> str:
    plain = ", ".join(map(str, text)) if isinstance(text, list) else str(text)
    return "".join(c for c in plain if c.isprintable())[:LONGEST]


def _time(moment: datetime | None) -> str:
    if moment is None:
        return ""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
