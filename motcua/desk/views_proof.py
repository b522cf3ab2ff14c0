"""The proofs of the books: what was compared, when, and every difference found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from motcua.desk import words
from motcua.desk.door import actor_of, now_of, officers_only, page, today_of
from motcua.rules.actor import May
from motcua.rules.books import Account
from motcua.rules.refusal import Refusal
from motcua.statistics import operations, policies, queries
from motcua.statistics.measures import ACCOUNTS
from motcua.statistics.proving import CHECKS

LONG = 20
"""Seconds; where a proof takes longer it is made by the night's work or the command line, not by a page."""


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def proofs(request: HttpRequest) -> HttpResponse:
    """The last proofs and what the newest found; who operates the system makes a new one (POST)."""
    actor = actor_of(request)
    if not policies.may_see_proofs(actor):
        raise Refusal("figures.may_not")
    latest = queries.latest_proofs()
    newest = latest[0] if latest else None
    short = newest is None or newest.seconds < LONG
    if request.method == "POST" and short:
        made = operations.prove(on=today_of(request), actor=actor, at=now_of(request))
        if made.found:
            messages.warning(request, f"Đối chiếu xong: có {made.found} chênh lệch.")
        else:
            messages.success(request, "Đối chiếu xong: mọi số liệu đều khớp.")
        return redirect("figures:proofs")
    context = {
        "latest": latest,
        "newest": newest,
        "checks": [{**c, "label": CHECKS.get(c["key"], c["key"])} for c in newest.checks]
        if newest
        else [],
        "differences": [_said(d) for d in newest.differences] if newest else [],
        "may_prove": May.OPERATE in actor.may and short,
    }
    return page(request, "desk/figures/proofs.html", context)


def _said(difference: Mapping[str, Any]) -> dict[str, Any]:
    """A difference in the words of people: accounts and agencies by name."""
    shown = dict(difference)
    shown["check"] = CHECKS.get(difference["check"], difference["check"])
    for name in ("where", "expected", "found"):
        text = re.sub(r"tài khoản (\d+)", lambda m: _account(m[1]), difference[name])
        text = re.sub(
            r"từ (\d+) sang (\d+)", lambda m: f"{_account(m[1])} → {_account(m[2])}", text
        )
        text = re.sub(r"hình thức (\d+)", lambda m: words.channel(int(m[1])).lower(), text)
        shown[name] = re.sub(r"cơ quan (\d+)", lambda m: words.unit(int(m[1])) or m[0], text)
    return shown


def _account(number: str) -> str:
    return ACCOUNTS[Account(int(number))]
