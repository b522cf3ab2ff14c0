"""Tracking by code, open to everybody: the code and how far it is, nothing of the person (TT 01/2018 Đ16)."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from django.http import HttpResponse
from django.shortcuts import render

from motcua.dossiers import queries
from motcua.dossiers.queries import Tracked
from motcua.look import problems
from motcua.look.throttle import Throttle
from motcua.people.acting import Request
from motcua.portal import words
from motcua.rules.refusal import Refusal

LONGEST = 60
lookups = Throttle(30, 60)
"""Thirty codes a minute from one address."""


def track(request: Request) -> HttpResponse:
    """`/tra-cuu/?ma=`: from the box, or from the QR code of a receipt. An unknown code is answered by the
    same page, after the same work."""
    code = code_in(request.GET.get("ma", ""))
    if code and not lookups.allows(request.META.get("REMOTE_ADDR", "")):
        return problems.page(
            request,
            429,
            title="Tra cứu quá nhiều lần",
            sentence="Từ địa chỉ này vừa có nhiều lượt tra cứu liên tiếp.",
            remedy="Hãy chờ một phút rồi tra cứu lại.",
        )
    found = queries.track(code) if code else None
    context = {
        "code": code,
        "found": found,
        "progress": words.progress(found.status) if found else None,
        "stages": words.STAGES,
        "own": _own(request, found),
    }
    response = render(request, "portal/track.html", context)
    response["Cache-Control"] = "no-store"
    return response


def code_in(text: str) -> str:
    """The code in what was typed, pasted or scanned: capitals, any dash, no spaces; an address's `ma`."""
    text = text.strip()
    if "ma=" in text:
        text = parse_qs(urlsplit(text).query).get("ma", [text])[0]
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text).upper()
    return re.sub(r"[^\w.\-/]", "", text)[:LONGEST]


def _own(request: Request, found: Tracked | None) -> object:
    """The id of the dossier, for the person whose it is."""
    if found is None or not request.actor.is_citizen:
        return None
    try:
        return queries.id_of_code(request.actor, found.code)
    except Refusal:
        return None
