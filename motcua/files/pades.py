"""The making of a PAdES signature with pyHanko: the appearance, the time, what later proves the certificate.

Loaded with the first signature only. The level is as high as what is connected allows: B-B; with a time
stamp service B-T; with the roots of trust and the certificate's own services in reach B-LT.
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TimeIsUp
from datetime import datetime
from threading import Thread
from typing import Any

from pyhanko.pdf_utils import content, layout
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.stamp import StaticStampStyle

from motcua.files.keys import Key
from motcua.rules.refusal import Refusal

SECONDS = 60.0
"""What a signature may take in all; a token or a service that says nothing so long is gone."""


def signed(
    update: IncrementalPdfFileWriter,
    key: Key,
    *,
    field: str,
    reason: str,
    page: bytes | None = None,
    at: datetime | None = None,
) -> bytes:
    """The update with a signature in `field`, whose appearance is the PDF `page`, dated `at`."""
    meta = signers.PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, reason=reason
    )
    style = _style(page) if page else None
    out = io.BytesIO()
    signer = _Dated(meta, key.signer, stamp_style=style)
    signer.at = at
    apart(lambda: signer.sign_pdf(update, output=out))
    return out.getvalue()


def apart(call: Callable[[], Any], seconds: float = SECONDS) -> Any:
    """In a thread of its own: pyHanko runs an event loop, which a thread that has one already refuses, and
    a token's driver may never come back. Raises sign.token_gone when the time is up."""
    done: Future[Any] = Future()

    def run() -> None:
        try:
            done.set_result(call())
        except BaseException as failure:
            done.set_exception(failure)

    Thread(target=run, daemon=True).start()
    try:
        return done.result(seconds)
    except TimeIsUp:
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
