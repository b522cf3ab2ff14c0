"""A result goes out: prepared, signed, numbered, sealed; its number voided, its issue stopped; revoked.

What is rendered, signed and sealed happens between these acts (journeys.issuing, decision 0025); `conclude`
is still the one act that finishes a dossier.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from motcua.dossiers import drafting, events, issuing, policies, policies_issuing
from motcua.dossiers.operations.common import Work, work_on
from motcua.ledger import sql
from motcua.ledger.acts import next_number
from motcua.rules import casework_issuing as deciding
from motcua.rules.actor import Actor
from motcua.rules.casework_issuing import Hand, Issuing, Made, Stage
from motcua.rules.certification import first_of_year
from motcua.rules.refusal import Refusal


def prepare_issue(
    *, dossier_id: UUID, draft_id: UUID, token: str, blob_id: int, symbol: str, actor: Actor,
    at: datetime,
) -> UUID:  # fmt: skip
    """The approved draft, rendered with its open fields (a stored file), waits for the signature of who
    approved it. Raises dossier.may_not, draft.not_approved, draft.own_work, issue.another_signs,
    issue.under_way."""
    with work_on(events.ISSUE_PREPARED, dossier_id, actor, at, None, None) as w:
        policies.to_decide_draft(actor, w.case)
        approver_id, name = drafting.approver(draft_id)
        if approver_id not in (actor.account_id, actor.on_behalf_of):
            raise Refusal("issue.another_signs", {"name": name})
        if issuing.running(dossier_id) is not None:
            raise Refusal("issue.under_way")
        drafted = drafting.held(dossier_id, draft_id)
        w.changes, issue_id = deciding.prepare(
            w.case, w.terms, w.at, drafted=drafted, token=token, blob_id=blob_id, written=symbol,
            agency_id=actor.agency_id or w.case.accountable_id, signer=hand(actor),
        )  # fmt: skip
    return issue_id


def sign_issue(*, dossier_id: UUID, issue_id: UUID, made: Made, actor: Actor, at: datetime) -> None:
    """The one whose name stands under it has signed; the last step goes to the agency's registry.

    Raises dossier.may_not, dossier.not_your_step, duty.same_person, issue.passed, issue.another_signs,
    issue.agency_changed, issue.no_registry.
    """
    with work_on(events.ISSUE_SIGNED, dossier_id, actor, at, None, None) as w:
        found = issuing.held(dossier_id, issue_id)
        item = policies_issuing.to_sign(actor, w.case, found, w.terms.day(w.at))
        registry_id = issuing.registry_of(found.agency_id, w.terms.day(w.at))
        if registry_id is None:
            raise Refusal("issue.no_registry")
        w.changes = deciding.sign(
            w.case, w.terms, w.at, issuing=found, item=item, registry_id=registry_id, made=made,
            by=hand(actor),
        )  # fmt: skip


def number_issue(*, dossier_id: UUID, issue_id: UUID, actor: Actor, at: datetime) -> None:
    """Give a signed text the next number of its book, of today (NĐ 30/2020 Đ15).

    Raises dossier.may_not, dossier.not_your_step, duty.same_person, issue.passed, issue.agency_changed.
    """
    with work_on(events.ISSUE_NUMBERED, dossier_id, actor, at, None, None) as w:
        found = _to_seal(w, issue_id)
        given, on = _next(found, w.terms.day(w.at))
        w.changes = deciding.number(
            w.case, w.terms, w.at, issuing=found, given=given, on=on, by=hand(actor)
        )


def seal_issue(
    *, dossier_id: UUID, issue_id: UUID, number: str, made: Made, actor: Actor, at: datetime
) -> None:
    """The agency's seal is on it, with this number. Raises what number_issue raises."""
    with work_on(events.ISSUE_SEALED, dossier_id, actor, at, None, None) as w:
        found = _to_seal(w, issue_id)
        w.changes = deciding.seal(
            w.case, w.terms, w.at, issuing=found, number=number, made=made, by=hand(actor)
        )


def void_result_number(
    *, dossier_id: UUID, issue_id: UUID, reason: str, actor: Actor, at: datetime
) -> None:
    """Give up the number of a result that is not issued yet; it waits for another, and the number is never
    given again. Raises dossier.may_not, dossier.reason_missing, issue.no_number."""
    with work_on(events.RESULT_NUMBER_VOIDED, dossier_id, actor, at, None, None) as w:
        found = issuing.held(dossier_id, issue_id)
        policies_issuing.to_cancel(actor, w.case, found)
        w.changes = deciding.void_number(
            w.case, w.terms, w.at, issuing=found, reason=reason, by=hand(actor)
        )


def cancel_issue(
    *, dossier_id: UUID, issue_id: UUID, reason: str, actor: Actor, at: datetime
) -> None:
    """Stop a result on its way out: its number is voided, its text goes back to be written anew.

    Raises dossier.may_not, dossier.reason_missing, issue.passed.
    """
    with work_on(events.ISSUE_CANCELLED, dossier_id, actor, at, None, None) as w:
        found = issuing.held(dossier_id, issue_id)
        policies_issuing.to_cancel(actor, w.case, found)
        w.changes = deciding.cancel(
            w.case, w.terms, w.at, issuing=found, reason=reason, by=hand(actor)
        )


def propose_revocation(
    *,
    dossier_id: UUID,
    issue_id: UUID,
    reason: str,
    actor: Actor,
    at: datetime,
    replacement: str = "",
) -> None:
    """Propose that an issued result be revoked, with the reason; `replacement` is the number of the result
    of the same agency that stands in its place.

    Raises dossier.may_not, dossier.reason_missing, issue.not_issued, issue.revoked_already,
    issue.no_such_number, issue.replaces_itself, revocation.waits_already.
    """
    with work_on(events.REVOCATION_PROPOSED, dossier_id, actor, at, None, None) as w:
        found = issuing.held(dossier_id, issue_id)
        policies_issuing.to_propose_revocation(actor, w.case, found)
        if any(row["decided_at"] is None for row in issuing.revocations(issue_id)):
            raise Refusal("revocation.waits_already")
        other = issuing.numbered(found.agency_id, replacement) if replacement.strip() else None
        w.changes = deciding.propose_revocation(
            w.case, w.terms, w.at, issuing=found, replacement_id=other, reason=reason,
            by=hand(actor),
        )  # fmt: skip


def revoke_result(*, dossier_id: UUID, revocation_id: UUID, actor: Actor, at: datetime) -> None:
    """A leader revokes a result as somebody else proposed: from this moment everybody who asks is told so.
    Its file stays. Raises dossier.may_not, duty.same_person, revocation.not_waiting."""
    with work_on(events.RESULT_REVOKED, dossier_id, actor, at, None, None) as w:
        waiting, issue_id, proposer = issuing.waiting(dossier_id, revocation_id)
        found = issuing.held(dossier_id, issue_id)
        policies_issuing.to_revoke(actor, found, proposer, w.terms.day(w.at))
        w.changes = deciding.revoke(
            w.case, w.terms, w.at, issuing=found, waiting=waiting, by=hand(actor)
        )


def keep_result(
    *, dossier_id: UUID, revocation_id: UUID, answer: str, actor: Actor, at: datetime
) -> None:
    """A leader keeps a result that somebody else proposed to revoke, and says why.

    Raises dossier.may_not, duty.same_person, dossier.reason_missing, revocation.not_waiting.
    """
    with work_on(events.REVOCATION_REJECTED, dossier_id, actor, at, None, None) as w:
        waiting, issue_id, proposer = issuing.waiting(dossier_id, revocation_id)
        found = issuing.held(dossier_id, issue_id)
        policies_issuing.to_revoke(actor, found, proposer, w.terms.day(w.at))
        w.changes = deciding.keep(
            w.case, w.terms, w.at, issuing=found, waiting=waiting, answer=answer, by=hand(actor)
        )


def series(agency_id: int, symbol: str) -> str:
    """The counter of an agency's book of one symbol; it stands under the first day of its year."""
    return f"result:{agency_id}:{symbol}"


def hand(actor: Actor) -> Hand:
    """Who does it, as the decisions take it."""
    return Hand(actor.account_id, actor.name, actor.title, actor.on_behalf_of)


def _to_seal(w: Work, issue_id: UUID) -> Issuing:
    found = issuing.held(w.case.id, issue_id)
    policies_issuing.to_seal(w.actor, w.case, found, w.terms.day(w.at))
    return found


def _next(found: Issuing, on: date) -> tuple[int, date]:
    """The next number of the book, and its date: never before that of the number it follows."""
    deciding.at_stage(found, Stage.SIGNED)
    number = next_number(series(found.agency_id, found.symbol), first_of_year(on.year))
    last = sql.fetch(LAST, [found.agency_id, found.symbol, on.year])[0]["last"]
    return number, max(on, last or on)


LAST = """
SELECT max("on") AS last FROM dossiers_resultnumber WHERE agency_id = %s AND symbol = %s AND year = %s
"""
