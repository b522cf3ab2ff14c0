"""Who stands at the door in a test, and when: set before the real middleware would ask the session."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from motcua.people.queries import Acting
from motcua.rules.actor import Actor

ACTING = "motcua.people.acting.ActingMiddleware"
CLOCK = "motcua.look.clock.Clock"


class Standing:
    """Puts the actor and the moment a test chose into the request."""

    actor: Actor
    now: datetime

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = Standing.actor
        request.acting = Acting(Standing.actor, Standing.actor.name)
        request.now = Standing.now
        return self.get_response(request)


def middleware() -> list[str]:
    """The project's own, with the two that ask who and when replaced."""
    kept = [name for name in settings.MIDDLEWARE if name not in (ACTING, CLOCK)]
    at = kept.index("motcua.look.refusals.RefusalMiddleware")
    return [*kept[:at], "motcua.desk.tests.doors.Standing", *kept[at:]]
