"""A result in the making: drafted, saved as versions, submitted, returned or approved."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from motcua.dossiers import drafting, events, policies
from motcua.dossiers.operations.common import Work, work_on
from motcua.ledger import sql
from motcua.rules import casework_drafts
from motcua.rules.actor import Actor
from motcua.rules.casework_drafts import Hand, Version


def draft_result(
    *, dossier_id: UUID, template: str, actor: Actor, at: datetime, seen: int | None = None
) -> UUID:
    """Begin a draft from a declared text, its fields filled from the dossier; from one's open step.

    Raises dossier.not_your_step, draft.no_template.
    """
    with work_on(events.DRAFT_BEGUN, dossier_id, actor, at, seen, None) as w:
        hand = _hand(w)
        code = sql.fetch(PROCEDURE, [w.case.procedure_id])[0]["code"]
        text = drafting.text_of(template, code, w.terms.day(w.at))
        w.changes, draft_id = casework_drafts.begin(
            w.case, w.terms, w.at, template=text.key, title=text.name,
            first=drafting.begun(text, dossier_id), by=hand,
        )  # fmt: skip
    return draft_id


def save_draft(
    *, dossier_id: UUID, draft_id: UUID, new: Version, based_on: int, actor: Actor, at: datetime
) -> None:
    """Save another version over the one it was written from; an older one is refused as stale.

    Raises dossier.not_your_step, draft.not_editable, draft.stale, draft.unchanged.
    """
    with work_on(events.DRAFT_SAVED, dossier_id, actor, at, None, None) as w:
        hand = _hand(w)
        w.changes = casework_drafts.save(
            w.case, w.terms, w.at, drafted=drafting.held(dossier_id, draft_id), new=new,
            based_on=based_on, by=hand,
        )  # fmt: skip


def submit_draft(
    *, dossier_id: UUID, draft_id: UUID, version: int, actor: Actor, at: datetime
) -> None:
    """Submit the newest version to the leader. Raises draft.not_editable, draft.stale, draft.no_pdf."""
    with work_on(events.DRAFT_SUBMITTED, dossier_id, actor, at, None, None) as w:
        policies.to_consult(actor, w.case)
        w.changes = casework_drafts.submit(
            w.case, w.terms, w.at, drafted=drafting.held(dossier_id, draft_id), version=version,
            by=actor.account_id,
        )  # fmt: skip


def return_draft(
    *, dossier_id: UUID, draft_id: UUID, version: int, reason: str, actor: Actor, at: datetime
) -> None:
    """The leader gives a submitted draft back, with the reason. Raises dossier.may_not,
    draft.not_submitted, draft.stale."""
    with work_on(events.DRAFT_RETURNED, dossier_id, actor, at, None, None) as w:
        policies.to_decide_draft(actor, w.case)
        w.changes = casework_drafts.send_back(
            w.case, w.terms, w.at, drafted=drafting.held(dossier_id, draft_id), version=version,
            reason=reason, by=actor.account_id,
        )  # fmt: skip


def approve_draft(
    *,
    dossier_id: UUID,
    draft_id: UUID,
    version: int,
    blob_id: int,
    actor: Actor,
    at: datetime,
) -> None:
    """The leader approves the version he read; its digest and its PDF (a stored file) are fixed. Who wrote
    any version does not approve. Raises dossier.may_not, draft.own_work, draft.stale."""
    with work_on(events.DRAFT_APPROVED, dossier_id, actor, at, None, None) as w:
        policies.to_decide_draft(actor, w.case)
        w.changes = casework_drafts.approve(
            w.case, w.terms, w.at, drafted=drafting.held(dossier_id, draft_id), version=version,
            blob_id=blob_id, by=(actor.account_id, actor.name), behind=actor.on_behalf_of,
        )  # fmt: skip


def _hand(work: Work) -> Hand:
    unit_id = policies.to_consult(work.actor, work.case)
    return Hand(work.actor.account_id, work.actor.name, unit_id)


PROCEDURE = "SELECT code FROM catalogue_procedure WHERE id = %s"
