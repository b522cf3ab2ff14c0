"""Text as officers write it, with simple marks: what it consists of, and the fields filled into it.

A blank line ends a paragraph; `# ` begins a heading, `- ` an item of a list, `|` a row of a table; `**bold**`
and `*slanted*` within a line. Whatever else is written is text.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from motcua.rules.refusal import Refusal

LONGEST = 60_000
"""Letters of a draft; a decision of twenty pages has half of it."""
MOST_COLUMNS = 8
BLANK = "………………"
FIELD = re.compile(r"\{\{\s*([a-z_]{1,40})\s*\}\}")
_BOLD = re.compile(r"\*\*(.+?)\*\*|\*(\S(?:.*?\S)?)\*")


class Shape(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one style."""

    text: str
    bold: bool = False
    slanted: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or item (`runs`), or a table (`rows` of cells of runs)."""

    shape: Shape
    runs: tuple[Run, ...] = ()
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields `{{…}}` filled; what nobody knows is left to be written by hand.

    A value is set as text: no mark or field within it counts.
    """
    return FIELD.sub(lambda found: _plain(values.get(found[1], "")) or BLANK, text)


def fields_of(text: str) -> tuple[str, ...]:
    """The names of the fields in a text, each once."""
    return tuple(dict.fromkeys(FIELD.findall(text)))


def blocks(text: str) -> tuple[Block, ...]:
    """What a text consists of; raises draft.too_long."""
    checked(text)
    return tuple(_blocks(text.replace("\r\n", "\n").split("\n")))


def checked(text: str) -> str:
    """The text as it is kept; raises draft.too_long, draft.empty."""
    kept = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()
    if len(kept) > LONGEST:
        raise Refusal("draft.too_long", {"most": LONGEST, "field": "text"})
    if not kept:
        raise Refusal("draft.empty", {"field": "text"})
    return kept


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    gathered: list[str] = []
    table: list[str] = []
    for line in (*lines, ""):
        bare = line.strip()
        if table and not bare.startswith("|"):
            yield _table(table)
            table = []
        if gathered and (not bare or bare.startswith(("# ", "- ", "|"))):
            yield Block(Shape.PARAGRAPH, _runs(" ".join(gathered)))
            gathered = []
        if bare.startswith("|"):
            table.append(bare)
        elif bare.startswith("# "):
            yield Block(Shape.HEADING, _runs(bare[2:].strip()))
        elif bare.startswith("- "):
            yield Block(Shape.ITEM, _runs(bare[2:].strip()))
        elif bare:
            gathered.append(bare)


def _table(lines: Sequence[str]) -> Block:
    rows = []
    for line in lines:
        cells = [cell.strip() for cell in line.strip("|").split("|")][:MOST_COLUMNS]
        if not all(set(cell) <= set("-: ") for cell in cells):
            rows.append(tuple(_runs(cell) for cell in cells))
    width = max((len(row) for row in rows), default=0)
    return Block(Shape.TABLE, rows=tuple((*row, *[()] * (width - len(row))) for row in rows))


def _runs(text: str) -> tuple[Run, ...]:
    found: list[Run] = []
    at = 0
    for mark in _BOLD.finditer(text):
        if mark.start() > at:
            found.append(Run(text[at : mark.start()]))
        found.append(Run(mark[1] or mark[2], bold=bool(mark[1]), slanted=bool(mark[2])))
        at = mark.end()
    if at < len(text):
        found.append(Run(text[at:]))
    return tuple(found)


def _plain(value: str) -> str:
    return " ".join(value.replace("*", "∗").replace("|", "/").split())


@dataclass(frozen=True, slots=True)
class Change:
    """A line of a comparison: kept (""), taken out ("-") or put in ("+")."""

    sign: str
    text: str


def compared(old: str, new: str) -> tuple[Change, ...]:
    """What changed from one text to another, line by line, with the lines around it."""
    before, after = old.split("\n"), new.split("\n")
    found: list[Change] = []
    for group in difflib.SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(
        2
    ):
        if found:
            found.append(Change("", "…"))
        for tag, a0, a1, b0, b1 in group:
            if tag == "equal":
                found += [Change("", line) for line in before[a0:a1]]
                continue
            found += [Change("-", line) for line in before[a0:a1]]
            found += [Change("+", line) for line in after[b0:b1]]
    return tuple(found)
