"""Filing from home, in three steps: about the matter, the papers, a last look; nothing is sent before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from motcua.catalogue import offered, queries
from motcua.catalogue.content import PaperRule
from motcua.catalogue.queries import OfferingFacts, ProcedureDetail
from motcua.dossiers import filing_door
from motcua.files import operations as files
from motcua.files import shelves
from motcua.journeys import filing
from motcua.ledger import sql
from motcua.ledger.acts import AlreadyDone, Key, KeyReused
from motcua.look import problems
from motcua.look import shared_computer as computers
from motcua.look.sentences import sentence
from motcua.look.uploads import receives_files
from motcua.people import queries as people
from motcua.people.acting import Request, citizens
from motcua.portal import drafts, words
from motcua.portal.drafts import Draft
from motcua.portal.forms import About, Declared, Papers, start_of
from motcua.portal.views_find import door_closed, not_in_force
from motcua.rules.answer_clock import Assisted
from motcua.rules.books import Channel
from motcua.rules.refusal import Refusal

STAGES = ("Thông tin", "Giấy tờ", "Xem lại và nộp")


@dataclass(frozen=True, slots=True)
class Desk:
    """A procedure at an agency that takes it in online today."""

    detail: ProcedureDetail
    offering: OfferingFacts
    limit: str
    fees: Sequence[str]

    @property
    def cases(self) -> tuple[str, ...]:
        return self.detail.content.cases

    def papers(self, case: str) -> list[PaperRule]:
        return [paper for paper in self.detail.content.papers if paper.case == case]

    @property
    def ids(self) -> tuple[int, int]:
        return self.detail.procedure_id, self.offering.unit_id


def open_desk(procedure_id: int, unit_id: int, on: date) -> Desk | None:
    """Where to file today; None where no version is in force.

    Raises dossier.not_offered, dossier.no_such_channel.
    """
    detail = queries.procedure_detail(procedure_id, on)
    if detail is None:
        return None
    epoch = sql.fetch(*offered.EPOCH)[0]["epoch"]
    found = offered.offered(procedure_id, unit_id, Channel.ONLINE, on, epoch)
    offering = next((o for o in detail.offerings if o.unit_id == unit_id), None)
    if found is None or offering is None:
        raise Refusal("dossier.not_offered", {"on": on})
    rule = next((c for c in detail.content.channels if c.channel is Channel.ONLINE), None)
    if rule is None:
        raise Refusal("dossier.no_such_channel")
    limit = words.limit(offering.approved) or words.channel_limit(rule)
    return Desk(detail, offering, limit, [words.fee(fee) for fee in rule.fees])


@citizens
def about(request: Request, procedure_id: int, unit_id: int) -> HttpResponse:
    """`/nop-ho-so/<thủ tục>/<cơ quan>/`: the first step; where one files elsewhere, that."""
    door = filing_door.door(request.now.date())
    if not door.is_open:
        return door_closed(request, door)
    desk = open_desk(procedure_id, unit_id, request.now.date())
    if desk is None:
        return not_in_force(request, procedure_id, request.now.date())
    own = people.person(request.actor, request.actor.sees.person_id or 0)
    draft = drafts.find(request, *desk.ids)
    start = start_of(own) if draft is None else _start(draft, desk)
    form = About(request.POST or None, cases=desk.cases, start=start)
    if request.method == "POST" and form.is_valid():
        drafts.save(request, *desk.ids, _filled(draft or Draft(), form.cleaned_data, desk))
        return HttpResponseRedirect(reverse("portal:file_papers", args=desk.ids))
    context = {"form": form, "own": own, "single_case": desk.cases[0] if desk.cases else ""}
    return _page(request, "portal/file_about.html", desk, 1, context, wrong=bool(form.errors))


def _start(draft: Draft, desk: Desk) -> dict[str, str]:
    case = str(desk.cases.index(draft.case)) if draft.case in desk.cases else ""
    start = {name: getattr(draft, name) for name in ("subject", "phone", "email", "address")}
    return {**start, "case": case}


def _filled(draft: Draft, given: dict[str, Any], desk: Desk) -> Draft:
    case = desk.cases[int(given.get("case") or 0)] if desk.cases else ""
    if case != draft.case:
        draft.files, draft.later = {}, []
    draft.case = case
    for name in ("subject", "phone", "email", "address"):
        setattr(draft, name, given[name])
    return draft


@receives_files
@citizens
def papers(request: Request, procedure_id: int, unit_id: int) -> HttpResponse:
    """`…/giay-to/`: the second step. Files are kept as they come; a file refused is said beside its paper."""
    desk = open_desk(procedure_id, unit_id, request.now.date())
    draft = drafts.find(request, procedure_id, unit_id)
    if desk is None or draft is None:
        return HttpResponseRedirect(reverse("portal:file", args=[procedure_id, unit_id]))
    wanted = desk.papers(draft.case)
    if request.method != "POST":
        return _papers_page(request, desk, draft, _papers_form(wanted, draft))
    draft.later = [n for n in range(len(wanted)) if request.POST.get(f"sau_{n}")]
    form = _papers_form(wanted, draft)
    todo, _, what = request.POST.get("viec", "").partition("-")
    if todo == "bo":
        _drop(draft, what)
    for place, text in keep_files(request, draft, len(wanted)):
        form.wrong(place, text)
    drafts.save(request, *desk.ids, draft)
    if todo == "tiep" and not form.errors:
        for place in draft.missing(wanted):
            form.wrong(place, "Hãy chọn tệp, hoặc đánh dấu nộp bản giấy.")
    if form.errors:
        return _papers_page(request, desk, draft, form)
    step = "portal:file_review" if todo == "tiep" else "portal:file_papers"
    return HttpResponseRedirect(reverse(step, args=desk.ids))


def keep_files(request: Request, draft: Draft, many: int) -> Iterator[tuple[int, str]]:
    """Put what was sent on the shelf and into the draft; yields the place and sentence of each refusal."""
    for place in range(many):
        for sent in request.FILES.getlist(f"giay_{place}"):
            if draft.count >= drafts.MOST_FILES:
                yield place, f"Một hồ sơ nhận tối đa {drafts.MOST_FILES} tệp."
                return
            try:
                draft.add(place, _keep(request, sent))
            except Refusal as refused:
                yield place, sentence(refused.code, refused.params)


def _keep(request: Request, sent: UploadedFile[Any]) -> shelves.Kept:
    return files.keep(sent.chunks(), sent.name or "", actor=request.actor, at=request.now)


def _drop(draft: Draft, what: str) -> None:
    place, _, number = what.partition("-")
    if place.isdecimal() and number.isdecimal():
        draft.drop(int(place), int(number))


def _papers_form(wanted: Sequence[PaperRule], draft: Draft) -> Papers:
    return Papers([paper.name for paper in wanted], later=draft.later)


def _papers_page(request: Request, desk: Desk, draft: Draft, form: Papers) -> HttpResponse:
    rows = [
        {
            "paper": paper,
            "quantity": words.quantity(paper),
            "field": form[f"giay_{n}"],
            "later": form[f"sau_{n}"],
            "files": [(f"bo-{n}-{k}", kept) for k, kept in enumerate(draft.of(n))],
        }
        for n, paper in enumerate(desk.papers(draft.case))
    ]
    context = {"form": form, "rows": rows, "draft": draft, "limit": shelves.upload_limit_text()}
    return _page(request, "portal/file_papers.html", desk, 2, context, wrong=bool(form.errors))


@citizens
def review(request: Request, procedure_id: int, unit_id: int) -> HttpResponse:
    """`…/xem-lai/`: the last look, and sending. Sent twice, it is one dossier."""
    before = drafts.sent_as(request, request.POST.get("key", ""))
    if before:
        return HttpResponseRedirect(reverse("portal:dossier", args=[before]))
    desk = open_desk(procedure_id, unit_id, request.now.date())
    draft = drafts.find(request, procedure_id, unit_id)
    if desk is None or draft is None:
        return HttpResponseRedirect(reverse("portal:file", args=[procedure_id, unit_id]))
    wanted = desk.papers(draft.case)
    if draft.missing(wanted):
        return HttpResponseRedirect(reverse("portal:file_papers", args=desk.ids))
    form = Declared(request.POST or None, initial={"key": draft.key})
    if request.method == "POST" and form.is_valid():
        return _send(request, desk, draft, wanted)
    context = {
        "form": form,
        "draft": draft,
        "own": people.person(request.actor, request.actor.sees.person_id or 0),
        "rows": [(paper, draft.of(n)) for n, paper in enumerate(wanted)],
    }
    return _page(request, "portal/file_review.html", desk, 3, context, wrong=bool(form.errors))


def _send(request: Request, desk: Desk, draft: Draft, wanted: Sequence[PaperRule]) -> HttpResponse:
    helped = Assisted.AT_DESK if computers.desk_of(request) else Assisted.NO
    application = replace(draft.filing(*desk.ids, wanted), assisted=helped)
    key = Key.of(draft.key, [*desk.ids, draft.subject, draft.case, draft.files])
    try:
        done = filing.submit(application, actor=request.actor, at=request.now, key=key)
        dossier_id = done.id
    except AlreadyDone as already:
        dossier_id = UUID(already.outcome["id"])
    except KeyReused:
        text = sentence("dossier.key_reused", {})
        return problems.page(request, 409, sentence=text, remedy="", code="dossier.key_reused")
    drafts.sent(request, *desk.ids, draft.key, str(dossier_id))
    return HttpResponseRedirect(f"{reverse('portal:dossier', args=[dossier_id])}?vua_nop=1")


def _page(
    request: Request, template: str, desk: Desk, stage: int, context: dict[str, Any], *, wrong: bool
) -> HttpResponse:
    shown = {"desk": desk, "stages": STAGES, "stage": stage, **context}
    made = render(request, template, shown, status=422 if wrong else 200)
    made["Cache-Control"] = "private, no-store"
    return made
