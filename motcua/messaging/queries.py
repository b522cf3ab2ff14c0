"""What lies in an actor's box of notices."""

from __future__ import annotations

from typing import Any

from motcua.ledger import sql
from motcua.ledger.paging import Cursor, Page
from motcua.messaging import policies
from motcua.rules.actor import Actor

Row = dict[str, Any]
MOST = 100
"""Unread notices are counted no further than this."""


def notices(actor: Actor, *, after: Cursor | None = None, size: int = 30) -> Page:
    """What the actor was told, newest first."""
    where, params = policies.addressed_to(actor)
    if after:
        where += " AND (at, id) < (%s, %s)"
        params = [*params, after.at, after.id]
    rows = sql.fetch(
        f"{LIST} WHERE {where} ORDER BY at DESC, id DESC LIMIT %s", [*params, size + 1]
    )
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows, Cursor(rows[-1]["at"], rows[-1]["id"]) if more else None)


def unread(actor: Actor) -> int:
    """How many of them nobody has read yet, counted no further than MOST."""
    if actor.account_id is None:
        return 0
    where, params = policies.addressed_to(actor)
    query = f"{UNREAD} AND {where} LIMIT %s) capped"
    return int(sql.fetch(query, [*params, MOST])[0]["n"])


LIST = """
SELECT id, kind, subject_kind, subject_id, title, text, at, read_at, unit_id IS NOT NULL AS to_post
FROM messaging_notice
"""
UNREAD = "SELECT count(*) AS n FROM (SELECT 1 FROM messaging_notice WHERE read_at IS NULL"
