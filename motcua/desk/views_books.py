"""The books of certification: a month of one, its print to be bound, the year locked, an entry corrected."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.desk.door import actor_of, now_of, officers_only, page, today_of
from motcua.desk.forms_certification import TITLES, Correct
from motcua.desk.views_certification import KINDS
from motcua.dossiers import operations, policies, registers
from motcua.dossiers.registers import Month
from motcua.look import formats
from motcua.look.forms import refused
from motcua.look.sentences import sentence
from motcua.rules.actor import Actor, May
from motcua.rules.certification import Kind
from motcua.rules.refusal import Refusal

FIELDS = {"title": "tên giấy tờ", "originals": "bản chính", "copies": "bản sao", "pages": "trang",
          "voided": "hủy"}  # fmt: skip


@require_safe
@officers_only
def books(request: HttpRequest) -> HttpResponse:
    """The books the officer may open, and the figures of the last days."""
    actor, on = actor_of(request), today_of(request)
    context = {
        "books": [_book(row) for row in registers.books(actor)],
        "days": registers.figures_of(actor, on.replace(day=1), on),
        "month": on,
    }
    return page(request, "desk/certification_books.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def book(request: HttpRequest, book_id: UUID) -> HttpResponse:
    """A month of a book; binding it, locking the year."""
    actor, on = actor_of(request), today_of(request)
    found = registers.book(actor, book_id)
    month = _month(request, found, on)
    here = f"{reverse('desk:certification_book', args=[book_id])}?thang={month.month}"
    if request.method == "POST":
        _do(request, book_id, month)
        return redirect(here)
    shown = registers.register(actor, book_id, month)
    bound = registers.bound(actor, book_id)
    context = {
        "book": _book(found),
        "month": month,
        "months": [(n, f"Tháng {n}") for n in range(1, 13)],
        "shown": shown,
        "rows": shown.rows,
        "bound": [row | {"same": row["sha256"] == shown.sha256} for row in bound],
        "bound_now": any(
            row["month"] == month.month and row["sha256"] == shown.sha256 for row in bound
        ),
        "over": on > month.last,
        "year_over": on.year > found["year"],
        "keeps": _keeps(actor, found),
    }
    return page(request, "desk/certification_book.html", context)


def _do(request: HttpRequest, book_id: UUID, month: Month) -> None:
    actor, at = actor_of(request), now_of(request)
    try:
        if request.POST.get("viec") == "khoa":
            last = operations.lock_book(book_id=book_id, actor=actor, at=at)
            messages.success(request, f"Đã khóa sổ năm {month.year}; số cuối cùng là {last}.")
        else:
            operations.bind_book_month(
                book_id=book_id,
                month=month.month,
                sha256=request.POST.get("sha256", ""),
                actor=actor,
                at=at,
            )
            messages.success(request, f"Đã ghi nhận đóng sổ tháng {month.month}/{month.year}.")
    except Refusal as refusal:
        messages.error(request, sentence(refusal.code, refusal.params))


@require_safe
@officers_only
def printed(request: HttpRequest, book_id: UUID) -> HttpResponse:
    """A month of a book in numbered pages, for the printer."""
    actor = actor_of(request)
    month = _month(request, registers.book(actor, book_id), today_of(request))
    shown = registers.register(actor, book_id, month)
    pages = [{"number": n, "rows": rows} for n, rows in enumerate(shown.pages, 1)]
    context = {"book": _book(shown.book), "month": month, "shown": shown, "pages": pages}
    return page(request, "desk/certification_print.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def correct(request: HttpRequest, certification_id: UUID) -> HttpResponse:
    """Correct an entry, or void it; the number stays."""
    actor = actor_of(request)
    entry = registers.entry(actor, certification_id)
    form = Correct(request.POST or None, initial={n: entry[n] for n in FIELDS})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                operations.correct_certification(
                    certification_id=certification_id,
                    line=form.line(),
                    voided=form.cleaned_data["voided"],
                    reason=form.cleaned_data["reason"],
                    actor=actor,
                    at=now_of(request),
                )
            except Refusal as refusal:
                status = refused(form, refusal)
            else:
                messages.success(request, f"Đã đính chính số {entry['number']}; số giữ nguyên.")
                return redirect("desk:certification_correct", certification_id)
    context = {
        "entry": entry | {"kind_said": KINDS[Kind(entry["kind"])]},
        "form": form,
        "titles": TITLES,
        "corrections": [_correction(row) for row in entry["corrections"]],
        "may": May.ACCEPT in actor.may and entry["number"] and not entry["locked_at"],
    }
    return page(request, "desk/certification_correct.html", context, status=status)


def _correction(row: dict[str, Any]) -> dict[str, Any]:
    changed = [
        f"{label}: {_value(row['was'].get(name))} → {_value(row['now'].get(name))}"
        for name, label in FIELDS.items()
        if row["was"].get(name) != row["now"].get(name)
    ]
    return row | {"changed": changed}


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    return formats.number_text(value) if isinstance(value, int) else str(value)


def _book(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"kind_said": KINDS[Kind(row["kind"])]}


def _month(request: HttpRequest, found: dict[str, Any], on: date) -> Month:
    asked = request.GET.get("thang", "")
    if asked.isascii() and asked.isdecimal() and 1 <= int(asked) <= 12:
        return Month(found["year"], int(asked))
    return Month(found["year"], on.month if on.year == found["year"] else 12)


def _keeps(actor: Actor, found: dict[str, Any]) -> bool:
    try:
        policies.to_keep_book(actor, found["unit_id"])
    except Refusal:
        return False
    return True
