"""Search by the words on dossiers' papers: apart from the search by code and name, which stays as fast."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from motcua.desk.door import actor_of, now_of, officers_only, page
from motcua.desk.views_list import rows_of
from motcua.dossiers import reading

SIZE = 20


@require_safe
@officers_only
def in_papers(request: HttpRequest) -> HttpResponse:
    """`/tim/giay-to/`: a page of its own, and a part of the page of search where there is script."""
    text = request.GET.get("q", "").strip()[:200]
    rows = reading.find(actor_of(request), text, size=SIZE)
    context = {"q": text, "rows": rows_of(rows, now_of(request)), "full": len(rows) == SIZE}
    part = request.headers.get("HX-Request") == "true"
    template = "desk/parts/in_papers.html" if part else "desk/search_papers.html"
    return page(request, template, context)
