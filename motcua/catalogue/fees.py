"""The fee lines a sealed version states for a channel; sealed, so read once by each process."""

from __future__ import annotations

from functools import lru_cache

from motcua.ledger import sql
from motcua.rules.books import Channel
from motcua.rules.fees import Kind, Listed, kind_of
from motcua.rules.procedure_text import parse_fee


@lru_cache(maxsize=10_000)
def listed(version_id: int, channel: Channel) -> tuple[Listed, ...]:
    """The lines of a version for whoever files on `channel`, in the order of the version; what is free is no
    line."""
    return tuple(
        Listed(row["position"], row["text"], row["amount"], _kind(row["text"]))
        for row in sql.fetch(LISTED, [version_id, int(channel)])
    )


def _kind(text: str) -> Kind:
    """What the words say it is; a line that says neither is a fee."""
    if kind_of(text) is Kind.DUTY or parse_fee(text).kind == "duty":
        return Kind.DUTY
    return Kind.FEE


LISTED = """
SELECT f.position, f.text, f.amount FROM catalogue_feerule f
JOIN catalogue_channelrule c ON c.id = f.channel_id
WHERE c.version_id = %s AND c.channel = %s AND f.amount IS DISTINCT FROM 0 ORDER BY f.position
"""
