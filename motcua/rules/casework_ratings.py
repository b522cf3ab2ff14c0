"""What citizens say of a dossier that has ended, and whether a complaint is justified (TT 01/2018/TT-VPCP
Đ13–15; NĐ 61/2018/NĐ-CP Đ29–32)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from motcua.rules.casework import Case, Changes, Draft, Status, Terms, reasoned
from motcua.rules.refusal import Refusal

LONGEST = 2000


class Satisfaction(StrEnum):
    """The three levels of the form."""

    VERY = "very"
    SATISFIED = "satisfied"
    DISSATISFIED = "dissatisfied"


class Because(StrEnum):
    """Why, where the citizen says so."""

    LATE = "late"
    ATTITUDE = "attitude"
    MORE_PAPERS = "more_papers"
    MANY_TRIPS = "many_trips"
    UNCLEAR = "unclear"
    MORE_MONEY = "more_money"
    GOOD_GUIDANCE = "good_guidance"
    QUICK = "quick"


class Way(StrEnum):
    """How the rating came: by the signed link of the hand-over, signed in, at the kiosk."""

    LINK = "link"
    ACCOUNT = "account"
    KIOSK = "kiosk"


@dataclass(frozen=True, slots=True)
class Said:
    """The rating that stands: which in order, since when the first was given."""

    id: UUID
    round: int
    first_at: datetime
    level: Satisfaction
    text: str


def rate(
    case: Case,
    terms: Terms,
    at: datetime,
    *,
    refused: bool,
    before: Said | None,
    level: Satisfaction,
    reasons: Sequence[Because],
    text: str,
    way: Way,
    days: int,
) -> Changes:
    """Say how it was, once the result (or the refusal) has been given; a later word takes the place of the
    earlier within so many days. The text stays out of the record."""
    if not (case.status is Status.HANDED_OVER or (case.status is Status.DONE and refused)):
        raise Refusal("rating.not_yet", {"status": int(case.status)})
    if len(text) > LONGEST:
        raise Refusal("rating.too_long", {"most": LONGEST})
    if before and at > before.first_at + timedelta(days=days):
        raise Refusal("rating.too_late", {"days": days})
    draft = Draft(case, case, at, terms)
    if before:
        draft.sets.append(("rating", before.id, {"replaced_at": at}))
    number = before.round + 1 if before else 1
    draft.row(
        "rating",
        round=number,
        at=at,
        level=level.value,
        reasons=[reason.value for reason in reasons],
        text=text.strip(),
        way=way.value,
    )
    given = [reason.value for reason in reasons]
    return draft.finish(rating=level.value, reasons=given, way=way.value, round=number)


def judge(
    case: Case,
    terms: Terms,
    at: datetime,
    by: int | None,
    *,
    said: Said | None,
    justified: bool,
    reason: str,
) -> Changes:
    """Find a complaint justified or not, with the reason; it decides indicator 7 of the dossier."""
    reasoned(reason)
    if said is None or said.level is not Satisfaction.DISSATISFIED or not said.text:
        raise Refusal("rating.no_complaint")
    draft = Draft(case, case, at, terms)
    found = {
        "justified": justified,
        "judged_at": at,
        "judged_by_id": by,
        "judged_reason": reason.strip(),
    }
    draft.sets.append(("rating", said.id, found))
    return draft.finish(justified=justified, round=said.round)
