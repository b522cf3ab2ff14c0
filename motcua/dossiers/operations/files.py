"""Files of a dossier and its papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from motcua.dossiers import attachments, events, policies
from motcua.dossiers.attachments import Attached
from motcua.dossiers.models import Attachment
from motcua.ledger.acts import act
from motcua.rules.actor import Actor


def attach(
    *, dossier_id: UUID, files: Sequence[Attached], actor: Actor, at: datetime
) -> Sequence[UUID]:
    """Link stored files to a dossier and its papers; returns the attachments' ids, in order.

    Raises dossier.not_visible, dossier.takes_no_files, dossier.no_such_paper.
    """
    with act(events.FILE_ATTACHED, actor=actor, at=at) as a:
        policies.to_attach(actor, dossier_id, a)
        rows = attachments.rows(dossier_id, files, a.at)
        a.insert(Attachment, rows)
        a.about("dossier", dossier_id, {"files": [file.blob_id for file in files]})
    return [row["id"] for row in rows]
