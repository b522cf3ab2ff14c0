"""Limits, policies and the events of a dossier's clock: what a due date is made of, and the stored form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any


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


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a procedure may take. Months are whole; SAME_DAY and NONE have no amount."""

    amount: Decimal | None
    unit: LimitUnit

    def __post_init__(self) -> None:
        if self.unit in _UNCOUNTED:
            return
        if self.amount is None or self.amount < 0:
            raise ValueError(f"a limit in {self.unit} needs an amount, not {self.amount}")
        if self.unit is LimitUnit.MONTH and self.amount % 1:
            raise ValueError(f"a limit in months is whole, not {self.amount}")

    @property
    def counted(self) -> Decimal:
        """The amount; nothing for the units that count none."""
        return Decimal(0) if self.amount is None else self.amount

    def to_json(self) -> dict[str, Any]:
        amount = None if self.amount is None else str(self.amount)
        return {"amount": amount, "unit": self.unit.value}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Limit:
        amount = stored["amount"]
        return cls(None if amount is None else Decimal(amount), LimitUnit(stored["unit"]))

    @classmethod
    def from_code(cls, code: str) -> Limit:
        """The limit of a short code: 10wd, 4wh, 30cd, 2m (working days, hours, calendar days, months)."""
        unit = code.lstrip("0123456789.")
        if unit not in _CODES or unit == code:
            raise ValueError(f"not a limit: {code}")
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
    """What was missing came in full; the limit is counted anew (NĐ 61/2018 Đ19.4). Ends a pause."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Relimited:
    """What was missing came in full; another limit of the procedure begins. Ends a pause."""

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
    """The event of a stored form; the inverse of `event_to_json`."""
    kind = _KINDS[stored["kind"]]
    values = {part.name: stored[part.name] for part in fields(kind) if part.name in stored}
    for name in values.keys() & {"at", "until"}:
        values[name] = datetime.fromisoformat(values[name])
    if "limit" in values:
        values["limit"] = Limit.from_json(values["limit"])
    return kind(**values)


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
            return Resumed(at)
        case SupplementReading.OTHER_LIMIT:
            return Relimited(at, policy.other_limit or limit)
