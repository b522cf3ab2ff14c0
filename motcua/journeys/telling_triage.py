"""Who is told of what waits to be taken in: the desk whose answer is due, the desk it is re-routed to, and
the applicant of where it went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from motcua.dossiers import briefs as dossiers
from motcua.dossiers import events
from motcua.dossiers.briefs import Brief
from motcua.journeys.telling import CONSTRUCTED, SYSTEM, message, send_each, spoken
from motcua.messaging.operations import Message
from motcua.organisations import queries as organisations
from motcua.rules.actor import Role
from motcua.rules.warnings import Warn

Row = Mapping[str, Any]


def tell_of_triage(rows: Sequence[Row]) -> None:
    """Tell the desk that an answer is soon due, or past; and who has to do with what was re-routed."""
    told = [r for r in rows if r["fields"].get("answer_due_at") and r["within"] != CONSTRUCTED]
    found = dossiers.briefs(SYSTEM, {row["subject_id"] for row in told})
    send_each(told, found, _notices)


def _notices(row: Row, brief: Brief) -> Iterator[Message]:
    said = {
        "code": brief.code,
        "procedure": brief.procedure,
        "agency": organisations.unit(brief.accountable_id).name,
        "desk": organisations.unit(brief.received_by_id).name,
        "due": spoken(datetime.fromisoformat(row["fields"]["answer_due_at"])),
    }
    clerks = {"unit_id": brief.received_by_id, "role": str(Role.CLERK)}
    if row["event"] == events.REROUTED.name:
        yield message(row, "dossier.rerouted", said, person_id=brief.applicant_id)
        yield message(row, "desk.rerouted", said, **clerks)
        return
    kind = f"answer.{row['fields']['warning']}"
    yield message(row, kind, said, **clerks)
    if row["fields"]["warning"] == Warn.LATE:
        yield message(row, kind, said, unit_id=brief.received_by_id, role=str(Role.DIRECTOR))
