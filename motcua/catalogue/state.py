"""What the room's operations look at before they decide."""

from __future__ import annotations

from collections.abc import Collection

from motcua.catalogue.planning import Identity, Known
from motcua.ledger import sql

_KNOWN = """
SELECT DISTINCT ON (p.id) p.source, p.code, p.id AS procedure_id, v.id AS version_id, v.name,
       v.content_digest, lower(v.valid) AS since
FROM catalogue_procedure p JOIN catalogue_procedureversion v ON v.procedure_id = p.id
WHERE p.source = ANY(%s)
ORDER BY p.id, lower(v.valid) DESC NULLS LAST
"""
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(%s)"
_CATALOGUE = 0x63617461


def lock() -> None:
    """One change of the catalogue at a time, until the act ends; readers are not kept waiting."""
    sql.fetch(_ONE_AT_A_TIME, [_CATALOGUE])


def known(sources: Collection[str]) -> dict[Identity, Known]:
    """The last version of every procedure of the sources."""
    return {
        (row["source"], row["code"]): Known(
            row["procedure_id"], row["version_id"], row["name"], row["content_digest"], row["since"]
        )
        for row in sql.fetch(_KNOWN, [list(sources)])
    }


def domains() -> dict[str, int]:
    """The fields of administration, by key."""
    return {row["key"]: row["id"] for row in sql.fetch("SELECT key, id FROM catalogue_domain")}
