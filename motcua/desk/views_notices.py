"""An officer's notices: to him, and to the post he sits in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from motcua.desk.door import actor_of, now_of, officers_only, page
from motcua.look import notices as box


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def notices(request: HttpRequest) -> HttpResponse:
    """`thong-bao/`, newest first; POST marks one as read, or all."""
    actor = actor_of(request)
    if request.method == "POST":
        box.read(request, actor, now_of(request))
        return redirect(request.get_full_path())
    shown = box.box(request, actor, lambda dossier_id: reverse("desk:dossier", args=[dossier_id]))
    return page(request, "desk/notices.html", shown)
