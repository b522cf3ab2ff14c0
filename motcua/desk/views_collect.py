"""Results that wait to be collected: since when, whether the applicant was told, calling him again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from motcua.desk import words
from motcua.desk.door import actor_of, now_of, officers_only, page
from motcua.desk.tables import as_csv
from motcua.dossiers import collecting, operations, policies
from motcua.dossiers.collecting import Waiting
from motcua.ledger.paging import Cursor
from motcua.look import formats
from motcua.look.sentences import sentence
from motcua.rules import personal_id
from motcua.rules.actor import May
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE

SIZE, MOST, EXPORTED = 50, 1000, 5000
HEAD = ("Mã hồ sơ", "Chủ hồ sơ", "Điện thoại", "Thủ tục", "Cơ quan", "Có kết quả", "Số ngày chờ",
        "Đã báo", "Nhắc lần cuối")  # fmt: skip


class Narrow(forms.Form):
    """What the list is narrowed by."""

    procedure = forms.TypedChoiceField(
        label="Thủ tục", coerce=int, empty_value=None, required=False
    )
    told = forms.TypedChoiceField(
        label="Báo người nộp",
        coerce=lambda text: text == "roi",
        empty_value=None,
        required=False,
        choices=[("", "Tất cả"), ("roi", "Đã báo"), ("chua", "Chưa báo")],
    )
    overdue = forms.BooleanField(label="Chỉ kết quả chờ quá lâu", required=False)

    def __init__(self, data: Any, procedures: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        choices = [("", "Tất cả thủ tục"), *procedures]
        self.fields["procedure"].choices = choices  # type: ignore[attr-defined]

    def waiting(self, at: datetime) -> Waiting:
        said = self.cleaned_data
        long_ago = at - timedelta(days=settings.COLLECT_DAYS)
        return Waiting(said["procedure"], long_ago if said["overdue"] else None, said["told"])


@require_safe
@officers_only
def collect(request: HttpRequest) -> HttpResponse:
    """The results at the officer's desk that nobody came for, the longest waiting first; or as a file."""
    actor, at = actor_of(request), now_of(request)
    policies.may(actor, May.HAND_OVER)
    narrow = Narrow(request.GET, collecting.procedures(actor))
    if not narrow.is_valid():
        return page(request, "desk/collect.html", {"narrow": narrow, "wrong": True}, status=422)
    filters = narrow.waiting(at)
    if request.GET.get("dang") == "csv":
        rows = collecting.to_collect(actor, filters, size=EXPORTED).rows
        return as_csv("ket-qua-cho-tra", [HEAD, *(_cells(_row(row, at)) for row in rows)])
    after = Cursor.parse(request.GET["after"]) if request.GET.get("after") else None
    found = collecting.to_collect(actor, filters, after=after, size=SIZE)
    many = collecting.count(actor, filters, at_most=MOST + 1)
    query = request.GET.copy()
    query["dang"] = "csv"
    query.pop("after", None)
    context = {
        "narrow": narrow,
        "rows": [_row(row, at) for row in found.rows],
        "next": str(found.next) if found.next else None,
        "count": f"{'Hơn ' if many > MOST else ''}{formats.number_text(min(many, MOST))} kết quả",
        "long": settings.COLLECT_DAYS,
        "csv": f"?{query.urlencode()}",
    }
    return page(request, "desk/collect.html", context)


def _row(row: dict[str, Any], at: datetime) -> dict[str, Any]:
    days = (at.astimezone(ZONE).date() - row["finished_at"].astimezone(ZONE).date()).days
    last = row["reminded_at"]
    return row | {
        "phone": personal_id.mask(row["phone"]),
        "unit": words.unit(row["accountable_id"]),
        "days": days,
        "too_long": days >= settings.COLLECT_DAYS,
        "reminded_today": bool(last and last.astimezone(ZONE).date() == at.astimezone(ZONE).date()),
    }


def _cells(row: dict[str, Any]) -> tuple[Any, ...]:
    return (
        row["code"],
        row["applicant_name"],
        row["phone"],
        row["subject"],
        row["unit"],
        formats.datetime_text(row["finished_at"]),
        row["days"],
        "rồi" if row["told"] else "chưa",
        formats.datetime_text(row["reminded_at"]) if row["reminded_at"] else "",
    )


@require_POST
@officers_only
def remind(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Tell the applicant again."""
    try:
        operations.remind_to_collect(
            dossier_id=dossier_id, actor=actor_of(request), at=now_of(request)
        )
    except Refusal as refusal:
        messages.error(request, sentence(refusal.code, refusal.params))
    else:
        messages.success(request, "Đã nhắc người nộp đến nhận kết quả.")
    return redirect("desk:collect")
