"""A digitised copy: pictures of papers as one PDF/A-2b in colour, at their own size (NĐ 30/2020 PL I).

The originals are read and never touched: turning, and leaving out what a phone wrote about place and
camera, happen in the copy.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, cast

import typst

from motcua.files import bounded, shelves
from motcua.rules.refusal import Refusal
from motcua.statutory.paper_forms import FONTS

TEMPLATE = Path(__file__).parent / "digitised.typ"
MOST_PAGES = 100
"""Pages of one copy: its pictures are in memory together while it is set."""
LEAST_DPI = 200
"""The density the law asks of a digitised copy (NĐ 30/2020 PL I)."""
A4 = (595.28, 841.89)
LONGEST = 3400
"""Points of the longest side taken at its own size (A0); what claims more is set on A4."""
_OFFSET = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class Page:
    """A page (from 0) of a kept file, turned clockwise by quarter turns."""

    sha256: str
    media_type: str
    page: int = 0
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Copy:
    """The copy, and the lowest density of its pages where all are known."""

    pdf: bytes
    dpi: int | None

    @property
    def fine(self) -> bool:
        """Whether every page is known to be as dense as the law asks."""
        return self.dpi is not None and self.dpi >= LEAST_DPI


def make(pages: Sequence[Page], *, title: str, mark: Sequence[str], at: datetime) -> Copy:
    """The copy of `pages` in their order, `mark` in the corner of the first.

    Outside any transaction: it takes about a third of a second a page. Raises file.nothing_to_digitise,
    file.too_many_to_digitise, file.lost and what `bounded.plate` raises.
    """
    if not pages:
        raise Refusal("file.nothing_to_digitise")
    if len(pages) > MOST_PAGES:
        raise Refusal("file.too_many_to_digitise", {"most": MOST_PAGES})
    with tempfile.TemporaryDirectory(prefix="so-hoa-") as name:
        folder = Path(name)
        set_ = [_plate(folder, n, page) for n, page in enumerate(pages)]
        given = {"title": title, "mark": list(mark), "pages": set_}
        pdf = _set(folder, given, at)
    densities = [one["dpi"] for one in set_]
    return Copy(pdf, None if None in densities else min(densities))


def _plate(folder: Path, number: int, page: Page) -> dict[str, Any]:
    source = shelves.path_of(page.sha256)
    if not source.exists():
        raise Refusal("file.lost")
    file = f"trang-{number}.jpg"
    seen = bounded.plate(source, page.media_type, folder / file, page=page.page, turn=page.turn)
    width, height = _size(seen["width"], seen["height"], seen["dpi"])
    return {"file": file, "width": width, "height": height, "dpi": seen["dpi"]}


def _size(width: int, height: int, dpi: int | None) -> tuple[float, float]:
    """Points: at 100 % where the density is known, else as large as A4 holds."""
    if dpi and max(width, height) * 72 / dpi <= LONGEST:
        return width * 72 / dpi, height * 72 / dpi
    across, down = A4 if height >= width else A4[::-1]
    scale = min(across / width, down / height)
    return width * scale, height * scale


def _set(folder: Path, given: dict[str, Any], at: datetime) -> bytes:
    shutil.copy(TEMPLATE, folder / "copy.typ")
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    compiler = typst.Compiler(root=folder, font_paths=fonts)
    made = compiler.compile(
        input=folder / "copy.typ",
        format="pdf",
        sys_inputs={"copy": json.dumps(given, ensure_ascii=False)},
        pdf_standards="a-2b",
        timestamp=at.astimezone(_OFFSET).replace(microsecond=0),
    )
    return cast(bytes, made)
