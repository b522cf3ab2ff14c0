"""What people are told when a rule or an act says no: one sentence a code, from the rooms that own them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from motcua.look import formats, reasons
from motcua.statutory import errors as legal_time

OWN = {
    "request.unknown": "Yêu cầu chưa thực hiện được. Hãy kiểm tra lại nội dung.",
}
KINDS = {
    "unauthenticated": 401,
    "may_not": 403,
    "may_not_judge": 403,
    "not_your_officers": 403,
    "not_your_unit": 403,
    "not_your_step": 403,
    "not_your_desk": 403,
    "same_person": 403,
    "for_officers": 403,
    "for_citizens": 403,
    "signature_wrong": 403,
    "not_visible": 404,
    "not_found": 404,
    "unknown": 404,
    "stale": 409,
    "item_taken": 409,
    "item_closed": 409,
    "key_reused": 409,
    "not_accepted_yet": 409,
    "cursor_malformed": 400,
}
"""The last part of a code → the HTTP status of the refusal; 422 for all others."""


@cache
def sentences() -> Mapping[str, str]:
    """The sentences of all rooms (`errors.SENTENCES`) and of legal time, by code."""
    gathered = OWN | legal_time.SENTENCES
    for app in apps.get_app_configs():
        if app.name.startswith("motcua.") and find_spec(f"{app.name}.errors"):
            gathered |= getattr(import_module(f"{app.name}.errors"), "SENTENCES", {})
    return gathered


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """The Vietnamese sentence of a refusal, its parameters filled in as a person reads them."""
    return sentences().get(code, OWN["request.unknown"]).format_map(_Said(params))


def status_of(code: str) -> int:
    """The HTTP status of a refusal: 422 unless it is about seeing, allowing, or having come too late."""
    return KINDS.get(code.rpartition(".")[2], 422)


MONEY = frozenset({"amount", "difference", "expected"})


class _Said(dict[str, str]):
    """Parameters as people write them; one that is missing leaves a gap, not a failure."""

    def __init__(self, params: Mapping[str, Any]) -> None:
        super().__init__({name: _read(name, value) for name, value in params.items()})

    def __missing__(self, key: str) -> str:
        return "…"


def _read(name: str, value: Any) -> str:
    if isinstance(value, datetime):
        return formats.datetime_text(value)
    if isinstance(value, date):
        return formats.date_text(value)
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(map(str, value))
    if name == "ground":
        return reasons.ground_text(str(value))
    return formats.number_text(value) if name in MONEY else str(value)
