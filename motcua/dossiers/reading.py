"""The words of dossiers' papers: read in the background, searched within what the reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from motcua.dossiers import policies
from motcua.dossiers.queries import LIST
from motcua.files import operations as files
from motcua.files import recognition
from motcua.ledger import sql
from motcua.rules.actor import Actor, system
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal
from motcua.rules.vietnamese import fold

BACK = timedelta(days=7)
"""Attachments made longer ago than this are not looked for: a reader that was off for a week catches up."""
AT_ONCE = 20
SHORTEST = 3
"""Letters of a word worth looking for in all papers."""
FOUND_AT_MOST = 200
"""Dossiers looked up for words that stand on half of all papers: enough to say that they are too common."""
READER: Actor = system("nhận dạng chữ")


def read_new(*, at: datetime, many: int = AT_ONCE) -> int:
    """Read the newest files that nobody has read yet; returns how many. 0 where no reader is installed.

    A file that cannot be read is kept with no words, so that it is tried once.
    """
    engine = recognition.engine()
    if engine is None:
        return 0
    rows = sql.fetch(UNREAD, [_since(), many])
    for row in rows:
        try:
            text = recognition.read(row["sha256"], row["media_type"])
        except Refusal as refused:
            if refused.code == "file.busy":
                continue
            text = ""
        files.recognise(blob_id=row["id"], text=text, engine=engine, actor=READER, at=at)
    return len(rows)


def find(actor: Actor, text: str, *, size: int = 20) -> Sequence[dict[str, Any]]:
    """Dossiers of the actor's scope with all these words on one of their papers, newest first."""
    words = " ".join(fold(text).split())
    if not any(len(word) >= SHORTEST for word in words.split()):
        return []
    where, params = policies.scope(actor)
    return sql.fetch(
        f"{LIST} WHERE dossiers_dossier.id IN (SELECT a.dossier_id FROM files_filetext t "  # noqa: S608
        "JOIN dossiers_attachment a ON a.blob_id = t.blob_id "
        "JOIN dossiers_dossier ON dossiers_dossier.id = a.dossier_id "
        "WHERE to_tsvector('simple'::regconfig, COALESCE(t.folded, '')) "
        f"@@ plainto_tsquery('simple', %s) AND {where} LIMIT %s) "
        "ORDER BY dossiers_dossier.received_at DESC, dossiers_dossier.id DESC LIMIT %s",
        [words, *params, FOUND_AT_MOST, size],
    )


def _since() -> UUID:
    """The first id of attachments to look at: ids begin with the millisecond they were made in."""
    moment = (new_id().int >> 80) - int(BACK.total_seconds() * 1000)
    return UUID(int=moment << 80)


UNREAD = """
SELECT DISTINCT ON (b.id) b.id, b.sha256, b.media_type FROM dossiers_attachment a
JOIN files_blob b ON b.id = a.blob_id
LEFT JOIN files_filetext t ON t.blob_id = b.id
WHERE a.id > %s AND t.blob_id IS NULL ORDER BY b.id DESC LIMIT %s
"""
