"""Digitising a dossier's papers: what was scanned, photographed or uploaded becomes copies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.desk import views_viewer
from motcua.desk.door import actor_of, officers_only, page
from motcua.desk.forms_scans import TURNS, CopyForm
from motcua.dossiers import operations, queries, scan_folder, scans
from motcua.dossiers.operations import Taken
from motcua.dossiers.queries import Detail
from motcua.dossiers.scans import Captured
from motcua.files import operations as files
from motcua.files import previews, shelves
from motcua.look import pictures
from motcua.look.sentences import sentence, status_of
from motcua.look.uploads import receives_files
from motcua.people.acting import Request
from motcua.rules.actor import Actor
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal

PAGES_SHOWN = 60
"""Cards of one capture: a longer document is attached as it is, not page by page."""
SOURCES = {"scanner": "Máy quét", "phone": "Điện thoại", "upload": "Tải lên"}


@dataclass(frozen=True, slots=True)
class Card:
    """A page of a capture on the page of digitising."""

    value: str
    capture: Captured
    number: int
    picture: str
    source: str


@receives_files
@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def scans_of(request: Request, dossier_id: UUID) -> HttpResponse:
    """`/ho-so/<id>/so-hoa/`: captures beside papers; upload, pair a phone, choose, turn, make a copy."""
    found = queries.detail(request.actor, dossier_id)
    form = CopyForm(request.POST if _doing(request) == "tao" else None, papers=found.papers)
    if request.method != "POST":
        return _page(request, found, form)
    try:
        return _done(request, found, form)
    except Refusal as refused:
        said = sentence(refused.code, refused.params)
        return _page(request, found, form, wrong=said, status=status_of(refused.code))


@require_safe
@officers_only
def arrived(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """What came in since the capture `sau`, as cards for the page that asks every few seconds."""
    after = request.GET.get("sau", "")
    fresh = [one for one in scans.of_dossier(actor_of(request), dossier_id) if str(one.id) > after]
    return page(request, "desk/parts/arrived.html", _arrivals(dossier_id, fresh, after))


@require_safe
@officers_only
def capture_page(
    request: HttpRequest, dossier_id: UUID, capture_id: UUID, number: int
) -> HttpResponseBase:
    """A page of a dossier's capture as a picture, reached through the dossier."""
    return _picture(request, dossier_id, capture_id, number)


@require_safe
@officers_only
def tray_page(request: HttpRequest, capture_id: UUID, number: int) -> HttpResponseBase:
    """A page of a capture that is no dossier's yet, for who works at its tray."""
    return _picture(request, None, capture_id, number)


def _picture(
    request: HttpRequest, dossier_id: UUID | None, capture_id: UUID, number: int
) -> HttpResponseBase:
    held = scans.one(actor_of(request), capture_id)
    if held.dossier_id != dossier_id:
        raise Refusal("capture.not_visible")
    return views_viewer.picture(request, held.sha256, held.media_type, number)


def keep_captures(
    sent: Iterable[UploadedFile[Any]],
    *,
    unit_id: int,
    source: str,
    dossier_id: UUID,
    paper_id: UUID | None,
    origin: str,
    actor: Actor,
    at: Any,
) -> list[UUID]:
    """Store files and take them in as captures. Raises the first refusal; what came before it stays."""
    made = []
    for n, file in enumerate(sent):
        name = shelves.clean_name(file.name or "")
        kept = files.keep(file.chunks(), name, actor=actor, at=at)
        blob_id = files.store_kept([kept], actor=actor, at=at)[kept.sha256]
        if not previews.has_pages(kept.media_type):
            raise Refusal("capture.not_a_picture", {"name": name})
        pages = previews.pages(kept.sha256, kept.media_type)
        taken = Taken(blob_id, name, source, f"{origin}:{n}", pages, dossier_id, paper_id)
        made.append(operations.capture(taken=taken, unit_id=unit_id, actor=actor, at=at))
    return made


def _doing(request: HttpRequest) -> str:
    return str(request.POST.get("viec", "")) if request.method == "POST" else ""


def _done(request: Request, found: Detail, form: CopyForm) -> HttpResponse:
    doing = _doing(request)
    if doing == "ghep":
        return _paired(request, found, form)
    if doing == "tao":
        if not form.is_valid():
            return _page(request, found, form, status=422)
        _digitise(request, found, form)
    elif doing == "tai-len":
        _upload(request, found)
    elif doing == "dong":
        _end(request, found)
    elif doing.startswith("bo-"):
        _drop(request, doing.removeprefix("bo-"))
    return redirect("desk:scans", found.case.id)


def _digitise(request: Request, found: Detail, form: CopyForm) -> None:
    operations.digitise(
        dossier_id=found.case.id,
        paper_id=form.paper_id,
        chosen=form.chosen(),
        name=form.file_name,
        actor=request.actor,
        at=request.now,
    )
    messages.success(request, f"Đã tạo bản số hóa “{form.file_name}”.")


def _upload(request: Request, found: Detail) -> None:
    sent = request.FILES.getlist("tep")
    if not sent:
        raise Refusal("capture.nothing_sent")
    made = keep_captures(
        sent,
        unit_id=request.actor.unit_id or found.case.received_by_id,
        source="upload",
        dossier_id=found.case.id,
        paper_id=None,
        origin=f"upload:{new_id()}",
        actor=request.actor,
        at=request.now,
    )
    messages.success(request, f"Đã nhận {len(made)} tệp.")


def _end(request: Request, found: Detail) -> None:
    operations.end_pairing(
        dossier_id=found.case.id,
        pairing_id=_id(request.POST.get("ghep", "")),
        actor=request.actor,
        at=request.now,
    )
    messages.success(request, "Đã đóng ghép điện thoại.")


def _drop(request: Request, capture_id: str) -> None:
    operations.drop_capture(capture_id=_id(capture_id), actor=request.actor, at=request.now)
    messages.success(request, "Đã bỏ ảnh; bản gốc vẫn được giữ.")


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refusal("capture.not_visible") from None


def _paired(request: Request, found: Detail, form: CopyForm) -> HttpResponse:
    """The page with the code to read: the token is in this answer only."""
    wished = request.POST.get("giay", "")
    papers = {str(paper["id"]): paper["id"] for paper in found.papers}
    seat = request.acting.seat
    pairing_id, token = operations.pair_phone(
        dossier_id=found.case.id,
        paper_id=papers.get(wished),
        minutes=settings.PHONE_MINUTES,
        held_id=seat.held_id if seat else None,
        actor=request.actor,
        at=request.now,
    )
    path = reverse("phone", args=[token])
    phone = {
        "pairing_id": pairing_id,
        "address": settings.PUBLIC_URL + path,
        "qr": pictures.qr(path, "Trang chụp giấy tờ cho hồ sơ này"),
        "minutes": settings.PHONE_MINUTES,
    }
    return _page(request, found, form, phone=phone)


def _page(
    request: Request,
    found: Detail,
    form: CopyForm,
    *,
    wrong: str = "",
    phone: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    own = scans.of_dossier(request.actor, found.case.id)
    copies = scans.copies(found.case.id)
    context = {
        "found": found,
        "dossier": found.dossier,
        "code": found.dossier["code"] or found.dossier["submission_code"],
        "form": form,
        "wrong": wrong,
        "phone": phone,
        "papers": [(p, [c for c in copies if c.paper_id == p["id"]]) for p in found.papers],
        "done": len({c.paper_id for c in copies if c.paper_id}),
        "others": [c for c in copies if c.paper_id is None],
        "tray": _cards(scans.tray(request.actor)),
        "folder": scan_folder.state(),
        "limit": shelves.upload_limit_text(),
        "turns": TURNS,
        **_arrivals(found.case.id, own, ""),
    }
    return page(request, "desk/scans.html", context, status=status)


def _arrivals(dossier_id: UUID, fresh: Sequence[Captured], after: str) -> dict[str, Any]:
    return {
        "dossier_id": dossier_id,
        "cards": _cards(fresh),
        "last": max((str(one.id) for one in fresh), default=after),
        "turns": TURNS,
    }


def _cards(captures: Sequence[Captured]) -> list[Card]:
    return [
        Card(
            f"{one.id}:{number - 1}",
            one,
            number,
            _address(one, number),
            SOURCES[one.source],
        )
        for one in captures
        for number in range(1, min(one.pages, PAGES_SHOWN) + 1)
    ]


def _address(one: Captured, number: int) -> str:
    if one.dossier_id is None:
        return reverse("desk:tray_page", args=[one.id, number])
    return reverse("desk:capture_page", args=[one.dossier_id, one.id, number])
