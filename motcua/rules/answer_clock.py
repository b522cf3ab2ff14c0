"""The clock of a desk before it has taken a dossier in: until when it answers what was filed online.

What the applicant is promised runs from when he asked (filed, or handed in what was missing); a desk that
the dossier was re-routed to has a least time of its own, so that nobody is late by another's delay. The
hours are configuration by date (statutory.rulesets, "online_answer").
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from motcua.rules import warnings
from motcua.rules.deadline import ANSWER_HOURS, answer_by
from motcua.rules.warnings import Schedule, Warn
from motcua.rules.worktime import WorkCalendar


class Outcome(StrEnum):
    """How the turn of a desk ended."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    SUPPLEMENT = "supplement"
    REROUTED = "rerouted"
    WITHDRAWN = "withdrawn"


class Finding(StrEnum):
    """What a desk found wrong with what was filed."""

    UNREADABLE = "unreadable"
    INCOMPLETE = "incomplete"
    WRONG_AGENCY = "wrong_agency"
    WRONG_PROCEDURE = "wrong_procedure"
    DUPLICATE = "duplicate"


class Assisted(StrEnum):
    """Who helped with what was filed online: nobody, the desk's computer, an officer who filed it."""

    NO = ""
    AT_DESK = "desk"
    BY_OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class AnswerRule:
    """In how many working hours a desk answers, and how many a desk has at least that it is re-routed to;
    `id` names the rule set."""

    id: str = ""
    hours: Decimal = ANSWER_HOURS
    rerouted_hours: Decimal = Decimal(2)


PROMISED = AnswerRule()


@dataclass(frozen=True, slots=True)
class Turn:
    """The open turn of a desk: since when the dossier lies there, and by which rule its date was set."""

    came_at: datetime
    rule: AnswerRule


def due(
    rule: AnswerRule, asked_at: datetime, came_at: datetime, calendar: WorkCalendar
) -> datetime:
    """Until when a desk answers what was asked at one moment and came to it at another, not before."""
    promised = answer_by(asked_at, calendar, rule.hours)
    if came_at == asked_at:
        return promised
    return max(promised, answer_by(came_at, calendar, rule.rerouted_hours))


def schedule(due_at: datetime, came_at: datetime, calendar: WorkCalendar) -> Schedule:
    """The warnings of a turn: four fifths of its office time gone, and past its moment."""
    used = calendar.advance(came_at, calendar.elapsed(came_at, due_at) * 4 / 5)
    moments = ((Warn.USED, used), (Warn.LATE, due_at + timedelta.resolution))
    return tuple((kind, at) for kind, at in moments if at > came_at)


def next_warning(
    due_at: datetime, came_at: datetime, calendar: WorkCalendar, told: str
) -> datetime | None:
    """The moment of the next warning after `told`."""
    found = warnings.following(schedule(due_at, came_at, calendar), told)
    return found and found[1]
