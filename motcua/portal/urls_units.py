"""The province's bodies at any date."""

from __future__ import annotations

from django.urls import path

from motcua.portal import views_calendar, views_units

app_name = "units"
urlpatterns = [
    path("co-quan/", views_units.tree, name="tree"),
    path("co-quan/<slug:key>/", views_units.unit, name="unit"),
    path("lich-lam-viec/", views_calendar.calendar, name="calendar"),
    path("lich-lam-viec/<slug:key>/", views_calendar.calendar, name="calendar_of"),
    path("lich-lam-viec.ics", views_calendar.feed, name="calendar_feed"),
    path("lich-lam-viec/<slug:key>.ics", views_calendar.feed, name="calendar_feed_of"),
]
