"""What a citizen was told of his dossiers."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from motcua.look import notices as box
from motcua.people.acting import Request, citizens


@citizens
def notices(request: Request) -> HttpResponse:
    """`/thong-bao/`, newest first; POST marks one as read, or all."""
    if request.method == "POST":
        box.read(request, request.actor, request.now)
        return HttpResponseRedirect(request.get_full_path())
    shown = box.box(
        request, request.actor, lambda dossier_id: reverse("portal:dossier", args=[dossier_id])
    )
    made = render(request, "portal/notices.html", shown)
    made["Cache-Control"] = "private, no-store"
    return made
