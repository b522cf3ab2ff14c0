"""What the quality of the service is judged by, read from the acts of each finished dossier: its time against
the limit, the time at each agency, the rounds of supplements, where the person had to go, what was posted,
whether a complaint was justified.

Counted by groups of like dossiers, so that a quarter of a province is one statement and a few hundred rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from motcua.dossiers import policies
from motcua.ledger import sql
from motcua.rules.actor import Actor
from motcua.rules.books import Channel
from motcua.rules.casework import Status
from motcua.rules.deadline import Punctuality
from motcua.rules.worktime import ZONE

ENDED = (int(Status.DONE), int(Status.HANDED_OVER))


@dataclass(frozen=True, slots=True)
class Served:
    """What is judged of one dossier, or of so many like it (`many`).

    `total` None: it had no limit; `at_agencies` are the agencies of its phases, or the one that settled it.
    """

    unit_id: int
    channel: Channel
    total: Punctuality | None
    at_agencies: tuple[Punctuality, ...]
    rounds: int
    at_one_stop: bool
    posted: bool
    complained: bool
    many: int = 1
    account_id: int | None = None
    account_name: str = ""


@dataclass(frozen=True, slots=True)
class ServedDossier:
    """A dossier of the list behind a score."""

    id: UUID
    code: str
    subject: str
    finished_at: datetime
    served: Served


@dataclass(frozen=True, slots=True)
class Span:
    """The days, both counted, in which dossiers were finished, and since when desks post procedures."""

    since: date
    until: date
    posted: Mapping[int, date]

    def params(self) -> dict[str, Any]:
        end = self.until + timedelta(days=1)
        return {
            "since": datetime.combine(self.since, time.min, ZONE),
            "end": datetime.combine(end, time.min, ZONE),
            "ended": list(ENDED),
            "desks": list(self.posted),
            "posted_on": list(self.posted.values()),
        }


def by_unit(span: Span, units: Sequence[int] | None) -> list[Served]:
    """The dossiers of agencies (None: all), grouped; the caller has asked who may see figures."""
    where = "" if units is None else "AND d.accountable_id = ANY(%(units)s)"
    query = GROUPED.format(who="", by="", people="", where=where, joins=OF_ALL)
    return _grouped(query, span.params() | {"units": list(units or ())})


def by_officer(span: Span, unit_id: int) -> list[Served]:
    """The dossiers of an agency by each officer who did a step of them, grouped."""
    return _grouped(
        GROUPED.format(
            who=", w.account_id, a.name AS account_name",
            by=", w.account_id, a.name",
            people=OFFICERS,
            where="AND d.accountable_id = %(unit)s",
            joins=OF_ALL,
        ),
        span.params() | {"unit": unit_id},
    )


def of_officer(span: Span, account_id: int) -> list[Served]:
    """The dossiers of which an officer did a step, grouped."""
    query = GROUPED.format(who="", by="", people="", where=f"AND {HIS}", joins=OF_ALL)
    return _grouped(query, span.params() | {"account": account_id})


def listed(
    actor: Actor, span: Span, *, unit_id: int, size: int, account_id: int | None = None
) -> list[ServedDossier]:
    """The dossiers behind a unit's or an officer's score that the actor may see, latest first."""
    seen, params = _seen(actor)
    whose = HIS if account_id else "d.accountable_id = %(unit)s"
    query = LISTED.format(where=f"AND {whose} AND {seen}", joins=OF_EACH)
    given = span.params() | params | {"unit": unit_id, "account": account_id, "size": size}
    return [_dossier(row) for row in sql.fetch(query, given, prepare=False)]


def visible(actor: Actor, span: Span, unit_id: int) -> int:
    """How many of the dossiers behind a unit's score the actor may see."""
    seen, params = _seen(actor)
    query = COUNTED.format(where=f"AND d.accountable_id = %(unit)s AND {seen}")
    return int(sql.fetch(query, span.params() | params | {"unit": unit_id}, prepare=False)[0]["n"])


def _seen(actor: Actor) -> tuple[str, dict[str, Any]]:
    """The predicate of visibility over `d`, with named parameters."""
    where, params = policies.scope(actor)
    named = {f"seen_{n}": value for n, value in enumerate(params)}
    for name in named:
        where = where.replace("%s", f"%({name})s", 1)
    return f"({where.replace('dossiers_dossier.', 'd.')})", named


def _grouped(query: str, params: Mapping[str, Any]) -> list[Served]:
    return [_served(row) for row in sql.fetch(query, params, prepare=False)]


def _dossier(row: Mapping[str, Any]) -> ServedDossier:
    return ServedDossier(
        row["id"], row["code"], row["subject"], row["finished_at"], _served({**row, "many": 1})
    )


def _served(row: Mapping[str, Any]) -> Served:
    total = Punctuality(row["total"]) if row["total"] else None
    phases = tuple(map(Punctuality, row["phases"].split(","))) if row["phases"] else ()
    return Served(
        unit_id=row["unit_id"],
        channel=Channel(row["channel"]),
        total=total,
        at_agencies=phases or ((total,) if total else ()),
        rounds=row["rounds"],
        at_one_stop=row["at_one_stop"],
        posted=row["posted"],
        complained=row["complained"],
        many=row["many"],
        account_id=row.get("account_id"),
        account_name=row.get("account_name", ""),
    )


def _local(column: str) -> str:
    return f"({column} AT TIME ZONE '{ZONE.key}')::date"


def _compared(finished: str, due: str) -> str:
    """Early, on time or late, by date (statutory.rulesets "on_time")."""
    done, by = _local(finished), _local(due)
    return (
        f"CASE WHEN {due} IS NULL THEN '' WHEN {done} < {by} THEN 'early' "
        f"WHEN {done} = {by} THEN 'on_time' ELSE 'late' END"
    )


HIS = """EXISTS (SELECT 1 FROM dossiers_workitem w
                WHERE w.dossier_id = d.id AND w.closed_by_id = %(account)s)"""
OFFICERS = """
JOIN (SELECT DISTINCT dossier_id, closed_by_id AS account_id FROM dossiers_workitem
      WHERE closed_by_id IS NOT NULL) w ON w.dossier_id = d.id
JOIN people_account a ON a.id = w.account_id
"""
JUDGED = f"""
    {_compared("d.finished_at", "d.judged_at")} AS total,
    coalesce(p.phases, '') AS phases,
    coalesce(s.rounds, 0)::int AS rounds,
    (d.channel = {int(Channel.COUNTER)} OR coalesce(h.method, '') = 'counter') AS at_one_stop,
    coalesce(n.posted_on <= {_local("d.received_at")}, FALSE) AS posted,
    coalesce(r.complained, FALSE) AS complained
"""
ENDED_IN = """
d.status = ANY(%(ended)s) AND NOT d.training
AND d.finished_at >= %(since)s AND d.finished_at < %(end)s
"""
_PHASES = f"""SELECT string_agg({_compared("finished_at", "due_at")}, ',' ORDER BY position) AS phases
FROM dossiers_phase WHERE finished_at IS NOT NULL AND due_at IS NOT NULL"""  # noqa: S608 — fixed words only
_ROUNDS = "SELECT count(*) AS rounds FROM dossiers_supplement WHERE TRUE"
_RATED = "SELECT bool_or(justified) AS complained FROM dossiers_rating WHERE replaced_at IS NULL"
POSTED = """
LEFT JOIN dossiers_handover h ON h.dossier_id = d.id
LEFT JOIN unnest(%(desks)s::bigint[], %(posted_on)s::date[]) AS n(desk_id, posted_on)
       ON n.desk_id = d.received_by_id
"""


def _joins(each: bool) -> str:
    """What a dossier is judged by beside its own row: gathered once for all, or looked up for each."""
    found = []
    for name, query in (("p", _PHASES), ("s", _ROUNDS), ("r", _RATED)):
        if each:
            found.append(f"LEFT JOIN LATERAL ({query} AND dossier_id = d.id) {name} ON TRUE")
        else:
            whole = query.replace("SELECT ", "SELECT dossier_id, ", 1)
            found.append(
                f"LEFT JOIN ({whole} GROUP BY dossier_id) {name} ON {name}.dossier_id = d.id"
            )
    return "\n".join([*found, POSTED])


OF_ALL, OF_EACH = _joins(each=False), _joins(each=True)
GROUPED = f"""
SELECT d.accountable_id AS unit_id, d.channel, {JUDGED}{{who}}, count(*)::int AS many
FROM dossiers_dossier d {{people}} {{joins}}
WHERE {ENDED_IN} {{where}}
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8{{by}}
"""  # noqa: S608 — fixed words only
LISTED = f"""
SELECT d.id, coalesce(d.code, d.submission_code) AS code, d.subject, d.finished_at,
       d.accountable_id AS unit_id, d.channel, {JUDGED}
FROM dossiers_dossier d {{joins}}
WHERE {ENDED_IN} {{where}}
ORDER BY d.finished_at DESC, d.id DESC LIMIT %(size)s
"""  # noqa: S608 — fixed words only
COUNTED = f"SELECT count(*) AS n FROM dossiers_dossier d WHERE {ENDED_IN} {{where}}"  # noqa: S608
