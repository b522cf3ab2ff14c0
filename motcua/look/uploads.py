"""Uploads stop at the limit: what is too large is refused while it comes, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from motcua.files.shelves import size_text
from motcua.look import problems
from motcua.rules.refusal import Refusal

BESIDE = 1024 * 1024
"""What a form may weigh beside its files."""
DRAINED = 4
"""So many times the limit is read and thrown away, so that a browser hears the answer; no more."""
CHUNK = 1024 * 1024

View = Callable[..., HttpResponseBase]


class Quota(FileUploadHandler):
    """Counts the bytes of all files of a form; raises file.too_many_bytes beyond the limit."""

    def __init__(self, request: HttpRequest, limit: int) -> None:
        super().__init__(request)
        self.limit, self.received = limit, 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > self.limit:
            raise Refusal("file.too_many_bytes", {"limit": size_text(self.limit)})
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def receives_files(view: View) -> View:
    """A page whose form carries files: too many bytes are refused with 413, before they are written.

    The form's token is read after the limit is set, for reading it reads the whole form.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        limit: int = settings.UPLOAD_LIMIT
        if _announced(request) > limit + BESIDE:
            _drain(request, DRAINED * limit)
            return _too_large(request, limit)
        request.upload_handlers.insert(0, Quota(request, limit))
        try:
            return protected(request, *args, **kwargs)
        except Refusal as refused:
            if refused.code != "file.too_many_bytes":
                raise
            return _too_large(request, limit)

    return guarded


def _announced(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdecimal() else 0


def _drain(request: HttpRequest, most: int) -> None:
    while most > 0 and (read := len(request.read(CHUNK))):
        most -= read


def _too_large(request: HttpRequest, limit: int) -> HttpResponseBase:
    return problems.page(
        request,
        413,
        title="Tệp quá lớn",
        sentence=f"Các tệp vừa gửi lớn hơn {size_text(limit)}, nên chưa tệp nào được nhận.",
        remedy="Hãy quay lại trang trước, gửi từng tệp, hoặc chụp, quét lại ở độ phân giải thấp hơn.",
        code="file.too_many_bytes",
    )
