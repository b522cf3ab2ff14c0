"""Print a statutory paper as PDF: the declared form and its data in, the same bytes every time out.

Data reaches the typesetter as JSON strings and is set as text, never read as markup. The document's
date and identity come from the data, so a reprint of the same paper is identical. PDF/A-2b (ISO 19005-2).
"""

from __future__ import annotations

import io
import json
import threading
import unicodedata
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, cast

import segno
import typst

from motcua.files import letters
from motcua.statutory import wording
from motcua.statutory.paper_forms import FONTS, PAPERS, DossierPaper, Paper, PaperForm

_LACKING = "□"
_OFFSET = timezone(timedelta(hours=7))  # the typesetter takes fixed offsets only
_local = threading.local()


def render(form: PaperForm, paper: Paper) -> bytes:
    """The paper as PDF on the form's sheet. Safe from any thread; refuses data of another form."""
    if type(paper) is not form.data:
        raise TypeError(f"{form.title} prints {form.data.__name__}, not {type(paper).__name__}")
    inputs = {
        "form": json.dumps(_shown(form), ensure_ascii=False),
        "paper": json.dumps(_shown(paper), ensure_ascii=False),
        "qr": _qr(paper),
    }
    made = _compiler().compile(
        input=PAPERS / form.template,
        format="pdf",
        sys_inputs=inputs,
        pdf_standards="a-2b",
        timestamp=datetime.combine(paper.issued_on, time(), _OFFSET),
    )
    return cast(bytes, made)


def _compiler() -> typst.Compiler:
    """One for each thread: it keeps its parsed templates and fonts, and allows one user at a time."""
    if not hasattr(_local, "compiler"):
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
        )
        _local.compiler = typst.Compiler(root=PAPERS, font_paths=fonts)
    compiler: typst.Compiler = _local.compiler
    return compiler


def _qr(paper: Paper) -> str:
    """What a phone reads: the tracking address, else the code alone; "" where there is neither."""
    text = (paper.tracking_url or paper.code) if isinstance(paper, DossierPaper) else ""
    if not text:
        return ""
    svg = io.BytesIO()
    segno.make(text, micro=False, error="m").save(svg, kind="svg", border=1, xmldecl=False)
    return svg.getvalue().decode()


def _shown(value: Any) -> Any:
    """Plain values under the template's names (`due-at`): moments and dates in words, text cleaned."""
    if is_dataclass(value):
        return {f.name.replace("_", "-"): _shown(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_shown(item) for item in value]
    if isinstance(value, datetime):
        return {"long": wording.long_moment(value), "short": wording.short_moment(value)}
    if isinstance(value, date):
        return {"long": wording.long_date(value), "short": wording.short_date(value)}
    if isinstance(value, str):
        return _clean(value)
    return value if isinstance(value, int) else None


def _clean(text: str) -> str:
    """One Unicode form, no control or direction marks, a box for each letter the font lacks."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    return "".join(_letter(c) for c in composed).strip()


def _letter(c: str) -> str:
    if c == "\n":
        return c
    if unicodedata.category(c)[0] == "C":
        return " "
    return c if ord(c) in letters.printable(FONTS) else _LACKING
