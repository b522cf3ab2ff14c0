"""Sổ theo dõi hồ sơ: a desk's register over a period, a projection of its dossiers, never typed
(TT 01/2018 Đ9, Đ10; the paper book is kept only where the system is not available)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings

from motcua.dossiers import policies
from motcua.ledger import sql
from motcua.ledger.paging import Cursor, Page
from motcua.organisations import queries as organisations
from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE
from motcua.statutory.paper_forms import Register, RegisterLine

Row = dict[str, Any]
MOST = 2000
"""Lines of one print: some 100 sheets, set within seconds."""


def lines(
    actor: Actor, desk_id: int, since: date, until: date, *, after: Cursor | None, size: int = 50
) -> Page:
    """The register of a desk from one day to another, both counted, in the order of acceptance.

    Raises dossier.not_your_register.
    """
    policies.to_read_register(actor, desk_id)
    params: list[Any] = [desk_id, _start(since), _start(until + timedelta(days=1)), actor.training]
    beyond = ""
    if after:
        beyond = "AND (d.received_at, d.id) > (%s, %s)"
        params += [after.at, after.id]
    rows = sql.fetch(f"{LINES} {beyond} ORDER BY d.received_at, d.id LIMIT %s", [*params, size + 1])
    last = rows[size - 1] if len(rows) > size else None
    return Page(rows[:size], Cursor(last["received_at"], last["id"]) if last else None)


def printed(actor: Actor, desk_id: int, since: date, until: date) -> Register:
    """The register as a paper; raises dossier.not_your_register, register.too_long."""
    found = lines(actor, desk_id, since, until, after=None, size=MOST)
    if found.next:
        raise Refusal("register.too_long", {"most": MOST, "field": "until"})
    desk = organisations.unit(desk_id)
    above = organisations.unit(desk.agency_id) if desk.agency_id else desk
    return Register(
        agency=above.name,
        desk=desk.name,
        place=settings.PROVINCE,
        issued_on=until,
        example=settings.EXAMPLE,
        book=str(since.year),
        from_on=since,
        until_on=until,
        lines=tuple(_line(row) for row in found.rows),
        keeper=actor.name,
    )


def table(rows: Sequence[Row]) -> list[list[Any]]:
    """The rows as a spreadsheet has them, under `HEADINGS`."""
    made = (_line(row) for row in rows)
    return [
        [n, one.code, one.procedure, one.sets, one.applicant, one.address, one.phone,
         one.received_at, one.due_at, one.returned_on, one.handed_by, one.collected_by, one.note]
        for n, one in enumerate(made, start=1)
    ]  # fmt: skip


HEADINGS = (
    "STT", "Mã hồ sơ", "Thủ tục hành chính", "Số bộ", "Chủ hồ sơ", "Địa chỉ", "Số điện thoại",
    "Nhận hồ sơ", "Hẹn trả kết quả", "Ngày trả", "Bên giao", "Bên nhận", "Ghi chú",
)  # fmt: skip


def _line(row: Row) -> RegisterLine:
    returned: datetime | None = row["handed_over_at"]
    return RegisterLine(
        code=row["code"],
        procedure=row["subject"],
        sets=1,
        applicant=row["applicant_name"],
        address=row["address"],
        phone=row["phone"],
        received_at=row["accepted_at"],
        due_at=row["due_at"],
        returned_on=returned.astimezone(ZONE).date() if returned else None,
        handed_by=row["handed_by"] or "",
        collected_by=row["recipient"] or "",
        note=NOTES.get(row["status"], ""),
    )


NOTES = {5: "chờ bổ sung", 6: "chờ nộp tiền", 7: "đã rút", 8: "tạm dừng"}
"""By public status: what the register says of a dossier that is neither under way nor returned."""


def _start(on: date) -> datetime:
    return datetime.combine(on, time(), ZONE)


LINES = """
SELECT d.id, d.code, d.subject, d.applicant_name, d.status, d.received_at, d.accepted_at, d.due_at,
       d.handed_over_at, p.address, p.phone, h.recipient, a.name AS handed_by
FROM dossiers_dossier d JOIN people_person p ON p.id = d.applicant_id
LEFT JOIN dossiers_handover h ON h.dossier_id = d.id LEFT JOIN people_account a ON a.id = h.by_id
WHERE d.received_by_id = %s AND d.received_at >= %s AND d.received_at < %s AND d.training = %s
  AND d.accepted_at IS NOT NULL
"""
