"""Triage of what is filed online: it goes where it belongs before anybody takes it in."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import events, policies
from motcua.dossiers.operations.common import work_on
from motcua.dossiers.operations.intake import Intake, new_case, terms_for
from motcua.ledger import sql
from motcua.rules import casework_triage
from motcua.rules.actor import Actor, May
from motcua.rules.casework import Case, Changes
from motcua.rules.refusal import Refusal


def reroute(
    *,
    dossier_id: UUID,
    to: int,
    reason: str,
    actor: Actor,
    at: datetime,
    procedure_id: int | None = None,
    seen: int | None = None,
) -> None:
    """Pass what was filed in the wrong place to the agency `to`, under another procedure where that was the
    mistake; its files and the promise to the applicant go with it (configuration "online_answer").

    Raises dossier.may_not, dossier.not_offered, dossier.no_such_channel, dossier.rerouted_to_itself,
    dossier.not_waiting_for_acceptance.
    """
    with work_on(events.REROUTED, dossier_id, actor, at, seen, None) as w:
        policies.at_desk(actor, w.case, May.ACCEPT)
        w.changes = rerouted(w.case, w.at, to=to, procedure_id=procedure_id, reason=reason)


def rerouted(
    case: Case, at: datetime, *, to: int, procedure_id: int | None, reason: str
) -> Changes:
    """What re-routing a dossier comes to, by what the catalogue offers on the day."""
    aimed = Intake(
        procedure_id=procedure_id or case.procedure_id,
        unit_id=to,
        channel=case.channel,
        applicant_id=case.applicant_id,
        applicant_name="",
        papers=(),
    )
    found, terms = terms_for(aimed, at)
    if aimed.channel not in found.channels:
        raise Refusal("dossier.no_such_channel", {"channel": int(aimed.channel)})
    there = new_case(found, aimed, at)
    facts = _named(case, there, found.name)
    return casework_triage.reroute(case, terms, at, to=there, reason=reason, facts=facts)


def _named(case: Case, there: Case, name: str) -> dict[str, Any]:
    """What is written of a dossier under its procedure's name and case, under another procedure."""
    if there.procedure_id == case.procedure_id:
        return {}
    (row,) = sql.fetch(NAMED, [case.id])
    return {"paper_case": "", **({"subject": name[:500]} if row["subject"] == row["name"] else {})}


NAMED = """
SELECT d.subject, left(v.name, 500) AS name FROM dossiers_dossier d
JOIN catalogue_procedureversion v ON v.id = d.procedure_version_id WHERE d.id = %s
"""
