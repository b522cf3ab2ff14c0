"""Who is told of consultations: the agencies asked, who asked, and of one that is late the head of the
one-stop desk too (NĐ 61/2018 Đ19.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from motcua.dossiers import briefs as dossiers
from motcua.dossiers import events
from motcua.dossiers.briefs import Brief
from motcua.journeys.telling import SYSTEM, head_of, message, send_each, spoken
from motcua.messaging.operations import Message
from motcua.organisations import queries as organisations
from motcua.rules.actor import Role
from motcua.rules.worktime import ZONE

Row = Mapping[str, Any]


def tell_of_opinions(rows: Sequence[Row]) -> None:
    """Tell of questions asked, answered, taken back and late."""
    found = dossiers.briefs(SYSTEM, {row["subject_id"] for row in rows})
    send_each(rows, found, lambda row, brief: _TOLD[row["event"]](row, brief))


def _asked(row: Row, brief: Brief) -> Iterator[Message]:
    fields = row["fields"]
    for unit_id, due in zip(fields["units"], fields["answers_due"], strict=True):
        said = _said(brief, unit_id) | {"due": spoken(datetime.fromisoformat(due))}
        yield from _to_agency(row, "opinion.asked", said, unit_id)


def _answered(row: Row, brief: Brief) -> Iterator[Message]:
    if row["fields"]["asker"] is not None:
        said = _said(brief, row["fields"]["unit"])
        yield message(row, "opinion.answered", said, account_id=row["fields"]["asker"])


def _cancelled(row: Row, brief: Brief) -> Iterator[Message]:
    unit_id = row["fields"]["unit"]
    yield from _to_agency(row, "opinion.cancelled", _said(brief, unit_id), unit_id)


def _late(row: Row, brief: Brief) -> Iterator[Message]:
    fields = row["fields"]
    said = _said(brief, fields["unit"])
    said |= {"due": spoken(datetime.fromisoformat(fields["answer_due"]))}
    if fields["asker"] is not None:
        yield message(row, "opinion.late", said, account_id=fields["asker"])
    yield message(row, "opinion.late", said, **_head_of_desk(brief.received_by_id, _on(row)))


def _to_agency(row: Row, kind: str, said: Mapping[str, str], unit_id: int) -> Iterator[Message]:
    """The heads of an agency asked, who give it to an officer; its leaders where it has no heads."""
    on = _on(row)
    for role in (Role.HEAD, Role.LEADER, Role.OFFICER):
        part = organisations.part_with(unit_id, role, on)
        if part is not None:
            yield message(row, kind, said, unit_id=part.id, role=str(role))
            return


def _head_of_desk(desk_id: int, on: date) -> dict[str, Any]:
    """The head of the one-stop desk: the centre's director, else the heads over the desk, else its clerks."""
    part = organisations.part_with(organisations.agency_of(desk_id), Role.DIRECTOR, on)
    if part is not None:
        return {"unit_id": part.id, "role": str(Role.DIRECTOR)}
    head = head_of(desk_id, on)
    if head is not None:
        return {"unit_id": head, "role": str(Role.HEAD)}
    return {"unit_id": desk_id, "role": str(Role.CLERK)}


def _said(brief: Brief, asked: int) -> dict[str, str]:
    return {
        "code": brief.code,
        "procedure": brief.procedure,
        "asker": organisations.unit(brief.accountable_id).short_name,
        "asked": organisations.unit(asked).short_name,
    }


def _on(row: Row) -> date:
    on: date = row["at"].astimezone(ZONE).date()
    return on


_TOLD: Mapping[str, Callable[[Row, Brief], Iterator[Message]]] = {
    events.OPINIONS_ASKED.name: _asked,
    events.OPINION_ANSWERED.name: _answered,
    events.OPINION_CANCELLED.name: _cancelled,
    events.OPINION_LATE.name: _late,
}
