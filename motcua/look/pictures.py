"""Pictures drawn for a page: the QR code of one of our addresses."""

from __future__ import annotations

import segno
from django.conf import settings
from django.utils.safestring import mark_safe


def qr(path: str, title: str) -> str:
    """The address of a page of ours as a picture to scan; `title` says where it leads."""
    made = segno.make(f"{settings.PUBLIC_URL}{path}", micro=False, error="m")
    drawn = made.svg_inline(scale=5, border=2, omitsize=True, title=title)
    return mark_safe(drawn)  # noqa: S308 — drawn here from an address of ours
