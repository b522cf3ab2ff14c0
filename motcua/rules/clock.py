"""Limits, policies and the events of a dossier's clock: what a due date is made of, and the stored form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from motcua.rules.refusal import Refusal


class LimitUnit(StrEnum):
    """What a limit is counted in (NĐ 63/2010: giờ, ngày làm việc, ngày, tháng, trong ngày)."""

    WORKING_DAY = "working_day"
    WORKING_HOUR = "working_hour"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    SAME_DAY = "same_day"
    NONE = "none"


_CODES = {
    "wd": LimitUnit.WORKING_DAY,
    "wh": LimitUnit.WORKING_HOUR,
    "cd": LimitUnit.CALENDAR_DAY,
    "m": LimitUnit.MONTH,
}
_UNCOUNTED = {LimitUnit.SAME_DAY, LimitUnit.NONE}


_MOST = {
    LimitUnit.WORKING_DAY: 3_650,
    LimitUnit.CALENDAR_DAY: 3_650,
    LimitUnit.WORKING_HOUR: 29_200,
    LimitUnit.MONTH: 120,
}
"""Ten years; more is a slip of the pen."""
_PARTS = {
    LimitUnit.WORKING_DAY: 2,
    LimitUnit.WORKING_HOUR: 100,
    LimitUnit.CALENDAR_DAY: 2,
    LimitUnit.MONTH: 1,
}
"""Into how many parts one of the unit may be divided."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a procedure may take; SAME_DAY and NONE have no amount.

    Days in halves (half a calendar day lasts until the end of that day), working hours in hundredths,
    months whole. Raises
    time.limit_malformed, time.limit_not_positive, time.limit_too_long, time.limit_fraction.
    """

    amount: Decimal | None
    unit: LimitUnit
    ratio: tuple[int, int] = field(init=False, repr=False, compare=False, default=(0, 1))
    """The amount as two whole numbers."""

    def __post_init__(self) -> None:
        if self.unit in _UNCOUNTED:
            return
        amount = self.amount
        if amount is None or not amount.is_finite():
            raise Refusal("time.limit_malformed", {"text": f"{amount} {self.unit}"})
        if amount <= 0:
            raise Refusal("time.limit_not_positive", {"field": "limit"})
        said, most = f"{amount:f}", _MOST[self.unit]
        if amount > most:
            raise Refusal("time.limit_too_long", {"limit": said, "most": most, "field": "limit"})
        if amount * _PARTS[self.unit] % 1:
            raise Refusal("time.limit_fraction", {"limit": said, "field": "limit"})
        object.__setattr__(self, "ratio", amount.as_integer_ratio())

    def to_json(self) -> dict[str, Any]:
        amount = None if self.amount is None else str(self.amount)
        return {"amount": amount, "unit": self.unit.value}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Limit:
        """The inverse of `to_json`. Raises time.limit_malformed."""
        amount = stored.get("amount")
        try:
            return cls(None if amount is None else Decimal(str(amount)), LimitUnit(stored["unit"]))
        except (ArithmeticError, KeyError, ValueError) as error:
            raise Refusal("time.limit_malformed", {"text": f"{amount}"}) from error

    @classmethod
    def from_code(cls, code: str) -> Limit:
        """The limit of a short code: 10wd, 4wh, 30cd, 2m (working days, hours, calendar days, months)."""
        unit = code.lstrip("0123456789.")
        if unit not in _CODES or unit == code:
            raise Refusal("time.limit_malformed", {"text": code})
        return cls(Decimal(code.removesuffix(unit)), _CODES[unit])


NO_LIMIT = Limit(None, LimitUnit.NONE)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The clock starts (NĐ 61/2018 Đ17.3)."""

    at: datetime
    limit: Limit


@dataclass(frozen=True, slots=True)
class Paused:
    """The clock stands still, on a declared ground ("supplement", "money", …)."""

    at: datetime
    ground: str


@dataclass(frozen=True, slots=True)
class Resumed:
    """The pause of a ground ends ("": the one opened last); the clock goes on when none is open."""

    at: datetime
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Restarted:
    """What was missing came in full; the limit is counted anew (NĐ 61/2018 Đ19.4). Ends the pause for it."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Relimited:
    """What was missing came in full; another limit of the procedure begins. Ends the pause for it."""

    at: datetime
    limit: Limit


@dataclass(frozen=True, slots=True)
class Extended:
    """A new date is promised: by special law, or with an apology (NĐ 61/2018 Đ19.9), which does not
    change the date the dossier is judged by."""

    at: datetime
    until: datetime
    by_law: bool


@dataclass(frozen=True, slots=True)
class Transferred:
    """Another unit answers for the dossier; the dates stay."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Resettled:
    """The dates were counted anew by another revision of the calendar; history, it moves nothing."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Stopped:
    """Settling stopped for good (status 8); a wait still open counts until here."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Closed:
    """The dossier is finished, refused or withdrawn; a wait still open counts until here."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Reopened:
    """What was finished is settled again: the limit goes on as if it had never been finished, so that no
    lateness is hidden by finishing first and mending later."""

    at: datetime


ClockEvent = (
    Accepted
    | Paused
    | Resumed
    | Restarted
    | Relimited
    | Extended
    | Transferred
    | Resettled
    | Stopped
    | Closed
    | Reopened
)

_KINDS: dict[str, type[ClockEvent]] = {
    kind.__name__.lower(): kind
    for kind in (
        Accepted,
        Paused,
        Resumed,
        Restarted,
        Relimited,
        Extended,
        Transferred,
        Resettled,
        Stopped,
        Closed,
        Reopened,
    )
}


def event_to_json(event: ClockEvent) -> dict[str, Any]:
    """The stored form: kind and fields; moments in ISO 8601 with their offset."""
    stored: dict[str, Any] = {"kind": type(event).__name__.lower()}
    for part in fields(event):
        value = getattr(event, part.name)
        if isinstance(value, datetime):
            value = value.isoformat()
        elif isinstance(value, Limit):
            value = value.to_json()
        stored[part.name] = value
    return stored


def event_from_json(stored: Mapping[str, Any]) -> ClockEvent:
    """The event of a stored form; the inverse of `event_to_json`.

    Raises time.event_unknown, time.moment_malformed, time.limit_malformed.
    """
    kind = _KINDS.get(stored.get("kind", ""))
    if kind is None:
        raise Refusal("time.event_unknown", {"kind": stored.get("kind")})
    return kind(**{name: read(stored[name]) for name, read in _READ[kind] if name in stored})


def _moment(text: Any) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise Refusal("time.moment_malformed", {"text": text}) from error


def _itself(value: Any) -> Any:
    return value


_READERS: dict[str, Callable[[Any], Any]] = {
    "at": _moment,
    "until": _moment,
    "limit": Limit.from_json,
}
_READ = {
    kind: tuple((part.name, _READERS.get(part.name, _itself)) for part in fields(kind))
    for kind in _KINDS.values()
}


CUTOFF = time(15)
"""What comes in at or after this hour may go on the next working day (NĐ 61/2018 Đ18.2)."""


class SupplementReading(StrEnum):
    """What the full receipt of a supplement does to the clock."""

    RESTART = "restart"
    PAUSE = "pause"
    OTHER_LIMIT = "other_limit"


@dataclass(frozen=True, slots=True)
class Policy:
    """How a rule set reads the clock. `sources` names law and article by the reason of a segment.

    `count_from_next_day`: the day of acceptance is not counted and a limit in working days ends with
    its last day (BLDS 2015 Đ147–148). `other_limit` is the one that begins after completion.
    """

    id: str
    supplement: SupplementReading
    count_from_next_day: bool = False
    cutoff: time = CUTOFF
    other_limit: Limit | None = None
    sources: Mapping[str, str] = field(default_factory=dict, compare=False)


NEXT_DAY = "next_day"
"""The reading that does not count the day of acceptance (BLDS 2015 Đ147)."""


def reading(policy: Policy, name: str) -> Policy:
    """The policy with a reading that a procedure names; its id says so.

    `name` is next_day, or for a supplement restart, pause, other_limit, or other_limit with the limit's
    code ("other_limit:10wd").
    """
    if name == NEXT_DAY:
        return replace(policy, id=f"{policy.id}+{name}", count_from_next_day=True)
    word, _, code = name.partition(":")
    return replace(
        policy,
        id=f"{policy.id}+{name}",
        supplement=SupplementReading(word),
        other_limit=Limit.from_code(code) if code else policy.other_limit,
    )


def resumption(policy: Policy, at: datetime, limit: Limit) -> ClockEvent:
    """The event of a supplement received in full, of a dossier accepted under `limit`."""
    match policy.supplement:
        case SupplementReading.RESTART:
            return Restarted(at)
        case SupplementReading.PAUSE:
            return Resumed(at, "supplement")
        case SupplementReading.OTHER_LIMIT:
            return Relimited(at, policy.other_limit or limit)
