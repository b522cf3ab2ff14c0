"""From a refusal of a room to the page that tells it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from motcua.look import problems
from motcua.look.sentences import sentence, status_of
from motcua.rules.refusal import Refusal


class RefusalMiddleware:
    """A refusal that a view lets through becomes its page; nothing was written (acts are atomic). The API
    answers its own (motcua.api)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        code, params = exception.code, exception.params
        fact, dot, remedy = sentence(code, params).partition(". ")
        said = f"{fact}." if dot else fact
        return problems.page(request, status_of(code), sentence=said, remedy=remedy, code=code)
