"""The list of dossiers with its filters, and the one search box."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from motcua.catalogue import at_desk as catalogue
from motcua.desk import views_kept, words
from motcua.desk.door import actor_of, now_of, officers_only, page, today_of, working_days_to
from motcua.dossiers import queries
from motcua.dossiers.queries import Filters
from motcua.ledger.paging import Cursor
from motcua.look import formats
from motcua.look.forms import DateField
from motcua.organisations.queries import Kind, units_of_kind
from motcua.rules import personal_id
from motcua.rules.actor import Actor
from motcua.rules.books import Channel
from motcua.rules.casework import UNDER_WAY, WAITING, Status
from motcua.rules.refusal import Refusal

SIZE = 50
MOST = 1000
ALL = ("", "Tất cả")
AGENCIES = (Kind.DEPARTMENT, Kind.VERTICAL, Kind.DISTRICT, Kind.COMMUNE)
"""Kinds of units that settle procedures, from the province down."""


class Narrow(forms.Form):
    """What the list is narrowed by."""

    status = forms.TypedChoiceField(
        label="Tình trạng",
        coerce=int,
        empty_value=None,
        required=False,
        choices=[ALL, *((int(s), words.status(s)[0]) for s in Status)],
    )
    unit = forms.TypedChoiceField(
        label="Cơ quan giải quyết", coerce=int, empty_value=None, required=False
    )
    procedure = forms.TypedChoiceField(
        label="Thủ tục", coerce=int, empty_value=None, required=False
    )
    channel = forms.TypedChoiceField(
        label="Hình thức nộp",
        coerce=int,
        empty_value=None,
        required=False,
        choices=[ALL, *((int(c), words.channel(c)) for c in Channel)],
    )
    received_from = DateField(label="Nhận từ ngày", required=False)
    received_to = DateField(label="Đến ngày", required=False)
    late = forms.BooleanField(label="Chỉ hồ sơ đang quá hạn", required=False)

    def __init__(self, data: Any, *, units: Sequence[Any], procedures: Sequence[Any]) -> None:
        super().__init__(data)
        self.fields["unit"].choices = [ALL, *units]  # type: ignore[attr-defined]
        self.fields["procedure"].choices = [ALL, *procedures]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("received_from"), cleaned.get("received_to")
        if since and until and since > until:
            self.add_error("received_to", "Ngày này trước ngày bắt đầu. Hãy đổi lại.")
        return cleaned

    def filters(self, on: date) -> Filters:
        said = self.cleaned_data
        return Filters(
            status=said["status"],
            unit_id=said["unit"],
            procedure_id=said["procedure"],
            channel=said["channel"],
            received_from=said["received_from"],
            received_to=said["received_to"],
            late_on=on if said["late"] else None,
        )


@require_safe
@officers_only
def dossiers(request: HttpRequest) -> HttpResponse:
    """The dossiers the officer may see, newest first."""
    actor, at = actor_of(request), now_of(request)
    kept = views_kept.shown(request, "dossiers")
    if isinstance(kept, HttpResponse):
        return kept
    on = today_of(request)
    units, procedures = _choices(actor, on)
    narrow = Narrow(request.GET, units=units, procedures=procedures)
    if not narrow.is_valid():
        return page(request, "desk/dossiers.html", {"narrow": narrow, "wrong": True}, status=422)
    filters = narrow.filters(on)
    after = Cursor.parse(request.GET["after"]) if request.GET.get("after") else None
    found = queries.dossiers(actor, filters, after=after, size=SIZE)
    context = {
        "narrow": narrow,
        "rows": rows_of(found.rows, at),
        "next": str(found.next) if found.next else None,
        "count": _counted(queries.count(actor, filters, at_most=MOST + 1)),
        "procedures": bool(procedures),
        "units": len(units) > 1,
    }
    return page(request, "desk/dossiers.html", context | kept)


def rows_of(rows: Sequence[dict[str, Any]], at: datetime) -> list[dict[str, Any]]:
    """Rows of a list as its table shows them."""
    return [
        row
        | {
            "shown": row["code"] or row["submission_code"],
            "said": words.status(row["status"]),
            "unit": words.unit(row["accountable_id"]),
            "holder": words.unit(row["holder_id"]),
            "how": words.channel(row["channel"]),
            "dated": row["finished_at"] or row["status"] in UNDER_WAY | WAITING,
            "paused": row["status"] in WAITING,
            "days": working_days_to(row["due_at"], row["accountable_id"], at),
        }
        for row in rows
    ]


def _counted(many: int) -> str:
    return (
        f"Hơn {formats.number_text(MOST)} hồ sơ"
        if many > MOST
        else f"{formats.number_text(many)} hồ sơ"
    )


def _choices(actor: Actor, on: date) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """The agencies and procedures an officer's dossiers can be of; a reader of everything filters by
    agency alone, for a province's procedures are too many for a list."""
    sees = actor.sees
    if sees.everything:
        return [(u.id, u.short_name) for kind in AGENCIES for u in units_of_kind(kind, on)], []
    units = sees.accountable | catalogue.agencies(on, desks=sees.received_by)
    offered = catalogue.find("", on, desks=sees.received_by, agencies=sees.accountable, size=MOST)
    named = sorted(((u, words.unit(u)) for u in units), key=lambda pair: pair[1])
    return named, [(hit.procedure_id, hit.name) for hit in sorted(offered, key=lambda h: h.name)]


@require_safe
@officers_only
def search(request: HttpRequest) -> HttpResponse:
    """One box: a code, what a QR code reads as, a name, a personal number, a telephone number."""
    actor, at = actor_of(request), now_of(request)
    typed = request.GET.get("q", "").strip()[:500]
    text = meant(typed)
    rows = queries.search(actor, text, size=SIZE) if len(text) > 1 else []
    if len(rows) == 1 and text.upper() in (rows[0]["code"], rows[0]["submission_code"]):
        return redirect("desk:dossier", rows[0]["id"])
    context = {
        "q": typed,
        "rows": rows_of(rows, at),
        "short": len(text) < 2,
        "full": len(rows) == SIZE,
    }
    return page(request, "desk/search.html", context)


def meant(typed: str) -> str:
    """What a search text stands for: the code in a receipt's address, the number on a card, a telephone
    number in its one spelling; any other text as it is."""
    if typed.startswith(("http://", "https://")):
        return parse_qs(urlsplit(typed).query).get("ma", [typed])[0].strip()
    if "|" in typed:
        try:
            return personal_id.card(typed).number
        except Refusal:
            return typed
    bare = re.sub(r"[\s.]", "", typed)
    if bare.isdigit() and len(bare) in (9, 12):
        return bare
    try:
        return personal_id.phone(typed)
    except Refusal:
        return typed
