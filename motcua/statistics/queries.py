"""Every read of the figures: a number, the list it counted, and the overview."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal

from motcua.dossiers import policies as dossiers
from motcua.dossiers import queries as lists
from motcua.ledger import sql
from motcua.ledger.paging import Cursor
from motcua.organisations import queries as organisations
from motcua.organisations.queries import Kind
from motcua.rules import casework, worktime
from motcua.rules.actor import Actor
from motcua.rules.books import Channel
from motcua.rules.casework import Status
from motcua.rules.refusal import Refusal
from motcua.statistics import books, policies
from motcua.statistics.books import Figures, Part, Window
from motcua.statistics.measures import Measure, measure
from motcua.statistics.models import Proof
from motcua.statutory.rule_kinds import RuleSet
from motcua.statutory.rulesets import during

Row = dict[str, Any]
NO_DOMAIN = 0
MANY = 2000
"""From this number on, a page of a list is found sooner by walking the dossiers, newest first."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What figures are narrowed by. `unit_id` is the accountable agency, `group` a group of agencies
    (GROUPS), `domain_id` the field of the procedures as catalogued on the last day of the window."""

    unit_id: int | None = None
    group: str = ""
    domain_id: int | None = None
    channel: Channel | None = None


GROUPS: Mapping[str, tuple[str, frozenset[str]]] = {
    "so-nganh": (
        "Sở, ban, ngành cấp tỉnh",
        frozenset({Kind.PROVINCE, Kind.COMMITTEE_OFFICE, Kind.DEPARTMENT, Kind.CENTRE}),
    ),
    "nganh-doc": ("Cơ quan ngành dọc", frozenset({Kind.VERTICAL})),
    "huyen": ("Cấp huyện", frozenset({Kind.DISTRICT})),
    "xa": ("Cấp xã", frozenset({Kind.COMMUNE})),
    "khac": ("Đơn vị khác", frozenset({Kind.DESK, Kind.DIVISION})),
}
"""How agencies are grouped: key → (title, kinds). Every kind of unit is in one group."""
AGENCIES = frozenset({Kind.DEPARTMENT, Kind.VERTICAL, Kind.DISTRICT, Kind.COMMUNE})
"""The kinds of units that settle procedures."""


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one unit or one domain; `under` is the unit it stands in, where that matters."""

    key: int
    name: str
    figures: Figures
    under: str = ""

    def __getitem__(self, measure_key: str) -> int:
        return self.figures.get(measure_key, 0)


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that belong together, and their sum."""

    key: str
    title: str
    lines: Sequence[Line]
    total: Figures


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of a window, by unit or by domain. `total` is the sum of the groups."""

    window: Window
    by: str
    filters: Filters
    groups: Sequence[Group]
    total: Figures
    own_only: bool = field(default=False)

    @property
    def judged_under(self) -> tuple[RuleSet, ...]:
        """The rule sets that say, in this window, what is early, on time and late."""
        return during("on_time", self.window.since, self.window.until)

    def lines(self) -> list[Line]:
        return [line for group in self.groups for line in group.lines]


def figure(measure_key: str, window: Window, actor: Actor, filters: Filters | None = None) -> int:
    """One number. Raises figures.may_not, figures.not_your_unit, measure.unknown."""
    m = measure(measure_key)
    part = _part(actor, filters or Filters(), window)
    return books.totals(window, part).get(0, {}).get(m.key, 0)


def overview(
    window: Window,
    actor: Actor,
    by: Literal["unit", "domain"] = "unit",
    filters: Filters | None = None,
) -> Overview:
    """All figures of a window as far as the actor may see them, in a constant number of statements.

    Raises figures.may_not, figures.not_your_unit.
    """
    filters = filters or Filters()
    part = _part(actor, filters, window)
    groups = _by_unit(window, part) if by == "unit" else _by_domain(window, part)
    own_only = policies.units_open_to(actor) is not None
    return Overview(window, by, filters, groups, summed(g.total for g in groups), own_only)


def summed(many: Any) -> dict[str, int]:
    """Figures added up."""
    result: dict[str, int] = {}
    for figures in many:
        for key, n in figures.items():
            result[key] = result.get(key, 0) + n
    return result


def _by_unit(window: Window, part: Part) -> list[Group]:
    found = books.totals(window, part, "unit_id")
    sorted_lines: dict[str, list[tuple[str, Line]]] = {}
    for unit_id, figures in found.items():
        unit = organisations.unit(unit_id)
        if not figures and not unit.days.has(window.since):
            continue  # it had ended, and what was open of it went elsewhere
        parent = organisations.parent_of(unit_id, window.until) if unit.kind == "commune" else None
        line = Line(unit_id, unit.name, figures, parent.name if parent else "")
        sorted_lines.setdefault(_group_of(unit.kind), []).append((unit.sort_key, line))
    return [
        _group(key, title, [line for _, line in sorted(sorted_lines[key], key=lambda x: x[0])])
        for key, (title, _) in GROUPS.items()
        if key in sorted_lines
    ]


def _group_of(kind: str) -> str:
    return next((key for key, (_, kinds) in GROUPS.items() if kind in kinds), "khac")


def _group(key: str, title: str, lines: list[Line]) -> Group:
    return Group(key, title, lines, summed(line.figures for line in lines))


def _by_domain(window: Window, part: Part) -> list[Group]:
    found = books.totals(window, part, "procedure_id")
    domains = {
        row["procedure_id"]: row
        for row in sql.fetch(DOMAINS, {"on": window.until, "procedures": list(found)})
    }
    by_domain: dict[tuple[int, str], list[Figures]] = {}
    for procedure_id, figures in found.items():
        row = domains.get(procedure_id)
        key = (row["domain_id"], row["name"]) if row else (NO_DOMAIN, "Chưa xếp lĩnh vực")
        by_domain.setdefault(key, []).append(figures)
    lines = [Line(key, name, summed(many)) for (key, name), many in by_domain.items()]
    lines.sort(key=lambda line: (-line["received"] - line["carried-over"], line.name))
    return [_group("", "Lĩnh vực", lines)] if lines else []


def domains() -> list[tuple[int, str]]:
    """The domains that have procedures, by name: what a filter offers."""
    return [(row["id"], row["name"]) for row in sql.fetch(DOMAIN_NAMES)]


def units_to_choose(actor: Actor, on: date) -> list[tuple[int, str]]:
    """The agencies whose figures the actor may see, as they stand on a day: what a filter offers.

    Raises figures.may_not.
    """
    open_to = policies.units_open_to(actor)
    if open_to is not None:
        return [(unit_id, organisations.unit(unit_id).short_name) for unit_id in sorted(open_to)]
    settling = (kind for _, kinds in GROUPS.values() for kind in sorted(kinds) if kind in AGENCIES)
    return [
        (u.id, u.short_name) for kind in settling for u in organisations.units_of_kind(kind, on)
    ]


def latest_proofs(many: int = 30) -> list[Proof]:
    """The last proofs, newest first."""
    return list(Proof.objects.order_by("-made_at")[:many])


# ---- the list behind a number --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Drill:
    """The dossiers a figure counted: those the actor may see, by pages, and how many more there are.

    Where it counted moves, a row for each: `moved_on`, and `moved_in` whose books.
    """

    measure: Measure
    window: Window
    filters: Filters
    number: int
    rows: Sequence[Row]
    next: Cursor | None
    visible: int

    @property
    def hidden(self) -> int:
        """How many of the number lie outside what the actor may see."""
        return max(self.number - self.visible, 0)


def drill(
    measure_key: str,
    window: Window,
    actor: Actor,
    filters: Filters | None = None,
    *,
    after: Cursor | None = None,
    size: int = 50,
) -> Drill:
    """The list behind a figure, newest received first, or latest moved. Raises what `figure` raises."""
    filters = filters or Filters()
    m = measure(measure_key)
    part = _part(actor, filters, window)
    number = books.totals(window, part).get(0, {}).get(m.key, 0)
    if m.by_move:
        columns, at, row_id = MOVE_COLUMNS, "moved.midnight", "moved.entry_id"
        source, params = _moves_listed(m, window, part, actor)
    else:
        columns, at, row_id = "", "dossiers_dossier.received_at", "dossiers_dossier.id"
        source, params = _listed(m, window, part, actor, number)
    paged = f"AND ({at}, {row_id}) < (%(at)s, %(id)s)" if after else ""
    rows = sql.fetch(
        f"SELECT {lists.COLUMNS}{columns}, {at} AS page_at, {row_id} AS page_id FROM {source} {paged} "  # noqa: S608
        f"ORDER BY {at} DESC, {row_id} DESC LIMIT %(size)s",
        {**params, "size": size + 1, **({"at": after.at, "id": after.id} if after else {})},
        prepare=False,
    )
    last = rows[size - 1] if len(rows) > size else None
    cursor = Cursor(last["page_at"], last["page_id"]) if last else None
    visible = number
    if not _sees_all(actor):
        visible = len(rows) if not (after or last) else _count(source, params)
    return Drill(m, window, filters, number, rows[:size], cursor, visible)


def _count(source: str, params: dict[str, Any]) -> int:
    query = f"SELECT count(*) AS n FROM {source}"  # noqa: S608
    return int(sql.fetch(query, params, prepare=False)[0]["n"])


def _sees_all(actor: Actor) -> bool:
    return actor.sees.everything and not actor.training


def _listed(
    m: Measure, window: Window, part: Part, actor: Actor, number: int
) -> tuple[str, dict[str, Any]]:
    """SQL after FROM: the dossiers a measure counts that the actor may see.

    Two ways to the same rows. From the dossiers, newest first, asking of each whether it was counted:
    where the scope is narrow, or so many were counted that a page is soon full. From the postings: where
    few were counted among all.
    """
    since, until = window.days(m.span)
    moved, tests, params = _touched(m, window, part)
    scope, scope_params = _scope(actor)
    params |= scope_params | {"received_before": _end_of(until)}
    # No dossier was counted before it came.
    where = f"dossiers_dossier WHERE {scope} AND dossiers_dossier.received_at < %(received_before)s"
    if not _sees_all(actor) or number > MANY:
        crossed = f"(SELECT sum({m.crossing}) FROM {moved} AND dossier_id = dossiers_dossier.id)"  # noqa: S608
        return f"{where} AND {crossed} <> 0", params
    if since is None and _recent(until):
        moved += f" AND dossier_id IN ({_may_stand(m, tests)})"
    counted = f"SELECT dossier_id FROM {moved} GROUP BY dossier_id HAVING sum({m.crossing}) <> 0"  # noqa: S608
    return f"{where} AND dossiers_dossier.id IN ({counted})", params


def _moves_listed(
    m: Measure, window: Window, part: Part, actor: Actor
) -> tuple[str, dict[str, Any]]:
    """SQL after FROM: the moves a measure counts, each with its dossier, that the actor may see."""
    touched, _, params = _touched(m, window, part)
    scope, scope_params = _scope(actor)
    moved = (
        f"SELECT dossier_id, unit_id, effective_on, entry_id, {MIDNIGHT} AS midnight FROM {touched}"  # noqa: S608
    )
    joined = f"dossiers_dossier JOIN ({moved}) moved ON moved.dossier_id = dossiers_dossier.id"
    return f"{joined} WHERE {scope}", params | scope_params | {"zone": str(worktime.ZONE)}


def _touched(m: Measure, window: Window, part: Part) -> tuple[str, str, dict[str, Any]]:
    """SQL after FROM: the postings a measure looks at; the tests of the part alone; their parameters."""
    since, until = window.days(m.span)
    tests, params = part.tests()
    within = "effective_on <= %(until)s"
    if since is not None:
        within += " AND effective_on >= %(since)s"
    touched = f"ledger_posting WHERE {within} AND {m.touching}{tests}"
    return touched, tests, params | {"since": since, "until": until}


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), worktime.ZONE)


def _recent(on: date) -> bool:
    """Whether little was posted after a day."""
    row = sql.fetch(AFTER, {"on": on})[0]
    return int(row["after"]) * 10 < int(row["everything"])


def _may_stand(m: Measure, tests: str) -> str:
    """SQL for all dossiers that may have stood in the accounts of a balance on its day: those not ended,
    and those that moved after it. So the list of a recent day does not read the whole past."""
    statuses = ", ".join(str(int(s)) for s in (*casework.OPEN, Status.SUBMITTED))
    return (
        f"SELECT id FROM dossiers_dossier WHERE status IN ({statuses}) "  # noqa: S608
        f"UNION SELECT dossier_id FROM ledger_posting WHERE effective_on > %(until)s AND {m.touching}{tests}"
    )


def _scope(actor: Actor) -> tuple[str, dict[str, Any]]:
    """The predicate of visibility with its parameters named, to stand among named ones."""
    where, values = dossiers.scope(actor)
    params = {f"scope{n}": value for n, value in enumerate(values)}
    names = iter(params)
    return re.sub("%s", lambda _: f"%({next(names)})s", where), params


# ---- what the actor asks for, and may ask for ----------------------------------------------------


def _part(actor: Actor, filters: Filters, window: Window) -> Part:
    open_to = policies.units_open_to(actor)
    units: frozenset[int] | None = open_to
    if filters.unit_id is not None:
        if open_to is not None and filters.unit_id not in open_to:
            raise Refusal("figures.not_your_unit", {"field": "unit"})
        units = frozenset({filters.unit_id})
    if filters.group:
        kinds = GROUPS.get(filters.group, ("", frozenset[str]()))[1]
        of_group = frozenset(u.id for u in organisations.units_ever(kinds))
        units = of_group if units is None else units & of_group
    procedures = None
    if filters.domain_id is not None:
        rows = sql.fetch(
            PROCEDURES_OF, {"on": window.until, "domain": filters.domain_id, "procedures": None}
        )
        procedures = [row["procedure_id"] for row in rows]
    return Part(None if units is None else sorted(units), procedures, filters.channel)


MOVE_COLUMNS = ", moved.effective_on AS moved_on, moved.unit_id AS moved_in"
MIDNIGHT = "effective_on::timestamp AT TIME ZONE %(zone)s"
"""A list of moves is paged by the day they were made, and by the entry of the ledger."""
DOMAIN_OF = """
SELECT DISTINCT ON (v.procedure_id) v.procedure_id, v.domain_id
FROM catalogue_procedureversion v
WHERE %(procedures)s::bigint[] IS NULL OR v.procedure_id = ANY(%(procedures)s)
ORDER BY v.procedure_id, coalesce(lower(v.valid) <= %(on)s, TRUE) DESC, lower(v.valid) DESC NULLS LAST
"""
DOMAINS = (
    f"SELECT p.procedure_id, p.domain_id, d.name FROM ({DOMAIN_OF}) p "  # noqa: S608
    "JOIN catalogue_domain d ON d.id = p.domain_id"
)
PROCEDURES_OF = f"SELECT procedure_id FROM ({DOMAIN_OF}) p WHERE domain_id = %(domain)s"  # noqa: S608
DOMAIN_NAMES = """
SELECT id, name FROM catalogue_domain d
WHERE EXISTS (SELECT 1 FROM catalogue_procedureversion v WHERE v.domain_id = d.id) ORDER BY name
"""
AFTER = """
SELECT coalesce(sum(n) FILTER (WHERE month > %(on)s), 0) AS after, coalesce(sum(n), 0) AS everything
FROM statistics_monthlyofunit
"""
