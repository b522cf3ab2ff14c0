"""The addresses of the figures, under /thong-ke/."""

from __future__ import annotations

from django.urls import path

from motcua.desk import views_figures, views_proof

app_name = "figures"
urlpatterns = [
    path("", views_figures.overview, name="overview"),
    path("doi-chieu/", views_proof.proofs, name="proofs"),
    path("<slug:measure>/", views_figures.opened, name="opened"),
]
