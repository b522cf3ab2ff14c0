"""A signal of hidden lateness is looked into by who inspects."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from motcua.dossiers import events, policies_trust
from motcua.dossiers.models import SignalReview
from motcua.dossiers.operations.common import work_on
from motcua.dossiers.signals import SIGNALS
from motcua.rules import casework_trust
from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal


def review_signal(
    *, dossier_id: UUID, signal: str, finding: str, note: str, actor: Actor, at: datetime
) -> None:
    """Say what a look into a signal found: justified, or to be followed up; with a note. A signal is no
    verdict.

    Raises dossier.may_not, dossier.not_visible, signal.unknown, signal.finding_missing,
    dossier.reason_missing.
    """
    policies_trust.to_review_signal(actor)
    if signal not in SIGNALS:
        raise Refusal("signal.unknown")
    if finding not in SignalReview.Finding.values:
        raise Refusal("signal.finding_missing", {"field": "finding"})
    with work_on(events.SIGNAL_REVIEWED, dossier_id, actor, at, None, None) as w:
        w.changes = casework_trust.review_signal(
            w.case, w.at, signal=signal, finding=finding, note=note, by=actor.account_id
        )
