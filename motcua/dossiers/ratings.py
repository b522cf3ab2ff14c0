"""Ratings read: the rating page of a dossier, what was said of it, what waits for a verdict."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import policies, rating_tokens
from motcua.dossiers.models import Dossier, Rating
from motcua.ledger import sql
from motcua.people import at_desk
from motcua.rules.actor import Actor
from motcua.rules.casework import Status
from motcua.rules.casework_ratings import Because, Satisfaction
from motcua.rules.refusal import Refusal

ENDING = 4
"""Digits of the number or telephone that the kiosk asks for."""
LEVEL_LABELS: Mapping[Satisfaction, Promise | str] = {
    Satisfaction.VERY: _("Rất hài lòng"),
    Satisfaction.SATISFIED: _("Hài lòng"),
    Satisfaction.DISSATISFIED: _("Không hài lòng"),
}
REASON_LABELS: Mapping[Because, Promise | str] = {
    Because.GOOD_GUIDANCE: _("Được hướng dẫn tận tình"),
    Because.QUICK: _("Giải quyết nhanh"),
    Because.LATE: _("Trả kết quả chậm"),
    Because.ATTITUDE: _("Thái độ chưa đúng mực"),
    Because.MORE_PAPERS: _("Bị yêu cầu thêm giấy tờ ngoài quy định"),
    Because.MANY_TRIPS: _("Phải đi lại nhiều lần"),
    Because.UNCLEAR: _("Hướng dẫn không rõ"),
    Because.MORE_MONEY: _("Bị yêu cầu nộp thêm tiền"),
}


@dataclass(frozen=True, slots=True)
class Rateable:
    """A dossier as its rating page names it: the code and what it was about, nothing of the person."""

    dossier_id: UUID
    code: str
    procedure_id: int
    subject: str


@dataclass(frozen=True, slots=True)
class RatingFacts:
    """What was said of a dossier, for who sees the dossier."""

    id: UUID
    dossier_id: UUID
    code: str
    accountable_id: int
    received_by_id: int
    at: datetime
    level: Satisfaction
    reasons: tuple[Because, ...]
    text: str
    way: str
    justified: bool | None
    judged_reason: str

    @property
    def waits(self) -> bool:
        """Whether somebody has to say if the complaint is justified."""
        complained = self.level is Satisfaction.DISSATISFIED and bool(self.text)
        return complained and self.justified is None


def link_token(actor: Actor, dossier_id: UUID) -> str:
    """The signed token with which whoever has it rates a dossier once; for who sees the dossier. Raises
    dossier.not_visible, rating.not_yet."""
    found = policies.to_see(actor, dossier_id)
    _ended(found)
    return rating_tokens.token_of(dossier_id)


def by_token(token: str) -> Rateable:
    """What a token's page shows; raises rating.link_invalid, rating.link_used."""
    dossier_id, given = rating_tokens.read_token(token)
    found = Dossier.objects.filter(id=dossier_id, training=False).first()
    if found is None:
        raise Refusal("rating.link_invalid")
    if Rating.objects.filter(dossier_id=dossier_id).count() != given:
        raise Refusal("rating.link_used")
    return _rateable(found)


def own(actor: Actor, dossier_id: UUID) -> Rateable:
    """The dossier that its signed-in owner rates; raises dossier.not_visible, rating.not_yet."""
    found = policies.to_see(actor, dossier_id)
    if not actor.is_citizen:
        raise Refusal("rating.may_not")
    _ended(found)
    return _rateable(found)


def at_kiosk(desk_id: int, code: str, ending: str) -> str:
    """The token for a dossier of the desk whose receipt somebody holds and whose number or telephone he
    knows the end of: one of the two alone opens nothing. Raises rating.not_matched, whichever is wrong."""
    found = Dossier.objects.filter(code=code, received_by_id=desk_id, training=False).first()
    numbers = ("", "")
    if found is not None:
        known = at_desk.by_id(found.applicant_id)
        numbers = (known.identity_number, known.phone)
    fits = [hmac.compare_digest(n[-ENDING:].encode(), ending.encode()) for n in numbers]
    if found is None or len(ending) != ENDING or not any(fits) or not _has_ended(found):
        raise Refusal("rating.not_matched")
    return rating_tokens.token_of(found.id)


def said_of(actor: Actor, dossier_id: UUID) -> RatingFacts | None:
    """The rating of a dossier, for who sees it; raises dossier.not_visible."""
    policies.to_see(actor, dossier_id)
    rows = _listed(actor, "r.dossier_id = %s", [dossier_id], 1)
    return rows[0] if rows else None


def ratings(actor: Actor, *, waiting: bool = False, size: int = 50) -> list[RatingFacts]:
    """The ratings of the dossiers the actor sees, newest first; `waiting`: complaints not judged yet."""
    where = (
        "r.level = 'dissatisfied' AND r.text <> '' AND r.justified IS NULL" if waiting else "TRUE"
    )
    return _listed(actor, where, [], size)


def _listed(actor: Actor, where: str, params: list[Any], size: int) -> list[RatingFacts]:
    seen, scoped = policies.scope(actor)
    rows = sql.fetch(LISTED.format(seen=seen, where=where), [*scoped, *params, size])
    return [
        RatingFacts(
            **{
                **row,
                "level": Satisfaction(row["level"]),
                "reasons": tuple(map(Because, row["reasons"])),
            }
        )
        for row in rows
    ]


def _rateable(found: Dossier) -> Rateable:
    return Rateable(
        found.id, found.code or found.submission_code, found.procedure_id, found.subject
    )


def _has_ended(found: Dossier) -> bool:
    with_refusal = (found.result or {}).get("kind") == "refusal"
    status = Status(found.status)
    return status is Status.HANDED_OVER or (status is Status.DONE and with_refusal)


def _ended(found: Dossier) -> None:
    if not _has_ended(found):
        raise Refusal("rating.not_yet", {"status": found.status})


LISTED = """
SELECT r.id, r.dossier_id, coalesce(dossiers_dossier.code, dossiers_dossier.submission_code) AS code,
       dossiers_dossier.accountable_id, dossiers_dossier.received_by_id, r.at, r.level, r.reasons, r.text,
       r.way, r.justified, r.judged_reason
FROM dossiers_rating r JOIN dossiers_dossier ON dossiers_dossier.id = r.dossier_id
WHERE r.replaced_at IS NULL AND {seen} AND {where}
ORDER BY r.at DESC, r.id LIMIT %s
"""
