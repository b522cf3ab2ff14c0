"""The lines to the outside, for who runs the system: whether each answers, what waits, what stopped."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from motcua.desk.door import actor_of, now_of, officers_only, page
from motcua.dossiers import briefs, exchanged
from motcua.ledger.ports import PORTS, Check, Outside, Port
from motcua.look.sentences import sentence
from motcua.messaging import operations, policies
from motcua.messaging import queries as messaging
from motcua.messaging.queries import Stopped
from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal

LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Line:
    """A place for an outside system: what is plugged in, and what it said when it was asked."""

    title: str
    connected: bool
    check: Check | None


@require_safe
@officers_only
def connections(request: HttpRequest) -> HttpResponse:
    """`/ban-lam-viec/ket-noi/`; `?kiem-tra=1` asks every system how it is."""
    actor = actor_of(request)
    policies.to_operate(actor)
    asked = "kiem-tra" in request.GET
    context = {
        "lines": _lines(PORTS.values(), asked=asked),
        "asked": asked,
        "ill": messaging.ill_carriers(actor),
        "queues": messaging.queues(actor, now_of(request) - LATELY),
        "exchanges": exchanged.queues(actor),
        "stopped": _stopped(actor),
    }
    return page(request, "desk/connections.html", context)


def _stopped(actor: Actor) -> list[tuple[Stopped, bool]]:
    """The messages that stopped, and whether the reader may see the dossier each is about: of another's he
    reads the channel and what the carrier said, not the code."""
    found = messaging.stopped(actor)
    seen = briefs.briefs(actor, {one.subject_id for one in found})
    return [(one, one.subject_id in seen) for one in found]


def _lines(ports: Iterable[Port[Outside]], *, asked: bool) -> list[Line]:
    """Every port; all are asked at once, for one that does not answer takes its time."""
    found = list(ports)
    plugged = [port.plugged for port in found if port.plugged is not None]
    checks: dict[int, Check] = {}
    if asked and plugged:
        with ThreadPoolExecutor(len(plugged)) as pool:
            said = pool.map(lambda adapter: adapter.check(), plugged)
            checks = {id(adapter): check for adapter, check in zip(plugged, said, strict=True)}
    return [
        Line(port.title, port.plugged is not None, checks.get(id(port.plugged))) for port in found
    ]


@require_POST
@officers_only
def send_again(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """`ket-noi/<id>/gui-lai/`: one message once more, with the reason."""
    try:
        operations.send_again(
            delivery_id=delivery_id,
            reason=request.POST.get("reason", ""),
            actor=actor_of(request),
            at=now_of(request),
        )
    except Refusal as refusal:
        if refusal.code in ("delivery.may_not", "notice.not_visible"):
            raise
        messages.error(request, sentence(refusal.code, refusal.params))
    else:
        messages.success(request, "Tin được xếp vào hàng chờ gửi lại.")
    return redirect("desk:connections")
