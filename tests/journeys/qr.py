"""The QR code of a paper, read back from the strokes it is drawn with."""

from __future__ import annotations

import io
import re

import pypdf
import segno

STROKE = re.compile(rb"\b(\d+) (\d+)\.5 m (\d+) \2\.5 l\b")
BORDER = 1


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def has_qr(pdf: bytes, text: str) -> bool:
    """Whether the first page shows the QR code of `text`, module by module."""
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    drawn = {
        (x - BORDER, int(y) - BORDER)
        for start, y, end in STROKE.findall(page.get_contents().get_data())
        for x in range(int(start), int(end))
    }
    made = segno.make(text, micro=False, error="m").matrix
    return drawn == {(x, y) for y, row in enumerate(made) for x, dark in enumerate(row) if dark}
