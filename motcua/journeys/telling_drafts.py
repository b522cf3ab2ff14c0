"""Who is told of drafts of results: the leaders of one submitted, who prepared it of what they decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from motcua.dossiers import briefs as dossiers
from motcua.dossiers import drafting, events
from motcua.dossiers.briefs import Brief
from motcua.journeys.telling import SYSTEM, message, send_each
from motcua.messaging.operations import Message
from motcua.organisations import queries as organisations
from motcua.rules.actor import Role
from motcua.rules.worktime import ZONE

Row = Mapping[str, Any]
KINDS = {
    events.DRAFT_SUBMITTED.name: "draft.submitted",
    events.DRAFT_RETURNED.name: "draft.returned",
    events.DRAFT_APPROVED.name: "draft.approved",
}


def tell_of_drafts(rows: Sequence[Row]) -> None:
    """Tell of drafts submitted, returned and approved."""
    found = dossiers.briefs(SYSTEM, {row["subject_id"] for row in rows})
    preparers = drafting.preparers(row["fields"]["draft"] for row in rows)
    send_each(
        rows,
        found,
        lambda row, brief: _told(row, brief, preparers.get(row["fields"]["draft"])),
    )


def _told(row: Row, brief: Brief, preparer: int | None) -> Iterator[Message]:
    kind = KINDS[row["event"]]
    said = {"code": brief.code, "procedure": brief.procedure}
    if kind == "draft.submitted":
        on = row["at"].astimezone(ZONE).date()
        part = organisations.part_with(brief.accountable_id, Role.LEADER, on)
        if part is not None:
            yield message(row, kind, said, unit_id=part.id, role=str(Role.LEADER))
    elif preparer is not None:
        yield message(row, kind, said, account_id=preparer)
