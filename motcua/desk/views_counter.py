"""Calling numbers at a window, the appointments of the day, how long people wait, which windows there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from motcua.counter import operations, policies, queries
from motcua.counter.labels import LANE_LABELS, SOURCE_LABELS, STANDING_LABELS
from motcua.counter.queries import PointFacts, TicketFacts, Waits
from motcua.desk.door import actor_of, now_of, officers_only, page, today_of
from motcua.desk.forms_counter import Points, Slots, points_of, slots_of
from motcua.desk.tables import as_csv
from motcua.look.forms import day_of
from motcua.look.sentences import sentence
from motcua.organisations.queries import UnitFacts
from motcua.rules.actor import Actor
from motcua.rules.queueing import AT_A_POINT, Lane, Source, Standing
from motcua.rules.refusal import Refusal

CHOSEN = "point"
"""Where the session keeps the window its officer sits at."""
SHOWN = 30
WEEKS = 4


@require_safe
@officers_only
def calling(request: HttpRequest) -> HttpResponse:
    """`goi-so/`: the number at my window, the next, and who waits."""
    actor, on = actor_of(request), today_of(request)
    desk = _desk(request, actor, on)
    if desk is None:
        return page(request, "desk/counter_none.html")
    points = queries.points(desk.id)
    mine = _mine(request, points)
    day = queries.day(actor, desk.id, on)
    context = {
        "desk": desk,
        "desks": queries.desks_of(actor, on),
        "points": points,
        "mine": mine,
        "now_here": next((_row(t) for t in day if _stands_at(t, mine)), None),
        "waiting": [_row(t) for t in day if t.standing is Standing.WAITING][:SHOWN],
        "waiting_here": sum(
            t.standing is Standing.WAITING and (mine is None or t.lane in mine.serves) for t in day
        ),
        "absent": [_row(t) for t in reversed(day) if t.standing is Standing.ABSENT][:6],
        "counts": _counts(day),
        "lanes": [(lane.value, label) for lane, label in LANE_LABELS.items()],
        "may_arrange": policies.may_arrange(actor, desk.id),
    }
    return page(request, "desk/counter.html", context)


@require_POST
@officers_only
def point(request: HttpRequest, point_id: int) -> HttpResponse:
    """Choose a window, sit down at it or leave it."""
    actor, at, what = actor_of(request), now_of(request), request.POST.get("viec", "")
    if what == "mo":
        operations.open_point(point_id, actor=actor, at=at)
    elif what == "dong":
        _do(request, lambda: operations.close_point(point_id, actor=actor, at=at))
    request.session[CHOSEN] = point_id
    return _back(request)


@require_POST
@officers_only
def call_next(request: HttpRequest, point_id: int) -> HttpResponse:
    """Who stands here is done; the next is called: both or neither."""
    actor, at = actor_of(request), now_of(request)

    def done_and_next() -> None:
        with transaction.atomic():
            if ticket := request.POST.get("so"):
                operations.finish_ticket(ticket_id=UUID(ticket), actor=actor, at=at)
            operations.call_next(point_id=point_id, actor=actor, at=at)

    _do(request, done_and_next)
    return _back(request)


@require_POST
@officers_only
def ticket(request: HttpRequest, ticket_id: UUID, act: str) -> HttpResponse:
    """What happens to a number at the window: called again, there, absent, done, moved."""
    actor, at = actor_of(request), now_of(request)
    if act == "chuyen":
        lane = Lane(request.POST.get("lane", ""))
        _do(
            request,
            lambda: operations.move_ticket(ticket_id=ticket_id, lane=lane, actor=actor, at=at),
        )
    else:
        _do(request, lambda: ACTS[act](ticket_id=ticket_id, actor=actor, at=at))
    return _back(request)


ACTS: Mapping[str, Callable[..., None]] = {
    "goi-lai": operations.recall_ticket,
    "bat-dau": operations.start_serving,
    "vang": operations.mark_absent,
    "xong": operations.finish_ticket,
}


@require_safe
@officers_only
def appointments(request: HttpRequest) -> HttpResponse:
    """`lich-hen/`: who comes at what time, and who has come."""
    actor, today = actor_of(request), today_of(request)
    desk = _desk(request, actor, today)
    if desk is None:
        return page(request, "desk/counter_none.html")
    on = day_of(request.GET.get("ngay", "")) or today
    rows = [
        {"found": a, "lane": LANE_LABELS[a.lane], "open": not (a.came_at or a.cancelled_at)}
        for a in queries.appointments(actor, desk.id, on)
    ]
    days = {"before": on - timedelta(days=1), "after": on + timedelta(days=1)}
    context = {"desk": desk, "on": on, "rows": rows, "is_today": on == today, **days}
    return page(request, "desk/counter_appointments.html", context)


@require_POST
@officers_only
def came(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """Who has an appointment has come: a number for him."""
    actor, at = actor_of(request), now_of(request)

    def check_in() -> None:
        taken = operations.check_in(appointment_id=appointment_id, actor=actor, at=at)
        messages.success(request, f"Đã cấp số {taken.number}.")

    _do(request, check_in)
    return HttpResponseRedirect(reverse("desk:appointments"))


@require_safe
@officers_only
def waits(request: HttpRequest) -> HttpResponse:
    """`goi-so/so-lieu/`: how long people waited, day by day and hour by hour; as a file with `?dang=csv`."""
    actor, today = actor_of(request), today_of(request)
    desks = queries.desks_counted(actor, today)
    if not desks:
        return page(request, "desk/counter_none.html")
    desk = next((d for d in desks if d.key == request.GET.get("noi", "")), desks[0])
    since = day_of(request.GET.get("tu", "")) or today - timedelta(weeks=WEEKS)
    until = day_of(request.GET.get("den", "")) or today
    days = queries.waits(actor, [desk.id], since, until)
    if request.GET.get("dang") == "csv":
        by_hour = queries.waits(actor, [desk.id], since, until, by_hour=True)
        return as_csv(f"cho-doi-{desk.key}", [HEAD, *(_cells(desk, w) for w in by_hour)])
    hours = queries.waits(actor, [desk.id], today, today, by_hour=True)
    context = {
        "desk": desk,
        "since": since,
        "until": until,
        "days": [_said(w) for w in days],
        "hours": [_said(w) for w in hours],
        "desks": desks,
        "csv": f"?noi={desk.key}&tu={since}&den={until}&dang=csv",
    }
    return page(request, "desk/counter_waits.html", context)


@officers_only
def arrange(request: HttpRequest) -> HttpResponse:
    """`goi-so/thiet-lap/`: the windows of a desk and its hours for appointments."""
    actor, at = actor_of(request), now_of(request)
    desk = _to_arrange(request, actor)
    points = Points(
        request.POST if "points-TOTAL_FORMS" in request.POST else None,
        prefix="points",
        initial=[
            {
                "number": p.number,
                "label": p.label,
                "lanes": list(p.lanes),
                "domains": "; ".join(p.domains),
            }
            for p in queries.points(desk.id)
        ],
    )
    slots = Slots(
        request.POST if "slots-TOTAL_FORMS" in request.POST else None,
        prefix="slots",
        initial=queries.slots_of_week(desk.id),
    )
    if points.is_bound and points.is_valid():
        given = points_of(points)
        if _do(request, lambda: operations.set_points(desk.id, given, actor=actor, at=at)):
            return HttpResponseRedirect(f"{request.path}?noi={desk.key}")
    if slots.is_bound and slots.is_valid():
        offered = slots_of(slots)
        if _do(request, lambda: operations.set_slots(desk.id, offered, actor=actor, at=at)):
            return HttpResponseRedirect(f"{request.path}?noi={desk.key}")
    if request.POST.get("niem-yet"):
        posted_on = day_of(request.POST["niem-yet"]) or today_of(request)
        if _do(request, lambda: operations.post_notice(desk.id, posted_on, actor=actor, at=at)):
            return HttpResponseRedirect(f"{request.path}?noi={desk.key}")
    context = {
        "desk": desk,
        "points": points,
        "slots": slots,
        "posted_since": queries.posted_since([desk.id]).get(desk.id),
        "today": today_of(request),
    }
    return page(request, "desk/counter_arrange.html", context)


# ---- what the pages share ------------------------------------------------------------------------


def _desk(request: HttpRequest, actor: Actor, on: date) -> UnitFacts | None:
    """The desk asked for, among those the actor works at or arranges; else his first."""
    found = queries.desks_of(actor, on)
    asked = request.GET.get("noi", "")
    own = [d for d in found if policies.may_call(actor, d.id)] or list(found)
    return next((d for d in found if d.key == asked), own[0] if own else None)


def _to_arrange(request: HttpRequest, actor: Actor) -> UnitFacts:
    """The desk to arrange: one that has windows already, or any of the actor's by its key."""
    asked = request.GET.get("noi", "")
    if asked:
        return policies.to_arrange(actor, queries.unit_of(asked))
    found = _desk(request, actor, today_of(request))
    return policies.to_arrange(actor, found.id if found else queries.first_desk(actor))


def _mine(request: HttpRequest, points: Sequence[PointFacts]) -> PointFacts | None:
    """The window this officer sits at: the one chosen, else the one opened under his account."""
    chosen = request.session.get(CHOSEN)
    account = actor_of(request).account_id
    return next(
        (p for p in points if p.id == chosen),
        next((p for p in points if account and p.opened_by_id == account), None),
    )


def _stands_at(ticket: TicketFacts, mine: PointFacts | None) -> bool:
    return mine is not None and ticket.point_id == mine.id and ticket.standing in AT_A_POINT


def _row(ticket: TicketFacts) -> dict[str, Any]:
    return {
        "ticket": ticket,
        "lane": LANE_LABELS[ticket.lane],
        "standing": STANDING_LABELS[ticket.standing],
        "source": SOURCE_LABELS[Source(ticket.source)],
    }


def _counts(day: Sequence[TicketFacts]) -> dict[str, int]:
    found = dict.fromkeys(Standing, 0)
    for one in day:
        found[one.standing] += 1
    return {standing.value: n for standing, n in found.items()}


def _do(request: HttpRequest, call: Callable[[], Any]) -> bool:
    """Do it; a refusal that the next click may get past is said on the page, not on one of its own."""
    try:
        call()
    except Refusal as refusal:
        if refusal.code.endswith(("may_not", "not_found")):
            raise
        messages.error(request, sentence(refusal.code, refusal.params))
        return False
    return True


def _back(request: HttpRequest) -> HttpResponse:
    noi = request.POST.get("noi", "")
    return HttpResponseRedirect(reverse("desk:calling") + (f"?noi={noi}" if noi else ""))


HEAD = (
    "Nơi", "Ngày", "Giờ", "Lấy số", "Đã phục vụ", "Vắng mặt", "Rời hàng", "Chờ, trung vị (phút)",
    "Chờ, 90% không quá (phút)", "Ở quầy, trung vị (phút)", "Tỷ lệ vắng (%)",
)  # fmt: skip


def _cells(desk: UnitFacts, w: Waits) -> list[Any]:
    share = w.absent_share
    return [
        desk.name, w.on.isoformat(), w.hour, w.taken, w.served, w.absent, w.left, _minutes(w.p50),
        _minutes(w.p90), _minutes(w.at_window), "" if share is None else round(share, 1),
    ]  # fmt: skip


def _said(w: Waits) -> dict[str, Any]:
    share = w.absent_share
    return {
        "w": w,
        "p50": _minutes(w.p50),
        "p90": _minutes(w.p90),
        "at_window": _minutes(w.at_window),
        "absent_share": None if share is None else f"{share:.1f}".replace(".", ","),
    }


def _minutes(took: timedelta | None) -> int | None:
    return None if took is None else round(took.total_seconds() / 60)
