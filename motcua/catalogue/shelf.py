"""What the catalogue holds as a whole on a day, for the public's first page and its filters."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from motcua.catalogue.queries import DomainCount
from motcua.ledger import sql
from motcua.rules.books import Channel


@dataclass(frozen=True, slots=True)
class Shelf:
    """How many procedures are settled in the province on a day, how many of them may be filed online, the
    agencies that settle them, and the fields they are in, the fullest first."""

    procedures: int
    online: int
    agencies: tuple[int, ...]
    domains: tuple[DomainCount, ...]


def shelf(on: date) -> Shelf:
    """The counts of a day, from the offerings in force."""
    (row,), domains = sql.fetch_all([(_SHELF, [int(Channel.ONLINE), on, on]), (_DOMAINS, [on, on])])
    counts = tuple(DomainCount(d["key"], d["name"], d["procedures"]) for d in domains)
    return Shelf(row["procedures"], row["online"], tuple(row["agencies"]), counts)


def names(procedure_ids: Collection[int]) -> Mapping[int, str]:
    """What procedures are called, by their latest version."""
    rows = sql.fetch(_NAMES, [sorted(set(procedure_ids))])
    return {row["procedure_id"]: row["name"] for row in rows}


_SHELF = """
SELECT count(DISTINCT o.procedure_id) AS procedures,
       count(DISTINCT o.procedure_id) FILTER (WHERE c.id IS NOT NULL) AS online,
       coalesce(array_agg(DISTINCT o.unit_id), '{}') AS agencies
FROM catalogue_offering o
JOIN catalogue_procedureversion v ON v.procedure_id = o.procedure_id
LEFT JOIN catalogue_channelrule c ON c.version_id = v.id AND c.channel = %s
WHERE o.valid @> %s::date AND v.valid @> %s::date
"""
_DOMAINS = """
SELECT d.key, d.name, count(DISTINCT o.procedure_id) AS procedures
FROM catalogue_offering o
JOIN catalogue_procedureversion v ON v.procedure_id = o.procedure_id
JOIN catalogue_domain d ON d.id = v.domain_id
WHERE o.valid @> %s::date AND v.valid @> %s::date
GROUP BY d.id ORDER BY procedures DESC, d.name
"""
_NAMES = """
SELECT DISTINCT ON (procedure_id) procedure_id, name FROM catalogue_procedureversion
WHERE procedure_id = ANY(%s) ORDER BY procedure_id, lower(valid) DESC
"""
