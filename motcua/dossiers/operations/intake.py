"""Taking in: at the counter, from the mail, online; the code, the due date, the first step."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.catalogue import offered as catalogue
from motcua.catalogue.offered import Offered
from motcua.dossiers import events, filing_door, policies, same, slips, state, writer
from motcua.ledger import canonical, sql
from motcua.ledger.acts import Key, act, next_numbers
from motcua.organisations import calendar as office
from motcua.organisations import queries as organisations
from motcua.rules import casework, casework_parties, deadline, numbering
from motcua.rules.actor import Actor, May
from motcua.rules.answer_clock import Assisted, Finding
from motcua.rules.books import Channel
from motcua.rules.casework import Case, PaperHeld, Status, Terms
from motcua.rules.casework_parties import Consignment, Party
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE
from motcua.statutory.rulesets import ONE_STOP, ONLINE_ANSWER, rule_set


@dataclass(frozen=True, slots=True)
class Contact:
    """The applicant as the papers name him, on the day; the identity number is already masked."""

    identity: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """What comes over the counter, by mail or online.

    `parties` are the people behind it besides the applicant; `unless_open` refuses it where a dossier of
    the same procedure and applicant is still open; `assisted` says who helped to file it online.
    """

    procedure_id: int
    unit_id: int
    channel: Channel
    applicant_id: int
    applicant_name: str
    papers: Sequence[PaperHeld]
    digest_key: bytes | None = None
    paper_case: str = ""
    subject: str = ""
    submitter_name: str = ""
    contact: Contact = field(default_factory=Contact)
    parties: Sequence[Party] = ()
    consignment: Consignment | None = None
    unless_open: bool = False
    assisted: Assisted = Assisted.NO


@dataclass(frozen=True, slots=True)
class Accepted:
    """What an intake answers."""

    id: UUID
    code: str | None
    submission_code: str
    due_at: datetime | None
    version: int

    def to_json(self) -> dict[str, Any]:
        return {
            "id": str(self.id),
            "code": self.code,
            "submission_code": self.submission_code,
            "due_at": self.due_at,
            "version": self.version,
        }


def accept(*, intake: Intake, actor: Actor, at: datetime, key: Key | None = None) -> Accepted:
    """Take a dossier in at the counter or from the mail: code, due date, receipt (Mẫu 01), first step.

    NĐ 61/2018 Đ17.3. Raises dossier.may_not, dossier.procedure_not_in_force, dossier.not_offered,
    dossier.paper_missing, dossier.limit_unknown, dossier.no_such_channel, dossier.not_your_desk,
    dossier.same_open, dossier.nothing_to_reuse, and what casework_parties.check_parties raises.
    """
    policies.may(actor, May.ACCEPT)
    with act(events.ACCEPTED, actor=actor, at=at, key=key) as a:
        found, terms, case = taken_by(actor, intake, a.at)
        complete(found, intake)
        admit(actor, intake, terms.day(a.at))
        code = next_code(intake.unit_id, terms.day(a.at))
        changes = casework.accept(
            case, terms, a.at, code=code, papers=intake.papers, new=facts(found, intake)
        )
        changes = casework_parties.beside(changes, intake.parties, intake.consignment)
        changes = slips.receipt(changes, terms, intake, found, actor, a.at)
        writer.apply(changes, a, personal(intake))
        done = answered(changes.case)
        a.outcome |= done.to_json()
    return done


def submit(*, intake: Intake, actor: Actor, at: datetime, key: Key | None = None) -> Accepted:
    """A dossier arrives online and waits for the desk; it has a submission code until accepted.

    What an officer files online for a citizen is marked so, whoever else helped.

    Raises dossier.may_not, dossier.procedure_not_in_force, dossier.not_offered, dossier.no_such_channel,
    dossier.filing_door_closed, and what `admit` raises.
    """
    policies.to_submit(actor)
    with act(events.SUBMITTED, actor=actor, at=at, key=key) as a:
        found, terms = terms_for(intake, a.at)
        filing_door.to_file(actor, intake.channel, terms.day(a.at))
        if intake.channel not in found.channels:
            raise Refusal("dossier.no_such_channel", {"channel": int(intake.channel)})
        admit(actor, intake, terms.day(a.at))
        case = new_case(found, intake, a.at, training=actor.training)
        described = facts(found, intake) | {"assisted": str(_assisted(intake, actor))}
        changes = casework.submit(case, terms, a.at, papers=intake.papers, facts=described)
        changes = casework_parties.beside(changes, intake.parties, intake.consignment)
        writer.apply(changes, a, personal(intake))
        done = answered(changes.case)
        a.outcome |= done.to_json()
    return done


def accept_submitted(
    *, dossier_id: UUID, actor: Actor, at: datetime, seen: int | None = None, contact: Contact
) -> Accepted:
    """Accept a dossier that was submitted online or by mail (NĐ 61/2018 Đ17)."""
    policies.may(actor, May.ACCEPT)
    with act(events.ACCEPTED, actor=actor, at=at) as a:
        case, _ = policies.to_change(actor, dossier_id, a, seen=seen)
        policies.at_desk(actor, case, May.ACCEPT)
        intake = _as_submitted(case, contact)
        found, terms = terms_for(intake, a.at)
        code = next_code(case.accountable_id, terms.day(a.at))
        changes = casework.accept(case, terms, a.at, code=code)
        changes = slips.receipt(changes, terms, intake, found, actor, a.at)
        writer.apply(changes, a)
    return answered(changes.case)


def refuse_intake(
    *,
    intake: Intake | None,
    dossier_id: UUID | None,
    reason: str,
    actor: Actor,
    at: datetime,
    key: Key | None = None,
    finding: Finding | None = None,
) -> Accepted:
    """Refuse to take a dossier in, at the counter (`intake`) or as submitted (`dossier_id`); Mẫu 03.

    `finding` is what triage found wrong with what was submitted.
    """
    policies.may(actor, May.ACCEPT)
    with act(events.NOT_ACCEPTED, actor=actor, at=at, key=key) as a:
        if intake is not None:
            found, terms, case = taken_by(actor, intake, a.at)
            new: Mapping[str, Any] | None = facts(found, intake)
        else:
            case, terms = policies.to_change(actor, _given(dossier_id), a)
            policies.at_desk(actor, case, May.ACCEPT)
            new = None
        changes = casework.refuse_intake(case, terms, a.at, reason=reason, new=new, finding=finding)
        changes = slips.refusal(changes, terms, reason, actor, a.at, at_intake=True)
        writer.apply(changes, a, personal(intake) if intake else None)
        done = answered(changes.case)
        a.outcome |= done.to_json()
    return done


# ---- what intakes share --------------------------------------------------------------------------


def taken_by(actor: Actor, intake: Intake, at: datetime) -> tuple[Offered, Terms, Case]:
    """What is offered, under which terms, and the dossier before its first act, at the desk where the
    actor may take it in. Raises dossier.not_offered, dossier.not_your_desk."""
    found, terms = terms_for(intake, at)
    desk_id = policies.desk_of(actor, found)
    case = new_case(found, intake, at, training=actor.training)
    if desk_id != found.desk_id:
        terms = replace(terms, places={**terms.places, ("received_by", ""): desk_id})
        case = replace(case, received_by_id=desk_id, holder_id=desk_id)
    return found, terms, case


def admit(actor: Actor, intake: Intake, on: date) -> None:
    """Whether the people, the consignment and the papers used again are in order, and whether it is there
    already. Raises dossier.same_open, dossier.nothing_to_reuse, and what the checks of
    casework_parties raise."""
    casework_parties.check_parties(intake.parties, on)
    if intake.consignment is not None:
        casework_parties.check_consignment(intake.consignment)
    reused = {paper.reused_from for paper in intake.papers if paper.reused_from}
    if reused:
        policies.to_reuse(actor, intake.applicant_id, reused)
    if intake.unless_open and same.of(actor, intake.procedure_id, [intake.applicant_id]):
        raise Refusal("dossier.same_open", {"field": "despite"})


def terms_for(intake: Intake, at: datetime) -> tuple[Offered, Terms]:
    """What the catalogue offers on the day, and the terms a dossier of it would run under.

    Reads the calendar's revision under a share lock: no revision can slip in before the act commits.
    """
    (catalogue_row,), (current,) = sql.fetch_all([catalogue.EPOCH, office.CURRENT_FOR_SHARE])
    on = at.astimezone(ZONE).date()
    found = catalogue.offered(
        intake.procedure_id, intake.unit_id, intake.channel, on, catalogue_row["epoch"]
    )
    if found is None:
        raise Refusal("dossier.not_offered", {"on": on})
    revision = current["calendar_id"]
    if revision is None:
        raise Refusal("calendar.missing")
    return found, terms_under(found, on, revision)


def terms_under(found: Offered, on: date, revision: int) -> Terms:
    """The terms a dossier of this offer would run under, accepted on a day, by this calendar."""
    policy = rule_set(ONE_STOP, on).policy
    if found.clock_rules.count_from_next_day:
        policy = deadline.reading(policy, deadline.NEXT_DAY)
    if found.supplement_policy:
        policy = deadline.reading(policy, found.supplement_policy)
    net = catalogue.net_of(found.process_id)
    return Terms(
        net=net,
        calendar=office.work_calendar(found.unit_id, revision),
        calendar_revision=revision,
        policy=found.clock_rules.cited(policy),
        limit=found.limit or deadline.NO_LIMIT,
        places=state.places(net, found.desk_id, found.unit_id, on),
        calendar_unit_id=found.unit_id,
        rules=found.clock_rules,
        parts=state.parts(
            found.clock_rules, lambda unit_id: office.work_calendar(unit_id, revision)
        ),
        answer=rule_set(ONLINE_ANSWER, on).rule,
    )


def due_preview(intake: Intake, at: datetime) -> tuple[Offered, Terms, deadline.Settled]:
    """The due date an acceptance now would give, for the page that shows it before accepting."""
    from django.db import transaction

    with transaction.atomic():
        found, terms = terms_for(intake, at)
    settled = deadline.settle((deadline.Accepted(at, terms.limit),), terms.calendar, terms.policy)
    return found, terms, settled


def complete(found: Offered, intake: Intake) -> None:
    """Raises dossier.no_such_channel, dossier.limit_unknown, dossier.paper_missing."""
    if intake.channel not in found.channels:
        raise Refusal("dossier.no_such_channel", {"channel": int(intake.channel)})
    if found.limit is None:
        raise Refusal("dossier.limit_unknown", {"text": found.limit_text})
    missing = [paper.name for paper in intake.papers if not paper.held]
    if missing:
        raise Refusal("dossier.paper_missing", {"papers": "; ".join(missing), "field": "papers"})


def new_case(
    found: Offered,
    intake: Intake,
    at: datetime,
    *,
    training: bool = False,
    dossier_id: UUID | None = None,
    submission_code: str = "",
) -> Case:
    """A dossier before its first act; id and submission code are made where not given."""
    return Case(
        id=dossier_id or new_id(),
        submission_code=submission_code or "T" + secrets.token_hex(6).upper(),
        status=Status.SUBMITTED,
        channel=intake.channel,
        procedure_id=found.procedure_id,
        procedure_version_id=found.version_id,
        process_id=found.process_id,
        received_by_id=found.desk_id,
        accountable_id=intake.unit_id,
        holder_id=found.desk_id,
        applicant_id=intake.applicant_id,
        received_at=at,
        training=training,
    )


def facts(found: Offered, intake: Intake) -> dict[str, Any]:
    """The descriptive columns of a new dossier."""
    return {
        "applicant_name": intake.applicant_name,
        "submitter_name": intake.submitter_name,
        "paper_case": intake.paper_case,
        "subject": (intake.subject or found.name)[:500],
    }


def personal(intake: Intake) -> dict[str, str]:
    """What the ledger keeps of the applicant: a digest by his own key."""
    if intake.digest_key is None:
        return {}
    return {"applicant": canonical.digest(intake.digest_key, intake.applicant_name)}


def next_code(unit_id: int, on: date) -> str:
    """The next code of an agency's dossiers on a day (TT 01/2018 Đ19)."""
    (code,) = next_codes(unit_id, on, 1)
    return code


def next_codes(unit_id: int, on: date, many: int) -> list[str]:
    """So many codes in a row."""
    # The serial is the unit's hot row: taken last before the writes.
    unit_code = organisations.code_for_dossiers(unit_id, on)
    numbers = next_numbers(f"dossier:{unit_code}", on, many)
    return [numbering.dossier_code(unit_code, on, number) for number in numbers]


def answered(case: Case) -> Accepted:
    """What the door is answered."""
    return Accepted(case.id, case.code, case.submission_code, case.due_at, case.version)


def _assisted(intake: Intake, actor: Actor) -> Assisted:
    if actor.is_officer and intake.channel is Channel.ONLINE:
        return Assisted.BY_OFFICER
    return intake.assisted


def _given(dossier_id: UUID | None) -> UUID:
    if dossier_id is None:
        raise ValueError("either an intake or a dossier")
    return dossier_id


def _as_submitted(case: Case, contact: Contact) -> Intake:
    row = sql.fetch(
        "SELECT applicant_name, submitter_name, subject, paper_case FROM dossiers_dossier WHERE id = %s",
        [case.id],
    )[0]
    return Intake(
        procedure_id=case.procedure_id,
        unit_id=case.accountable_id,
        channel=case.channel,
        applicant_id=case.applicant_id,
        papers=(),
        contact=contact,
        **row,
    )
