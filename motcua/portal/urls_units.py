"""The province's bodies at any date."""

from __future__ import annotations

from django.urls import path

from motcua.portal import views_units

app_name = "units"
urlpatterns = [
    path("co-quan/", views_units.tree, name="tree"),
    path("co-quan/<slug:key>/", views_units.unit, name="unit"),
]
