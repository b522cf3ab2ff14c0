"""What is publicly known of an issued result, by the token of its QR code or by its file.

No personal values: whoever holds the paper knows whose it is. What is still on its way out is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from motcua.dossiers import drafting
from motcua.ledger import sql
from motcua.organisations import queries as organisations
from motcua.rules.casework_issuing import Standing
from motcua.rules.worktime import ZONE


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued result: `number` as printed (12/QĐ-SXD), `sha256` of the sealed file; `replaced_by` is the
    token of what stands in its place, "" where nothing does."""

    token: str
    standing: Standing
    title: str
    agency: str
    number: str
    issued_on: date
    sha256: str
    revoked_on: date | None = None
    replaced_by: str = ""


def by_token(token: str) -> Issued | None:
    """The result that a QR code names; None where there is none."""
    if not token or len(token) > LONGEST:
        return None
    return _first(sql.fetch(f"{FACTS} WHERE i.token = %s AND i.issued_at IS NOT NULL", [token]))


def by_sha256(sha256: str) -> Issued | None:
    """The result whose sealed file has this hash; None where there is none."""
    return _first(sql.fetch(f"{FACTS} WHERE b.sha256 = %s AND i.issued_at IS NOT NULL", [sha256]))


def of_dossier(dossier_id: UUID) -> list[tuple[Issued, UUID]]:
    """The results of a dossier with the attachment each is, the last first, those revoked among them; who
    asks sees the dossier."""
    rows = sql.fetch(OF_DOSSIER, [dossier_id])
    return [(_issued(row), row_id) for row in rows if (row_id := row.pop("attachment_id"))]


def _first(rows: list[dict[str, Any]]) -> Issued | None:
    return _issued(rows[0]) if rows else None


def _issued(row: dict[str, Any]) -> Issued:
    revoked_at = row.pop("revoked_at")
    revoked_on = revoked_at.astimezone(ZONE).date() if revoked_at else None
    now = standing(revoked=revoked_on is not None, replaced=bool(row["replaced_by"]))
    agency = drafting.issuer_name(organisations.unit(row.pop("agency_id")))
    return Issued(standing=now, revoked_on=revoked_on, agency=agency, **row)


def standing(*, revoked: bool, replaced: bool) -> Standing:
    """What a result is worth that was issued."""
    if not revoked:
        return Standing.VALID
    return Standing.REPLACED if replaced else Standing.REVOKED


LONGEST = 32
_NAMES = """i.token, i.title, i.number, i.issued_on, i.agency_id, b.sha256, i.revoked_at,
       coalesce(r.token, '') AS replaced_by"""
_FROM = """
FROM dossiers_issue i JOIN files_blob b ON b.id = i.sealed_blob_id
LEFT JOIN dossiers_issue r ON r.id = i.replaced_by_id
"""
FACTS = f"SELECT {_NAMES} {_FROM}"
OF_DOSSIER = f"""
SELECT {_NAMES}, a.id AS attachment_id {_FROM}
JOIN dossiers_attachment a
  ON a.dossier_id = i.dossier_id AND a.blob_id = i.sealed_blob_id AND a.kind = 'result'
WHERE i.dossier_id = %s AND i.issued_at IS NOT NULL ORDER BY i.issued_at DESC
"""
