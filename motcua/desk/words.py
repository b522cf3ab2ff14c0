"""What the desk calls things: tones of statuses, roles, the entries of a timeline, an act in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from motcua.dossiers import events
from motcua.dossiers.ahead import Place
from motcua.dossiers.labels import (
    BASES,
    CHANNEL_LABELS,
    DOCUMENTS,
    PARTY_ROLES,
    STANCE_LABELS,
    STATUS_LABELS,
    WARNING_LABELS,
)
from motcua.look import formats, reasons
from motcua.organisations import queries as organisations
from motcua.rules.actor import Role
from motcua.rules.books import Channel
from motcua.rules.casework import Status
from motcua.rules.casework_opinions import Stance
from motcua.rules.refusal import Refusal
from motcua.rules.warnings import Warn

ROLES: Mapping[str, str] = {
    Role.CLERK: "Cán bộ tiếp nhận",
    Role.CASHIER: "Cán bộ thu phí",
    Role.MAIL_CLERK: "Nhân viên bưu chính",
    Role.OFFICER: "Chuyên viên",
    Role.HEAD: "Trưởng phòng",
    Role.LEADER: "Lãnh đạo",
    Role.REGISTRY: "Văn thư",
    Role.DIRECTOR: "Giám đốc trung tâm",
    Role.CONTROL_OFFICER: "Cán bộ kiểm soát TTHC",
    Role.COMMITTEE_OFFICER: "Chuyên viên Văn phòng UBND",
    Role.INSPECTOR: "Thanh tra",
    Role.ADMINISTRATOR: "Quản trị",
}
TONES: Mapping[Status, str] = {
    Status.SUBMITTED: "info",
    Status.ACCEPTED: "info",
    Status.NOT_ACCEPTED: "bad",
    Status.PROCESSING: "info",
    Status.SUPPLEMENT: "warn",
    Status.MONEY: "warn",
    Status.WITHDRAWN: "",
    Status.STOPPED: "bad",
    Status.DONE: "good",
    Status.HANDED_OVER: "good",
}
BY_HAND = (("cash", "Tiền mặt tại quầy"), ("bank", "Chuyển khoản"))
METHODS = (
    *BY_HAND,
    ("online", "Thanh toán trực tuyến"),
    ("relief", "Được miễn"),
)
_LABELS = {event.name: label for event, label in events.LABELS.items()}
_BAD = {"dossier.refused", "dossier.not_accepted"}
_WAIT = {
    *("dossier.supplement_requested", "dossier.payment_requested", "dossier.paused"),
    *("dossier.reappointment_proposed", "dossier.reappointed"),
}
_GOOD = {"dossier.concluded", "dossier.handed_over", "dossier.accepted"}


def status(value: int) -> tuple[str, str]:
    """A status in words, and its tone."""
    return str(STATUS_LABELS[Status(value)]), TONES[Status(value)]


def event(name: str) -> str:
    """What happened, in words."""
    return _LABELS.get(name, name)


def channel(value: int) -> str:
    return str(CHANNEL_LABELS[Channel(value)])


def role(name: str) -> str:
    return ROLES.get(name, name)


def parties(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The people behind a dossier, each in one line."""
    return [
        {"role": str(PARTY_ROLES[row["role"]]).capitalize(), "said": _party(row)} for row in rows
    ]


def _party(row: Mapping[str, Any]) -> str:
    paper = f"{DOCUMENTS[row['document']]} {row['identity']}".strip() if row["document"] else ""
    by = f"giấy ủy quyền số {row['authority_number']}" if row["authority_number"] else ""
    if by and row["authority_on"]:
        by += f" ngày {row['authority_on']:%d/%m/%Y}"
    basis = str(BASES.get(row["basis"], ""))
    nationality = f"quốc tịch {row['nationality']}" if row["nationality"] else ""
    return ", ".join(part for part in (row["name"], paper, nationality, basis, by) if part)


def unit(unit_id: int | None) -> str:
    """A unit's short name; a unit unknown to the directory is not a reason for a page to fail."""
    try:
        return organisations.unit(unit_id).short_name if unit_id else ""
    except Refusal:
        return ""


def place(where: Place) -> str:
    """A step and whose desk it lies on: Phê duyệt kết quả – Lãnh đạo Sở Xây dựng."""
    return f"{where.name} – {role(where.role)} {unit(where.unit_id)}".strip()


def places(steps: Iterable[Place]) -> str:
    return " và ".join(place(step) for step in steps)


def entry(row: Mapping[str, Any], steps: Mapping[str, str]) -> dict[str, Any]:
    """One entry of the ledger as the timeline shows it; `steps` names the nodes of the process."""
    by = ", ".join(part for part in (row["actor_name"], row["actor_title"]) if part)
    name = row["event"]
    tone = "bad" if name in _BAD else "warn" if name in _WAIT else "good" if name in _GOOD else ""
    return {
        "title": _LABELS.get(name, name),
        "by": by,
        "at": row["at"],
        "tone": tone,
        "detail": _detail(row["fields"], steps),
    }


def _detail(fields: Mapping[str, Any], steps: Mapping[str, str]) -> str:
    said = []
    if fields.get("step"):
        said.append(f"Bước “{steps.get(fields['step'], fields['step'])}”.")
    if fields.get("to"):
        said.append(f"Trả về “{steps.get(fields['to'], fields['to'])}”.")
    if fields.get("amount"):
        said.append(f"{formats.money_text(fields['amount'])}.")
    if fields.get("warning"):
        said.append(f"{WARNING_LABELS[Warn(fields['warning'])]}.")
    said += _of_the_clock(fields)
    said += _of_opinions(fields)
    said += _of_the_counter(fields)
    if fields.get("late"):
        said.append("Yêu cầu sau 03 ngày làm việc kể từ khi tiếp nhận.")
    if fields.get("late_apology"):
        said.append("Thông báo chậm hơn 01 ngày trước hạn.")
    return " ".join(said)


def _of_the_counter(fields: Mapping[str, Any]) -> list[str]:
    said = []
    if fields.get("trip"):
        to = f" tới {unit(fields['unit'])}" if fields.get("unit") else ""
        said.append(f"Danh sách số {fields['trip']}{to}.")
    if fields.get("sent_late"):
        said.append("Chuyển muộn so với quy định.")
    if fields.get("incomplete"):
        said.append("Bên nhận ghi còn thiếu.")
    if fields.get("numbers"):
        said.append(f"Vào sổ số {', '.join(map(str, fields['numbers']))}.")
    if fields.get("corrected"):
        said.append(f"Số {fields['number']}.")
    if fields.get("identity_checked"):
        said.append("Đã đối chiếu giấy tờ.")
    return said


def _of_opinions(fields: Mapping[str, Any]) -> list[str]:
    said = []
    if fields.get("units"):
        said.append(f"Hỏi {', '.join(unit(asked) for asked in fields['units'])}.")
    if fields.get("opinion"):
        said.append(f"{unit(fields['unit'])}.")
    if fields.get("stance"):
        said.append(f"{STANCE_LABELS[Stance(fields['stance'])]}.")
    if fields.get("answered_late"):
        said.append("Trả lời sau hạn.")
    return said


def _of_the_clock(fields: Mapping[str, Any]) -> list[str]:
    said = []
    if fields.get("ground"):
        ground = reasons.ground_text(fields["ground"])
        said.append(f"{ground[:1].upper()}{ground[1:]}.")
    if fields.get("until"):
        said.append(f"Tới {formats.datetime_text(datetime.fromisoformat(fields['until']))}.")
    if fields.get("from") and fields.get("accountable_id"):
        said.append(f"Từ {unit(fields['from'])} sang {unit(fields['accountable_id'])}.")
    if fields.get("article"):
        said.append(f"Căn cứ: {fields['article']}.")
    return said
