"""What every template may name."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from motcua.look import clock
from motcua.people.queries import NOBODY


def common(request: HttpRequest) -> dict[str, Any]:
    """`province`, `now` (the doors' clock), `example` (whether the records are constructed), `acting`
    (who acts and in which seat) and `posts`, the (id, label) pairs to choose from where there is a choice.

    Who acts is asked of the database only by a page that names it.
    """
    acting = getattr(request, "acting", NOBODY)
    return {
        "province": settings.PROVINCE,
        "now": getattr(request, "now", None) or clock.door_now(),
        "example": settings.EXAMPLE,
        "acting": acting,
        "posts": SimpleLazyObject(lambda: [(seat.held_id, seat.label) for seat in acting.seats]),
    }
