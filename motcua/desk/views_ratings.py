"""What citizens said: the slip that invites them, the list, the verdict on a complaint."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from motcua.desk import words
from motcua.desk.door import actor_of, now_of, officers_only, page
from motcua.dossiers import operations, policies, ratings
from motcua.dossiers.ratings import LEVEL_LABELS, REASON_LABELS, RatingFacts
from motcua.look import formats, pictures
from motcua.rules.actor import Actor
from motcua.rules.casework_ratings import Satisfaction

TONES = {
    Satisfaction.VERY: "good",
    Satisfaction.SATISFIED: "info",
    Satisfaction.DISSATISFIED: "bad",
}
SIZE = 50


class Judge(forms.Form):
    """Whether a complaint is justified, and why."""

    justified = forms.TypedChoiceField(
        choices=[("1", "Phản ánh đúng"), ("0", "Phản ánh chưa đúng")], coerce=lambda v: v == "1"
    )
    reason = forms.CharField(max_length=1000)


@require_safe
@officers_only
def invite(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """`ho-so/<id>/moi-danh-gia/`: a slip with the link that serves once, to give with the result."""
    actor = actor_of(request)
    token = ratings.link_token(actor, dossier_id)
    address = reverse("rating:link", args=[token])
    context = {
        "code": ratings.by_token(token).code,
        "address": f"{settings.PUBLIC_URL}{address}",
        "qr": pictures.qr(address, "Mã QR mở trang đánh giá"),
        "dossier_id": dossier_id,
    }
    return page(request, "desk/rating_invite.html", context)


@require_safe
@officers_only
def listed(request: HttpRequest) -> HttpResponse:
    """`danh-gia/`: the ratings of the dossiers in sight; `?cho=1` the complaints that wait."""
    actor, waiting = actor_of(request), request.GET.get("cho") == "1"
    rows = [_row(found, actor) for found in ratings.ratings(actor, waiting=waiting, size=SIZE)]
    here = reverse("desk:ratings")
    context = {
        "rows": rows,
        "tabs": [("Tất cả", here), ("Chờ kết luận", f"{here}?cho=1")],
        "current": f"{here}?cho=1" if waiting else here,
        "full": len(rows) == SIZE,
    }
    return page(request, "desk/ratings.html", context)


@require_POST
@officers_only
def judge(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """The verdict."""
    form = Judge(request.POST)
    if form.is_valid():
        operations.judge_rating(
            dossier_id=dossier_id, actor=actor_of(request), at=now_of(request), **form.cleaned_data
        )
        messages.success(request, "Đã ghi kết luận.")
    else:
        messages.error(request, "Hãy chọn kết luận và ghi lý do.")
    return HttpResponseRedirect(f"{reverse('desk:ratings')}?cho=1")


def _row(found: RatingFacts, actor: Actor) -> dict[str, Any]:
    return {
        "found": found,
        "level": LEVEL_LABELS[found.level],
        "tone": TONES[found.level],
        "reasons": [REASON_LABELS[reason] for reason in found.reasons],
        "agency": words.unit(found.accountable_id),
        "may_judge": found.waits and policies.may_judge(actor, found.received_by_id),
        "at": formats.moment_text(found.at),
    }
