"""Rating the service."""

from __future__ import annotations

from django.urls import path

from motcua.portal import views_rating

app_name = "rating"
urlpatterns = [
    path("cam-on/", views_rating.thanks, name="thanks"),
    path("phieu/<str:token>/", views_rating.by_link, name="link"),
    path("ho-so/<uuid:dossier_id>/", views_rating.own, name="own"),
    path("<slug:desk>/", views_rating.kiosk, name="kiosk"),
]
