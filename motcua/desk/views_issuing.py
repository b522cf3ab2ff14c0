"""Results on their way out at the desk: what the leader signs, what the registry numbers and seals, the book
of numbers, one result with its stages and its revocation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.desk import kept_files
from motcua.desk.door import actor_of, ids_in, now_of, officers_only, page, today_of
from motcua.desk.forms_issuing import (
    DecideRevocation,
    KeepResult,
    Nothing,
    ProposeRevocation,
    StopIssue,
    VoidNumber,
)
from motcua.dossiers import issued, issuing, operations, policies_issuing, queries
from motcua.dossiers.labels import STAGE_LABELS, STANDING_LABELS
from motcua.dossiers.queries import Detail
from motcua.files import shelves
from motcua.journeys import issuing as saga
from motcua.journeys.issuing import Outcome
from motcua.look.forms import refused
from motcua.look.sentences import sentence
from motcua.rules.actor import Actor
from motcua.rules.casework_issuing import RUNNING, Stage, Standing
from motcua.rules.refusal import Refusal

TONES: Mapping[str, str] = {
    Stage.PREPARED: "warn",
    Stage.SIGNED: "warn",
    Stage.NUMBERED: "warn",
    Stage.SEALED: "warn",
    Stage.ISSUED: "good",
    Stage.CANCELLED: "bad",
}
FILES = {"trinh-ky": "prepared", "da-ky": "signed", "phat-hanh": "sealed"}
EARLIEST = 2020
Many = Callable[..., Outcome]


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def to_sign(request: HttpRequest) -> HttpResponse:
    """What waits for the leader's signature; several signed at once, and what did not go told."""
    return _list(request, "desk/to_sign.html", issuing.to_sign, saga.sign_many)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def registry(request: HttpRequest) -> HttpResponse:
    """What waits for number and seal; several done at once, and what did not go told."""
    return _list(request, "desk/registry.html", issuing.to_seal, saga.number_and_seal_many)


def _list(
    request: HttpRequest, template: str, read: Callable[[Actor], list[dict[str, Any]]], do: Many
) -> HttpResponse:
    actor, at = actor_of(request), now_of(request)
    context: dict[str, Any] = {}
    if request.method == "POST":
        listed = {row["id"]: row for row in read(actor)}
        try:
            outcome = do(ids=ids_in(request.POST.getlist("van-ban")), actor=actor, at=at)
        except Refusal as refusal:
            messages.error(request, sentence(refusal.code, refusal.params))
        else:
            context = {
                "done": [listed[one] for one in outcome.done if one in listed],
                "left": [
                    (listed.get(one.issue_id, {}), sentence(one.code, one.params))
                    for one in outcome.left
                ],
            }
    rows = [_said(row) for row in read(actor)]
    return page(request, template, context | {"rows": rows, "full": len(rows) == issuing.MOST})


@require_safe
@officers_only
def result_book(request: HttpRequest) -> HttpResponse:
    """The numbers an agency gave in a year, or those it voided."""
    actor, today = actor_of(request), today_of(request)
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else today.year
    voided = request.GET.get("huy") == "1"
    rows = issuing.book(actor, year, voided=voided, page=_page_number(request))
    more = len(rows) > issuing.MOST
    here = reverse("desk:result_book")
    tabs = [("Tất cả số đã cấp", f"{here}?nam={year}"), ("Số đã hủy", f"{here}?nam={year}&huy=1")]
    context = {
        "rows": [_said(row) for row in rows[: issuing.MOST]],
        "year": year,
        "years": range(today.year, EARLIEST - 1, -1),
        "voided": voided,
        "tabs": tabs,
        "current": tabs[voided][1],
        "next": _page_number(request) + 1 if more else None,
    }
    return page(request, "desk/result_book.html", context)


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get("trang", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 5 else 0


@require_safe
@officers_only
def issue(request: HttpRequest, dossier_id: UUID, issue_id: UUID) -> HttpResponse:
    """One result: its stages, its files, its numbers, and what may be done with it."""
    return _issue_page(request, dossier_id, issue_id)


@require_POST
@officers_only
def do(request: HttpRequest, dossier_id: UUID, issue_id: UUID, what: str) -> HttpResponse:
    """What is done with a result: signed, sealed, stopped, its number voided, revoked, kept."""
    if what not in DOING:
        raise Http404
    kind, act, done = DOING[what]
    form = kind(request.POST)
    status = 422
    if form.is_valid():
        named = {"actor": actor_of(request), "at": now_of(request)}
        try:
            act(dossier_id, issue_id, form.cleaned_data, named)
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            messages.success(request, done)
            return redirect("desk:issue", dossier_id, issue_id)
    return _issue_page(request, dossier_id, issue_id, form, status)


Said = Mapping[str, Any]


def _of(dossier_id: UUID, issue_id: UUID) -> dict[str, Any]:
    return {"dossier_id": dossier_id, "issue_id": issue_id}


def _sign(dossier_id: UUID, issue_id: UUID, said: Said, named: Said) -> None:
    saga.sign(issue_id=issue_id, **named)


def _seal(dossier_id: UUID, issue_id: UUID, said: Said, named: Said) -> None:
    saga.number_and_seal(issue_id=issue_id, **named)


def _void(dossier_id: UUID, issue_id: UUID, said: Said, named: Said) -> None:
    operations.void_result_number(**_of(dossier_id, issue_id), reason=said["reason"], **named)


def _stop(dossier_id: UUID, issue_id: UUID, said: Said, named: Said) -> None:
    operations.cancel_issue(**_of(dossier_id, issue_id), reason=said["reason"], **named)


def _propose(dossier_id: UUID, issue_id: UUID, said: Said, named: Said) -> None:
    operations.propose_revocation(**_of(dossier_id, issue_id), **said, **named)


def _revoke(dossier_id: UUID, issue_id: UUID, said: Said, named: Said) -> None:
    operations.revoke_result(dossier_id=dossier_id, revocation_id=said["revocation"], **named)


def _keep(dossier_id: UUID, issue_id: UUID, said: Said, named: Said) -> None:
    operations.keep_result(
        dossier_id=dossier_id, revocation_id=said["revocation"], answer=said["answer"], **named
    )


DOING: Mapping[str, tuple[type[forms.Form], Callable[..., None], str]] = {
    "ky": (Nothing, _sign, "Đã ký số. Văn bản chuyển văn thư vào số, đóng dấu."),
    "dong-dau": (Nothing, _seal, "Đã vào số, đóng dấu và phát hành kết quả."),
    "huy-so": (VoidNumber, _void, "Đã hủy số. Văn bản chờ cấp số khác."),
    "dung": (StopIssue, _stop, "Đã dừng phát hành. Dự thảo trả lại cho người soạn."),
    "de-nghi-thu-hoi": (ProposeRevocation, _propose, "Đã gửi lãnh đạo đề nghị thu hồi."),
    "thu-hoi": (DecideRevocation, _revoke, "Đã thu hồi kết quả. Ai tra cứu cũng thấy ngay."),
    "giu-nguyen": (KeepResult, _keep, "Đã giữ nguyên kết quả."),
}


@require_safe
@officers_only
def issue_file(
    request: HttpRequest, dossier_id: UUID, issue_id: UUID, which: str
) -> HttpResponseBase:
    """A result as PDF, as it was at a stage; also when it is revoked."""
    if which not in FILES:
        raise Http404
    actor = actor_of(request)
    queries.detail(actor, dossier_id)
    row = _one(actor, dossier_id, issue_id)
    sha256 = row[FILES[which]]
    if not sha256:
        raise Http404
    name = f"{(row['number'] or which).replace('/', '-')}.pdf"
    return kept_files.given(shelves.read(sha256), name, "application/pdf", inline=True)


def of_dossier(actor: Actor, found: Detail) -> dict[str, Any]:
    """The results of a dossier as its page shows them."""
    rows = issuing.of_dossier(actor, found.dossier)
    return {"issues": [_said(row) for row in rows]}


def _one(actor: Actor, dossier_id: UUID, issue_id: UUID) -> dict[str, Any]:
    row = issuing.one(actor, issue_id)
    if row["dossier_id"] != dossier_id:
        raise Refusal("dossier.not_visible")
    return row


def _issue_page(
    request: HttpRequest,
    dossier_id: UUID,
    issue_id: UUID,
    form: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    found = queries.detail(actor, dossier_id)
    row = _one(actor, dossier_id, issue_id)
    revocations = issuing.revocations(issue_id)
    waiting = next((one for one in revocations if one["decided_at"] is None), None)
    context = {
        "issue": _said(row),
        "dossier": found.dossier,
        "code": found.dossier["code"] or found.dossier["submission_code"],
        "numbers": issuing.numbers(issue_id),
        "revocations": revocations,
        "waiting": waiting,
        "wrong": form if form is not None and form.errors else None,
        "files": [(which, name) for which, name in NAMES.items() if row[FILES[which]]],
    }
    context |= _may(actor, row, waiting) | _forms(form, waiting)
    return page(request, "desk/issue.html", context, status=status)


NAMES = {
    "phat-hanh": "Bản đã đóng dấu",
    "da-ky": "Bản lãnh đạo đã ký, chưa có số",
    "trinh-ky": "Bản trình ký",
}


def _may(actor: Actor, row: Said, waiting: Said | None) -> dict[str, bool]:
    stage, agency, answers = row["stage"], row["agency_id"], row["accountable_id"]
    his = row["signer_id"] in (actor.account_id, actor.on_behalf_of)
    stops = stage in RUNNING and policies_issuing.may_cancel(actor, agency, answers)
    valid = stage == Stage.ISSUED and not row["revoked_at"]
    proposes = policies_issuing.may_propose_revocation(actor, agency, answers)
    decides = policies_issuing.may_revoke(actor, agency)
    return {
        "may_sign": stage == Stage.PREPARED and his,
        "may_seal": stage in issuing.TO_SEAL and policies_issuing.may_seal(actor, agency),
        "may_stop": stops,
        "may_void": stops and bool(row["number"]),
        "may_propose": valid and proposes and waiting is None,
        "may_decide": waiting is not None
        and decides
        and waiting["proposed_by_id"] not in (actor.account_id, actor.on_behalf_of),
    }


def _forms(form: forms.Form | None, waiting: Said | None) -> dict[str, forms.Form]:
    asked = {"revocation": waiting["id"]} if waiting else {}
    made = {
        "void": VoidNumber(),
        "stop": StopIssue(),
        "propose": ProposeRevocation(),
        "decide": DecideRevocation(initial=asked),
        "keep": KeepResult(initial=asked),
    }
    return {name: form if type(form) is type(one) and form else one for name, one in made.items()}


def _said(row: dict[str, Any]) -> dict[str, Any]:
    """A row with the words of its stage, and of what it is worth once it is issued."""
    stage = Stage(row["stage"])
    said, tone = str(STAGE_LABELS[stage]), TONES[stage]
    if stage is Stage.ISSUED:
        worth = issued.standing(
            revoked=bool(row.get("revoked_at")), replaced=bool(row.get("replaced_by_id"))
        )
        tone = "good" if worth is Standing.VALID else "bad"
        said = (
            f"{said}, {str(STANDING_LABELS[worth]).lower()}"
            if worth is Standing.VALID
            else str(STANDING_LABELS[worth])
        )
    return row | {"said": said, "tone": tone}
