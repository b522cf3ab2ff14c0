"""The page a phone opens by the code on the desk's screen: photograph papers, send them, nothing else.

Nobody signs in here: the token stands for minutes for the officer who showed it, for one dossier. The
page says nothing of the dossier.
"""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from motcua.desk.views_scans import keep_captures
from motcua.dossiers import scans
from motcua.dossiers.scans import Phone
from motcua.look.sentences import sentence
from motcua.look.throttle import Throttle
from motcua.look.uploads import receives_files
from motcua.people import queries as people
from motcua.people.acting import Request
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal

guesses = Throttle(30, 60)
"""Pages and pictures a minute from one address: a clerk photographs twenty in a hurry; a guesser starves."""
_PICTURE = re.compile(r"[A-Za-z0-9-]{8,64}")


@receives_files
@require_http_methods(["GET", "HEAD", "POST"])
def phone(request: Request, token: str) -> HttpResponse:
    """`/chup/<mã>/`. A picture with an id of its own is taken in once, however often it is sent."""
    wrong = ""
    sent = 0
    try:
        if not guesses.allows(request.META.get("REMOTE_ADDR", "")):
            raise Refusal("phone.too_often")
        paired = scans.phone(token, request.now)
        if request.method == "POST":
            sent = _take_in(request, paired)
    except Refusal as refused:
        wrong = sentence(refused.code, refused.params)
        again = refused.code in ("phone.too_often", "file.busy", "file.not_scanned")
        return _answer(request, wrong=wrong, gone=refused.code == "phone.link_gone", again=again)
    return _answer(request, sent=sent)


def _take_in(request: Request, paired: Phone) -> int:
    pictures = request.FILES.getlist("anh")
    if not pictures:
        raise Refusal("capture.nothing_sent")
    named = request.POST.get("so", "")
    picture = named if _PICTURE.fullmatch(named) else str(new_id())
    actor = people.actor_of(paired.account_id, paired.held_id, request.now)
    made = keep_captures(
        pictures,
        unit_id=paired.unit_id,
        source="phone",
        dossier_id=paired.dossier_id,
        paper_id=paired.paper_id,
        origin=f"phone:{paired.id}:{picture}",
        actor=actor,
        at=request.now,
    )
    return len(made)


def _answer(
    request: HttpRequest, *, sent: int = 0, wrong: str = "", gone: bool = False, again: bool = False
) -> HttpResponse:
    status = 200 if not wrong else 503 if again else 410 if gone else 422
    if request.headers.get("Accept", "").startswith("application/json"):
        made: HttpResponse = JsonResponse({"sent": sent, "wrong": wrong}, status=status)
    else:
        context = {"sent": sent, "wrong": wrong, "gone": gone}
        made = render(request, "desk/phone.html", context, status=status)
    made["Cache-Control"] = "private, no-store"
    return made
