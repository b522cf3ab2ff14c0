"""Rating the service after the result, and judging complaints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from motcua.dossiers import events, policies, rating_tokens, writer
from motcua.ledger.acts import act
from motcua.rules import casework_ratings
from motcua.rules.actor import Actor
from motcua.rules.casework_ratings import Because, Satisfaction, Way
from motcua.rules.worktime import ZONE
from motcua.statutory.rulesets import rule_set


def rate(
    *,
    level: Satisfaction,
    actor: Actor,
    at: datetime,
    dossier_id: UUID | None = None,
    token: str = "",
    reasons: Sequence[Because] = (),
    text: str = "",
    way: Way = Way.LINK,
) -> UUID:
    """Say how the service was: with the signed token of the hand-over, which serves once, or as the
    dossier's owner (`dossier_id`). One rating a dossier; a later one takes its place within the days the
    rule set gives. Returns the dossier's id.

    Raises rating.link_invalid, rating.link_used, rating.may_not, rating.not_yet, rating.too_late,
    rating.too_long, dossier.not_visible.
    """
    with act(events.RATED, actor=actor, at=at) as a:
        case, terms = policies.to_rate(actor, dossier_id, token, a)
        by = rule_set("quality", a.at.astimezone(ZONE).date())
        changes = casework_ratings.rate(
            case,
            terms,
            a.at,
            refused=rating_tokens.refused(case.id),
            before=rating_tokens.standing(case.id),
            level=level,
            reasons=reasons,
            text=text,
            way=way,
            days=by.rating_days,
        )
        writer.apply(changes, a)
    return case.id


def judge_rating(
    *, dossier_id: UUID, justified: bool, reason: str, actor: Actor, at: datetime
) -> None:
    """Find the complaint in the rating that stands justified or not (indicator 7), by who directs the desk
    that took the dossier in.

    Raises dossier.not_visible, rating.may_not_judge, rating.no_complaint, dossier.reason_missing.
    """
    with act(events.RATING_JUDGED, actor=actor, at=at) as a:
        case, terms = policies.to_change(actor, dossier_id, a)
        policies.to_judge(actor, case)
        changes = casework_ratings.judge(
            case,
            terms,
            a.at,
            actor.account_id,
            said=rating_tokens.standing(case.id),
            justified=justified,
            reason=reason,
        )
        writer.apply(changes, a)
