"""Every read of the catalogue that another room or a door may use; frozen values.

Search is forgiving: case, marks and tones do not count (rules.vietnamese.fold), words may stand in any
order and be begun only, a code finds by its beginning, a word with one slip of the finger is taken for the
words of the catalogue it could be, and where still nothing fits, the nearest names are found (trigrams).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from motcua.catalogue.content import Level, OnlineLevel, ProcedureContent
from motcua.catalogue.offered import EPOCH
from motcua.ledger import sql
from motcua.rules import vietnamese
from motcua.rules.deadline import Limit, LimitUnit

SOURCE_ORDER = ("nghe_an", "csdlqg_tthc", "danang_pdf_2024")
"""Where sources give one national code, the first of these speaks; those not named come after, by name."""

LONGEST_QUERY, MOST_WORDS = 200, 12
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(frozen=True, slots=True)
class Hit:
    """A procedure found."""

    procedure_id: int
    version_id: int
    source: str
    code: str
    name: str
    domain: str
    levels: tuple[Level, ...]
    online_level: OnlineLevel
    offered: bool


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """A decision with its dates."""

    id: int
    kind: str
    number: str
    title: str
    signed_on: date
    effective_on: date
    norm_effective_on: date | None
    source: str


@dataclass(frozen=True, slots=True)
class OfferingFacts:
    """An agency that settles the procedure, and how."""

    id: int
    unit_id: int
    unit_name: str
    received_at_id: int
    received_at_name: str
    process_id: int
    process_name: str
    approved: Limit | None
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class ProcedureDetail:
    """A procedure on a day: contents, the decision that brought them, who settles it."""

    procedure_id: int
    version_id: int
    source: str
    code: str
    since: date | None
    until: date | None
    content: ProcedureContent
    decision: DecisionFacts
    offerings: tuple[OfferingFacts, ...]


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """One version in a procedure's history."""

    id: int
    name: str
    since: date | None
    until: date | None
    decision: DecisionFacts


@dataclass(frozen=True, slots=True)
class OfferedFacts:
    """A procedure in an agency's list."""

    procedure_id: int
    code: str
    name: str
    domain: str
    received_at_id: int
    process_id: int
    online_level: OnlineLevel


@dataclass(frozen=True, slots=True)
class DomainCount:
    """A field of administration and how many procedures are in force in it."""

    key: str
    name: str
    procedures: int


def version_in_force(procedure_id: int, on: date) -> int | None:
    """The id of the version in force on a day, or None."""
    rows = sql.fetch(_IN_FORCE, [procedure_id, on])
    return int(rows[0]["id"]) if rows else None


def search(
    text: str,
    on: date,
    *,
    domain: str | None = None,
    level: Level | None = None,
    unit_id: int | None = None,
    limit: int = 20,
) -> list[Hit]:
    """Procedures in force on a day that fit a text; all of them for an empty one, those offered first.

    `unit_id` narrows them to what that agency settles.
    """
    folded = vietnamese.fold(text)[:LONGEST_QUERY]
    words = re.findall(r"[a-z0-9]+(?:\.[0-9]+)*", folded)[:MOST_WORDS]
    known = _vocabulary(sql.fetch(*EPOCH)[0]["epoch"])
    beginnings = [_begun(choice) for choice in (_meant(word, known) for word in words)]
    filters = [on, on, domain, domain, level, level, unit_id, unit_id, on]
    fits = " AND ".join(["v.folded_name LIKE ANY(%s)"] * len(beginnings)) or "true"
    phrase = [_begun([" ".join(words)])] if words else [["%"]]
    found = sql.fetch(
        f"{_FOUND} AND ({fits} OR p.code ILIKE %s) {_BEST_FIRST}",
        [*filters, *beginnings, f"{_like(text.strip())}%", *phrase, list(SOURCE_ORDER), limit * 4],
    )
    if not found and words:
        nearest = " ".join(words)
        found = sql.fetch(f"{_FOUND} {_NEAREST}", [*filters, nearest, nearest, limit * 4])
    return _one_a_code([_hit(row) for row in found])[:limit]


@lru_cache(maxsize=2)
def _vocabulary(epoch: int) -> frozenset[str]:
    """The words of all names, as long as no decision is made (`epoch`: the last one)."""
    names = sql.fetch("SELECT DISTINCT folded_name FROM catalogue_procedureversion")
    return frozenset(word for row in names for word in re.findall(r"[a-z0-9]+", row["folded_name"]))


def _meant(word: str, known: frozenset[str]) -> list[str]:
    """A word as it is, or where no word of the catalogue begins so, those it is one slip from: a letter
    too many, missing, wrong, or two changed round."""
    if any(other.startswith(word) for other in known):
        return [word]
    cuts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    slips = {a + b[1:] for a, b in cuts if b}
    slips |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    slips |= {a + c + b[1:] for a, b in cuts if b for c in _LETTERS}
    slips |= {a + c + b for a, b in cuts for c in _LETTERS}
    return sorted(slips & known) or [word]


def _begun(choices: Sequence[str]) -> list[str]:
    """Patterns of names in which one of the choices begins a word."""
    return [f"{lead}{_like(choice)}%" for choice in choices for lead in ("", "% ", "%(", "%/")]


def procedure_detail(procedure_id: int, on: date) -> ProcedureDetail | None:
    """The procedure as it is on a day, or None where no version is in force."""
    rows = sql.fetch(_DETAIL, [procedure_id, on])
    if not rows:
        return None
    row = rows[0]
    return ProcedureDetail(
        procedure_id=procedure_id,
        version_id=row["version_id"],
        source=row["p_source"],
        code=row["code"],
        since=row["since"],
        until=row["until"],
        content=ProcedureContent.from_json(row["content"]),
        decision=_decision(row),
        offerings=tuple(
            OfferingFacts(
                **{name: o[name] for name in _OFFERING_NAMES},
                approved=Limit(o["approved_amount"], LimitUnit(o["approved_unit"]))
                if o["approved_unit"]
                else None,
            )
            for o in sql.fetch(_OFFERINGS, [procedure_id, on])
        ),
    )


def history(procedure_id: int) -> list[VersionFacts]:
    """The versions of a procedure, the latest first."""
    return [
        VersionFacts(row["version_id"], row["name"], row["since"], row["until"], _decision(row))
        for row in sql.fetch(_HISTORY, [procedure_id])
    ]


def offered_by(unit_id: int, on: date) -> list[OfferedFacts]:
    """What an agency settles on a day, by field and name."""
    return [
        OfferedFacts(
            **{name: row[name] for name in ("procedure_id", "code", "name", "domain")},
            received_at_id=row["received_at_id"],
            process_id=row["process_id"],
            online_level=OnlineLevel(row["online_level"]),
        )
        for row in sql.fetch(_OFFERED_BY, [unit_id, on, on])
    ]


def domains(on: date) -> list[DomainCount]:
    """The fields of administration with procedures in force on a day, in Vietnamese order."""
    rows = sql.fetch(_DOMAINS, [on])
    counts = [DomainCount(row["key"], row["name"], row["procedures"]) for row in rows]
    return sorted(counts, key=lambda count: vietnamese.sort_key(count.name))


def procedure_ids(source: str) -> dict[str, int]:
    """The procedures of a source, by code."""
    rows = sql.fetch("SELECT code, id FROM catalogue_procedure WHERE source = %s", [source])
    return {row["code"]: row["id"] for row in rows}


def names_of(ids: Sequence[int]) -> dict[int, str]:
    """The newest name of each procedure."""
    return {row["procedure_id"]: row["name"] for row in sql.fetch(NAMES, [list(ids)])}


def process_file(process_id: int) -> str | None:
    """The BPMN file of a process, or None."""
    rows = sql.fetch("SELECT bpmn FROM catalogue_process WHERE id = %s", [process_id])
    return str(rows[0]["bpmn"]) if rows else None


def _like(word: str) -> str:
    return re.sub(r"([%_\\])", r"\\\1", word)


def offered_by_code(code: str, unit_id: int, on: date) -> int | None:
    """The procedure of a national code that a unit settles on a day; where several have it, the newest."""
    rows = sql.fetch(OFFERED_BY_CODE, [unit_id, on, code, code])
    return int(rows[0]["id"]) if rows else None


def _one_a_code(hits: Sequence[Hit]) -> list[Hit]:
    """One hit a national code: the offered one, else that of the first source in order."""
    best: dict[str, Hit] = {}
    for hit in hits:
        national = re.match(r"\d\.\d{6}", hit.code)
        shared = "~" in hit.code or not national
        key = f"{hit.source} {hit.code}" if shared or not national else national[0]
        if key not in best or _rank(hit) < _rank(best[key]):
            best[key] = hit
    return list(best.values())


def _rank(hit: Hit) -> tuple[bool, int, str]:
    order = SOURCE_ORDER.index(hit.source) if hit.source in SOURCE_ORDER else len(SOURCE_ORDER)
    return not hit.offered, order, hit.source


def _hit(row: dict[str, Any]) -> Hit:
    return Hit(
        procedure_id=row["procedure_id"],
        version_id=row["version_id"],
        source=row["source"],
        code=row["code"],
        name=row["name"],
        domain=row["domain"],
        levels=tuple(Level(level) for level in row["levels"]),
        online_level=OnlineLevel(row["online_level"]),
        offered=row["offered"],
    )


def _decision(row: dict[str, Any]) -> DecisionFacts:
    return DecisionFacts(id=row["decision_id"], **{name: row[name] for name in _DECISION_NAMES})


_DECISION_NAMES = (
    "kind", "number", "title", "signed_on", "effective_on", "norm_effective_on", "source",
)  # fmt: skip
_OFFERING_NAMES = (
    "id", "unit_id", "unit_name", "received_at_id", "received_at_name", "process_id", "process_name",
    "since", "until",
)  # fmt: skip

_IN_FORCE = """
SELECT id FROM catalogue_procedureversion WHERE procedure_id = %s AND valid @> %s::date
"""
_FOUND = """
SELECT v.procedure_id, v.id AS version_id, p.source, p.code, v.name, d.name AS domain, v.levels,
       v.online_level, EXISTS (
           SELECT 1 FROM catalogue_offering o
           WHERE o.procedure_id = v.procedure_id AND o.valid @> %s::date
       ) AS offered
FROM catalogue_procedureversion v
JOIN catalogue_procedure p ON p.id = v.procedure_id
JOIN catalogue_domain d ON d.id = v.domain_id
WHERE v.valid @> %s::date
  AND (%s::text IS NULL OR d.key = %s) AND (%s::text IS NULL OR v.levels ? %s)
  AND (%s::bigint IS NULL OR EXISTS (
      SELECT 1 FROM catalogue_offering o
      WHERE o.procedure_id = v.procedure_id AND o.unit_id = %s AND o.valid @> %s::date
  ))
"""
_BEST_FIRST = """
ORDER BY (v.folded_name LIKE ANY(%s)) DESC, offered DESC, array_position(%s::text[], p.source),
         length(v.name), v.id LIMIT %s
"""
_NEAREST = """
AND %s <%% v.folded_name ORDER BY %s <<-> v.folded_name, offered DESC, v.id LIMIT %s
"""
_DETAIL = """
SELECT v.id AS version_id, p.source AS p_source, p.code, v.content, lower(v.valid) AS since,
       upper(v.valid) AS until, d.id AS decision_id, d.kind, d.number, d.title, d.signed_on,
       d.effective_on, d.norm_effective_on, d.source
FROM catalogue_procedureversion v
JOIN catalogue_procedure p ON p.id = v.procedure_id
JOIN catalogue_decision d ON d.id = v.decision_id
WHERE v.procedure_id = %s AND v.valid @> %s::date
"""
_HISTORY = """
SELECT v.id AS version_id, v.name, lower(v.valid) AS since, upper(v.valid) AS until,
       d.id AS decision_id, d.kind, d.number, d.title, d.signed_on, d.effective_on,
       d.norm_effective_on, d.source
FROM catalogue_procedureversion v JOIN catalogue_decision d ON d.id = v.decision_id
WHERE v.procedure_id = %s ORDER BY lower(v.valid) DESC NULLS LAST
"""
_OFFERINGS = """
SELECT o.id, o.unit_id, u.name AS unit_name, o.received_at_id, r.name AS received_at_name,
       o.process_id, c.name AS process_name, o.approved_amount, o.approved_unit,
       lower(o.valid) AS since, upper(o.valid) AS until
FROM catalogue_offering o
JOIN organisations_unit u ON u.id = o.unit_id
JOIN organisations_unit r ON r.id = o.received_at_id
JOIN catalogue_process c ON c.id = o.process_id
WHERE o.procedure_id = %s AND o.valid @> %s::date
ORDER BY u.sort_key, o.id
"""
_OFFERED_BY = """
SELECT o.procedure_id, p.code, v.name, d.name AS domain, o.received_at_id, o.process_id, v.online_level
FROM catalogue_offering o
JOIN catalogue_procedure p ON p.id = o.procedure_id
JOIN catalogue_procedureversion v ON v.procedure_id = o.procedure_id
JOIN catalogue_domain d ON d.id = v.domain_id
WHERE o.unit_id = %s AND o.valid @> %s::date AND v.valid @> %s::date
ORDER BY d.name, v.name, o.id
"""
_DOMAINS = """
SELECT d.key, d.name, count(*) AS procedures
FROM catalogue_procedureversion v JOIN catalogue_domain d ON d.id = v.domain_id
WHERE v.valid @> %s::date GROUP BY d.id
"""
NAMES = """
SELECT DISTINCT ON (procedure_id) procedure_id, name FROM catalogue_procedureversion
WHERE procedure_id = ANY(%s) ORDER BY procedure_id, lower(valid) DESC NULLS LAST
"""


def settled_by(procedure_ids: Sequence[int], on: date) -> list[tuple[int, int]]:
    """Which agencies settle these procedures on a day: (procedure, unit), in the order of the units."""
    rows = sql.fetch(SETTLED_BY, [list(procedure_ids), on])
    return [(row["procedure_id"], row["unit_id"]) for row in rows]


SETTLED_BY = """
SELECT DISTINCT procedure_id, unit_id FROM catalogue_offering
WHERE procedure_id = ANY(%s) AND valid @> %s::date ORDER BY unit_id, procedure_id
"""
OFFERED_BY_CODE = """
SELECT p.id FROM catalogue_offering o JOIN catalogue_procedure p ON p.id = o.procedure_id
WHERE o.unit_id = %s AND o.valid @> %s AND (p.code = %s OR split_part(p.code, '~', 1) = %s)
ORDER BY p.id DESC LIMIT 1
"""
