"""Numbers, the screen that calls them, appointments."""

from __future__ import annotations

from django.urls import path

from motcua.portal import views_booking, views_queue

app_name = "queue"
urlpatterns = [
    path("lay-so/", views_queue.desks, name="desks"),
    path("lay-so/<slug:desk>/", views_queue.take, name="take"),
    path("so/<str:token>/", views_queue.place, name="place"),
    path("so/<str:token>/phieu/", views_queue.slip, name="slip"),
    path("so/<str:token>/roi-hang/", views_queue.leave, name="leave"),
    path("man-hinh/<slug:desk>/", views_queue.screen, name="screen"),
    path("dat-lich/", views_booking.desks, name="booking"),
    path("dat-lich/<slug:desk>/", views_booking.book, name="book"),
    path("lich-hen/<str:token>/", views_booking.appointment, name="appointment"),
    path("lich-hen/<str:token>/huy/", views_booking.cancel, name="cancel"),
    path("lich-hen/<str:token>/da-den/", views_booking.come, name="come"),
]
