"""Papers that are projections of the record: a dossier's control slip, a desk's register; and the forms
in force on a day, each with a sample."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from motcua.desk import words
from motcua.desk.door import actor_of, officers_only, page, pdf, today_of
from motcua.desk.tables import as_csv
from motcua.dossiers import control, queries, register
from motcua.dossiers.register import HEADINGS, MOST
from motcua.files.province_papers import OWN
from motcua.files.rendering import render
from motcua.ledger.paging import Cursor
from motcua.look import formats
from motcua.look.forms import DateField
from motcua.organisations.queries import Kind as UnitKind
from motcua.organisations.queries import units_of_kind
from motcua.rules import personal_id
from motcua.rules.actor import Actor
from motcua.statutory.paper_forms import Kind, PaperForm, forms_in_force, paper_form
from motcua.statutory.paper_samples import sample_of

SIZE = 50
LONGEST = timedelta(days=366)


@require_safe
@officers_only
def control_slip(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """A dossier's control slip as its record stands, as PDF; reached through the dossier."""
    found = queries.detail(actor_of(request), dossier_id)
    paper = control.control_slip(found)
    return pdf(render(paper_form(Kind.CONTROL, paper.issued_on), paper), f"kiem-soat-{paper.code}")


class Asked(forms.Form):
    """Which desk's register, and of which days; without days this month until today."""

    desk = forms.TypedChoiceField(label="Bộ phận", coerce=int, empty_value=None, required=False)
    since = DateField(label="Từ ngày", required=False)
    until = DateField(label="Đến ngày", required=False)

    def __init__(self, data: Any, *, desks: list[tuple[int, str]], today: date) -> None:
        super().__init__(data)
        self.today = today
        self.desks = desks
        self.fields["desk"].choices = desks  # type: ignore[attr-defined]
        self.fields["desk"].error_messages["invalid_choice"] = (
            "Sổ theo dõi này của bộ phận khác. Hãy chọn bộ phận của ông/bà."
        )
        if len(desks) < 2:
            del self.fields["desk"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        until = cleaned.get("until") or self.today
        since = cleaned.get("since") or until.replace(day=1)
        if since > until:
            self.add_error("until", "Ngày này trước ngày bắt đầu. Hãy đổi lại.")
        elif until - since > LONGEST:
            self.add_error("since", "Hãy chọn khoảng không quá một năm.")
        return cleaned | {"since": since, "until": until}

    def desk_id(self) -> int:
        chosen: int | None = self.cleaned_data.get("desk")
        return chosen or self.desks[0][0]


@require_safe
@officers_only
def register_page(request: HttpRequest) -> HttpResponse:
    """A desk's register: on the page masked, as PDF and as a spreadsheet as the law has it."""
    actor, today = actor_of(request), today_of(request)
    desks = _desks(actor, today)
    if not desks:
        return page(request, "desk/register.html", {"no_desk": True})
    asked = Asked(request.GET, desks=desks, today=today)
    if not asked.is_valid():
        return page(request, "desk/register.html", {"asked": asked, "wrong": True}, status=422)
    desk_id, since, until = (asked.desk_id(), *_days(asked))
    name = f"so-theo-doi-{since:%Y%m%d}-{until:%Y%m%d}"
    match request.GET.get("dang"):
        case "pdf":
            paper = register.printed(actor, desk_id, since, until)
            return pdf(render(paper_form(Kind.REGISTER, until), paper), name)
        case "csv":
            rows = register.lines(actor, desk_id, since, until, after=None, size=MOST * 10).rows
            return as_csv(name, [HEADINGS, *register.table(rows)])
    after = Cursor.parse(request.GET["after"]) if request.GET.get("after") else None
    found = register.lines(actor, desk_id, since, until, after=after, size=SIZE)
    context = {
        "asked": asked,
        "rows": [row | {"phone": personal_id.mask(row["phone"])} for row in found.rows],
        "next": str(found.next) if found.next else None,
        "desk_name": words.unit(desk_id),
        "since": since,
        "until": until,
        "query": _query(request),
        "form": paper_form(Kind.REGISTER, until),
    }
    return page(request, "desk/register.html", context)


def _days(asked: Asked) -> tuple[date, date]:
    return asked.cleaned_data["since"], asked.cleaned_data["until"]


def _query(request: HttpRequest) -> str:
    kept = request.GET.copy()
    for name in ("after", "dang"):
        kept.pop(name, None)
    return kept.urlencode()


def _desks(actor: Actor, on: date) -> list[tuple[int, str]]:
    """The desks whose register the actor may read, his own first."""
    desks = {unit.id for unit in units_of_kind(UnitKind.DESK, on)}
    if not actor.sees.everything:
        desks &= actor.units | actor.sees.received_by
    named = [(desk, words.unit(desk)) for desk in desks]
    return sorted(named, key=lambda pair: (pair[0] not in actor.units, pair[1]))


class On(forms.Form):
    """The day a set of forms is asked for."""

    on = DateField(label="Ngày lập giấy", required=False)


@require_safe
@officers_only
def papers(request: HttpRequest) -> HttpResponse:
    """The statutory papers in force on a day, with their law and a sample of each."""
    asked = On(request.GET)
    on = (asked.cleaned_data["on"] if asked.is_valid() else None) or today_of(request)
    context = {
        "asked": asked,
        "on": on,
        "caption": f"Mẫu dùng ngày {formats.date_text(on)}",
        "forms": [_shown(form) for form in forms_in_force(on)],
    }
    return page(request, "desk/papers.html", context, status=200 if asked.is_valid() else 422)


def _shown(form: PaperForm) -> dict[str, Any]:
    lying = ", nằm ngang" if form.landscape else ""
    return {
        "form": form,
        "sheet": f"{form.paper.upper()}{lying}",
        "own": form.template.startswith(f"{OWN}/"),
    }


@require_safe
@officers_only
def sample(request: HttpRequest, kind: str) -> HttpResponse:
    """A constructed paper of this kind, as the set of the day prints it."""
    asked = On(request.GET)
    on = (asked.cleaned_data["on"] if asked.is_valid() else None) or today_of(request)
    form = next((form for form in forms_in_force(on) if form.kind == kind), None)
    if form is None:
        raise Http404
    return pdf(render(form, sample_of(form.kind, on)), f"mau-{form.number}")
