"""The pauses that a clock's events tell of: on what ground, from when, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from motcua.rules.clock import (
    ClockEvent,
    Closed,
    Paused,
    Relimited,
    Restarted,
    Resumed,
    Stopped,
)
from motcua.rules.clock_rules import Ground


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause of a clock: on what ground, from when, until when (None: it is open), and the place of the
    event that began it."""

    ground: str
    since: datetime
    until: datetime | None
    event: int


def pauses(clock: Sequence[ClockEvent]) -> tuple[Pause, ...]:
    """All pauses that the events tell of, in the order they began."""
    found: list[Pause] = []
    for n, event in enumerate(clock):
        match event:
            case Paused():
                found.append(Pause(event.ground, event.at, None, n))
            case Resumed():
                _end(found, event.at, event.ground)
            case Restarted() | Relimited():
                _end(found, event.at, Ground.SUPPLEMENT)
            case Closed() | Stopped():
                found = [replace(p, until=p.until or event.at) for p in found]
    return tuple(found)


def _end(found: list[Pause], at: datetime, ground: str) -> None:
    """End the open pause of a ground, if there is one ("": the one opened last)."""
    opened = [n for n, pause in enumerate(found) if pause.until is None]
    for n in [n for n in opened if ground in ("", found[n].ground)][-1:]:
        found[n] = replace(found[n], until=at)


def open_pauses(clock: Sequence[ClockEvent]) -> tuple[Pause, ...]:
    """The pauses that are open after the events."""
    return tuple(pause for pause in pauses(clock) if pause.until is None)


def open_grounds(clock: Sequence[ClockEvent]) -> frozenset[str]:
    """The grounds of the pauses that are open after the events."""
    return frozenset(pause.ground for pause in open_pauses(clock))
