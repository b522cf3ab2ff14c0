"""The inbox: what lies on the officer's desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.desk import views_kept, words
from motcua.desk.door import actor_of, now_of, officers_only, page, risks_of, working_days_to
from motcua.dossiers import operations, queries, triage, urgency, workload
from motcua.dossiers.queries import Filters, InboxFilters
from motcua.dossiers.urgency import Risks
from motcua.dossiers.workload import Pile
from motcua.ledger.paging import Cursor, Page
from motcua.people.queries import Acting, in_seats
from motcua.rules.actor import Actor, May
from motcua.rules.casework import Status
from motcua.rules.identity import new_id

ITEMS = {"cho": "Chờ xử lý", "toi": "Tôi đang xử lý", "dung": "Đang tạm dừng"}
"""Tabs of open steps."""
DESK = {
    "bo-sung": ("Chờ bổ sung", Status.SUPPLEMENT, May.ACCEPT),
    "tra": ("Chờ trả", Status.DONE, May.HAND_OVER),
}
"""Tabs of dossiers at the desk that received them, which no step holds."""
EMPTY = {
    "cho": "Không có bước nào chờ xử lý",
    "toi": "Chưa nhận xử lý bước nào",
    "dung": "Không có hồ sơ nào đang tạm dừng",
    "bo-sung": "Không có hồ sơ nào chờ bổ sung",
    "tra": "Không có kết quả nào chờ trả",
}
RISKS = {
    "tre": (urgency.LATE, "Quá hạn", "bad"),
    "hom-nay": (urgency.TODAY, "Đến hạn hôm nay", "warn"),
    "sap": (urgency.SOON, "Đến hạn ngày làm việc tới, hoặc đã dùng 80% thời hạn", "warn"),
    "con": (urgency.REST, "Còn hạn", ""),
}
"""How urgent steps are, by the word in the address: name, title, tone."""
MANY = 50


class Narrow(forms.Form):
    """The filter of the inbox."""

    procedure = forms.TypedChoiceField(
        label="Thủ tục", coerce=int, empty_value=None, required=False
    )

    def __init__(self, data: Any, piles: Iterable[Pile]) -> None:
        super().__init__(data)
        choices = [("", "Tất cả thủ tục")]
        choices += [(str(p.procedure_id), f"{p.name} ({p.all})") for p in piles]
        self.fields["procedure"].choices = choices  # type: ignore[attr-defined]


@require_safe
@officers_only
def inbox(request: HttpRequest) -> HttpResponse:
    """Open steps of the officer, or what waits at his desk, one tab at a time."""
    actor, at = actor_of(request), now_of(request)
    kept = views_kept.shown(request, "inbox")
    if isinstance(kept, HttpResponse):
        return kept
    risks = risks_of(request)
    piles = workload.piles(actor, risks)
    narrow = Narrow(request.GET, piles)
    procedure = narrow.cleaned_data.get("procedure") if narrow.is_valid() else None
    listed = _tabs(actor, piles)
    tab = request.GET.get("muc", "cho")
    tab = tab if tab in {key for key, *_ in listed} else "cho"
    after = Cursor.parse(request.GET["after"]) if request.GET.get("after") else None
    size = operations.MOST if request.GET.get("dong") == str(operations.MOST) else MANY
    if tab in ITEMS:
        wanted = _filters(tab, procedure, request.GET.get("gap", ""))
        found = queries.inbox(actor, wanted, risks=risks, after=after, size=size)
    else:
        filters = Filters(status=int(DESK[tab][1]), procedure_id=procedure)
        found = queries.dossiers(actor, filters, after=after, size=MANY)
    accepts = May.ACCEPT in actor.may
    filed = triage.counts(actor, at) if accepts else {"": 0, "late": 0}
    context = {
        "tab": tab,
        "tabs": [
            *((label, _address(key), count) for key, label, count in listed),
            *[("Chờ tiếp nhận", reverse("desk:triage"), filed[""])] * accepts,
            *[("Xin ý kiến", reverse("desk:opinions"), None)] * _is_asked(actor),
        ],
        "current": _address(tab),
        "groups": _grouped(found, at, risks, tab, piles),
        "rows": found.rows,
        "seats": _seats(request, risks),
        "next": str(found.next) if found.next else None,
        "narrow": narrow,
        "filtered": bool(procedure) or request.GET.get("gap", "") in RISKS,
        "empty": EMPTY[tab],
        "can_take": tab == "cho",
        "can_choose": tab in ("cho", "toi"),
        "more_rows": _longer(request, size, found),
        "key": new_id(),
        "can_accept": accepts,
        "steps": tab in ITEMS,
        "choices": len(piles) > 1 or bool(procedure),
        "unanswered": filed["late"],
    }
    return page(request, "desk/inbox.html", context | kept)


def _filters(tab: str, procedure: int | None, risk: str) -> InboxFilters:
    return InboxFilters(
        mine=None if tab == "dung" else tab == "toi",
        standing=tab == "dung",
        procedure_id=procedure,
        risk=RISKS[risk][0] if risk in RISKS else "",
    )


def _is_asked(actor: Actor) -> bool:
    """Whether the officer answers for an agency that others may ask: not from behind a counter."""
    return May.PROCESS in actor.may and May.ACCEPT not in actor.may


def _tabs(actor: Actor, piles: Sequence[Pile]) -> list[tuple[str, str, int | None]]:
    counts = {tab: sum(_pile(p, tab).total() for p in piles) for tab in ITEMS}
    listed: list[tuple[str, str, int | None]] = [
        (key, label, counts[key]) for key, label in ITEMS.items()
    ]
    return listed + [
        (key, label, None) for key, (label, _, may) in DESK.items() if may in actor.may
    ]


def _address(tab: str) -> str:
    base = reverse("desk:inbox")
    return base if tab == "cho" else f"{base}?{urlencode({'muc': tab})}"


def _longer(request: HttpRequest, size: int, found: Page) -> str:
    """Where as many rows stand as one act on many takes, where this page has not all."""
    if size == operations.MOST or not found.next:
        return ""
    query = request.GET.copy()
    query.pop("after", None)
    query["dong"] = str(operations.MOST)
    return f"?{query.urlencode()}"


def _pile(pile: Pile, tab: str) -> Counter[str]:
    return {"cho": pile.waiting, "toi": pile.mine, "dung": pile.standing}[tab]


def _grouped(
    found: Page, at: datetime, risks: Risks, tab: str, piles: Sequence[Pile]
) -> list[dict[str, Any]]:
    """The rows under how urgent they are, each with how many there are of it; other tabs are one group."""
    rows = _rows(found, at)
    if tab not in ITEMS:
        return [{"rows": rows}]
    counts = sum((_pile(pile, tab) for pile in piles), Counter[str]())
    listed = []
    for word, (risk, title, tone) in RISKS.items():
        own = [row for row in rows if risks.of(row["urgent_at"]) == risk]
        if own:
            address = f"{reverse('desk:inbox')}?{urlencode({'muc': tab, 'gap': word})}"
            listed.append(
                {
                    "rows": own,
                    "title": title,
                    "tone": tone,
                    "count": counts[risk],
                    "address": address,
                }
            )
    return listed


def _seats(request: HttpRequest, risks: Risks) -> list[dict[str, Any]]:
    """What lies on the desk of every post the officer may act in, where there is more than one."""
    acting: Acting = request.acting  # type: ignore[attr-defined]
    seated = in_seats(acting, now_of(request)) if len(acting.seats) > 1 else []
    piles = workload.seats([actor for _, actor in seated], risks) if seated else []
    return [
        {
            "held": seat.held_id,
            "label": seat.label,
            "here": acting.seat is not None and seat.held_id == acting.seat.held_id,
            "open": sum(p.waiting.total() + p.mine.total() for p in own),
            "late": sum(p.waiting[urgency.LATE] + p.mine[urgency.LATE] for p in own),
        }
        for (seat, _), own in zip(seated, piles, strict=True)
    ]


def _rows(found: Page, at: datetime) -> list[dict[str, Any]]:
    return [
        row
        | {
            "status_said": words.status(row["status"]),
            "unit": words.unit(row["accountable_id"]),
            "shown": row["code"] or row["submission_code"],
            "days": working_days_to(row["due_at"], row["accountable_id"], at),
            "step_days": working_days_to(row.get("item_due_at"), row["accountable_id"], at),
            "used": row.get("warned") == "used",
        }
        for row in found.rows
    ]
