"""The addresses of the figures, under /thong-ke/."""

from __future__ import annotations

from django.urls import path

from motcua.desk import views_figures, views_proof, views_quality

app_name = "figures"
urlpatterns = [
    path("", views_figures.overview, name="overview"),
    path("doi-chieu/", views_proof.proofs, name="proofs"),
    path("chat-luong/", views_quality.overview, name="quality"),
    path("chat-luong/cua-toi/", views_quality.own, name="quality_own"),
    path("chat-luong/cong-bo/", views_quality.publication, name="quality_publication"),
    path("chat-luong/du-thao/", views_quality.draft, name="quality_draft"),
    path(
        "chat-luong/du-thao/<uuid:publication_id>/<slug:act>/",
        views_quality.end_draft,
        name="quality_end",
    ),
    path("chat-luong/<int:unit_id>/", views_quality.opened, name="quality_unit"),
    path("<slug:measure>/", views_figures.opened, name="opened"),
]
