"""Rating the service: by the link on the slip of the hand-over, by the owner signed in, at the kiosk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.catalogue import shelf
from motcua.dossiers import operations, ratings
from motcua.dossiers.ratings import Rateable
from motcua.look.sentences import sentence
from motcua.look.throttle import Throttle
from motcua.organisations import queries as organisations
from motcua.people.acting import Request, citizens
from motcua.portal.forms_rating import Kiosk, Rate
from motcua.portal.views_queue import too_many
from motcua.portal.views_track import code_in
from motcua.rules.casework_ratings import Way
from motcua.rules.refusal import Refusal

asked = Throttle(20, 60)
"""Twenty questions or ratings a minute from one address."""
guesses = Throttle(5, 900)
"""Five endings for one code in a quarter of an hour, from wherever: four digits are not guessed."""


def by_link(request: Request, token: str) -> HttpResponse:
    """`/danh-gia/phieu/<token>/`: from the QR code of the slip, or from the kiosk."""
    found = ratings.by_token(token)
    kiosk = request.GET.get("may", "") or request.POST.get("may", "")

    def rate(**said: Any) -> None:
        way = Way.KIOSK if kiosk else Way.LINK
        operations.rate(token=token, way=way, actor=request.actor, at=request.now, **said)

    return _page(request, found, rate, {"kiosk": kiosk})


@citizens
def own(request: Request, dossier_id: UUID) -> HttpResponse:
    """`/danh-gia/ho-so/<id>/`: by the owner, who may change his word."""
    found = ratings.own(request.actor, dossier_id)

    def rate(**said: Any) -> None:
        operations.rate(
            dossier_id=dossier_id, way=Way.ACCOUNT, actor=request.actor, at=request.now, **said
        )

    return _page(request, found, rate, {"before": ratings.said_of(request.actor, dossier_id)})


def kiosk(request: Request, desk: str) -> HttpResponse:
    """`/danh-gia/<desk>/`: the machine at the desk; a code alone opens nothing."""
    unit = organisations.unit_by_key(desk)
    form = Kiosk(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        code = code_in(form.cleaned_data["code"])
        address = request.META.get("REMOTE_ADDR", "")
        if not (asked.allows(address) and guesses.allows(code)):
            return too_many(request)
        try:
            token = ratings.at_kiosk(unit.id, code, form.cleaned_data["ending"])
            return HttpResponseRedirect(f"{reverse('rating:link', args=[token])}?may={desk}")
        except Refusal as refusal:
            form.add_error(None, sentence(refusal.code, refusal.params))
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "desk": unit}
    return _private(render(request, "portal/rating_kiosk.html", context, status=status))


@require_safe
def thanks(request: Request) -> HttpResponse:
    """It was said; the kiosk goes back to its first page."""
    desk = request.GET.get("may", "")[:80]
    back = reverse("rating:kiosk", args=[desk]) if desk.replace("-", "").isalnum() else ""
    return _private(render(request, "portal/rating_thanks.html", {"back": back}))


def _page(
    request: Request, found: Rateable, rate: Callable[..., None], more: dict[str, Any]
) -> HttpResponse:
    form = Rate(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not asked.allows(request.META.get("REMOTE_ADDR", "")):
            return too_many(request)
        rate(**form.said())
        kiosk = more.get("kiosk", "")
        return HttpResponseRedirect(reverse("rating:thanks") + (f"?may={kiosk}" if kiosk else ""))
    names = shelf.names([found.procedure_id])
    context = {
        "found": found,
        "form": form,
        "procedure": names.get(found.procedure_id, ""),
        "levels": ratings.LEVEL_LABELS,
        **more,
    }
    status = 422 if form.is_bound and form.errors else 200
    return _private(render(request, "portal/rating.html", context, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
