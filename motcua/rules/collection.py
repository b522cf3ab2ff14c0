"""Who collects a result, and whether what he shows is the owner's (NĐ 61/2018 Đ20).

A result is given to its owner, to somebody he authorised on paper, or to the postal service. A number that
is shown is compared with the one on file and then forgotten: the record keeps that they were the same.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from motcua.rules.refusal import Refusal


class Collector(StrEnum):
    """Who takes a result."""

    OWNER = "owner"
    AUTHORISED = "authorised"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Collecting:
    """How a result is collected. `shown` are the numbers on the card that was shown: the personal number,
    and the former one where the card tells it; `returned` are the papers whose originals go back."""

    collector: Collector
    shown: tuple[str, ...] = ()
    authorisation: str = ""
    authorised_on: date | None = None
    tracking: str = ""
    returned: tuple[UUID, ...] = ()


def identity_checked(collecting: Collecting, owner_number: str, on: date) -> bool:
    """Whether the owner showed the number on file; without a card to compare, he did not.

    Raises dossier.identity_differs, dossier.identity_missing, dossier.identity_is_the_owners,
    dossier.authorisation_missing, dossier.authorised_in_future, dossier.tracking_missing.
    """
    same = bool(owner_number) and owner_number in collecting.shown
    match collecting.collector:
        case Collector.OWNER:
            if collecting.shown and owner_number and not same:
                raise Refusal("dossier.identity_differs", {"field": "shown"})
            return same
        case Collector.AUTHORISED:
            _authorised(collecting, same, on)
        case Collector.MAIL:
            if not collecting.tracking.strip():
                raise Refusal("dossier.tracking_missing", {"field": "tracking"})
    return False


def _authorised(collecting: Collecting, same: bool, on: date) -> None:
    if not collecting.shown:
        raise Refusal("dossier.identity_missing", {"field": "shown"})
    if same:
        raise Refusal("dossier.identity_is_the_owners", {"field": "collector"})
    if not collecting.authorisation.strip() or collecting.authorised_on is None:
        raise Refusal("dossier.authorisation_missing", {"field": "authorisation"})
    if collecting.authorised_on > on:
        raise Refusal("dossier.authorised_in_future", {"field": "authorised_on"})


def returns_own(returned: Collection[UUID], held: Collection[UUID]) -> None:
    """Raises dossier.no_such_paper unless the originals given back are of this dossier."""
    if not set(returned) <= set(held):
        raise Refusal("dossier.no_such_paper", {"field": "returned"})
