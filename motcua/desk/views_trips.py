"""Hand-over lists: what waits to be carried, the list that travels, what arrived."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.desk import words
from motcua.desk.door import actor_of, ids_in, now_of, officers_only, page, today_of
from motcua.desk.views_list import meant
from motcua.dossiers import operations, policies, trips
from motcua.dossiers.trips import Load
from motcua.ledger.acts import AlreadyDone, Key, KeyReused
from motcua.look.sentences import sentence
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal

DAYS = 7
"""Days back that are looked at for what waits to be carried."""


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def handovers(request: HttpRequest) -> HttpResponse:
    """What waits to be carried from the officer's units, and the last lists."""
    actor, at, on = actor_of(request), now_of(request), today_of(request)
    if request.method == "POST":
        return _send(request)
    loads = trips.waiting(actor, at - timedelta(days=DAYS), on)
    scanned = _scanned(request)
    known = {row["shown"] for load in loads for row in load.rows}
    context = {
        "loads": [_load(load, scanned) for load in loads],
        "key": new_id(),
        "days": DAYS,
        "scanned": sorted(scanned & known),
        "strange": sorted(scanned - known),
        "lists": trips.lists(actor, on),
        "at": at,
    }
    return page(request, "desk/handovers.html", context)


def _load(load: Load, scanned: set[str]) -> dict[str, Any]:
    return {
        "from": load.from_unit_id,
        "to": load.to_unit_id,
        "from_name": words.unit(load.from_unit_id),
        "to_name": words.unit(load.to_unit_id),
        "rows": [row | {"ticked": row["shown"] in scanned} for row in load.rows],
    }


def _scanned(request: HttpRequest) -> set[str]:
    """The codes read so far, in whatever form the scanner gave them."""
    return {
        meant(text.strip()[:500]).upper() for text in request.GET.getlist("quet") if text.strip()
    }


def _send(request: HttpRequest) -> HttpResponse:
    sent = request.POST
    units = [sent.get("tu", ""), sent.get("den", "")]
    ids, carrier = ids_in(sent.getlist("ho-so")), sent.get("carrier", "")
    try:
        key = Key.of(str(UUID(sent.get("key", ""))), [units, [str(i) for i in ids], carrier])
        from_unit, to_unit = (int(text) for text in units)
    except ValueError:
        messages.error(request, "Trang gửi lên thiếu thông tin. Hãy tải lại trang rồi giao lại.")
        return redirect("desk:handovers")
    try:
        done = operations.send_trip(
            dossier_ids=ids,
            from_unit_id=from_unit,
            to_unit_id=to_unit,
            carrier=carrier,
            actor=actor_of(request),
            at=now_of(request),
            key=key,
        )
    except AlreadyDone as before:
        return redirect("desk:trip", UUID(before.outcome["id"]))
    except KeyReused:
        messages.error(request, "Trang này đã dùng cho một danh sách khác. Hãy tải lại trang.")
    except Refusal as refusal:
        messages.error(request, sentence(refusal.code, refusal.params))
    else:
        late = f" {done.late} hồ sơ giao muộn so với quy định." if done.late else ""
        messages.success(request, f"Đã lập danh sách bàn giao số {done.number}.{late}")
        return redirect("desk:trip", done.id)
    return redirect(f"{reverse('desk:handovers')}")


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def trip(request: HttpRequest, trip_id: UUID) -> HttpResponse:
    """One list: to be printed, and confirmed by who receives it."""
    actor, on = actor_of(request), today_of(request)
    found = trips.trip(actor, trip_id, on)
    if request.method == "POST":
        _receive(request, trip_id)
        return redirect("desk:trip", trip_id)
    scanned = _scanned(request)
    lines = [line | {"ticked": line["code"] in scanned} for line in found["lines"]]
    context = {
        "trip": found,
        "lines": lines,
        "receives": found["on_the_way"] > 0 and _may_receive(request, found["to_unit_id"]),
        "scanned": sorted(scanned & {line["code"] for line in lines}),
        "strange": sorted(scanned - {line["code"] for line in lines}),
        "originals": sum(line["originals"] for line in lines),
        "copies": sum(line["copies"] for line in lines),
    }
    return page(request, "desk/trip.html", context)


def _receive(request: HttpRequest, trip_id: UUID) -> None:
    received = {
        dossier_id: request.POST.get(f"thieu-{dossier_id}", "")
        for dossier_id in ids_in(request.POST.getlist("ho-so"))
    }
    try:
        operations.receive_trip(
            trip_id=trip_id, received=received, actor=actor_of(request), at=now_of(request)
        )
    except Refusal as refusal:
        messages.error(request, sentence(refusal.code, refusal.params))
    else:
        messages.success(request, f"Đã xác nhận {len(received)} hồ sơ.")


def _may_receive(request: HttpRequest, unit_id: int) -> bool:
    try:
        policies.to_carry(actor_of(request), unit_id)
    except Refusal:
        return False
    return True


@require_safe
@officers_only
def printed(request: HttpRequest, trip_id: UUID) -> HttpResponse:
    """The list on paper, to be signed by who gives and who takes."""
    found = trips.trip(actor_of(request), trip_id, today_of(request))
    return page(request, "desk/trip_print.html", {"trip": found, "lines": found["lines"]})
