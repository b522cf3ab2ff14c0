"""Intake in one screen: procedure, applicant, papers, and the due date with its reason before accepting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalogue import at_desk as catalogue
from motcua.catalogue.at_desk import AtDesk
from motcua.catalogue.offered import Offered
from motcua.desk import words
from motcua.desk.door import actor_of, now_of, officers_only, page, today_of
from motcua.desk.forms_intake import (
    AT_DESK,
    NUMBERS,
    IntakeForm,
    PaperLine,
    cases_of,
    number,
    paper_lines,
    papers_held,
)
from motcua.dossiers import operations, policies, queries
from motcua.dossiers.operations import Accepted, Intake
from motcua.journeys import intake as journeys
from motcua.journeys.intake import Applicant, Application
from motcua.ledger.acts import AlreadyDone, Key, KeyReused
from motcua.look import due_dates, formats
from motcua.look.sentences import sentence, status_of
from motcua.people import queries as people
from motcua.rules import deadline, personal_id
from motcua.rules.actor import Actor, May
from motcua.rules.books import Channel
from motcua.rules.casework import Status
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal

MISSING = (
    "Còn thiếu giấy tờ bắt buộc: {papers}. Hãy đánh dấu giấy tờ đã nhận, hoặc “Không cần” nếu không áp dụng; "
    "nếu thiếu thật thì hướng dẫn người nộp bổ sung, hoặc từ chối tiếp nhận kèm lý do."
)
REUSED = "Trang này đã tiếp nhận một hồ sơ ở lần gửi trước. Nếu đây là hồ sơ khác, hãy bấm Tiếp nhận lần nữa."


@dataclass(frozen=True, slots=True)
class Screen:
    """What the screen shows of a chosen procedure: who settles it, its papers, and when it would be due."""

    procedure: AtDesk
    unit_id: int
    channel: Channel
    case: str
    found: Offered | None = None
    due_at: datetime | None = None
    why: due_dates.Told | None = None
    refused: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def intake(request: HttpRequest) -> HttpResponse:
    """Find the procedure, write down the applicant, tick the papers, accept or refuse."""
    actor, at = actor_of(request), now_of(request)
    policies.may(actor, May.ACCEPT)
    data = request.POST if request.method == "POST" else request.GET
    text = request.GET.get("q", "").strip()[:200]
    on = today_of(request)
    chosen = _procedure(actor, data.get("procedure", ""), on)
    if chosen is None:
        hits = catalogue.find(text, on, desks=actor.units, agencies=_own(actor))
        gone = bool(data.get("procedure"))
        context = {"hits": [_hit(hit) for hit in hits], "q_procedure": text, "gone": gone}
        return page(request, "desk/intake.html", context, status=422 if gone else 200)
    screen = _screen(chosen, data, at)
    doing = request.POST.get("viec", "")
    if doing in ("tiep-nhan", "tu-choi"):
        return _send(request, screen, refuse=doing == "tu-choi")
    return _again(request, screen)


def _own(actor: Actor) -> frozenset[int]:
    return frozenset({actor.agency_id} if actor.agency_id else ())


def _procedure(actor: Actor, text: str, on: Any) -> AtDesk | None:
    if not (text.isascii() and text.isdecimal() and len(text) < 18):
        return None
    return catalogue.one(int(text), on, desks=actor.units, agencies=_own(actor))


def _hit(hit: AtDesk) -> dict[str, Any]:
    return {"hit": hit, "units": ", ".join(words.unit(u) for u in hit.unit_ids[:3])}


def _screen(chosen: AtDesk, data: Mapping[str, Any], at: datetime) -> Screen:
    """The choices made so far, filled up where there is only one, and the due date they would give."""
    asked = str(data.get("unit", ""))
    unit_id = next((u for u in chosen.unit_ids if str(u) == asked), chosen.unit_ids[0])
    channel = (
        Channel.MAIL if str(data.get("channel")) == str(int(Channel.MAIL)) else Channel.COUNTER
    )
    screen = Screen(chosen, unit_id, channel, "")
    try:
        found, terms, settled = operations.due_preview(_bare(screen), at)
        other = next((c for c in AT_DESK if c in found.channels), channel)
        if channel not in found.channels and other is not channel:
            screen = replace(screen, channel=other)
            found, terms, settled = operations.due_preview(_bare(screen), at)
    except Refusal as refusal:
        return replace(screen, refused=sentence(refusal.code, refusal.params))
    cases = cases_of(found)
    case = str(data.get("paper_case", ""))
    accepted = deadline.Accepted(at, terms.limit)
    return replace(
        screen,
        case=case if case in cases else (cases[0] if cases else ""),
        found=found,
        due_at=settled.due_at,
        why=due_dates.told(
            deadline.explain((accepted,), terms.calendar, terms.policy), terms.calendar
        ),
    )


def _bare(screen: Screen) -> Intake:
    return Intake(
        procedure_id=screen.procedure.procedure_id,
        unit_id=screen.unit_id,
        channel=screen.channel,
        applicant_id=0,
        applicant_name="",
        papers=(),
    )


def _again(request: HttpRequest, screen: Screen) -> HttpResponse:
    """The screen with what has been written so far, and what is known of the person."""
    written: dict[str, Any] = {
        name: value for name, value in request.POST.items() if name in IntakeForm.base_fields
    }
    start = {
        "key": written.get("key") or new_id(),
        "kind": "citizen",
        **written,
        "procedure": screen.procedure.procedure_id,
        "unit": screen.unit_id,
        "channel": int(screen.channel),
        "paper_case": screen.case,
    }
    told, known = _look_up(actor_of(request), start)
    form = IntakeForm(procedure=screen.procedure, found=screen.found, initial=start | known)
    _focus(form)
    return _page(request, screen, form, told=told)


def _focus(form: IntakeForm) -> None:
    for name in ("identity", "name", "phone"):
        if not form.initial.get(name):
            form.fields[name].widget.attrs["autofocus"] = True
            return


def _look_up(actor: Actor, start: Mapping[str, Any]) -> tuple[tuple[str, str], dict[str, str]]:
    """What the number (or the card's code) tells: a word about it with its tone, and the fields it fills."""
    text = str(start.get("identity", "")).strip()
    if not text:
        return ("", ""), {}
    filled: dict[str, str] = {}
    try:
        if "|" in text:
            card = personal_id.card(text)
            text = card.number
            filled = {"identity": text, "name": card.name, "address": card.address}
        spelled = number(str(start["kind"]), text)
    except Refusal as refusal:
        return (NUMBERS[refusal.code], "bad"), {}
    except ValidationError as wrong:
        return (" ".join(wrong.messages), "bad"), {}
    known = people.person_by_number(actor, str(start["kind"]), spelled)
    filled = {"identity": spelled} | filled
    if known is None:
        return ("Chưa có trong hệ thống; sẽ được ghi khi tiếp nhận.", "info"), filled
    for name in ("name", "phone", "email", "address"):
        if not filled.get(name) and not start.get(name):
            filled[name] = getattr(known, name)
    return (f"Đã có trong hệ thống: {known.name}.", "good"), filled


def _page(
    request: HttpRequest,
    screen: Screen,
    form: IntakeForm,
    *,
    status: int = 200,
    told: tuple[str, str] = ("", ""),
    refusing: bool = False,
) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    context = {
        "form": form,
        "screen": screen,
        "lines": paper_lines(screen.found, screen.case, data) if screen.found else [],
        "fees": [_fee(*fee) for fee in screen.found.fees] if screen.found else [],
        "told": told[0],
        "told_tone": told[1],
        "one_unit": len(screen.procedure.unit_ids) == 1,
        "unit_name": words.unit(screen.unit_id),
        "has_cases": len(cases_of(screen.found)) > 1,
        "refusing": refusing,
    }
    return page(request, "desk/intake.html", context, status=status)


def _fee(text: str, amount: int | None) -> str:
    """A fee as the catalogue words it, with its amount where the words do not name one."""
    if amount is None or any(c.isdigit() for c in text):
        return text
    return f"{text or 'Phí, lệ phí'}: {formats.money_text(amount)}"


def _send(request: HttpRequest, screen: Screen, *, refuse: bool) -> HttpResponse:
    form = IntakeForm(request.POST, procedure=screen.procedure, found=screen.found)
    valid = form.is_valid()
    if refuse and not str(form.cleaned_data.get("reason", "")).strip():
        form.add_error("reason", "Chưa nêu lý do. Hãy ghi rõ lý do từ chối.")
        valid = False
    if not valid or screen.found is None:
        return _page(request, screen, form, status=422, refusing=refuse)
    lines = paper_lines(screen.found, screen.case, request.POST)
    application = _application(form.cleaned_data, screen, lines)
    try:
        done = _act(request, application, form.cleaned_data, refuse=refuse)
    except AlreadyDone as before:
        return redirect("desk:accepted", UUID(before.outcome["id"]))
    except KeyReused:
        return _with_new_key(request, screen)
    except Refusal as refusal:
        field = refusal.params.get("field")
        form.add_error(field if field in form.fields else None, _said(refusal))
        return _page(request, screen, form, status=status_of(refusal.code), refusing=refuse)
    return redirect("desk:accepted", done.id)


def _said(refusal: Refusal) -> str:
    if refusal.code == "dossier.paper_missing":
        return MISSING.format(papers=refusal.params["papers"])
    return sentence(refusal.code, refusal.params)


def _act(
    request: HttpRequest, application: Application, said: Mapping[str, Any], *, refuse: bool
) -> Accepted:
    actor, at = actor_of(request), now_of(request)
    asked = [request.POST.get("viec"), {n: v for n, v in request.POST.items() if n not in IGNORED}]
    key = Key.of(str(said["key"]), asked)
    if refuse:
        return journeys.refuse(application, reason=said["reason"], actor=actor, at=at, key=key)
    return journeys.accept(application, actor=actor, at=at, key=key)


IGNORED = ("csrfmiddlewaretoken", "key", "viec")


def _with_new_key(request: HttpRequest, screen: Screen) -> HttpResponse:
    data: QueryDict = request.POST.copy()
    data["key"] = str(new_id())
    form = IntakeForm(data, procedure=screen.procedure, found=screen.found)
    form.is_valid()
    form.add_error(None, REUSED)
    return _page(request, screen, form, status=409)


def _application(said: Mapping[str, Any], screen: Screen, lines: list[PaperLine]) -> Application:
    return Application(
        applicant=Applicant(
            name=said["name"],
            identity_number=said["identity"],
            kind=said["kind"],
            phone=said["phone"],
            email=said["email"],
            address=said["address"],
        ),
        procedure_id=screen.procedure.procedure_id,
        unit_id=said["unit"],
        channel=Channel(said["channel"]),
        papers=papers_held(lines),
        paper_case=said["paper_case"][:300],
        subject=said["subject"],
        submitter_name=said["submitter_name"],
    )


@require_safe
@officers_only
def accepted(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """What an intake ended in: code, due date, the paper to print, and the way to the next person."""
    found = queries.detail(actor_of(request), dossier_id)
    row = found.dossier
    same = f"{reverse('desk:intake')}?procedure={row['procedure_id']}&unit={row['accountable_id']}"
    context = {
        "dossier": row,
        "code": row["code"] or row["submission_code"],
        "refused": found.case.status is Status.NOT_ACCEPTED,
        "slips": [s | {"name": words.SLIPS.get(s["form"], s["form"])} for s in found.slips],
        "same": same,
        "paid": [c for c in found.charges if not c["paid_at"]],
    }
    return page(request, "desk/accepted.html", context)
