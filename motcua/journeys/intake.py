"""Taking in what a person brings: the person is known or made known, and the dossier accepted, as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.dossiers import operations
from motcua.dossiers.operations import Accepted, Contact, Intake
from motcua.ledger.acts import Key
from motcua.people import operations as people
from motcua.rules import personal_id
from motcua.rules.actor import Actor
from motcua.rules.books import Channel
from motcua.rules.casework import PaperHeld


@dataclass(frozen=True, slots=True)
class Applicant:
    """The person a dossier is for, as given at the counter or online."""

    name: str
    identity_number: str
    kind: str = "citizen"
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Application:
    """An applicant, a procedure at an agency, and the papers."""

    applicant: Applicant
    procedure_id: int
    unit_id: int
    channel: Channel
    papers: Sequence[PaperHeld] = ()
    paper_case: str = ""
    subject: str = ""
    submitter_name: str = ""


def accept(
    application: Application, *, actor: Actor, at: datetime, key: Key | None = None
) -> Accepted:
    """dossiers.accept for an applicant who may be new; both or neither."""
    with transaction.atomic():
        return operations.accept(
            intake=intake_of(application, actor=actor, at=at), actor=actor, at=at, key=key
        )


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
    """The intake of an application, the applicant registered if he is new (people.register_person)."""
    who = application.applicant
    person = people.register_person(
        kind=who.kind,
        identity_number=who.identity_number,
        name=who.name,
        phone=who.phone,
        email=who.email,
        address=who.address,
        actor=actor,
        at=at,
    )
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
        submitter_name=application.submitter_name,
        contact=Contact(
            identity=personal_id.mask(who.identity_number),
            address=who.address,
            phone=who.phone,
            email=who.email,
        ),
    )
