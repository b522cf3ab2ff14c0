"""Lists kept under names: the chips over a list, keeping the one shown, dropping one, opening with one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from motcua.desk.door import actor_of, now_of, officers_only
from motcua.dossiers import kept_views, operations
from motcua.look.sentences import sentence
from motcua.rules.refusal import Refusal

PAGES = {"inbox": "desk:inbox", "dossiers": "desk:dossiers"}
WHOLE = "tat-ca"
"""In an address: the list as it is, though another opens first."""
PASSING = ("after", WHOLE, "dong")


def shown(request: HttpRequest, page: str) -> dict[str, Any] | HttpResponse:
    """What the template parts/kept.html shows over a list; a redirect where another list opens first."""
    views = kept_views.kept(actor_of(request), page)
    address, query = reverse(PAGES[page]), _query(request.GET)
    first = next((view for view in views if view.first), None)
    if first and not request.GET:
        return redirect(f"{address}?{first.query}" if first.query else f"{address}?{WHOLE}=1")
    return {
        "kept": [
            {
                "view": view,
                "address": f"{address}?{view.query or WHOLE + '=1'}",
                "here": view.query == query,
            }
            for view in views
        ],
        "kept_page": page,
        "kept_query": query,
        "kept_whole": f"{address}?{WHOLE}=1",
    }


def _query(asked: QueryDict) -> str:
    said = asked.copy()
    for name in PASSING:
        said.pop(name, None)
    for name in [name for name in said if not said[name]]:
        said.pop(name)
    return said.urlencode()


@require_POST
@officers_only
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the list shown under the name typed."""
    page, query = request.POST.get("trang", ""), _query(QueryDict(request.POST.get("loc", "")))
    try:
        operations.save_view(
            page=page,
            name=request.POST.get("ten", ""),
            query=query,
            actor=actor_of(request),
            at=now_of(request),
        )
    except Refusal as refusal:
        messages.warning(request, sentence(refusal.code, refusal.params))
    else:
        messages.success(request, "Đã lưu bộ lọc.")
    return redirect(f"{reverse(PAGES.get(page, 'desk:inbox'))}?{query or WHOLE + '=1'}")


@require_POST
@officers_only
def change(request: HttpRequest, view_id: int) -> HttpResponse:
    """Drop a list kept, open the page with it, or no longer."""
    said: dict[str, Any] = {
        "view_id": view_id,
        "actor": actor_of(request),
        "at": now_of(request),
    }
    doing = request.POST.get("viec", "")
    if doing == "xoa":
        operations.remove_view(**said)
    else:
        operations.put_view_first(**said, first=doing == "mac-dinh")
    messages.success(request, "Đã xóa bộ lọc." if doing == "xoa" else "Đã đổi bộ lọc mặc định.")
    return redirect(f"{reverse(PAGES.get(request.POST.get('trang', ''), 'desk:inbox'))}?{WHOLE}=1")
