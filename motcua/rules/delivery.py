"""How a message goes out: what an answer of its carrier makes of it, and when it is looked at next.

A message leaves at most once: it is claimed before it is sent, and is sent again only when its carrier
has surely not taken it. What is not sure is asked by our id; where nobody can be asked it stays unknown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

GIVE_UP = timedelta(hours=72)
"""A message that has not left so long after it was first tried says nothing new any more."""
LEASE = timedelta(minutes=5)
"""How long a worker may keep what it has claimed; afterwards nobody knows what it did."""
FIRST, LONGEST = timedelta(minutes=1), timedelta(minutes=30)
ENOUGH = 3
"""So many messages in a row that do not get through, and the others of the claim are not tried."""
ALARM = 4
"""So many failed claims in a row, some ten minutes, and it does not pass by itself."""
LAST_REPORT = timedelta(hours=48)
"""Carriers report what became of a message within two days or not at all."""


class Channel(StrEnum):
    """By what a person is reached."""

    EMAIL = "email"
    SMS = "sms"
    ZALO = "zalo"


class State(StrEnum):
    """Where a message is."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENT = "sent"
    DELIVERED = "delivered"
    REFUSED = "refused"
    GIVEN_UP = "given_up"
    UNCERTAIN = "uncertain"
    UNKNOWN = "unknown"


DEAD = frozenset({State.REFUSED, State.GIVEN_UP, State.UNKNOWN})
"""Nothing happens any more unless somebody does something."""


class Outcome(StrEnum):
    """What a carrier made of a message, or says of it when asked."""

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    DEFERRED = "deferred"
    """Not taken now; this one later."""
    REFUSED = "refused"
    """Not taken, ever: the address is wrong, or its owner wants none."""
    UNREACHED = "unreached"
    """Surely not taken: the carrier is not there or too busy, or was not tried."""
    FAULT = "fault"
    """Surely not taken: the carrier turns us away (password, credit, right to send)."""
    UNCERTAIN = "uncertain"
    """The line broke before the answer."""
    FAILED = "failed"
    """Taken, and then not delivered."""
    NOT_HELD = "not_held"
    """The carrier knows no message of this id."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An outcome with the carrier's own reference and words."""

    outcome: Outcome
    ref: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A message as it stands: `first_at` when it was first claimed, `tried` the carriers that took it and
    failed."""

    state: State
    first_at: datetime
    attempts: int
    carrier: str
    tried: tuple[str, ...] = ()
    ref: str = ""
    said: str = ""
    next_at: datetime | None = None


def pause(times: int) -> timedelta:
    """How long to wait after so many tries: one minute, two, four … half an hour."""
    longer: timedelta = FIRST * 2 ** min(times, 10)
    return min(longer, LONGEST)


def answered(
    was: Standing, answer: Answer, *, at: datetime, carriers: Collection[str], asks: bool
) -> Standing:
    """The message after its carrier's answer to the sending.

    `carriers` are all that the channel has, `asks` whether this one can be asked by our id.
    """
    told = replace(was, ref=answer.ref or was.ref, said=answer.said)
    match answer.outcome:
        case Outcome.ACCEPTED:
            return replace(told, state=State.SENT, next_at=at + FIRST if asks else None)
        case Outcome.DELIVERED:
            return replace(told, state=State.DELIVERED, next_at=None)
        case Outcome.REFUSED:
            return replace(told, state=State.REFUSED, next_at=None)
        case Outcome.FAILED:
            return _elsewhere(told, at, carriers)
        case Outcome.UNCERTAIN if asks:
            return replace(told, state=State.UNCERTAIN, next_at=at + FIRST)
        case Outcome.UNCERTAIN:
            return replace(told, state=State.UNKNOWN, next_at=None)
        case Outcome.DEFERRED:
            return _again(told, at, at + pause(was.attempts))
        case _:
            return _again(told, at, at)


def reported(
    was: Standing, answer: Answer | None, *, at: datetime, carriers: Collection[str]
) -> Standing:
    """The message after its carrier was asked of it; `answer` None: the carrier did not answer."""
    if answer is None or answer.outcome in (Outcome.ACCEPTED, Outcome.UNCERTAIN):
        accepted = answer is not None and answer.outcome is Outcome.ACCEPTED
        return _asked_again(replace(was, state=State.SENT) if accepted else was, at)
    if answer.outcome is Outcome.NOT_HELD:
        if was.state is State.UNCERTAIN:
            return _again(was, at, at)
        return _asked_again(was, at)
    return answered(was, answer, at=at, carriers=carriers, asks=True)


def lost(was: Standing, *, at: datetime, asks: bool) -> Standing:
    """The message of a worker that was never heard of again, or that was tried for too long."""
    if was.state is State.QUEUED:
        return _again(was, at, at)
    return answered(
        was, Answer(Outcome.UNCERTAIN, said=was.said), at=at - FIRST, carriers=(), asks=asks
    )


def _asked_again(was: Standing, at: datetime) -> Standing:
    """To be asked of later, until carriers say no more; longer and longer waits."""
    age = at - was.first_at
    if age < LAST_REPORT:
        return replace(was, next_at=at + max(FIRST, age / 2))
    if was.state is State.UNCERTAIN:
        return replace(was, state=State.UNKNOWN, next_at=None)
    return replace(was, next_at=None)


def _again(was: Standing, at: datetime, next_at: datetime) -> Standing:
    if at - was.first_at > GIVE_UP:
        return replace(was, state=State.GIVEN_UP, next_at=None)
    return replace(was, state=State.QUEUED, next_at=next_at)


def _elsewhere(was: Standing, at: datetime, carriers: Collection[str]) -> Standing:
    """To another carrier, for this one holds it as done with."""
    tried = (*was.tried, was.carrier)
    moved = replace(was, tried=tried)
    if set(carriers) <= set(tried):
        return replace(moved, state=State.GIVEN_UP, next_at=None)
    return _again(moved, at, at)


@dataclass(frozen=True, slots=True)
class Health:
    """How a carrier is: `failures` in a row since `failing_since`; it rests until `rests_until`."""

    failures: int = 0
    failing_since: datetime | None = None
    rests_until: datetime | None = None
    said: str = ""

    @property
    def well(self) -> bool:
        return self.failing_since is None

    @property
    def alarming(self) -> bool:
        """Whether somebody has to be told, who can mend it."""
        return self.failures >= ALARM


ILL = frozenset({Outcome.UNREACHED, Outcome.FAULT, Outcome.UNCERTAIN})
"""Answers that say something of the carrier, not of the message."""


def health_after(was: Health, answers: Iterable[Answer], *, at: datetime) -> Health:
    """How a carrier is after what it answered to one claim: one answer of substance and it is well; one
    that turns us away does not mend itself."""
    found = list(answers)
    if not found or any(a.outcome not in ILL for a in found):
        return Health()
    said = next((a.said for a in found if a.said), was.said)
    turned_away = any(a.outcome is Outcome.FAULT for a in found)
    failures = max(was.failures + 1, ALARM if turned_away else 0)
    return Health(failures, was.failing_since or at, at + pause(failures - 1), said[:300])


def stops(answers: Sequence[Outcome]) -> bool:
    """Whether the rest of a claim is better not tried: turned away once, or nothing got through."""
    if Outcome.FAULT in answers:
        return True
    return len(answers) >= ENOUGH and all(outcome in ILL for outcome in answers)
