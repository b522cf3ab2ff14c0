"""What a dated rule set is, and what each area's sets say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from motcua.rules import certification, fees
from motcua.rules.answer_clock import AnswerRule
from motcua.rules.deadline import Limit, Policy
from motcua.rules.scoring import Thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """The law of an area from `valid_from` to the day before `valid_to`.

    `verified`: the articles were read. Where they were not, `unverified` says what is configuration to
    confirm with the province.
    """

    id: str
    area: str
    valid_from: date
    valid_to: date | None
    law: str
    article: str = ""
    unverified: str = ""

    @property
    def verified(self) -> bool:
        return not self.unverified

    def holds_on(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class OneStop(RuleSet):
    """How due dates are read; `policy.id` is stored with every date it gave."""

    policy: Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlineLevels(RuleSet):
    """The levels of online service, lowest first, each with what it means; `default` without a decision
    that says otherwise ("" if there is none)."""

    levels: Mapping[str, str]
    default: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A limit of one step, and its article."""

    limit: Limit
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms(RuleSet):
    """Limits by step ("accept_complaint", …)."""

    terms: Mapping[str, Term]


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification(Terms):
    """What certifying costs, by kind, and which procedures (by national code) are of which kind."""

    fees: Mapping[certification.Kind, certification.Fee]
    procedures: Mapping[str, certification.Kind]
    fees_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliefs(RuleSet):
    """Who pays no fee or duty, or less, each with its article."""

    reliefs: tuple[fees.Relief, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holidays(RuleSet):
    """Days off by law, in days a year; which days they are is the national calendar's to say."""

    days: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification(RuleSet):
    """How a finished dossier is judged: by date, against the date that an apology does not move."""

    by_date: bool
    apology_excuses: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlineAnswer(RuleSet):
    """In how many working hours a desk answers what was filed online, and how many a desk has at least to
    which it is re-routed."""

    hours: Decimal
    rerouted_hours: Decimal

    @property
    def rule(self) -> AnswerRule:
        """As decisions take it."""
        return AnswerRule(self.id, self.hours, self.rerouted_hours)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingDoor(RuleSet):
    """Whether the province's own portal takes dossiers in; where it does not, who does, and where."""

    is_open: bool
    instead: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality(RuleSet):
    """How the quality of the one-stop service is scored; `reading` says what this system reads into the
    rows of the law, `rating_days` for how long a citizen may change what he said."""

    thresholds: Thresholds
    rating_days: int
    reading: str


R = TypeVar("R", bound=RuleSet)


def in_force(sets: Sequence[R], on: date) -> R | None:
    """The set that holds on a day."""
    return next((found for found in sets if found.holds_on(on)), None)
