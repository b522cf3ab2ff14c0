"""Records of the sources, line by line, to contents: `read` and `read_lines`.

Two shapes go through: the lines of a JSONL export and the detail answer of the national catalogue API
(`{"result": [{"MATTHC": …}]}`). A record that cannot be taken is Rejected with a sentence; a text that
cannot be read stays text (`ProcedureContent.unparsed`). Nothing is guessed, nothing is dropped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import orjson

from motcua.catalogue import record_api, record_jsonl
from motcua.catalogue.content import ProcedureContent
from motcua.catalogue.errors import REJECTIONS
from motcua.rules import vietnamese

LARGEST_LINE = 4_000_000
LONGEST_NAME, LONGEST_CODE, MOST_ROWS = 2_000, 80, 2_000


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record not taken: why (a key of errors.REJECTIONS), where, and which."""

    reason: str
    params: Mapping[str, Any] = field(default_factory=dict)
    line: int = 0
    code: str = ""

    @property
    def sentence(self) -> str:
        """What is wrong and what to do about it, in Vietnamese."""
        return REJECTIONS[self.reason].format(**self.params)


def read(obj: Any) -> ProcedureContent | Rejected:
    """One procedure of either shape."""
    if not isinstance(obj, dict):
        return Rejected("not_an_object", {"found": _kind(obj)})
    try:
        shape = record_api if record_api.is_detail(obj) else record_jsonl
        return _checked(shape.content(obj))
    except RecursionError:
        return Rejected("too_deep")


def read_lines(lines: Iterable[bytes]) -> Iterator[tuple[int, ProcedureContent | Rejected]]:
    """Each procedure of a JSONL stream with its line number; blank lines are passed over."""
    for number, line in enumerate(lines, start=1):
        if len(line) > LARGEST_LINE:
            params = {"length": len(line), "most": LARGEST_LINE}
            yield number, Rejected("too_large", params, line=number)
        elif line.strip():
            for found in read_document(line):
                if isinstance(found, Rejected):
                    found = replace(found, line=number)
                yield number, found


def read_document(document: bytes) -> Iterator[ProcedureContent | Rejected]:
    """The procedures of one JSON document: a record, a list of them, or an answer of the API."""
    try:
        obj = orjson.loads(document)
    except orjson.JSONDecodeError as error:
        yield _broken(document, error)
        return
    yield from map(read, _procedures(obj))


def is_one_document(whole: bytes) -> bool:
    """Whether a file is one JSON document over many lines (an answer of the API), not a line a record."""
    first = whole.lstrip().split(b"\n", 1)[0]
    return not _is_json(first) and _is_json(whole)


def _is_json(document: bytes) -> bool:
    try:
        orjson.loads(document)
    except orjson.JSONDecodeError:
        return False
    return True


def _procedures(obj: Any) -> list[Any]:
    if isinstance(obj, dict) and isinstance(obj.get("result"), list) and obj["result"]:
        return list(obj["result"])
    return obj if isinstance(obj, list) and obj else [obj]


def _broken(document: bytes, error: orjson.JSONDecodeError) -> Rejected:
    try:
        decoded = document.decode()
    except UnicodeDecodeError:
        return Rejected("not_utf8")
    if error.pos >= len(decoded.rstrip()) or "unexpected end" in error.msg:
        return Rejected("cut_line")
    return Rejected("broken_json", {"position": error.pos + 1})


def _checked(content: ProcedureContent) -> ProcedureContent | Rejected:
    """The content with its identity settled, or why it cannot be taken."""
    rows = len(content.papers) + len(content.results) + sum(len(c.fees) for c in content.channels)
    long = max(len(content.code), len(content.source) + 20)
    if not content.name:
        return Rejected("no_name", code=content.code[:LONGEST_CODE])
    if len(content.name) > LONGEST_NAME:
        params = {"length": len(content.name), "most": LONGEST_NAME}
        return Rejected("name_too_long", params, code=content.code[:LONGEST_CODE])
    if long > LONGEST_CODE:
        return Rejected("code_too_long", {"length": long, "most": LONGEST_CODE})
    if rows > MOST_ROWS:
        return Rejected("too_many_rows", {"length": rows, "most": MOST_ROWS}, code=content.code)
    return content if content.code else replace(content, code=slug_code(content.name))


def slug_code(name: str) -> str:
    """The code of a procedure whose source gives none: its name's slug, cut with a digest where long."""
    slug = vietnamese.slug(name)
    if slug and len(slug) <= LONGEST_CODE - 20:
        return slug
    mark = hashlib.sha256(vietnamese.one_spelling(name).encode()).hexdigest()[:8]
    return f"{slug[: LONGEST_CODE - 29]}-{mark}".strip("-")


def _kind(obj: Any) -> str:
    if obj is None:
        return "giá trị rỗng"
    names = {list: "một danh sách", str: "một chuỗi", bool: "một giá trị đúng/sai"}
    return names.get(type(obj), "một con số")
