"""Strategies: moments, limits, policies, days off, and stories of a dossier's clock."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from motcua.rules.deadline import (
    Accepted,
    ClockEvent,
    Closed,
    Extended,
    Limit,
    LimitUnit,
    Paused,
    Policy,
    Relimited,
    Resettled,
    Restarted,
    Resumed,
    SupplementReading,
    Transferred,
)
from motcua.rules.tests.office import MINUTE, OFFICES, at, off

FIRST = at("2022-01-03 00:00")

moments = st.integers(0, 300 * 24 * 60).map(lambda n: FIRST + n * MINUTE)
offices = st.sampled_from(OFFICES)
policies = st.builds(
    Policy, st.just("thử"), st.sampled_from(SupplementReading), count_from_next_day=st.booleans()
)
days_off = st.lists(
    st.integers(0, 400).map(lambda n: off((date(2022, 1, 1) + timedelta(n)).isoformat())),
    min_size=1,
    max_size=12,
)
working_limits = st.one_of(
    st.integers(1, 80).map(lambda n: Limit(Decimal(n) / 2, LimitUnit.WORKING_DAY)),
    st.integers(1, 300).map(lambda n: Limit(Decimal(n) / 2, LimitUnit.WORKING_HOUR)),
    st.just(Limit(None, LimitUnit.SAME_DAY)),
)
calendar_limits = st.one_of(
    st.integers(1, 120).map(lambda n: Limit(Decimal(n), LimitUnit.CALENDAR_DAY)),
    st.integers(1, 18).map(lambda n: Limit(Decimal(n), LimitUnit.MONTH)),
)
limits = working_limits | calendar_limits


GROUNDS = ("supplement", "money", "stop", "force_majeure", "consultation")


def _event(draw, at_, opened):
    """An event that may come now; `opened` are the grounds of the pauses that are open."""
    able = ["restart", "relimit", "extend", "transfer", "resettle"] + ["resume"] * 4 * len(opened)
    free = [ground for ground in GROUNDS if ground not in opened]
    match draw(st.sampled_from(able + ["pause"] * len(free))):
        case "pause":
            opened.append(draw(st.sampled_from(free)))
            return Paused(at_, opened[-1])
        case "resume":
            ended = draw(st.sampled_from(opened))
            named = ended if ended != opened[-1] else draw(st.sampled_from([ended, ""]))
            opened.remove(ended)
            return Resumed(at_, named)
        case "restart" | "relimit" as kind:
            if "supplement" in opened:
                opened.remove("supplement")
            return Restarted(at_) if kind == "restart" else Relimited(at_, draw(limits))
        case "extend":
            until = at_ + draw(st.integers(0, 30 * 24 * 60)) * MINUTE
            return Extended(at_, until, draw(st.booleans()))
        case "resettle":
            return Resettled(at_)
        case _:
            return Transferred(at_)


@st.composite
def stories(draw, of=limits, longest_gap_days=12):
    """Events that may follow one another, Accepted first, perhaps Closed at the end."""
    moment = draw(moments)
    events: list[ClockEvent] = [Accepted(moment, draw(of))]
    opened: list[str] = []
    for gap in draw(st.lists(st.integers(0, longest_gap_days * 24 * 60), max_size=8)):
        moment += gap * MINUTE
        events.append(_event(draw, moment, opened))
    if draw(st.booleans()):
        events.append(Closed(moment))
    return tuple(events)


@st.composite
def waits(draw, of=limits, longest_gap_days=3):
    """A dossier that only waits and goes on, a few times."""
    moment = draw(moments)
    events: list[ClockEvent] = [Accepted(moment, draw(of))]
    for gap in draw(st.lists(st.integers(1, longest_gap_days * 24 * 60), max_size=3)):
        moment += gap * MINUTE
        length = draw(st.integers(0, longest_gap_days * 24 * 60))
        events += [Paused(moment, "supplement"), Resumed(moment + length * MINUTE)]
        moment += length * MINUTE
    return tuple(events)
