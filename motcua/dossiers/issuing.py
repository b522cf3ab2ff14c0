"""Results on their way out, as the desk reads them: every read of issues, their numbers and revocations.

They are the work of those whose duty the dossier is. What the public may know is in `issued`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from motcua.dossiers import policies
from motcua.ledger import sql
from motcua.organisations import queries as organisations
from motcua.rules.actor import Actor, May, Role
from motcua.rules.casework_issuing import Issuing, Stage, Waiting
from motcua.rules.refusal import Refusal

Row = dict[str, Any]
MOST = 100
"""Rows of a list at the desk; the oldest come first, so that what is done makes room."""


def registry_of(agency_id: int, on: date) -> int | None:
    """The part of an agency whose registry clerk numbers and seals; None where it has none."""
    part = organisations.part_with(agency_id, Role.REGISTRY, on)
    return part.id if part else None


def agency_of(unit_id: int | None, otherwise: int) -> int:
    """The agency that issues what is concluded in a unit."""
    return organisations.agency_of(unit_id) if unit_id is not None else otherwise


def one(actor: Actor, issue_id: UUID) -> Row:
    """An issue with its dossier and files; raises dossier.not_visible."""
    where, params = policies.scope(actor)
    rows = sql.fetch(
        f"{ISSUE} WHERE i.id = %s AND {where}",
        [issue_id, *params],
    )
    if not rows or not (actor.is_officer or actor.kind == "system"):
        raise Refusal("dossier.not_visible")
    if actor.is_officer and not policies.on_duty(actor, rows[0]):
        raise Refusal("dossier.not_visible")
    return rows[0]


def numbers(issue_id: UUID) -> list[Row]:
    """The numbers an issue was given, the voided ones among them."""
    return sql.fetch(NUMBERS, [issue_id])


def revocations(issue_id: UUID) -> list[Row]:
    """What was proposed and decided about revoking it, newest first."""
    return sql.fetch(REVOCATIONS, [issue_id])


def held(dossier_id: UUID, issue_id: UUID) -> Issuing:
    """An issue as a decision sees it; the caller holds the dossier. Raises dossier.not_visible."""
    rows = sql.fetch(f"{HELD} WHERE i.dossier_id = %s AND i.id = %s", [dossier_id, issue_id])
    if not rows:
        raise Refusal("dossier.not_visible")
    return _issuing(rows[0])


def running(dossier_id: UUID) -> Issuing | None:
    """The issue of a dossier that is under way; the caller holds the dossier."""
    rows = sql.fetch(f"{HELD} WHERE i.dossier_id = %s AND i.stage = ANY(%s)", [dossier_id, RUN])
    return _issuing(rows[0]) if rows else None


def waiting(dossier_id: UUID, revocation_id: UUID) -> tuple[Waiting, UUID, int | None]:
    """A revocation that waits, of which issue, and by whom it was proposed; raises revocation.not_waiting."""
    rows = sql.fetch(WAITING, [revocation_id, dossier_id])
    if not rows:
        raise Refusal("revocation.not_waiting")
    row = rows[0]
    found = Waiting(revocation_id, row["reason"], row["replacement_id"])
    return found, row["issue_id"], row["proposed_by_id"]


def revoked_last(dossier_id: UUID) -> UUID | None:
    """The revoked result of a dossier in whose place nothing stands yet."""
    rows = sql.fetch(REVOKED, [dossier_id])
    return rows[0]["id"] if rows else None


def last_step(dossier_id: UUID) -> UUID:
    """The open step that concludes a dossier; raises dossier.item_closed."""
    rows = sql.fetch(LAST_STEP, [dossier_id])
    if not rows:
        raise Refusal("dossier.item_closed")
    return UUID(str(rows[0]["id"]))


def in_force(dossier_id: UUID) -> str:
    """The number of the dossier's issued result that is valid; "" where it has none."""
    rows = sql.fetch(IN_FORCE, [dossier_id])
    return str(rows[0]["number"]) if rows else ""


def numbered(agency_id: int, number: str) -> UUID:
    """The issued result of an agency with a number (12/QĐ-SXD), the newest; raises issue.no_such_number."""
    rows = sql.fetch(BY_NUMBER, [agency_id, number.strip()])
    if not rows:
        raise Refusal("issue.no_such_number", {"number": number.strip(), "field": "replacement"})
    return UUID(str(rows[0]["id"]))


def of_dossier(actor: Actor, row: Mapping[str, Any]) -> list[Row]:
    """The issues of a dossier (its row, which the actor sees), newest first; none for those whose duty it
    is not."""
    if not (actor.is_officer and policies.on_duty(actor, row)):
        return []
    return sql.fetch(OF_DOSSIER, [row["id"]])


def to_sign(actor: Actor) -> list[Row]:
    """What waits for the actor's signature, oldest first; `ready` where the dossier has come to that step."""
    if May.SIGN not in actor.may:
        return []
    where, params = policies.scope(actor)
    whose = [one for one in (actor.account_id, actor.on_behalf_of) if one is not None]
    return sql.fetch(
        f"{LISTED} WHERE i.stage = 'prepared' AND i.signer_id = ANY(%s) AND {where} {OLDEST}",
        [sorted(actor.units), str(actor.role), whose, *params],
    )


def to_seal(actor: Actor) -> list[Row]:
    """What waits for the registry of the actor's agency, oldest first."""
    if May.REGISTER not in actor.may:
        return []
    where, params = policies.scope(actor)
    return sql.fetch(
        f"{LISTED} WHERE i.stage = ANY(%s) AND i.agency_id = %s AND {where} {OLDEST}",
        [sorted(actor.units), str(actor.role), TO_SEAL, actor.agency_id, *params],
    )


def book(actor: Actor, year: int, *, voided: bool, page: int = 0) -> list[Row]:
    """The numbers of the actor's agency in a year, newest first, of every symbol; or the voided ones alone.

    Raises dossier.may_not.
    """
    if actor.may.isdisjoint({May.REGISTER, May.SIGN}):
        raise Refusal("dossier.may_not", {"capability": str(May.REGISTER)})
    only = "AND n.voided_at IS NOT NULL" if voided else ""
    return sql.fetch(
        f"{BOOK} {only} ORDER BY n.symbol, n.number DESC LIMIT %s OFFSET %s",
        [actor.agency_id, year, MOST + 1, page * MOST],
    )


def whose(ids: Iterable[UUID]) -> dict[UUID, tuple[int, int | None]]:
    """Of issues: the agency, and who began the draft."""
    rows = sql.fetch(WHOSE, [list(ids)])
    return {row["id"]: (row["agency_id"], row["prepared_by_id"]) for row in rows}


def _issuing(row: Row) -> Issuing:
    return Issuing(**row | {"stage": Stage(row["stage"])})


RUN = ["prepared", "signed", "numbered", "sealed"]
TO_SEAL = RUN[1:]
HELD = """
SELECT i.id, i.stage, i.draft_id, i.agency_id, i.title, i.symbol, i.signer_id, i.signer_name, i.number,
       n.id AS number_id, i.issued_on, i.sealed_blob_id, i.revoked_at IS NOT NULL AS is_revoked
FROM dossiers_issue i
LEFT JOIN dossiers_resultnumber n ON n.issue_id = i.id AND n.voided_at IS NULL
"""
ISSUE = """
SELECT i.*, u.name AS agency, p.sha256 AS prepared, s.sha256 AS signed, e.sha256 AS sealed,
       coalesce(r.number, '') AS replaced_number, dossiers_dossier.code,
       dossiers_dossier.applicant_name, dossiers_dossier.accountable_id,
       dossiers_dossier.received_by_id, dossiers_dossier.status
FROM dossiers_issue i JOIN dossiers_dossier ON dossiers_dossier.id = i.dossier_id
JOIN organisations_unit u ON u.id = i.agency_id
JOIN files_blob p ON p.id = i.prepared_blob_id
LEFT JOIN files_blob s ON s.id = i.signed_blob_id
LEFT JOIN files_blob e ON e.id = i.sealed_blob_id
LEFT JOIN dossiers_issue r ON r.id = i.replaced_by_id
"""
LISTED = """
SELECT i.id, i.dossier_id, i.title, i.stage, i.number, i.issued_on, i.signer_name, i.prepared_at, i.signed_at,
       dossiers_dossier.code, dossiers_dossier.applicant_name, dossiers_dossier.due_at,
       dossiers_dossier.judged_at, v.name AS procedure,
       dossiers_dossier.status IN (2, 4) AND EXISTS (
           SELECT 1 FROM dossiers_workitem w
           WHERE w.dossier_id = i.dossier_id AND w.closed_at IS NULL AND w.act = 'conclude'
             AND w.unit_id = ANY(%s) AND w.role = %s) AS ready
FROM dossiers_issue i JOIN dossiers_dossier ON dossiers_dossier.id = i.dossier_id
JOIN catalogue_procedureversion v ON v.id = dossiers_dossier.procedure_version_id
"""
OLDEST = f"ORDER BY i.prepared_at, i.id LIMIT {MOST}"
OF_DOSSIER = """
SELECT i.id, i.title, i.stage, i.number, i.issued_on, i.issued_at, i.revoked_at, i.replaced_by_id,
       i.prepared_at, i.signer_name, i.token
FROM dossiers_issue i WHERE i.dossier_id = %s ORDER BY i.prepared_at DESC
"""
NUMBERS = """
SELECT n.symbol, n.year, n.number, n."on", n.at, n.by_name, n.voided_at, n.void_reason
FROM dossiers_resultnumber n WHERE n.issue_id = %s ORDER BY n.at DESC
"""
REVOCATIONS = """
SELECT r.id, r.reason, r.proposed_at, r.proposed_name, r.proposed_by_id, r.decided_at, r.decided_name,
       r.rejected, r.answer, coalesce(i.number, '') AS replacement
FROM dossiers_revocation r LEFT JOIN dossiers_issue i ON i.id = r.replacement_id
WHERE r.issue_id = %s ORDER BY r.proposed_at DESC
"""
WAITING = """
SELECT issue_id, reason, replacement_id, proposed_by_id FROM dossiers_revocation
WHERE id = %s AND dossier_id = %s AND decided_at IS NULL
"""
REVOKED = """
SELECT id FROM dossiers_issue WHERE dossier_id = %s AND revoked_at IS NOT NULL AND replaced_by_id IS NULL
ORDER BY revoked_at DESC LIMIT 1
"""
LAST_STEP = """
SELECT id FROM dossiers_workitem
WHERE dossier_id = %s AND closed_at IS NULL AND NOT waiting AND act = 'conclude'
"""
IN_FORCE = """
SELECT number FROM dossiers_issue WHERE dossier_id = %s AND stage = 'issued' AND revoked_at IS NULL LIMIT 1
"""
BY_NUMBER = """
SELECT id FROM dossiers_issue
WHERE agency_id = %s AND number = %s AND stage = 'issued' AND revoked_at IS NULL
ORDER BY issued_at DESC LIMIT 1
"""
BOOK = """
SELECT n.id, n.symbol, n.number, n."on", n.at, n.by_name, n.voided_at, n.void_reason, n.issue_id,
       n.dossier_id, i.title, i.stage, i.revoked_at, i.replaced_by_id, i.signer_name, d.code
FROM dossiers_resultnumber n JOIN dossiers_issue i ON i.id = n.issue_id
JOIN dossiers_dossier d ON d.id = n.dossier_id
WHERE n.agency_id = %s AND n.year = %s
"""
WHOSE = """
SELECT i.id, i.agency_id, d.prepared_by_id FROM dossiers_issue i
JOIN dossiers_resultdraft d ON d.id = i.draft_id WHERE i.id = ANY(%s)
"""
