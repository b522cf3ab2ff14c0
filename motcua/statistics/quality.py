"""The quality of the service: nine indicators of every agency, the dossiers behind them, an officer's own.

What is judged comes from the acts (dossiers.served), how from the rule set of the period's last day; nothing
is stored. The province is its dossiers and its units together, never an average of averages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.catalogue import reach
from motcua.catalogue.reach import Reach
from motcua.counter import queries as counter
from motcua.dossiers import served
from motcua.dossiers.served import Served, ServedDossier, Span
from motcua.organisations import queries as organisations
from motcua.organisations.queries import Kind, UnitFacts
from motcua.rules import scoring
from motcua.rules.actor import Actor
from motcua.rules.books import Channel
from motcua.rules.deadline import Punctuality
from motcua.rules.refusal import Refusal
from motcua.rules.scoring import Completion, Grade, Indicator, Level, Mark, Score, Total
from motcua.statistics import policies
from motcua.statutory.rule_kinds import Quality
from motcua.statutory.rulesets import rule_set

FIRST_YEAR = 2018
LEVELS: Mapping[str, Level] = {Kind.DISTRICT: Level.DISTRICT, Kind.COMMUNE: Level.COMMUNE}
"""By the kind of the agency; every other stands at the province's desk."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A quarter, or a whole year (`quarter` 0)."""

    year: int
    quarter: int

    def __post_init__(self) -> None:
        if not (FIRST_YEAR <= self.year <= 2100 and 0 <= self.quarter <= 4):
            raise Refusal("quality.period_unknown")

    @classmethod
    def of(cls, on: date) -> Period:
        """The quarter of a day."""
        return cls(on.year, (on.month + 2) // 3)

    @classmethod
    def parse(cls, text: str) -> Period:
        """2022-q4 or 2022; raises quality.period_unknown."""
        year, _, quarter = text.partition("-q")
        if not (year.isascii() and year.isdecimal() and (quarter or "0") in "01234"):
            raise Refusal("quality.period_unknown")
        return cls(int(year), int(quarter or 0))

    def __str__(self) -> str:
        return f"{self.year}-q{self.quarter}" if self.quarter else str(self.year)

    @property
    def since(self) -> date:
        return date(self.year, 3 * self.quarter - 2 if self.quarter else 1, 1)

    @property
    def until(self) -> date:
        months = 3 * self.quarter if self.quarter else 12
        after = date(self.year + months // 12, months % 12 + 1, 1)
        return after - timedelta(days=1)

    @property
    def before(self) -> Period:
        """The quarter, or the year, before this one."""
        if self.quarter == 0:
            return Period(self.year - 1, 0)
        return Period(self.year, self.quarter - 1) if self.quarter > 1 else Period(self.year - 1, 4)


@dataclass(frozen=True, slots=True)
class UnitQuality:
    """An agency's score: its total, its class, and the marks it gets as a unit."""

    unit: UnitFacts
    dossiers: int
    total: Total
    grade: Grade | None
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class ProvinceQuality:
    """The units of a period that an actor may see figures of, and the province where he sees all."""

    period: Period
    rules: Quality
    units: tuple[UnitQuality, ...]
    province: Total | None


@dataclass(frozen=True, slots=True)
class OfficerQuality:
    """An officer's score over the dossiers of which he did a step."""

    account_id: int | None
    name: str
    dossiers: int
    total: Total
    completion: Completion | None


@dataclass(frozen=True, slots=True)
class ScoredDossier:
    """A dossier with its points, and why."""

    dossier: ServedDossier
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """What a unit's score opens into: the unit, the dossiers in sight, and how many more there are."""

    found: UnitQuality
    rows: tuple[ScoredDossier, ...]
    hidden: int


def rules_of(period: Period) -> Quality:
    """The rule set a period is scored under: that of its last day. Raises rules.none_in_force."""
    return rule_set("quality", period.until)


def marks(of: Served) -> tuple[Mark, ...]:
    """A dossier's points. Contacts: every round of supplements counts, for the record does not say whose
    fault it was; agencies: none but the desk is on record; electronic: the catalogue is public."""
    return (
        scoring.total_time(of.total),
        scoring.agency_time(of.at_agencies),
        scoring.contacts(of.rounds),
        scoring.agencies(of.at_one_stop),
        scoring.publicity(posted=of.posted, electronic=True),
        scoring.attitude(of.total, complained=of.complained),
    )


def units(actor: Actor, period: Period) -> ProvinceQuality:
    """Every agency the actor may see figures of, by its place in the directory; in a constant number of
    statements. Raises figures.may_not."""
    open_to = policies.units_open_to(actor)
    rules = rules_of(period)
    groups = served.by_unit(span(period), None if open_to is None else sorted(open_to))
    by_unit: dict[int, list[Served]] = {}
    for group in groups:
        by_unit.setdefault(group.unit_id, []).append(group)
    known = reach.of_units(period.until)
    found = [_unit(i, own, known.get(i, Reach()), rules) for i, own in by_unit.items()]
    found.sort(key=lambda one: (_order(one.unit.kind), one.unit.sort_key))
    province = _province(groups, found, rules) if open_to is None and found else None
    return ProvinceQuality(period, rules, tuple(found), province)


def behind(actor: Actor, unit_id: int, period: Period, *, size: int = 50) -> Behind:
    """A unit's score, the scored dossiers the actor sees, and how many more there are.

    Raises figures.may_not, figures.not_your_unit, unit.unknown.
    """
    policies.to_see_unit(actor, unit_id)
    organisations.unit(unit_id)
    during, rules = span(period), rules_of(period)
    groups = served.by_unit(during, [unit_id])
    found = _unit(unit_id, groups, reach.of_units(period.until).get(unit_id, Reach()), rules)
    rows = served.listed(actor, during, unit_id=unit_id, size=size)
    visible = served.visible(actor, during, unit_id)
    scored = tuple(ScoredDossier(row, marks(row.served)) for row in rows)
    return Behind(found, scored, found.dossiers - visible)


def officers(actor: Actor, unit_id: int, period: Period) -> tuple[OfficerQuality, ...]:
    """The officers of an agency, for who leads or heads it; nobody else compares persons.

    Raises figures.not_your_officers.
    """
    policies.to_compare_officers(actor, unit_id)
    rules = rules_of(period)
    by_account: dict[int | None, list[Served]] = {}
    for group in served.by_officer(span(period), unit_id):
        by_account.setdefault(group.account_id, []).append(group)
    found = [_officer(i, own[0].account_name, own, rules) for i, own in by_account.items()]
    return tuple(sorted(found, key=lambda one: one.name))


def own(actor: Actor, period: Period) -> tuple[OfficerQuality, tuple[ScoredDossier, ...]]:
    """An officer's own score, and the dossiers it was counted from that he still sees.

    Raises figures.may_not.
    """
    account_id = policies.to_see_own(actor)
    during, rules = span(period), rules_of(period)
    groups = served.of_officer(during, account_id)
    rows = served.listed(actor, during, unit_id=0, size=50, account_id=account_id)
    scored = tuple(ScoredDossier(row, marks(row.served)) for row in rows)
    return _officer(account_id, actor.name, groups, rules), scored


def span(period: Period) -> Span:
    """The days of a period, with since when each desk posts its procedures."""
    desks = [unit.id for unit in organisations.units_ever([Kind.DESK])]
    return Span(period.since, period.until, counter.posted_since(desks))


def _unit(unit_id: int, groups: Sequence[Served], known: Reach, rules: Quality) -> UnitQuality:
    unit = organisations.unit(unit_id)
    by = rules.thresholds
    level = LEVELS.get(unit.kind, Level.PROVINCE)
    own_marks = (
        scoring.on_site(level, known.procedures, known.on_site, known.received, by),
        scoring.feedback(None, 0, by),
        _online(groups, known, rules),
    )
    total, grade = scoring.of_unit(_scores(groups, own_marks), by)
    return UnitQuality(unit, sum(g.many for g in groups), total, grade, own_marks)


def _online(groups: Sequence[Served], known: Reach, rules: Quality) -> Mark:
    filed = [g for g in groups if g.channel is Channel.ONLINE]
    return scoring.online(
        known.procedures,
        known.online,
        sum(g.many for g in groups),
        sum(g.many for g in filed),
        sum(g.many for g in filed if g.total is Punctuality.LATE),
        rules.thresholds,
    )


def _province(groups: Sequence[Served], found: Sequence[UnitQuality], rules: Quality) -> Total:
    every = [mark for one in found for mark in one.marks]
    return scoring.of_unit(_scores(groups, every), rules.thresholds)[0]


def _officer(
    account_id: int | None, name: str, groups: Sequence[Served], rules: Quality
) -> OfficerQuality:
    averages = _scores(groups, ())
    total, completion = scoring.of_officer(averages, rules.thresholds)
    return OfficerQuality(account_id, name, sum(g.many for g in groups), total, completion)


def _scores(groups: Iterable[Served], unit_marks: Iterable[Mark]) -> list[Score]:
    """The averages of all nine: points of like dossiers times how many there are."""
    points: dict[Indicator, int] = {}
    judged: dict[Indicator, int] = {}
    weighed = [(mark, group.many) for group in groups for mark in marks(group)]
    for mark, many in [*weighed, *((mark, 1) for mark in unit_marks)]:
        if mark.points is not None:
            points[mark.indicator] = points.get(mark.indicator, 0) + many * mark.points
            judged[mark.indicator] = judged.get(mark.indicator, 0) + many
    return [scoring.score(i, points.get(i, 0), judged.get(i, 0)) for i in Indicator]


def _order(kind: str) -> int:
    order = (Kind.DEPARTMENT, Kind.VERTICAL, Kind.DISTRICT, Kind.COMMUNE)
    return order.index(Kind(kind)) if kind in order else len(order)
