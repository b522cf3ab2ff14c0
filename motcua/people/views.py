"""One's own account, and the post one acts in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from motcua.people.acting import CHOSEN, Request
from motcua.rules.refusal import Refusal


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Who one is here, the posts there are to act in, and how the account is protected."""
    return render(request, "account/home.html")


@require_POST
def switch_post(request: Request) -> HttpResponse:
    """Act from now on in another post that one holds, or is delegated, today; raises post.may_not."""
    chosen = request.POST.get("post", "")
    if chosen not in {str(seat.held_id) for seat in request.acting.seats}:
        raise Refusal("post.may_not")
    request.session[CHOSEN] = int(chosen)
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "/"
    return HttpResponseRedirect(target)
