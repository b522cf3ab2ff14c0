"""Pieces of a source's record: texts made safe to store, rows merged by channel, what is left over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from motcua.catalogue.content import ChannelRule, FeeRule, LegalBasis, Level, PaperRule, Unparsed
from motcua.rules import procedure_text
from motcua.rules.books import Channel
from motcua.rules.deadline import Limit
from motcua.rules.procedure_text import ParsedFee, Reason

MOST_COPIES = 999
_UNSAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BULLET = re.compile(r"^\s*(?:[•▪●+*]|[o-](?=\s)|\(?\d{1,2}[.)](?=\s))\s*", re.MULTILINE)


@dataclass(slots=True)
class Leftovers:
    """Gathers the texts a reader could not turn into values."""

    pieces: list[Unparsed] = field(default_factory=list)

    def keep(self, name: str, value: Any, reason: str) -> None:
        """Keep a text under the field's name; an empty one is nothing to keep."""
        piece = Unparsed(name, text(value), str(reason))
        if piece.text and piece not in self.pieces:
            self.pieces.append(piece)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a source's table of channels: a limit, fees as (text, note), a note."""

    channel: Channel
    limit: str
    fees: tuple[tuple[str, str], ...] = ()
    note: str = ""


def text(value: Any) -> str:
    """A value as storable text: no control characters (PostgreSQL takes no NUL), outer space trimmed."""
    if value is None:
        return ""
    if isinstance(value, dict | list):
        value = orjson.dumps(_writable(value), option=orjson.OPT_NON_STR_KEYS).decode()
    return _UNSAFE.sub("\ufffd", str(value)).strip()


def _writable(value: Any) -> Any:
    if isinstance(value, dict):
        return {text(key): _writable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_writable(inner) for inner in value]
    if value is None or isinstance(value, bool):
        return value
    return text(value)


def one_line(value: Any) -> str:
    """A text with its line breaks and doubled spaces made single spaces."""
    return " ".join(text(value).split())


def items(value: Any) -> list[Any]:
    """A list as it is, nothing as no items, and anything else as its only item."""
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list) else [value]


def rows(value: Any, name: str, left: Leftovers) -> list[dict[str, Any]]:
    """The objects of a list; what is no object stays text."""
    found = []
    for item in items(value):
        if isinstance(item, dict):
            found.append(item)
        else:
            left.keep(name, item, Reason.UNKNOWN)
    return found


def bulleted(value: Any) -> list[str]:
    """The items of a bulleted text, lines wrapped inside an item joined; a plain text is one item."""
    return [line for line in (one_line(part) for part in _BULLET.split(text(value))) if line]


def levels(value: Any) -> tuple[Level, ...]:
    """The levels named in a text or list of texts, in the order of the law."""
    joined = " ".join(one_line(item) for item in items(value)).lower()
    joined = re.sub(r"loại thủ tục.*", "", joined)
    words = {
        Level.MINISTRY: "bộ", Level.PROVINCE: "tỉnh", Level.DISTRICT: "huyện",
        Level.COMMUNE: "xã", Level.OTHER: "khác",
    }  # fmt: skip
    return tuple(level for level, word in words.items() if re.search(rf"\b{word}\b", joined))


def applicant_kinds(value: Any) -> tuple[str, ...]:
    """The kinds of applicants; names that a crawler cut at their inner commas are joined again."""
    parts = [line for item in items(value) for line in bulleted(item)]
    joined = ", ".join(parts)
    joined = joined.replace("Cán bộ, công chức, viên chức", "Cán bộ/công chức/viên chức")
    kinds = re.split(r",\s*(?![^(]*\))", joined) if len(parts) > 1 else parts
    named = (
        kind.replace("Cán bộ/công chức/viên chức", "Cán bộ, công chức, viên chức") for kind in kinds
    )
    return tuple(dict.fromkeys(kind.strip(" .") for kind in named if kind.strip(" .")))


def channel_named(value: Any) -> Channel | None:
    """The channel a source names, in its words or by its number."""
    name = one_line(value).lower()
    for channel, words in _CHANNELS.items():
        if name in words:
            return channel
    return None


_CHANNELS = {
    Channel.COUNTER: {"1", "counter", "trực tiếp", "nộp trực tiếp"},
    Channel.ONLINE: {"2", "online", "trực tuyến", "nộp trực tuyến"},
    Channel.MAIL: {"3", "post", "mail", "dịch vụ bưu chính", "bưu chính", "qua bưu chính"},
}


def merged(table: Sequence[Row], left: Leftovers) -> tuple[ChannelRule, ...]:
    """One rule a channel: rows that agree are one; limits that differ by case stay text."""
    by_channel: dict[Channel, list[Row]] = {}
    for row in table:
        by_channel.setdefault(row.channel, []).append(row)
    return tuple(_rule(channel, found, left) for channel, found in sorted(by_channel.items()))


def _rule(channel: Channel, found: Sequence[Row], left: Leftovers) -> ChannelRule:
    field_name = f"channels.{channel.name.lower()}"
    limit, limit_text, reason = _limit(found)
    if reason:
        left.keep(f"{field_name}.limit", limit_text, reason)
    pairs = dict.fromkeys(pair for row in found for pair in row.fees)
    return ChannelRule(
        channel=channel,
        limit=limit,
        limit_text=limit_text,
        fees=tuple(_fee(one, note, f"{field_name}.fee", left) for one, note in pairs),
        note="\n".join(dict.fromkeys(row.note for row in found if row.note)),
    )


def _limit(found: Sequence[Row]) -> tuple[Limit | None, str, str | None]:
    parsed = [procedure_text.parse_limit(row.limit) for row in found]
    distinct = dict.fromkeys((p.limit, p.reason) for p in parsed)
    if len(distinct) > 1:
        lines = (f"{row.limit} ({row.note})" if row.note else row.limit for row in found)
        return None, "\n".join(dict.fromkeys(lines)), Reason.SEVERAL
    limit, reason = next(iter(distinct))
    for row in found:
        noted = procedure_text.parse_limit(row.note).limit
        if limit and noted and noted != limit:
            return None, f"{row.limit} ({row.note})", Reason.CONTRADICTED
    return limit, "\n".join(dict.fromkeys(row.limit for row in found)), reason


def _fee(one: str, note: str, field_name: str, left: Leftovers) -> FeeRule:
    parsed: ParsedFee = procedure_text.parse_fee(one)
    reason = parsed.reason
    if reason is None and note and procedure_text.contradicts(parsed, note):
        reason = Reason.CONTRADICTED
    if reason:
        left.keep(field_name, f"{one} ({note})" if note else one, reason)
    return FeeRule(
        text=one,
        amount=None if reason else parsed.amount,
        per=parsed.per or "",
        currency=parsed.currency or "",
        kind=parsed.kind or "",
        note=note or parsed.note,
    )


def paper(
    case: str,
    name: str,
    originals: Any,
    copies: Any,
    form: Any,
    replaced_by: Any = "",
    *,
    sure: bool = True,
) -> PaperRule:
    """A required paper; numbers that are no counts make the quantity unsure."""
    first, second = _count(originals), _count(copies)
    known = first is not None and second is not None
    return PaperRule(
        case=case,
        name=name,
        originals=first or 0,
        copies=second or 0,
        form_file=one_line(form),
        replaced_by_result_code=one_line(replaced_by),
        quantity_sure=sure and known,
    )


def keep_unsure(papers: Sequence[PaperRule], left: Leftovers) -> None:
    """Report the papers whose quantity is not sure."""
    for one in papers:
        if not one.quantity_sure:
            left.keep("papers.quantity", one.name, "quantity_unsure")


def _count(value: Any) -> int | None:
    if isinstance(value, bool) or not re.fullmatch(r"\s*\d{1,3}(?:\.0)?\s*", str(value)):
        return None
    return int(float(value))


_NUMBER = re.compile(
    r"\d{1,4}/(?:\d{4}/)?(?:QH\d{2}|UBTVQH\d{2}|[A-ZĐ]+(?:-[A-ZĐ]+)*(?![a-zà-ỹ]))(?=\d{1,4}/|[A-ZĐ][a-zà-ỹ]|$)"
)


def legal_bases(value: Any) -> tuple[LegalBasis, ...]:
    """The documents of a text: its bullets, or titles each glued to its number as the portal prints them.

    Titles and numbers put together again are the text: nothing is lost where the cut is wrong.
    """
    whole = text(value)
    lines = bulleted(whole)
    if len(lines) > 1:
        return tuple(LegalBasis("", line, "", "") for line in lines)
    bases: list[LegalBasis] = []
    start = 0
    for match in _NUMBER.finditer(whole):
        title = whole[start : match.start()].strip()
        if not title and bases and bases[-1].number == match[0]:
            title = f"{bases[-1].title} {bases.pop().number}".strip()
        bases.append(LegalBasis(match[0], title, "", ""))
        start = match.end()
    if rest := whole[start:].strip():
        bases.append(LegalBasis("", rest, "", ""))
    return tuple(bases)
