"""A citizen pays a fee by VietQR: the code to scan, and what has become of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from motcua.dossiers import charging, queries
from motcua.dossiers.ports import PAYMENT
from motcua.journeys import paying
from motcua.look import pictures
from motcua.look.sentences import sentence
from motcua.people.acting import Request, citizens
from motcua.rules import vietqr
from motcua.rules.refusal import Refusal

OURS = ("dossier.", "payment.")


@citizens
def pay(request: Request, dossier_id: UUID, charge_id: UUID) -> HttpResponse:
    """`/ho-so/<id>/nop-tien/<khoản>/`: raises dossier.not_visible, dossier.charge_not_open."""
    found = queries.detail(request.actor, dossier_id)
    charge = next((c for c in found.charges if c["id"] == charge_id), None)
    if charge is None or charge["cancelled_at"]:
        raise Refusal("dossier.charge_not_open")
    bill = next(
        (b for b in charging.bills(request.actor, dossier_id) if b["charge_id"] == charge_id), None
    )
    wrong = ""
    if request.method == "POST" and not charge["paid_at"]:
        try:
            _ask(request, dossier_id, charge_id, bill)
        except Refusal as refusal:
            if refusal.code.startswith(OURS):
                raise
            wrong = sentence(refusal.code, refusal.params)
        else:
            return HttpResponseRedirect(reverse("portal:pay", args=[dossier_id, charge_id]))
    context = {
        "dossier": found.dossier,
        "charge": charge,
        "bill": bill,
        "wrong": wrong,
        "connected": PAYMENT.plugged is not None,
        **_scanned(bill),
    }
    made = render(request, "portal/pay.html", context, status=422 if wrong else 200)
    made["Cache-Control"] = "private, no-store"
    return made


def _ask(request: Request, dossier_id: UUID, charge_id: UUID, bill: dict[str, Any] | None) -> None:
    """Ask for a code, or how the bill stands that is there."""
    if bill is not None and bill["state"] in ("open", "unknown", "intended"):
        paying.ask_about(bill["id"], request.now)
    else:
        paying.pay_online(
            dossier_id=dossier_id, charge_id=charge_id, actor=request.actor, at=request.now
        )


def _scanned(bill: dict[str, Any] | None) -> dict[str, Any]:
    """The code as a picture, and what it says, for who types it by hand."""
    if bill is None or bill["state"] != "open" or not bill["qr"]:
        return {}
    transfer = vietqr.read(bill["qr"]).transfer
    picture = pictures.drawn(bill["qr"], "Mã VietQR để quét bằng ứng dụng ngân hàng")
    return {"picture": picture, "transfer": transfer}
