"""The day sheet: what an officer did on a day and what came to him; for a head, his unit's officers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from motcua.desk import words
from motcua.desk.door import actor_of, officers_only, page, risks_of, today_of
from motcua.dossiers import day_sheet, events, urgency, workload
from motcua.look.forms import day_of
from motcua.people import at_desk
from motcua.rules.actor import Actor, May
from motcua.rules.refusal import Refusal

KINDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "tiep-nhan": ("Tiếp nhận", (events.ACCEPTED.name, events.NOT_ACCEPTED.name)),
    "nhan": ("Nhận xử lý", (events.TAKEN.name,)),
    "chuyen": ("Chuyển bước", (events.HANDED_ON.name,)),
    "tra-lai": ("Trả lại", (events.SENT_BACK.name, events.RECALLED.name)),
    "bo-sung": (
        "Yêu cầu, nhận bổ sung",
        (events.SUPPLEMENT_REQUESTED.name, events.SUPPLEMENT_RECEIVED.name),
    ),
    "ket-qua": ("Có kết quả", (events.CONCLUDED.name, events.REFUSED.name)),
    "tra": ("Trả kết quả", (events.HANDED_OVER.name,)),
}
CAME = "den"


@require_safe
@officers_only
def day(request: HttpRequest) -> HttpResponse:
    """`ngay/?ngay=2022-11-21&ai=7&viec=chuyen`: a day, whose, and the dossiers behind one number."""
    actor, today = actor_of(request), today_of(request)
    on = _asked_day(request, today)
    officers = _officers(actor, on)
    whose = _whose(request, actor, officers)
    done = day_sheet.counts(actor, [*officers, whose], on)
    own = whose == actor.account_id
    came = day_sheet.came_in(actor, on) if own else []
    risks = risks_of(request)
    piles = workload.piles(actor, risks) if own and on == today else []
    due = _due(piles) if own and on == today else None
    kind = request.GET.get("viec", "")
    context = {
        "on": on,
        "iso": on.isoformat(),
        "whose": whose,
        "name": officers.get(whose) or actor.name,
        "own": own,
        "figures": _figures(done.get(whose, {})),
        "came": len(came),
        "due": due,
        "tones": {
            "late": "bad" if due and due[urgency.LATE] else "",
            "today": "warn" if due and due[urgency.TODAY] else "",
        },
        "unit": _table(officers, done) if len(officers) > 1 else [],
        "kinds": [label for label, _ in KINDS.values()],
        "kind": kind,
        "label": "Đến bàn" if kind == CAME else KINDS.get(kind, ("",))[0],
        "rows": _behind(actor, whose, kind, on, came),
    }
    return page(request, "desk/day.html", context)


def _asked_day(request: HttpRequest, today: date) -> date:
    return min(day_of(request.GET.get("ngay", "")) or today, today)


def _officers(actor: Actor, on: date) -> dict[int, str]:
    """Whose days a head may look at: who holds a post in his units."""
    return at_desk.of_units(actor.units, on) if May.ASSIGN in actor.may else {}


def _whose(request: HttpRequest, actor: Actor, officers: Mapping[int, str]) -> int:
    asked = request.GET.get("ai", "")
    if not asked:
        return actor.account_id or 0
    if asked.isascii() and asked.isdecimal() and len(asked) < 10:
        account = int(asked)
        if account in officers or account == actor.account_id:
            return account
    raise Refusal("dossier.not_visible")


def _figures(done: Mapping[str, int]) -> list[tuple[str, str, int]]:
    return [(k, label, sum(done.get(n, 0) for n in names)) for k, (label, names) in KINDS.items()]


def _table(
    officers: Mapping[int, str], done: Mapping[int, Mapping[str, int]]
) -> list[dict[str, Any]]:
    return [
        {"account": account, "name": name, "figures": _figures(done.get(account, {}))}
        for account, name in officers.items()
    ]


def _due(piles: Sequence[workload.Pile]) -> dict[str, int]:
    return {
        risk: sum(pile.mine[risk] + pile.waiting[risk] for pile in piles)
        for risk in (urgency.LATE, urgency.TODAY, urgency.SOON)
    }


def _behind(
    actor: Actor, whose: int, kind: str, on: date, came: Sequence[dict[str, Any]]
) -> Sequence[dict[str, Any]]:
    if kind == CAME:
        return [row | {"what": row["step"]} for row in came]
    if kind not in KINDS:
        return []
    rows = day_sheet.dossiers(actor, whose, KINDS[kind][1], on)
    return [row | {"what": words.event(row["event"])} for row in rows]
