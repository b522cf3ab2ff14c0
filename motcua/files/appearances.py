"""What a signature, a seal, a number look like on the page: set by typst with the fonts of the house.

NĐ 30/2020 PL I: a person's signature is its picture in blue; an agency's is its seal in red, true size; the
time reads day-month-year, hour-minute-second, Vietnam's zone. What a certificate that says of itself that
it has no legal value has signed says so on the page too.
"""

from __future__ import annotations

import base64
import io
import json
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, cast

import segno
import typst

from motcua.files.rendering import clean
from motcua.statutory.paper_forms import FONTS

TEMPLATES = Path(__file__).parent.parent / "statutory" / "documents"
_OFFSET = timezone(timedelta(hours=7))
_local = threading.local()


@dataclass(frozen=True, slots=True)
class Size:
    """Points across and down."""

    width: float
    height: float


def time_text(at: datetime) -> str:
    """28/01/2022 09:05:00 +07:00 (NĐ 30/2020 PL I)."""
    return at.astimezone(_OFFSET).strftime("%d/%m/%Y %H:%M:%S +07:00")


def person(size: Size, *, holder: str, at: datetime, picture: bytes | None, mark: str) -> bytes:
    """A person's signature as a page of that size: his own picture of it, else his name in blue."""
    return _set(
        size, "person", holder=holder, time=time_text(at), picture=_drawn(picture, size),
        mark=mark,
    )  # fmt: skip


def seal(size: Size, *, holder: str, at: datetime, picture: bytes | None, mark: str) -> bytes:
    """An agency's seal as a page of that size: its own picture, else a red ring with its name."""
    return _set(
        size, "seal", holder=holder, time=time_text(at), picture=_drawn(picture, size), mark=mark
    )  # fmt: skip


def words(size: Size, text: str, *, slanted: bool, points: float) -> bytes:
    """What stands in an open field (a number, a date), on white so that dots under it do not show."""
    return _set(size, "words", text=text, slanted=slanted, points=points)


def code(size: Size, url: str) -> bytes:
    """The QR code by which a document is verified."""
    return _set(size, "code", code=qr(url))


def qr(url: str) -> str:
    """A QR code as SVG."""
    svg = io.BytesIO()
    segno.make(url, micro=False, error="m").save(svg, kind="svg", border=1, xmldecl=False)
    return svg.getvalue().decode()


def _drawn(picture: bytes | None, size: Size) -> str:
    """The picture within an SVG: what is given to the typesetter is text."""
    if picture is None:
        return ""
    data = base64.b64encode(picture).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size.width} {size.height}">'
        f'<image width="{size.width}" height="{size.height}" href="data:image/png;base64,{data}"/></svg>'
    )


def _set(size: Size, kind: str, **shown: Any) -> bytes:
    texts = {k: clean(v) if k in ("holder", "text") else v for k, v in shown.items()}
    given = {"kind": kind, "width": size.width, "height": size.height, **texts}
    made = _compiler().compile(
        input=TEMPLATES / "appearance.typ",
        format="pdf",
        sys_inputs={"appearance": json.dumps(given, ensure_ascii=False)},
        pdf_standards="a-2b",
        pdf_tags=False,
    )
    return cast(bytes, made)


def _compiler() -> typst.Compiler:
    """One for each thread, as it allows one user at a time."""
    if not hasattr(_local, "compiler"):
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
        )
        _local.compiler = typst.Compiler(root=TEMPLATES, font_paths=fonts)
    compiler: typst.Compiler = _local.compiler
    return compiler
