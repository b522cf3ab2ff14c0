"""The calendar an officer's dossiers are counted by: his office's, another's, or the province's."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from motcua.desk.door import actor_of, officers_only, page, today_of
from motcua.look import year
from motcua.organisations import policies, queries

PROVINCE = "tinh"
"""The choice of the province's own calendar."""


@require_safe
@officers_only
def calendar(request: HttpRequest) -> HttpResponse:
    """`/ban-lam-viec/lich/?don_vi=&nam=`; without a unit the officer's own agency."""
    actor, key = actor_of(request), request.GET.get("don_vi", "")[:80]
    if key:
        unit = None if key == PROVINCE else queries.unit_by_key(key)
    else:
        unit = queries.unit(actor.agency_id) if actor.agency_id else None
    context = year.context(request.GET, unit, today_of(request))
    context["may_manage"] = policies.may_manage(actor)
    status = 422 if context["choice"].errors else 200
    return page(request, "desk/calendar.html", context, status=status)
