"""Whether a result stands, open to everybody: by the QR code on it, or by its file, which is not kept."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from motcua.dossiers import verifying
from motcua.dossiers.verifying import Answer, State
from motcua.files import shelves
from motcua.look import problems, signatures
from motcua.look.throttle import Throttle
from motcua.people.acting import Request
from motcua.portal.forms_verify import Ask, Code, token_in
from motcua.rules.refusal import Refusal

lookups = Throttle(30, 60)
"""Thirty codes a minute from one address."""
files = Throttle(6, 60)
"""Six files a minute from one address: each takes a second of a processor."""
SAYS = {
    State.VALID: ("good", "Kết quả đang có hiệu lực"),
    State.REVOKED: ("bad", "Kết quả đã bị thu hồi"),
    State.REPLACED: ("warn", "Kết quả đã được thay thế"),
    State.ALTERED: ("bad", "Tệp đã bị sửa"),
    State.UNKNOWN: ("warn", "Không tìm thấy kết quả này"),
}


@require_safe
def token(request: Request, token: str) -> HttpResponse:
    """`/xac-minh/<token>/`: what the QR code on a result opens. An unknown code takes the same work."""
    if not lookups.allows(_address(request)):
        return _too_many(request)
    return _page(request, answer=verifying.by_token(token), by_code=True)


@sensitive_post_parameters()
def ask(request: Request) -> HttpResponse:
    """`/xac-minh/`: a file, or the code of its QR code."""
    if request.method == "POST":
        return _by_file(request)
    typed = request.GET.get("ma", "")
    if not typed:
        return _page(request)
    found = token_in(typed)
    if found:
        return HttpResponseRedirect(reverse("portal:verify_token", args=[found]))
    return _page(request, code=Code({"ma": typed}), status=422)


def _by_file(request: Request) -> HttpResponse:
    form = Ask(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    if not files.allows(_address(request)):
        return _too_many(request)
    try:
        answer = _looked(form.cleaned_data["tep"], request)
    except Refusal as refused:
        form.add_refusal(refused)
        return _page(request, form=form, status=503)
    return _page(request, answer=answer, name=shelves.clean_name(form.cleaned_data["tep"].name))


def _looked(sent: UploadedFile[Any], request: Request) -> Answer:
    """The file is on the disk only while it is looked at."""
    with tempfile.NamedTemporaryFile(prefix="motcua-xac-minh-", suffix=".pdf") as file:
        for chunk in sent.chunks():
            file.write(chunk)
        file.flush()
        return verifying.by_file(Path(file.name), request.now)


def _page(
    request: Request,
    *,
    answer: Answer | None = None,
    form: Ask | None = None,
    code: Code | None = None,
    name: str = "",
    by_code: bool = False,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form or Ask(),
        "code": code or Code(),
        "answer": answer,
        "name": name,
        "by_code": by_code,
        "most": shelves.upload_limit_text(),
    }
    if answer is not None:
        context["tone"], context["says"] = SAYS[answer.state]
        context["signatures"] = signatures.told(answer.signatures)
    response = render(request, "portal/verify.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _address(request: Request) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _too_many(request: Request) -> HttpResponse:
    return problems.page(
        request,
        429,
        title="Xác minh quá nhiều lần",
        sentence="Từ địa chỉ này vừa có nhiều lượt xác minh liên tiếp.",
        remedy="Hãy chờ một phút rồi thử lại.",
    )
