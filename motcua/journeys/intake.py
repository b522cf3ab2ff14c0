"""Taking in what a person brings: the person is known or made known, and the dossier accepted, as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from motcua.dossiers import operations
from motcua.dossiers.operations import Accepted, Contact, Intake
from motcua.ledger.acts import Key
from motcua.ledger.canonical import digest
from motcua.people import operations as people
from motcua.rules import personal_id
from motcua.rules.actor import Actor
from motcua.rules.books import Channel
from motcua.rules.casework import PaperHeld
from motcua.rules.casework_book import Line
from motcua.rules.casework_parties import Consignment, Document, Party, PartyRole, submitter


@dataclass(frozen=True, slots=True)
class Applicant:
    """The person a dossier is for, as given at the counter or online.

    A newborn has no number yet; `nationality` is of who shows a passport.
    """

    name: str
    identity_number: str
    kind: str = "citizen"
    phone: str = ""
    email: str = ""
    address: str = ""
    born_on: date | None = None
    nationality: str = ""
    newborn: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """Another owner, or who hands in for the applicant, with the ground and its paper."""

    role: PartyRole
    name: str
    identity_number: str = ""
    nationality: str = ""
    basis: str = ""
    authority_number: str = ""
    authority_on: date | None = None


@dataclass(frozen=True, slots=True)
class Application:
    """An applicant, a procedure at an agency, and the papers.

    `corrects` where the applicant's record has another name than his card and is to be written as the
    card has it; `unless_open` as in dossiers.operations.Intake.
    """

    applicant: Applicant
    procedure_id: int
    unit_id: int
    channel: Channel
    papers: Sequence[PaperHeld] = ()
    paper_case: str = ""
    subject: str = ""
    submitter_name: str = ""
    parties: Sequence[Beside] = ()
    consignment: Consignment | None = None
    unless_open: bool = False
    corrects: bool = False


def accept(
    application: Application, *, actor: Actor, at: datetime, key: Key | None = None
) -> Accepted:
    """dossiers.accept for an applicant who may be new; both or neither."""
    with transaction.atomic():
        return operations.accept(
            intake=intake_of(application, actor=actor, at=at), actor=actor, at=at, key=key
        )


def accept_from_book(
    application: Application,
    *,
    line: Line,
    received_at: datetime,
    actor: Actor,
    at: datetime,
    key: Key | None = None,
) -> Accepted:
    """dossiers.accept_from_book for an applicant who may be new; both or neither."""
    with transaction.atomic():
        return operations.accept_from_book(
            intake=intake_of(application, actor=actor, at=at),
            line=line,
            received_at=received_at,
            actor=actor,
            at=at,
            key=key,
        )


def accept_together(
    applications: Sequence[Application], *, actor: Actor, at: datetime, key: Key | None = None
) -> list[operations.Row]:
    """dossiers.accept_together for applicants who may be new; all of one procedure, agency and papers."""
    with transaction.atomic():
        persons = people.register_persons(
            [_identity(one.applicant) for one in applications], actor=actor, at=at
        )
        given = [_intake(one, who) for one, who in zip(applications, persons, strict=True)]
        return operations.accept_together(intakes_given=given, actor=actor, at=at, key=key)


def submit(
    application: Application, *, actor: Actor, at: datetime, key: Key | None = None
) -> Accepted:
    """dossiers.submit for an applicant who may be new; both or neither."""
    with transaction.atomic():
        return operations.submit(
            intake=intake_of(application, actor=actor, at=at), actor=actor, at=at, key=key
        )


def refuse(
    application: Application, *, reason: str, actor: Actor, at: datetime, key: Key | None = None
) -> Accepted:
    """dossiers.refuse_intake at the counter."""
    with transaction.atomic():
        intake = intake_of(application, actor=actor, at=at)
        return operations.refuse_intake(
            intake=intake, dossier_id=None, reason=reason, actor=actor, at=at, key=key
        )


def intake_of(application: Application, *, actor: Actor, at: datetime) -> Intake:
    """The intake of an application, the applicant registered if he is new (people.register_person), his
    record corrected where the card was right (people.correct_person)."""
    who = application.applicant
    person = people.register_person(
        kind=who.kind,
        identity_number=who.identity_number,
        name=who.name,
        born_on=who.born_on,
        phone=who.phone,
        email=who.email,
        address=who.address,
        actor=actor,
        at=at,
    )
    if application.corrects and not person.new:
        people.correct_person(
            person_id=person.id, name=who.name, born_on=who.born_on, actor=actor, at=at
        )
    return _intake(application, person)


def _identity(who: Applicant) -> people.Identity:
    return people.Identity(
        who.name, who.identity_number, who.kind, who.born_on, who.phone, who.email, who.address
    )


def _intake(application: Application, person: people.Identified) -> Intake:
    who = application.applicant
    parties = _parties(application, person)
    handed_in = submitter(parties)
    return Intake(
        procedure_id=application.procedure_id,
        unit_id=application.unit_id,
        channel=application.channel,
        applicant_id=person.id,
        applicant_name=who.name,
        digest_key=person.digest_key,
        papers=application.papers,
        paper_case=application.paper_case,
        subject=application.subject,
        submitter_name=handed_in.name if handed_in else application.submitter_name,
        contact=Contact(
            identity=personal_id.mask(who.identity_number),
            address=who.address,
            phone=who.phone,
            email=who.email,
        ),
        parties=parties,
        consignment=application.consignment,
        unless_open=application.unless_open,
    )


def _parties(application: Application, person: people.Identified) -> tuple[Party, ...]:
    """The people behind a dossier; the applicant himself only where more is to be said of him than his
    name and number."""
    who, key = application.applicant, person.digest_key
    document = Document.NONE if who.newborn else _document(who.kind, who.identity_number)
    shared = any(one.role is PartyRole.CO_OWNER for one in application.parties)
    found = [
        _party(one, _document("citizen", one.identity_number), key) for one in application.parties
    ]
    if shared or document in (Document.PASSPORT, Document.NONE):
        own = Beside(PartyRole.OWNER, who.name, who.identity_number, who.nationality)
        found.insert(0, _party(own, document, key))
    return tuple(found)


def _party(one: Beside, document: str, key: bytes | None) -> Party:
    """Somebody with his number masked, and digested by the applicant's key."""
    number = one.identity_number
    return Party(
        role=one.role,
        name=one.name.strip(),
        document=document,
        identity=personal_id.mask(number),
        identity_digest=digest(key, number) if number and key else "",
        nationality=one.nationality,
        basis=one.basis,
        authority_number=one.authority_number,
        authority_on=one.authority_on,
    )


def _document(kind: str, number: str) -> str:
    if not number:
        return ""
    if kind != "citizen":
        return Document.TAX_CODE
    return OF_KIND[personal_id.of_citizen(number).kind]


OF_KIND = {
    personal_id.Kind.PERSONAL: Document.CCCD,
    personal_id.Kind.OLD_CARD: Document.CMND,
    personal_id.Kind.PASSPORT: Document.PASSPORT,
}
"""By which paper somebody with such a number shows who he is."""
