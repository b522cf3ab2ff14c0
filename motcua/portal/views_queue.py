"""The queue as those who wait meet it: take a number, follow it, see who is called. Open to everybody."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from motcua.counter import operations, queries
from motcua.counter.labels import LANE_LABELS, STANDING_LABELS
from motcua.counter.queries import OnScreen
from motcua.look import pictures, problems
from motcua.look.sentences import sentence
from motcua.look.throttle import Throttle
from motcua.people.acting import Request
from motcua.portal.forms_queue import Take
from motcua.rules.queueing import Lane, Source, Standing
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE

takes = Throttle(20, 60)
"""Twenty numbers a minute from one address: a busy machine at the door takes fewer."""
SEEN = "da-thay"
"""What a page that asks again has already shown: unchanged, nothing is sent, so that nothing is read out
twice and no flash is cut short."""
FOLLOW = "Mã QR để theo dõi trên điện thoại"
TONES = {
    Standing.WAITING: "info",
    Standing.CALLED: "good",
    Standing.SERVING: "good",
    Standing.ABSENT: "bad",
}


@require_safe
def desks(request: Request) -> HttpResponse:
    """`/lay-so/`: where numbers are taken."""
    found = queries.desks(today(request))
    return _fresh(render(request, "portal/queue_desks.html", {"desks": found}))


def take(request: Request, desk: str) -> HttpResponse:
    """`/lay-so/<desk>/`: one big button for each thing to come for. `?may=1` is the machine at the door:
    its page prints at once and comes back."""
    unit = queries.desk(desk, today(request))
    form = Take(request.POST if request.method == "POST" else None)
    machine = "may" in request.GET or request.POST.get("source") == Source.KIOSK
    if request.method == "POST" and form.is_valid():
        if not takes.allows(request.META.get("REMOTE_ADDR", "")):
            return too_many(request)
        try:
            return _taken(request, unit.id, form, machine)
        except Refusal as refusal:
            field = "phone" if refusal.code.startswith("identity.") else None
            form.add_error(field, sentence(refusal.code, refusal.params))
    context = {
        "desk": unit,
        "form": form,
        "lanes": [(lane.value, LANE_LABELS[lane]) for lane in queries.lanes(unit.id)],
        "waiting": sum(n for _, n in queries.board(unit.id, today(request)).waiting),
        "machine": machine,
    }
    status = 422 if form.is_bound and form.errors else 200
    return _fresh(render(request, "portal/queue_take.html", context, status=status))


def _taken(request: Request, desk_id: int, form: Take, machine: bool) -> HttpResponse:
    given = operations.take_ticket(
        desk_id=desk_id,
        lane=Lane(form.cleaned_data["lane"]),
        source=Source.KIOSK if machine else Source(form.cleaned_data["source"] or Source.PAGE),
        phone=form.cleaned_data["phone"],
        actor=request.actor,
        at=request.now,
    )
    where = "queue:slip" if machine else "queue:place"
    return HttpResponseRedirect(reverse(where, args=[given.token]))


@require_safe
def place(request: Request, token: str) -> HttpResponse:
    """`/so/<token>/`: my number, how many before me, about how long; asks again by itself."""
    found = queries.place(token, request.now)
    seen = f"{found.standing}.{found.ahead}.{found.wait}.{found.point}"
    if request.GET.get(SEEN) == seen:
        return HttpResponse(status=204)
    context = {
        "seen": seen,
        "place": found,
        "lane": LANE_LABELS[found.lane],
        "standing": STANDING_LABELS[found.standing],
        "tone": TONES.get(found.standing, ""),
        "minutes": int(found.wait.total_seconds() // 60) if found.wait is not None else None,
        "over": found.standing in (Standing.DONE, Standing.LEFT),
        "may_leave": found.standing in (Standing.WAITING, Standing.CALLED),
        "qr": pictures.qr(reverse("queue:place", args=[token]), FOLLOW),
    }
    return _fresh(render(request, "portal/queue_place.html", context))


@require_safe
def slip(request: Request, token: str) -> HttpResponse:
    """The slip of a machine: printed at once, then the machine's page again."""
    found = queries.place(token, request.now)
    context = {
        "place": found,
        "lane": LANE_LABELS[found.lane],
        "qr": pictures.qr(reverse("queue:place", args=[token]), FOLLOW),
        "back": f"{reverse('queue:take', args=[found.desk.key])}?may=1",
    }
    return _fresh(render(request, "portal/queue_slip.html", context))


@require_POST
def leave(request: Request, token: str) -> HttpResponse:
    """Wait no longer."""
    operations.leave_queue(token=token, actor=request.actor, at=request.now)
    return HttpResponseRedirect(reverse("queue:place", args=[token]))


@require_safe
def screen(request: Request, desk: str) -> HttpResponse:
    """`/man-hinh/<desk>/`: the screen in the room; numbers and windows only, asks again by itself."""
    unit = queries.desk(desk, today(request))
    board = queries.board(unit.id, today(request))
    seen = "-".join([board.mark, *(str(n) for _, n in board.waiting)])
    if request.GET.get(SEEN) == seen:
        return HttpResponse(status=204)
    context = {
        "seen": seen,
        "desk": unit,
        "called": [(one, say(one)) for one in board.called],
        "waiting": [(LANE_LABELS[lane], n) for lane, n in board.waiting],
    }
    return _fresh(render(request, "portal/queue_screen.html", context))


def say(one: OnScreen) -> str:
    """A call as it is spoken."""
    return f"Mời số {one.number} đến quầy số {one.point}"


def today(request: Request) -> date:
    """The local day of a request."""
    return request.now.astimezone(ZONE).date()


def too_many(request: Request) -> HttpResponse:
    """Too many requests from one address."""
    return problems.page(
        request,
        429,
        title="Thao tác quá nhiều lần",
        sentence="Từ địa chỉ này vừa có nhiều lượt gửi liên tiếp.",
        remedy="Hãy chờ một phút rồi làm lại, hoặc nhờ cán bộ hướng dẫn.",
    )


def _fresh(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
