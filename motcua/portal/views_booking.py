"""Appointments: a desk, a day, an hour; then a code to show and a page to cancel or to come by."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from motcua.counter import operations, queries
from motcua.counter.labels import LANE_LABELS
from motcua.look import pictures
from motcua.look.forms import day_of
from motcua.look.sentences import sentence
from motcua.look.throttle import Throttle
from motcua.people import queries as people
from motcua.people.acting import Request
from motcua.portal.forms_queue import Book
from motcua.portal.views_queue import FOLLOW, today, too_many
from motcua.rules.queueing import AHEAD, Lane
from motcua.rules.refusal import Refusal

bookings = Throttle(6, 300)
"""Six appointments in five minutes from one address."""
FIELDS = {
    "identity.phone_malformed": "phone",
    "queue.one_a_day": "phone",
    "queue.name_missing": "name",
}
DAYS_SHOWN = 10


@require_safe
def desks(request: Request) -> HttpResponse:
    """`/dat-lich/`: where appointments are made."""
    found = queries.desks_booking(today(request))
    return render(request, "portal/booking_desks.html", {"desks": found})


def book(request: Request, desk: str) -> HttpResponse:
    """`/dat-lich/<desk>/?ngay=`: the free hours of a day, and who comes."""
    unit = queries.desk(desk, today(request))
    first = today(request)
    ahead = queries.slots_between(unit.id, first, first + timedelta(days=AHEAD), request.now)
    days = [day for day, slots in ahead.items() if any(s.left for s in slots)][:DAYS_SHOWN]
    on = _chosen(request, days)
    slots = ahead.get(on, ()) if on else ()
    form = Book(
        request.POST if request.method == "POST" else None,
        on=on or today(request),
        slots=slots,
        lanes=queries.lanes(unit.id),
        initial=_known(request),
    )
    if request.method == "POST" and on and form.is_valid():
        if not bookings.allows(request.META.get("REMOTE_ADDR", "")):
            return too_many(request)
        try:
            return _booked(request, unit.id, on, form)
        except Refusal as refusal:
            field = FIELDS.get(
                refusal.code, "starts" if refusal.code.startswith("queue.") else None
            )
            form.add_error(field, sentence(refusal.code, refusal.params))
    context = {"desk": unit, "days": days, "on": on, "form": form, "slots": slots}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "portal/booking.html", context, status=status)


def _booked(request: Request, desk_id: int, on: date, form: Book) -> HttpResponse:
    made = operations.book_appointment(
        desk_id=desk_id,
        on=on,
        starts=form.at(),
        lane=Lane(form.cleaned_data["lane"]),
        name=form.cleaned_data["name"],
        phone=form.cleaned_data["phone"],
        actor=request.actor,
        at=request.now,
    )
    return HttpResponseRedirect(reverse("queue:appointment", args=[made.token]))


@require_safe
def appointment(request: Request, token: str) -> HttpResponse:
    """`/lich-hen/<token>/`: the code, and what can still be done."""
    found = queries.appointment(token)
    context = {
        "found": found,
        "lane": LANE_LABELS[found.lane],
        "qr": pictures.qr(reverse("queue:appointment", args=[token]), FOLLOW),
    }
    response = render(request, "portal/appointment.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def cancel(request: Request, token: str) -> HttpResponse:
    """Give the place back."""
    operations.cancel_appointment(token=token, actor=request.actor, at=request.now)
    return HttpResponseRedirect(reverse("queue:appointment", args=[token]))


@require_POST
def come(request: Request, token: str) -> HttpResponse:
    """I am here: a number for the appointment."""
    taken = operations.check_in(token=token, actor=request.actor, at=request.now)
    return HttpResponseRedirect(reverse("queue:place", args=[taken.token]))


def _chosen(request: Request, days: list[date]) -> date | None:
    return day_of(request.GET.get("ngay", "")) or (days[0] if days else None)


def _known(request: Request) -> dict[str, str]:
    """Who has signed in does not write his name again."""
    person_id = request.actor.sees.person_id
    if not request.actor.is_citizen or person_id is None:
        return {}
    known = people.person(request.actor, person_id)
    return {"name": known.name, "phone": known.phone}
