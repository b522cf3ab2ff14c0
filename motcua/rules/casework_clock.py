"""What makes a dossier wait, lets it go on, and moves its date: the acts on its clock, as pure decisions.

There is no free pause (rules.clock_rules): each stands on a ground declared for the procedure, several may be
open at once and count once, and the public status follows them (`status_by`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.rules import deadline
from motcua.rules.answer_clock import Finding, Outcome
from motcua.rules.casework import (
    OPEN,
    Case,
    Changes,
    Draft,
    OpenCharge,
    PaperHeld,
    Proposal,
    Status,
    Terms,
    add_papers,
    found_wrong,
    reasoned,
    under_way,
)
from motcua.rules.clock_rules import Declared, Ground
from motcua.rules.deadline import ClockEvent
from motcua.rules.pauses import open_grounds
from motcua.rules.refusal import Refusal

BY_ITS_OWN_ACT = frozenset({Ground.STOP, Ground.FORCE_MAJEURE, Ground.CONSULTATION})
"""The grounds of `pause` and `resume`; the others come with asking for papers or for money."""
_STATUS = {Ground.SUPPLEMENT: Status.SUPPLEMENT, Ground.MONEY: Status.MONEY}


def status_by(clock: Sequence[ClockEvent]) -> Status:
    """The public status by the pauses open: what is asked of the applicant comes first."""
    grounds = open_grounds(clock)
    if not grounds:
        return Status.PROCESSING
    asked = (status for ground, status in _STATUS.items() if ground in grounds)
    return next(asked, Status.STOPPED)


def declared(terms: Terms, ground: Ground) -> Declared:
    """The ground and its article. Waiting for a supplement is every procedure's, by the rule set.

    Raises time.ground_not_declared.
    """
    if ground is Ground.SUPPLEMENT and ground not in {d.ground for d in terms.rules.grounds}:
        return Declared(ground, terms.policy.sources.get(ground, ""))
    return terms.rules.ground(ground)


# ---- the acts ------------------------------------------------------------------------------------


def pause(case: Case, terms: Terms, at: datetime, ground: Ground, reason: str) -> Changes:
    """The clock stands still on a declared ground: at the applicant's request, for force majeure, for a
    consultation; also while it stands still on another."""
    reasoned(reason)
    if ground not in BY_ITS_OWN_ACT:
        raise Refusal("dossier.pause_has_its_act", {"ground": ground.value})
    if case.accepted_at is None or case.status not in OPEN:
        raise Refusal("dossier.not_under_way", {"status": int(case.status)})
    draft = Draft(case, case, at, terms)
    article = open_pause(draft, ground, reason)
    return draft.finish(ground=ground.value, article=article)


def resume(case: Case, terms: Terms, at: datetime, ground: Ground, reason: str = "") -> Changes:
    """What the clock stood still for is over; it goes on unless another pause is open."""
    if ground not in BY_ITS_OWN_ACT:
        raise Refusal("dossier.pause_has_its_act", {"ground": ground.value})
    if ground not in open_grounds(case.clock):
        raise Refusal("time.nothing_to_resume", {"at": at, "ground": ground.value})
    draft = Draft(case, case, at, terms)
    close_pause(draft, deadline.Resumed(at, ground.value), reason)
    return draft.finish(ground=ground.value)


def request_supplement(
    case: Case,
    terms: Terms,
    at: datetime,
    missing: Sequence[str],
    reason: str,
    finding: Finding | None = None,
) -> Changes:
    """Ask for what the dossier lacks (Mẫu 02; NĐ 61/2018 Đ17, Đ19.4); the clock follows the rule set.

    After acceptance once, in full; asking later than 3 working days after acceptance is recorded as late.
    Before it, `finding` is what triage found wrong.
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
    draft.now(status=Status.SUPPLEMENT, supplement_id=supplement_id, rounds=case.rounds + 1)
    draft.answer(Outcome.SUPPLEMENT, finding)
    if case.accepted_at:
        open_pause(draft, Ground.SUPPLEMENT, reason)
    return draft.finish(round=case.rounds + 1, late=late, **found_wrong(finding))


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
        draft.ask()
        return draft.finish(round=case.rounds)
    draft.now(supplement_id=None)
    close_pause(draft, deadline.resumption(terms.policy, at, terms.limit))
    return draft.finish(round=case.rounds)


def request_payment(
    case: Case,
    terms: Terms,
    at: datetime,
    *,
    name: str,
    amount: int,
    stops_clock: bool,
    facts: Mapping[str, Any] | None = None,
) -> Changes:
    """Ask for a fee or a duty; a financial obligation stops the clock (status 6) where the procedure
    declares it. `facts` are the columns that say why it is so much (casework_money)."""
    if amount <= 0:
        raise Refusal("dossier.amount_not_positive")
    under_way(case)
    draft = Draft(case, case, at, terms)
    kept = {"name": name, "amount": amount, "stops_clock": stops_clock, **(facts or {})}
    charge_id = draft.row("charge", asked_at=at, **kept)
    asked = OpenCharge(charge_id, name, amount, stops_clock, kept.get("before_result", True))
    draft.now(charges=(*case.charges, asked))
    if not stops_clock:
        return draft.finish(amount=amount, stops_clock=False)
    article = open_pause(draft, Ground.MONEY, name)
    return draft.finish(amount=amount, stops_clock=True, article=article)


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
    if Ground.MONEY in open_grounds(case.clock) and not any(c.stops_clock for c in left):
        close_pause(draft, deadline.Resumed(at, Ground.MONEY.value))
    return draft.finish(amount=charge.amount)


def extend_by_law(case: Case, terms: Terms, at: datetime, extension: str, reason: str) -> Changes:
    """More time by a special law declared for the procedure: counted on from the date it is judged by, in
    that law's own measure, so not late. Once for a limit, while its date has not passed."""
    reasoned(reason)
    under_way(case)
    found = terms.rules.extension(extension)
    if case.judged_at is None:
        raise Refusal("dossier.no_due_date_to_extend")
    if extended_by_law(case.clock):
        raise Refusal("dossier.extended_by_law_already", {"extension": found.name})
    if terms.day(at) > terms.day(case.judged_at):
        raise Refusal("dossier.extended_after_due", {"judged_at": case.judged_at})
    more = deadline.Accepted(case.judged_at, found.limit)
    until = deadline.settle((more,), terms.calendar, terms.policy).due_at or case.judged_at
    draft = Draft(case, case, at, terms)
    draft.tick(deadline.Extended(at, until, by_law=True), reason)
    return draft.finish(extension=found.code, article=found.article)


def extended_by_law(clock: Sequence[ClockEvent]) -> bool:
    """Whether the limit that runs now was extended by law already."""
    extended = False
    for event in clock:
        if isinstance(event, deadline.Restarted | deadline.Relimited):
            extended = False
        elif isinstance(event, deadline.Extended) and event.by_law:
            extended = True
    return extended


def reappointed(clock: Sequence[ClockEvent]) -> bool:
    """Whether a new date was given with an apology already; the law allows it once."""
    return any(isinstance(event, deadline.Extended) and not event.by_law for event in clock)


def propose_reappointment(
    case: Case, terms: Terms, at: datetime, *, until: datetime, reason: str, by: int | None
) -> Changes:
    """Who settles it apologises and asks for a new date, once (NĐ 61/2018 Đ19.9); the desk gives it."""
    reasoned(reason)
    _may_be_reappointed(case)
    if case.proposal is not None:
        raise Refusal("dossier.reappointment_proposed_already", {"until": case.proposal.until})
    _new_date(case, terms, at, until)
    draft = Draft(case, case, at, terms)
    proposal_id = draft.row(
        "reappointment", proposed_at=at, proposed_by_id=by, proposed_until=until, reason=reason
    )
    draft.now(proposal=Proposal(proposal_id, until, reason))
    return draft.finish(until=until)


def reappoint(
    case: Case, terms: Terms, at: datetime, *, until: datetime | None, by: int | None
) -> Changes:
    """The one-stop desk gives the new date, the proposed one unless it names another (Mẫu 04; Đ19.9).

    The dossier is still judged by the date before. Later than a day before that date it is recorded as
    late, not refused.
    """
    _may_be_reappointed(case)
    if case.proposal is None:
        raise Refusal("dossier.no_reappointment_proposed")
    given = until or case.proposal.until
    _new_date(case, terms, at, given)
    late = case.due_at is not None and terms.day(at) >= terms.day(case.due_at)
    draft = Draft(case, case, at, terms)
    draft.tick(deadline.Extended(at, given, by_law=False), case.proposal.reason)
    decided = {"decided_at": at, "decided_by_id": by, "until": given}
    draft.sets.append(("reappointment", case.proposal.id, decided))
    draft.now(proposal=None)
    return draft.finish(late_apology=late)


# ---- what the acts share -------------------------------------------------------------------------


def _may_be_reappointed(case: Case) -> None:
    under_way(case)
    if case.due_at is None:
        raise Refusal("dossier.no_due_date_to_extend")
    if reappointed(case.clock):
        raise Refusal("dossier.extended_already")


def _new_date(case: Case, terms: Terms, at: datetime, until: datetime) -> None:
    if until <= max(at, case.due_at or at):
        raise Refusal("dossier.extension_not_later", {"due_at": case.due_at, "field": "until"})
    if terms.calendar.next_moment(until) != until:
        raise Refusal("dossier.extension_outside_office_hours", {"field": "until"})


def open_pause(draft: Draft, ground: Ground, reason: str) -> str:
    """Open a pause; its ground's article."""
    article = declared(draft.terms, ground).article
    if ground in open_grounds(draft.case.clock):
        raise Refusal("time.pause_open_twice", {"ground": ground.value})
    draft.tick(deadline.Paused(draft.at, ground.value), reason)
    draft.stand()
    draft.now(status=status_by(draft.case.clock))
    return article


def close_pause(draft: Draft, event: ClockEvent, reason: str = "") -> None:
    """Close a pause; the steps move again when it was the last one open."""
    draft.tick(event, reason)
    draft.now(status=status_by(draft.case.clock))
    if not open_grounds(draft.case.clock):
        draft.go_on()
        for phase in draft.case.phases:
            if phase.is_running:
                draft.change_phase(phase, due_at=draft.date_of(phase))
