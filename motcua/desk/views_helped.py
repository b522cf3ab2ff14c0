"""What desks took in for other agencies, and whose officers stood there."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from motcua.desk import words
from motcua.desk.door import actor_of, officers_only, page, today_of
from motcua.dossiers import helping, policies_trust
from motcua.look.forms import DateField

DAYS, SHOWN = 30, 200


class Days(forms.Form):
    """Which days are counted."""

    tu = DateField(label="Từ ngày", required=False)
    den = DateField(label="Đến ngày", required=False)
    ho = forms.BooleanField(label="Chỉ nhận hộ cơ quan khác", required=False)


@require_safe
@officers_only
def helped(request: HttpRequest) -> HttpResponse:
    """`/ban-lam-viec/nhan-ho/`: the desk, the agency that answers, the agency that sent the officer."""
    actor = actor_of(request)
    policies_trust.to_see_signals(actor)
    asked = Days(request.GET)
    given = asked.cleaned_data if asked.is_valid() else {}
    until = given.get("den") or today_of(request)
    since = given.get("tu") or until - timedelta(days=DAYS)
    rows = helping.helped(actor, since, until)
    if given.get("ho"):
        rows = [one for one in rows if one.for_another]
    context = {
        "asked": asked,
        "since": since,
        "until": until,
        "rows": [
            (one, words.unit(one.desk_id), words.unit(one.accountable_id), words.unit(one.home_id))
            for one in rows[:SHOWN]
        ],
        "hidden": len(rows) - SHOWN if len(rows) > SHOWN else 0,
        "total": sum(one.dossiers for one in rows),
        "others": sum(one.dossiers for one in rows if one.for_another),
    }
    return page(request, "desk/helped.html", context, status=200 if asked.is_valid() else 422)
