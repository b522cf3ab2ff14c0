"""A decree changes days off: declared on a page, seen before it is done, done by one act, and followed
while the open dossiers are counted anew."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalogue import queries as catalogue
from motcua.desk import words
from motcua.desk.door import actor_of, now_of, officers_only, page, today_of
from motcua.desk.forms_decree import Asked
from motcua.dossiers import decreed, resettling
from motcua.dossiers.decreed import Preview
from motcua.look.sentences import status_of
from motcua.organisations import operations, policies, queries
from motcua.organisations.proposals import proposed
from motcua.rules.refusal import Refusal

LISTED = 15


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def declare(request: HttpRequest) -> HttpResponse:
    """`/ban-lam-viec/lich/khai-bao/`: the form; sent, what it would change; sent from there, done."""
    policies.to_manage(actor_of(request))
    today = today_of(request)
    if request.method != "POST":
        initial = {"withdrawn": request.GET.get("bo", "")[:40]}
        return _form(request, Asked(None, today=today, initial=initial), 200)
    asked = Asked(request.POST, today=today)
    if not asked.is_valid() or "sua" in request.POST:
        return _form(request, asked, 200 if asked.is_valid() else 422)
    try:
        if "ap-dung" in request.POST:
            return _done(request, asked)
        found = decreed.preview(asked.declaration, actor=actor_of(request), at=now_of(request))
    except Refusal as refusal:
        if status_of(refusal.code) == 403:
            raise
        asked.refuse(refusal)
        return _form(request, asked, status_of(refusal.code))
    return page(request, "desk/decree_preview.html", _said(asked, found))


@require_safe
@officers_only
def progress(request: HttpRequest) -> HttpResponse:
    """`/ban-lam-viec/lich/tinh-lai/`: how many open dossiers are by the calendar in force, of how many."""
    policies.to_manage(actor_of(request))
    revision = queries.newest_revision()
    done = resettling.progress(revision.id)
    context = {
        "revision": revision,
        "progress": done,
        "percent": 100 * done.done // done.total if done.total else 100,
    }
    return page(request, "desk/decree_progress.html", context)


def _form(request: HttpRequest, asked: Asked, status: int) -> HttpResponse:
    return page(request, "desk/decree.html", {"asked": asked}, status=status)


def _done(request: HttpRequest, asked: Asked) -> HttpResponse:
    declaration, given = asked.declaration, asked.decree.cleaned_data
    proposed(declaration)
    operations.declare_days(
        declaration.unit_id,
        declaration.days,
        withdrawn=declaration.withdrawn,
        reason=given["source"],
        seen=given["revision"],
        actor=actor_of(request),
        at=now_of(request),
    )
    messages.success(
        request, "Đã ghi lịch làm việc mới. Hồ sơ tiếp nhận từ lúc này tính theo lịch mới."
    )
    return redirect("desk:decree_progress")


def _said(asked: Asked, found: Preview) -> dict[str, Any]:
    declaration = asked.declaration
    return {
        "asked": asked,
        "declaration": declaration,
        "whose": words.unit(declaration.unit_id) if declaration.unit_id else "Cả tỉnh",
        "found": found,
        "shifts": [_shift(by) for by in found.shifts or ()],
        "by_unit": [(words.unit(unit), n) for unit, n in found.by_unit.most_common(LISTED)],
        "by_procedure": _procedures(found.by_procedure),
        "by_day": _days(found.by_day),
        "named": [(moved, words.unit(moved.unit_id), _shift(moved.shift)) for moved in found.named],
        "hidden": found.own - len(found.named),
    }


def _procedures(counted: Counter[int]) -> list[tuple[str, int]]:
    names = catalogue.names_of([procedure for procedure, _ in counted.most_common(LISTED)])
    return [(names[procedure], n) for procedure, n in counted.most_common(LISTED)]


def _days(counted: Counter[tuple[date, date]]) -> list[tuple[date, date, int]]:
    return sorted((was, to, n) for (was, to), n in counted.most_common(LISTED))


def _shift(by: timedelta) -> str:
    """How far a date moves, as people say it."""
    if not by:
        return "không đổi"
    days, rest = divmod(abs(by), timedelta(days=1))
    hours = rest // timedelta(hours=1)
    parts = ([f"{days} ngày"] if days else []) + ([f"{hours} giờ"] if hours else [])
    return f"{'muộn' if by > timedelta() else 'sớm'} hơn {' '.join(parts) or 'dưới 1 giờ'}"
