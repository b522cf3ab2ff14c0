"""The desk's addresses, under /ban-lam-viec/."""

from __future__ import annotations

from django.urls import path

from motcua.desk import (
    views_absence,
    views_books,
    views_bulk,
    views_calendar,
    views_certification,
    views_collect,
    views_counter,
    views_decree,
    views_dossier,
    views_inbox,
    views_intake,
    views_list,
    views_moves,
    views_notices,
    views_opinions,
    views_papers,
    views_ratings,
    views_reason,
    views_scans,
    views_trips,
    views_unit,
    views_viewer,
)

app_name = "desk"
urlpatterns = [
    path("", views_inbox.inbox, name="inbox"),
    path("nhieu/", views_bulk.many, name="many"),
    path("nhieu/<uuid:act_id>/", views_bulk.done, name="many_done"),
    path("tiep-nhan/", views_intake.intake, name="intake"),
    path("tiep-nhan/xong/<uuid:dossier_id>/", views_intake.accepted, name="accepted"),
    path("ho-so/", views_list.dossiers, name="dossiers"),
    path("ho-so/<uuid:dossier_id>/", views_dossier.dossier, name="dossier"),
    path("ho-so/<uuid:dossier_id>/phieu/<uuid:slip_id>/", views_dossier.slip, name="slip"),
    path(
        "ho-so/<uuid:dossier_id>/phieu-kiem-soat/", views_papers.control_slip, name="control_slip"
    ),
    path("so-theo-doi/", views_papers.register_page, name="register"),
    path("mau-giay/", views_papers.papers, name="papers"),
    path("mau-giay/<slug:kind>/", views_papers.sample, name="paper_sample"),
    path("y-kien/", views_opinions.opinions, name="opinions"),
    path(
        "ho-so/<uuid:dossier_id>/y-kien/<uuid:opinion_id>/tra-loi/",
        views_opinions.answer,
        name="answer_opinion",
    ),
    path(
        "ho-so/<uuid:dossier_id>/y-kien/<uuid:opinion_id>/thoi/",
        views_opinions.cancel,
        name="cancel_opinion",
    ),
    path(
        "ho-so/<uuid:dossier_id>/tep-viec/<uuid:file_id>/",
        views_opinions.desk_file,
        name="desk_file",
    ),
    path("ho-so/<uuid:dossier_id>/moi-danh-gia/", views_ratings.invite, name="invite"),
    path("ho-so/<uuid:dossier_id>/ket-luan/", views_ratings.judge, name="judge"),
    path("ho-so/<uuid:dossier_id>/so-hoa/", views_scans.scans_of, name="scans"),
    path("ho-so/<uuid:dossier_id>/so-hoa/moi/", views_scans.arrived, name="scans_arrived"),
    path(
        "so-hoa/<uuid:capture_id>/trang/<int:number>/",
        views_scans.capture_page,
        name="capture_page",
    ),
    path(
        "ho-so/<uuid:dossier_id>/tep/<uuid:attachment_id>/xem/",
        views_viewer.attachment,
        name="viewer",
    ),
    path(
        "ho-so/<uuid:dossier_id>/tep/<uuid:attachment_id>/trang/<int:number>/",
        views_viewer.attachment_page,
        name="attachment_page",
    ),
    path(
        "ho-so/<uuid:dossier_id>/phieu/<uuid:slip_id>/xem/", views_viewer.slip, name="slip_viewer"
    ),
    path(
        "ho-so/<uuid:dossier_id>/phieu/<uuid:slip_id>/trang/<int:number>/",
        views_viewer.slip_page,
        name="slip_page",
    ),
    path("ho-so/<uuid:dossier_id>/<slug:act>/", views_dossier.act, name="act"),
    path("ban-giao/", views_trips.handovers, name="handovers"),
    path("ban-giao/<uuid:trip_id>/", views_trips.trip, name="trip"),
    path("ban-giao/<uuid:trip_id>/in/", views_trips.printed, name="trip_print"),
    path("cho-tra/", views_collect.collect, name="collect"),
    path("cho-tra/<uuid:dossier_id>/nhac/", views_collect.remind, name="remind"),
    path("chung-thuc/", views_certification.day, name="certification"),
    path("chung-thuc/cho-ky/", views_certification.signing, name="signing"),
    path(
        "chung-thuc/tra/<uuid:dossier_id>/", views_certification.deliver, name="deliver_certified"
    ),
    path("chung-thuc/so/", views_books.books, name="certification_books"),
    path("chung-thuc/so/<uuid:book_id>/", views_books.book, name="certification_book"),
    path("chung-thuc/so/<uuid:book_id>/in/", views_books.printed, name="certification_print"),
    path(
        "chung-thuc/sua/<uuid:certification_id>/",
        views_books.correct,
        name="certification_correct",
    ),
    path("thong-bao/", views_notices.notices, name="notices"),
    path("tim/", views_list.search, name="search"),
    path("lich/", views_calendar.calendar, name="calendar"),
    path("lich/khai-bao/", views_decree.declare, name="decree"),
    path("lich/tinh-lai/", views_decree.progress, name="decree_progress"),
    path("ly-do/<uuid:about>/", views_reason.reason, name="reason"),
    path("sap-xep/", views_moves.moves, name="moves"),
    path("sap-xep/<uuid:plan_id>/", views_moves.plan, name="move_plan"),
    path("sap-xep/<uuid:plan_id>/thu/", views_moves.rehearsal, name="move_rehearsal"),
    path("vang-mat/", views_absence.absences, name="absences"),
    path("vang-mat/<int:delegation_id>/ket-thuc/", views_absence.end, name="absence_end"),
    path("don-vi/", views_unit.unit, name="unit"),
    path("danh-gia/", views_ratings.listed, name="ratings"),
    path("goi-so/", views_counter.calling, name="calling"),
    path("goi-so/quay/<int:point_id>/", views_counter.point, name="point"),
    path("goi-so/quay/<int:point_id>/tiep/", views_counter.call_next, name="call_next"),
    path("goi-so/so/<uuid:ticket_id>/<slug:act>/", views_counter.ticket, name="ticket"),
    path("goi-so/so-lieu/", views_counter.waits, name="waits"),
    path("goi-so/thiet-lap/", views_counter.arrange, name="arrange"),
    path("lich-hen/", views_counter.appointments, name="appointments"),
    path("lich-hen/<uuid:appointment_id>/", views_counter.came, name="came"),
]
