"""The cashier's pages: what is to be paid, taken and given back today, the book of receipts, the drawer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.desk import forms_money, words
from motcua.desk.door import actor_of, now_of, officers_only, page, today_of
from motcua.dossiers import charging, operations, policies_money
from motcua.dossiers.labels import REFUND_LABELS
from motcua.dossiers.ports import PAYMENT
from motcua.journeys import paying
from motcua.look import formats
from motcua.look.forms import day_of, refused
from motcua.look.sentences import sentence, status_of
from motcua.organisations import queries as organisations
from motcua.rules.refusal import Refusal

CHECKS = 14
"""So many of the last reconciliations are shown."""
WAYS = dict(words.METHODS)
STATES = {str(state): text for state, text in REFUND_LABELS.items()}


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def cash(request: HttpRequest) -> HttpResponse:
    """What a cashier has before her: to be paid, to be given back, today's receipts, the drawer."""
    actor, on = actor_of(request), today_of(request)
    desk_id = _desk(request)
    if desk_id is None:
        raise Refusal("drawer.not_your_desk")
    form = forms_money.CountDrawer(request.POST or None)
    here = f"{reverse('desk:cash')}?quay={desk_id}"
    if request.method == "POST" and form.is_valid():
        count = form.cleaned_data
        if _counted(request, form, desk_id, count):
            return redirect(here)
    taken = charging.receipts(actor, desk_id, on, on)
    context = {
        "form": form,
        "desks": _desks(request),
        "desk_id": desk_id,
        "desk_name": organisations.unit(desk_id).name,
        "on": on,
        "owed": charging.owed(actor, [desk_id]),
        "refunds": [
            row | {"said": STATES[row["state"]]} for row in charging.refunds_due(actor, [desk_id])
        ],
        "sums": _sums(taken),
        "mine": charging.drawer(desk_id, on, actor.account_id),
        "counts": charging.counts(actor, desk_id, on),
        "connected": PAYMENT.plugged is not None,
    }
    return page(request, "desk/cash.html", context, status=422 if form.errors else 200)


def _counted(request: HttpRequest, form: forms.Form, desk_id: int, count: dict[str, Any]) -> bool:
    try:
        difference = operations.count_drawer(
            unit_id=desk_id,
            on=today_of(request),
            counted=count["counted"],
            note=count["note"],
            actor=actor_of(request),
            at=now_of(request),
        )
    except Refusal as refusal:
        refused(form, refusal)
        return False
    said = f"lệch {formats.money_text(difference)}" if difference else "khớp với sổ"
    messages.success(request, f"Đã ghi nhận kiểm đếm két: {said}.")
    return True


@require_safe
@officers_only
def receipts(request: HttpRequest) -> HttpResponse:
    """The book of receipts of a desk, by day."""
    desk_id = _desk(request)
    if desk_id is None:
        raise Refusal("receipt.not_your_desk")
    today = today_of(request)
    since, until = _days(request, today)
    found = charging.receipts(actor_of(request), desk_id, since, until)
    context = {
        "desks": _desks(request),
        "desk_id": desk_id,
        "desk_name": organisations.unit(desk_id).name,
        "since": since,
        "until": until,
        "rows": [row | {"way": WAYS.get(row["method"], row["method"])} for row in found],
        "sums": _sums(found),
    }
    return page(request, "desk/receipts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def receipt(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    """One receipt, to be printed, voided, or given back."""
    found = charging.one_receipt(actor_of(request), receipt_id)
    doing = request.POST.get("viec", "")
    void = forms_money.VoidReceipt(
        request.POST if doing == "huy" else None, initial=_seen(found), prefix="huy"
    )
    back = forms_money.OrderRefund(
        request.POST if doing == "hoan" else None, initial=_seen(found), prefix="hoan"
    )
    form = {"huy": void, "hoan": back}.get(doing)
    if form is not None and form.is_valid() and _done(request, form, found):
        return redirect("desk:receipt", receipt_id)
    context = {
        "row": found,
        "way": WAYS.get(found["method"], found["method"]),
        "void": void,
        "back": back,
        "may": found["unit_id"] in policies_money.desks_of(actor_of(request)),
    }
    return page(request, "desk/receipt.html", context, status=422 if form and form.errors else 200)


def _seen(found: dict[str, Any]) -> dict[str, int]:
    return {"seen": found["version"]}


def _done(request: HttpRequest, form: forms.Form, found: dict[str, Any]) -> bool:
    act: Callable[..., Any] = operations.order_refund
    said = "Đã lập yêu cầu hoàn trả; người khác chi trả."
    if isinstance(form, forms_money.VoidReceipt):
        act, said = operations.void_receipt, "Đã hủy biên lai; số cũ vẫn nằm trong sổ."
    try:
        act(
            dossier_id=found["dossier_id"],
            receipt_id=found["id"],
            actor=actor_of(request),
            at=now_of(request),
            **form.cleaned_data,
        )
    except Refusal as refusal:
        refused(form, refusal)
        return False
    messages.success(request, said)
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def refund(request: HttpRequest, refund_id: UUID) -> HttpResponse:
    """Money to give back: by hand, or through the service that took it."""
    found = charging.due_refund(actor_of(request), refund_id)
    form = forms_money.PayRefund(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {
            "dossier_id": found["dossier_id"],
            "refund_id": refund_id,
            "actor": actor_of(request),
            "at": now_of(request),
        }
        try:
            if request.POST.get("viec") == "cong":
                paying.refund_online(**given)
            else:
                operations.pay_refund(**given, reference=form.cleaned_data["reference"])
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, "Đã ghi nhận hoàn trả.")
            return redirect("desk:cash")
    context = {
        "row": found | {"said": STATES[found["state"]]},
        "form": form,
        "by_service": bool(found["transaction"]) and PAYMENT.plugged is not None,
        "due": found["state"] == "due",
    }
    return page(request, "desk/refund.html", context, status=422 if form.errors else 200)


@require_safe
@officers_only
def statements(request: HttpRequest) -> HttpResponse:
    """The payment service's statement against ours, day by day."""
    policies_money.to_reconcile(actor_of(request))
    context = {
        "rows": charging.checks(CHECKS),
        "yesterday": today_of(request) - timedelta(days=1),
        "connected": PAYMENT.plugged is not None,
    }
    return page(request, "desk/statements.html", context)


@require_POST
@officers_only
def reconcile(request: HttpRequest) -> HttpResponse:
    """Hold a day of the statement against ours, now."""
    today = today_of(request)
    on = day_of(request.POST.get("ngay", "")) or today - timedelta(days=1)
    try:
        differing = paying.reconcile(min(on, today), actor_of(request), now_of(request))
    except Refusal as refusal:
        if status_of(refusal.code) == 403:
            raise
        messages.error(request, sentence(refusal.code, refusal.params))
    else:
        n = len(differing)
        messages.success(request, f"Đã đối chiếu: {n} khoản lệch." if n else "Đã đối chiếu: khớp.")
    return redirect("desk:statements")


# ---- what the pages share ------------------------------------------------------------------------


def _desks(request: HttpRequest) -> list[tuple[int, str]]:
    """The desks whose money is the reader's, by name."""
    found = [organisations.unit(unit_id) for unit_id in policies_money.desks_of(actor_of(request))]
    return [(u.id, u.name) for u in found if u.kind == organisations.Kind.DESK]


def _desk(request: HttpRequest) -> int | None:
    """The desk asked for, or the first of the reader's."""
    open_to = [unit_id for unit_id, _ in _desks(request)]
    asked = request.GET.get("quay", "")
    if asked.isdecimal() and int(asked) in open_to:
        return int(asked)
    return open_to[0] if open_to else None


def _days(request: HttpRequest, today: date) -> tuple[date, date]:
    """The days asked for, a year at most; today where none are."""
    since = day_of(request.GET.get("since", "")) or today
    until = day_of(request.GET.get("until", "")) or max(since, today)
    return max(since, until - timedelta(days=366)), until


def _sums(rows: list[dict[str, Any]]) -> list[tuple[str, int]]:
    return [(WAYS.get(way, way), amount) for way, amount in charging.sums(rows).items()]
