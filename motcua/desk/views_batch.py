"""Batch intake: many applicants of one procedure, looked over first, then taken in together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from motcua.desk import words
from motcua.desk.door import actor_of, now_of, officers_only, page, pdf, today_of
from motcua.desk.forms_batch import MOST, BatchForm, Row, rows_of
from motcua.desk.intake_person import alike
from motcua.desk.intake_shared import Chosen, choosing, chosen
from motcua.desk.views_parked import read_id
from motcua.dossiers import operations, policies, prints, queries
from motcua.files import rendering
from motcua.journeys import intake as journeys
from motcua.journeys.intake import Applicant, Application
from motcua.ledger.acts import AlreadyDone, Key, KeyReused
from motcua.look.sentences import sentence
from motcua.people import queries as people
from motcua.rules.actor import May
from motcua.rules.books import Channel
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def batch(request: HttpRequest) -> HttpResponse:
    """Choose the procedure, paste the list, look it over, take it in, read what did and did not go."""
    actor = actor_of(request)
    policies.may(actor, May.ACCEPT)
    data = request.POST if request.method == "POST" else request.GET
    of = chosen(actor, data, now_of(request), today_of(request))
    if of is None:
        return choosing(request, "desk/intake_batch.html")
    if request.method != "POST":
        start = {
            "key": new_id(), "procedure": of.procedure.procedure_id, "unit": of.unit_id,
            "paper_case": of.case,
        }  # fmt: skip
        return _page(request, of, BatchForm(initial=start))
    return _sent(request, of)


def _page(
    request: HttpRequest,
    of: Chosen,
    form: BatchForm,
    rows: Sequence[Row] = (),
    *,
    done: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "of": of,
        "form": form,
        "rows": rows,
        "good": sum(not row.errors for row in rows),
        "bad": sum(bool(row.errors) for row in rows),
        "taken": [row for row in rows if row.dossier_id],
        "done": done,
        "unit_name": words.unit(of.unit_id),
    }
    return page(request, "desk/intake_batch.html", context, status=status)


def _sent(request: HttpRequest, of: Chosen) -> HttpResponse:
    form = BatchForm(request.POST, request.FILES)
    if not form.is_valid() or of.found is None:
        return _page(request, of, form, status=422)
    said = form.cleaned_data
    try:
        rows = rows_of(said["pasted"], said["kind"])
    except forms.ValidationError as wrong:
        form.add_error("pasted", wrong)
        return _page(request, of, form, status=422)
    _named_otherwise(request, said["kind"], rows)
    if request.POST.get("viec") != "tiep-nhan":
        # What came as a file stands in the list from now on, to be mended there.
        again = {n: v for n, v in said.items() if n != "file"}
        return _page(request, of, BatchForm(initial=again), rows)
    _take_in(request, of, said, [row for row in rows if not row.errors])
    return _page(request, of, form, rows, done=True)


def _named_otherwise(request: HttpRequest, kind: str, rows: Sequence[Row]) -> None:
    """A number that the record has under another name is for a clerk to look at, one by one."""
    numbers = [row.values["identity"] for row in rows if not row.errors]
    known = people.names_by_number(actor_of(request), kind, numbers)
    for row in rows:
        name = known.get(str(row.values["identity"]))
        if name and not row.errors and not alike(name, str(row.values["name"])):
            row.errors.append(f"Số này đã ghi tên {name}. Hãy tiếp nhận riêng người này.")


def _take_in(request: HttpRequest, of: Chosen, said: dict[str, Any], rows: list[Row]) -> None:
    """Take the good rows in, chunk by chunk; each row learns its code or why it did not go."""
    for start in range(0, len(rows), operations.CHUNK):
        part = rows[start : start + operations.CHUNK]
        try:
            answers = _chunk(request, of, said, part, start)
        except Refusal as refusal:
            for row in part:
                row.errors.append(sentence(refusal.code, refusal.params))
            continue
        for row, answer in zip(part, answers, strict=True):
            if answer["accepted"]:
                row.code, row.dossier_id = answer["accepted"]["code"], answer["accepted"]["id"]
            else:
                row.errors.append(sentence(answer["refused"], {"papers": ""}))


def _chunk(
    request: HttpRequest, of: Chosen, said: dict[str, Any], part: list[Row], start: int
) -> list[dict[str, Any]]:
    values = [{n: str(v) for n, v in row.values.items()} for row in part]
    try:
        taken = journeys.accept_together(
            [_application(of, row) for row in part],
            actor=actor_of(request),
            at=now_of(request),
            key=Key.of(f"{said['key']}:{start}", values),
        )
    except AlreadyDone as before:
        return list(before.outcome["rows"])
    except KeyReused:
        raise Refusal("dossier.key_reused") from None
    return [row.to_json() for row in taken]


def _application(of: Chosen, row: Row) -> Application:
    said = row.values
    return Application(
        applicant=Applicant(
            said["name"], said["identity"], said["kind"], said["phone"], address=said["address"]
        ),
        procedure_id=of.procedure.procedure_id,
        unit_id=of.unit_id,
        channel=Channel.COUNTER,
        papers=of.papers,
        paper_case=of.case,
        subject=said["subject"],
        unless_open=True,
    )


@require_POST
@officers_only
def receipts(request: HttpRequest) -> HttpResponse:
    """The receipts of what was taken in together, one after another in one file."""
    policies.may(actor_of(request), May.ACCEPT)
    asked = [read_id(text) for text in request.POST.getlist("ho-so")[:MOST]]
    found = queries.receipts(actor_of(request), [one for one in asked if one])
    if not found:
        raise Refusal("dossier.not_visible")
    return pdf(rendering.merged(prints.issued(slip) for slip in found), "giay-hen")
