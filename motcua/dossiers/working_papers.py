"""Notes and minutes of a dossier: every read of them, for those whose duty it is."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings

from motcua.dossiers import policies
from motcua.files import documents
from motcua.files.documents import Document, Signature
from motcua.ledger import sql
from motcua.organisations import queries as organisations
from motcua.rules.actor import Actor
from motcua.rules.marks import Block, Run, Shape
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE

Row = dict[str, Any]


def notes(actor: Actor, dossier_id: UUID) -> list[Row]:
    """The notes of a dossier, oldest first, struck ones among them; none for those whose duty it is not."""
    if not actor.is_officer:
        return []
    rows = sql.fetch(NOTES, [dossier_id])
    return rows if rows and policies.has_duty(actor, dossier_id) else []


def note(dossier_id: UUID, note_id: UUID) -> Row:
    """One note; the caller has asked permission. Raises dossier.not_visible."""
    rows = sql.fetch(NOTE, [note_id, dossier_id])
    if not rows:
        raise Refusal("dossier.not_visible")
    return rows[0]


def inspections(actor: Actor, dossier_id: UUID) -> list[Row]:
    """The minutes of a dossier's inspections with their files; none for those whose duty it is not."""
    if not actor.is_officer:
        return []
    rows, files = sql.fetch_all([(INSPECTIONS, [dossier_id]), (FILES, [dossier_id])])
    if not rows or not policies.has_duty(actor, dossier_id):
        return []
    by: dict[UUID, list[Row]] = {}
    for file in files:
        by.setdefault(file["about"], []).append(file)
    return [row | {"files": by.get(row["id"], [])} for row in rows]


def minutes_pdf(actor: Actor, dossier_id: UUID, inspection_id: UUID) -> bytes:
    """The minutes as PDF; raises dossier.not_visible."""
    found = [row for row in inspections(actor, dossier_id) if row["id"] == inspection_id]
    if not found:
        raise Refusal("dossier.not_visible")
    code = sql.fetch(CODE, [dossier_id])[0]
    return documents.pdf(_minutes(found[0], code), _on(found[0]))


def _minutes(row: Row, dossier: Row) -> Document:
    begun = row["begun_at"].astimezone(ZONE)
    agency = organisations.unit(row["agency_id"])
    members = [
        f"{one['name']}{', ' + one['part'] if one['part'] else ''}" for one in row["members"]
    ]
    said = [
        _paragraph(f"Hồi {begun:%H giờ %M phút, ngày %d/%m/%Y}, tại {row['place']}."),
        _paragraph(
            "Hồ sơ: ", f"{dossier['code']} – {dossier['applicant_name']}, {dossier['subject']}."
        ),
        _paragraph("1. Thành phần tham gia", bold=True),
        *(Block(Shape.ITEM, (Run(one),)) for one in members),
        _paragraph("2. Nội dung, hiện trạng ghi nhận", bold=True),
        *(_paragraph(line) for line in _lines(row["findings"])),
        _paragraph("3. Kết luận", bold=True),
        *(_paragraph(line) for line in _lines(row["conclusion"])),
    ]
    if row["files"]:
        names = "; ".join(file["name"] for file in row["files"])
        said.append(_paragraph(f"Kèm theo {len(row['files'])} ảnh, tài liệu: {names}."))
    said.append(
        _paragraph(
            "Biên bản được đọc lại cho những người tham gia cùng nghe, thống nhất và ký tên."
        )
    )
    return Document(
        above="",
        agency=agency.name,
        number=f"{row['number']:02d}/BB",
        place=settings.PROVINCE,
        kind="BIÊN BẢN",
        about="Kiểm tra thực địa",
        blocks=tuple(said),
        signatures=(
            Signature("Đại diện thành phần tham gia", note="(ký, ghi rõ họ tên)"),
            Signature("Người lập biên bản", row["by_name"]),
        ),
        draft=False,
    )


def _paragraph(*pieces: str, bold: bool = False) -> Block:
    return Block(Shape.PARAGRAPH, tuple(Run(piece, bold=bold) for piece in pieces))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _on(row: Row) -> date:
    on: date = row["at"].astimezone(ZONE).date()
    return on


NOTES = """
SELECT id, text, at, by_id, by_name, struck_at, strike_reason FROM dossiers_note
WHERE dossier_id = %s ORDER BY at, id
"""
NOTE = "SELECT id, by_id, struck_at FROM dossiers_note WHERE id = %s AND dossier_id = %s"
INSPECTIONS = "SELECT * FROM dossiers_inspection WHERE dossier_id = %s ORDER BY number, id"
FILES = "SELECT id, about, name FROM dossiers_deskfile WHERE dossier_id = %s ORDER BY at, id"
CODE = """
SELECT coalesce(code, submission_code) AS code, applicant_name, subject FROM dossiers_dossier
WHERE id = %s
"""
