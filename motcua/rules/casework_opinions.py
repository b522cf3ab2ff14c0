"""Asking other agencies about a dossier, and their answers, as pure decisions (NĐ 61/2018 Đ19.5).

Where the procedure declares that its clock waits for consultations, asking stops it and the last answer lets
it go on, in the same acts; where it does not, it runs on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from motcua.rules import deadline
from motcua.rules.casework import OPEN, Case, Changes, Draft, Terms, reasoned
from motcua.rules.casework_clock import close_pause, open_pause
from motcua.rules.clock_rules import Ground
from motcua.rules.pauses import open_grounds
from motcua.rules.refusal import Refusal

MOST = 10
"""So many agencies are asked at once."""


class Stance(StrEnum):
    """What an agency says, in a word; its text says why."""

    AGREES = "agrees"
    AGREES_IF = "agrees_if"
    DISAGREES = "disagrees"
    NOT_OURS = "not_ours"


@dataclass(frozen=True, slots=True)
class Asked:
    """An agency to be asked, and until when."""

    unit_id: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class OpenOpinion:
    """A question that waits for its answer; `asker` is the account that asked."""

    id: UUID
    unit_id: int
    due_at: datetime
    asker: int | None


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: an account, and the unit whose step it has."""

    account_id: int | None
    unit_id: int


def ask(
    case: Case,
    terms: Terms,
    at: datetime,
    *,
    question: str,
    asked: Sequence[Asked],
    waiting: Sequence[OpenOpinion],
    by: Asker,
    digest: str | None,
) -> Changes:
    """Ask one to ten agencies, each with its own date; `waiting` are the questions still open.

    Raises dossier.not_under_way, opinion.question_missing, opinion.nobody_asked, opinion.too_many,
    opinion.own_agency, opinion.asked_already, opinion.due_passed.
    """
    if case.accepted_at is None or case.status not in OPEN:
        raise Refusal("dossier.not_under_way", {"status": int(case.status)})
    if not question.strip():
        raise Refusal("opinion.question_missing", {"field": "question"})
    _may_be_asked(case, at, asked, waiting)
    draft = Draft(case, case, at, terms)
    for one in asked:
        draft.row(
            "opinion",
            unit_id=one.unit_id,
            question=question.strip(),
            asked_at=at,
            asked_by_id=by.account_id,
            asked_in_id=by.unit_id,
            due_at=one.due_at,
        )
    article = _stop(draft)
    return draft.finish(
        units=[one.unit_id for one in asked],
        answers_due=[one.due_at for one in asked],
        **_said(question=digest, article=article),
    )


def _may_be_asked(
    case: Case, at: datetime, asked: Sequence[Asked], waiting: Sequence[OpenOpinion]
) -> None:
    units = [one.unit_id for one in asked]
    if not units:
        raise Refusal("opinion.nobody_asked", {"field": "agencies"})
    if len(units) > MOST:
        raise Refusal("opinion.too_many", {"most": MOST, "field": "agencies"})
    if case.accountable_id in units:
        raise Refusal("opinion.own_agency", {"field": "agencies"})
    if len(set(units)) < len(units) or {o.unit_id for o in waiting} & set(units):
        raise Refusal("opinion.asked_already", {"field": "agencies"})
    if any(one.due_at <= at for one in asked):
        raise Refusal("opinion.due_passed", {"field": "agencies"})


def answer(
    case: Case,
    terms: Terms,
    at: datetime,
    *,
    opinion: OpenOpinion,
    left: int,
    stance: Stance,
    text: str,
    by: tuple[int | None, str],
    digest: str | None,
) -> Changes:
    """What the agency says; with none `left` to answer the clock goes on, where it waited for them.

    Raises dossier.not_under_way, opinion.text_missing.
    """
    if case.status not in OPEN:
        raise Refusal("dossier.not_under_way", {"status": int(case.status)})
    if stance is not Stance.AGREES and not text.strip():
        raise Refusal("opinion.text_missing", {"field": "answer"})
    draft = Draft(case, case, at, terms)
    answered = {"answered_at": at, "answered_by_id": by[0], "answered_name": by[1]}
    answered |= {"stance": str(stance), "answer": text.strip()}
    draft.sets.append(("opinion", opinion.id, answered))
    if not left:
        _go_on(draft)
    late = {"answered_late": True} if at > opinion.due_at else {}
    return draft.finish(
        opinion=opinion.id,
        unit=opinion.unit_id,
        stance=str(stance),
        asker=opinion.asker,
        left=left,
        **late,
        **_said(answer=digest),
    )


def cancel(
    case: Case, terms: Terms, at: datetime, *, opinion: OpenOpinion, left: int, reason: str
) -> Changes:
    """Take a question back; with none `left` to answer the clock goes on, where it waited for them."""
    reasoned(reason)
    draft = Draft(case, case, at, terms)
    draft.sets.append(("opinion", opinion.id, {"cancelled_at": at, "cancel_reason": reason}))
    if not left and case.status in OPEN:
        _go_on(draft)
    return draft.finish(opinion=opinion.id, unit=opinion.unit_id, left=left)


def _stop(draft: Draft) -> str | None:
    """Stop the clock where the procedure says so and it does not stand for this already; the article."""
    declared = {one.ground for one in draft.terms.rules.grounds}
    if Ground.CONSULTATION not in declared:
        return None
    if Ground.CONSULTATION in open_grounds(draft.case.clock):
        return None
    return open_pause(draft, Ground.CONSULTATION, "Lấy ý kiến cơ quan khác")


def _go_on(draft: Draft) -> None:
    if Ground.CONSULTATION in open_grounds(draft.case.clock):
        close_pause(draft, deadline.Resumed(draft.at, Ground.CONSULTATION.value))


def _said(**fields: str | None) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}
