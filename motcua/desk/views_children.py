"""Parts of a dossier at other agencies: forwarding one, and what the dossier's page shows of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from motcua.catalogue import at_desk as catalogue
from motcua.desk import words
from motcua.desk.door import actor_of, now_of, officers_only, page, today_of, working_days_to
from motcua.desk.forms_children import OpenChild
from motcua.desk.forms_opinions import agencies
from motcua.dossiers import children, operations, policies, queries
from motcua.dossiers.queries import Detail
from motcua.look.sentences import sentence, status_of
from motcua.rules.actor import Actor
from motcua.rules.casework import OPEN
from motcua.rules.refusal import Refusal
from motcua.rules.vietnamese import fold

MOST = 1500


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def begin(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Choose the agency, then its procedure; and forward the part."""
    actor, on = actor_of(request), today_of(request)
    found = queries.detail(actor, dossier_id)
    if not may_open(actor, found):
        raise Refusal("dossier.not_your_step")
    known = agencies(on)
    unit_id = _unit(request, known)
    name = next((n for n, one in known.items() if one == unit_id), "")
    offered = catalogue.find("", on, desks=(), agencies=[unit_id], size=MOST) if unit_id else ()
    form = OpenChild(
        request.POST or None,
        offered=sorted(offered, key=lambda one: one.name),
        initial={"seen": found.case.version, "unit": unit_id},
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            made = _opened(request, found, form)
        except Refusal as refusal:
            status = status_of(refusal.code)
            field = {"agency": "procedure"}.get(str(refusal.params.get("field")))
            form.add_error(field, sentence(refusal.code, refusal.params))
        else:
            messages.success(request, f"Đã chuyển phần việc, hồ sơ liên thông {made}.")
            return redirect("desk:dossier", dossier_id)
    context = {
        "dossier": found.dossier,
        "code": found.dossier["code"],
        "form": form if unit_id else None,
        "agency": name,
        "typed": request.GET.get("co_quan", ""),
        "known": [n for n, one in known.items() if one != found.case.accountable_id],
        "none": bool(unit_id) and not offered,
    }
    status = 422 if form.errors and status == 200 else status
    return page(request, "desk/child_begin.html", context, status=status)


def _opened(request: HttpRequest, found: Detail, form: OpenChild) -> str:
    said = form.cleaned_data
    made = operations.open_child(
        dossier_id=found.case.id,
        unit_id=said["unit"],
        procedure_id=said["procedure"],
        subject=said["subject"],
        seen=said["seen"],
        actor=actor_of(request),
        at=now_of(request),
    )
    return made.code or made.submission_code


def _unit(request: HttpRequest, known: dict[str, int]) -> int:
    """The agency asked for by name, or by number where the form comes back; 0 for none."""
    if request.method == "POST":
        text = request.POST.get("unit", "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
    typed = fold(" ".join(request.GET.get("co_quan", "").split()))
    return next((one for name, one in known.items() if fold(name) == typed), 0) if typed else 0


def of_dossier(actor: Actor, found: Detail, now: datetime) -> dict[str, Any]:
    """The parent and the children of a dossier as its page shows them."""
    if not policies.on_duty(actor, found.dossier):
        return {"may_open_child": False}
    family = children.family(actor, found.case.id, found.dossier["parent_id"])
    return {
        "parent": family.parent,
        "children": [_child(row, now) for row in family.children],
        "may_open_child": may_open(actor, found),
    }


def may_open(actor: Actor, found: Detail) -> bool:
    """Whether the actor could forward a part of the dossier now."""
    case = found.case
    if case.accepted_at is None or case.status not in OPEN:
        return False
    if found.dossier["parent_id"] is not None:
        return False
    called = bool(queries.calling(found))
    return policies.may_open_child(actor, case, called=called)


def _child(row: dict[str, Any], now: datetime) -> dict[str, Any]:
    return row | {
        "status_said": words.status(row["status"]),
        "days": working_days_to(row["due_at"], row["accountable_id"], now),
    }
