"""What a desk may take in: the procedures offered through it, found forgivingly."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.ledger import sql
from motcua.rules.vietnamese import fold

CLOSE_ENOUGH = 0.45


@dataclass(frozen=True, slots=True)
class AtDesk:
    """A procedure that agencies settle and this desk receives for them: those it is the desk of, then those
    whose dossiers any desk may receive (`own` is how many come first)."""

    procedure_id: int
    code: str
    name: str
    domain: str
    unit_ids: tuple[int, ...]
    own: int


def find(
    text: str, on: date, *, desks: Collection[int], agencies: Collection[int] = (), size: int = 12
) -> Sequence[AtDesk]:
    """Procedures in force on a day that these desks receive (or these agencies settle), whose code begins
    with `text` or whose name has all its words, with or without marks; where none has, those named nearest.
    """
    words = re.findall(r"[a-z0-9.]+", fold(text))
    asked: dict[str, Any] = {
        **_here(desks, agencies, on),
        "words": [f"%{_like(word)}%" for word in words],
        "code": _like(text.strip()) + "%" if words else "",
        "together": "%" + _like(" ".join(words)) + "%",
        "near": " ".join(words),
        "enough": CLOSE_ENOUGH,
        "size": size,
    }
    rows = sql.fetch(FIND, asked)
    if not rows and words:
        rows = sql.fetch(NEAREST, asked)
    return [_at_desk(row) for row in rows]


def one(
    procedure_id: int, on: date, *, desks: Collection[int], agencies: Collection[int] = ()
) -> AtDesk | None:
    """That procedure as these desks receive it on a day, or None when they do not."""
    rows = sql.fetch(ONE, {**_here(desks, agencies, on), "procedure": procedure_id})
    return _at_desk(rows[0]) if rows else None


def of_codes(
    codes: Collection[str], on: date, *, desks: Collection[int], agencies: Collection[int] = ()
) -> Sequence[AtDesk]:
    """The procedures of these codes that these desks receive (or these agencies settle), by name."""
    rows = sql.fetch(OF_CODES, {**_here(desks, agencies, on), "codes": sorted(codes)})
    return [_at_desk(row) for row in rows]


def agencies(on: date, *, desks: Collection[int]) -> frozenset[int]:
    """The agencies these desks receive dossiers for on a day."""
    rows = sql.fetch(
        "SELECT DISTINCT unit_id FROM catalogue_offering "
        "WHERE received_at_id = ANY(%s) AND valid @> %s::date",
        [sorted(desks), on],
    )
    return frozenset(row["unit_id"] for row in rows)


def _here(desks: Collection[int], agencies: Collection[int], on: date) -> dict[str, Any]:
    return {"desks": sorted(desks), "agencies": sorted(agencies), "on": on}


def _at_desk(row: dict[str, Any]) -> AtDesk:
    return AtDesk(**(row | {"unit_ids": tuple(row["unit_ids"])}))


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


_OWN = "(o.received_at_id = ANY(%(desks)s::bigint[]) OR o.unit_id = ANY(%(agencies)s::bigint[]))"
_WHAT = f"""
SELECT p.id AS procedure_id, p.code, v.name, d.name AS domain,
       array_agg(o.unit_id ORDER BY {_OWN} DESC, o.unit_id) AS unit_ids,
       count(*) FILTER (WHERE {_OWN}) AS own
FROM catalogue_offering o JOIN catalogue_procedure p ON p.id = o.procedure_id
JOIN catalogue_procedureversion v ON v.procedure_id = p.id
JOIN catalogue_domain d ON d.id = v.domain_id
"""  # noqa: S608
_HERE = (
    f"({_OWN} OR o.anywhere AND cardinality(%(desks)s::bigint[]) > 0) "
    "AND o.valid @> %(on)s::date AND v.valid @> %(on)s::date"
)
_GROUP = " GROUP BY p.id, p.code, v.name, v.folded_name, d.name"
OF_CODES = f"{_WHAT} WHERE p.code = ANY(%(codes)s) AND {_OWN} AND {_HERE} {_GROUP} ORDER BY p.code"
ONE = f"{_WHAT} WHERE p.id = %(procedure)s AND {_HERE} {_GROUP}"
FIND = (
    f"{_WHAT} WHERE {_HERE} AND (v.folded_name LIKE ALL(%(words)s::text[]) OR p.code ILIKE %(code)s) "
    f"{_GROUP} ORDER BY v.folded_name NOT LIKE %(together)s, length(v.folded_name), p.id LIMIT %(size)s"
)
NEAREST = (
    f"{_WHAT} WHERE {_HERE} AND word_similarity(%(near)s, v.folded_name) >= %(enough)s {_GROUP} "
    "ORDER BY word_similarity(%(near)s, v.folded_name) DESC, p.id LIMIT %(size)s"
)
