"""Signals that lateness may be hidden, to be looked into; and which acts need two people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.desk import words
from motcua.desk.door import actor_of, now_of, officers_only, page, today_of
from motcua.dossiers import operations, policies_trust, signals
from motcua.dossiers.signals import SIGNALS, Window
from motcua.look.forms import DateField
from motcua.look.sentences import sentence, status_of
from motcua.organisations import queries as organisations
from motcua.rules.refusal import Refusal
from motcua.statutory import duties

DAYS = 30
UNITS = 40


class Narrow(forms.Form):
    """What the list is narrowed to."""

    tu = DateField(label="Từ ngày", required=False)
    den = DateField(label="Đến ngày", required=False)
    dau_hieu = forms.ChoiceField(
        label="Dấu hiệu",
        required=False,
        choices=[("", "Tất cả"), *((one.key, one.title) for one in SIGNALS.values())],
    )
    don_vi = forms.IntegerField(label="Cơ quan", required=False, widget=forms.HiddenInput)
    chua_xem = forms.BooleanField(label="Chỉ dấu hiệu chưa xem xét", required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def review(request: HttpRequest) -> HttpResponse:
    """`/ban-lam-viec/dau-hieu/`: how many of each kind by agency, and those the reader may see."""
    actor = actor_of(request)
    policies_trust.to_see_signals(actor)
    if request.method == "POST":
        return _reviewed(request)
    narrow = Narrow(request.GET)
    valid = narrow.is_valid()
    given: Mapping[str, Any] = narrow.cleaned_data if valid else {}
    until = given.get("den") or today_of(request)
    window = Window(given.get("tu") or until - timedelta(days=DAYS), until)
    counted = signals.counts(actor, window)
    rows = signals.listed(
        actor, window, signal=given.get("dau_hieu") or "", unit_id=given.get("don_vi"),
        open_only=bool(given.get("chua_xem")),
    )  # fmt: skip
    context = {
        "narrow": narrow,
        "window": window,
        "kinds": [
            (one, sum(n for (_, key), n in counted.items() if key == one.key))
            for one in SIGNALS.values()
        ],
        "units": _by_unit(counted),
        "rows": [(one, words.unit(one.accountable_id)) for one in rows],
        "total": sum(counted.values()),
        "may_review": policies_trust.may_review_signals(actor),
        "findings": signals.Finding.choices,
        "labels": dict(signals.Finding.choices),
        "unit": words.unit(given.get("don_vi")) if given.get("don_vi") else "",
    }
    return page(request, "desk/signals.html", context, status=200 if valid else 422)


def _by_unit(counted: Mapping[tuple[int, str], int]) -> list[tuple[int, str, int, list[int]]]:
    """The agencies with the most signals: each with its counts in the order of the kinds."""
    totals: dict[int, int] = {}
    for (unit_id, _), n in counted.items():
        totals[unit_id] = totals.get(unit_id, 0) + n
    most = sorted(totals, key=lambda u: (-totals[u], organisations.unit(u).sort_key))[:UNITS]
    return [
        (u, words.unit(u), totals[u], [counted.get((u, key), 0) for key in SIGNALS]) for u in most
    ]


def _reviewed(request: HttpRequest) -> HttpResponse:
    sent = request.POST
    back = sent.get("tu", "")
    to = back if back.startswith(reverse("desk:signals")) else reverse("desk:signals")
    try:
        operations.review_signal(
            dossier_id=UUID(sent.get("dossier", "")), signal=sent.get("signal", ""),
            finding=sent.get("finding", ""), note=sent.get("note", "")[:1000],
            actor=actor_of(request), at=now_of(request),
        )  # fmt: skip
    except ValueError:
        messages.error(request, "Không tìm thấy hồ sơ. Hãy tải lại trang.")
    except Refusal as refusal:
        if status_of(refusal.code) in (403, 404):
            raise
        messages.error(request, sentence(refusal.code, refusal.params))
    else:
        messages.success(request, "Đã ghi kết quả xem xét.")
    return redirect(to)


@require_safe
@officers_only
def separation(request: HttpRequest) -> HttpResponse:
    """`/ban-lam-viec/tach-nhiem/`: which two acts need two people, as it stands today."""
    return page(request, "desk/duties.html", {"duties": duties.on(today_of(request))})
