"""Filing from home: the dossier, its files and the applicant's contact come in together or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.dossiers import attachments, operations
from motcua.dossiers.attachments import Attached
from motcua.dossiers.operations import Accepted, Contact, Intake
from motcua.files import operations as files
from motcua.files.shelves import Kept
from motcua.ledger.acts import Key
from motcua.people import operations as people
from motcua.people import queries
from motcua.people.queries import PersonFacts
from motcua.rules.actor import Actor
from motcua.rules.answer_clock import Assisted
from motcua.rules.books import Channel
from motcua.rules.casework import PaperHeld
from motcua.rules.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Sent:
    """A paper as it is sent from home: the files of it, none where it comes by another way."""

    name: str
    originals: int = 1
    copies: int = 0
    files: Sequence[Kept] = ()


@dataclass(frozen=True, slots=True)
class Reached:
    """Where the applicant wants to be reached."""

    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Filing:
    """What a citizen files for himself; `assisted` where it was at the desk's computer."""

    procedure_id: int
    unit_id: int
    papers: Sequence[Sent]
    paper_case: str = ""
    subject: str = ""
    reached: Reached = field(default_factory=Reached)
    assisted: Assisted = Assisted.NO


def submit(filing: Filing, *, actor: Actor, at: datetime, key: Key | None = None) -> Accepted:
    """dossiers.submit with its files, for the person whose account it is.

    Raises person.not_visible, dossier.not_offered, dossier.no_such_channel, dossier.filing_door_closed, and
    AlreadyDone for a key used.
    """
    with transaction.atomic():
        own = _own(actor)
        done = operations.submit(intake=_intake(filing, own), actor=actor, at=at, key=key)
        _attach(done.id, filing.papers, actor, at)
        reached = filing.reached
        if (own.phone, own.email, own.address) != (reached.phone, reached.email, reached.address):
            people.change_contact(
                person_id=own.id,
                phone=reached.phone,
                email=reached.email,
                address=reached.address,
                actor=actor,
                at=at,
            )
    return done


def answer_supplement(
    dossier_id: UUID, papers: Sequence[Sent], *, actor: Actor, at: datetime, seen: int
) -> None:
    """dossiers.receive_supplement with the files that were asked for."""
    with transaction.atomic():
        operations.receive_supplement(
            dossier_id=dossier_id,
            papers=tuple(_held(paper) for paper in papers),
            actor=actor,
            at=at,
            seen=seen,
        )
        _attach(dossier_id, papers, actor, at)


def _own(actor: Actor) -> PersonFacts:
    if actor.sees.person_id is None:
        raise Refusal("person.not_visible")
    return queries.person(actor, actor.sees.person_id)


def _intake(filing: Filing, own: PersonFacts) -> Intake:
    reached = filing.reached
    return Intake(
        procedure_id=filing.procedure_id,
        unit_id=filing.unit_id,
        channel=Channel.ONLINE,
        applicant_id=own.id,
        applicant_name=own.name,
        digest_key=own.digest_key,
        papers=tuple(_held(paper) for paper in filing.papers),
        paper_case=filing.paper_case,
        subject=filing.subject,
        contact=Contact(own.masked_number, reached.address, reached.phone, reached.email),
        assisted=filing.assisted,
    )


def _held(paper: Sent) -> PaperHeld:
    return PaperHeld(paper.name, paper.originals, paper.copies, held=bool(paper.files))


def _attach(dossier_id: UUID, papers: Sequence[Sent], actor: Actor, at: datetime) -> None:
    """Link the files to the last papers of the dossier, which are these, in their order."""
    kept = [file for paper in papers for file in paper.files]
    if not kept:
        return
    blobs = files.store_kept(kept, actor=actor, at=at)
    ids = attachments.papers(actor, dossier_id)[-len(papers) :]
    linked = [
        Attached(blobs[file.sha256], file.name, paper_id)
        for paper_id, paper in zip(ids, papers, strict=True)
        for file in paper.files
    ]
    operations.attach(dossier_id=dossier_id, files=linked, actor=actor, at=at)
