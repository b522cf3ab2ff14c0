"""One door before every page, file and answer of a dossier: a look beyond one's own work needs a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from motcua.dossiers import looking
from motcua.look.sentences import sentence
from motcua.people.acting import Request
from motcua.rules.worktime import ZONE

CODE = "lookup.reason_missing"


class OwnWork:
    """Sends whoever looks beyond his own work to say why, once a day for a dossier; the API refuses. Nobody
    else is asked anything, and nothing is asked of the database for him."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Request, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        dossier_id = kwargs.get("dossier_id")
        if not isinstance(dossier_id, UUID) or not looking.sees_beyond(request.actor):
            return None
        on = request.now.astimezone(ZONE).date()
        if looking.unreasoned(request.actor, dossier_id, on) is None:
            return None
        if request.path.startswith("/api/"):
            said = {"code": CODE, "title": sentence(CODE, {}), "status": 403}
            return JsonResponse(said, status=403, content_type="application/problem+json")
        where = reverse("desk:reason", args=[dossier_id])
        return HttpResponseRedirect(f"{where}?{urlencode({'tiep': request.get_full_path()})}")
