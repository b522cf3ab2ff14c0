"""Which letters a TrueType font can print, read from its `cmap` table (OpenType 1.9, format 4)."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

from motcua.rules.refusal import Refusal

STYLES = 4
"""Regular, bold, italic, bold italic: what the papers are set in."""


@cache
def printable(folder: Path) -> frozenset[int]:
    """The code points that every `.ttf` of the folder has a glyph for; read once a process.

    Raises paper.fonts_missing where a style is not there or cannot be read: a paper would be printed in
    boxes, or in whatever letters the machine has.
    """
    try:
        fonts = [_mapped(path.read_bytes()) for path in sorted(folder.glob("*.ttf"))]
    except (OSError, ValueError, struct.error):
        fonts = []
    if len(fonts) < STYLES:
        raise Refusal("paper.fonts_missing", {"folder": folder.name})
    return frozenset.intersection(*fonts)


def _mapped(font: bytes) -> frozenset[int]:
    cmap = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", cmap, 2)
    for place in range(count):
        offset = struct.unpack_from(">HHI", cmap, 4 + 8 * place)[2]
        if struct.unpack_from(">H", cmap, offset) == (4,):
            return frozenset(_format_4(cmap[offset:]))
    raise ValueError("the font has no cmap of format 4")


def _table(font: bytes, name: bytes) -> bytes:
    (count,) = struct.unpack_from(">H", font, 4)
    for place in range(count):
        tag, _, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * place)
        if tag == name:
            return font[offset : offset + length]
    raise ValueError(f"the font has no table {name!r}")


def _format_4(table: bytes) -> set[int]:
    """Segments end, start, delta, offset; a glyph number of 0 means the letter is missing."""
    (twice,) = struct.unpack_from(">H", table, 6)
    shape = f">{twice // 2}H"
    ends, starts, deltas, offsets = (
        struct.unpack_from(shape, table, at)
        for at in (14, 16 + twice, 16 + 2 * twice, 16 + 3 * twice)
    )
    found = set()
    for n, (end, start, delta, offset) in enumerate(
        zip(ends, starts, deltas, offsets, strict=True)
    ):
        for code in range(start, end + 1):
            glyph = code
            if offset:
                at = 16 + 3 * twice + 2 * n + offset + 2 * (code - start)
                (glyph,) = struct.unpack_from(">H", table, at)
            if glyph and (glyph + delta) % 65536:
                found.add(code)
    return found - {0xFFFF}
