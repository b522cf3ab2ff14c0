"""The one way figures are read: roll-ups plus what they do not hold yet, in one statement.

Counting by unit and channel reads the daily roll-up. Counting by procedure reads the monthly one, and
the postings themselves for the months the window cuts through.
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
from motcua.statistics.watermark import REMAINDER

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
    key = by or "0"
    tests, params = part.tests()
    if by == "procedure_id" or part.procedures is not None:
        moved, more = _by_months(window, key, tests)
    else:
        moved, more = _by_days(key, tests), {}
    columns = ", ".join(_column(m) for m in MEASURES.values())
    rows = sql.fetch(
        f"SELECT key, {columns} FROM ({moved}) moved GROUP BY key",  # noqa: S608
        {**params, **more, "since": window.since, "until": window.until},
        prepare=False,
    )
    return {row["key"]: {m: int(row[m]) for m in MEASURES if row[m]} for row in rows}


def _column(m: Measure) -> str:
    tests = [SPAN[m.span]]
    if m.channel is not None:
        tests.append(f"channel = {int(m.channel)}")
    return (
        f"coalesce(sum(n * {m.crossing}) FILTER (WHERE {' AND '.join(tests)}), 0)::bigint"
        f' AS "{m.key}"'
    )


SPAN = {Span.BEFORE: "NOT during", Span.DURING: "during", Span.UNTIL: "TRUE"}
GROUPED = "GROUP BY 1, 2, 3, 4, 5"


def _by_days(key: str, tests: str) -> str:
    head = f"SELECT {key} AS key, channel, from_account, to_account"
    return f"""
        {head}, "on" >= %(since)s AS during, sum(n) AS n
        FROM statistics_daily WHERE "on" <= %(until)s{tests} {GROUPED}
        UNION ALL
        {head}, effective_on >= %(since)s, count(*)
        FROM ledger_posting WHERE {REMAINDER} AND effective_on <= %(until)s{tests} {GROUPED}
    """


def _by_months(window: Window, key: str, tests: str) -> tuple[str, dict[str, Any]]:
    cut = _months_cut(window)
    params: dict[str, Any] = {"cut": [first for first, _, _ in cut]}
    head = f"SELECT {key} AS key, channel, from_account, to_account"
    parts = [
        f"""{head}, month >= %(since)s AS during, sum(n) AS n
        FROM statistics_monthly
        WHERE month <= %(until)s AND month <> ALL(%(cut)s::date[]){tests} {GROUPED}""",
        f"""{head}, effective_on >= %(since)s, count(*)
        FROM ledger_posting WHERE {REMAINDER} AND effective_on <= %(until)s
        AND date_trunc('month', effective_on)::date <> ALL(%(cut)s::date[]){tests} {GROUPED}""",
    ]
    for n, (_, since, until) in enumerate(cut):
        params |= {f"since{n}": since, f"until{n}": until}
        parts.append(
            f"""{head}, effective_on >= %(since)s, count(*)
            FROM ledger_posting
            WHERE effective_on BETWEEN %(since{n})s AND %(until{n})s{tests} {GROUPED}"""
        )
    return " UNION ALL ".join(parts), params


def _months_cut(window: Window) -> list[tuple[date, date, date]]:
    """The months that are not wholly on one side: (first of month, first day, last day to count)."""
    cut: dict[date, tuple[date, date, date]] = {}
    first = window.since.replace(day=1)
    if window.since != first:
        cut[first] = (first, first, min(window.until, _last_of(first)))
    first = window.until.replace(day=1)
    if window.until != _last_of(first):
        cut[first] = (first, first, window.until)
    return list(cut.values())


def _last_of(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
