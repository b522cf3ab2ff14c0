"""The certification lane: entries of a few keys, the leader's signing, fee and delivery."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from motcua.catalogue import at_desk as catalogue
from motcua.catalogue.at_desk import AtDesk
from motcua.desk import words
from motcua.desk.door import actor_of, ids_in, now_of, officers_only, page, today_of
from motcua.desk.forms_certification import TITLES, Deliver, Entry
from motcua.dossiers import operations, policies, registers
from motcua.dossiers.operations import Certified, Entered
from motcua.journeys import certifying
from motcua.journeys.intake import Applicant, Application
from motcua.ledger.acts import AlreadyDone, Key, KeyReused
from motcua.look import formats
from motcua.look.sentences import sentence, status_of
from motcua.people import at_desk, queries
from motcua.rules import personal_id
from motcua.rules.actor import Actor, May
from motcua.rules.books import Channel
from motcua.rules.casework import PaperHeld, Status
from motcua.rules.certification import Kind
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal
from motcua.statutory.rulesets import rule_set

SIZE = 200
KINDS = {
    Kind.COPY: "Bản sao từ bản chính",
    Kind.SIGNATURE: "Chữ ký",
    Kind.CONTRACT: "Hợp đồng, giao dịch",
}
REUSED = "Trang này đã dùng cho một yêu cầu khác. Nếu đây là yêu cầu mới, hãy bấm Enter lần nữa."


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def day(request: HttpRequest) -> HttpResponse:
    """The day at the counter: an entry of a few keys on top, what was entered below."""
    actor, on = actor_of(request), today_of(request)
    policies.may(actor, May.ACCEPT)
    offered = _offered(actor, on)
    if not offered:
        return page(request, "desk/certification.html", {"offered": ()})
    agency = offered[0].unit_ids[0]
    signers = [
        (found.account_id, f"{found.name} – {found.title}")
        for found in at_desk.leaders(agency, on)
        if found.account_id != actor.account_id
    ]
    choices: dict[str, Any] = {
        "procedures": [(one.procedure_id, one.name) for one in offered],
        "signers": signers,
    }
    if request.method != "POST":
        remembered = {
            "key": new_id(),
            "procedure": request.GET.get("thu-tuc"),
            "signer": request.GET.get("ky"),
        }
        return _day(request, Entry(None, initial=remembered, **choices))
    form = Entry(request.POST, **choices)
    if form.asks_who():
        return _who(request, form, choices)
    return _enter(request, form, offered)


def _offered(actor: Actor, on: date) -> list[AtDesk]:
    codes = rule_set("certification", on).procedures
    own = frozenset({actor.agency_id} if actor.agency_id else ())
    return list(catalogue.of_codes(codes, on, desks=actor.units, agencies=own))


def _who(request: HttpRequest, form: Entry, choices: dict[str, Any]) -> HttpResponse:
    """The same screen with what the card or the number tells of the person."""
    text = str(form.data["identity"]).strip()
    start: dict[str, Any] = {name: form.data.get(name, "") for name in Entry.base_fields}
    start["key"] = start["key"] or new_id()
    told = ("Chưa có trong hệ thống. Hãy ghi họ và tên.", "info")
    try:
        if "|" in text:
            card = personal_id.card(text)
            start |= {"identity": card.number, "name": card.name}
        else:
            start["identity"] = personal_id.of_citizen(text).text
    except Refusal as refusal:
        told = (sentence(refusal.code, refusal.params), "bad")
    else:
        known = queries.person_by_number(actor_of(request), "citizen", start["identity"])
        if known is not None:
            start["name"] = start["name"] or known.name
            told = (f"Đã có trong hệ thống: {known.name}.", "good")
    return _day(request, Entry(None, initial=start, **choices), told=told)


def _enter(request: HttpRequest, form: Entry, offered: list[AtDesk]) -> HttpResponse:
    if not form.is_valid():
        return _day(request, form, status=422)
    said = form.cleaned_data
    chosen = next(one for one in offered if one.procedure_id == said["procedure"])
    application = Application(
        applicant=Applicant(name=said["name"], identity_number=said["identity"]),
        procedure_id=chosen.procedure_id,
        unit_id=chosen.unit_ids[0],
        channel=Channel.COUNTER,
        papers=tuple(PaperHeld(line.title, line.originals, 0) for line in form.lines()),
    )
    try:
        done = _act(request, application, form)
    except AlreadyDone:
        messages.info(request, "Yêu cầu này đã được ghi ở lần gửi trước.")
    except KeyReused:
        data = request.POST.copy()
        data["key"] = str(new_id())
        form.data = data
        form.add_error(None, REUSED)
        return _day(request, form, status=409)
    except Refusal as refusal:
        field = refusal.params.get("field")
        told = sentence(refusal.code, refusal.params)
        form.add_error(f"{field}_0" if f"{field}_0" in form.fields else
                       field if field in form.fields else None, told)  # fmt: skip
        return _day(request, form, status=status_of(refusal.code))
    else:
        messages.success(request, _done(done.numbers, done.fee, done.code))
    kept = {"thu-tuc": said["procedure"], "ky": said["signer"] or ""}
    return redirect(f"{reverse('desk:certification')}?{urlencode(kept)}")


def _act(request: HttpRequest, application: Application, form: Entry) -> Entered:
    said, actor, at = form.cleaned_data, actor_of(request), now_of(request)
    asked = {n: v for n, v in request.POST.items() if n not in ("csrfmiddlewaretoken", "key")}
    key = Key.of(str(said["key"]), ["certification", asked])
    if said["signer"] is None:
        return certifying.prepare(application, form.lines(), actor=actor, at=at, key=key)
    return certifying.at_once(
        application,
        form.lines(),
        signer_id=said["signer"],
        receipt_number=said["receipt_number"],
        actor=actor,
        at=at,
        key=key,
    )


def _done(numbers: tuple[int, ...], fee: int, code: str) -> str:
    money = formats.money_text(fee)
    if numbers:
        return f"Đã vào sổ số {', '.join(map(str, numbers))}; thu {money}."
    return f"Đã trình ký hồ sơ {code}; phí {money} thu khi trả."


def _day(
    request: HttpRequest, form: Entry, *, status: int = 200, told: tuple[str, str] = ("", "")
) -> HttpResponse:
    actor, on = actor_of(request), today_of(request)
    rows = registers.of_day(actor, on, size=SIZE)
    today = next(iter(registers.figures_of(actor, on, on)), {"entries": 0, "copies": 0, "fee": 0})
    blank = "title_0" if form["identity"].value() or form["name"].value() else "identity"
    blank = blank if form["name"].value() or blank == "identity" else "name"
    form.fields[blank].widget.attrs["autofocus"] = True
    context = {
        "offered": True,
        "form": form,
        "told": told[0],
        "told_tone": told[1],
        "titles": TITLES,
        "rows": [_row(row) for row in rows],
        "today": today,
        "waiting": sum(1 for row in rows if row["number"] is None),
        "full": len(rows) == SIZE,
    }
    return page(request, "desk/certification.html", context, status=status)


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return row | {
        "said": words.status(row["status"]),
        "kind_said": KINDS[Kind(row["kind"])],
        "to_give": row["status"] == Status.DONE,
        "first": row["position"] == 1,
    }


@require_POST
@officers_only
def deliver(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Take the fee and give the copies out."""
    form = Deliver(request.POST)
    if not form.is_valid():
        messages.error(request, "Chưa trả được: trang gửi lên thiếu thông tin. Hãy tải lại trang.")
        return redirect("desk:certification")
    said = form.cleaned_data
    try:
        operations.deliver_certified(
            dossier_id=dossier_id, actor=actor_of(request), at=now_of(request), **said
        )
    except Refusal as refusal:
        messages.error(request, sentence(refusal.code, refusal.params))
    else:
        messages.success(request, "Đã thu phí và trả bản chứng thực.")
    return redirect("desk:certification")


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def signing(request: HttpRequest) -> HttpResponse:
    """What waits for the leader's signature; many certified at once, and what did not go told."""
    actor = actor_of(request)
    policies.may(actor, May.SIGN)
    if request.method == "POST":
        chosen = ids_in(request.POST.getlist("ho-so"))
        if not chosen:
            messages.error(request, "Chưa chọn hồ sơ nào. Hãy đánh dấu hồ sơ cần ký.")
            return redirect("desk:signing")
        report = operations.certify(dossier_ids=chosen, actor=actor, at=now_of(request))
        return _report(request, report)
    rows = registers.waiting_for_signature(actor, size=SIZE)
    return page(
        request, "desk/signing.html", {"dossiers": _by_dossier(rows), "full": len(rows) == SIZE}
    )


def _report(request: HttpRequest, report: Certified) -> HttpResponse:
    rows = registers.waiting_for_signature(actor_of(request), size=SIZE)
    codes = {row["dossier_id"]: row["code"] for row in rows}
    context = {
        "dossiers": _by_dossier(rows),
        "report": report,
        "numbers": [n for numbers in report.done.values() for n in numbers],
        "refused": [
            (codes.get(no.dossier_id, ""), sentence(no.code, dict(no.params)))
            for no in report.refused
        ],
        "full": len(rows) == SIZE,
    }
    return page(request, "desk/signing.html", context)


def _by_dossier(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row a dossier, with its papers beneath."""
    found: dict[UUID, dict[str, Any]] = {}
    for row in rows:
        one = found.setdefault(row["dossier_id"], row | {"papers": [], "total": 0})
        one["papers"].append(row)
        one["total"] += row["fee"]
    return list(found.values())
