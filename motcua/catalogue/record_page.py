"""A procedure printed as one page of text with known headings, cut into the fields of a record."""

from __future__ import annotations

import re
from typing import Any

from motcua.catalogue.record_parts import Leftovers

_HEADINGS = {
    r"⏰ Thời gian giải quyết": "time_text",
    r"💰 Chi phí tối ưu": "cost_hint",
    r"📍 Nơi nộp hồ sơ": "places",
    r"Yêu cầu (?:&|và) Điều kiện thực hiện": "conditions",
    r"Quy Trình[^\n]*": "steps_text",
    r"Hồ Sơ Cần Chuẩn Bị[^\n]*": "papers",
    r"Chi Tiết Chi Phí[^\n]*": "fees",
    r"Đối Tượng Thực Hiện": "subjects",
    r"Cơ Quan Giải Quyết": "agencies",
    r"Căn Cứ Pháp Lý": "legal_text",
    r"Sẵn sàng thực hiện thủ tục\?": "page_rest",
}
_HEADING = re.compile("^(?:" + "|".join(f"({h})" for h in _HEADINGS) + r")\s*$", re.MULTILINE)
_FIELDS = tuple(_HEADINGS.values())
_PLACES = {"bưu chính": "3", "cổng dịch vụ công": "2", "một cửa": "1", "phục vụ hcc": "1"}


def sections(page: str, left: Leftovers) -> dict[str, Any]:
    """The fields a page states; fees and what stands before the first heading stay text."""
    if not page:
        return {}
    marks = list(_HEADING.finditer(page))
    if not marks:
        left.keep("text", page, "free_text")
        return {}
    ends = [mark.start() for mark in marks[1:]] + [len(page)]
    cut = {
        _FIELDS[(mark.lastindex or 1) - 1]: page[mark.end() : end].strip()
        for mark, end in zip(marks, ends, strict=True)
    }
    left.keep(
        "channels.fee",
        "\n".join(filter(None, (cut.pop("cost_hint", ""), cut.pop("fees", "")))),
        "free_text",
    )
    places = cut.pop("places", "")
    record: dict[str, Any] = {**cut}
    record["page_rest"] = "\n".join(
        filter(None, (page[: marks[0].start()].strip(), cut.get("page_rest")))
    )
    record["filed_by"] = [number for words, number in _PLACES.items() if words in places.lower()]
    record["receiving_address"] = places
    record["subjects"] = re.split(r",\s*(?![^(]*\))", cut.get("subjects", ""))
    record["legal_bases"] = cut.pop("legal_text", "").splitlines()
    record.pop("legal_text", None)
    record["components"] = [
        {"items": [_paper(line) for line in record.pop("papers", "").splitlines()]}
    ]
    return record | _agencies(record.pop("agencies", ""))


def _paper(line: str) -> dict[str, Any]:
    counted = re.search(r"\((\d+) bản chính(?:, (\d+) bản sao)?\)\s*$", line)
    if counted is None:
        return {"name": line, "originals": None, "copies": None}
    return {"name": line[: counted.start()], "originals": counted[1], "copies": counted[2] or 0}


def _agencies(text: str) -> dict[str, str]:
    fields = {"Cơ quan thực hiện": "agency_executing", "Cơ quan có thẩm quyền": "agency_competent"}
    found = {}
    for line in text.splitlines():
        name, _, value = line.partition(":")
        found[fields.get(name.strip(), "agency_coordinating")] = value.strip() or line
    return found
