"""What every template may name."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from motcua.look import clock


def common(request: HttpRequest) -> dict[str, Any]:
    """`province`, `now` (the doors' clock) and `example` (whether the records are constructed)."""
    return {"province": settings.PROVINCE, "now": clock.now(), "example": settings.EXAMPLE}
