"""Notes of the officers on a dossier, and minutes of inspections."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.desk import kept_files
from motcua.desk.door import actor_of, now_of, officers_only, page
from motcua.desk.forms_results import AddNote, RecordInspection, StrikeNote
from motcua.dossiers import operations, policies, queries, working_papers
from motcua.dossiers.queries import Detail
from motcua.look.forms import refused
from motcua.look.uploads import receives_files
from motcua.rules.actor import Actor
from motcua.rules.casework import OPEN
from motcua.rules.refusal import Refusal


@require_POST
@officers_only
def add_note(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """A note from the dossier's page."""
    actor = actor_of(request)
    found = queries.detail(actor, dossier_id)
    form = AddNote(request.POST)
    if form.is_valid():
        operations.add_note(
            dossier_id=dossier_id, text=form.cleaned_data["text"], actor=actor, at=now_of(request)
        )
        messages.success(request, "Đã lưu ghi chú.")
        return redirect("desk:dossier", dossier_id)
    return _form(request, found, form, "Lưu ghi chú", 422)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def strike_note(request: HttpRequest, dossier_id: UUID, note_id: UUID) -> HttpResponse:
    """Strike one's own note out, with the reason."""
    actor = actor_of(request)
    found = queries.detail(actor, dossier_id)
    if not any(note["id"] == note_id for note in working_papers.notes(actor, dossier_id)):
        raise Refusal("dossier.not_visible")
    form = StrikeNote(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.strike_note(
            dossier_id=dossier_id,
            note_id=note_id,
            reason=form.cleaned_data["reason"],
            actor=actor,
            at=now_of(request),
        )
        messages.success(request, "Đã gạch bỏ ghi chú.")
        return redirect("desk:dossier", dossier_id)
    return _form(request, found, form, "Gạch bỏ ghi chú", 422 if form.errors else 200)


@receives_files
@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def inspection(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """The form of an inspection's minutes, and the record."""
    actor, at = actor_of(request), now_of(request)
    found = queries.detail(actor, dossier_id)
    if not works(actor, found):
        raise Refusal("dossier.not_your_step")
    form = RecordInspection(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            files = kept_files.store(request, "sent", actor, at)
            operations.record_inspection(
                dossier_id=dossier_id, minutes=form.minutes(), files=files, actor=actor, at=at
            )
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            messages.success(request, "Đã lập biên bản. Có thể in từ trang hồ sơ.")
            return redirect("desk:dossier", dossier_id)
    status = 422 if form.errors and status == 200 else status
    return _form(request, found, form, "Lập biên bản kiểm tra thực địa", status)


@require_safe
@officers_only
def minutes(request: HttpRequest, dossier_id: UUID, inspection_id: UUID) -> HttpResponseBase:
    """The minutes as PDF."""
    made = working_papers.minutes_pdf(actor_of(request), dossier_id, inspection_id)
    return kept_files.given(BytesIO(made), "bien-ban.pdf", "application/pdf", inline=True)


def of_dossier(actor: Actor, found: Detail) -> dict[str, Any]:
    """The notes and the minutes of a dossier as its page shows them."""
    duty = policies.on_duty(actor, found.dossier)
    notes = working_papers.notes(actor, found.case.id) if duty else []
    return {
        "notes": [note | {"own": _own(note, actor)} for note in notes],
        "note_form": AddNote() if duty else None,
        "inspections": working_papers.inspections(actor, found.case.id) if duty else [],
        "may_inspect": works(actor, found),
    }


def works(actor: Actor, found: Detail) -> bool:
    """Whether an open step of an accepted, unfinished dossier is the actor's."""
    running = found.case.accepted_at is not None and found.case.status in OPEN
    return running and bool(policies.own_items(actor, found.case.items))


def _own(note: dict[str, Any], actor: Actor) -> bool:
    return note["by_id"] == actor.account_id and note["struck_at"] is None


def _form(
    request: HttpRequest, found: Detail, form: forms.Form, title: str, status: int
) -> HttpResponse:
    row = found.dossier
    context = {
        "dossier": row,
        "code": row["code"] or row["submission_code"],
        "form": form,
        "title": title,
        "uploads": isinstance(form, RecordInspection),
        "kind": "danger" if isinstance(form, StrikeNote) else "primary",
    }
    return page(request, "desk/working.html", context, status=status)
