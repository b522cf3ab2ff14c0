"""Consultations at the desk: what one's agency is asked, what it asks, the answer with its files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.desk import kept_files
from motcua.desk.door import actor_of, now_of, officers_only, page, working_days_to
from motcua.desk.forms_opinions import AnswerOpinion, CancelOpinion
from motcua.dossiers import consulting, operations, policies
from motcua.dossiers.labels import STANCE_LABELS
from motcua.dossiers.queries import Detail
from motcua.files import shelves
from motcua.ledger.paging import Cursor
from motcua.look.forms import refused
from motcua.look.uploads import receives_files
from motcua.rules.actor import Actor, May
from motcua.rules.casework import OPEN
from motcua.rules.casework_opinions import Stance
from motcua.rules.refusal import Refusal

TABS = {"": "Hỏi cơ quan ta", "da-tra-loi": "Đã trả lời", "di": "Cơ quan ta hỏi"}
EMPTY = {
    "": "Không có nội dung nào chờ trả lời",
    "da-tra-loi": "Chưa trả lời nội dung nào",
    "di": "Không có nội dung nào đang chờ cơ quan khác",
}
HINTS = {
    "": "Khi cơ quan khác lấy ý kiến, nội dung hiện ở đây.",
    "da-tra-loi": "Ý kiến đã gửi hiện ở đây.",
    "di": "Lấy ý kiến từ trang hồ sơ, ở bước đang xử lý.",
}
CAPTIONS = {
    "": "Nội dung chờ trả lời, đến hạn trước đứng trước",
    "da-tra-loi": "Ý kiến đã trả lời",
    "di": "Nội dung đã hỏi chưa có trả lời, đến hạn trước đứng trước",
}
TONES: Mapping[str, str] = {
    Stance.AGREES: "good",
    Stance.AGREES_IF: "info",
    Stance.DISAGREES: "bad",
    Stance.NOT_OURS: "warn",
}


@require_safe
@officers_only
def opinions(request: HttpRequest) -> HttpResponse:
    """What the officer's agency is asked, has answered, or asks others."""
    actor, at = actor_of(request), now_of(request)
    policies.may(actor, May.PROCESS)
    tab = request.GET.get("muc", "")
    tab = tab if tab in TABS else ""
    after = Cursor.parse(request.GET["after"]) if request.GET.get("after") else None
    if tab == "di":
        found = consulting.asked_by(actor, after=after)
    else:
        found = consulting.asked_of(actor, answered=tab == "da-tra-loi", after=after)
    context = {
        "tabs": [(label, _address(key), None) for key, label in TABS.items()],
        "current": _address(tab),
        "rows": [_listed(row, at) for row in found.rows],
        "next": str(found.next) if found.next else None,
        "asking": tab == "di",
        "answered": tab == "da-tra-loi",
        "caption": CAPTIONS[tab],
        "empty": EMPTY[tab],
        "hint": HINTS[tab],
    }
    return page(request, "desk/opinions.html", context)


@receives_files
@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def answer(request: HttpRequest, dossier_id: UUID, opinion_id: UUID) -> HttpResponse:
    """The form of an answer, and the answer."""
    actor = actor_of(request)
    asked = consulting.one(actor, dossier_id, opinion_id)
    form = AnswerOpinion(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            files = kept_files.store(request, "sent", actor, now_of(request))
            operations.answer_opinion(
                opinion_id=opinion_id,
                dossier_id=asked["dossier_id"],
                stance=form.cleaned_data["stance"],
                answer=form.cleaned_data["answer"],
                files=files,
                actor=actor,
                at=now_of(request),
            )
        except Refusal as refusal:
            return _form(request, asked, form, "Trả lời", refusal)
        messages.success(request, "Đã gửi ý kiến trả lời.")
        return redirect("desk:dossier", asked["dossier_id"])
    return _form(request, asked, form, "Trả lời")


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def cancel(request: HttpRequest, dossier_id: UUID, opinion_id: UUID) -> HttpResponse:
    """The form that takes a question back."""
    actor = actor_of(request)
    asked = consulting.asked_about(actor, dossier_id, opinion_id)
    form = CancelOpinion(request.POST or None, initial={"seen": asked["version"]})
    if request.method == "POST" and form.is_valid():
        try:
            operations.cancel_opinion(
                dossier_id=dossier_id,
                opinion_id=opinion_id,
                actor=actor,
                at=now_of(request),
                **form.cleaned_data,
            )
        except Refusal as refusal:
            return _form(request, asked, form, "Thôi lấy ý kiến", refusal)
        messages.success(request, "Đã thôi lấy ý kiến.")
        return redirect("desk:dossier", dossier_id)
    return _form(request, asked, form, "Thôi lấy ý kiến")


@require_safe
@officers_only
def desk_file(request: HttpRequest, dossier_id: UUID, file_id: UUID) -> FileResponse:
    """A file of the work on a dossier, for officers; never a page."""
    found = consulting.file(actor_of(request), dossier_id, file_id)
    return kept_files.given(shelves.read(found.sha256), found.name, found.media_type)


def of_dossier(actor: Actor, found: Detail, at: datetime) -> list[dict[str, Any]]:
    """The consultations of a dossier as its page shows them."""
    running = found.case.status in OPEN
    asks = bool(policies.own_items(actor, found.case.items))
    return [
        row
        | _said(row)
        | {
            "days": working_days_to(row["due_at"], row["unit_id"], at),
            "lapsed": not running and not row["answered_at"],
            "may_answer": running and _open(row) and policies.may_answer(actor, row["unit_id"]),
            "may_cancel": running
            and _open(row)
            and (asks or row["asked_by_id"] == actor.account_id),
        }
        for row in consulting.of_dossier(actor, found.case.id)
    ]


def _open(row: Mapping[str, Any]) -> bool:
    return row["answered_at"] is None and row["cancelled_at"] is None


def _listed(row: dict[str, Any], at: datetime) -> dict[str, Any]:
    return (
        row
        | _said(row)
        | {
            "shown": row["code"] or row["submission_code"],
            "days": working_days_to(row["opinion_due_at"], row["unit_id"], at),
        }
    )


def _said(row: Mapping[str, Any]) -> dict[str, str]:
    if not row["stance"]:
        return {"said": "", "tone": ""}
    return {"said": str(STANCE_LABELS[Stance(row["stance"])]), "tone": TONES[row["stance"]]}


def _form(
    request: HttpRequest,
    asked: dict[str, Any],
    form: forms.Form,
    title: str,
    refusal: Refusal | None = None,
) -> HttpResponse:
    status = 422 if form.errors else 200
    if refusal is not None:
        status = refused(form, refusal)
    context = {
        "opinion": asked,
        "dossier_id": asked["dossier_id"],
        "code": asked["code"] or asked["submission_code"],
        "form": form,
        "uploads": isinstance(form, AnswerOpinion),
        "title": title,
        "kind": "primary" if isinstance(form, AnswerOpinion) else "danger",
        "who": f"{asked['asked_in_name']} hỏi {asked['unit_name']}",
    }
    return page(request, "desk/opinion.html", context, status=status)


def _address(tab: str) -> str:
    return f"{reverse('desk:opinions')}{f'?muc={tab}' if tab else ''}"
