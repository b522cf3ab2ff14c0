"""What officers tell each other about a dossier; struck out where it was wrong, never deleted."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from motcua.dossiers import consulting, events, policies, working_papers
from motcua.dossiers.models import Note
from motcua.ledger.acts import act
from motcua.rules.actor import Actor
from motcua.rules.casework import reasoned
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal

LONGEST = 4000


def add_note(*, dossier_id: UUID, text: str, actor: Actor, at: datetime) -> UUID:
    """Note something on a dossier for the officers whose duty it is; the record keeps a digest of it.

    Raises dossier.not_visible, note.empty, note.too_long.
    """
    said = text.strip()
    if not said:
        raise Refusal("note.empty", {"field": "text"})
    if len(said) > LONGEST:
        raise Refusal("note.too_long", {"most": LONGEST, "field": "text"})
    with act(events.NOTE_ADDED, actor=actor, at=at) as a:
        case, _ = policies.to_change(actor, dossier_id, a)
        policies.to_note(actor, dossier_id)
        note_id = new_id()
        row = {"id": note_id, "dossier_id": dossier_id, "text": said, "at": a.at}
        row |= {"by_id": actor.account_id, "by_name": actor.name}
        a.insert(Note, [row | {"struck_at": None, "struck_by_id": None, "strike_reason": ""}])
        digest = consulting.digest(case.applicant_id, said)
        a.about("dossier", dossier_id, {"note": note_id} | ({"text": digest} if digest else {}))
    return note_id


def strike_note(
    *, dossier_id: UUID, note_id: UUID, reason: str, actor: Actor, at: datetime
) -> None:
    """Strike one's own note out, with the reason; it stays to be read as struck.

    Raises dossier.not_visible, note.not_yours, note.struck_already.
    """
    reasoned(reason)
    with act(events.NOTE_STRUCK, actor=actor, at=at) as a:
        policies.to_change(actor, dossier_id, a)
        policies.to_note(actor, dossier_id)
        note = working_papers.note(dossier_id, note_id)
        if note["by_id"] != actor.account_id:
            raise Refusal("note.not_yours")
        if note["struck_at"] is not None:
            raise Refusal("note.struck_already")
        new = {"struck_at": a.at, "struck_by_id": actor.account_id, "strike_reason": reason}
        a.update(Note, [(note_id, new)])
        a.about("dossier", dossier_id, {"note": note_id})
