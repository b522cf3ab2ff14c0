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
    """A procedure that agencies settle and this desk receives for them."""

    procedure_id: int
    code: str
    name: str
    domain: str
    unit_ids: tuple[int, ...]


def find(
    text: str, on: date, *, desks: Collection[int], agencies: Collection[int] = (), size: int = 12
) -> Sequence[AtDesk]:
    """Procedures in force on a day that these desks receive (or these agencies settle), whose code begins
    with `text` or whose name has all its words, with or without marks; where none has, those named nearest.
    """
    words = re.findall(r"[a-z0-9.]+", fold(text))
    here = [sorted(desks), sorted(agencies), on, on]
    code = _like(text.strip()) + "%" if words else ""
    together = "%" + _like(" ".join(words)) + "%"
    rows = sql.fetch(FIND, [*here, [f"%{_like(w)}%" for w in words], code, together, size])
    if not rows and words:
        near = " ".join(words)
        rows = sql.fetch(NEAREST, [*here, near, CLOSE_ENOUGH, near, size])
    return [_at_desk(row) for row in rows]


def one(
    procedure_id: int, on: date, *, desks: Collection[int], agencies: Collection[int] = ()
) -> AtDesk | None:
    """That procedure as these desks receive it on a day, or None when they do not."""
    rows = sql.fetch(ONE, [procedure_id, sorted(desks), sorted(agencies), on, on])
    return _at_desk(rows[0]) if rows else None


def of_codes(
    codes: Collection[str], on: date, *, desks: Collection[int], agencies: Collection[int] = ()
) -> Sequence[AtDesk]:
    """The procedures of these codes that these desks receive (or these agencies settle), by name."""
    rows = sql.fetch(OF_CODES, [sorted(codes), sorted(desks), sorted(agencies), on, on])
    return [_at_desk(row) for row in rows]


def agencies(on: date, *, desks: Collection[int]) -> frozenset[int]:
    """The agencies these desks receive dossiers for on a day."""
    rows = sql.fetch(
        "SELECT DISTINCT unit_id FROM catalogue_offering "
        "WHERE received_at_id = ANY(%s) AND valid @> %s::date",
        [sorted(desks), on],
    )
    return frozenset(row["unit_id"] for row in rows)


def _at_desk(row: dict[str, Any]) -> AtDesk:
    return AtDesk(**(row | {"unit_ids": tuple(row["unit_ids"])}))


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


_WHAT = """
SELECT p.id AS procedure_id, p.code, v.name, d.name AS domain, array_agg(o.unit_id ORDER BY o.unit_id)
       AS unit_ids
FROM catalogue_offering o JOIN catalogue_procedure p ON p.id = o.procedure_id
JOIN catalogue_procedureversion v ON v.procedure_id = p.id
JOIN catalogue_domain d ON d.id = v.domain_id
"""
_HERE = "(o.received_at_id = ANY(%s) OR o.unit_id = ANY(%s)) AND o.valid @> %s::date AND v.valid @> %s::date"
_GROUP = " GROUP BY p.id, p.code, v.name, v.folded_name, d.name"
ONE = f"{_WHAT} WHERE p.id = %s AND {_HERE} {_GROUP}"
OF_CODES = f"{_WHAT} WHERE p.code = ANY(%s) AND {_HERE} {_GROUP} ORDER BY p.code"
FIND = (
    f"{_WHAT} WHERE {_HERE} AND (v.folded_name LIKE ALL(%s::text[]) OR p.code ILIKE %s) {_GROUP} "
    "ORDER BY v.folded_name NOT LIKE %s, length(v.folded_name), p.id LIMIT %s"
)
NEAREST = (
    f"{_WHAT} WHERE {_HERE} AND word_similarity(%s, v.folded_name) >= %s {_GROUP} "
    "ORDER BY word_similarity(%s, v.folded_name) DESC, p.id LIMIT %s"
)
