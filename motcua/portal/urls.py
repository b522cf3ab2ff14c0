"""The addresses of the portal."""

from __future__ import annotations

from django.urls import path

from motcua.portal import views_find, views_track

app_name = "portal"
urlpatterns = [
    path("", views_find.home, name="home"),
    path("thu-tuc/", views_find.search, name="search"),
    path("thu-tuc/<int:procedure_id>/", views_find.procedure, name="procedure"),
    path("tra-cuu/", views_track.track, name="track"),
]
