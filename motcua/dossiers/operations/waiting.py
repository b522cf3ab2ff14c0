"""What makes a dossier wait for somebody, and what lets it go on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from motcua.dossiers import events, policies, slips
from motcua.dossiers.operations.common import work_on
from motcua.rules import casework_clock
from motcua.rules.actor import Actor, May
from motcua.rules.answer_clock import Finding
from motcua.rules.casework import PaperHeld
from motcua.rules.clock_rules import Ground
from motcua.rules.refusal import Refusal


def request_supplement(
    *,
    dossier_id: UUID,
    missing: Sequence[str],
    reason: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
    finding: Finding | None = None,
) -> None:
    """Ask for what the dossier lacks (Mẫu 02; NĐ 61/2018 Đ17, Đ19.4); the clock follows the rule set.

    `finding` is what triage found wrong, before acceptance.
    """
    with work_on(events.SUPPLEMENT_REQUESTED, dossier_id, actor, at, seen, None) as w:
        policies.working_on(actor, w.case)
        changes = casework_clock.request_supplement(w.case, w.terms, w.at, missing, reason, finding)
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
    with work_on(events.SUPPLEMENT_RECEIVED, dossier_id, actor, at, seen, None) as w:
        if not actor.is_citizen:
            policies.at_desk(actor, w.case, May.ACCEPT)
        elif not any(paper.held for paper in papers):
            # The limit restarts with this: an empty answer may not be the applicant's to give.
            raise Refusal("dossier.supplement_empty", {"field": "papers"})
        w.changes = casework_clock.receive_supplement(w.case, w.terms, w.at, papers)


def pause(
    *,
    dossier_id: UUID,
    ground: Ground,
    reason: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Stop the clock on a ground declared for the procedure, named with its article.

    At the applicant's request at the desk (with its notice, where the day's set of forms has one); for
    force majeure or a consultation by who works on it.
    Raises time.ground_not_declared, time.pause_open_twice, dossier.pause_has_its_act.
    """
    with work_on(events.PAUSED, dossier_id, actor, at, seen, None) as w:
        policies.to_pause(actor, w.case, ground)
        w.changes = casework_clock.pause(w.case, w.terms, w.at, ground, reason)
        if ground is Ground.STOP:
            w.changes = slips.stop(w.changes, w.terms, reason, actor, w.at)


def resume(
    *,
    dossier_id: UUID,
    ground: Ground,
    actor: Actor,
    at: datetime,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """What the clock was stopped for is over; it goes on when nothing else holds it.

    Raises time.nothing_to_resume, dossier.pause_has_its_act.
    """
    with work_on(events.RESUMED, dossier_id, actor, at, seen, None) as w:
        policies.to_pause(actor, w.case, ground)
        w.changes = casework_clock.resume(w.case, w.terms, w.at, ground, reason)


def extend_by_law(
    *,
    dossier_id: UUID,
    extension: str,
    reason: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """More time by a special law declared for the procedure; nobody types the date, it is not late.

    Raises time.extension_not_declared, dossier.extended_by_law_already, dossier.extended_after_due.
    """
    with work_on(events.EXTENDED_BY_LAW, dossier_id, actor, at, seen, None) as w:
        policies.working_on(actor, w.case)
        w.changes = casework_clock.extend_by_law(w.case, w.terms, w.at, extension, reason)


def propose_reappointment(
    *,
    dossier_id: UUID,
    until: datetime,
    reason: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Who settles the dossier apologises and asks the desk for a new date (NĐ 61/2018 Đ19.9), once.

    Raises dossier.extended_already, dossier.reappointment_proposed_already, dossier.extension_not_later.
    """
    with work_on(events.REAPPOINTMENT_PROPOSED, dossier_id, actor, at, seen, None) as w:
        policies.working_on(actor, w.case)
        w.changes = casework_clock.propose_reappointment(
            w.case, w.terms, w.at, until=until, reason=reason, by=actor.account_id
        )


def reappoint(
    *,
    dossier_id: UUID,
    actor: Actor,
    at: datetime,
    until: datetime | None = None,
    seen: int | None = None,
) -> None:
    """The desk gives the new date that was asked for (Mẫu 04; NĐ 61/2018 Đ19.9); still judged by the old one.

    Raises dossier.no_reappointment_proposed, dossier.extension_not_later.
    """
    with work_on(events.REAPPOINTED, dossier_id, actor, at, seen, None) as w:
        policies.at_desk(actor, w.case, May.ACCEPT)
        proposal, old = w.case.proposal, w.case.due_at
        changes = casework_clock.reappoint(w.case, w.terms, w.at, until=until, by=actor.account_id)
        reason = proposal.reason if proposal else ""
        w.changes = slips.apology(changes, w.terms, old, reason, actor, w.at)
