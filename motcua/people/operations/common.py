"""What the acts of the room share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import psycopg
from django.db import IntegrityError
from psycopg.types.range import DateRange

from motcua.ledger.acts import Act, Event, act
from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal

CLASHES = {
    "people_post_held_once": "post.held_already",
    "people_delegated_once": "delegation.overlaps",
    "people_account_username_key": "account.username_taken",
}
"""Constraints of the database that a person can run into, and what he is told."""


@contextmanager
def act_or_refuse(
    event: Event, *, actor: Actor, at: datetime, params: Mapping[str, Any] | None = None
) -> Iterator[Act]:
    """An act in which a clash with another row is a refusal with `params`."""
    try:
        with act(event, actor=actor, at=at) as a:
            yield a
    except IntegrityError as clash:
        cause = clash.__cause__
        name = cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
        if name not in CLASHES:
            raise
        raise Refusal(CLASHES[name], params) from None


def days(since: date | None, until: date | None) -> DateRange:
    """A half-open range; raises range.empty."""
    if since and until and since >= until:
        raise Refusal("range.empty")
    return DateRange(since, until)


def ended(valid: DateRange, on: date) -> DateRange:
    """The range ended on a day within it (the day itself no longer counts); raises range.end_outside."""
    starts_after = valid.lower is not None and on < valid.lower
    if starts_after or (valid.upper is not None and on > valid.upper):
        raise Refusal("range.end_outside")
    return DateRange(valid.lower, on)


def text(valid: DateRange) -> str:
    """A range as the record writes it."""
    lower, upper = (bound.isoformat() if bound else "" for bound in (valid.lower, valid.upper))
    return f"[{lower},{upper})"
