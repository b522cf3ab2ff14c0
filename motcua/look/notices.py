"""A box of notices as the doors show it; each door says where a subject is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from motcua.ledger.paging import Cursor, Page
from motcua.messaging import operations, queries
from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Shown:
    """One notice: what it says, when, whether anybody has read it, and where its subject is opened."""

    id: UUID
    title: str
    text: str
    at: datetime
    new: bool
    to_post: bool
    href: str


def box(request: HttpRequest, actor: Actor, href: Callable[[UUID], str]) -> dict[str, Any]:
    """What a page of notices shows: `notices` and `next`."""
    after = request.GET.get("after")
    page = queries.notices(actor, after=Cursor.parse(after) if after else None)
    return {"notices": list(_shown(page, href)), "next": page.next}


def read(request: HttpRequest, actor: Actor, at: datetime) -> None:
    """Mark as read the notice a form names, or all. Raises notice.not_visible."""
    given = request.POST.get("notice", "")
    try:
        notice_id = UUID(given) if given else None
    except ValueError:
        raise Refusal("notice.not_visible") from None
    operations.read(actor=actor, at=at, notice_id=notice_id)


def _shown(page: Page, href: Callable[[UUID], str]) -> Iterator[Shown]:
    for row in page.rows:
        yield Shown(
            id=row["id"],
            title=row["title"],
            text=row["text"],
            at=row["at"],
            new=row["read_at"] is None,
            to_post=row["to_post"],
            href=href(row["subject_id"]) if row["subject_kind"] == "dossier" else "",
        )
