"""Asking other agencies about a dossier (NĐ 61/2018 Đ19.5), and what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from motcua.dossiers import consulting, desk_files, events, policies
from motcua.dossiers.models import Opinion
from motcua.dossiers.operations.common import Work, work_on
from motcua.dossiers.operations.transfer import standing
from motcua.ledger.acts import act
from motcua.organisations import calendar as office
from motcua.rules import casework_opinions
from motcua.rules.actor import Actor
from motcua.rules.casework_opinions import Asked, Asker, OpenOpinion, Stance
from motcua.rules.refusal import Refusal

CHUNK = 200


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency to ask, and its time: so many of its own working days, or until the end of a day."""

    unit_id: int
    days: int | None = None
    until: date | None = None


def ask_opinions(
    *,
    dossier_id: UUID,
    question: str,
    agencies: Sequence[Agency],
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Ask other agencies, side by side, each with a date by its own calendar; from one's open step.

    The clock stands still only where the procedure declares it (Ground.CONSULTATION). Raises
    dossier.not_your_step, dossier.no_such_agency, opinion.due_missing, opinion.due_not_working and what
    casework_opinions.ask raises.
    """
    with work_on(events.OPINIONS_ASKED, dossier_id, actor, at, seen, None) as w:
        own = policies.to_consult(actor, w.case)
        for one in agencies:
            standing(one.unit_id, w.terms.day(w.at), "agencies")
        w.changes = casework_opinions.ask(
            w.case,
            w.terms,
            w.at,
            question=question,
            asked=[Asked(one.unit_id, _due(one, w.at)) for one in agencies],
            waiting=consulting.waiting(dossier_id),
            by=Asker(actor.account_id, own),
            digest=consulting.digest(w.case.applicant_id, question),
        )


def answer_opinion(
    *,
    opinion_id: UUID,
    dossier_id: UUID,
    stance: Stance,
    answer: str,
    actor: Actor,
    at: datetime,
    files: Sequence[tuple[int, str]] = (),
) -> None:
    """What the agency asked says, with its files (blob id, name); with the last answer the clock goes on,
    where it waited. Raises opinion.not_open, dossier.may_not."""
    with work_on(events.OPINION_ANSWERED, dossier_id, actor, at, None, None) as w:
        opinion, left = _open(dossier_id, opinion_id)
        policies.to_answer(actor, opinion.unit_id)
        changes = casework_opinions.answer(
            w.case,
            w.terms,
            w.at,
            opinion=opinion,
            left=left,
            stance=stance,
            text=answer,
            by=(actor.account_id, actor.name),
            digest=consulting.digest(w.case.applicant_id, answer),
        )
        rows = desk_files.rows(dossier_id, opinion_id, files, w.at)
        w.changes = replace(changes, rows=(*changes.rows, *rows))


def cancel_opinion(
    *,
    dossier_id: UUID,
    opinion_id: UUID,
    reason: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Take a question back, with the reason: by who asked, or whose step the dossier is now.

    Raises opinion.not_open, dossier.not_your_step.
    """
    with work_on(events.OPINION_CANCELLED, dossier_id, actor, at, seen, None) as w:
        opinion, left = _open(dossier_id, opinion_id)
        _may_cancel(actor, w, opinion)
        w.changes = casework_opinions.cancel(
            w.case, w.terms, w.at, opinion=opinion, left=left, reason=reason
        )


def tell_late_opinions(*, actor: Actor, at: datetime, many: int = CHUNK) -> int:
    """Record, once for each, the questions whose time is over without an answer (NĐ 61/2018 Đ19.5: the
    lead tells the head of the one-stop desk); returns how many. Raises dossier.may_not."""
    policies.to_warn(actor)
    with transaction.atomic():
        rows = consulting.late(at, many)
        if not rows:
            return 0
        with act(events.OPINION_LATE, actor=actor, at=at) as a:
            a.hold("dossier", *{row["dossier_id"] for row in rows})
            a.says({})
            a.update(Opinion, [(row["id"], {"late_told_at": at}) for row in rows])
            for row in rows:
                said = {"opinion": row["id"], "unit": row["unit_id"], "asker": row["asked_by_id"]}
                a.about("dossier", row["dossier_id"], said | {"answer_due": row["due_at"]})
    return len(rows)


def _open(dossier_id: UUID, opinion_id: UUID) -> tuple[OpenOpinion, int]:
    """The open question, and how many others wait beside it; raises opinion.not_open."""
    waiting = consulting.waiting(dossier_id)
    for opinion in waiting:
        if opinion.id == opinion_id:
            return opinion, len(waiting) - 1
    raise Refusal("opinion.not_open")


def _may_cancel(actor: Actor, work: Work, opinion: OpenOpinion) -> None:
    if opinion.asker is None or opinion.asker != actor.account_id:
        policies.to_consult(actor, work.case)


def _due(one: Agency, at: datetime) -> datetime:
    """By the calendar of the agency asked: so many of its working days on, or the end of its day."""
    calendar = office.work_calendar(one.unit_id)
    if one.until is not None:
        if not calendar.is_working(one.until):
            raise Refusal("opinion.due_not_working", {"on": one.until, "field": "agencies"})
        return calendar.closing(one.until)
    if not one.days:
        raise Refusal("opinion.due_missing", {"field": "agencies"})
    return calendar.add_days(at, Decimal(one.days))
