"""Certification: what is certified, what it costs, how its book counts (NĐ 23/2015; TT 01/2020/TT-BTP).

Pure: a `Line` is one paper of a request. Numbers are given by the kind of paper, not by the visitor, so each
line has a number of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.rules.refusal import Refusal

MOST = 999
"""More originals, copies or pages than this is a slip of the keys."""


class Kind(StrEnum):
    """What is certified; each kind has a book of its own."""

    COPY = "copy"
    SIGNATURE = "signature"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True)
class Fee:
    """What one copy, signature or contract costs, in đồng: `each` whatever its length, or by the page, the
    first `first_pages` dearer than the rest and no more than `most` in all."""

    each: int = 0
    first: int = 0
    first_pages: int = 0
    then: int = 0
    most: int = 0

    def of(self, pages: int) -> int:
        """The fee of one, so many pages long."""
        if self.each:
            return self.each
        dear = min(pages, self.first_pages)
        return min(self.first * dear + self.then * (pages - dear), self.most)


@dataclass(frozen=True, slots=True)
class Line:
    """One paper of a request: its title, how many originals of it, so many copies of each, so many pages
    long. A signature or a contract is charged by the piece, not by its copies."""

    title: str
    originals: int = 1
    copies: int = 1
    pages: int = 1


def fee_of(kind: Kind, line: Line, fees: Mapping[Kind, Fee]) -> int:
    """What a line costs under the fees of a day."""
    pieces = line.originals * (line.copies if kind is Kind.COPY else 1)
    return pieces * fees[kind].of(line.pages)


def checked(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines as they will be kept. Raises certification.nothing_to_certify,
    certification.title_missing, certification.numbers_wrong."""
    if not lines:
        raise Refusal("certification.nothing_to_certify", {"field": "title"})
    for line in lines:
        if not line.title.strip():
            raise Refusal("certification.title_missing", {"field": "title"})
        if not all(1 <= n <= MOST for n in (line.originals, line.copies, line.pages)):
            raise Refusal("certification.numbers_wrong", {"most": MOST, "field": "copies"})
    return tuple(
        Line(" ".join(line.title.split())[:300], line.originals, line.copies, line.pages)
        for line in lines
    )


def first_of_year(year: int) -> date:
    """The day a book's counter stands under."""
    return date(year, 1, 1)
