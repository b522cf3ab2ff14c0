"""How a dossier ends: with a result, a refusal or a withdrawal, and the hand-over."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import (
    attachments,
    drafting,
    events,
    issuing,
    policies,
    policies_issuing,
    policies_trust,
    slips,
)
from motcua.dossiers.attachments import Attached
from motcua.dossiers.models import Attachment
from motcua.dossiers.operations.common import Work, work_on
from motcua.ledger import canonical, sql
from motcua.ledger.acts import Key, act
from motcua.people import at_desk
from motcua.rules import casework, casework_drafts, casework_issuing, personal_id
from motcua.rules.actor import Actor, May
from motcua.rules.casework import Case, Status
from motcua.rules.collection import Collecting, identity_checked, returns_own
from motcua.rules.refusal import Refusal


def conclude(
    *,
    dossier_id: UUID,
    item_id: UUID,
    result_name: str,
    result_number: str,
    actor: Actor,
    at: datetime,
    outcome: str = "",
    draft_id: UUID | None = None,
    issue_id: UUID | None = None,
    seen: int | None = None,
    key: Key | None = None,
) -> None:
    """The result is ready: done early, on time or late (status 9). Who prepared it does not sign it; raises
    duty.same_person. With an approved draft, that is the file of the result; raises draft.not_approved. With
    an issue, its sealed file is; raises issue.passed, and issue.under_way without the one there is."""
    if not result_name.strip():
        raise Refusal("dossier.result_missing", {"field": "result_name"})
    with work_on(events.CONCLUDED, dossier_id, actor, at, seen, key) as w:
        w.item(item_id)
        policies_trust.to_sign(actor, w.case, w.terms.day(w.at))
        policies_trust.nothing_open(w.case)
        _no_other_way(w.case.id, issue_id)
        result = {"kind": "granted", "name": result_name, "number": result_number}
        w.changes = casework.conclude(
            w.case, w.terms, item_id, w.at, actor.account_id, result=result, outcome=outcome
        )
        if draft_id is not None:
            _with_draft(w, draft_id)
        if issue_id is not None:
            _with_issue(w, issue_id)


def _no_other_way(dossier_id: UUID, issue_id: UUID | None) -> None:
    """Raises certification.certify_instead, issue.under_way where the dossier ends otherwise."""
    found = sql.fetch(OTHERWISE, [dossier_id, dossier_id])[0]
    if found["certified"]:
        raise Refusal("certification.certify_instead")
    if found["issue_id"] != issue_id:
        raise Refusal("issue.under_way")


def _with_issue(work: Work, issue_id: UUID) -> None:
    """The sealed file becomes the file of the result, in the place of one that was revoked."""
    found = issuing.held(work.case.id, issue_id)
    policies_issuing.to_seal(work.actor, work.case, found, work.terms.day(work.at))
    before = issuing.revoked_last(work.case.id)
    work.changes = casework_issuing.issue(work.decided(), found, work.at, replaces=before)
    blob_id = found.sealed_blob_id
    if blob_id is not None:
        name = f"{found.number.replace('/', '-')}.pdf"
        file = Attached(blob_id, name, kind=Attachment.Kind.RESULT)
        work.act.insert(Attachment, attachments.rows(work.case.id, [file], work.at))


def _with_draft(work: Work, draft_id: UUID) -> None:
    """The approved draft becomes the file of the result; signing it is another act (decision 0005)."""
    drafted = drafting.held(work.case.id, draft_id)
    work.changes = casework_drafts.issue(work.decided(), drafted, work.at)
    blob_id = drafting.approved_blob(draft_id)
    file = Attached(blob_id, f"{drafted.title}.pdf", kind=Attachment.Kind.RESULT)
    work.act.insert(Attachment, attachments.rows(work.case.id, [file], work.at))


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
    with work_on(events.REFUSED, dossier_id, actor, at, seen, None) as w:
        w.item(item_id)
        changes = casework.refuse_in_process(
            w.case, w.terms, item_id, w.at, actor.account_id, reason=reason
        )
        w.changes = slips.refusal(changes, w.terms, reason, actor, w.at, at_intake=False)


def withdraw(
    *, dossier_id: UUID, reason: str, actor: Actor, at: datetime, seen: int | None = None
) -> None:
    """The applicant takes the dossier back (status 7), himself or at the desk."""
    with work_on(events.WITHDRAWN, dossier_id, actor, at, seen, None) as w:
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
    collecting: Collecting | None = None,
    seen: int | None = None,
    key: Key | None = None,
) -> None:
    """Give the result to the person it is for (NĐ 61/2018 Đ20; status 10).

    `collecting` says who takes it; the number he shows is compared with the owner's and not kept, only its
    last digits and a keyed digest are. Raises what rules.collection refuses, dossier.no_such_paper,
    dossier.result_not_ready, dossier.recipient_missing, dossier.charge_open, issue.result_revoked.
    """
    with work_on(events.HANDED_OVER, dossier_id, actor, at, seen, key) as w:
        policies.at_desk(actor, w.case, May.HAND_OVER)
        if issuing.revoked_last(dossier_id) is not None:
            raise Refusal("issue.result_revoked")
        w.changes = casework.hand_over(
            w.case,
            w.terms,
            w.at,
            actor.account_id,
            method=method,
            recipient=recipient,
            identity=personal_id.mask(identity),
            collected=_collected(w.case, collecting, w.terms.day(w.at)) if collecting else None,
        )


def remind_to_collect(*, dossier_id: UUID, actor: Actor, at: datetime) -> None:
    """Tell the applicant again that his result waits at the desk; once a day at most.

    Raises dossier.not_visible, dossier.may_not, dossier.result_not_ready, dossier.reminded_today.
    """
    with act(events.REMINDED_TO_COLLECT, actor=actor, at=at) as a:
        case, terms = policies.to_change(actor, dossier_id, a)
        policies.at_desk(actor, case, May.HAND_OVER)
        if case.status is not Status.DONE:
            raise Refusal("dossier.result_not_ready", {"status": int(case.status)})
        last = sql.fetch(REMINDED, [case.id, events.REMINDED_TO_COLLECT.name])[0]["at"]
        if last is not None and terms.day(last) == terms.day(a.at):
            raise Refusal("dossier.reminded_today")
        a.about("dossier", case.id, {})


def _collected(case: Case, collecting: Collecting, on: date) -> dict[str, Any]:
    """What is kept of who took the result and of what he showed."""
    owner = at_desk.number_of(case.applicant_id)
    checked = identity_checked(collecting, owner.number, on)
    if collecting.returned:
        held = sql.fetch(ORIGINALS, [case.id])
        returns_own(collecting.returned, [row["id"] for row in held])
    shown = collecting.shown[0] if collecting.shown else ""
    key = owner.digest_key
    return {
        "collector": str(collecting.collector),
        "identity": personal_id.mask(shown),
        "identity_checked": checked,
        "identity_digest": canonical.digest(key, shown) if key and shown else "",
        "authorisation": collecting.authorisation.strip(),
        "authorised_on": collecting.authorised_on,
        "tracking": collecting.tracking.strip(),
        "returned": [str(paper) for paper in collecting.returned],
    }


OTHERWISE = """
SELECT EXISTS (
    SELECT 1 FROM dossiers_certification WHERE dossier_id = %s AND book_id IS NULL
) AS certified, (
    SELECT id FROM dossiers_issue
    WHERE dossier_id = %s AND stage IN ('prepared', 'signed', 'numbered', 'sealed')
) AS issue_id
"""
ORIGINALS = "SELECT id FROM dossiers_paper WHERE dossier_id = %s AND originals > 0"
REMINDED = """
SELECT max(at) AS at FROM ledger_entry
WHERE subject_id = %s AND subject_kind = 'dossier' AND event = %s
"""
