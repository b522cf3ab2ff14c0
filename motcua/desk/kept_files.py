"""Files sent along with a form of the desk, and files given back: never shown as a page."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from django.http import FileResponse, HttpRequest

from motcua.files import operations
from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal

MOST = 20


def store(request: HttpRequest, field: str, actor: Actor, at: datetime) -> list[tuple[int, str]]:
    """Store the files of a field; each one's blob id and name. Raises what files.keep raises, and
    file.too_many."""
    sent = request.FILES.getlist(field)
    if len(sent) > MOST:
        raise Refusal("file.too_many", {"most": MOST, "field": field})
    kept = [operations.keep(one.chunks(), one.name or "", actor=actor, at=at) for one in sent]
    if not kept:
        return []
    ids = operations.store_kept(kept, actor=actor, at=at)
    return [(ids[one.sha256], one.name) for one in kept]


def given(content: BinaryIO, name: str, media_type: str, *, inline: bool = False) -> FileResponse:
    """A file as an answer: kept by no cache, and nothing in it runs."""
    made = FileResponse(content, as_attachment=not inline, filename=name, content_type=media_type)
    made["Content-Security-Policy"] = "default-src 'none'; sandbox"
    made["X-Content-Type-Options"] = "nosniff"
    made["Cache-Control"] = "private, no-store"
    return made
