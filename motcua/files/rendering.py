"""Print a statutory paper as PDF: the declared form and its data in, the same bytes every time out.

Data reaches the typesetter as JSON strings and is set as text, never read as markup. The document's
date and identity come from the data, so a reprint of the same paper is identical. PDF/A-2b (ISO 19005-2).
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import threading
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any, cast

import pypdf
import segno
import typst
from barcode.codex import Code128
from barcode.writer import SVGWriter

from motcua.files import letters
from motcua.rules.refusal import Refusal
from motcua.statutory import wording
from motcua.statutory.paper_forms import FONTS, PAPERS, DossierPaper, Paper, PaperForm

_LACKING = "□"
_OFFSET = timezone(timedelta(hours=7))  # the typesetter takes fixed offsets only
SHEET = ("number", "title", "law", "template", "paper", "landscape")
_READ = re.compile(rb'(?:import|include|image|read)\s*\(?\s*"([^"]+)"')
_local = threading.local()
_root = PAPERS


def use_templates(root: Path) -> None:
    """Read templates under another folder from now on: ours and the province's together."""
    global _root
    _root = root


def render(form: PaperForm, paper: Paper) -> bytes:
    """The paper as PDF on the form's sheet. Safe from any thread; refuses data of another form."""
    if type(paper) is not form.data:
        raise TypeError(f"{form.title} prints {form.data.__name__}, not {type(paper).__name__}")
    inputs = {
        "form": json.dumps(_shown(form), ensure_ascii=False),
        "paper": json.dumps(_shown(paper), ensure_ascii=False),
        "qr": _qr(paper),
        "barcode": _barcode(paper),
    }
    made = _compiler().compile(
        input=_root / form.template,
        format="pdf",
        sys_inputs=inputs,
        pdf_standards="a-2b",
        timestamp=datetime.combine(paper.issued_on, time(), _OFFSET),
    )
    return cast(bytes, made)


def sheet_of(form: PaperForm) -> dict[str, Any]:
    """What is kept with a paper besides its data, so that it is printed again as it was issued: the form's
    head and the template with a fingerprint of it."""
    kept: dict[str, Any] = {name: getattr(form, name) for name in SHEET}
    return kept | {"fingerprint": fingerprint(form.template)}


def as_issued(sheet: Mapping[str, Any], form: PaperForm) -> PaperForm:
    """The form a paper was issued on; `form` is what is in force for its day.

    Raises paper.template_changed where the template is no longer what it was.
    """
    try:
        now = fingerprint(sheet["template"])
    except OSError:
        now = ""
    if now != sheet["fingerprint"]:
        raise Refusal("paper.template_changed", {"template": sheet["template"]})
    return replace(form, **{name: sheet[name] for name in SHEET})


@cache
def _fingerprint(root: Path, template: str) -> str:
    told, wanted, seen = hashlib.sha256(), [root / template], set()
    while wanted:
        path = wanted.pop()
        if path in seen:
            continue
        seen.add(path)
        source = path.read_bytes()
        told.update(hashlib.sha256(source).digest())
        wanted += [_beside(root, path, name.decode()) for name in _READ.findall(source)]
    return told.hexdigest()


def fingerprint(template: str) -> str:
    """A digest of a template and of all it reads; raises OSError where one of them is gone."""
    return _fingerprint(_root, template)


def _beside(root: Path, path: Path, name: str) -> Path:
    return root / name[1:] if name.startswith("/") else (path.parent / name).resolve()


def merged(papers: Iterable[bytes]) -> bytes:
    """Several papers one after another, in one file to print."""
    made = pypdf.PdfWriter()
    for one in papers:
        made.append(io.BytesIO(one))
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


def _compiler() -> typst.Compiler:
    """One for each thread: it keeps its parsed templates and fonts, and allows one user at a time."""
    letters.printable(FONTS)  # no paper without its letters
    if getattr(_local, "root", None) != _root:
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
        )
        _local.compiler = typst.Compiler(root=_root, font_paths=fonts)
        _local.root = _root
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


def _barcode(paper: Paper) -> str:
    """What a desk's scanner reads: the code in Code 128 (ISO/IEC 15417); "" where there is none."""
    code = paper.code if isinstance(paper, DossierPaper) else ""
    if not code.isascii() or not code:
        return ""
    svg = io.BytesIO()
    bars = {"module_width": 0.2, "module_height": 7.0, "quiet_zone": 2.0, "write_text": False}
    Code128(code, writer=SVGWriter()).write(svg, bars)
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
        return clean(value)
    return value if isinstance(value, int) else None


def clean(text: str) -> str:
    """One Unicode form, no control or direction marks, a box for each letter the font lacks."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    return "".join(_letter(c) for c in composed).strip()


def _letter(c: str) -> str:
    if c == "\n":
        return c
    if unicodedata.category(c)[0] == "C":
        return " "
    return c if ord(c) in letters.printable(FONTS) else _LACKING
