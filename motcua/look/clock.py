"""The doors' clock: the only place where a page, a call or a job learns what time it is."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from motcua.look.formats import LOCAL

_STARTED = datetime.now(LOCAL)


def now() -> datetime:
    """Now; with the example, its own today, running forward from the moment the process started."""
    real = datetime.now(LOCAL)
    today: datetime | None = settings.EXAMPLE_TODAY
    return real if today is None else today + (real - _STARTED)
