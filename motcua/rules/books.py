"""The books of the dossiers: which account a dossier stands in on each day, and the postings between.

Double entry: a posting takes a dossier out of one account and into another, effective on a day. The
balance of an account on day D is Σ in − Σ out with `effective_on ≤ D`, so every dossier stands in exactly
one account on every day, and the columns of Biểu II.06a add up by construction. A dossier that is
transferred stays "transferred out" in the books of each agency it left, besides, and comes into the books
of the other from "transferred in": only the agency that took it in has it from outside. Over the province
the two cancel out on every day, whatever was handed to and fro.

Lateness is posted ahead: a running dossier that is due on day D moves from "open in time" to "open late"
effective on D + 1, and the posting is reversed when the due date moves or the dossier stops running first.
On time is judged by date (same date = on time).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from uuid import UUID


class Account(IntEnum):
    """Where a dossier can stand. The numbers are stored; they never change meaning."""

    OUTSIDE = 0
    SUBMITTED = 1
    OPEN_IN_TIME = 2
    OPEN_LATE = 3
    WAITING_SUPPLEMENT = 4
    WAITING_MONEY = 5
    STOPPED = 6
    DONE_EARLY = 7
    DONE_ON_TIME = 8
    DONE_LATE = 9
    NOT_ACCEPTED = 10
    WITHDRAWN = 11
    TRANSFERRED_OUT = 12
    TRANSFERRED_IN = 13


class Channel(IntEnum):
    """How the dossier came (NĐ 61/2018 Đ16); the codes are those of the national sync record. A child of
    an interconnected procedure (Đ19.6–7) comes from another agency and is its own kind in the books."""

    COUNTER = 1
    ONLINE = 2
    MAIL = 3
    INTERCONNECTED = 4


FILED = (Channel.COUNTER, Channel.ONLINE, Channel.MAIL)
"""How a person files."""
OPEN = (Account.OPEN_IN_TIME, Account.OPEN_LATE)
WAITING = (Account.WAITING_SUPPLEMENT, Account.WAITING_MONEY, Account.STOPPED)
DONE = (Account.DONE_EARLY, Account.DONE_ON_TIME, Account.DONE_LATE)


@dataclass(frozen=True, slots=True)
class Position:
    """An account, and for a running dossier the day from which it is late (None: no due date)."""

    account: Account
    late_from: date | None = None

    def on(self, day: date) -> Account:
        """The account on `day`, if nothing further happens."""
        if self.account is Account.OPEN_IN_TIME and self.late_from and day >= self.late_from:
            return Account.OPEN_LATE
        return self.account


NOWHERE = Position(Account.OUTSIDE)


def running(judged_on: date | None) -> Position:
    """A dossier under way whose date to be judged by is `judged_on`."""
    late_from = judged_on + timedelta(days=1) if judged_on else None
    return Position(Account.OPEN_IN_TIME, late_from)


@dataclass(frozen=True, slots=True)
class Posting:
    """One movement; `unit_id`, `procedure_id` and `channel` say in whose books."""

    dossier_id: UUID
    from_account: Account
    to_account: Account
    effective_on: date
    unit_id: int
    procedure_id: int
    channel: Channel


def moves(before: Position, after: Position, on: date) -> list[tuple[Account, Account, date]]:
    """The movements (from, to, effective on) that turn `before` into `after` on a day.

    A lateness still ahead is reversed on its own day, so that every earlier day's balance stays.
    """
    result: list[tuple[Account, Account, date]] = []
    was, will = _ahead(before, on), _ahead(after, on)
    if was and was != will:
        result.append((Account.OPEN_LATE, Account.OPEN_IN_TIME, was))
    if before.on(on) is not after.on(on):
        result.append((before.on(on), after.on(on), on))
    if will and will != was:
        result.append((Account.OPEN_IN_TIME, Account.OPEN_LATE, will))
    return result


def _ahead(position: Position, on: date) -> date | None:
    """The day of a lateness already posted that has not come yet."""
    if position.account is Account.OPEN_IN_TIME and position.late_from and position.late_from > on:
        return position.late_from
    return None


def balance(postings: Iterable[Posting], on: date) -> dict[Account, int]:
    """Balances on a day, counted naively: the oracle for roll-ups and for proofs."""
    totals: dict[Account, int] = {}
    for p in postings:
        if p.effective_on <= on:
            totals[p.from_account] = totals.get(p.from_account, 0) - 1
            totals[p.to_account] = totals.get(p.to_account, 0) + 1
    return {account: n for account, n in totals.items() if n}
