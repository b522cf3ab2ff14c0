"""What every template may name."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from motcua.look import clock
from motcua.messaging import queries as messaging
from motcua.people.queries import NOBODY


def common(request: HttpRequest) -> dict[str, Any]:
    """`province`, `now` (the doors' clock), `example` (whether the records are constructed), `acting`
    (who acts and in which seat), `posts`, the (id, label) pairs to choose from where there is a choice,
    and `unread`, how many notices await who acts.

    Who acts and what awaits him is asked of the database only by a page that names it.
    """
    acting = getattr(request, "acting", NOBODY)
    return {
        "province": settings.PROVINCE,
        "now": getattr(request, "now", None) or clock.door_now(),
        "example": settings.EXAMPLE,
        "acting": acting,
        "posts": SimpleLazyObject(lambda: [(seat.held_id, seat.label) for seat in acting.seats]),
        "unread": cache(lambda: messaging.unread(acting.actor)),
    }
