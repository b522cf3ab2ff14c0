"""Drafts of results at the desk: begun, written, edited in Word, submitted, returned, approved; compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.desk import kept_files
from motcua.desk.door import actor_of, now_of, officers_only, page, today_of
from motcua.desk.forms_results import BeginDraft, DecideDraft, ReturnDraft, SendWord, WriteDraft
from motcua.dossiers import drafting, operations, policies, queries
from motcua.dossiers.drafting import Found
from motcua.dossiers.labels import DRAFT_LABELS
from motcua.dossiers.queries import Detail
from motcua.files import documents, office, shelves
from motcua.files import operations as files
from motcua.journeys import hands, issuing, results
from motcua.look.forms import refused
from motcua.look.uploads import receives_files
from motcua.rules import marks
from motcua.rules.actor import Actor
from motcua.rules.casework import OPEN
from motcua.rules.casework_drafts import EDITABLE, State, Written
from motcua.rules.refusal import Refusal

TONES: Mapping[str, str] = {
    State.WRITING: "info",
    State.SUBMITTED: "warn",
    State.RETURNED: "bad",
    State.APPROVED: "good",
    State.ISSUED: "good",
}
WORD = results.WORD


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def begin(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Choose the text a draft begins from."""
    actor = actor_of(request)
    found = queries.detail(actor, dossier_id)
    if not _works(actor, found):
        raise Refusal("dossier.not_your_step")
    offered = drafting.offered(found.dossier["procedure_code"], today_of(request))
    form = BeginDraft(request.POST or None, offered)
    if request.method == "POST" and form.is_valid():
        draft_id = operations.draft_result(
            dossier_id=dossier_id,
            template=form.cleaned_data["template"],
            actor=actor,
            at=now_of(request),
        )
        messages.success(request, "Đã soạn dự thảo từ mẫu, điền sẵn thông tin của hồ sơ.")
        return redirect("desk:draft", dossier_id, draft_id)
    context = _head(found) | {"form": form, "offered": offered}
    return page(request, "desk/draft_begin.html", context, status=422 if form.errors else 200)


@require_safe
@officers_only
def draft(request: HttpRequest, dossier_id: UUID, draft_id: UUID) -> HttpResponse:
    """A draft: its text, its versions, what may be done with it."""
    actor = actor_of(request)
    return _page(
        request, queries.detail(actor, dossier_id), drafting.one(actor, dossier_id, draft_id)
    )


@receives_files
@require_POST
@officers_only
def do(request: HttpRequest, dossier_id: UUID, draft_id: UUID, what: str) -> HttpResponse:
    """What is done with a draft: saved, a Word file sent, submitted, returned, approved."""
    if what not in DOING:
        raise Http404
    actor = actor_of(request)
    found = drafting.one(actor, dossier_id, draft_id)
    form = DOING[what](request.POST, request.FILES)
    status = 422
    if form.is_valid():
        try:
            _did(what, request, found, form)
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            return redirect("desk:draft", dossier_id, draft_id)
    detail = queries.detail(actor, dossier_id)
    return _page(request, detail, drafting.one(actor, dossier_id, draft_id), form, status)


def _did(what: str, request: HttpRequest, found: Found, form: forms.Form) -> None:
    said, actor, at = form.cleaned_data, actor_of(request), now_of(request)
    of: dict[str, Any] = {"dossier_id": found.draft["dossier_id"], "draft_id": found.draft["id"]}
    of |= {"actor": actor, "at": at}
    match what:
        case "luu":
            operations.save_draft(
                **of, new=drafting.written(said["text"]), based_on=said["based_on"]
            )
            messages.success(request, "Đã lưu phiên bản mới.")
        case "word":
            _take_word(request, said, of)
        case "trinh":
            operations.submit_draft(**of, version=said["version"])
            messages.success(request, "Đã trình lãnh đạo.")
        case "tra-lai":
            operations.return_draft(**of, version=said["version"], reason=said["reason"])
            messages.success(request, "Đã trả lại dự thảo.")
        case "ky-so":
            issuing.prepare(**of)
            messages.success(request, PREPARED)
        case _:
            prepared = results.approve(**of, version=said["version"])
            messages.success(request, PREPARED if prepared else APPROVED)


def _take_word(request: HttpRequest, said: dict[str, Any], of: dict[str, Any]) -> None:
    sent = said["word"]
    kept = files.keep(sent.chunks(), sent.name or "", actor=of["actor"], at=of["at"])
    if results.upload(**of, kept=kept, based_on=said["based_on"]):
        messages.success(request, "Đã nhận bản Word và chuyển sang PDF.")
    else:
        messages.warning(
            request,
            "Đã giữ bản Word, nhưng máy chủ chưa cài LibreOffice nên chưa có bản PDF để trình. "
            "Hãy nhờ người quản trị cài LibreOffice rồi tải lên lại.",
        )


DOING: Mapping[str, Callable[..., forms.Form]] = {
    "luu": WriteDraft,
    "word": SendWord,
    "trinh": DecideDraft,
    "tra-lai": ReturnDraft,
    "duyet": DecideDraft,
    "ky-so": DecideDraft,
}
APPROVED = "Đã duyệt dự thảo. Dùng được khi ghi kết quả giải quyết."
PREPARED = "Văn bản đã sẵn sàng để ký số, ở mục “Chờ ký”."


@require_safe
@officers_only
def draft_pdf(
    request: HttpRequest, dossier_id: UUID, draft_id: UUID, number: int
) -> HttpResponseBase:
    """A version as PDF; the approved one as it was approved."""
    found = drafting.one(actor_of(request), dossier_id, draft_id)
    version = found.version(number)
    name = f"du-thao-{number}.pdf"
    if found.draft["blob"] and number == found.newest["number"]:
        return kept_files.given(
            shelves.read(found.draft["blob"]), name, "application/pdf", inline=True
        )
    if version["written"] == Written.WORD:
        if version["pdf"] is None:
            raise Refusal("draft.no_pdf")
        return kept_files.given(shelves.read(version["pdf"]), name, "application/pdf", inline=True)
    made = BytesIO(drafting.pdf(found, number))
    return kept_files.given(made, name, "application/pdf", inline=True)


@require_safe
@officers_only
def draft_word(
    request: HttpRequest, dossier_id: UUID, draft_id: UUID, number: int
) -> HttpResponseBase:
    """A version as DOCX, to edit in Word."""
    found = drafting.one(actor_of(request), dossier_id, draft_id)
    version = found.version(number)
    name = f"du-thao-{number}.docx"
    if version["written"] == Written.WORD:
        return kept_files.given(shelves.read(version["blob"]), name, WORD)
    return kept_files.given(BytesIO(documents.word(drafting.document(found, number))), name, WORD)


def of_dossier(actor: Actor, found: Detail) -> dict[str, Any]:
    """The drafts of a dossier as its page shows them, and whether the reader may begin one."""
    rows = drafting.of_dossier(actor, found.case.id)
    return {"drafts": [_said(row) for row in rows], "may_draft": _works(actor, found)}


def _works(actor: Actor, found: Detail) -> bool:
    running = found.case.accepted_at is not None and found.case.status in OPEN
    return running and bool(policies.own_items(actor, found.case.items))


def _page(
    request: HttpRequest,
    detail: Detail,
    found: Found,
    form: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, newest = actor_of(request), found.newest
    number = newest["number"]
    works = _works(actor, detail)
    editable = works and found.draft["state"] in EDITABLE
    text = newest["text"] if newest["written"] == Written.TEXT else ""
    write = form if isinstance(form, WriteDraft) else None
    context = _head(detail) | {
        "draft": _said(found.draft),
        "newest": newest,
        "is_word": newest["written"] == Written.WORD,
        "blocks": marks.blocks(text) if text else (),
        "versions": found.versions,
        "editable": editable,
        "write": write or WriteDraft(initial={"based_on": number, "text": text}),
        "word": form if isinstance(form, SendWord) else SendWord(initial={"based_on": number}),
        "has_office": office.program() is not None,
        "submitted": found.draft["state"] == State.SUBMITTED,
        "may_decide": found.draft["state"] == State.SUBMITTED
        and policies.may_decide_draft(
            actor, found.draft["accountable_id"], found.draft["process_id"]
        ),
        "may_issue": _may_issue(request, found),
        "decide": DecideDraft(initial={"version": number}),
        "give_back": form
        if isinstance(form, ReturnDraft)
        else ReturnDraft(initial={"version": number}),
        "wrong": form,
        "changes": _changes(request, found),
    }
    return page(request, "desk/draft.html", context, status=status)


def _changes(request: HttpRequest, found: Found) -> list[dict[str, str]] | None:
    """The comparison asked for: `?so=2` shows what the version after it changed."""
    asked = request.GET.get("so", "")
    rows = {row["number"]: row for row in found.versions if row["written"] == Written.TEXT}
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 0
    if number not in rows or number - 1 not in rows:
        return None
    compared = marks.compared(rows[number - 1]["text"], rows[number]["text"])
    return [{"sign": change.sign, "text": change.text or " "} for change in compared]


def _may_issue(request: HttpRequest, found: Found) -> bool:
    """Whether the reader approved it, and it waits for nothing but to be made ready for his signature."""
    actor = actor_of(request)
    approved = found.draft["state"] == State.APPROVED and not found.draft["issue_id"]
    his = found.draft["decided_by_id"] in (actor.account_id, actor.on_behalf_of)
    agency_id = actor.agency_id or found.draft["accountable_id"]
    return approved and his and hands.configured(agency_id, now_of(request))


def _said(row: dict[str, Any]) -> dict[str, Any]:
    state = State(row["state"])
    return row | {"said": str(DRAFT_LABELS[state]), "tone": TONES[state]}


def _head(found: Detail) -> dict[str, Any]:
    row = found.dossier
    return {"dossier": row, "code": row["code"] or row["submission_code"]}
