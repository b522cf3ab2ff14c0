"""Dossiers of interconnected procedures: a parent and its children, every read of how they hang together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from motcua.dossiers import policies
from motcua.ledger import sql
from motcua.rules.actor import Actor

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Family:
    """The dossier whose part one settles (None: none), and the children it has; each with its code, agency,
    state and date, and `open`: whether the reader may open it."""

    parent: Row | None
    children: tuple[Row, ...]


def family(actor: Actor, dossier_id: UUID, parent_id: UUID | None) -> Family:
    """For officers whose duty the dossier is; the caller has asked that it is."""
    where, params = policies.scope(actor)
    found = sql.fetch_all(
        [
            (f"{ONE} WHERE dossiers_dossier.id = %s", [parent_id]),
            (f"{ONE} WHERE parent_id = %s ORDER BY dossiers_dossier.id", [dossier_id]),
            (
                f"SELECT id FROM dossiers_dossier WHERE (id = %s OR parent_id = %s) AND {where}",  # noqa: S608
                [parent_id, dossier_id, *params],
            ),
        ]
    )
    visible = {row["id"] for row in found[2]}
    parents, children = (
        [row | {"open": row["id"] in visible} for row in rows] for rows in found[:2]
    )
    return Family(parents[0] if parents else None, tuple(children))


def link_of(dossier_id: UUID) -> Row:
    """A dossier's parent and calling step; the caller has asked permission."""
    return sql.fetch(LINK, [dossier_id])[0]


def results_of(dossier_id: UUID) -> list[Row]:
    """The files of a dossier's result, to be given to its parent."""
    return sql.fetch(RESULTS, [dossier_id])


def files_of(dossier_id: UUID) -> list[Row]:
    """The files handed in with a dossier, to be given to its child."""
    return sql.fetch(SUBMITTED, [dossier_id])


ONE = """
SELECT dossiers_dossier.id, coalesce(code, submission_code) AS code, status, due_at, judged_at, finished_at,
       accountable_id, u.name AS agency, v.name AS procedure
FROM dossiers_dossier JOIN organisations_unit u ON u.id = accountable_id
JOIN catalogue_procedureversion v ON v.id = procedure_version_id
"""
LINK = """
SELECT id, coalesce(code, submission_code) AS code, parent_id, called_by, status, result, applicant_name,
       subject, submitter_name FROM dossiers_dossier WHERE id = %s
"""
FILES = "SELECT blob_id, name FROM dossiers_attachment WHERE dossier_id = %s AND kind = "
RESULTS = f"{FILES}'result' ORDER BY at, id"
SUBMITTED = f"{FILES}'submitted' ORDER BY at, id"
