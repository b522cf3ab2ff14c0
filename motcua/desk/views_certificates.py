"""The register of certificates: the list with what needs care, one certificate, what is done with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from motcua.desk.door import actor_of, now_of, officers_only, page, today_of
from motcua.desk.forms_certificates import Ask, HandOver, Narrow, Reason, Register, Renew
from motcua.desk.forms_opinions import agencies
from motcua.desk.tables import as_csv
from motcua.files import operations, policies, register
from motcua.files.operations import Wanted
from motcua.files.register import Filters, Listed, Whole
from motcua.ledger.paging import Cursor
from motcua.look import formats
from motcua.look.sentences import sentence, status_of
from motcua.organisations import queries as organisations
from motcua.organisations.queries import Kind
from motcua.people import absence
from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal
from motcua.rules.vietnamese import fold

TONES: Mapping[str, str] = {
    "active": "good", register.ENDS: "warn", register.EXPIRED: "bad", "requested": "info",
    "locked": "warn", "lost": "bad", "revoked": "none",
}  # fmt: skip
ACTS: Mapping[str, tuple[str, str, str]] = {
    "vao-so": ("register", "Đưa chứng thư vào sử dụng", "Đã đưa chứng thư vào sử dụng."),
    "gia-han": (
        "renew",
        "Đề nghị gia hạn, cấp chứng thư thay",
        "Đã ghi đề nghị cấp chứng thư thay.",
    ),
    "ban-giao": ("hand_over", "Bàn giao thiết bị lưu khóa", "Đã ghi bàn giao thiết bị lưu khóa."),
    "bao-mat": ("lose", "Báo mất thiết bị", "Đã báo mất. Chứng thư này từ giờ không ký được."),
    "bao-khoa": ("lock", "Báo thiết bị bị khóa", "Đã báo thiết bị bị khóa."),
    "mo-khoa": ("unlock", "Ghi đã mở khóa", "Đã mở khóa. Chứng thư ký được trở lại."),
    "thu-hoi": ("revoke", "Thu hồi", "Đã thu hồi. Chứng thư này từ giờ không ký được."),
}
"""By the last part of the address: the act, the words of its button, what is said when it is done."""
REASONED = {
    "lose": operations.lose_certificate,
    "lock": operations.lock_certificate,
    "unlock": operations.unlock_certificate,
    "revoke": operations.revoke_certificate,
}


@require_safe
@officers_only
def certificates(request: HttpRequest) -> HttpResponse:
    """`chung-thu-so/`: what the reader sees, what ends soonest first; `?tai=csv` the same as a file."""
    actor, now = actor_of(request), now_of(request)
    narrow = Narrow(request.GET)
    valid = narrow.is_valid()
    filters = _filters(narrow.cleaned_data) if valid else Filters()
    if request.GET.get("tai") == "csv":
        return as_csv("chung-thu-so", _lines(actor, filters, now))
    after = request.GET.get("after")
    rows, following = register.listed(
        actor, filters, now, after=Cursor.parse(after) if after else None
    )
    counts = register.counts(actor, now)
    query = request.GET.copy()
    query["tai"] = "csv"
    context = {
        "narrow": narrow,
        "rows": [_shown(one) for one in rows],
        "counts": [(state, register.STATES[state], n) for state, n in counts.items()],
        "total": sum(counts.values()),
        "next": following,
        "csv": f"?{query.urlencode()}",
        "may_ask": policies.keeps_register(actor) or policies.speaks_for_agency(actor),
        "unit": organisations.unit(filters.unit_id).name if filters.unit_id else "",
    }
    return page(request, "desk/certificates.html", context, status=200 if valid else 422)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def ask(request: HttpRequest) -> HttpResponse:
    """`chung-thu-so/de-nghi/`: an agency asks for a certificate; operators choose the agency first."""
    actor, on = actor_of(request), today_of(request)
    known = _agencies(on) if policies.keeps_register(actor) else {}
    typed = request.GET.get("co_quan", "")
    unit_id = _agency(actor, known, typed)
    form = None
    status = 200
    if unit_id:
        policies.to_request_certificate(actor, unit_id)
        form = Ask(request.POST or None, officers=absence.colleagues(unit_id, on))
        if request.method == "POST":
            made = _asked(request, form, unit_id) if form.is_valid() else None
            if made is not None:
                messages.success(request, "Đã ghi đề nghị cấp chứng thư số.")
                return redirect("desk:certificate", made)
            status = 422
    context = {
        "form": form,
        "agency": organisations.unit(unit_id).name if unit_id else "",
        "typed": typed,
        "known": list(known),
    }
    return page(request, "desk/certificate_ask.html", context, status=status)


@require_safe
@officers_only
def certificate(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """`chung-thu-so/<id>/`: one certificate, what was done with it, and what may be done now."""
    actor = actor_of(request)
    found = register.one(actor, certificate_id, now_of(request))
    open_ = register.acts_open_to(actor, found.certificate)
    context = {
        **_shown(found.certificate),
        "hand_overs": found.hand_overs,
        "history": found.history,
        "acts": [(slug, words) for slug, (name, words, _) in ACTS.items() if name in open_],
    }
    return page(request, "desk/certificate.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def do(request: HttpRequest, certificate_id: UUID, what: str) -> HttpResponse:
    """`chung-thu-so/<id>/<việc>/`: the form of an act, and the act."""
    if what not in ACTS:
        raise Http404
    act, words, done = ACTS[what]
    actor = actor_of(request)
    found = register.one(actor, certificate_id, now_of(request))
    if act not in register.acts_open_to(actor, found.certificate):
        raise Refusal("certificate.not_that_state")
    form = _form(request, act, found)
    status = 200
    if request.method == "POST":
        status = _done(request, act, certificate_id, form) if form.is_valid() else 422
        if status == 200:
            messages.success(request, done)
            return redirect("desk:certificate", certificate_id)
    context = {**_shown(found.certificate), "form": form, "words": words, "what": what}
    return page(request, "desk/certificate_act.html", context, status=status)


def _form(request: HttpRequest, act: str, found: Whole) -> forms.Form:
    data = request.POST if request.method == "POST" else None
    if act == "register":
        return Register(data, request.FILES if data is not None else None)
    if act == "renew":
        return Renew(data)
    if act == "hand_over":
        on = today_of(request)
        officers = absence.colleagues(found.certificate.unit_id, on)
        return HandOver(data, officers=officers, initial={"on": on})
    return Reason(data)


def _done(request: HttpRequest, act: str, certificate_id: UUID, form: forms.Form) -> int:
    """Do it; 200, or the status of the refusal, which the form then says."""
    do_it: Any = {
        **REASONED,
        "register": operations.register_certificate,
        "renew": operations.renew_certificate,
        "hand_over": operations.hand_over_key,
    }[act]
    try:
        do_it(
            certificate_id=certificate_id, actor=actor_of(request), at=now_of(request),
            **form.cleaned_data,
        )  # fmt: skip
    except Refusal as refusal:
        form.add_error(None, sentence(refusal.code, refusal.params))
        return status_of(refusal.code)
    return 200


def _asked(request: HttpRequest, form: Ask, unit_id: int) -> UUID | None:
    said = form.cleaned_data
    wanted = Wanted(said["kind"], unit_id, said["account"], said["kept"], said["token"])
    try:
        return operations.request_certificates(
            [wanted], requested_by=said["requested_by"], actor=actor_of(request), at=now_of(request)
        )[0]
    except Refusal as refusal:
        form.add_error(None, sentence(refusal.code, refusal.params))
        return None


def _agencies(on: date) -> dict[str, int]:
    """Who may have a certificate: who settles, the Committee and its Office, by name."""
    bodies = {
        unit.name: unit.id
        for kind in (Kind.PROVINCE, Kind.COMMITTEE_OFFICE)
        for unit in organisations.units_of_kind(kind, on)
    }
    return agencies(on) | bodies


def _agency(actor: Actor, known: Mapping[str, int], typed: str) -> int | None:
    if not known:
        return actor.agency_id
    wanted = fold(" ".join(typed.split()))
    return next((one for name, one in known.items() if fold(name) == wanted), None)


def _filters(given: Mapping[str, Any]) -> Filters:
    return Filters(
        given["q"], given["loai"], given["tinh_trang"], given["don_vi"] if given["don_vi"] else None
    )


def _shown(one: Listed) -> dict[str, Any]:
    return {
        "one": one,
        "kind": register.KINDS[one.kind],
        "kept": register.KEPT[one.kept],
        "state": register.STATES[one.state],
        "tone": TONES[one.state],
    }


def _lines(actor: Actor, filters: Filters, now: datetime) -> list[list[str]]:
    head = [
        "Người, cơ quan được cấp", "Cơ quan", "Loại", "Tình trạng", "Số hiệu", "Tên trong chứng thư",
        "Nơi cấp", "Có giá trị từ", "đến", "Nơi giữ khóa", "Số thiết bị", "Người đang giữ",
        "Văn bản đề nghị",
    ]  # fmt: skip
    return [head, *(_line(one) for one in register.all_listed(actor, filters, now))]


def _line(one: Listed) -> list[str]:
    return [
        one.holder, one.agency, register.KINDS[one.kind], register.STATES[one.state], one.serial,
        one.subject, one.issuer, _day(one.valid_from), _day(one.valid_until),
        register.KEPT[one.kept], one.token, one.custodian, one.requested_by,
    ]  # fmt: skip


def _day(at: datetime | None) -> str:
    return formats.date_text(formats.day(at)) if at else ""
