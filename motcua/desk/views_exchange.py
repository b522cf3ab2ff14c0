"""The exchange with other systems: what waits, what got stuck and is mended, how both sides compare."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from motcua.desk import words
from motcua.desk.door import actor_of, now_of, officers_only, page, today_of
from motcua.dossiers import exchanged, operations, policies_exchange, ports
from motcua.dossiers.queries import Detail
from motcua.journeys import exchanging
from motcua.look.sentences import sentence, status_of
from motcua.rules.actor import Actor
from motcua.rules.national import Gap
from motcua.rules.refusal import Refusal

GAPS = {
    Gap.MISSING_THERE: ("Bên kia chưa có", "bad"),
    Gap.MISSING_HERE: ("Ở đây chưa có", "bad"),
    Gap.STATUS: ("Trạng thái khác nhau", "warn"),
}
STATES = {"waiting": "info", "sending": "info", "sent": "good", "dead": "bad", "skipped": "warn"}


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def exchange(request: HttpRequest) -> HttpResponse:
    """`/ban-lam-viec/trao-doi/`: each system with its queue, what was refused, what was kept back, and the
    nightly comparisons; `?lan=` shows the differences of one of them."""
    actor = actor_of(request)
    policies_exchange.to_see(actor)
    if request.method == "POST":
        policies_exchange.to_mend(actor)
        return _done(request, actor)
    mends = policies_exchange.may_mend(actor)
    compared = exchanged.reconciliations(actor)
    chosen = next((one for one in compared if str(one.id) == request.GET.get("lan")), None)
    chosen = chosen or next(iter(compared), None)
    differing = _differing(actor, chosen.id) if chosen else []
    context = {
        "queues": exchanged.queues(actor),
        "mends": mends,
        **(_to_mend(actor) if mends else {}),
        "compared": [(one, _title(one.system)) for one in compared],
        "chosen": chosen,
        "chosen_title": _title(chosen.system) if chosen else "",
        "differing": differing,
        "elsewhere": chosen.differences + chosen.waiting - len(differing) if chosen else 0,
    }
    return page(request, "desk/exchange.html", context)


def _to_mend(actor: Actor) -> dict[str, Any]:
    """What got stuck on either way, for who mends it."""
    return {
        "stuck": [(one, words.status(one.status)[0], seen) for one, seen in exchanged.stuck(actor)],
        "held": [
            (one, _title(one.system), sentence(one.reason, one.params))
            for one in exchanged.held(actor)
        ],
    }


def of_dossier(actor: Actor, found: Detail) -> dict[str, Any]:
    """What a dossier's page says of other systems: whose it was first, and what they were told."""
    syncs = exchanged.syncs_of(actor, found.case.id)
    return {
        "foreign": exchanged.owner_of(found.case.id),
        "syncs": [
            (one, _title(one.system), words.status(one.status)[0], STATES[one.state])
            for one in syncs
        ],
    }


def _differing(actor: Actor, reconciliation_id: UUID) -> list[tuple[Any, ...]]:
    return [
        (one, *GAPS[one.gap], *(words.status(s)[0] if s else "–" for s in (one.here, one.there)))
        for one in exchanged.mismatches(actor, reconciliation_id)
    ]


def _title(system: str) -> str:
    port = ports.EXCHANGES.get(system)
    return port.title if port else system


# ---- what is mended ------------------------------------------------------------------------------


def _done(request: HttpRequest, actor: Actor) -> HttpResponse:
    doing = DOING.get(request.POST.get("viec", ""))
    try:
        if doing is None:
            raise ValueError("no such deed")
        messages.success(request, doing(request, actor))
    except ValueError:
        messages.error(request, "Không hiểu yêu cầu. Hãy tải lại trang.")
    except Refusal as refusal:
        if status_of(refusal.code) == 403:
            raise
        messages.error(request, sentence(refusal.code, refusal.params))
    return redirect(reverse("desk:exchange"))


def _named(request: HttpRequest) -> UUID:
    return UUID(request.POST.get("id", ""))


def _reason(request: HttpRequest) -> str:
    return request.POST.get("ly-do", "").strip()[:500]


def _retry(request: HttpRequest, actor: Actor) -> str:
    operations.retry_sync(sync_id=_named(request), actor=actor, at=now_of(request))
    return "Sẽ gửi lại trong vòng một phút."


def _skip(request: HttpRequest, actor: Actor) -> str:
    operations.skip_sync(
        sync_id=_named(request), reason=_reason(request), actor=actor, at=now_of(request)
    )
    return "Đã bỏ qua bản tin; các bản tin sau của hồ sơ sẽ được gửi tiếp."


def _release(request: HttpRequest, actor: Actor) -> str:
    exchanging.release(_named(request), actor=actor, at=now_of(request))
    return "Đã nhận hồ sơ."


def _drop(request: HttpRequest, actor: Actor) -> str:
    operations.drop_held(
        held_id=_named(request), reason=_reason(request), actor=actor, at=now_of(request)
    )
    return "Đã bỏ bản ghi; nội dung gốc vẫn được giữ."


def _compare(request: HttpRequest, actor: Actor) -> str:
    key = request.POST.get("he-thong", "")
    if key not in ports.EXCHANGES:
        raise ValueError(key)
    today, at = today_of(request), now_of(request)
    differing = exchanging.reconcile(
        key, ports.EXCHANGES[key].adapter, today - exchanging.WINDOW, today, lambda: at, actor
    )
    return f"Đối soát xong: {differing} chênh lệch."


def _tell(request: HttpRequest, actor: Actor) -> str:
    told = exchanging.tell_differing(_named(request), actor=actor, at=now_of(request))
    return f"Sẽ gửi lại trạng thái hiện tại của {told} hồ sơ trong vòng một phút."


DOING: dict[str, Callable[[HttpRequest, Actor], str]] = {
    "gui-lai": _retry,
    "bo-qua": _skip,
    "thu-lai": _release,
    "bo": _drop,
    "doi-soat": _compare,
    "gui-lech": _tell,
}
