"""What other systems are told of a dossier: which entries are worth a message, and the records of them.

Told is what stands in our books: no child of an interconnected procedure (its parent is told), nothing of
training, nothing the example constructed, and nothing that another system settles and only shows here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import ports
from motcua.ledger import sql
from motcua.organisations import queries as organisations
from motcua.people import queries as people
from motcua.rules import national, numbering
from motcua.rules.actor import Actor
from motcua.rules.books import Channel
from motcua.rules.casework import Status
from motcua.rules.national import Applicant, Step, Told
from motcua.rules.worktime import ZONE

Row = Mapping[str, Any]
CONSTRUCTED = "example.loaded"
"""The act within which an example is made."""


def worth_telling(rows: Iterable[Row]) -> list[Row]:
    """Those of some entries that change a dossier's public status or its date, or complete a step."""
    if not ports.connected():
        return []
    return [
        row
        for row in rows
        if row["subject_kind"] == "dossier"
        and row["within"] != CONSTRUCTED
        and not {"status", "due_at", "step"}.isdisjoint(row["fields"])
    ]


def messages(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The messages that entries are worth, each as the dossier stood after it, numbered in their order."""
    found = _told(list({row["subject_id"] for row in rows}))
    made = []
    for row in rows:
        one = found.get(row["subject_id"])
        if one is None or row["entry_id"] in one.told:
            continue
        message = one.after(row)
        if message is not None:
            made.append(message)
    return made


def as_they_stand(dossier_ids: Sequence[UUID], at: datetime) -> list[dict[str, Any]]:
    """A message of each of some dossiers, as it stands."""
    found = _told(dossier_ids).values()
    return [message for one in found if (message := one.now(at)) is not None]


class _Dossier:
    """A dossier that is told, and the number of its last message."""

    def __init__(self, row: Mapping[str, Any], parts: Mapping[str, Any]) -> None:
        self.row, self.parts = row, parts
        self.number: int = row["number"] or 0
        self.status: Status | None = Status(row["told"]) if row["told"] else None
        self.told: set[UUID] = set(row["entries"] or ())
        self.code: str = row["foreign_code"] or row["code"] or row["submission_code"]

    def after(self, row: Row) -> dict[str, Any] | None:
        """The message an entry is worth."""
        fields = row["fields"]
        if "status" in fields:
            self.status = Status(fields["status"])
        if self.status is None:
            self.status = Status(self.row["status"])
        if self.status is Status.SUBMITTED:
            return None  # what was filed there is known there; what was filed here has no code yet
        if self.number and "status" not in fields and "due_at" not in fields:
            return self._step(row)
        due_at = fields.get("due_at", self.row["due_at"])
        due_at = datetime.fromisoformat(due_at) if isinstance(due_at, str) else due_at
        return self._message(row["at"], due_at, row["entry_id"])

    def now(self, at: datetime) -> dict[str, Any] | None:
        self.status = Status(self.row["status"])
        if self.status is Status.SUBMITTED:
            return None
        return self._message(at, self.row["due_at"], None)

    def _message(
        self, at: datetime, due_at: datetime | None, entry_id: UUID | None
    ) -> dict[str, Any]:
        row, status = self.row, self.status or Status.SUBMITTED

        def by_then(name: str) -> datetime | None:
            moment: datetime | None = row[name]
            return moment if moment and moment <= at else None

        refused = status is Status.NOT_ACCEPTED
        told = Told(
            code=self.code,
            procedure_code=row["procedure_code"],
            procedure=row["procedure"],
            domain_code=row["domain_key"],
            domain=row["domain"],
            channel=Channel(row["channel"]),
            status=status,
            unit=unit_code(row["accountable_id"], at),
            received_at=row["received_at"],
            accepted_at=by_then("accepted_at"),
            due_at=due_at if by_then("accepted_at") else None,
            finished_at=by_then("finished_at") if status >= Status.DONE else None,
            handed_over_at=by_then("handed_over_at"),
            refused_at=at if refused else None,
            submitted_there=bool(row["foreign_code"]),
            **{name: self.parts[name].get(row["id"], ()) for name in PARTS},
        )
        return self._numbered(national.SYNC, national.dossier_record(told), at, entry_id)

    def _step(self, row: Row) -> dict[str, Any] | None:
        step = Step(
            code=self.code,
            status=self.status or Status.PROCESSING,
            name=self.parts["steps"].get((self.row["id"], row["fields"]["step"]), "Chuyển bước"),
            unit=organisations.unit(self.row["accountable_id"]).name,
            at=row["at"],
            due_at=self.row["due_at"],
        )
        record = national.progress_record(step)
        return self._numbered(national.PROGRESS, record, row["at"], row["entry_id"])

    def _numbered(
        self, service: str, record: Mapping[str, Any], at: datetime, entry_id: UUID | None
    ) -> dict[str, Any]:
        self.number += 1
        return {
            "dossier_id": self.row["id"],
            "number": self.number,
            "entry_id": entry_id,
            "system": self.row["system"] or ports.NATIONAL,
            "service": service,
            "code": self.code,
            "status": int(self.status or 0),
            "record": record,
            "at": at,
        }


def unit_code(unit_id: int, at: datetime) -> str:
    """The code an agency is named by; its name where it has none."""
    on = at.astimezone(ZONE).date()
    for form in (numbering.form_on(on), *numbering.Form):
        if code := organisations.code_of(unit_id, form, on):
            return code
    return organisations.unit(unit_id).name


def _told(ids: Sequence[UUID]) -> dict[UUID, _Dossier]:
    """Those of some dossiers that are told to a system that is connected."""
    if not ids:
        return {}
    rows, papers, charges, supplements, steps = sql.fetch_all(
        [(query, [list(ids)]) for query in (TOLD, PAPERS, CHARGES, SUPPLEMENTS, STEPS)]
    )
    parts: dict[str, Any] = {
        "papers": _of_each(papers),
        "charges": _of_each(charges),
        "supplements": _of_each(supplements),
        "steps": {(s["dossier_id"], s["node"]): s["name"] for s in steps},
    }
    reached = ports.connected()
    return {
        row["id"]: _Dossier(row, parts)
        for row in rows
        if (row["system"] or ports.NATIONAL) in reached
    }


def _of_each(rows: Iterable[Mapping[str, Any]]) -> dict[UUID, list[Mapping[str, Any]]]:
    found: dict[UUID, list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["dossier_id"], []).append(row)
    return found


def applicants(actor: Actor, dossier_ids: Sequence[UUID]) -> Mapping[UUID, Applicant]:
    """Whose dossiers they are, for messages about to leave; read then, and kept nowhere."""
    rows = sql.fetch(WHOSE, [list(dossier_ids)])
    known = people.known_as(actor, {row["applicant_id"] for row in rows})
    return {
        row["id"]: Applicant(
            kind=known[row["applicant_id"]].kind,
            name=row["applicant_name"],
            number=known[row["applicant_id"]].number,
            phone=known[row["applicant_id"]].phone,
            email=known[row["applicant_id"]].email,
            subject=row["subject"],
        )
        for row in rows
    }


PARTS = ("papers", "charges", "supplements")
TOLD = """
SELECT d.id, d.code, d.submission_code, d.status, d.channel, d.accountable_id, d.received_at, d.accepted_at,
       d.due_at, d.finished_at, d.handed_over_at, p.code AS procedure_code, v.name AS procedure,
       o.key AS domain_key, o.name AS domain, f.code AS foreign_code, f.system,
       s.number, s.entries,
       (SELECT t.status FROM dossiers_sync t WHERE t.dossier_id = d.id ORDER BY t.number DESC LIMIT 1) AS told
FROM dossiers_dossier d
JOIN catalogue_procedureversion v ON v.id = d.procedure_version_id
JOIN catalogue_procedure p ON p.id = d.procedure_id
JOIN catalogue_domain o ON o.id = v.domain_id
LEFT JOIN dossiers_foreign f ON f.dossier_id = d.id
LEFT JOIN LATERAL (
    SELECT max(number) AS number, array_agg(entry_id) FILTER (WHERE entry_id IS NOT NULL) AS entries
    FROM dossiers_sync WHERE dossier_id = d.id
) s ON true
WHERE d.id = ANY(%s) AND NOT d.training AND d.parent_id IS NULL AND NOT d.mirrored
  AND NOT EXISTS (
    SELECT 1 FROM ledger_entry e JOIN ledger_entry a ON a.id = e.parent_id
    WHERE e.subject_id = d.id AND e.subject_seq = 1 AND e.subject_kind = 'dossier'
      AND a.event = 'example.loaded')
"""
PAPERS = """
SELECT p.dossier_id, p.id, p.name, p.reused_from_id IS NOT NULL AS reused,
       EXISTS (SELECT 1 FROM dossiers_attachment a WHERE a.paper_id = p.id AND a.kind = 'digitised')
       AS digitised
FROM dossiers_paper p WHERE p.dossier_id = ANY(%s) ORDER BY p.position
"""
CHARGES = """
SELECT dossier_id, name, amount FROM dossiers_charge WHERE dossier_id = ANY(%s) ORDER BY asked_at, id
"""
SUPPLEMENTS = """
SELECT dossier_id, id, reason, asked_at, received_at FROM dossiers_supplement
WHERE dossier_id = ANY(%s) ORDER BY round
"""
STEPS = """
SELECT DISTINCT dossier_id, node, name FROM dossiers_workitem
WHERE dossier_id = ANY(%s) AND closed_at IS NOT NULL
"""
WHOSE = "SELECT id, applicant_id, applicant_name, subject FROM dossiers_dossier WHERE id = ANY(%s)"
