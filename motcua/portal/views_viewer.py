"""A citizen looks at the files of his own dossier page by page, without a download."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from motcua.dossiers import attachments
from motcua.files import previews
from motcua.look import signatures
from motcua.look.sentences import sentence
from motcua.people.acting import Request, citizens
from motcua.rules.refusal import Refusal

SHOWN = 50
"""Pages one under the other; of a longer file the rest is in the file itself."""


@citizens
def view(request: Request, dossier_id: UUID, attachment_id: UUID) -> HttpResponse:
    """`/ho-so/<id>/tep/<tệp>/xem/`: raises dossier.not_visible (404) for anybody else's."""
    held = attachments.one(request.actor, dossier_id, attachment_id)
    context: dict[str, Any] = {"held": held, "ids": (dossier_id, attachment_id)}
    context |= signatures.of_file(held.sha256, held.media_type)
    try:
        if held.media_type == previews.WORD:
            context["text"] = previews.words(held.sha256, held.media_type)
        else:
            many = previews.pages(held.sha256, held.media_type)
            shown = range(1, min(many, SHOWN) + 1)
            ids = (dossier_id, attachment_id)
            context["pages"] = [
                (n, reverse("portal:attachment_page", args=[*ids, n])) for n in shown
            ]
            context["more"] = max(many - SHOWN, 0)
    except Refusal as refused:
        context["refused"] = sentence(refused.code, {"name": held.name, **refused.params})
    made = render(request, "portal/viewer.html", context)
    made["Cache-Control"] = "private, no-store"
    return made


@citizens
def page(request: Request, dossier_id: UUID, attachment_id: UUID, number: int) -> FileResponse:
    """A page of a file as a picture, reached through its dossier."""
    held = attachments.one(request.actor, dossier_id, attachment_id)
    drawn = previews.picture(
        held.sha256, held.media_type, page=max(number, 1) - 1, width=previews.PLAIN
    )
    made = FileResponse(drawn.open("rb"), content_type="image/webp")
    made["Cache-Control"] = "private, no-store"
    made["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return made
