"""Files of a dossier looked at page by page, without a download; reached through the dossier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.desk.door import actor_of, officers_only, page
from motcua.dossiers import attachments, prints, queries
from motcua.files import previews
from motcua.look import signatures
from motcua.look.sentences import sentence
from motcua.rules.refusal import Refusal

SIZES = {"vua": previews.PLAIN, "lon": previews.LARGE, "rat-lon": previews.LARGEST}
NAMED = {"vua": "Vừa", "lon": "Lớn", "rat-lon": "Rất lớn"}
SHOWN = 500
"""Thumbnails on one page: as many as a file may have pages by default."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A file to look at: what it is called, its bytes, and where its pages and itself are."""

    name: str
    sha256: str
    media_type: str
    pictures: str
    download: str


@require_safe
@officers_only
def attachment(request: HttpRequest, dossier_id: UUID, attachment_id: UUID) -> HttpResponse:
    """`/ho-so/<id>/tep/<tệp>/xem/`."""
    held = attachments.one(actor_of(request), dossier_id, attachment_id)
    ids = [dossier_id, attachment_id]
    looked = Looked(
        held.name,
        held.sha256,
        held.media_type,
        reverse("desk:attachment_page", args=[*ids, 1]).removesuffix("1/"),
        reverse("portal:attachment", args=ids),
    )
    return _viewer(request, dossier_id, looked)


@require_safe
@officers_only
def attachment_page(
    request: HttpRequest, dossier_id: UUID, attachment_id: UUID, number: int
) -> HttpResponseBase:
    """A page of a file as a picture."""
    held = attachments.one(actor_of(request), dossier_id, attachment_id)
    return picture(request, held.sha256, held.media_type, number)


@require_safe
@officers_only
def slip(request: HttpRequest, dossier_id: UUID, slip_id: UUID) -> HttpResponse:
    """`/ho-so/<id>/phieu/<phiếu>/xem/`: a statutory paper in the same viewer."""
    found = queries.slip(actor_of(request), dossier_id, slip_id)
    ids = [dossier_id, slip_id]
    looked = Looked(
        f"{prints.as_issued(found)[0].title} số {found.number}",
        previews.of_printed(prints.issued(found)),
        previews.PDF,
        reverse("desk:slip_page", args=[*ids, 1]).removesuffix("1/"),
        reverse("desk:slip", args=ids),
    )
    return _viewer(request, dossier_id, looked)


@require_safe
@officers_only
def slip_page(
    request: HttpRequest, dossier_id: UUID, slip_id: UUID, number: int
) -> HttpResponseBase:
    """A page of a statutory paper as a picture."""
    found = queries.slip(actor_of(request), dossier_id, slip_id)
    return picture(request, previews.of_printed(prints.issued(found)), previews.PDF, number)


def picture(
    request: HttpRequest, sha256: str, media_type: str, number: int, widths: Any = previews.WIDTHS
) -> HttpResponseBase:
    """The WebP of a page (from 1) of bytes the reader has been allowed; `rong` and `xoay` as asked."""
    width = _whole(request.GET.get("rong"), previews.THUMBNAIL)
    turn = _whole(request.GET.get("xoay"), 0)
    made = previews.picture(
        sha256,
        media_type,
        page=max(number, 1) - 1,
        width=width if width in widths else 0,
        turn=turn,
    )
    answer = FileResponse(made.open("rb"), content_type="image/webp")
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _viewer(request: HttpRequest, dossier_id: UUID, looked: Looked) -> HttpResponse:
    context: dict[str, Any] = {"dossier_id": dossier_id, "looked": looked}
    context |= signatures.of_file(looked.sha256, looked.media_type, officer=True)
    try:
        if looked.media_type == previews.WORD:
            context["text"] = previews.words(looked.sha256, looked.media_type)
        else:
            many = previews.pages(looked.sha256, looked.media_type)
            context |= _pages(request, looked, many)
    except Refusal as refused:
        context["refused"] = sentence(refused.code, {"name": looked.name, **refused.params})
    return page(request, "desk/viewer.html", context)


def _pages(request: HttpRequest, looked: Looked, many: int) -> dict[str, Any]:
    now = min(max(_whole(request.GET.get("trang"), 1), 1), many)
    size = request.GET.get("co", "vua")
    size = size if size in SIZES else "vua"
    turn = _whole(request.GET.get("xoay"), 0)
    turn = turn if turn in previews.TURNS else 0

    def to(**changed: Any) -> str:
        return "?" + urlencode({"trang": now, "co": size, "xoay": turn} | changed)

    drawn = urlencode({"rong": SIZES[size], "xoay": turn})
    return {
        "number": now,
        "many": many,
        "picture": f"{looked.pictures}{now}/?{drawn}",
        "size": size,
        "sizes": [(NAMED[key], to(co=key), key == size) for key in SIZES],
        "previous": to(trang=now - 1) if now > 1 else "",
        "next": to(trang=now + 1) if now < many else "",
        "right": to(xoay=(turn + 90) % 360),
        "left": to(xoay=(turn - 90) % 360),
        "thumbnails": [
            (n, to(trang=n), f"{looked.pictures}{n}/") for n in range(1, min(many, SHOWN) + 1)
        ],
    }


def _whole(text: str | None, otherwise: int) -> int:
    said = text or ""
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 6 else otherwise
