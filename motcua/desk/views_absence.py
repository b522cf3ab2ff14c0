"""Absence: who stands in for whom, from when to when, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from motcua.desk.door import actor_of, now_of, officers_only, page, today_of
from motcua.look.forms import DateField
from motcua.look.sentences import sentence
from motcua.people import absence, operations
from motcua.people.absence import Held
from motcua.people.errors import FIELDS
from motcua.rules.refusal import Refusal


class Absence(forms.Form):
    """Who is away, who stands in, from when to the end of which day."""

    held = forms.TypedChoiceField(label="Ai vắng mặt", coerce=int)
    to = forms.TypedChoiceField(
        label="Người thay",
        coerce=int,
        error_messages={"required": "Hãy chọn người thay."},
    )
    since = DateField(label="Từ ngày")
    last = DateField(label="Đến hết ngày")
    reason = forms.CharField(
        label="Lý do, văn bản phân công",
        max_length=300,
        error_messages={"required": "Chưa ghi lý do hoặc văn bản ủy quyền. Hãy ghi rõ."},
    )

    def __init__(
        self, data: Any, *, held: Sequence[Held], colleagues: Sequence[tuple[int, str]], on: date
    ) -> None:
        super().__init__(data, initial={"since": on})
        self.on = on
        self.fields["held"].choices = [(h.held_id, h.label) for h in held]  # type: ignore[attr-defined]
        self.fields["to"].choices = [("", "Chọn người thay"), *colleagues]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        since, last = said.get("since"), said.get("last")
        if since and last and last < since:
            self.add_error("last", "Ngày này trước ngày bắt đầu. Hãy đổi lại.")
        if last and last < self.on:
            self.add_error("last", "Ngày này đã qua. Hãy ghi ngày từ hôm nay trở đi.")
        return said


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def absences(request: HttpRequest) -> HttpResponse:
    """The absences entered, and the form of another."""
    actor, on = actor_of(request), today_of(request)
    held = absence.posts(actor, on)
    form = Absence(
        request.POST if request.method == "POST" else None,
        held=held,
        colleagues=absence.colleagues(actor.agency_id, on),
        on=on,
    )
    status = 200
    if request.method == "POST":
        if form.is_valid() and _entered(request, form):
            return redirect("desk:absences")
        status = 422
    context = {"form": form, "held": held, "stand_ins": absence.stand_ins(held, on), "today": on}
    return page(request, "desk/absence.html", context, status=status)


def _entered(request: HttpRequest, form: Absence) -> bool:
    said = form.cleaned_data
    try:
        operations.delegate(
            held_id=said["held"],
            to_account_id=said["to"],
            since=said["since"],
            until=absence.first_day_after(said["last"]),
            reason=said["reason"],
            actor=actor_of(request),
            at=now_of(request),
        )
    except Refusal as refusal:
        field = FIELDS.get(refusal.code)
        form.add_error(
            field if field in form.fields else None, sentence(refusal.code, refusal.params)
        )
        return False
    messages.success(
        request, "Đã ghi người thay. Người ấy thấy việc ở vị trí này khi chọn ở đầu trang."
    )
    return True


@require_POST
@officers_only
def end(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """From today on nobody stands in, or, where it was to come, at all."""
    on = today_of(request)
    mine = absence.stand_ins(absence.posts(actor_of(request), on), on)
    begins = next((one.since for one in mine if one.id == delegation_id), on)
    operations.end_delegation(
        delegation_id=delegation_id,
        on=max(on, begins),
        actor=actor_of(request),
        at=now_of(request),
    )
    messages.success(request, "Đã kết thúc việc thay.")
    return redirect("desk:absences")
