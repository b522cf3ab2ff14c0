"""A dossier's page, the small forms of its acts, and its statutory papers."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from motcua.desk import (
    acts,
    ended,
    views_children,
    views_drafts,
    views_exchange,
    views_issuing,
    views_opinions,
    views_triage,
    views_working,
    words,
)
from motcua.desk.acts import ActPage
from motcua.desk.door import actor_of, now_of, officers_only, page, pdf, today_of, working_days_to
from motcua.desk.forms import ActForm
from motcua.dossiers import ahead, policies, prints, queries
from motcua.dossiers.queries import Detail
from motcua.ledger.acts import AlreadyDone, KeyReused
from motcua.look import due_dates, problems, waits
from motcua.look.forms import refused
from motcua.look.sentences import sentence, status_of
from motcua.messaging import queries as messaging
from motcua.people import at_desk
from motcua.rules import personal_id
from motcua.rules.casework import UNDER_WAY, WAITING
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal

CONFLICT = 409


@require_safe
@officers_only
def dossier(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """All there is to know of a dossier, and what the reader may do next."""
    actor, at = actor_of(request), now_of(request)
    found = queries.detail(actor, dossier_id)
    offers = _offers(request, found)
    context = (
        _head(found, at)
        | ended.context(actor, found)
        | {
            "person": _person(found),
            "why": due_dates.of_dossier(found, at),
            "offers": offers,
            "first": [offer for offer in offers if offer.page.kind == "primary"],
            "others": [offer for offer in offers if offer.page.kind != "primary"],
            "key": new_id(),
            "steps": [_step(row, at, found) for row in found.steps],
            "timeline": _timeline(found),
            "papers": found.papers,
            "parties": words.parties(found.parties),
            "came": found.came,
            "supplements": [row | {"items_asked": row["items"]} for row in found.supplements],
            "waits": waits.own_waits(found),
            "promises": waits.promises(found),
            "phases": found.phases,
            "charges": [
                row | {"how": dict(words.METHODS).get(row["method"])} for row in found.charges
            ],
            "slips": found.slips,
            "attachments": found.attachments,
            "opinions": views_opinions.of_dossier(actor, found, at),
            **views_children.of_dossier(actor, found, at),
            **views_drafts.of_dossier(actor, found),
            **views_exchange.of_dossier(actor, found),
            **views_issuing.of_dossier(actor, found),
            **views_triage.of_dossier(actor, found),
            **views_working.of_dossier(actor, found),
            "result": found.dossier["result"] or {},
            "told": messaging.told_of(dossier_id),
        }
    )
    return page(request, "desk/dossier.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def act(request: HttpRequest, dossier_id: UUID, act: str) -> HttpResponse:
    """The small form of one act, and the act."""
    doing = acts.BY_SLUG.get(act)
    if doing is None:
        raise Http404
    actor = actor_of(request)
    found = queries.detail(actor, dossier_id)
    if request.method == "POST":
        return _done(request, doing, found)
    fitting = [offer.item for offer in _offers(request, found) if offer.page is doing]
    if not fitting:
        return _not_now(request, found)
    chosen = request.GET.get("buoc")
    item = next((i for i in fitting if i and str(i.id) == chosen), fitting[0])
    return _form_page(
        request, doing, found, doing.form(None, found=found, item=item, on=today_of(request))
    )


def _done(request: HttpRequest, doing: ActPage, found: Detail) -> HttpResponse:
    actor = actor_of(request)
    item = next((i for i in found.case.items if str(i.id) == request.POST.get("item")), None)
    form = doing.form(request.POST, found=found, item=item, on=today_of(request))
    if request.POST.get("seen", "") != str(found.case.version) and not _sent_before(doing, form):
        return _stale(request, doing, found, form)
    if not form.is_valid():
        return _form_page(request, doing, found, form, status=422)
    try:
        acts.perform(
            doing, form, dossier_id=found.case.id, actor=actor, at=now_of(request), found=found
        )
    except AlreadyDone:
        messages.info(request, "Việc này đã được ghi nhận ở lần gửi trước.")
    except KeyReused:
        return _stale(request, doing, found, form)
    except Refusal as refusal:
        status = status_of(refusal.code)
        if status == CONFLICT:
            return _stale(request, doing, found, form, sentence(refusal.code, refusal.params))
        return _form_page(request, doing, found, form, status=refused(form, refusal))
    else:
        messages.success(request, doing.done)
    if not policies.sees(actor, found.case.id):
        return redirect("desk:inbox")  # it went to another agency
    return redirect("desk:dossier", found.case.id)


def _sent_before(doing: ActPage, form: ActForm) -> bool:
    """Whether a page of an older version may be the same page sent twice: the key tells."""
    return doing.name in acts.KEYED and form.is_valid()


def _not_now(request: HttpRequest, found: Detail) -> HttpResponse:
    said, _ = words.status(found.dossier["status"])
    return problems.page(
        request,
        CONFLICT,
        title="Việc này không làm được lúc này",
        sentence=f"Hồ sơ {_code(found)} đang ở trạng thái “{said}”, "
        "hoặc bước hiện tại không thuộc vị trí của ông/bà.",
        remedy="Hãy mở hồ sơ để xem những việc làm được.",
        code="dossier.not_open_to_you",
    )


def _stale(
    request: HttpRequest, doing: ActPage, found: Detail, form: ActForm, said: str = ""
) -> HttpResponse:
    """The dossier moved on: what has happened since, what was written, and the way to the fresh page."""
    fresh = queries.detail(actor_of(request), found.case.id)
    seen = request.POST.get("seen", "")
    since = int(seen) if seen.isdecimal() else fresh.case.version
    context = _head(fresh, now_of(request)) | {
        "doing": doing,
        "said": said,
        "since": _timeline(fresh)[: max(len(fresh.timeline) - since, 0)],
        "written": form.written(),
    }
    return page(request, "desk/stale.html", context, status=CONFLICT)


def _form_page(
    request: HttpRequest, doing: ActPage, found: Detail, form: ActForm, status: int = 200
) -> HttpResponse:
    context = _head(found, now_of(request)) | {
        "doing": doing,
        "form": form,
        "explain": doing.explain(found, form.step, form.on),
        "button_kind": "danger" if doing.kind == "danger" else "primary",
        "step_name": form.step.name if form.step and doing.on_step else "",
    }
    return page(request, "desk/act.html", context, status=status)


@require_safe
@officers_only
def slip(request: HttpRequest, dossier_id: UUID, slip_id: UUID) -> HttpResponse:
    """A statutory paper as it was issued, as PDF; reached through its dossier."""
    found = queries.slip(actor_of(request), dossier_id, slip_id)
    both = request.GET.get("lien") == "ca-hai"
    return pdf(prints.issued(found, both=both), f"{found.form}-{found.number}")


# ---- what the pages show ---------------------------------------------------------------------------


def _head(found: Detail, at: datetime) -> dict[str, Any]:
    row, case = found.dossier, found.case
    status, tone = words.status(row["status"])
    return {
        "dossier": row,
        "code": _code(found),
        "status": status,
        "tone": tone,
        "channel": words.channel(row["channel"]),
        "paused": case.status in WAITING,
        "running": case.status in UNDER_WAY,
        "days": working_days_to(row["due_at"], row["accountable_id"], at),
        "judged_apart": row["judged_at"] != row["due_at"],
    }


def _code(found: Detail) -> str:
    return str(found.dossier["code"] or found.dossier["submission_code"])


def _person(found: Detail) -> dict[str, str]:
    known = at_desk.by_id(found.case.applicant_id)
    return {
        "identity": personal_id.mask(known.identity_number),
        "phone": known.phone,
        "email": known.email,
        "address": known.address,
    }


def _offers(request: HttpRequest, found: Detail) -> list[acts.Offer]:
    actor = actor_of(request)
    own = policies.own_items(actor, found.case.items)
    unit = [i for i in found.case.items if i.unit_id in actor.units and not i.waiting]
    return acts.offers(found, own, unit, today_of(request))


def _step(row: dict[str, Any], at: datetime, found: Detail) -> dict[str, Any]:
    return row | {
        "where": words.unit(row["unit_id"]),
        "post": words.role(row["role"]),
        "days": working_days_to(row["due_at"], row["unit_id"], at)
        if row["closed_at"] is None
        else None,
    }


def _timeline(found: Detail) -> list[dict[str, Any]]:
    """The newest entry first."""
    names = ahead.step_names(found) if found.case.process_id else {}
    return [words.entry(row, names) for row in reversed(found.timeline)]
