"""Intake in one screen: procedure, applicant, papers, and the due date with its reason before accepting."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
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
    NEWBORN,
    IntakeForm,
    cases_of,
    paper_lines,
    papers_held,
    person_kind,
)
from motcua.desk.intake_person import Known, look_up
from motcua.desk.intake_shared import own_agencies, procedure_of, unit_of
from motcua.desk.views_parked import keep, read_id
from motcua.dossiers import filing_door, operations, parked, policies, queries
from motcua.dossiers.operations import Accepted, Intake
from motcua.journeys import intake as journeys
from motcua.journeys.intake import Applicant, Application
from motcua.ledger.acts import AlreadyDone, Key, KeyReused
from motcua.look import due_dates, formats
from motcua.look.sentences import sentence, status_of
from motcua.people import operations as people
from motcua.rules import deadline
from motcua.rules.actor import Actor, May
from motcua.rules.books import Channel
from motcua.rules.casework import Status
from motcua.rules.casework_parties import Consignment
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal

MISSING = (
    "Còn thiếu giấy tờ bắt buộc: {papers}. Hãy đánh dấu giấy tờ đã nhận, hoặc “Không cần” nếu không áp dụng; "
    "nếu thiếu thật thì hướng dẫn người nộp bổ sung, hoặc từ chối tiếp nhận kèm lý do."
)
OF_A_DOSSIER = re.compile(r"-\d{6}-\d{4,}")
"""A receipt's code, typed or scanned (its address too), where a procedure is looked for."""
OTHERWISE = "Tên trên thẻ khác tên đã ghi của số này. Hãy chọn giữ tên đã ghi hay sửa theo thẻ."
REUSED = "Trang này đã tiếp nhận một hồ sơ ở lần gửi trước. Nếu đây là hồ sơ khác, hãy bấm Tiếp nhận lần nữa."


FILE_FOR_HIM = "nop-giup"
"""File it online for the applicant: it waits in the list of triage, marked as assisted."""


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
    data = _written(request, actor)
    text = request.GET.get("q", "").strip()[:200]
    on = today_of(request)
    chosen = procedure_of(actor, str(data.get("procedure", "")), on)
    if chosen is None:
        return _choose(request, text, on, gone=bool(data.get("procedure")))
    screen = _screen(chosen, data, at)
    doing = request.POST.get("viec", "")
    if doing in ("tiep-nhan", "tu-choi", FILE_FOR_HIM):
        return _send(request, screen, refuse=doing == "tu-choi")
    if doing == "de-tam":
        keep(request)
        return redirect("desk:intake")
    return _again(request, screen, data)


def _written(request: HttpRequest, actor: Actor) -> Mapping[str, Any]:
    """What has been written: sent now, or put aside before (`tam`), or an address's own choice."""
    if request.method == "POST":
        return request.POST.dict()
    kept = read_id(request.GET.get("tam", ""))
    found = parked.one(actor, kept) if kept else None
    return {**found.typed, "parked": str(found.id)} if found else request.GET.dict()


def _choose(request: HttpRequest, text: str, on: date, *, gone: bool) -> HttpResponse:
    """Which procedure; Enter opens the only one found, a receipt's code its dossier, where supplements and
    withdrawals are taken. What is put aside is beside."""
    actor = actor_of(request)
    hits = catalogue.find(text, on, desks=actor.units, agencies=own_agencies(actor))
    if len(hits) == 1 and text and request.GET.get("mo"):
        return redirect(f"{reverse('desk:intake')}?procedure={hits[0].procedure_id}")
    if not hits and OF_A_DOSSIER.search(text):
        return redirect(f"{reverse('desk:search')}?{urlencode({'q': text})}")
    context = {
        "hits": [_hit(hit) for hit in hits],
        "q_procedure": text,
        "gone": gone,
        "parked": parked.own(actor) if actor.account_id and actor.unit_id else [],
        "days": settings.PARKED_DAYS,
    }
    return page(request, "desk/intake.html", context, status=422 if gone else 200)


def _hit(hit: AtDesk) -> dict[str, Any]:
    return {"hit": hit, "units": ", ".join(words.unit(u) for u in hit.unit_ids[:3])}


def _screen(chosen: AtDesk, data: Mapping[str, Any], at: datetime) -> Screen:
    """The choices made so far, filled up where there is only one, and the due date they would give."""
    unit_id = unit_of(chosen, data)
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


def _again(request: HttpRequest, screen: Screen, data: Mapping[str, Any]) -> HttpResponse:
    """The screen with what has been written so far, and what is known of the person."""
    written: dict[str, Any] = {
        name: value for name, value in data.items() if name in IntakeForm.base_fields
    }
    start = {
        "key": written.get("key") or new_id(),
        "parked": written.get("parked") or new_id(),
        "kind": "citizen",
        **written,
        "procedure": screen.procedure.procedure_id,
        "unit": screen.unit_id,
        "channel": int(screen.channel),
        "paper_case": screen.case,
    }
    known = look_up(actor_of(request), start, screen.procedure.procedure_id)
    if known.person is not None:
        people.look_up_at_counter(
            person_id=known.person.id, actor=actor_of(request), at=now_of(request)
        )
    form = IntakeForm(
        procedure=screen.procedure, found=screen.found, initial=start | dict(known.filled)
    )
    _focus(form, known)
    return _page(request, screen, form, known, data=data if written else None)


def _focus(form: IntakeForm, known: Known) -> None:
    """The keyboard goes to what is to be written next, or to the papers where nothing is."""
    asked = {"identity": known.tone == "bad", "name_choice": known.differs, "despite": known.same}
    for name, must in asked.items():
        if must:
            form.fields[name].widget.attrs["autofocus"] = True
            return
    for name in ("identity", "name", "phone"):
        if not form.initial.get(name):
            form.fields[name].widget.attrs["autofocus"] = True
            return


def _page(
    request: HttpRequest,
    screen: Screen,
    form: IntakeForm,
    known: Known,
    *,
    data: Mapping[str, Any] | None,
    status: int = 200,
    refusing: bool = False,
) -> HttpResponse:
    found = screen.found
    lines = paper_lines(found, screen.case, data, known.held) if found else []
    focused = any("autofocus" in field.widget.attrs for field in form.fields.values())
    context = {
        "form": form,
        "screen": screen,
        "lines": lines,
        "fees": [_fee(*fee) for fee in found.fees] if found else [],
        "known": known,
        "kind": str(form["kind"].value()),
        "by_mail": screen.channel is Channel.MAIL,
        "may_file": found is not None
        and Channel.ONLINE in found.channels
        and filing_door.door(today_of(request)).is_open,
        "one_unit": len(screen.procedure.unit_ids) == 1,
        "unit_name": words.unit(screen.unit_id),
        "for_another": screen.unit_id in screen.procedure.unit_ids[screen.procedure.own :],
        "has_cases": len(cases_of(found)) > 1,
        "papers_first": request.method == "POST" and not focused and not form.is_bound,
        "another": any(form[name].value() or form[name].errors for name in ANOTHER),
        "refusing": refusing,
    }
    return page(request, "desk/intake.html", context, status=status)


ANOTHER = ("submitter_name", "submitter_identity", "basis", "authority_number", "co_owners")
"""What opens the part about who hands in."""


def _fee(text: str, amount: int | None) -> str:
    """A fee as the catalogue words it, with its amount where the words do not name one."""
    if amount is None or any(c.isdigit() for c in text):
        return text
    return f"{text or 'Phí, lệ phí'}: {formats.money_text(amount)}"


def _send(request: HttpRequest, screen: Screen, *, refuse: bool) -> HttpResponse:
    form = IntakeForm(request.POST, procedure=screen.procedure, found=screen.found)
    known = look_up(actor_of(request), request.POST, screen.procedure.procedure_id)
    valid = form.is_valid()
    if refuse and not str(form.cleaned_data.get("reason", "")).strip():
        form.add_error("reason", "Chưa nêu lý do. Hãy ghi rõ lý do từ chối.")
        valid = False
    if known.differs and not form.cleaned_data.get("name_choice"):
        form.add_error("name_choice", OTHERWISE)
        valid = False
    show = partial(_page, request, screen, form, known, data=request.POST, refusing=refuse)
    if not valid or screen.found is None:
        return show(status=422)
    try:
        done = _act(request, _application(form, screen, known, request.POST), form, refuse=refuse)
    except AlreadyDone as before:
        return redirect("desk:accepted", UUID(before.outcome["id"]))
    except KeyReused:
        return _with_new_key(request, screen, known)
    except Refusal as refusal:
        field = refusal.params.get("field")
        form.add_error(field if field in form.fields else None, _said(refusal))
        return show(status=status_of(refusal.code))
    if form.cleaned_data["parked"]:
        operations.discard_parked(
            parked_id=form.cleaned_data["parked"], actor=actor_of(request), at=now_of(request)
        )
    filed = request.POST.get("viec") == FILE_FOR_HIM
    return redirect("desk:dossier" if filed else "desk:accepted", done.id)


def _said(refusal: Refusal) -> str:
    if refusal.code == "dossier.paper_missing":
        return MISSING.format(papers=refusal.params["papers"])
    return sentence(refusal.code, refusal.params)


def _act(
    request: HttpRequest, application: Application, form: IntakeForm, *, refuse: bool
) -> Accepted:
    actor, at, said = actor_of(request), now_of(request), form.cleaned_data
    asked = [request.POST.get("viec"), {n: v for n, v in request.POST.items() if n not in IGNORED}]
    key = Key.of(str(said["key"]), asked)
    if refuse:
        return journeys.refuse(application, reason=said["reason"], actor=actor, at=at, key=key)
    if request.POST.get("viec") == FILE_FOR_HIM:
        online = replace(application, channel=Channel.ONLINE, consignment=None)
        return journeys.submit(online, actor=actor, at=at, key=key)
    return journeys.accept(application, actor=actor, at=at, key=key)


IGNORED = ("csrfmiddlewaretoken", "key", "viec", "parked")


def _with_new_key(request: HttpRequest, screen: Screen, known: Known) -> HttpResponse:
    data: QueryDict = request.POST.copy()
    data["key"] = str(new_id())
    form = IntakeForm(data, procedure=screen.procedure, found=screen.found)
    form.is_valid()
    form.add_error(None, REUSED)
    return _page(request, screen, form, known, data=data, status=409)


def _application(
    form: IntakeForm, screen: Screen, known: Known, data: Mapping[str, Any]
) -> Application:
    said = form.cleaned_data
    found = screen.found
    lines = paper_lines(found, screen.case, data, known.held) if found else []
    kept = known.person.name if known.person and said["name_choice"] == "keep" else said["name"]
    by_mail = Channel(said["channel"]) is Channel.MAIL
    return Application(
        applicant=Applicant(
            name=kept,
            identity_number=said["identity"],
            kind=person_kind(said["kind"]),
            phone=said["phone"],
            email=said["email"],
            address=said["address"],
            born_on=said["born_on"],
            nationality=said["nationality"],
            newborn=said["kind"] == NEWBORN,
        ),
        procedure_id=screen.procedure.procedure_id,
        unit_id=said["unit"],
        channel=Channel(said["channel"]),
        papers=papers_held(lines),
        paper_case=said["paper_case"][:300],
        subject=said["subject"],
        parties=form.beside(),
        consignment=Consignment(said["sender"], said["tracking_number"], said["carrier"])
        if by_mail
        else None,
        unless_open=not said["despite"],
        corrects=known.differs and said["name_choice"] == "correct",
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
        "slips": found.slips,
        "same": same,
        "paid": [c for c in found.charges if not c["paid_at"]],
    }
    return page(request, "desk/accepted.html", context)
