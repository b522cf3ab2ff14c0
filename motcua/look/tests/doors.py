"""A few addresses of the tests' own, under the middleware of this room alone."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from motcua.rules.refusal import Refusal

MIDDLEWARE = ["motcua.look.csp.ContentSecurityPolicy", "motcua.look.refusals.RefusalMiddleware"]


def refuse(request: HttpRequest, code: str) -> HttpResponse:
    raise Refusal(code, {"key": "so-lua"})


def forbid(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def break_down(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


urlpatterns = [
    path("", include("motcua.look.urls")),
    path("refuse/<str:code>/", refuse),
    path("forbid/", forbid),
    path("break/", break_down),
]
handler403 = "motcua.look.problems.forbidden"
handler404 = "motcua.look.problems.not_found"
handler500 = "motcua.look.problems.server_error"
