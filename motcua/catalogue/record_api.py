"""A procedure as the detail service of the national catalogue answers it (keys MATTHC, TENTTHC, …)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from motcua.catalogue.content import (
    Agencies,
    LegalBasis,
    OnlineLevel,
    PaperRule,
    ProcedureContent,
    ResultRule,
    Step,
)
from motcua.catalogue.record_parts import (
    Leftovers,
    Row,
    applicant_kinds,
    channel_named,
    items,
    keep_unsure,
    levels,
    merged,
    one_line,
    paper,
    rows,
    text,
)
from motcua.rules.procedure_text import Reason

SOURCE = "csdlqg_tthc"

_REMARKS = {
    "MACOQUANCONGBO": "publisher", "LOAITTHC": "kind", "TRANGTHAI": "status", "MOTA": "description",
    "TUKHOA": "keywords", "DIACHITIEPNHAN": "receiving_address", "ISNGANHDOC": "vertical",
    "MOTADOITUONGTHUCHIEN": "applicants_note", "MOTACOQUANTHUCHIEN": "executing_note",
    "MOTACOQUANTHAMQUYEN": "competent_note", "IDQUYETDINHCONGBO": "decision_id", "ID": "national_id",
    "TTHCLIENQUAN": "related", "TTHCLIENTHONG": "interconnected",
}  # fmt: skip
_READ = {
    "MATTHC", "TENTTHC", "QUYETDINH", "YEUCAU", "LINHVUCTHUCHIEN", "CAPTHUCHIEN", "DOITUONGTHUCHIEN",
    "TRINHTUTHUCHIEN", "CACHTHUCTHUCHIEN", "THANHPHANHOSO", "KETQUATHUCHIEN", "CANCUPHAPLY",
    "COQUANTHUCHIEN", "COQUANCOTHAMQUYEN", "COQUANDUOCUYQUYEN", "COQUANPHOIHOP",
}  # fmt: skip


def is_detail(obj: Mapping[str, Any]) -> bool:
    """Whether an object is such an answer, or one procedure of it."""
    keys = {str(key).upper() for key in obj}
    return "TENTTHC" in keys or "MATTHC" in keys or isinstance(obj.get("result"), list)


def content(obj: Mapping[str, Any]) -> ProcedureContent:
    """The contents of one procedure; an answer that holds a list is read for its first."""
    answer = obj.get("result")
    if isinstance(answer, list):
        obj = next((item for item in answer if isinstance(item, dict)), {})
    record = {str(key).upper(): value for key, value in obj.items()}
    left = Leftovers()
    for key in record.keys() - _READ - _REMARKS.keys():
        left.keep(text(key), record[key], "unknown_field")
    papers = _papers(record, left)
    keep_unsure(papers, left)
    domains = rows(record.get("LINHVUCTHUCHIEN"), "domain", left)
    return ProcedureContent(
        source=SOURCE,
        code=one_line(record.get("MATTHC")),
        name=one_line(record.get("TENTTHC")),
        domain=one_line(domains[0].get("TENLINHVUC")) if domains else "",
        levels=levels(_names(record, "CAPTHUCHIEN", "TENCAP", left)),
        agencies=Agencies(
            competent=tuple(_names(record, "COQUANCOTHAMQUYEN", "TENDONVI", left)),
            executing=tuple(_names(record, "COQUANTHUCHIEN", "TENDONVI", left)),
            coordinating=tuple(_names(record, "COQUANPHOIHOP", "TENDONVI", left)),
            delegated=tuple(_names(record, "COQUANDUOCUYQUYEN", "TENDONVI", left)),
        ),
        applicant_kinds=applicant_kinds(_names(record, "DOITUONGTHUCHIEN", "TENDOITUONG", left)),
        channels=merged(_channels(record, left), left),
        papers=papers,
        results=tuple(
            ResultRule(one_line(row.get("MAKETQUA")), one_line(row.get("TENKETQUA")))
            for row in rows(record.get("KETQUATHUCHIEN"), "results", left)
        ),
        legal_bases=_bases(record, left),
        steps=_steps(record, left),
        conditions=text(record.get("YEUCAU")),
        decision_no=one_line(record.get("QUYETDINH")),
        effective="",
        online_level=OnlineLevel.NOT_STATED,
        national_url="",
        remarks=tuple(
            (name, text(record[key]))
            for key, name in _REMARKS.items()
            if record.get(key) not in (None, "", [])
        ),
        unparsed=tuple(left.pieces),
    )


def _names(record: Mapping[str, Any], key: str, name: str, left: Leftovers) -> list[str]:
    found = (one_line(row.get(name)) for row in rows(record.get(key), key, left))
    return [one for one in found if one]


def _channels(record: Mapping[str, Any], left: Leftovers) -> list[Row]:
    table = []
    for way in rows(record.get("CACHTHUCTHUCHIEN"), "channels", left):
        channel = channel_named(way.get("KENH"))
        if channel is None:
            left.keep("channels", way, Reason.UNKNOWN)
            continue
        for time in rows(way.get("THOIGIAN"), "channels", left) or [{}]:
            stated = f"{text(time.get('THOIGIANGIAIQUYET'))} {text(time.get('DONVITINH'))}".strip()
            fees = tuple(
                (
                    f"{text(fee.get('SOTIEN'))} {text(fee.get('DONVI'))}".strip(),
                    text(fee.get("MOTA")),
                )
                for fee in rows(time.get("PHILEPHI"), "channels", left)
            )
            table.append(Row(channel, stated, fees, text(time.get("MOTA"))))
    return table


def _papers(record: Mapping[str, Any], left: Leftovers) -> tuple[PaperRule, ...]:
    return tuple(
        paper(
            one_line(group.get("TRUONGHOP")),
            one_line(row.get("TENGIAYTO")),
            row.get("SOBANCHINH"),
            row.get("SOBANSAO"),
            row.get("TENMAUDON"),
            row.get("MA_KQ_THAYTHE"),
        )
        for group in rows(record.get("THANHPHANHOSO"), "papers", left)
        for row in rows(group.get("GIAYTO"), "papers", left)
    )


def _bases(record: Mapping[str, Any], left: Leftovers) -> tuple[LegalBasis, ...]:
    return tuple(
        LegalBasis(
            one_line(row.get("SOVANBAN")),
            one_line(row.get("TENVANBAN")),
            one_line(row.get("NGAYBANHANH")),
            one_line(row.get("COQUANBANHANH")),
        )
        for row in rows(record.get("CANCUPHAPLY"), "legal_bases", left)
    )


def _steps(record: Mapping[str, Any], left: Leftovers) -> tuple[Step, ...]:
    return tuple(
        Step(one_line(group.get("TRUONGHOP")), text(step.get("TENTRINHTU")))
        for group in rows(record.get("TRINHTUTHUCHIEN"), "steps", left)
        for step in rows(items(group.get("TRINHTU")), "steps", left)
    )
