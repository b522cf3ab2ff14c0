"""One act on the rows ticked in a list: asked once, done to each, and the report of what went."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from motcua.desk import tables, words
from motcua.desk.door import actor_of, now_of, officers_only, page, pdf, today_of
from motcua.desk.forms_bulk import AssignMany, HandOnMany, ManyForm
from motcua.dossiers import chosen as ticked
from motcua.dossiers import operations, prints, queries, reports
from motcua.dossiers.chosen import Step
from motcua.dossiers.operations import Chosen
from motcua.files import rendering
from motcua.ledger.acts import AlreadyDone, Key, KeyReused
from motcua.look import formats
from motcua.look.sentences import sentence
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal

TAKEN = 240
"""Rows read of what was sent; more than may be chosen, so that too many are told and not cut off."""


@dataclass(frozen=True, slots=True)
class Doing:
    """One act on many: its name in addresses, its words, its operation, and what it asks."""

    slug: str
    label: str
    operation: Callable[..., UUID]
    form: type[ManyForm] | None = None


DOINGS: Mapping[str, Doing] = {
    doing.slug: doing
    for doing in (
        Doing("nhan", "Nhận xử lý", operations.take_many),
        Doing("giao", "Phân công xử lý", operations.assign_many, AssignMany),
        Doing("chuyen", "Chuyển bước", operations.hand_on_many, HandOnMany),
    )
}


PRINT = "in"


@require_POST
@officers_only
def many(request: HttpRequest) -> HttpResponse:
    """Do to the ticked rows what the pressed button says, after asking what there is to ask."""
    asked_for = request.POST.get("viec", "nhan")
    doing = DOINGS.get(asked_for)
    if doing is None and asked_for != PRINT:
        raise Http404
    chosen = [_chosen(text) for text in request.POST.getlist("buoc")[:TAKEN]]
    if not chosen:
        messages.warning(request, sentence("bulk.nothing_chosen", {}))
        return redirect(_back(request))
    if doing is None:
        return _receipts(request, chosen)
    if doing.form is None:
        return _do(request, doing, chosen, request.POST.get("key", ""), {})
    listed = ticked.steps(actor_of(request), [one.item_id for one in chosen])
    asked = "xong" in request.POST
    form = doing.form(
        request.POST if asked else None,
        listed=listed,
        on=today_of(request),
        initial={"key": new_id()},
    )
    if asked and form.is_valid():
        return _do(request, doing, chosen, str(form.cleaned_data["key"]), form.values())
    return _ask(request, doing, form, listed, status=422 if asked else 200)


def _receipts(request: HttpRequest, chosen: Sequence[Chosen]) -> HttpResponse:
    """The receipts of the ticked dossiers, one after another in one file."""
    found = queries.receipts(actor_of(request), [one.dossier_id for one in chosen])
    if not found:
        messages.warning(request, "Các hồ sơ đã chọn chưa có giấy tiếp nhận để in.")
        return redirect(_back(request))
    return pdf(rendering.merged(prints.issued(slip) for slip in found), "giay-tiep-nhan")


def _ask(
    request: HttpRequest, doing: Doing, form: ManyForm, listed: Sequence[Step], status: int
) -> HttpResponse:
    step = getattr(form, "step", "")
    context = {
        "doing": doing,
        "form": form,
        "step": step,
        "rows": [{"step": one, "stays": bool(step) and one.name != step} for one in listed],
        "sent": request.POST.getlist("buoc")[:TAKEN],
        "back": _back(request),
    }
    return page(request, "desk/many.html", context, status=status)


def _do(
    request: HttpRequest, doing: Doing, chosen: Sequence[Chosen], key: str, values: dict[str, Any]
) -> HttpResponse:
    what = [doing.slug, [[str(c.dossier_id), str(c.item_id), c.seen] for c in chosen], values]
    try:
        report = doing.operation(
            chosen=chosen,
            actor=actor_of(request),
            at=now_of(request),
            key=Key.of(key, what) if key else None,
            **values,
        )
    except AlreadyDone as done:
        report = UUID(done.outcome["report"])
    except KeyReused:
        messages.warning(request, "Trang này đã gửi một lần. Hãy chọn lại các dòng rồi bấm lại.")
        return redirect(_back(request))
    return redirect("desk:many_done", report)


def _chosen(text: str) -> Chosen:
    ids = text.partition(" ")[0].split("/")
    try:
        return Chosen(UUID(ids[0]), UUID(ids[1]), int(ids[2]))
    except (ValueError, IndexError):
        raise Refusal("dossier.not_visible") from None


def _back(request: HttpRequest) -> str:
    """The list the rows were ticked in, where it is one of ours."""
    came_from = request.POST.get("ve", "")
    if url_has_allowed_host_and_scheme(came_from, allowed_hosts=None):
        return came_from
    return reverse("desk:inbox")


@require_safe
@officers_only
def done(request: HttpRequest, act_id: UUID) -> HttpResponse:
    """What came of an act on many, on a page or as a file."""
    found = reports.bulk(actor_of(request), act_id)
    refused = [
        row | {"why": sentence(row["code_of_refusal"], row["params"])} for row in found.refused
    ]
    if request.GET.get("dang") == "csv":
        return tables.as_csv("ket-qua", _lines(found.done, refused))
    context = {
        "label": words.event(found.event),
        "at": found.at,
        "done": found.done,
        "refused": refused,
        "all": len(found.done) + len(refused),
    }
    return page(request, "desk/many_done.html", context)


def _lines(done: Sequence[Any], refused: Sequence[Any]) -> list[list[str]]:
    head = ["Mã hồ sơ", "Chủ hồ sơ", "Nội dung", "Hẹn trả", "Kết quả", "Lý do"]
    rows = [(row, "Đã làm", "") for row in done] + [(r, "Chưa làm", r["why"]) for r in refused]
    return [head] + [
        [row["code"], row["applicant_name"], row["subject"],
         formats.datetime_text(row["due_at"]) if row["due_at"] else "", came, why]
        for row, came, why in rows
    ]  # fmt: skip
