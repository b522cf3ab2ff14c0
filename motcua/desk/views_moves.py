"""Units end, and their dossiers follow: plans drafted, filled, checked, approved, rehearsed, and watched
while they are carried out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalogue import queries as catalogue
from motcua.desk import words
from motcua.desk.door import actor_of, ids_in, now_of, officers_only, page, today_of
from motcua.desk.forms_moves import Day, Drafting, Lines
from motcua.dossiers import operations, plans, policies, proposing, rehearsing
from motcua.look.sentences import sentence, status_of
from motcua.organisations import queries as organisations
from motcua.rules.refusal import Refusal

Status = plans.Status
TONES = {
    Status.DRAFT: "warn",
    Status.CHECKED: "info",
    Status.APPROVED: "info",
    Status.RUNNING: "info",
    Status.DONE: "good",
}
ACTS: dict[str, tuple[Callable[..., None], str]] = {
    "kiem-tra": (operations.check_move_plans, "Đã ghi nhận kiểm tra"),
    "duyet": (operations.approve_move_plans, "Đã duyệt"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def moves(request: HttpRequest) -> HttpResponse:
    """`/ban-lam-viec/sap-xep/`: the plans of a day, how far they are, and new ones."""
    actor = actor_of(request)
    policies.to_see_moves(actor)
    drafting, status = Drafting(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        if "lap" not in request.POST:
            return _decided(request, request.POST.getlist("plan"))
        if drafting.is_valid():
            return _drafted(request, drafting)
        status = 422
    days = plans.days(actor)
    on = Day(request.GET).day(days)
    listed = plans.plans(actor, on) if on else ()
    return page(request, "desk/moves.html", _listed(request, on, days, listed, drafting), status)


def _listed(request: HttpRequest, on: Any, days: Any, listed: Any, drafting: Any) -> dict[str, Any]:
    everything = request.GET.get("tat-ca") == "1"
    shown = [one for one in listed if everything or one.following or one.moved]
    done = sum(one.moved for one in listed)
    total = done + sum(one.following for one in listed)
    return {
        "on": on,
        "days": days,
        "rows": [(one, words.unit(one.unit_id), *_status(one.status)) for one in shown],
        "hidden": len(listed) - len(shown),
        "everything": everything,
        "plans": len(listed),
        "waiting": sum(one.following for one in listed),
        "total": total,
        "done": done,
        "percent": 100 * done // total if total else 100,
        "running": any(one.status in (Status.RUNNING, Status.APPROVED) and one.following for one in listed)
        and on is not None and on <= today_of(request),
        "unapproved": sum(1 for one in listed if one.status in (Status.DRAFT, Status.CHECKED)),
        "drafting": drafting,
        "may_plan": policies.may_plan_moves(actor_of(request)),
    }  # fmt: skip


def _status(value: str) -> tuple[str, str]:
    status = Status(value)
    return str(status.label), TONES[status]


def _drafted(request: HttpRequest, drafting: Drafting) -> HttpResponse:
    on = drafting.cleaned_data["on"]
    made = operations.draft_move_plans(
        on=on,
        decision=drafting.cleaned_data["decision"],
        actor=actor_of(request),
        at=now_of(request),
    )
    if made:
        messages.success(request, f"Đã lập {len(made)} phương án.")
    else:
        messages.info(request, "Không có đơn vị nào kết thúc ngày này mà chưa có phương án.")
    return redirect(_address(on))


def _address(on: date) -> str:
    return f"{reverse('desk:moves')}?ngay={on:%d/%m/%Y}"


def _decided(request: HttpRequest, chosen: list[str]) -> HttpResponse:
    """Check or approve the chosen plans, all or none of them."""
    name = next((name for name in ACTS if name in request.POST), "kiem-tra")
    act, said = ACTS[name]
    ids = ids_in(chosen) or _all_ready(request, name)
    back = request.POST.get("tu", "")
    to = back if back.startswith(reverse("desk:moves")) else reverse("desk:moves")
    if not ids:
        messages.warning(request, "Chưa chọn phương án nào.")
        return redirect(to)
    try:
        act(plan_ids=ids, actor=actor_of(request), at=now_of(request))
    except Refusal as refusal:
        if status_of(refusal.code) in (403, 404):
            raise
        messages.error(request, sentence(refusal.code, refusal.params))
    else:
        messages.success(request, f"{said} {len(ids)} phương án.")
    return redirect(to)


def _all_ready(request: HttpRequest, name: str) -> list[UUID]:
    """Every plan of the day that is at this stage and lacks nothing, where all are asked for: most have one
    line, or nothing to move."""
    day = Day({"ngay": request.POST.get("tat-ca", "")})
    on = day.day(()) if request.POST.get("tat-ca") else None
    stage = Status.DRAFT if name == "kiem-tra" else Status.CHECKED
    listed = plans.plans(actor_of(request), on) if on else ()
    return [p.id for p in listed if p.status == stage and (p.lines or not p.following)]


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """`/ban-lam-viec/sap-xep/<id>/`: where the dossiers of one unit go, procedure by procedure."""
    actor = actor_of(request)
    row, found = plans.plan(actor, plan_id)
    form, status = Lines(request.POST if request.method == "POST" else None, found), 200
    if request.method == "POST" and form.is_valid():
        try:
            operations.set_move_lines(
                plan_id=plan_id, lines=form.lines(), actor=actor, at=now_of(request)
            )
        except Refusal as refusal:
            if status_of(refusal.code) in (403, 404):
                raise
            form.add_error(None, sentence(refusal.code, refusal.params))
            status = status_of(refusal.code)
        else:
            messages.success(request, "Đã ghi phương án. Người khác kiểm tra rồi mới duyệt được.")
            return redirect("desk:move_plan", plan_id)
    lacking = proposing.lacking(found)
    label, tone = _status(row.status)
    context = {
        "row": row, "plan": found, "unit": words.unit(row.unit_id), "form": form, "status": label,
        "tone": tone, "lacking": lacking.total(), "following": sum(n for *_, n in form.asked),
        "whole": words.unit(form.whole) if form.whole else "",
        "may_plan": policies.may_plan_moves(actor) and row.status != Status.DONE,
        "back": _address(row.effective_on),
    }  # fmt: skip
    return page(request, "desk/move_plan.html", context, status=status)


@require_safe
@officers_only
def rehearsal(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """`/ban-lam-viec/sap-xep/<id>/thu/`: what carrying a plan out would do; nothing is written."""
    actor = actor_of(request)
    row, found = plans.plan(actor, plan_id)
    said = rehearsing.rehearse(found, actor=actor, at=now_of(request))
    names = catalogue.names_of([*said.lacking, *(p for p, _ in said.not_offered)])
    context = {
        "row": row,
        "unit": words.unit(row.unit_id),
        "said": said,
        "lacking_total": said.lacking.total(),
        "to": [(words.unit(u), n) for u, n in said.to.most_common()],
        "desks": [(organisations.unit(u).name, n) for u, n in said.desks.most_common()],
        "lacking": [(names.get(p, ""), n) for p, n in said.lacking.most_common()],
        "due": sorted(said.due.items()),
        "no_post": [
            (words.unit(gap.unit_id), gap.step, words.role(gap.role), n)
            for gap, n in said.no_post.items()
        ],
        "not_offered": [
            (names.get(p, ""), words.unit(u), n) for (p, u), n in said.not_offered.items()
        ],
        "left_over": [(one, words.unit(one.unit_id)) for one in said.left_over],
        "back": _address(row.effective_on),
    }
    return page(request, "desk/move_rehearsal.html", context)
