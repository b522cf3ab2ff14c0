"""Every act on a dossier: ask, decide, write, record, in one transaction (README.md lists them).

All take `actor` and `at` (aware; the door's clock) and raise `Refusal` (errors.py has the sentences). `seen`
is the version of the dossier the person was looking at; `key` makes a repeated request harmless.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.catalogue import offered as catalogue
from motcua.catalogue.offered import Offered
from motcua.dossiers import attachments, events, policies, slips, state, writer
from motcua.dossiers.attachments import Attached
from motcua.dossiers.models import Attachment
from motcua.ledger import canonical, sql
from motcua.ledger.acts import Act, Event, Key, act, next_number
from motcua.organisations import calendar as office
from motcua.organisations import queries as organisations
from motcua.rules import casework, deadline, numbering, worktime
from motcua.rules.actor import Actor, May
from motcua.rules.books import Channel
from motcua.rules.casework import Case, Changes, Item, PaperHeld, Status, Terms
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal
from motcua.statutory.rulesets import rule_set

ZONE = worktime.ZONE


@dataclass(frozen=True, slots=True)
class Contact:
    """The applicant as the papers name him, on the day; the identity number is already masked."""

    identity: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """What comes over the counter, by mail or online."""

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
    dossier.paper_missing, dossier.limit_unknown, dossier.no_such_channel.
    """
    policies.may(actor, May.ACCEPT)
    with act(events.ACCEPTED, actor=actor, at=at, key=key) as a:
        found, terms = terms_for(intake, a.at)
        policies.desk_of(actor, found.desk_id, intake.unit_id)
        _complete(found, intake)
        case = new_case(found, intake, a.at, training=actor.training)
        code = _next_code(intake.unit_id, terms.day(a.at))
        changes = casework.accept(
            case, terms, a.at, code=code, papers=intake.papers, new=facts(found, intake)
        )
        changes = slips.receipt(changes, terms, intake, found, actor, a.at)
        writer.apply(changes, a, _personal(intake))
        done = _answer(changes.case)
        a.outcome |= done.to_json()
    return done


def submit(*, intake: Intake, actor: Actor, at: datetime, key: Key | None = None) -> Accepted:
    """A dossier arrives online and waits for the desk; it has a submission code until accepted.

    Raises dossier.may_not, dossier.procedure_not_in_force, dossier.not_offered, dossier.no_such_channel.
    """
    policies.to_submit(actor)
    with act(events.SUBMITTED, actor=actor, at=at, key=key) as a:
        found, terms = terms_for(intake, a.at)
        if intake.channel not in found.channels:
            raise Refusal("dossier.no_such_channel", {"channel": int(intake.channel)})
        case = new_case(found, intake, a.at, training=actor.training)
        changes = casework.submit(
            case, terms, a.at, papers=intake.papers, facts=facts(found, intake)
        )
        writer.apply(changes, a, _personal(intake))
        done = _answer(changes.case)
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
        code = _next_code(case.accountable_id, terms.day(a.at))
        changes = casework.accept(case, terms, a.at, code=code)
        changes = slips.receipt(changes, terms, intake, found, actor, a.at)
        writer.apply(changes, a)
    return _answer(changes.case)


def refuse_intake(
    *,
    intake: Intake | None,
    dossier_id: UUID | None,
    reason: str,
    actor: Actor,
    at: datetime,
    key: Key | None = None,
) -> Accepted:
    """Refuse to take a dossier in, at the counter (`intake`) or as submitted (`dossier_id`); Mẫu 03."""
    policies.may(actor, May.ACCEPT)
    with act(events.NOT_ACCEPTED, actor=actor, at=at, key=key) as a:
        if intake is not None:
            found, terms = terms_for(intake, a.at)
            policies.desk_of(actor, found.desk_id, intake.unit_id)
            case = new_case(found, intake, a.at, training=actor.training)
            new: Mapping[str, Any] | None = facts(found, intake)
        else:
            case, terms = policies.to_change(actor, _given(dossier_id), a)
            policies.at_desk(actor, case, May.ACCEPT)
            new = None
        changes = casework.refuse_intake(case, terms, a.at, reason=reason, new=new)
        changes = slips.refusal(changes, terms, reason, actor, a.at, at_intake=True)
        writer.apply(changes, a, _personal(intake) if intake else None)
        done = _answer(changes.case)
        a.outcome |= done.to_json()
    return done


@contextmanager
def _on(
    event: Event, dossier_id: UUID, actor: Actor, at: datetime, seen: int | None, key: Key | None
) -> Iterator[_Work]:
    with act(event, actor=actor, at=at, key=key) as a:
        case, terms = policies.to_change(actor, dossier_id, a, seen=seen)
        work = _Work(a, case, terms, actor)
        yield work
        changes = work.decided()
        writer.apply(changes, a)
        a.outcome |= {"id": str(case.id), "version": changes.case.version}


@dataclass(slots=True)
class _Work:
    """A dossier under an act: what the operations below decide upon."""

    act: Act
    case: Case
    terms: Terms
    actor: Actor
    changes: Changes | None = None

    @property
    def at(self) -> datetime:
        return self.act.at

    def item(self, item_id: UUID) -> Item:
        return policies.own_item(self.actor, self.case, item_id)

    def decided(self) -> Changes:
        if self.changes is None:
            raise RuntimeError("an operation decided nothing")
        return self.changes


def take(
    *, dossier_id: UUID, item_id: UUID, actor: Actor, at: datetime, seen: int | None = None
) -> None:
    """Take a step that lies on the unit's desk."""
    with _on(events.TAKEN, dossier_id, actor, at, seen, None) as w:
        w.item(item_id)
        w.changes = casework.take(w.case, w.terms, item_id, w.at, actor.account_id or 0)


def assign(
    *, dossier_id: UUID, item_id: UUID, to: int, actor: Actor, at: datetime, seen: int | None = None
) -> None:
    """The head gives a step to an officer (account id) of the unit (NĐ 61/2018 Đ19.1)."""
    policies.may(actor, May.ASSIGN)
    with _on(events.ASSIGNED, dossier_id, actor, at, seen, None) as w:
        policies.of_own_unit(actor, w.case, item_id)
        w.changes = casework.assign(w.case, w.terms, item_id, w.at, to)


def hand_on(
    *,
    dossier_id: UUID,
    item_id: UUID,
    actor: Actor,
    at: datetime,
    outcome: str = "",
    note: str = "",
    seen: int | None = None,
    key: Key | None = None,
) -> None:
    """Complete a step and pass the dossier on."""
    with _on(events.HANDED_ON, dossier_id, actor, at, seen, key) as w:
        w.item(item_id)
        w.changes = casework.hand_on(
            w.case, w.terms, item_id, w.at, actor.account_id, outcome, note
        )


def send_back(
    *,
    dossier_id: UUID,
    item_id: UUID,
    to_node: str,
    reason: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Return a step to an earlier one, with the reason."""
    with _on(events.SENT_BACK, dossier_id, actor, at, seen, None) as w:
        w.item(item_id)
        w.changes = casework.send_back(
            w.case, w.terms, item_id, w.at, actor.account_id, to_node, reason
        )


def request_supplement(
    *,
    dossier_id: UUID,
    missing: Sequence[str],
    reason: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Ask for what the dossier lacks (Mẫu 02; NĐ 61/2018 Đ17, Đ19.4); the clock follows the rule set."""
    with _on(events.SUPPLEMENT_REQUESTED, dossier_id, actor, at, seen, None) as w:
        policies.working_on(actor, w.case)
        changes = casework.request_supplement(w.case, w.terms, w.at, missing, reason)
        w.changes = slips.supplement(changes, w.terms, missing, reason, actor, w.at)


def receive_supplement(
    *,
    dossier_id: UUID,
    papers: Sequence[PaperHeld],
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """The supplement has come in full; the limit restarts, resumes or is another (NĐ 61/2018 Đ19.4).

    From the applicant himself it must hold at least one paper; raises dossier.supplement_empty.
    """
    with _on(events.SUPPLEMENT_RECEIVED, dossier_id, actor, at, seen, None) as w:
        if not actor.is_citizen:
            policies.at_desk(actor, w.case, May.ACCEPT)
        elif not any(paper.held for paper in papers):
            # The limit restarts with this: an empty answer may not be the applicant's to give.
            raise Refusal("dossier.supplement_empty", {"field": "papers"})
        w.changes = casework.receive_supplement(w.case, w.terms, w.at, papers)


def request_payment(
    *,
    dossier_id: UUID,
    name: str,
    amount: int,
    stops_clock: bool,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Ask for a fee, a duty or a financial obligation; an obligation stops the clock (status 6)."""
    with _on(events.PAYMENT_REQUESTED, dossier_id, actor, at, seen, None) as w:
        policies.working_on(actor, w.case)
        w.changes = casework.request_payment(
            w.case, w.terms, w.at, name=name, amount=amount, stops_clock=stops_clock
        )


def record_payment(
    *,
    dossier_id: UUID,
    charge_id: UUID,
    method: str,
    receipt_number: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Money came in at the counter; the clock runs again when nothing that stopped it is open."""
    with _on(events.PAYMENT_RECORDED, dossier_id, actor, at, seen, None) as w:
        policies.at_desk(actor, w.case, May.COLLECT)
        w.changes = casework.record_payment(
            w.case, w.terms, w.at, charge_id, method=method, receipt_number=receipt_number
        )


def extend(
    *,
    dossier_id: UUID,
    until: datetime,
    reason: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Apologise and promise a new date, once (Mẫu 04; NĐ 61/2018 Đ19.9); still judged by the old one."""
    with _on(events.EXTENDED, dossier_id, actor, at, seen, None) as w:
        policies.working_on(actor, w.case)
        old = w.case.due_at
        changes = casework.extend(w.case, w.terms, w.at, until, reason)
        w.changes = slips.apology(changes, w.terms, old, reason, actor, w.at)


def conclude(
    *,
    dossier_id: UUID,
    item_id: UUID,
    result_name: str,
    result_number: str,
    actor: Actor,
    at: datetime,
    outcome: str = "",
    seen: int | None = None,
    key: Key | None = None,
) -> None:
    """The result is ready: done early, on time or late (status 9)."""
    if not result_name.strip():
        raise Refusal("dossier.result_missing", {"field": "result_name"})
    with _on(events.CONCLUDED, dossier_id, actor, at, seen, key) as w:
        w.item(item_id)
        result = {"kind": "granted", "name": result_name, "number": result_number}
        w.changes = casework.conclude(
            w.case, w.terms, item_id, w.at, actor.account_id, result=result, outcome=outcome
        )


def refuse_in_process(
    *,
    dossier_id: UUID,
    item_id: UUID,
    reason: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Refuse to settle, with the reason (Mẫu 03; NĐ 61/2018 Đ19.8)."""
    with _on(events.REFUSED, dossier_id, actor, at, seen, None) as w:
        w.item(item_id)
        changes = casework.refuse_in_process(
            w.case, w.terms, item_id, w.at, actor.account_id, reason=reason
        )
        w.changes = slips.refusal(changes, w.terms, reason, actor, w.at, at_intake=False)


def withdraw(
    *, dossier_id: UUID, reason: str, actor: Actor, at: datetime, seen: int | None = None
) -> None:
    """The applicant takes the dossier back (status 7), himself or at the desk."""
    with _on(events.WITHDRAWN, dossier_id, actor, at, seen, None) as w:
        if not actor.is_citizen:
            policies.at_desk(actor, w.case, May.ACCEPT)
        w.changes = casework.withdraw(w.case, w.terms, w.at, actor.account_id, reason)


def hand_over(
    *,
    dossier_id: UUID,
    recipient: str,
    identity: str,
    method: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
    key: Key | None = None,
) -> None:
    """Give the result to the person it is for (NĐ 61/2018 Đ20; status 10)."""
    with _on(events.HANDED_OVER, dossier_id, actor, at, seen, key) as w:
        policies.at_desk(actor, w.case, May.HAND_OVER)
        w.changes = casework.hand_over(
            w.case,
            w.terms,
            w.at,
            actor.account_id,
            method=method,
            recipient=recipient,
            identity=identity,
        )


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


# ---- what intakes share --------------------------------------------------------------------------


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
    policy = rule_set("one_stop", on).policy
    if found.clock_rules.count_from_next_day:
        policy = deadline.reading(policy, deadline.NEXT_DAY)
    if found.supplement_policy:
        policy = deadline.reading(policy, found.supplement_policy)
    net = catalogue.net_of(found.process_id)
    return Terms(
        net=net,
        calendar=office.work_calendar(found.unit_id, revision),
        calendar_revision=revision,
        policy=policy,
        limit=found.limit or deadline.NO_LIMIT,
        places=state.places(net, found.desk_id, found.unit_id, on),
        calendar_unit_id=found.unit_id,
        rules=found.clock_rules,
    )


def due_preview(intake: Intake, at: datetime) -> tuple[Offered, Terms, deadline.Settled]:
    """The due date an acceptance now would give, for the page that shows it before accepting."""
    from django.db import transaction

    with transaction.atomic():
        found, terms = terms_for(intake, at)
    settled = deadline.settle((deadline.Accepted(at, terms.limit),), terms.calendar, terms.policy)
    return found, terms, settled


def _complete(found: Offered, intake: Intake) -> None:
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


def _personal(intake: Intake) -> dict[str, str]:
    if intake.digest_key is None:
        return {}
    return {"applicant": canonical.digest(intake.digest_key, intake.applicant_name)}


def _next_code(unit_id: int, on: date) -> str:
    # The serial is the unit's hot row: taken last before the writes.
    unit_code = organisations.code_for_dossiers(unit_id, on)
    return numbering.dossier_code(unit_code, on, next_number(f"dossier:{unit_code}", on))


def _answer(case: Case) -> Accepted:
    return Accepted(case.id, case.code, case.submission_code, case.due_at, case.version)


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
