"""A fact written wrong is corrected by two: one proposes, another confirms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import correcting, events, policies_trust, slips
from motcua.dossiers.models import Correction
from motcua.dossiers.operations.common import Work, work_on
from motcua.ledger import canonical
from motcua.people import queries as people
from motcua.rules import casework_trust
from motcua.rules.actor import Actor
from motcua.rules.casework_trust import Waiting
from motcua.rules.refusal import Refusal

FACTS = Correction.Kind.FACTS.value


def propose_correction(
    *,
    dossier_id: UUID,
    facts: Mapping[str, Any],
    reason: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> UUID:
    """Propose that facts of a dossier be corrected: the applicant's or the submitter's name, the subject, how
    many originals and copies of a paper ("paper:" and its id). Returns the correction's id.

    Raises dossier.may_not, dossier.reason_missing, correction.waiting, correction.nothing_changes,
    correction.fact_missing, correction.unknown_fact.
    """
    with work_on(events.CORRECTION_PROPOSED, dossier_id, actor, at, seen, None) as w:
        policies_trust.to_propose_correction(actor, w.case)
        if Correction.objects.filter(
            dossier_id=dossier_id, kind=FACTS, decided_at__isnull=True
        ).exists():
            raise Refusal("correction.waiting")
        now = correcting.facts(dossier_id)
        if set(facts) - set(now):
            raise Refusal("correction.unknown_fact")
        old, new = casework_trust.differing(now, facts)
        changes = casework_trust.propose_correction(
            w.case, w.terms, w.at, kind=FACTS, old=old, new=new, reason=reason, by=actor.account_id
        )
        w.changes, w.personal = changes, _digests(w, old, new)
    return UUID(str(changes.rows[0][1]["id"]))


def confirm_correction(
    *, dossier_id: UUID, correction_id: UUID, actor: Actor, at: datetime, seen: int | None = None
) -> None:
    """Confirm a correction that somebody else proposed: the facts change, and a receipt that said otherwise
    is replaced by another.

    Raises dossier.may_not, correction.not_waiting, duty.same_person, correction.changed.
    """
    with work_on(events.CORRECTED, dossier_id, actor, at, seen, None) as w:
        waiting = _waiting(w, correction_id)
        now = correcting.facts(dossier_id)
        changes = casework_trust.confirm_correction(
            w.case, w.terms, w.at, waiting, now=now, by=actor.account_id
        )
        right = {**now, **waiting.new}
        w.changes = slips.corrected_receipt(changes, w.terms, right, actor, w.at)
        w.personal = _digests(w, waiting.old, waiting.new)


def reject_correction(
    *,
    dossier_id: UUID,
    correction_id: UUID,
    answer: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Reject a correction that somebody else proposed, with the reason; nothing changes.

    Raises dossier.may_not, correction.not_waiting, duty.same_person, dossier.reason_missing.
    """
    with work_on(events.CORRECTION_REJECTED, dossier_id, actor, at, seen, None) as w:
        waiting = _waiting(w, correction_id)
        w.changes = casework_trust.reject_correction(
            w.case, w.terms, w.at, waiting, answer=answer, by=actor.account_id
        )


def _waiting(w: Work, correction_id: UUID) -> Waiting:
    """The correction, which the actor may decide."""
    policies_trust.to_decide_correction(w.actor, w.case)
    row = Correction.objects.filter(
        id=correction_id, dossier_id=w.case.id, kind=FACTS, decided_at__isnull=True
    ).first()
    if row is None:
        raise Refusal("correction.not_waiting")
    policies_trust.apart(w.actor, {row.proposed_by_id}, "propose_correction", w.terms.day(w.at))
    return Waiting(row.id, row.kind, row.old, row.new, row.proposed_by_id)


def _digests(w: Work, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """What the record keeps of the values: keyed digests, by name."""
    key = people.digest_key(w.case.applicant_id)
    if key is None:
        return {}
    return {
        when: {name: canonical.digest(key, str(value)) for name, value in values.items()}
        for when, values in (("old", old), ("new", new))
    }
