"""What every page of the desk begins with: an officer in a post, the doors' clock, the way to say no."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from motcua.dossiers.urgency import Risks
from motcua.look import problems
from motcua.organisations import calendar
from motcua.people.acting import officers
from motcua.rules import worktime
from motcua.rules.actor import Actor

View = Callable[..., HttpResponseBase]
COUNTED = 60
"""Working days are counted no further than this many calendar days away."""


def officers_only(view: View) -> View:
    """A page for officers in a post: others are sent to sign in (people.acting.officers) or told why not."""

    @wraps(view)
    def seated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if actor_of(request).role is None:
            return problems.page(
                request,
                403,
                title="Tài khoản chưa giữ vị trí công tác nào",
                sentence="Hôm nay tài khoản này không giữ vị trí nào, nên chưa có việc để làm.",
                remedy="Hãy đề nghị người quản trị của cơ quan phân vị trí công tác.",
                code="account.without_post",
            )
        return view(request, *args, **kwargs)

    return cast(View, officers(seated))


def actor_of(request: HttpRequest) -> Actor:
    """Who is at the page, as the middleware of people found."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def now_of(request: HttpRequest) -> datetime:
    """The one moment of this request, by the doors' clock."""
    now: datetime = request.now  # type: ignore[attr-defined]
    return now


def today_of(request: HttpRequest) -> date:
    """The local day of this request."""
    return now_of(request).astimezone(worktime.ZONE).date()


def page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """A page of the desk; never kept by a cache, for it shows what only this officer may see."""
    actor = actor_of(request)
    made = render(request, template, {"actor": actor, **(context or {})}, status=status)
    made["Cache-Control"] = "private, no-store"
    return made


def ids_in(texts: Iterable[str]) -> list[UUID]:
    """The ids among what was ticked and sent; what is none was not of this page."""
    found = []
    for text in texts:
        with suppress(ValueError):
            found.append(UUID(text))
    return found


def pdf(content: bytes, name: str) -> HttpResponse:
    """A paper to read in the browser and print; never kept by a cache."""
    made = HttpResponse(content, content_type="application/pdf")
    made["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    made["Cache-Control"] = "private, no-store"
    return made


def risks_of(request: HttpRequest) -> Risks:
    """The bounds between late, today, soon and later on this request's day, by the officer's calendar."""
    on = today_of(request)
    is_working = calendar.work_calendar(actor_of(request).unit_id).is_working
    ahead = (on + timedelta(days=n) for n in range(1, COUNTED))
    following = next((day for day in ahead if is_working(day)), on + timedelta(days=1))
    return Risks(
        *(_midnight(d) for d in (on, on + timedelta(days=1), following + timedelta(days=1)))
    )


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time.min, worktime.ZONE)


def working_days_to(due_at: datetime | None, unit_id: int | None, now: datetime) -> int | None:
    """How many working days lie between today and a due date, either way, by that unit's calendar."""
    if due_at is None:
        return None
    here, there = (at.astimezone(worktime.ZONE).date() for at in (now, due_at))
    if abs((there - here).days) > COUNTED:
        return None
    working = calendar.work_calendar(unit_id).is_working
    first, last = sorted((here, there))
    return sum(working(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
