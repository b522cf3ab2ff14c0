"""Posts held, delegated and widened over time."""

from __future__ import annotations

from datetime import date, datetime

from motcua.organisations import queries as organisations
from motcua.people import events, policies
from motcua.people.models import Delegation, Grant, PostHeld
from motcua.people.operations.common import act_or_refuse, days, ended, text
from motcua.rules.actor import Actor, May
from motcua.rules.refusal import Refusal

SEE = "see"
"""The grant that widens whose dossiers a post sees; the others are values of rules.actor.May."""


def assign_post(
    *,
    account_id: int,
    post_id: int,
    since: date,
    until: date | None = None,
    home_unit_id: int | None = None,
    actor: Actor,
    at: datetime,
) -> int:
    """Put an officer in a post from a day on; `home_unit_id` is where one seconded comes from (NĐ 61/2018
    Đ10–11). Returns the id of the post held.

    Raises account.may_not, account.unknown, account.not_officer, account.closed, post.unknown,
    unit.unknown, range.empty, post.held_already.
    """
    policies.to_operate(actor)
    valid = days(since, until)
    if home_unit_id is not None:
        organisations.unit(home_unit_id)
    with act_or_refuse(events.POST_ASSIGNED, actor=actor, at=at) as a:
        policies.officer(account_id)
        _existing_post(post_id)
        a.hold("account", account_id)
        held = PostHeld.objects.create(
            account_id=account_id, post_id=post_id, home_unit_id=home_unit_id, valid=valid
        )
        a.about(
            "account",
            account_id,
            {"held": held.id, "post": post_id, "home_unit": home_unit_id, "valid": text(valid)},
        )
    return int(held.id)


def end_post(*, held_id: int, on: date, actor: Actor, at: datetime) -> None:
    """The officer leaves the post; `on` is the first day without it. Delegations of it end with it.

    Raises account.may_not, post.not_held, range.end_outside.
    """
    with act_or_refuse(events.POST_ENDED, actor=actor, at=at) as a:
        held = policies.to_change_held(actor, held_id)
        held.valid = ended(held.valid, on)
        held.save(update_fields=["valid"])
        a.hold("account", held.account_id)
        a.about("account", held.account_id, {"held": held_id, "valid": text(held.valid)})


def delegate(
    *,
    held_id: int,
    to_account_id: int,
    since: date,
    until: date,
    reason: str,
    actor: Actor,
    at: datetime,
) -> int:
    """Let another officer act in a post from a day until before another; returns the delegation's id.

    What is delegated cannot be delegated on. Raises post.not_held, delegation.may_not,
    delegation.to_self, account.unknown, account.not_officer, account.closed, delegation.reason_missing,
    range.empty, delegation.overlaps.
    """
    valid = days(since, until)
    if not reason.strip():
        raise Refusal("delegation.reason_missing")
    with act_or_refuse(events.POST_DELEGATED, actor=actor, at=at) as a:
        held = policies.to_delegate(actor, held_id)
        if to_account_id == held.account_id:
            raise Refusal("delegation.to_self")
        policies.officer(to_account_id)
        a.hold("account", held.account_id, to_account_id)
        made = Delegation.objects.create(
            held=held, to_id=to_account_id, valid=valid, reason=reason.strip()
        )
        fields = {"delegation": made.id, "held": held_id, "valid": text(valid)}
        a.about("account", held.account_id, fields | {"to": to_account_id})
        a.about("account", to_account_id, fields | {"from": held.account_id})
    return int(made.id)


def end_delegation(*, delegation_id: int, on: date, actor: Actor, at: datetime) -> None:
    """End a delegation; `on` is the first day without it.

    Raises delegation.unknown, delegation.may_not, range.end_outside.
    """
    with act_or_refuse(events.DELEGATION_ENDED, actor=actor, at=at) as a:
        found = policies.to_end_delegation(actor, delegation_id)
        found.valid = ended(found.valid, on)
        found.save(update_fields=["valid"])
        a.hold("account", found.to_id)
        a.about("account", found.to_id, {"delegation": delegation_id, "valid": text(found.valid)})


def grant(
    *,
    post_id: int,
    capability: str,
    since: date,
    until: date | None = None,
    unit_id: int | None = None,
    reason: str,
    actor: Actor,
    at: datetime,
) -> int:
    """Give a post a capability (rules.actor.May), or "see": the dossiers of a unit (none: of all).

    Returns the grant's id. Raises account.may_not, grant.capability_unknown, grant.unit_only_to_see,
    grant.reason_missing, range.empty, post.unknown, unit.unknown.
    """
    policies.to_operate(actor)
    valid = days(since, until)
    if capability != SEE and capability not in set(May):
        raise Refusal("grant.capability_unknown", {"capability": capability})
    if unit_id is not None:
        if capability != SEE:
            raise Refusal("grant.unit_only_to_see")
        organisations.unit(unit_id)
    if not reason.strip():
        raise Refusal("grant.reason_missing")
    with act_or_refuse(events.GRANTED, actor=actor, at=at) as a:
        _existing_post(post_id)
        a.hold("post", post_id)
        made = Grant.objects.create(
            post_id=post_id, capability=capability, unit_id=unit_id, valid=valid, reason=reason
        )
        a.about(
            "post",
            post_id,
            {"grant": made.id, "capability": capability, "unit": unit_id, "valid": text(valid)},
        )
    return int(made.id)


def end_grant(*, grant_id: int, on: date, actor: Actor, at: datetime) -> None:
    """End a grant; `on` is the first day without it.

    Raises account.may_not, grant.unknown, range.end_outside.
    """
    policies.to_operate(actor)
    with act_or_refuse(events.GRANT_ENDED, actor=actor, at=at) as a:
        found = Grant.objects.select_for_update().filter(id=grant_id).first()
        if found is None:
            raise Refusal("grant.unknown")
        found.valid = ended(found.valid, on)
        found.save(update_fields=["valid"])
        a.hold("post", found.post_id)
        a.about("post", found.post_id, {"grant": grant_id, "valid": text(found.valid)})


def _existing_post(post_id: int) -> None:
    """Lock the post, so that its chain can be read; raises post.unknown."""
    if not organisations.hold_post(post_id):
        raise Refusal("post.unknown")
