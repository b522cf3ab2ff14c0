"""What a desk does with a dossier filed online that it does not take in itself: it re-routes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from motcua.rules.answer_clock import Finding, Outcome
from motcua.rules.books import NOWHERE, Posting, moves
from motcua.rules.casework import Case, Changes, Draft, Status, Terms, position, reasoned
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE


def reroute(
    case: Case, terms: Terms, at: datetime, *, to: Case, reason: str, facts: Mapping[str, Any]
) -> Changes:
    """Put a dossier that waits to be taken in where it belongs: at another agency's desk, under another
    procedure, or both.

    `to` is the case as it would have been filed there, `terms` are its, `facts` the descriptive columns
    that change with the procedure. The promise to the applicant stands; the desk that gets it has its least
    time (answer_clock.due). In the books it leaves the one agency as if never filed there, and stands with
    the other as filed. Raises dossier.not_waiting_for_acceptance, dossier.rerouted_to_itself.
    """
    reasoned(reason)
    if case.status is not Status.SUBMITTED:
        raise Refusal("dossier.not_waiting_for_acceptance", {"status": int(case.status)})
    finding = _found(case, to)
    draft = Draft(case, case, at, terms)
    draft.answer(Outcome.REROUTED, finding, reason)
    draft.now(
        procedure_id=to.procedure_id,
        procedure_version_id=to.procedure_version_id,
        process_id=to.process_id,
        received_by_id=to.received_by_id,
        accountable_id=to.accountable_id,
        holder_id=to.received_by_id,
    )
    draft.columns |= {
        "procedure_id": to.procedure_id,
        "procedure_version_id": to.procedure_version_id,
        "process_id": to.process_id,
        **facts,
    }
    draft.ask(case.answer_asked_at or case.received_at)
    changes = draft.finish(
        finding=str(finding),
        desks=[case.received_by_id, to.received_by_id],
        procedures=[case.procedure_id, to.procedure_id],
        answer_due_at=draft.case.answer_due_at,
    )
    return replace(changes, postings=tuple(_postings(case, changes.case, at)))


def _found(case: Case, to: Case) -> Finding:
    if to.procedure_id != case.procedure_id:
        return Finding.WRONG_PROCEDURE
    if to.accountable_id == case.accountable_id:
        raise Refusal("dossier.rerouted_to_itself", {"field": "to"})
    return Finding.WRONG_AGENCY


def _postings(before: Case, after: Case, at: datetime) -> list[Posting]:
    """Out of the books of the one agency and procedure, into those of the other."""
    if after.training:
        return []
    on, stands = at.astimezone(ZONE).date(), position(after, ZONE)
    movements = ((before, moves(stands, NOWHERE, on)), (after, moves(NOWHERE, stands, on)))
    return [
        Posting(case.id, out_of, into, when, case.accountable_id, case.procedure_id, case.channel)
        for case, moved in movements
        for out_of, into, when in moved
    ]
