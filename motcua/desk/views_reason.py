"""A dossier outside one's own work: the reason is asked before it is shown, once a day, and kept."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from motcua.desk.door import actor_of, now_of, officers_only, page, today_of
from motcua.dossiers import looking, policies
from motcua.look.sentences import sentence
from motcua.people import operations as people
from motcua.rules.refusal import Refusal


class Reason(forms.Form):
    """What the look is for."""

    purpose = forms.ChoiceField(
        label="Mục đích",
        choices=[c for c in people.Purpose.choices if c[0] != people.Purpose.INTAKE],
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn một mục đích."},
    )
    note = forms.CharField(label="Ghi rõ việc", max_length=300, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def reason(request: HttpRequest, about: UUID) -> HttpResponse:
    """`/ban-lam-viec/ly-do/<hồ sơ>/`: why one looks at a dossier outside one's own work."""
    actor = actor_of(request)
    policies.to_see(actor, about)
    to = _onward(request, about)
    outside = looking.unreasoned(actor, about, today_of(request))
    if outside is None:
        return redirect(to)
    form, status = Reason(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                people.look_up(
                    person_id=outside.person_id, dossier_id=about, code=outside.code,
                    purpose=form.cleaned_data["purpose"], note=form.cleaned_data["note"],
                    fields=looking.SHOWN, actor=actor, at=now_of(request),
                )  # fmt: skip
                return redirect(to)
            except Refusal as refusal:
                field = refusal.params.get("field")
                form.add_error(
                    str(field) if field else None, sentence(refusal.code, refusal.params)
                )
    return page(request, "desk/reason.html", {"form": form, "code": outside.code, "to": to}, status)


def _onward(request: HttpRequest, about: UUID) -> str:
    """Where the reader was going, within this site."""
    asked = request.POST.get("tiep") or request.GET.get("tiep") or ""
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if safe and asked.startswith("/") else reverse("desk:dossier", args=[about])
