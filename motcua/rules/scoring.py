"""The nine indicators of the one-stop service: points 0, 1, 2 and what they add up to (TT 01/2018/TT-VPCP
Đ13–15; NĐ 61/2018/NĐ-CP Đ29–32).

A `Mark` is an indicator's points and the reason, a name with its figures; who shows it holds the sentence.
Points of None: there is nothing to judge by, and the indicator is left out. Thresholds are declared data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import IntEnum, StrEnum
from typing import Any, TypeVar

from motcua.rules.deadline import Punctuality


class Indicator(IntEnum):
    """The nine, by their number in the circular."""

    TOTAL_TIME = 1
    AGENCY_TIME = 2
    CONTACTS = 3
    AGENCIES = 4
    ON_SITE = 5
    PUBLICITY = 6
    ATTITUDE = 7
    FEEDBACK = 8
    ONLINE = 9


class Level(StrEnum):
    """Whose one-stop desk it is: what must be done on the spot differs."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class Grade(StrEnum):
    """The class of a unit."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    AVERAGE = "average"
    WEAK = "weak"


class Completion(StrEnum):
    """How far an officer has done his task."""

    FULL = "full"
    PART = "part"
    POOR = "poor"


OF_A_DOSSIER = (
    Indicator.TOTAL_TIME,
    Indicator.AGENCY_TIME,
    Indicator.CONTACTS,
    Indicator.AGENCIES,
    Indicator.PUBLICITY,
    Indicator.ATTITUDE,
)
OF_A_UNIT = (Indicator.ON_SITE, Indicator.FEEDBACK, Indicator.ONLINE)
OF_AN_OFFICER = (
    Indicator.TOTAL_TIME,
    Indicator.AGENCY_TIME,
    Indicator.CONTACTS,
    Indicator.AGENCIES,
    Indicator.ATTITUDE,
)
MOST = 2
TENTH = Decimal("0.1")
T = TypeVar("T")
_TIMES = {Punctuality.EARLY: (2, "early"), Punctuality.ON_TIME: (1, "on_time")}


@dataclass(frozen=True, slots=True)
class Mark:
    """An indicator's points for one dossier or unit, and why."""

    indicator: Indicator
    points: int | None
    reason: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What separates the points and the classes: declared with the law (statutory.rulesets "quality").

    Shares are in percent. `whole` is the total the classes are made for; where indicators without data
    are left out, `scaled` compares the total as it would be of the whole.
    """

    on_site: Mapping[Level, Decimal]
    feedback_part: Decimal
    online_procedures: Decimal
    online_full: Decimal
    online_part: Decimal
    grades: Sequence[tuple[Decimal, Grade]]
    completions: Sequence[tuple[Decimal, Completion]]
    whole: Decimal
    whole_of_officer: Decimal
    scaled: bool


@dataclass(frozen=True, slots=True)
class Score:
    """The average of an indicator over what was judged by it; None where nothing was."""

    indicator: Indicator
    value: Decimal | None
    judged: int
    points: int


@dataclass(frozen=True, slots=True)
class Total:
    """Averages added up. `most` is what the indicators with data could give; `graded` is the total as
    compared with the classes."""

    scores: tuple[Score, ...]
    value: Decimal
    most: int
    graded: Decimal | None


# ---- of a dossier --------------------------------------------------------------------------------


def total_time(was: Punctuality | None) -> Mark:
    """1: the time of settling against the limit: shorter 2, equal 1, longer 0."""
    if was is None:
        return Mark(Indicator.TOTAL_TIME, None, "no_limit")
    points, reason = _TIMES.get(was, (0, "late"))
    return Mark(Indicator.TOTAL_TIME, points, reason)


def agency_time(at_each: Sequence[Punctuality]) -> Mark:
    """2: the time at each agency that had a hand in it; the worst of them counts."""
    if not at_each:
        return Mark(Indicator.AGENCY_TIME, None, "no_limit")
    points = [_TIMES.get(was, (0, "late"))[0] for was in at_each]
    facts = {"agencies": len(points), "late": points.count(0)}
    reason = ("late", "on_time", "early")[min(points)]
    return Mark(Indicator.AGENCY_TIME, min(points), reason, facts)


def contacts(rounds: int, excused: int = 0) -> Mark:
    """3: how often the person had to come back to complete the dossier, but for the submitter's own
    fault (`excused`)."""
    counted = rounds - excused
    points = {0: 2, 1: 1}.get(counted, 0)
    facts = {"rounds": rounds, "excused": excused}
    return Mark(Indicator.CONTACTS, points, ("many", "once", "none")[points], facts)


def agencies(at_one_stop: bool, elsewhere: int = 0) -> Mark:
    """4: how many agencies the person had to go to: none 2, only the one-stop desk 1, more 0."""
    if elsewhere:
        return Mark(Indicator.AGENCIES, 0, "elsewhere", {"agencies": elsewhere + at_one_stop})
    return Mark(
        Indicator.AGENCIES, 1 if at_one_stop else 2, "one_stop" if at_one_stop else "from_home"
    )


def publicity(posted: bool, electronic: bool) -> Mark:
    """6: the procedure is posted at the desk and published electronically 2, one of them 1, neither 0."""
    points = posted + electronic
    reason = {(True, True): "both", (True, False): "posted", (False, True): "electronic"}
    return Mark(Indicator.PUBLICITY, points, reason.get((posted, electronic), "neither"))


def attitude(was: Punctuality | None, complained: bool) -> Mark:
    """7: a justified complaint 0; without one, early 2, on time 1. Late without a complaint is neither of
    the circular's two better rows, so 0; without a limit there is nothing early or late, so 1."""
    if complained:
        return Mark(Indicator.ATTITUDE, 0, "complaint")
    if was is None:
        return Mark(Indicator.ATTITUDE, 1, "no_complaint")
    points, reason = _TIMES.get(was, (0, "late"))
    return Mark(Indicator.ATTITUDE, points, reason)


# ---- of a unit -----------------------------------------------------------------------------------


def on_site(level: Level, procedures: int, done: int, received: int, by: Thresholds) -> Mark:
    """5: the share of procedures done from first to last at the desk reaches the level's; else all are
    received there."""
    if not procedures:
        return Mark(Indicator.ON_SITE, None, "no_procedures")
    facts = {"procedures": procedures, "done": done, "received": received}
    if _percent(done, procedures) >= by.on_site[level]:
        return Mark(Indicator.ON_SITE, 2, "on_site", facts)
    if received == procedures:
        return Mark(Indicator.ON_SITE, 1, "all_received", facts)
    return Mark(Indicator.ON_SITE, 0, "not_received", facts)


def feedback(answered: int | None, in_time: int, by: Thresholds) -> Mark:
    """8: feedback handled in time: none came, or all 2; from the threshold 1; less 0. `answered` None:
    it is not recorded."""
    if answered is None:
        return Mark(Indicator.FEEDBACK, None, "not_recorded")
    facts = {"answered": answered, "in_time": in_time}
    if answered == in_time:
        return Mark(Indicator.FEEDBACK, 2, "all_in_time" if answered else "none_came", facts)
    points = int(_percent(in_time, answered) >= by.feedback_part)
    return Mark(Indicator.FEEDBACK, points, "most_in_time" if points else "often_late", facts)


def online(
    procedures: int, offered: int, dossiers: int, filed: int, late: int, by: Thresholds
) -> Mark:
    """9: enough procedures offered online, enough dossiers filed online and none of these late 2; else
    from the lower share of dossiers 1 (also where only the other two conditions fail); else 0."""
    if not procedures or not dossiers:
        return Mark(Indicator.ONLINE, None, "no_dossiers")
    facts = {"procedures": procedures, "offered": offered, "dossiers": dossiers}
    facts |= {"filed": filed, "late": late}
    share = _percent(filed, dossiers)
    enough = _percent(offered, procedures) >= by.online_procedures
    if enough and share >= by.online_full and not late:
        return Mark(Indicator.ONLINE, 2, "online", facts)
    points = int(share >= by.online_part)
    return Mark(Indicator.ONLINE, points, "online_part" if points else "online_little", facts)


# ---- what they add up to -------------------------------------------------------------------------


def score(indicator: Indicator, points: int, judged: int) -> Score:
    """The average of the points given, to one decimal (half upwards)."""
    value = _rounded(Decimal(points) / judged) if judged else None
    return Score(indicator, value, judged, points)


def scores(marks: Iterable[Mark]) -> tuple[Score, ...]:
    """The average of each indicator among the marks, in the order of their numbers."""
    given: dict[Indicator, list[int | None]] = {}
    for mark in marks:
        given.setdefault(mark.indicator, []).append(mark.points)
    counted = {i: [p for p in points if p is not None] for i, points in given.items()}
    return tuple(score(i, sum(points), len(points)) for i, points in sorted(counted.items()))


def total(averages: Iterable[Score], whole: Decimal, *, scaled: bool) -> Total:
    """The averages of the indicators with data added up, and as compared with classes made for `whole`."""
    listed = tuple(averages)
    known = [found.value for found in listed if found.value is not None]
    value, most = sum(known, Decimal(0)), MOST * len(known)
    if not most:
        return Total(listed, value, 0, None)
    graded = _rounded(value * whole / most) if scaled else value
    return Total(listed, value, most, graded)


def of_unit(averages: Iterable[Score], by: Thresholds) -> tuple[Total, Grade | None]:
    """A unit's total over the nine, and its class; none without data."""
    found = total(averages, by.whole, scaled=by.scaled)
    return found, None if found.graded is None else _reached(found.graded, by.grades)


def of_officer(averages: Iterable[Score], by: Thresholds) -> tuple[Total, Completion | None]:
    """An officer's total over 1, 2, 3, 4 and 7, and how far the task is done."""
    own = (found for found in averages if found.indicator in OF_AN_OFFICER)
    found = total(own, by.whole_of_officer, scaled=by.scaled)
    return found, None if found.graded is None else _reached(found.graded, by.completions)


def _reached(value: Decimal, steps: Sequence[tuple[Decimal, T]]) -> T:
    return next(name for least, name in steps if value >= least)


def _percent(part: int, of: int) -> Decimal:
    return Decimal(100 * part) / of


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(TENTH, ROUND_HALF_UP)
