"""The inbox: what lies on the officer's desk, and taking many steps at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from motcua.desk import words
from motcua.desk.door import actor_of, now_of, officers_only, page, working_days_to
from motcua.dossiers import operations, queries, workload
from motcua.dossiers.queries import Filters, InboxFilters
from motcua.dossiers.workload import Pile
from motcua.ledger.paging import Cursor, Page
from motcua.look.sentences import sentence
from motcua.rules.actor import Actor, May
from motcua.rules.casework import Status
from motcua.rules.refusal import Refusal

ITEMS = {"cho": "Chờ xử lý", "toi": "Tôi đang xử lý", "dung": "Đang tạm dừng"}
"""Tabs of open steps."""
DESK = {
    "tiep-nhan": ("Chờ tiếp nhận", Status.SUBMITTED, May.ACCEPT),
    "bo-sung": ("Chờ bổ sung", Status.SUPPLEMENT, May.ACCEPT),
    "tra": ("Chờ trả", Status.DONE, May.HAND_OVER),
}
"""Tabs of dossiers at the desk that received them, which no step holds."""
EMPTY = {
    "cho": "Không có bước nào chờ xử lý",
    "toi": "Chưa nhận xử lý bước nào",
    "dung": "Không có hồ sơ nào đang tạm dừng",
    "tiep-nhan": "Không có hồ sơ nào chờ tiếp nhận",
    "bo-sung": "Không có hồ sơ nào chờ bổ sung",
    "tra": "Không có kết quả nào chờ trả",
}
MANY = 50


class Narrow(forms.Form):
    """The filter of the inbox."""

    procedure = forms.TypedChoiceField(
        label="Thủ tục", coerce=int, empty_value=None, required=False
    )

    def __init__(self, data: Any, piles: Iterable[Pile]) -> None:
        super().__init__(data)
        choices = [("", "Tất cả thủ tục")]
        choices += [
            (str(p.procedure_id), f"{p.name} ({p.waiting + p.mine + p.standing})") for p in piles
        ]
        self.fields["procedure"].choices = choices  # type: ignore[attr-defined]


@require_safe
@officers_only
def inbox(request: HttpRequest) -> HttpResponse:
    """Open steps of the officer, or what waits at his desk, one tab at a time."""
    actor, at = actor_of(request), now_of(request)
    piles = workload.piles(actor)
    narrow = Narrow(request.GET, piles)
    procedure = narrow.cleaned_data.get("procedure") if narrow.is_valid() else None
    listed = _tabs(actor, piles)
    tab = request.GET.get("muc", "cho")
    tab = tab if tab in {key for key, *_ in listed} else "cho"
    after = Cursor.parse(request.GET["after"]) if request.GET.get("after") else None
    if tab in ITEMS:
        found = queries.inbox(actor, _filters(tab, procedure), after=after, size=MANY)
    else:
        filters = Filters(status=int(DESK[tab][1]), procedure_id=procedure)
        found = queries.dossiers(actor, filters, after=after, size=MANY)
    context = {
        "tab": tab,
        "tabs": [(label, _address(key), count) for key, label, count in listed],
        "current": _address(tab),
        "rows": _rows(found, at),
        "next": str(found.next) if found.next else None,
        "narrow": narrow,
        "filtered": bool(procedure),
        "empty": EMPTY[tab],
        "can_take": tab == "cho" and bool(actor.account_id),
        "can_accept": May.ACCEPT in actor.may,
        "steps": tab in ITEMS,
        "choices": len(piles) > 1 or bool(procedure),
        "unanswered": queries.count(actor, Filters(unanswered_at=at)) if tab == "tiep-nhan" else 0,
    }
    return page(request, "desk/inbox.html", context)


@require_POST
@officers_only
def take_many(request: HttpRequest) -> HttpResponse:
    """Take the ticked steps, each as its own act; says what went and what did not."""
    actor, at = actor_of(request), now_of(request)
    chosen = request.POST.getlist("buoc")[:MANY]
    taken, refused = 0, []
    for text in chosen:
        try:
            _take(text, actor, at)
            taken += 1
        except Refusal as refusal:
            refused.append(
                f"{text.partition(' ')[2] or 'Hồ sơ'}: {sentence(refusal.code, refusal.params)}"
            )
    if taken:
        messages.success(request, f"Đã nhận xử lý {taken} bước. Xem ở mục “Tôi đang xử lý”.")
    for line in refused:
        messages.warning(request, f"Chưa nhận được – {line}")
    if not chosen:
        messages.warning(
            request, "Chưa chọn hồ sơ nào. Hãy đánh dấu các dòng cần nhận rồi bấm lại."
        )
    return redirect(reverse("desk:inbox"))


def _take(text: str, actor: Actor, at: datetime) -> None:
    ids = text.partition(" ")[0].split("/")
    try:
        dossier_id, item_id, seen = UUID(ids[0]), UUID(ids[1]), int(ids[2])
    except (ValueError, IndexError):
        raise Refusal("dossier.not_visible") from None
    operations.take(dossier_id=dossier_id, item_id=item_id, actor=actor, at=at, seen=seen)


def _filters(tab: str, procedure: int | None) -> InboxFilters:
    return InboxFilters(
        mine=None if tab == "dung" else tab == "toi",
        standing=tab == "dung",
        procedure_id=procedure,
    )


def _tabs(actor: Actor, piles: Sequence[Pile]) -> list[tuple[str, str, int | None]]:
    counts = {
        "cho": sum(p.waiting for p in piles),
        "toi": sum(p.mine for p in piles),
        "dung": sum(p.standing for p in piles),
    }
    listed: list[tuple[str, str, int | None]] = [
        (key, label, counts[key]) for key, label in ITEMS.items()
    ]
    return listed + [
        (key, label, None) for key, (label, _, may) in DESK.items() if may in actor.may
    ]


def _address(tab: str) -> str:
    base = reverse("desk:inbox")
    return base if tab == "cho" else f"{base}?{urlencode({'muc': tab})}"


def _rows(found: Page, at: datetime) -> list[dict[str, Any]]:
    return [
        row
        | {
            "status_said": words.status(row["status"]),
            "unit": words.unit(row["accountable_id"]),
            "shown": row["code"] or row["submission_code"],
            "days": working_days_to(row["due_at"], row["accountable_id"], at),
            "step_days": working_days_to(row.get("item_due_at"), row["accountable_id"], at),
            "answer": row["answer_due_at"] if row["status"] == Status.SUBMITTED else None,
        }
        for row in found.rows
    ]
