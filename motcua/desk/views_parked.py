"""Unfinished intakes: kept while they are written, gone on with from the list, thrown away."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from motcua.desk.door import actor_of, now_of, officers_only, page
from motcua.dossiers import operations

NOT_KEPT = ("csrfmiddlewaretoken", "viec", "parked")
TELLING = ("identity", "name", "submitter_name", "subject")
"""With nothing written in any of these there is nothing to keep."""


def read_id(text: str) -> UUID | None:
    """An id as an address or a form has it; None for what is none."""
    try:
        return UUID(str(text))
    except ValueError:
        return None


def keep(request: HttpRequest) -> bool:
    """Put aside what the form has, under the id it carries; whether there was anything to keep."""
    typed = {n: v for n, v in request.POST.dict().items() if n not in NOT_KEPT and v}
    parked_id = read_id(request.POST.get("parked", ""))
    if parked_id is None or not any(str(typed.get(name, "")).strip() for name in TELLING):
        return False
    label = str(typed.get("name") or typed.get("identity") or "Chưa ghi tên")
    operations.park(
        parked_id=parked_id,
        label=label,
        typed=typed,
        actor=actor_of(request),
        at=now_of(request),
    )
    return True


@require_POST
@officers_only
def park(request: HttpRequest) -> HttpResponse:
    """Keep what is being written, as the page asks while the clerk goes on."""
    kept = keep(request)
    return page(request, "desk/parts/parked.html", {"kept": kept, "kept_at": now_of(request)})


@require_POST
@officers_only
def discard(request: HttpRequest, parked_id: UUID) -> HttpResponse:
    """Throw one away."""
    operations.discard_parked(parked_id=parked_id, actor=actor_of(request), at=now_of(request))
    return redirect("desk:intake")
