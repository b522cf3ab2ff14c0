"""The due-date calculator, open to everybody: the question is the address, so that an answer can be sent."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.look import due_dates
from motcua.look.clock import door_now
from motcua.organisations.due_question import Answer, answer
from motcua.portal.forms_due import DueQuestion
from motcua.rules.deadline import LimitUnit
from motcua.rules.refusal import Refusal

EXAMPLE = {"so": "5", "loai": LimitUnit.WORKING_DAY.value, "cach": "gio"}


@require_safe
def calculate(request: HttpRequest) -> HttpResponse:
    """`/tinh-han/`: when what was received then, with that limit, is due, and why. Asked once `nhan` is
    there; other parameters alone fill the form."""
    unit = request.GET.get("don_vi", "")[:80]
    if "nhan" not in request.GET:
        at = door_now().replace(second=0, microsecond=0)
        start = EXAMPLE | {"nhan": at} | request.GET.dict()
        form = DueQuestion(initial=start, asked_unit=unit)
        return _page(request, form)
    form = DueQuestion(EXAMPLE | {"so": ""} | request.GET.dict(), asked_unit=unit)
    found = _answer(form) if form.is_valid() else None
    why = due_dates.of_answer(found) if found else None
    return _page(request, form, answer=found, why=why)


def _answer(form: DueQuestion) -> Answer | None:
    try:
        return answer(form.question())
    except Refusal as refusal:
        form.refuse(refusal)
        return None


def _page(request: HttpRequest, form: DueQuestion, **more: Any) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "portal/due.html", {"form": form, **more}, status=status)
