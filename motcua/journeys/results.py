"""Drafts of results over the rooms: what is rendered and stored between the acts (decision 0005, 0020)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from motcua.dossiers import drafting, operations
from motcua.files import office, shelves
from motcua.files import operations as files
from motcua.files.shelves import Kept
from motcua.journeys import hands, issuing
from motcua.rules.actor import Actor
from motcua.rules.casework_drafts import Version, Written
from motcua.rules.refusal import Refusal

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def approve(*, dossier_id: UUID, draft_id: UUID, version: int, actor: Actor, at: datetime) -> bool:
    """Print the version as it is approved, store it, and approve it.

    A version that came as a Word file is approved as the PDF made of it. Where results are signed here, it
    then waits for the signature (journeys.issuing): whether it does is returned. Raises dossier.not_visible,
    draft.no_pdf and what operations.approve_draft raises; what was stored by then is nobody's. What
    issuing.prepare raises leaves the draft approved.
    """
    found = drafting.one(actor, dossier_id, draft_id)
    drafting.to_decide(actor, found)
    row = found.version(version)
    if row["written"] == Written.TEXT:
        made = drafting.pdf(found, version, final=(actor.title, actor.name))
        kept = shelves.keep([made], "ket-qua.pdf")
        blob_id = files.store_kept([kept], actor=actor, at=at)[kept.sha256]
    elif row["pdf_id"] is None:
        raise Refusal("draft.no_pdf")
    else:
        blob_id = row["pdf_id"]
    operations.approve_draft(
        dossier_id=dossier_id,
        draft_id=draft_id,
        version=version,
        blob_id=blob_id,
        actor=actor,
        at=at,
    )
    agency_id = actor.agency_id or found.draft["accountable_id"]
    if actor.training or not hands.configured(agency_id, at):
        return False
    issuing.prepare(dossier_id=dossier_id, draft_id=draft_id, actor=actor, at=at)
    return True


def upload(
    *, dossier_id: UUID, draft_id: UUID, kept: Kept, based_on: int, actor: Actor, at: datetime
) -> bool:
    """Save a Word file as the next version, with the PDF LibreOffice makes of it; whether there is a PDF.

    Where LibreOffice is not installed the file is kept without one. Raises file.not_word, file.reaches_out,
    file.not_converted and what operations.save_draft raises.
    """
    if kept.media_type != WORD:
        raise Refusal("file.not_word", {"name": kept.name, "field": "word"})
    drafting.one(actor, dossier_id, draft_id)
    made = office.pdf_of(shelves.path_of(kept.sha256), kept.name)
    printed = shelves.keep([made], "ban-word.pdf") if made else None
    stored = [kept, *([printed] if printed else [])]
    ids = files.store_kept(stored, actor=actor, at=at)
    new = Version(
        kept.sha256,
        blob_id=ids[kept.sha256],
        pdf_id=ids[printed.sha256] if printed else None,
    )
    operations.save_draft(
        dossier_id=dossier_id, draft_id=draft_id, new=new, based_on=based_on, actor=actor, at=at
    )
    return printed is not None
