"""Who is told of results on their way out: the registry of one signed, who prepared it of one stopped, the
leaders of a revocation proposed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from motcua.dossiers import briefs as dossiers
from motcua.dossiers import events, issuing
from motcua.dossiers.briefs import Brief
from motcua.journeys.telling import CONSTRUCTED, SYSTEM, message, send_each
from motcua.messaging.operations import Message
from motcua.organisations import queries as organisations
from motcua.rules.actor import Role
from motcua.rules.worktime import ZONE

Row = Mapping[str, Any]
POSTS = {
    events.ISSUE_SIGNED.name: ("issue.signed", Role.REGISTRY),
    events.REVOCATION_PROPOSED.name: ("revocation.proposed", Role.LEADER),
}


def tell_of_issues(rows: Sequence[Row]) -> None:
    """Tell of results signed, of issues cancelled, and of revocations proposed."""
    told = [row for row in rows if row["within"] != CONSTRUCTED]
    found = dossiers.briefs(SYSTEM, {row["subject_id"] for row in told})
    whose = issuing.whose(UUID(row["fields"]["issue"]) for row in told)
    send_each(
        told, found, lambda row, brief: _told(row, brief, *whose[UUID(row["fields"]["issue"])])
    )


def _told(row: Row, brief: Brief, agency_id: int, preparer: int | None) -> Iterator[Message]:
    said = {"code": brief.code, "procedure": brief.procedure}
    if row["event"] in POSTS:
        kind, role = POSTS[row["event"]]
        on = row["at"].astimezone(ZONE).date()
        part = organisations.part_with(agency_id, role, on)
        if part is not None:
            yield message(row, kind, said, unit_id=part.id, role=str(role))
    elif preparer is not None:
        yield message(row, "issue.cancelled", said, account_id=preparer)
