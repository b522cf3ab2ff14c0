"""A procedure as a line of a JSONL export gives it, whichever of the known exports it comes from.

An export states channels as rows (`channels`, `tables`), as one text for all (`time_text`), as a page of
text with headings (`text`), or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from motcua.catalogue.content import (
    Agencies,
    ChannelRule,
    LegalBasis,
    OnlineLevel,
    PaperRule,
    ProcedureContent,
    ResultRule,
    Step,
)
from motcua.catalogue.record_page import sections
from motcua.catalogue.record_parts import (
    Leftovers,
    Row,
    applicant_kinds,
    bulleted,
    channel_named,
    items,
    keep_unsure,
    legal_bases,
    levels,
    merged,
    one_line,
    paper,
    rows,
    text,
)
from motcua.rules.books import Channel
from motcua.rules.procedure_text import Reason

_REMARKS = (
    "kind", "ministry", "province", "receiving_address", "sets", "status", "page_rest", "handled_by",
)  # fmt: skip
_DERIVED = {
    "crawled",
    "parse_flags",
    "time_value",
    "time_unit",
    "legal_numbers",
    "title",
    "raw",
    "text",
}
_READ = {
    "code", "name", "source", "source_url", "field", "levels", "level", "subjects", "channels", "tables",
    "time_text", "fee_text", "charge_text", "online_level", "components", "components_text", "results",
    "steps_text", "filed_by", "conditions", "legal_text", "legal_bases", "decision_no", "effective",
    "agency_competent", "agency_executing", "agency_coordinating", "agency_delegated",
}  # fmt: skip
_NEXT_HEADING = re.compile(
    r"\n\s*(?:•\s*)?(?:Mức độ trực tuyến|Phí, lệ phí|Số lượng hồ sơ)[\s\S]*$"
)


def content(obj: Mapping[str, Any]) -> ProcedureContent:
    """The contents of one line."""
    left = Leftovers()
    record = dict(obj) | sections(text(obj.get("text")), left)
    for key in sorted(str(key) for key in record.keys() - _READ - _DERIVED - set(_REMARKS)):
        left.keep(text(key), record.get(key), "unknown_field")
    papers = _papers(record, left)
    keep_unsure(papers, left)
    return ProcedureContent(
        source=one_line(record.get("source")) or "khac",
        code=one_line(record.get("code")),
        name=one_line(record.get("name")),
        domain=one_line(record.get("field")),
        levels=levels(record.get("levels") or record.get("level")),
        agencies=Agencies(
            competent=tuple(bulleted(record.get("agency_competent"))),
            executing=tuple(bulleted(record.get("agency_executing"))),
            coordinating=tuple(bulleted(record.get("agency_coordinating"))),
            delegated=tuple(bulleted(record.get("agency_delegated"))),
        ),
        applicant_kinds=applicant_kinds(record.get("subjects")),
        channels=_channels(record, left),
        papers=papers,
        results=_results(record),
        legal_bases=_bases(record, left),
        steps=tuple(Step("", text(step)) for step in items(record.get("steps_text")) if text(step)),
        conditions=text(record.get("conditions")),
        decision_no=one_line(record.get("decision_no")),
        effective=one_line(record.get("effective")),
        online_level=_online_level(record),
        national_url=one_line(record.get("source_url")),
        remarks=tuple((name, text(record[name])) for name in _REMARKS if text(record.get(name))),
        unparsed=tuple(left.pieces),
    )


def _channels(record: Mapping[str, Any], left: Leftovers) -> tuple[ChannelRule, ...]:
    table: list[Row] = []
    for row in rows(record.get("channels"), "channels", left):
        channel = channel_named(row.get("channel"))
        if channel is None:
            left.keep(
                "channels", row.get("raw") or row, "glued" if row.get("raw") else Reason.UNKNOWN
            )
            continue
        fees = tuple(
            (text(fee.get("text")), text(fee.get("note")))
            for fee in rows(row.get("fees"), "fees", left)
        )
        table.append(Row(channel, text(row.get("time_text")), fees, text(row.get("note"))))
    tables = record.get("tables")
    if isinstance(tables, dict):
        table += _portal_rows(tables, left)
    if not table and ("time_text" in record or "fee_text" in record):
        table = _stated_once(record)
    return merged(table, left)


def _portal_rows(tables: Mapping[str, Any], left: Leftovers) -> list[Row]:
    table = []
    for row in rows(tables.get("hinh_thuc_nop"), "channels", left):
        channel = channel_named(row.get("hinh_thuc"))
        if channel is None:
            left.keep("channels", row, Reason.UNKNOWN)
            continue
        fees = tuple((fee, "") for fee in text(row.get("phi_le_phi")).split("\n") if fee.strip())
        table.append(
            Row(channel, text(row.get("thoi_han_giai_quyet")), fees, text(row.get("mo_ta")))
        )
    return table


def _stated_once(record: Mapping[str, Any]) -> list[Row]:
    """A limit and fees stated once: by bullets that name channels, or for every channel there is."""
    stated = _NEXT_HEADING.sub("", text(record.get("time_text")))
    fees = tuple(
        (fee, "")
        for fee in (
            _NEXT_HEADING.sub("", text(record.get(key))) for key in ("fee_text", "charge_text")
        )
        if fee
    )
    lines = [line.partition(":") for line in bulleted(stated)]
    named = [(channel_named(name), limit) for name, _, limit in lines]
    if len(named) > 1 and all(channel for channel, _ in named):
        return [Row(channel, limit.strip(), fees) for channel, limit in named if channel]
    stated_for = [
        channel for channel in map(channel_named, items(record.get("filed_by"))) if channel
    ]
    if not stated_for:
        stated_for = [Channel.COUNTER]
        if _online_level(record):
            stated_for.append(Channel.ONLINE)
    return [Row(channel, stated, fees) for channel in stated_for]


def _papers(record: Mapping[str, Any], left: Leftovers) -> tuple[PaperRule, ...]:
    found = []
    for group in rows(record.get("components"), "papers", left):
        case = one_line(group.get("case"))
        found += [
            paper(
                case,
                one_line(row.get("name")),
                row.get("originals", 1),
                row.get("copies", 0),
                row.get("form_file"),
                sure=not row.get("qty_ambiguous"),
            )
            for row in rows(group.get("items"), "papers", left)
        ]
    tables = record.get("tables")
    if isinstance(tables, dict):
        found += [
            _portal_paper(row) for row in rows(tables.get("thanh_phan_ho_so"), "papers", left)
        ]
    raw, flags = record.get("raw"), record.get("parse_flags")
    if isinstance(raw, dict) and isinstance(flags, dict) and flags.get("components") == "unparsed":
        left.keep("papers", raw.get("thanh_phan_ho_so"), "glued")
    left.keep("papers", record.get("components_text"), "free_text")
    return tuple(found)


def _portal_paper(row: Mapping[str, Any]) -> PaperRule:
    note = one_line(row.get("ghi_chu"))
    counts = re.fullmatch(r"Bản chính:\s*(\d+)\s*Bản sao:\s*(\d+)", note)
    originals, copies = counts.groups() if counts else (None, None)
    return paper("", one_line(row.get("ten_giay_to")), originals, copies, row.get("so_luong"))


def _results(record: Mapping[str, Any]) -> tuple[ResultRule, ...]:
    found = []
    for row in items(record.get("results")):
        if isinstance(row, dict):
            found.append(ResultRule(one_line(row.get("code")), one_line(row.get("name"))))
        else:
            found.append(ResultRule("", one_line(row)))
    return tuple(result for result in found if result.name or result.code)


def _bases(record: Mapping[str, Any], left: Leftovers) -> tuple[LegalBasis, ...]:
    bases = list(legal_bases(record.get("legal_text")))
    bases += [LegalBasis("", one_line(line), "", "") for line in items(record.get("legal_bases"))]
    tables = record.get("tables")
    if isinstance(tables, dict):
        bases += [
            LegalBasis(
                one_line(row.get("so_ky_hieu")),
                one_line(row.get("trich_yeu")),
                one_line(row.get("ngay_ban_hanh")),
                one_line(row.get("co_quan_ban_hanh")),
            )
            for row in rows(tables.get("can_cu_phap_ly"), "legal_bases", left)
        ]
    return tuple(bases)


def _online_level(record: Mapping[str, Any]) -> OnlineLevel:
    stated = one_line(record.get("online_level")).lower()
    if "toàn trình" in stated:
        return OnlineLevel.FULL
    return OnlineLevel.PARTIAL if "một phần" in stated else OnlineLevel.NOT_STATED
