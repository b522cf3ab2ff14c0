"""Who is told that a message did not get through: the desk and the person of an address that is refused,
the operators of a carrier that does not do its part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from motcua.dossiers import briefs as dossiers
from motcua.dossiers.briefs import Brief
from motcua.journeys.telling import SYSTEM, message, send
from motcua.messaging import queries as messaging
from motcua.messaging.operations import Message
from motcua.organisations import queries as organisations
from motcua.rules.actor import Role
from motcua.rules.delivery import State
from motcua.rules.worktime import ZONE

Row = Mapping[str, Any]


def tell_of_failed(rows: Sequence[Row]) -> None:
    """Tell who can mend an address that does not take messages: the desk that took the dossier in, and the
    person in his box."""
    refused = [row for row in rows if row["fields"]["state"] == State.REFUSED]
    of = messaging.subjects_of([row["subject_id"] for row in refused])
    found = dossiers.briefs(SYSTEM, {about.subject_id for about in of.values()})
    send(
        said
        for row in refused
        if (about := of.get(row["subject_id"])) and about.subject_id in found
        for said in _mend(row, found[about.subject_id], about.person_id)
    )


def _mend(row: Row, brief: Brief, person_id: int) -> Iterator[Message]:
    said = {
        "code": brief.code or brief.submission_code,
        "procedure": brief.procedure,
        "desk": organisations.unit(brief.received_by_id).name,
        "channel": messaging.CHANNELS[row["fields"]["channel"]],
    }
    about = {**row, "subject_kind": "dossier", "subject_id": brief.id}
    desk = {"unit_id": brief.received_by_id, "role": str(Role.CLERK)}
    yield message(about, "delivery.refused", said, **desk)
    yield message(about, "delivery.check_contact", said, person_id=person_id)


def tell_of_carrier(rows: Sequence[Row]) -> None:
    """Tell those who run the system that a carrier does not do its part."""
    send(
        message(row, "carrier.ill", _named(row), unit_id=unit.id, role=str(Role.ADMINISTRATOR))
        for row in rows
        for unit in organisations.units_with(Role.ADMINISTRATOR, row["at"].astimezone(ZONE).date())
    )


def _named(row: Row) -> dict[str, str]:
    return {"channel": messaging.carrier_title(row["fields"]["carrier"])}
