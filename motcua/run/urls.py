"""The doors' addresses, in one place."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("motcua.look.urls")),
]
handler400 = "motcua.look.problems.bad_request"
handler403 = "motcua.look.problems.forbidden"
handler404 = "motcua.look.problems.not_found"
handler500 = "motcua.look.problems.server_error"
