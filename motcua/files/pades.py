"""The making of a PAdES signature with pyHanko: the appearance, the time, what later proves the certificate.

Loaded with the first signature only. The level is as high as what is connected allows: B-B; with a time
stamp service B-T; with the roots of trust and the certificate's own services in reach B-LT.
"""

from __future__ import annotations

import asyncio
import io
import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, TypeVar

from asn1crypto import tsp
from django.conf import settings
from pyhanko.pdf_utils import content, layout
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    NotYetValidError,
    PathError,
    RevokedError,
    ValidationError,
)

from motcua.files.apart import apart
from motcua.files.keys import Key
from motcua.files.ports import REVOCATION, TIME_STAMPS, TimeStamps
from motcua.files.trust import authorities
from motcua.rules.refusal import Refusal

SECONDS = 60.0
"""What a signature may take in all; a token or a service that says nothing so long is gone."""
CLOCKS_APART = timedelta(minutes=5)
"""How much the clocks of authorities may differ from ours."""
Made = TypeVar("Made")
_log = logging.getLogger(__name__)


def signed(
    update: IncrementalPdfFileWriter,
    key: Key,
    *,
    field: str,
    reason: str,
    page: bytes | None = None,
    at: datetime | None = None,
) -> bytes:
    """The update with a signature in `field`, whose appearance is the PDF `page`, dated `at`.

    Raises sign.token_gone, sign.no_time_stamp, sign.revoked, sign.expired, sign.failed.
    """
    service: Any = TIME_STAMPS.plugged
    stamper = _stamper(service) if service else None
    return bytes(alone(lambda: asyncio.run(_sign(update, key, field, reason, page, at, stamper))))


async def _sign(
    update: IncrementalPdfFileWriter,
    key: Key,
    field: str,
    reason: str,
    page: bytes | None,
    at: datetime | None,
    stamper: _Stamper | None,
) -> bytes:
    proofs = await _proofs(key, stamper)
    meta = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
        embed_validation_info=bool(proofs and stamper),
        validation_context=proofs if stamper else None,
    )
    signer = _Dated(
        meta, key.signer, timestamper=stamper, stamp_style=_style(page) if page else None
    )
    signer.at = at
    out = io.BytesIO()
    try:
        await signer.async_sign_pdf(update, output=out)
    except Refusal:
        raise
    except Exception as failure:
        # What a document nobody vouches for does to a parser has many names; nothing is signed then.
        _log.warning("A signature was not made: %s", failure)
        raise Refusal("sign.failed") from None
    return out.getvalue()


async def _proofs(key: Key, stamper: Any) -> ValidationContext | None:
    """A context that can prove certificate and time stamp later; None where something for it is not in reach.

    Raises sign.revoked, sign.expired: then the signature would be worth nothing.
    """
    roots, others = authorities(settings.TRUST)
    if not roots or REVOCATION.plugged is None:
        return None
    context = ValidationContext(
        trust_roots=roots,
        other_certs=others,
        allow_fetching=True,
        fetchers=REVOCATION.plugged.fetchers(),
        revocation_mode="hard-fail",
        time_tolerance=CLOCKS_APART,
    )
    chain = list(key.signer.cert_registry)
    try:
        validator: Any = CertificateValidator(
            key.certificate, intermediate_certs=chain, validation_context=context
        )
        await validator.async_validate_usage(set())
        if stamper:
            async for _ in stamper.validation_paths(context):
                pass
    except RevokedError:
        raise Refusal("sign.revoked", {"holder": key.holder}) from None
    except (ExpiredError, NotYetValidError):
        raise Refusal("sign.expired", {"holder": key.holder}) from None
    except (PathError, ValidationError) as lacking:
        _log.warning("Signed without proof of revocation: %s", lacking)
        return None
    return context


class _Stamper(TimeStamper):
    """Time stamps through the port; whatever is no good answer is a refusal."""

    def __init__(self, service: TimeStamps) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._service = service

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        answer = await asyncio.to_thread(self._service.stamp, req.dump())
        return tsp.TimeStampResp.load(answer)

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
        try:
            token = await super().async_timestamp(message_digest, md_algorithm)
            info = token["content"]["encap_content_info"]["content"].parsed
            stamped = info["message_imprint"]["hashed_message"].native
        except (OSError, ValueError, TypeError, KeyError):
            raise Refusal("sign.no_time_stamp") from None
        if stamped != message_digest:
            raise Refusal("sign.no_time_stamp")
        return token


@lru_cache(maxsize=1)
def _stamper(service: Any) -> _Stamper:
    """Kept: it asks the service once how large its stamps are."""
    return _Stamper(service)


def alone(call: Callable[[], Made]) -> Made:
    """In a thread of its own: pyHanko runs an event loop, which a thread that has one already refuses, and
    a token's driver may never come back. Raises sign.token_gone when the time is up."""
    try:
        return apart(call, SECONDS)
    except TimeoutError:
        raise Refusal("sign.token_gone") from None


class _Dated(signers.PdfSigner):
    """A signer that dates its signature by the act, not by the machine."""

    at: datetime | None = None

    def init_signing_session(self, *args: Any, **more: Any) -> Any:
        session = super().init_signing_session(*args, **more)
        session.system_time = self.at or session.system_time
        return session


def _style(page: bytes) -> StaticStampStyle:
    return StaticStampStyle(
        border_width=0,
        background=_Page(page),
        background_layout=layout.SimpleBoxLayoutRule(
            x_align=layout.AxisAlignment.ALIGN_MIN,
            y_align=layout.AxisAlignment.ALIGN_MIN,
            margins=layout.Margins(0, 0, 0, 0),
            inner_content_scaling=layout.InnerScaling.NO_SCALING,
        ),
    )


class _Page(content.PdfContent):
    """A page of its own that is drawn as it is."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._pdf = pdf

    def render(self) -> bytes:
        writer = self._ensure_writer
        drawn = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._pdf)))
        name = "/Trang" + secrets.token_hex(8)
        self.resources.xobject[name] = drawn
        left, low, right, high = (float(n) for n in drawn.get_object()["/BBox"])
        self.box = layout.BoxConstraints(width=right - left, height=high - low)
        return f"{name} Do".encode()
