"""The doors' clock: the only place where a page, a call or a job learns what time it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from motcua.look.formats import LOCAL

_STARTED = datetime.now(LOCAL)


def door_now() -> datetime:
    """Now; with the example, its own today, running forward from the moment the example was raised
    (`MOTCUA_EXAMPLE_ANCHOR`, one for all processes; without it, from this process's start)."""
    real = datetime.now(LOCAL)
    today: datetime | None = settings.EXAMPLE_TODAY
    if today is None:
        return real
    anchor: datetime = settings.EXAMPLE_ANCHOR or _STARTED
    return (today + (real - anchor)).astimezone(LOCAL)


class Clock:
    """Sets `request.now`: one moment for all that is done and shown in a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = door_now()  # type: ignore[attr-defined]
        return self.get_response(request)
