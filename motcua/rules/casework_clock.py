"""What makes a dossier wait, lets it go on, and moves its date: the acts on its clock, as pure decisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from motcua.rules import deadline
from motcua.rules.casework import (
    Case,
    Changes,
    Draft,
    OpenCharge,
    PaperHeld,
    Status,
    Terms,
    add_papers,
    reasoned,
    under_way,
)
from motcua.rules.refusal import Refusal


def request_supplement(
    case: Case, terms: Terms, at: datetime, missing: Sequence[str], reason: str
) -> Changes:
    """Ask for what the dossier lacks (Mẫu 02; NĐ 61/2018 Đ17, Đ19.4); the clock follows the rule set.

    After acceptance once, in full; asking later than 3 working days after acceptance is recorded as late.
    """
    reasoned(reason)
    if not missing:
        raise Refusal("dossier.nothing_missing_named")
    if case.status is not Status.SUBMITTED:
        under_way(case)
    draft = Draft(case, case, at, terms)
    limit = (
        terms.calendar.add_days(case.accepted_at, deadline.THREE_DAYS) if case.accepted_at else at
    )
    late = terms.day(at) > terms.day(limit)
    supplement_id = draft.row(
        "supplement",
        round=case.rounds + 1,
        items=list(missing),
        reason=reason,
        late=late,
        asked_at=at,
    )
    if case.accepted_at:
        draft.tick(deadline.Paused(at, "supplement"), reason)
        draft.stand()
    draft.now(status=Status.SUPPLEMENT, supplement_id=supplement_id, rounds=case.rounds + 1)
    return draft.finish(round=case.rounds + 1, late=late)


def receive_supplement(
    case: Case, terms: Terms, at: datetime, papers: Sequence[PaperHeld] = ()
) -> Changes:
    """What was asked for has come in full: the clock goes on, restarts, or takes another limit."""
    if case.status is not Status.SUPPLEMENT or case.supplement_id is None:
        raise Refusal("dossier.no_supplement_open")
    draft = Draft(case, case, at, terms)
    draft.sets.append(("supplement", case.supplement_id, {"received_at": at}))
    add_papers(draft, papers, start=1000 * case.rounds)
    if case.accepted_at is None:
        draft.now(status=Status.SUBMITTED, supplement_id=None)
        draft.answer_due()
        return draft.finish(round=case.rounds)
    draft.tick(deadline.resumption(terms.policy, at, terms.limit))
    draft.go_on()
    draft.now(status=Status.PROCESSING, supplement_id=None)
    return draft.finish(round=case.rounds)


def request_payment(
    case: Case, terms: Terms, at: datetime, *, name: str, amount: int, stops_clock: bool
) -> Changes:
    """Ask for a fee or a duty; a financial obligation of the procedure stops the clock (status 6)."""
    if amount <= 0:
        raise Refusal("dossier.amount_not_positive")
    under_way(case)
    draft = Draft(case, case, at, terms)
    charge_id = draft.row("charge", name=name, amount=amount, stops_clock=stops_clock, asked_at=at)
    draft.now(charges=(*case.charges, OpenCharge(charge_id, name, amount, stops_clock)))
    if stops_clock:
        draft.tick(deadline.Paused(at, "money"), name)
        draft.stand()
        draft.now(status=Status.MONEY)
    return draft.finish(amount=amount, stops_clock=stops_clock)


def record_payment(
    case: Case, terms: Terms, at: datetime, charge_id: UUID, *, method: str, receipt_number: str
) -> Changes:
    """Money came in; when nothing that stopped the clock is open any more, it runs again."""
    charge = next((c for c in case.charges if c.id == charge_id), None)
    if charge is None:
        raise Refusal("dossier.charge_not_open")
    draft = Draft(case, case, at, terms)
    paid = {"paid_at": at, "method": method, "receipt_number": receipt_number}
    draft.sets.append(("charge", charge_id, paid))
    left = tuple(c for c in case.charges if c.id != charge_id)
    draft.now(charges=left)
    if case.status is Status.MONEY and not any(c.stops_clock for c in left):
        draft.tick(deadline.Resumed(at, "money"))
        draft.go_on()
        draft.now(status=Status.PROCESSING)
    return draft.finish(amount=charge.amount)


def extend(case: Case, terms: Terms, at: datetime, until: datetime, reason: str) -> Changes:
    """Apologise and promise a new date, once (Mẫu 04; NĐ 61/2018 Đ19.9).

    The dossier is still judged by the date before. An apology later than a day before that date is
    recorded as late, not refused.
    """
    reasoned(reason)
    under_way(case)
    if case.due_at is None:
        raise Refusal("dossier.no_due_date_to_extend")
    if any(isinstance(event, deadline.Extended) for event in case.clock):
        raise Refusal("dossier.extended_already")
    if until <= max(at, case.due_at):
        raise Refusal("dossier.extension_not_later", {"due_at": case.due_at})
    if terms.calendar.next_moment(until) != until:
        raise Refusal("dossier.extension_outside_office_hours")
    late = terms.day(at) >= terms.day(case.due_at)
    draft = Draft(case, case, at, terms)
    draft.tick(deadline.Extended(at, until, by_law=False), reason)
    return draft.finish(late_apology=late)
