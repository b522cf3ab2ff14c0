"""What people are told when a rule or an act says no: one sentence a code, from the rooms that own them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

OWN = {
    "request.invalid": "Nội dung gửi lên chưa đúng. Hãy sửa các mục được nêu rồi gửi lại.",
    "request.key_too_long": "Khóa chống gửi trùng dài quá 80 ký tự. Hãy dùng khóa ngắn hơn.",
    "request.moment_without_zone": "Thời điểm phải kèm múi giờ, ví dụ 2022-11-25T10:00:00+07:00.",
    "request.unknown": "Yêu cầu chưa thực hiện được. Hãy kiểm tra lại nội dung.",
}
STATUSES = {
    "dossier.not_visible": 404,
    "unit.unknown": 404,
    "procedure.unknown": 404,
    "dossier.may_not": 403,
    "dossier.not_your_step": 403,
    "dossier.not_your_desk": 403,
    "dossier.stale": 409,
    "dossier.item_taken": 409,
    "dossier.item_closed": 409,
    "request.invalid": 422,
    "list.cursor_malformed": 400,
}
ROOMS = ("organisations", "people", "files", "catalogue", "dossiers", "statistics")


def _gather() -> dict[str, str]:
    gathered = dict(OWN)
    for room in ROOMS:
        try:
            errors = import_module(f"motcua.{room}.errors")
        except ModuleNotFoundError:
            continue
        gathered |= errors.SENTENCES
    return gathered


SENTENCES = _gather()


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """The Vietnamese sentence of a refusal, its parameters filled in as a person reads them."""
    text = SENTENCES.get(code, OWN["request.unknown"])
    try:
        return text.format(**{name: _read(value) for name, value in params.items()})
    except (KeyError, IndexError):
        return text


def status_of(code: str) -> int:
    """The HTTP status of a refusal: 422 unless it is about seeing, allowing, or having come too late."""
    if code in STATUSES:
        return STATUSES[code]
    return 403 if code.endswith(".may_not") else 422


def _read(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo(settings.TIME_ZONE)).strftime("%H:%M ngày %d/%m/%Y")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}".replace(",", ".")
    return str(value)
