"""What a certificate of the register may do at a moment, and when its end is warned of.

A certificate signs for one holder only: a person's for the person, an agency's for the agency (NĐ 30/2020
Đ32–33; NĐ 68/2024). Its key is under the same rules as the seal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from motcua.rules.refusal import Refusal

WARN_DAYS = (60, 30, 7)
"""So many days before a certificate ends its holder and the operators are told."""


class Standing(StrEnum):
    """Where a certificate stands in the register; that it has expired is read off its last day."""

    REQUESTED = "requested"
    ACTIVE = "active"
    LOCKED = "locked"
    LOST = "lost"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Registered:
    """What decides whether a certificate signs: whose it is, its days, and where it stands."""

    standing: str
    valid_from: datetime
    valid_until: datetime
    account_id: int | None
    unit_id: int | None


def to_sign(
    found: Registered | None, *, account_id: int | None, unit_id: int | None, at: datetime
) -> Registered:
    """The certificate, if it signs at a moment for the person or for the agency named.

    Raises certificate.not_registered, .not_yours, .revoked, .lost, .locked, .not_yet, .expired.
    """
    if found is None or found.standing == Standing.REQUESTED:
        raise Refusal("certificate.not_registered")
    of_person = found.account_id is not None
    if found.account_id != account_id if of_person else found.unit_id != unit_id:
        raise Refusal("certificate.not_yours")
    if found.standing != Standing.ACTIVE:
        raise Refusal(f"certificate.{found.standing}")
    if at < found.valid_from:
        raise Refusal("certificate.not_yet", {"since": found.valid_from})
    if at > found.valid_until:
        raise Refusal("certificate.expired", {"until": found.valid_until})
    return found


def warning(valid_until: datetime, warned: int | None, at: datetime) -> int | None:
    """How many days' warning is due: the nearest bound reached that was not told of yet; none after the
    end, and none that was missed while a nearer one is due."""
    if at >= valid_until:
        return None
    reached = [days for days in WARN_DAYS if valid_until - at <= timedelta(days=days)]
    if not reached or (warned is not None and warned <= min(reached)):
        return None
    return min(reached)
