"""Administrative documents (NĐ 30/2020 PL I) from text with simple marks: as PDF, or as DOCX to edit in Word.

Number, date and signature stay open: they come with signing. The same document gives the same bytes.
"""

from __future__ import annotations

import io
import json
import tempfile
import threading
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any, cast

import docx
import typst
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from motcua.files import appearances, bounded, places
from motcua.files.rendering import clean
from motcua.rules.marks import Block, Run, Shape
from motcua.statutory.paper_forms import FONTS

Align = WD_ALIGN_PARAGRAPH
TEMPLATES = Path(__file__).parent.parent / "statutory" / "documents"
COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DATE = "ngày ....... tháng ....... năm .........."
A4_HEIGHT = 841.89
CODE = appearances.Size(45, 45)
"""Of the code in the margin of a document from Word: 16 mm."""
_OFFSET = timezone(timedelta(hours=7))
_local = threading.local()


@dataclass(frozen=True, slots=True)
class Signature:
    """Whose name stands under it: what he signs as, a note under it, his name."""

    title: str
    name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it is printed; `number` is its symbol with the number left open."""

    above: str
    agency: str
    number: str
    place: str
    kind: str
    about: str
    blocks: tuple[Block, ...]
    signatures: tuple[Signature, ...]
    recipients: tuple[str, ...] = ()
    draft: bool = True


def pdf(document: Document, on: date) -> bytes:
    """The document as PDF/A-2b; `on` is the day it is dated by inside. Safe from any thread."""
    made = _compiler().compile(
        input=TEMPLATES / "document.typ",
        format="pdf",
        sys_inputs=_inputs(document),
        pdf_standards="a-2b",
        timestamp=datetime.combine(on, time(), _OFFSET),
    )
    return cast(bytes, made)


def prepared(document: Document, on: date, *, verify_url: str) -> bytes:
    """The document ready for its signatures: PDF/A-2b whose number, day and two signatures are open fields
    (places.NUMBER, DAY, PERSON, SEAL), with the code by which anybody verifies it."""
    compiler = typst.Compiler(
        input=TEMPLATES / "document.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        sys_inputs=_inputs(document, code=appearances.qr(verify_url)),
    )
    made = compiler.compile(
        format="pdf", pdf_standards="a-2b", timestamp=datetime.combine(on, time(), _OFFSET)
    )
    told = json.loads(compiler.query("<field>", field="value"))
    from motcua.files import fields

    return fields.opened(cast(bytes, made), places.from_layout(told, A4_HEIGHT))


def with_fields(pdf: bytes, *, verify_url: str) -> bytes:
    """A PDF that came as a Word file, made ready like `prepared`: its places are found by what it prints.

    Opened in the workshop, so that nothing hostile reaches this process. Raises sign.no_place,
    sign.unreadable, sign.encrypted, sign.certified, sign.signed_before, file.too_hard, file.busy.
    """
    with tempfile.TemporaryDirectory(prefix="ky-so-") as name:
        source, out, code = (Path(name) / one for one in ("a.pdf", "ra.pdf", "ma.pdf"))
        source.write_bytes(pdf)
        code.write_bytes(appearances.code(CODE, verify_url))
        bounded.make_ready(source, out, code)
        return out.read_bytes()


def word(document: Document) -> bytes:
    """The document as DOCX, for whoever must edit it in Word; the mark of a draft stands in its header."""
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(18)
    made.styles["Normal"].font.name = "Times New Roman"
    made.styles["Normal"].font.size = Pt(14)
    if document.draft:
        _line(section.header.paragraphs[0], "DỰ THẢO", bold=True, align=Align.RIGHT)
    _head(made, document)
    _line(made.add_paragraph(), document.kind.upper(), bold=True, align=Align.CENTER)
    if document.about:
        _line(made.add_paragraph(), document.about, bold=True, align=Align.CENTER)
    for block in document.blocks:
        _block(made, block)
    _foot(made, document)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _head(made: Word, document: Document) -> None:
    table = made.add_table(rows=2, cols=2)
    left = [document.above.upper()] * bool(document.above)
    for n, text in enumerate((*left, document.agency.upper())):
        paragraph = table.cell(0, 0).paragraphs[0] if n == 0 else table.cell(0, 0).add_paragraph()
        _line(paragraph, text, bold=n == len(left), align=Align.CENTER, size=12)
    _line(table.cell(0, 1).paragraphs[0], COUNTRY, bold=True, align=Align.CENTER, size=12)
    _line(table.cell(0, 1).add_paragraph(), MOTTO, bold=True, align=Align.CENTER, size=13)
    number = f"Số: {document.number}" if document.number else ""
    _line(table.cell(1, 0).paragraphs[0], number, align=Align.CENTER, size=13)
    _line(table.cell(1, 1).paragraphs[0], f"{document.place}, {DATE}", slanted=True,
          align=Align.CENTER, size=13)  # fmt: skip


def _block(made: Word, block: Block) -> None:
    if block.shape is Shape.TABLE:
        if block.rows:
            table = made.add_table(rows=len(block.rows), cols=len(block.rows[0]))
            table.style = "Table Grid"
            for row, cells in zip(table.rows, block.rows, strict=True):
                for cell, runs in zip(row.cells, cells, strict=True):
                    _runs(cell.paragraphs[0], runs)
        return
    paragraph = made.add_paragraph()
    heading = block.shape is Shape.HEADING
    paragraph.alignment = Align.CENTER if heading else Align.JUSTIFY
    if not heading:
        paragraph.paragraph_format.first_line_indent = Mm(12.7)
    if block.shape is Shape.ITEM:
        paragraph.add_run("- ")
    _runs(paragraph, block.runs, bold=heading)


def _foot(made: Word, document: Document) -> None:
    table = made.add_table(rows=1, cols=2)
    left = table.cell(0, 0)
    _line(left.paragraphs[0], "Nơi nhận:" if document.recipients else "", bold=True, slanted=True,
          size=12)  # fmt: skip
    for one in document.recipients:
        _line(left.add_paragraph(), f"- {one}", size=11)
    for signature in document.signatures:
        right = table.cell(0, 1)
        _line(right.add_paragraph(), signature.title.upper(), bold=True, align=Align.CENTER)
        _line(right.add_paragraph(), "\n\n", align=Align.CENTER)
        _line(right.add_paragraph(), signature.name, bold=True, align=Align.CENTER)


def _line(
    paragraph: Paragraph,
    text: str,
    *,
    bold: bool = False,
    slanted: bool = False,
    align: Any = Align.LEFT,
    size: int = 14,
) -> None:
    paragraph.alignment = align
    run = paragraph.add_run(clean(text) if text.strip() else text)
    run.bold, run.italic, run.font.size = bold, slanted, Pt(size)


def _runs(paragraph: Paragraph, runs: tuple[Run, ...], *, bold: bool = False) -> None:
    for piece in runs:
        run = paragraph.add_run(_letters(piece.text))
        run.bold, run.italic = bold or piece.bold, piece.slanted


def _letters(text: str) -> str:
    """Cleaned, with the blanks at its ends kept: it stands between other pieces."""
    before = text[: len(text) - len(text.lstrip())] and " "
    after = text[len(text.rstrip()) :] and " "
    return f"{before}{clean(text)}{after}" if text.strip() else text and " "


def _inputs(document: Document, *, code: str = "") -> dict[str, str]:
    given = _shown(document) | {"open": bool(code), "code": code}
    return {"document": json.dumps(given, ensure_ascii=False)}


def _compiler() -> typst.Compiler:
    """One for each thread: it keeps its parsed template and fonts, and allows one user at a time."""
    if not hasattr(_local, "compiler"):
        _local.compiler = typst.Compiler(root=TEMPLATES, font_paths=_fonts())
    compiler: typst.Compiler = _local.compiler
    return compiler


def _fonts() -> typst.Fonts:
    if not hasattr(_local, "fonts"):
        _local.fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
        )
    fonts: typst.Fonts = _local.fonts
    return fonts


def _shown(value: Any) -> Any:
    if is_dataclass(value):
        return {f.name: _shown(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_shown(item) for item in value]
    return _letters(value) if isinstance(value, str) else value
