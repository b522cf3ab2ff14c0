"""Pictures drawn for a page: QR codes, of one of our addresses or of a payment."""

from __future__ import annotations

import segno
from django.conf import settings
from django.utils.safestring import mark_safe


def qr(path: str, title: str) -> str:
    """The address of a page of ours as a picture to scan; `title` says where it leads."""
    return drawn(f"{settings.PUBLIC_URL}{path}", title)


def drawn(text: str, title: str) -> str:
    """A text as a picture to scan; `title` says what it is."""
    made = segno.make(text, micro=False, error="m")
    picture = made.svg_inline(scale=5, border=2, omitsize=True, title=title)
    return mark_safe(picture)  # noqa: S308 — drawn here; the title is escaped
