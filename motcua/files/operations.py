"""The acts of the room: bytes taken in become a row by which another room can link them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from motcua.files import events, policies, shelves
from motcua.files.shelves import Kept
from motcua.ledger import sql
from motcua.ledger.acts import act
from motcua.rules.actor import Actor


def store(
    chunks: Iterable[bytes], name: str, *, actor: Actor, at: datetime, limit: int | None = None
) -> int:
    """Take in a file; returns the id of its blob, which may be an older one with the same content.

    Raises file.may_not and what `shelves.keep` raises; then nothing is left behind.
    """
    policies.to_store(actor)
    kept = shelves.keep(chunks, name, limit=limit)
    return store_kept([kept], actor=actor, at=at)[kept.sha256]


def store_kept(kept: Sequence[Kept], *, actor: Actor, at: datetime) -> Mapping[str, int]:
    """Give what lies on the shelf its rows, in one act; returns the blobs' ids by hash. What has a row
    already keeps it, and nothing is recorded of it. Raises file.may_not."""
    policies.to_store(actor)
    wanted = {one.sha256: one for one in kept}
    known = _known(wanted)
    missing = [one for sha256, one in wanted.items() if sha256 not in known]
    if not missing:
        return known
    with suppress(_StoredMeanwhile), act(events.STORED, actor=actor, at=at) as a:
        for one in missing:
            made = sql.fetch(_INSERT, [one.sha256, one.size, one.media_type, a.at])
            if made:
                fields = {"sha256": one.sha256, "size": one.size, "media_type": one.media_type}
                a.about("file", made[0]["id"], fields)
        if not a.entries:
            raise _StoredMeanwhile
    return _known(wanted)


class _StoredMeanwhile(Exception):
    """Somebody else stored all of it first; the act comes to nothing."""


def _known(wanted: Iterable[str]) -> dict[str, int]:
    rows = sql.fetch("SELECT id, sha256 FROM files_blob WHERE sha256 = ANY(%s)", [list(wanted)])
    return {row["sha256"]: row["id"] for row in rows}


_INSERT = """
INSERT INTO files_blob (sha256, size, media_type, stored_at) VALUES (%s, %s, %s, %s)
ON CONFLICT (sha256) DO NOTHING RETURNING id
"""
