"""Signatures of digitised copies: PAdES B-B with a certificate from a folder of PKCS#12 files.

MOTCUA_CERTIFICATES names the folder: `<name>.p12`, its password in `<name>.pass`. A name is an account's
user name or a unit's key. Where no file is, nothing is signed; a file that cannot be used is an error
that is told, never a copy that looks signed. pyHanko is loaded with the first signature: it takes a second
of processor, which no process without certificates should pay at its start.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from motcua.rules.refusal import Refusal

FIELD = "BanSoHoa"
_NAME = re.compile(r"[\w.-]{1,80}")


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate with its key, and whom it names."""

    signer: Any
    holder: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What looking at a signature tells: unaltered, over the whole file, by a chain to a trusted root."""

    intact: bool
    whole: bool
    trusted: bool
    holder: str


def certificate_for(names: Sequence[str], at: datetime) -> Certificate | None:
    """The certificate of the first of `names` that has one; None where none has.

    Raises file.certificate_unreadable, file.certificate_not_valid.
    """
    if settings.CERTIFICATES is None:
        return None
    for name in names:
        file: Path = settings.CERTIFICATES / f"{name}.p12"
        if _NAME.fullmatch(name) and file.is_file():
            return _loaded(file, at)
    return None


def sign(pdf: bytes, certificate: Certificate, *, reason: str) -> bytes:
    """The PDF with a signature upon all of it (PAdES B-B); what was there stays as it was."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigSeedSubFilter

    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
    )
    out = io.BytesIO()
    signer, written = (
        signers.PdfSigner(meta, certificate.signer),
        IncrementalPdfFileWriter(io.BytesIO(pdf)),
    )
    _apart(lambda: signer.sign_pdf(written, output=out))
    return out.getvalue()


def check(pdf: bytes, roots: Sequence[Any]) -> Checked | None:
    """The last signature of a PDF against `roots` (as pyhanko.keys loads them); None where there is none.

    Nothing is fetched.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    if not found:
        return None
    context = ValidationContext(trust_roots=list(roots), allow_fetching=False)
    status = _apart(lambda: validate_pdf_signature(found[-1], context))
    return Checked(
        intact=bool(status.intact and status.valid),
        whole=found[-1].evaluate_signature_coverage().name == "ENTIRE_FILE",
        trusted=bool(status.trusted),
        holder=_holder(status.signing_cert),
    )


def _apart(call: Callable[[], Any]) -> Any:
    """In a thread of its own: pyHanko runs an event loop, which a thread that has one already refuses."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(call).result()


def _loaded(file: Path, at: datetime) -> Certificate:
    from pyhanko.sign import signers

    try:
        password = file.with_suffix(".pass").read_text().strip().encode()
        load: Callable[..., Any] = signers.SimpleSigner.load_pkcs12
        signer = load(str(file), passphrase=password)
    except (OSError, ValueError):
        signer = None
    if signer is None or signer.signing_cert is None:
        raise Refusal("file.certificate_unreadable", {"name": file.name})
    validity = signer.signing_cert["tbs_certificate"]["validity"]
    until = validity["not_after"].native
    if not validity["not_before"].native <= at <= until:
        raise Refusal("file.certificate_not_valid", {"name": file.name, "until": until})
    return Certificate(signer, _holder(signer.signing_cert))


def _holder(certificate: Any) -> str:
    named = certificate.subject.native
    return str(named.get("common_name") or certificate.subject.human_friendly)[:200]
