"""A citizen's own dossiers: where each is, why it is due when it is, and what he has to do.

He sees the public status and the division that has the dossier (TT 01/2018 Đ16.2d), not the inner steps
and not the officer's name (that from 1/7/2026, NĐ 224/2026 Đ15.1.g).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from motcua.catalogue import shelf
from motcua.dossiers import attachments, events, issued, operations, prints, queries
from motcua.dossiers.labels import CHANNEL_LABELS, STANDING_LABELS, STATUS_LABELS
from motcua.dossiers.ports import PAYMENT
from motcua.dossiers.queries import Detail, Filters
from motcua.files import shelves
from motcua.journeys import filing
from motcua.journeys.filing import Sent
from motcua.ledger.paging import Cursor
from motcua.look import due_dates, waits
from motcua.look.uploads import receives_files
from motcua.messaging import queries as messaging
from motcua.organisations import queries as organisations
from motcua.people.acting import Request, citizens
from motcua.portal import drafts, words
from motcua.portal.drafts import Draft
from motcua.portal.forms import Papers, Withdraw
from motcua.portal.views_file import keep_files
from motcua.rules import casework
from motcua.rules.casework import Status
from motcua.rules.casework_issuing import Standing
from motcua.rules.refusal import Refusal

PAGE = 20
TOLD = {
    *(events.PAUSED.name, events.RESUMED.name, events.EXTENDED_BY_LAW.name),
    *(events.TRANSFERRED.name, events.REAPPOINTED.name, events.RESULT_REVOKED.name),
    *(events.PAYMENT_REQUESTED.name, events.PAYMENT_RECORDED.name),
}
"""What an applicant is told of besides the changes of the public status."""
_TITLES = {event.name: text for event, text in events.LABELS.items()}


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the public timeline."""

    title: str
    at: datetime
    by: str = ""
    detail: str = ""
    tone: str = ""


@citizens
def mine(request: Request) -> HttpResponse:
    """`/ho-so-cua-toi/`, newest first."""
    after = request.GET.get("after", "")
    page = queries.dossiers(
        request.actor, Filters(), after=Cursor.parse(after) if after else None, size=PAGE
    )
    names = shelf.names([row["procedure_id"] for row in page.rows])
    rows = [
        {
            **row,
            "name": names.get(row["procedure_id"], row["subject"]),
            "agency": organisations.unit(row["accountable_id"]).name,
            "label": STATUS_LABELS[Status(row["status"])],
            "tone": words.TONES[Status(row["status"])],
            "paused": Status(row["status"]) in casework.WAITING,
        }
        for row in page.rows
    ]
    return _private(render(request, "portal/mine.html", {"rows": rows, "next": page.next}))


@citizens
def dossier(request: Request, dossier_id: UUID) -> HttpResponse:
    """`/ho-so/<id>/`: raises dossier.not_visible (404) for anybody else's."""
    found = queries.detail(request.actor, dossier_id)
    status = found.case.status
    asked = _asked(found)
    context = {
        "found": found,
        "dossier": found.dossier,
        "label": STATUS_LABELS[status],
        "tone": words.TONES[status],
        "channel": CHANNEL_LABELS[found.case.channel],
        "stages": words.STAGES,
        "stage": words.progress(status).stage,
        "paused": status in casework.WAITING,
        "answer_by": found.case.answer_due_at if status is Status.SUBMITTED else None,
        "why": due_dates.of_dossier(found, request.now),
        "places": sorted({s["unit_name"] for s in found.steps if _is_open(s)}),
        "events": list(_timeline(found)),
        "papers": [
            (p, [a for a in found.attachments if a["paper_id"] == p["id"]]) for p in found.papers
        ],
        "loose": [a for a in found.attachments if a["paper_id"] is None],
        "issued": _issued(found),
        "slips": [(s["name"], s) for s in found.slips],
        "asked": asked,
        "asked_items": asked["items"] if asked else (),
        "waits": waits.own_waits(found),
        "phases": found.phases,
        "promises": [promise for promise in waits.promises(found) if not promise.asked],
        "due_charges": [c for c in found.charges if not (c["paid_at"] or c["cancelled_at"])],
        "pays_online": PAYMENT.plugged is not None,
        "paid_charges": [c for c in found.charges if c["paid_at"] is not None],
        "may_withdraw": _may_withdraw(found),
        "told": messaging.told_of(dossier_id, person_id=request.actor.sees.person_id),
        "just_filed": "vua_nop" in request.GET and status is Status.SUBMITTED,
    }
    return _private(render(request, "portal/dossier.html", context))


def _issued(found: Detail) -> list[dict[str, Any]]:
    """The signed results, with their files and what they are worth now."""
    if not any(file["kind"] == "result" for file in found.attachments):
        return []
    return [
        {
            "result": one,
            "file_id": file_id,
            "said": STANDING_LABELS[one.standing],
            "tone": "good" if one.standing is Standing.VALID else "bad",
        }
        for one, file_id in issued.of_dossier(found.case.id)
    ]


def _is_open(step: dict[str, Any]) -> bool:
    return step["closed_at"] is None and not step["waiting"] and step["unit_name"] is not None


def _asked(found: Detail) -> dict[str, Any] | None:
    """The supplement that is waited for."""
    if found.case.status is not Status.SUPPLEMENT:
        return None
    return next((s for s in reversed(found.supplements) if s["received_at"] is None), None)


def _may_withdraw(found: Detail) -> bool:
    return found.case.status in casework.OPEN | {Status.SUBMITTED}


def _timeline(found: Detail) -> Iterator[Told]:
    """The changes of the public status, newest first, and what else an applicant is told."""
    for entry in reversed(found.timeline):
        if "status" in entry["fields"]:
            status = Status(entry["fields"]["status"])
            yield Told(str(STATUS_LABELS[status]), entry["at"], tone=words.TONES[status])
        elif entry["event"] in TOLD:
            yield Told(_TITLES[entry["event"]], entry["at"])


@receives_files
@citizens
def supplement(request: Request, dossier_id: UUID) -> HttpResponse:
    """`/ho-so/<id>/bo-sung/`: the answer to what was asked; all of it, for the clock goes on with it."""
    found = queries.detail(request.actor, dossier_id)
    asked = _asked(found)
    if asked is None:
        raise Refusal("dossier.no_supplement_open")
    form = Papers(asked["items"])
    if request.method == "POST":
        draft = Draft()
        for place, text in keep_files(request, draft, len(asked["items"])):
            form.wrong(place, text)
        for place in range(len(asked["items"])):
            if not draft.of(place) and f"giay_{place}" not in form.errors:
                form.wrong(place, "Hãy chọn tệp của giấy tờ này.")
        if not form.errors:
            _answer(request, dossier_id, asked["items"], draft)
            return HttpResponseRedirect(reverse("portal:dossier", args=[dossier_id]))
    context = {
        "found": found,
        "dossier": found.dossier,
        "asked": asked,
        "form": form,
        "seen": request.POST.get("seen") or found.case.version,
        "limit": shelves.upload_limit_text(),
        "most": drafts.MOST_FILES,
    }
    status = 422 if form.errors else 200
    return _private(render(request, "portal/supplement.html", context, status=status))


def _answer(request: Request, dossier_id: UUID, items: list[str], draft: Draft) -> None:
    seen = request.POST.get("seen", "")
    papers = [Sent(name[:1000], files=tuple(draft.of(n))) for n, name in enumerate(items)]
    filing.answer_supplement(
        dossier_id,
        papers,
        actor=request.actor,
        at=request.now,
        seen=int(seen) if seen.isdecimal() else 0,
    )


@citizens
def withdraw(request: Request, dossier_id: UUID) -> HttpResponse:
    """`/ho-so/<id>/rut/`: the applicant takes it back, with the reason."""
    found = queries.detail(request.actor, dossier_id)
    if not _may_withdraw(found):
        raise Refusal("dossier.not_open")
    form = Withdraw(request.POST or None, initial={"seen": found.case.version})
    if request.method == "POST" and form.is_valid():
        operations.withdraw(
            dossier_id=dossier_id,
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            at=request.now,
            seen=form.cleaned_data["seen"],
        )
        return HttpResponseRedirect(reverse("portal:dossier", args=[dossier_id]))
    context = {"dossier": found.dossier, "form": form}
    status = 422 if form.errors else 200
    return _private(render(request, "portal/withdraw.html", context, status=status))


@citizens
def slip(request: Request, dossier_id: UUID, slip_id: UUID) -> HttpResponse:
    """`/ho-so/<id>/giay/<giấy>/`: a statutory paper as it was issued, as PDF."""
    found = queries.slip(request.actor, dossier_id, slip_id)
    made = HttpResponse(prints.issued(found), content_type="application/pdf")
    made["Content-Disposition"] = f'inline; filename="{found.form}-{found.number}.pdf"'
    return _private(made)


def attachment(request: Request, dossier_id: UUID, attachment_id: UUID) -> FileResponse:
    """`/ho-so/<id>/tep/<tệp>/`: a file through its dossier, for whoever may see it; never a page."""
    held = attachments.one(request.actor, dossier_id, attachment_id)
    made = FileResponse(
        shelves.read(held.sha256),
        as_attachment=True,
        filename=held.name,
        content_type=held.media_type,
    )
    made["Content-Length"] = str(held.size)
    made["Content-Security-Policy"] = "default-src 'none'; sandbox"
    made["X-Content-Type-Options"] = "nosniff"
    made["Cache-Control"] = "private, no-store"
    return made


def _private(made: HttpResponse) -> HttpResponse:
    made["Cache-Control"] = "private, no-store"
    return made
