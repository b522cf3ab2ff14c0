"""Where number, day and signatures belong on a PDF that came as a Word file, by the text it prints.

Runs in the workshop: a PDF nobody vouches for is opened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from motcua.files.places import DAY, NUMBER, PERSON, SEAL, Place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SIGNATURE = (165.0, 74.0)
SEALED = 102.0
"""The seal's true size: 36 mm."""
LEAST_GAP = 34.0
"""Points between title and name that are taken for the room of a signature: two empty lines."""
_NUMBER = re.compile(r"Số:?\s*(?P<open>[^\r\n]*)")
_DAY = re.compile(r"ngày[^\r\n]{0,30}tháng[^\r\n]{0,30}năm(?:[ ._…\d]*\d|[ ._…]*[._…])?")
_DROP = 4.0
"""Points a field reaches below the line its text stands on."""


class NotFound(Exception):
    """The document prints no such place; `args[0]` is the field's name."""


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    low: float
    right: float
    high: float


def places(path: Path) -> list[Place]:
    """The four places; raises NotFound for the number or the day."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    first, last = _Text(pdf[0]), _Text(pdf[len(pdf) - 1])
    person, sealed = _signatures(last)
    return [
        Place(NUMBER, 0, _number(first)),
        Place(DAY, 0, _day(first)),
        Place(PERSON, len(pdf) - 1, person),
        Place(SEAL, len(pdf) - 1, sealed),
    ]


class _Text:
    """The letters of a page with their boxes."""

    def __init__(self, page: Any) -> None:
        self.width, self.height = page.get_size()
        self._page = page.get_textpage()
        self.letters = self._page.get_text_range()

    def box(self, start: int, end: int) -> _Box | None:
        found = [self._page.get_charbox(n) for n in range(start, end) if self.letters[n].strip()]
        return _around(_Box(*one) for one in found)

    def boxes(self) -> list[_Box]:
        return [
            _Box(*self._page.get_charbox(n))
            for n, letter in enumerate(self.letters)
            if letter.strip()
        ]


def _number(text: _Text) -> tuple[float, float, float, float]:
    """From “Số:” on, as far as dots and symbol reach, within the left column."""
    for found in _NUMBER.finditer(text.letters):
        label = text.box(found.start(), found.start() + 1)
        head = text.box(found.start(), found.start("open"))
        if label and head and label.low > text.height / 2 and head.right < text.width / 2:
            said = text.box(*found.span("open"))
            end = said.right if said and said.right < text.width / 2 else 0.0
            left = head.right + 3
            right = min(max(end + 6, left + 100), text.width / 2 - 4)
            return left, label.low - _DROP, right, label.low + 14
    raise NotFound(NUMBER)


def _day(text: _Text) -> tuple[float, float, float, float]:
    for found in _DAY.finditer(text.letters):
        box = text.box(*found.span())
        base = text.box(found.start(), found.start() + 1)
        if box and base and box.low > text.height / 2 and box.right > text.width / 2:
            right = min(max(box.right + 4, box.left + 156), text.width - 10)
            return box.left - 1, base.low - _DROP, right, base.low + 14
    raise NotFound(DAY)


def _signatures(
    text: _Text,
) -> tuple[tuple[float, float, float, float], tuple[float, float, float, float]]:
    """In the right half: the lowest gap between two lines that a signature needs, else under the text."""
    right = [box for box in text.boxes() if box.left > text.width * 0.5]
    lines = _lines(right)
    middle, height = text.width * 0.72, SIGNATURE[1]
    centre = max(60.0, (lines[-1].low if lines else text.height * 0.4) - height / 2 - 10)
    for above, below in zip(reversed(lines[:-1]), reversed(lines[1:]), strict=True):
        if above.low - below.high >= LEAST_GAP:
            centre = (above.low + below.high) / 2
            middle = (below.left + below.right) / 2
            height = min(height, max(50.0, above.low - below.high))
            break
    left = min(middle - SIGNATURE[0] / 2, text.width - SIGNATURE[0] - 10)
    person = (left, centre - height / 2, left + SIGNATURE[0], centre + height / 2)
    edge = left + SIGNATURE[0] / 3
    return person, (edge - SEALED, centre - SEALED / 2, edge, centre + SEALED / 2)


def _lines(boxes: list[_Box]) -> list[_Box]:
    """The boxes of lines, from the top down."""
    found: list[_Box] = []
    for box in sorted(boxes, key=lambda one: -one.high):
        if found and box.high > found[-1].low + 1:
            found[-1] = _around([found[-1], box]) or box
        else:
            found.append(box)
    return found


def _around(boxes: Iterable[_Box]) -> _Box | None:
    many = list(boxes)
    if not many:
        return None
    return _Box(
        min(one.left for one in many),
        min(one.low for one in many),
        max(one.right for one in many),
        max(one.high for one in many),
    )
