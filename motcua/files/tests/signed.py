"""Signed files made for tests, by an authority that is worth nothing outside them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdf
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter

from motcua.files.pades import apart


def blank() -> bytes:
    """A PDF of one empty page."""
    made = pypdf.PdfWriter()
    made.add_blank_page(595, 842)
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


def sign(pdf: bytes, folder: Path, name: str, field: str = "NguoiKy") -> bytes:
    """The PDF signed now (PAdES B-B) by the PKCS#12 of a name."""
    load: Any = signers.SimpleSigner.load_pkcs12
    password = (folder / f"{name}.pass").read_text().strip().encode()
    meta = signers.PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    signer = signers.PdfSigner(meta, load(str(folder / f"{name}.p12"), passphrase=password))
    out = io.BytesIO()
    update = IncrementalPdfFileWriter(io.BytesIO(pdf))
    apart(lambda: signer.sign_pdf(update, output=out), 60)
    return out.getvalue()


def updated(pdf: bytes) -> bytes:
    """The PDF with its page made another by a later update: what a shadow attack does."""
    written = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    page = written.root["/Pages"]["/Kids"][0].get_object()
    box = page["/MediaBox"]
    box[2] = box[3]
    written.mark_update(page.container_ref)
    out = io.BytesIO()
    written.write(out)
    return out.getvalue()


def bitten(pdf: bytes) -> bytes:
    """The PDF with one byte of what is signed made another."""
    place = pdf.index(b"/MediaBox") + 1
    return pdf[:place] + b"N" + pdf[place + 1 :]
