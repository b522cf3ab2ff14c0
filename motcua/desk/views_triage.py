"""What was filed online: the desk's list, how desks answered, and the computers citizens file at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.desk import words
from motcua.desk.door import actor_of, now_of, officers_only, page, today_of
from motcua.desk.forms_triage import Days
from motcua.dossiers import policies
from motcua.dossiers import triage as reads
from motcua.dossiers.labels import ASSISTED_LABELS, FINDING_LABELS, OUTCOME_LABELS
from motcua.dossiers.queries import Detail
from motcua.dossiers.triage import KINDS, RISKS, Answers, Window
from motcua.ledger.paging import Cursor
from motcua.look import shared_computer as computers
from motcua.organisations import queries as organisations
from motcua.rules.actor import Actor, May
from motcua.rules.answer_clock import Assisted, Finding, Outcome
from motcua.rules.vietnamese import sort_key
from motcua.statutory.rulesets import ONLINE_ANSWER, rule_set

SIZE, DAYS = 50, 30
TABS = {"": "Tất cả", "late": "Quá giờ trả lời", "soon": "Sắp hết giờ", "calm": "Còn giờ"}
HEADS = {
    "in_time": ("Trả lời trong giờ", "good"),
    "late": ("Trả lời quá giờ", "bad"),
    "open": ("Chưa trả lời, còn giờ", ""),
    "open_late": ("Chưa trả lời, quá giờ", "bad"),
    "withdrawn": ("Người nộp rút", ""),
}


@require_safe
@officers_only
def triage(request: HttpRequest) -> HttpResponse:
    """`cho-tiep-nhan/?loai=late`: what waits at the officer's desks, the soonest due first."""
    actor, at = actor_of(request), now_of(request)
    policies.may(actor, May.ACCEPT)
    risk = request.GET.get("loai", "")
    risk = risk if risk in RISKS else ""
    after = Cursor.parse(request.GET["after"]) if request.GET.get("after") else None
    found = reads.waiting(actor, risk=risk, at=at, after=after, size=SIZE)
    counted = reads.counts(actor, at)
    context = {
        "rows": [_row(row) for row in found.rows],
        "next": str(found.next) if found.next else None,
        "tabs": [(label, f"?loai={key}", counted[key]) for key, label in TABS.items()],
        "current": f"?loai={risk}",
        "now": at,
        "rule": rule_set(ONLINE_ANSWER, today_of(request)),
        "marked": computers.desk_of(request),
    }
    return page(request, "desk/triage.html", context)


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    return dict(row) | {
        "agency": words.unit(row["accountable_id"]),
        "helped": ASSISTED_LABELS[Assisted(row["assisted"])] if row["assisted"] else "",
    }


@require_safe
@officers_only
def answers(request: HttpRequest) -> HttpResponse:
    """`tra-loi-truc-tuyen/?tu=&den=&nguoi=`: how each desk answered; every number opens its dossiers."""
    actor, at = actor_of(request), now_of(request)
    _may_see(actor)
    asked = Days(request.GET)
    window = _window(asked, request)
    found = reads.answers(actor, window, at)
    total = _sum(found)
    context = {
        "asked": asked,
        "window": window,
        "rule": rule_set(ONLINE_ANSWER, window.until),
        "figures": [
            (total.kinds[kind], label, _opens(window, kind), tone if total.kinds[kind] else "")
            for kind, (label, tone) in HEADS.items()
        ],
        "parts": (
            ("Tự nộp", total.self_filed, _opens(window, assisted=False)),
            ("Được giúp nộp", total.assisted, _opens(window, assisted=True)),
        ),
        "heads": [label for label, _ in HEADS.values()],
        "rows": sorted(
            (_line(window, one) for one in found), key=lambda line: sort_key(line["name"])
        ),
    }
    return page(request, "desk/answers.html", context, status=200 if asked.is_valid() else 422)


@require_safe
@officers_only
def behind(request: HttpRequest) -> HttpResponse:
    """`tra-loi-truc-tuyen/ho-so/?tu=&den=&noi=&loai=`: what a number counted, so far as one may see."""
    actor, at = actor_of(request), now_of(request)
    _may_see(actor)
    asked = Days(request.GET)
    window = _window(asked, request)
    kind = request.GET.get("loai", "")
    kind = kind if kind in KINDS else ""
    after = Cursor.parse(request.GET["after"]) if request.GET.get("after") else None
    found = reads.behind(actor, window, kind, at, after=after, size=SIZE)
    counted = _sum(reads.answers(actor, window, at))
    seen = reads.count_behind(actor, window, kind, at)
    context = {
        "asked": asked,
        "window": window,
        "label": HEADS[kind][0] if kind else "Mọi lượt trả lời",
        "desk": _desk(window.desk_id) if window.desk_id else "",
        "rows": [_turn(row) for row in found.rows],
        "next": str(found.next) if found.next else None,
        "hidden": (counted.kinds[kind] if kind else counted.total) - seen,
        "back": f"{reverse('desk:answers')}?{urlencode(_query(window, desk=False))}",
    }
    return page(request, "desk/answers_behind.html", context)


def of_dossier(actor: Actor, found: Detail) -> dict[str, Any]:
    """Who had to answer a dossier filed online, and what they answered: nothing of one taken in at once."""
    if found.case.answer_asked_at is None:
        return {"turns": []}
    return {"turns": [_turn(row) for row in reads.turns(actor, found.case.id)]}


@require_http_methods(["POST"])
@officers_only
def shared_computer(request: HttpRequest) -> HttpResponse:
    """Mark the computer this is sent from as the desk's, or take the mark away."""
    actor = actor_of(request)
    policies.may(actor, May.ACCEPT)
    desk_id = policies.own_desk(actor) or actor.unit_id or 0
    made = redirect("desk:triage")
    if request.POST.get("bo"):
        computers.unmark(made)
        messages.success(request, "Máy này không còn là máy dùng chung tại quầy.")
    else:
        computers.mark(made, desk_id)
        messages.success(
            request,
            "Hồ sơ nộp từ máy này từ nay được ghi là nộp tại quầy. Hãy đăng xuất trước khi rời máy.",
        )
    return made


def _may_see(actor: Actor) -> None:
    if May.ACCEPT not in actor.may:
        policies.may(actor, May.SEE_FIGURES)


def _window(asked: Days, request: HttpRequest) -> Window:
    given = asked.cleaned_data if asked.is_valid() else {}
    until = given.get("den") or today_of(request)
    since = min(given.get("tu") or until - timedelta(days=DAYS), until)
    who = {"tu": False, "giup": True}.get(given.get("nguoi", ""))
    desk = request.GET.get("noi", "")
    known = desk.isascii() and desk.isdecimal() and len(desk) < 10
    return Window(since, until, int(desk) if known else None, who)


def _query(window: Window, *, desk: bool = True) -> dict[str, str]:
    who = {None: "", False: "tu", True: "giup"}[window.assisted]
    query = {"tu": window.since.isoformat(), "den": window.until.isoformat(), "nguoi": who}
    if desk and window.desk_id is not None:
        query["noi"] = str(window.desk_id)
    return {name: value for name, value in query.items() if value}


def _opens(
    window: Window, kind: str = "", *, desk_id: int | None = None, assisted: bool | None = None
) -> str:
    """Where the dossiers behind a number are."""
    narrowed = Window(
        window.since,
        window.until,
        desk_id if desk_id is not None else window.desk_id,
        assisted if assisted is not None else window.assisted,
    )
    query = _query(narrowed) | ({"loai": kind} if kind else {})
    return f"{reverse('desk:answers_behind')}?{urlencode(query)}"


def _sum(found: Sequence[Answers]) -> Answers:
    kinds = {kind: sum(one.kinds[kind] for one in found) for kind in KINDS}
    return Answers(
        0, kinds, sum(one.self_filed for one in found), sum(one.assisted for one in found)
    )


def _line(window: Window, one: Answers) -> dict[str, Any]:
    cells = [
        (one.kinds[kind], label, _opens(window, kind, desk_id=one.desk_id))
        for kind, (label, _) in HEADS.items()
    ]
    parts = [
        (one.self_filed, "Tự nộp", _opens(window, desk_id=one.desk_id, assisted=False)),
        (one.assisted, "Được giúp nộp", _opens(window, desk_id=one.desk_id, assisted=True)),
    ]
    return {"name": _desk(one.desk_id), "cells": [*cells, *parts]}


def _desk(desk_id: int) -> str:
    """A desk by its name and its agency's, for many desks have one name."""
    desk, agency = words.unit(desk_id), words.unit(organisations.agency_of(desk_id))
    return desk if desk == agency else f"{agency}: {desk}"


def _turn(row: Mapping[str, Any]) -> dict[str, Any]:
    answered = row["answered_at"]
    return dict(row) | {
        "desk": _desk(row["desk_id"]),
        "said": OUTCOME_LABELS[Outcome(row["outcome"])] if row["outcome"] else "Chưa trả lời",
        "found": FINDING_LABELS[Finding(row["finding"])] if row["finding"] else "",
        "helped": ASSISTED_LABELS[Assisted(row["assisted"])],
        "late": answered is not None and answered > row["due_at"],
    }
