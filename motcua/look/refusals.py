"""From a refusal of a room to what the person is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse

from motcua.look import formats, problems
from motcua.rules.refusal import Refusal

_STATUS = {
    403: ("may_not", "not_your_unit", "not_your_step", "not_your_desk"),
    404: ("not_visible", "unknown", "not_found"),
    409: ("stale", "item_taken", "item_closed", "key_reused"),
}


@cache
def sentences() -> Mapping[str, str]:
    """Every room's `errors.SENTENCES`, by code."""
    found: dict[str, str] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("motcua.") and find_spec(f"{app.name}.errors"):
            found |= getattr(import_module(f"{app.name}.errors"), "SENTENCES", {})
    return found


def sentence(refusal: Refusal) -> str:
    """What the refusal says, in Vietnamese, with its parameters in place."""
    template = sentences().get(refusal.code, problems.WORDS[422].sentence)
    return template.format_map(_Said(refusal.params))


def status(code: str) -> int:
    """The HTTP status of a code: who may not 403, what is not there 404, what moved 409, else 422."""
    kind = code.rpartition(".")[2]
    return next((status for status, kinds in _STATUS.items() if kind in kinds), 422)


def _text(name: str, value: Any) -> str:
    if isinstance(value, datetime):
        return formats.datetime_text(value)
    if isinstance(value, date):
        return formats.date_text(value)
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(map(str, value))
    return formats.number_text(value) if name == "amount" else str(value)


class _Said(dict[str, str]):
    """Parameters as people write them; one that is missing leaves a gap, not a failure."""

    def __init__(self, params: Mapping[str, Any]) -> None:
        super().__init__({name: _text(name, value) for name, value in params.items()})

    def __missing__(self, key: str) -> str:
        return "…"


class RefusalMiddleware:
    """A refusal that a view lets through becomes its page; nothing was written (acts are atomic)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        code = exception.code
        return problems.page(
            request, status(code), sentence=sentence(exception), remedy="", code=code
        )
