"""Certification for whoever comes to the counter: the person is known or made known, as one with the act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from motcua.dossiers import operations
from motcua.dossiers.operations import Entered
from motcua.journeys.intake import Application, intake_of
from motcua.ledger.acts import Key
from motcua.rules.actor import Actor
from motcua.rules.certification import Line


def prepare(
    application: Application,
    lines: Sequence[Line],
    *,
    actor: Actor,
    at: datetime,
    key: Key | None = None,
) -> Entered:
    """dossiers.prepare_certification for a person who may be new; both or neither."""
    with transaction.atomic():
        return operations.prepare_certification(
            intake=intake_of(application, actor=actor, at=at),
            lines=lines,
            actor=actor,
            at=at,
            key=key,
        )


def at_once(
    application: Application,
    lines: Sequence[Line],
    *,
    signer_id: int,
    receipt_number: str,
    actor: Actor,
    at: datetime,
    key: Key | None = None,
) -> Entered:
    """dossiers.certify_at_once for a person who may be new; both or neither."""
    with transaction.atomic():
        return operations.certify_at_once(
            intake=intake_of(application, actor=actor, at=at),
            lines=lines,
            signer_id=signer_id,
            receipt_number=receipt_number,
            actor=actor,
            at=at,
            key=key,
        )
