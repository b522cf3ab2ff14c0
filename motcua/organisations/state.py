"""What a plan of units looks at: the units with a GSO code, where they stood, what they became."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from motcua.ledger import sql
from motcua.organisations.planning import Body, Link, Span, Stay

_UNITS = """
SELECT u.id, u.key, u.kind, u.short_name, u.valid, u.listed_on, u.source, c.code
FROM organisations_unit u
JOIN organisations_unitcode c ON c.unit_id = u.id AND c.scheme = 'gso'
ORDER BY lower(u.valid) NULLS FIRST, u.id
"""
_STAYS = "SELECT unit_id, parent_id, valid FROM organisations_placement ORDER BY unit_id, valid"
_LINKS = """
SELECT predecessor_id, successor_id, effective_on, partial, legal_document, kind
FROM organisations_succession
"""


def known() -> tuple[list[Body], list[Link]]:
    """The bodies and links of the directory, as planning.plan takes them."""
    stays: dict[int, list[Stay]] = defaultdict(list)
    for row in sql.fetch(_STAYS):
        stays[row["unit_id"]].append(Stay(_span(row["valid"]), row["parent_id"]))
    bodies = [
        Body(
            id=row["id"],
            key=row["key"],
            kind=row["kind"],
            code=row["code"],
            name=row["short_name"],
            bare_name="",
            span=_span(row["valid"]),
            listed_on=row["listed_on"] or date.min,
            stays=tuple(stays[row["id"]]),
            source=row["source"],
        )
        for row in sql.fetch(_UNITS)
    ]
    listed = {body.id for body in bodies}
    links = [
        Link(
            predecessor=row["predecessor_id"],
            successor=row["successor_id"],
            on=row["effective_on"],
            partial=row["partial"],
            basis=row["legal_document"],
            kind=row["kind"],
        )
        for row in sql.fetch(_LINKS)
        if row["predecessor_id"] in listed
    ]
    return bodies, links


def _span(valid: object) -> Span:
    lower, upper = getattr(valid, "lower", None), getattr(valid, "upper", None)
    return Span(lower or date.min, upper or date.max)
