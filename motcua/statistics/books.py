"""The one way figures are read: roll-ups plus what they do not hold yet, in one statement.

Whole months come from a monthly roll-up: of units, of procedures, or of both where a figure needs both.
The months a window cuts through come from the daily one, or, by procedure, from the postings themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from motcua.ledger import sql
from motcua.rules.books import Channel
from motcua.rules.refusal import Refusal
from motcua.statistics.measures import MEASURES, Measure, Span
from motcua.statistics.rollups import DAILY, MONTH, MONTHLY, OF_PROCEDURE, OF_UNIT, REMAINDER

LONGEST = 3660
"""Days a window may have."""


@dataclass(frozen=True, slots=True)
class Window:
    """Days of the books, both included. Raises figures.window_backwards, figures.window_too_long."""

    since: date
    until: date

    def __post_init__(self) -> None:
        if self.since > self.until:
            raise Refusal("figures.window_backwards", {"field": "since"})
        if (self.until - self.since).days > LONGEST:
            raise Refusal("figures.window_too_long", {"field": "since"})

    def days(self, span: Span) -> tuple[date | None, date]:
        """The first day (None: since ever) and the last day a span looks at."""
        if span is Span.BEFORE:
            return None, self.since - timedelta(days=1)
        return (self.since if span is Span.DURING else None), self.until


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of the books: of these units and procedures (None: all), that came by this channel."""

    units: Sequence[int] | None = None
    procedures: Sequence[int] | None = None
    channel: Channel | None = None

    def tests(self) -> tuple[str, dict[str, Any]]:
        """SQL, to be added to a WHERE, and its parameters."""
        tests = ""
        params: dict[str, Any] = {}
        if self.units is not None:
            tests += " AND unit_id = ANY(%(units)s)"
            params["units"] = list(self.units)
        if self.procedures is not None:
            tests += " AND procedure_id = ANY(%(procedures)s)"
            params["procedures"] = list(self.procedures)
        if self.channel is not None:
            tests += " AND channel = %(channel)s"
            params["channel"] = int(self.channel)
        return tests, params


Figures = Mapping[str, int]
"""Measure → number; what is not there is 0."""


def totals(window: Window, part: Part, by: str | None = None) -> dict[int, dict[str, int]]:
    """All measures of a part of the books, by "unit_id" or "procedure_id", or together (under 0).

    One statement; consistent whatever is written or folded meanwhile.
    """
    moved, params = _moved(window, part, by)
    columns = ", ".join(_column(m) for m in MEASURES.values())
    rows = sql.fetch(
        f"SELECT key, {columns} FROM ({moved}) moved GROUP BY key",  # noqa: S608
        {**params, "since": window.since, "until": window.until},
        prepare=False,
    )
    return {row["key"]: {m: int(row[m]) for m in MEASURES if row[m]} for row in rows}


def _column(m: Measure) -> str:
    tests = [SPAN[m.span]]
    if m.coming:
        tests.append(m.coming)
    return (
        f"coalesce(sum(n * {m.crossing}) FILTER (WHERE {' AND '.join(tests)}), 0)::bigint"
        f' AS "{m.key}"'
    )


SPAN = {Span.BEFORE: "NOT during", Span.DURING: "during", Span.UNTIL: "TRUE"}


def _moved(window: Window, part: Part, by: str | None) -> tuple[str, dict[str, Any]]:
    """SQL for (key, channel, from_account, to_account, during, n): every movement until the last day."""
    tests, params = part.tests()
    cut = _months_cut(window)
    params["cut"] = [first for first, _ in cut]
    by_procedure = by == "procedure_id" or part.procedures is not None
    by_unit = by == "unit_id" or part.units is not None
    months = (MONTHLY if by_unit else OF_PROCEDURE) if by_procedure else OF_UNIT
    whole = "month <= %(until)s AND month <> ALL(%(cut)s::date[])"
    left = f"{REMAINDER} AND effective_on <= %(until)s"
    if by_procedure:
        left += f" AND {MONTH} <> ALL(%(cut)s::date[])"
    key = by or "0"
    parts = [
        _read(key, months.table, "month", "sum(n)", whole + tests),
        _read(key, "ledger_posting", "effective_on", "count(*)", left + tests),
    ]
    for n, (first, last) in enumerate(cut):
        params |= {f"first{n}": first, f"last{n}": last}
        days = f"BETWEEN %(first{n})s AND %(last{n})s{tests}"
        if by_procedure:
            parts.append(
                _read(key, "ledger_posting", "effective_on", "count(*)", f"effective_on {days}")
            )
        else:
            test = f"{DAILY.column} {days}"
            parts.append(_read(key, DAILY.table, DAILY.column, "sum(n)", test))
    return " UNION ALL ".join(parts), params


def _read(key: str, table: str, day: str, n: str, test: str) -> str:
    return (
        f"SELECT {key} AS key, channel, from_account, to_account, {day} >= %(since)s AS during, "  # noqa: S608
        f"{n} AS n FROM {table} WHERE {test} GROUP BY 1, 2, 3, 4, 5"
    )


def _months_cut(window: Window) -> list[tuple[date, date]]:
    """The months that do not lie wholly on one side: (first of the month, last day to count)."""
    cut: dict[date, date] = {}
    first = window.since.replace(day=1)
    if window.since != first:
        cut[first] = min(window.until, _last_of(first))
    first = window.until.replace(day=1)
    if window.until != _last_of(first):
        cut[first] = window.until
    return list(cut.items())


def _last_of(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
