"""Bytes taken in become a row by which another room can link them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from motcua.files import events, policies, shelves
from motcua.files.operations.quarantines import apart
from motcua.files.operations.signatures import turn_away, witness
from motcua.files.shelves import Distrusted, Infected, Kept
from motcua.ledger import sql
from motcua.ledger.acts import act
from motcua.rules.actor import Actor
from motcua.rules.vietnamese import fold


def store(
    chunks: Iterable[bytes], name: str, *, actor: Actor, at: datetime, limit: int | None = None
) -> int:
    """Take in a file; returns the id of its blob, which may be an older one with the same content.

    Raises file.may_not and what `keep` raises; then nothing is left on the shelf.
    """
    policies.to_store(actor)
    kept = keep(chunks, name, actor=actor, at=at, limit=limit)
    return store_kept([kept], actor=actor, at=at)[kept.sha256]


def keep(
    chunks: Iterable[bytes], name: str, *, actor: Actor, at: datetime, limit: int | None = None
) -> Kept:
    """Put bytes on the shelf, and keep the evidence of their signatures. What harms, or bears a signature
    that is worth nothing, goes to quarantine, which is recorded, and is refused.

    Raises what `shelves.keep` raises, file.infected and file.altered among it.
    """
    try:
        kept = shelves.keep(chunks, name, limit=limit)
    except Infected as infected:
        quarantine(infected, actor=actor, at=at)
        raise
    except Distrusted as distrusted:
        turn_away(distrusted, actor=actor, at=at)
        raise
    witness([kept], actor=actor, at=at)
    return kept


def quarantine(infected: Infected, *, actor: Actor, at: datetime) -> None:
    """Record that a file was found to harm and lies apart: who brought it, when, and what was found.

    Whoever can send bytes can have done it, signed in or not. The name stays in the row.
    """
    policies.to_bring(actor)
    with act(events.QUARANTINED, actor=actor, at=at) as a:
        quarantined_id = apart(a, infected, infected.found, actor)
        said = {"sha256": infected.sha256, "size": infected.size, "found": infected.found}
        a.about("quarantined_file", quarantined_id, said)


def store_kept(kept: Sequence[Kept], *, actor: Actor, at: datetime) -> Mapping[str, int]:
    """Give what lies on the shelf its rows, in one act; returns the blobs' ids by hash. What has a row
    already keeps it, and nothing is recorded of it. Raises file.may_not."""
    policies.to_store(actor)
    witness(kept, actor=actor, at=at)
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


def recognise(*, blob_id: int, text: str, engine: str, actor: Actor, at: datetime) -> None:
    """Keep the words a program read on a file, for search; read again, they replace the older ones.

    Only the system does. The words are not in the record: how many letters, and by which program, are.
    """
    policies.to_recognise(actor)
    with act(events.RECOGNISED, actor=actor, at=at) as a:
        sql.fetch(_ALONE, [blob_id])  # the row itself may be locked by nobody: it never changes
        a.hold("file", blob_id)
        sql.execute(_RECOGNISED, [blob_id, text, fold(text), engine, a.at])
        a.about("file", blob_id, {"engine": engine, "letters": len(text)})


class _StoredMeanwhile(Exception):
    """Somebody else stored all of it first; the act comes to nothing."""


def _known(wanted: Iterable[str]) -> dict[str, int]:
    rows = sql.fetch("SELECT id, sha256 FROM files_blob WHERE sha256 = ANY(%s)", [list(wanted)])
    return {row["sha256"]: row["id"] for row in rows}


_ALONE = "SELECT pg_advisory_xact_lock(7104, %s::int)"
_RECOGNISED = """
INSERT INTO files_filetext (blob_id, text, folded, engine, at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (blob_id) DO UPDATE
SET text = excluded.text, folded = excluded.folded, engine = excluded.engine, at = excluded.at
"""
_INSERT = """
INSERT INTO files_blob (sha256, size, media_type, stored_at) VALUES (%s, %s, %s, %s)
ON CONFLICT (sha256) DO NOTHING RETURNING id
"""
