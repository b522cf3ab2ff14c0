"""Who acts in a request: `request.actor`, built on first use from the session's account and chosen post."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from motcua.people import queries
from motcua.people.queries import NOBODY, Acting
from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal

CHOSEN = "held"
"""Where the session keeps the post held that its account has chosen to act in."""

P = ParamSpec("P")


class Request(HttpRequest):
    """A request as the doors get it: one moment (`now`, the doors' clock) and one actor for all of it."""

    now: datetime
    actor: Actor
    acting: Acting


class ActingMiddleware:
    """Sets `request.actor` and `request.acting`; nothing is asked of the database before they are used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        acting = SimpleLazyObject(lambda: acting_in(request))
        request.acting = acting  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(lambda: acting.actor)  # type: ignore[attr-defined]
        return self.get_response(request)


def acting_in(request: HttpRequest) -> Acting:
    """Who acts in a request by its session."""
    user = request.user
    if not user.is_authenticated:
        return NOBODY
    now: datetime = request.now  # type: ignore[attr-defined]
    return queries.acting(user.pk, request.session.get(CHOSEN), now)


View = Callable[Concatenate[Request, P], HttpResponseBase]


def officers(view: View[P]) -> View[P]:
    """A page for officers: others are sent to sign in, citizens refused (account.for_officers)."""
    return _only("officer", "account.for_officers", view)


def citizens(view: View[P]) -> View[P]:
    """A page for citizens: others are sent to sign in, officers refused (account.for_citizens)."""
    return _only("citizen", "account.for_citizens", view)


def _only(kind: str, code: str, view: View[P]) -> View[P]:
    @wraps(view)
    def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.actor.account_id is None:
            return redirect_to_login(request.get_full_path())
        if request.actor.kind != kind:
            raise Refusal(code)
        return view(request, *args, **kwargs)

    return guarded
