"""The working calendar of the province and of each office, a year at a time; and as iCalendar."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.look import ics, year
from motcua.look.clock import door_now
from motcua.organisations import queries

PROVINCE = "tinh"
"""Whose calendar it is in the name of a file, where it is nobody's own."""


@require_safe
def calendar(request: HttpRequest, key: str = "") -> HttpResponse:
    """`/lich-lam-viec/` of the province, `/lich-lam-viec/<key>/` of an office; `?nam=`. Raises
    unit.unknown (404)."""
    chosen = request.GET.get("don_vi", "")[:80]
    if chosen:
        query = request.GET.copy()
        del query["don_vi"]
        address = reverse("units:calendar_of", args=[queries.unit_by_key(chosen).key])
        return HttpResponseRedirect(f"{address}?{query.urlencode()}")
    unit = queries.unit_by_key(key) if key else None
    context = year.context(request.GET, unit, door_now().date())
    status = 422 if context["choice"].errors else 200
    return render(request, "portal/calendar.html", context, status=status)


@require_safe
def feed(request: HttpRequest, key: str = "") -> HttpResponse:
    """The same as iCalendar: a year (`?nam=`), or all that is declared, to subscribe to. Raises
    unit.unknown, calendar.missing."""
    unit = queries.unit_by_key(key) if key else None
    choice = year.YearChoice(request.GET)
    asked = choice.cleaned_data["nam"] if choice.is_valid() else None
    days = queries.declared_days(unit.id if unit else None)
    whose = unit.short_name if unit else f"tỉnh {settings.PROVINCE}"
    body = ics.feed(
        (d for d in days if asked in (None, d.day.on.year)),
        name=f"Lịch làm việc {whose}",
        whose=unit.key if unit else PROVINCE,
        made_at=queries.revised_at(queries.current_revision()),
    )
    made = HttpResponse(body, content_type=ics.TYPE)
    name = "-".join(part for part in ("lich", key or PROVINCE, str(asked or "")) if part)
    made["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return made
