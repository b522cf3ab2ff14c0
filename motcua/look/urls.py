"""The gallery: every component on one page, for whoever builds or judges pages."""

from __future__ import annotations

from django.urls import path

from motcua.look import views

app_name = "look"
urlpatterns = [path("giao-dien/", views.gallery, name="gallery")]
