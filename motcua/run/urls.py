"""The doors' addresses, in one place."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from motcua.api.api import api
from motcua.desk.views_phone import phone
from motcua.people.views import switch_post
from motcua.portal.views_quality import published as published_quality
from motcua.run.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("suc-khoe/", health),
    path("api/v1/", api.urls),
    path("", include("motcua.portal.urls_units")),
    path("", include("motcua.portal.urls_queue")),
    path("danh-gia/", include("motcua.portal.urls_rating")),
    path("chat-luong-phuc-vu/", published_quality, name="published_quality"),
    path("", include("motcua.look.urls")),
    path("", include("motcua.portal.urls")),
    path("ban-lam-viec/", include("motcua.desk.urls")),
    path("chup/<str:token>/", phone, name="phone"),
    path("tai-khoan/", include("motcua.people.urls")),
    path("chuyen-vi-tri/", switch_post, name="switch_post"),
    path("thong-ke/", include("motcua.desk.urls_figures")),
]
handler400 = "motcua.look.problems.bad_request"
handler403 = "motcua.look.problems.forbidden"
handler404 = "motcua.look.problems.not_found"
handler500 = "motcua.look.problems.server_error"
