"""Who is told of certificates: the holder (of an agency's, its registry), and those who keep the register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from motcua.files import certificates
from motcua.files.certificates import Brief
from motcua.journeys.telling import CONSTRUCTED, Row, message, send_each, spoken
from motcua.messaging.operations import Message
from motcua.organisations import queries as organisations
from motcua.rules.actor import Role
from motcua.rules.worktime import ZONE


def tell_of_certificates(rows: Sequence[Row]) -> None:
    """Tell of what keeps a certificate from signing, now or soon (events of files, kind = the event's)."""
    told = [row for row in rows if row["within"] != CONSTRUCTED]
    found = certificates.briefs({row["subject_id"] for row in told})
    send_each(told, found, _notices)


def _notices(row: Row, brief: Brief) -> Iterator[Message]:
    said = {"code": brief.serial or "chưa cấp", "agency": brief.agency, "due": _end(row, brief)}
    for to in _recipients(brief, row["at"].astimezone(ZONE).date()):
        yield message(row, row["event"], said, **to)


def _end(row: Row, brief: Brief) -> str:
    """How near its end is, where that is what is told."""
    if brief.valid_until is None or "days" not in row["fields"]:
        return ""
    return f"còn {row['fields']['days']} ngày, dùng được đến {spoken(brief.valid_until)}."


def _recipients(brief: Brief, on: date) -> Iterator[Mapping[str, Any]]:
    if brief.account_id is not None:
        yield {"account_id": brief.account_id}
    elif registry := organisations.part_with(brief.unit_id, Role.REGISTRY, on):
        yield {"unit_id": registry.id, "role": str(Role.REGISTRY)}
    for unit in organisations.units_with(Role.ADMINISTRATOR, on):
        yield {"unit_id": unit.id, "role": str(Role.ADMINISTRATOR)}
