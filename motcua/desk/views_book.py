"""Entry from the paper book after an outage: many lines quickly, each its own backdated act."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from motcua.desk import words
from motcua.desk.door import actor_of, now_of, officers_only, page, today_of
from motcua.desk.forms_intake import PersonFields, person_kind
from motcua.desk.intake_shared import Chosen, choosing, chosen
from motcua.dossiers import policies
from motcua.journeys import intake as journeys
from motcua.journeys.intake import Applicant, Application
from motcua.ledger.acts import AlreadyDone, Key, KeyReused
from motcua.look.forms import MomentField, refused
from motcua.rules.actor import May
from motcua.rules.books import Channel
from motcua.rules.casework_book import Line
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal

ROWS = 8
WRITTEN = ("number", "received_at", "identity", "name")


class BookForm(forms.Form):
    """What all the lines share."""

    procedure = forms.IntegerField(widget=forms.HiddenInput)
    unit = forms.IntegerField(widget=forms.HiddenInput)
    paper_case = forms.CharField(widget=forms.HiddenInput, required=False)
    book = forms.CharField(
        label="Quyển sổ",
        max_length=40,
        error_messages={"required": "Hãy ghi tên hoặc số của quyển sổ."},
    )
    reason = forms.CharField(
        label="Lý do phải ghi sổ giấy",
        max_length=500,
        error_messages={"required": "Chưa nêu lý do. Hãy ghi vì sao không nhập được ngay."},
    )
    whole = forms.BooleanField(
        label="Các hồ sơ này đã nộp đủ giấy tờ",
        error_messages={
            "required": "Chỉ nhập nhanh hồ sơ đã đủ giấy tờ. Hồ sơ thiếu thì tiếp nhận riêng."
        },
    )


class LineForm(PersonFields):
    """One line of the book."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    number = forms.CharField(label="Số thứ tự", max_length=20)
    page = forms.CharField(label="Trang", max_length=20, required=False)
    received_at = MomentField(label="Giờ, ngày nhận")

    def has_changed(self) -> bool:
        """Whether anything was written: an empty line is none."""
        return any(str(self[name].value() or "").strip() for name in WRITTEN)


Lines = formset_factory(LineForm, extra=ROWS, max_num=50, absolute_max=50)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def book(request: HttpRequest) -> HttpResponse:
    """Choose the procedure, name the book, write the lines; what went in is listed above what did not."""
    actor = actor_of(request)
    policies.may(actor, May.ACCEPT)
    data = request.POST if request.method == "POST" else request.GET
    of = chosen(actor, data, now_of(request), today_of(request))
    if of is None:
        return choosing(request, "desk/intake_book.html")
    if request.method == "POST":
        return _entered(request, of)
    start = {"procedure": of.procedure.procedure_id, "unit": of.unit_id, "paper_case": of.case}
    return _page(request, of, BookForm(initial=start), Lines(prefix="dong"), [])


def _page(
    request: HttpRequest,
    of: Chosen,
    form: BookForm,
    lines: Any,
    done: list[dict[str, Any]],
    *,
    rows: list[LineForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page with all the lines, or with `rows` of them: those that did not go, numbered as they were."""
    shown = list(lines) if rows is None else rows
    context = {
        "of": of,
        "form": form,
        "lines": lines,
        "rows": shown,
        "done": done,
        "unit_name": words.unit(of.unit_id),
        "papers": of.papers,
        "wrong": [error for row in shown for error in _errors(row)] if lines.is_bound else [],
    }
    return page(request, "desk/intake_book.html", context, status=status)


def _errors(row: LineForm) -> list[str]:
    number = row["number"].value() or "?"
    return [f"Số {number}: {text}" for texts in row.errors.values() for text in texts]


def _entered(request: HttpRequest, of: Chosen) -> HttpResponse:
    form, lines = BookForm(request.POST), Lines(request.POST, prefix="dong")
    if not form.is_valid() or not lines.management_form.is_valid() or of.found is None:
        lines.is_valid()
        return _page(request, of, form, lines, [], status=422)
    done, left = [], []
    lines.is_valid()
    for row in lines:
        if not row.has_changed():
            continue
        went = _enter(request, of, form, row) if not row.errors else None
        if went is None:
            left.append(row)
        else:
            done.append(went)
    if left:
        return _page(request, of, form, lines, done, rows=left, status=422)
    return _page(request, of, form, Lines(prefix="dong"), done)


def _enter(
    request: HttpRequest, of: Chosen, form: BookForm, row: LineForm
) -> dict[str, Any] | None:
    said = row.cleaned_data
    application = Application(
        applicant=Applicant(
            said["name"], said["identity"], person_kind(said["kind"]), said["phone"],
            address=said["address"],
        ),
        procedure_id=of.procedure.procedure_id,
        unit_id=of.unit_id,
        channel=Channel.COUNTER,
        papers=of.papers,
        paper_case=of.case,
    )  # fmt: skip
    shared = form.cleaned_data
    line = Line(shared["book"], said["number"], shared["reason"], said["page"])
    asked = [shared["book"], {n: str(v) for n, v in said.items() if n != "key"}]
    try:
        went = journeys.accept_from_book(
            application,
            line=line,
            received_at=said["received_at"],
            actor=actor_of(request),
            at=now_of(request),
            key=Key.of(str(said["key"]), asked),
        )
    except AlreadyDone as before:
        return {"number": said["number"], "name": said["name"], "accepted": before.outcome}
    except KeyReused:
        row.add_error(None, "Dòng này vừa nhập với nội dung khác. Hãy mở lại trang.")
        return None
    except Refusal as refusal:
        refused(row, refusal)
        return None
    return {"number": said["number"], "name": said["name"], "accepted": went.to_json()}
