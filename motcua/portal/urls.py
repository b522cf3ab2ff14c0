"""The addresses of the portal."""

from __future__ import annotations

from django.urls import path

from motcua.portal import (
    views_choosing,
    views_due,
    views_file,
    views_find,
    views_looked,
    views_mine,
    views_notices,
    views_paying,
    views_track,
    views_verify,
    views_viewer,
)

app_name = "portal"
urlpatterns = [
    path("", views_find.home, name="home"),
    path("thu-tuc/", views_find.search, name="search"),
    path("thu-tuc/<int:procedure_id>/", views_find.procedure, name="procedure"),
    path("tra-cuu/", views_track.track, name="track"),
    path("xac-minh/", views_verify.ask, name="verify"),
    path("xac-minh/<str:token>/", views_verify.token, name="verify_token"),
    path("tinh-han/", views_due.calculate, name="due"),
    path("nop-ho-so/", views_find.choose, name="choose"),
    path("nop-ho-so/<int:procedure_id>/<int:unit_id>/", views_file.about, name="file"),
    path(
        "nop-ho-so/<int:procedure_id>/<int:unit_id>/giay-to/",
        views_file.papers,
        name="file_papers",
    ),
    path(
        "nop-ho-so/<int:procedure_id>/<int:unit_id>/xem-lai/",
        views_file.review,
        name="file_review",
    ),
    path("thong-bao/", views_notices.notices, name="notices"),
    path("thong-bao/cach-nhan/", views_choosing.telling, name="telling"),
    path("ai-da-xem/", views_looked.looked, name="looked"),
    path("ho-so-cua-toi/", views_mine.mine, name="mine"),
    path("ho-so/<uuid:dossier_id>/", views_mine.dossier, name="dossier"),
    path("ho-so/<uuid:dossier_id>/bo-sung/", views_mine.supplement, name="supplement"),
    path("ho-so/<uuid:dossier_id>/nop-tien/<uuid:charge_id>/", views_paying.pay, name="pay"),
    path("ho-so/<uuid:dossier_id>/rut/", views_mine.withdraw, name="withdraw"),
    path("ho-so/<uuid:dossier_id>/giay/<uuid:slip_id>/", views_mine.slip, name="slip"),
    path(
        "ho-so/<uuid:dossier_id>/tep/<uuid:attachment_id>/",
        views_mine.attachment,
        name="attachment",
    ),
    path("ho-so/<uuid:dossier_id>/tep/<uuid:attachment_id>/xem/", views_viewer.view, name="viewer"),
    path(
        "ho-so/<uuid:dossier_id>/tep/<uuid:attachment_id>/trang/<int:number>/",
        views_viewer.page,
        name="attachment_page",
    ),
]
