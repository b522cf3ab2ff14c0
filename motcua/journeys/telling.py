"""Who is told what of an event: applicants of each change of the public status, officers of warnings, the
desk of a new date asked for.

Reactions of the outbox (`reactions.FOLLOWS`): each takes the rows of a batch in their order, and what was
told already is not told again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from motcua.dossiers import briefs as dossiers
from motcua.dossiers import events
from motcua.dossiers.briefs import Brief, Desk
from motcua.messaging import operations as messaging
from motcua.messaging import texts
from motcua.messaging.operations import Message
from motcua.organisations import queries as organisations
from motcua.rules.actor import Role, system
from motcua.rules.casework import Status
from motcua.rules.warnings import Warn
from motcua.rules.worktime import ZONE

Row = Mapping[str, Any]
Subject = TypeVar("Subject")
SYSTEM = system("Thông báo")
CONSTRUCTED = "example.loaded"
"""The act within which an example is made: what is constructed is told to nobody."""

BY_STATUS: Mapping[Status, str] = {
    Status.SUBMITTED: "dossier.submitted",
    Status.ACCEPTED: "dossier.accepted",
    Status.NOT_ACCEPTED: "dossier.not_accepted",
    Status.PROCESSING: "dossier.processing",
    Status.SUPPLEMENT: "dossier.supplement",
    Status.MONEY: "dossier.money",
    Status.WITHDRAWN: "dossier.withdrawn",
    Status.STOPPED: "dossier.stopped",
    Status.DONE: "dossier.done",
    Status.HANDED_OVER: "dossier.handed_over",
}
BY_EVENT: Mapping[str, str] = {
    events.EXTENDED_BY_LAW.name: "dossier.extended_by_law",
    events.REAPPOINTED.name: "dossier.reappointed",
    events.TRANSFERRED.name: "dossier.transferred",
    events.MOVED.name: "dossier.moved",
    events.PAYMENT_REQUESTED.name: "dossier.charged",
    events.PAYMENT_RECORDED.name: "dossier.paid",
    events.CHARGE_CANCELLED.name: "dossier.charge_cancelled",
    events.REFUND_ORDERED.name: "dossier.refund_ordered",
    events.REFUNDED.name: "dossier.refunded",
    events.RESETTLED.name: "dossier.resettled",
    events.RESULT_REVOKED.name: "dossier.revoked",
    events.REMINDED_TO_COLLECT.name: "dossier.to_collect",
}
"""What an applicant is told of besides the changes of the public status."""


def tell_applicant(rows: Sequence[Row]) -> None:
    """Tell the applicant of each change of the public status, of money, and of a date that moved."""
    told = [(row, kind) for row in rows if (kind := _kind(row))]
    found = dossiers.briefs(SYSTEM, {row["subject_id"] for row, _ in told})
    send(
        _to_applicant(row, kind, found[row["subject_id"]])
        for row, kind in told
        if row["subject_id"] in found and found[row["subject_id"]].parent_id is None
    )


def _kind(row: Row) -> str | None:
    """Which notice an entry is worth; none where it changes nothing that the applicant sees."""
    fields = row["fields"]
    if row["within"] == CONSTRUCTED:
        return None
    if row["event"] == events.REFUSED.name:
        return "dossier.refused"
    if row["event"] == events.REOPENED.name:
        return "dossier.reopened"
    if "status" in fields:
        return BY_STATUS[Status(fields["status"])]
    if row["event"] == events.RESETTLED.name and "due_at" not in fields:
        return None
    if row["event"] == events.PAYMENT_REQUESTED.name and fields.get("amount") == 0:
        return None  # freed of it
    return BY_EVENT.get(row["event"])


def _to_applicant(row: Row, kind: str, brief: Brief) -> Message:
    due_at = _moment(row["fields"].get("due_at")) or brief.due_at
    was = _moment(row["fields"].get("was", {}).get("due_at"))
    before = f" Trước đó hẹn lúc {spoken(was)}." if was else ""
    said = {
        "code": brief.submission_code if kind == "dossier.submitted" else brief.code,
        "procedure": brief.procedure,
        "agency": organisations.unit(brief.accountable_id).name,
        "desk": organisations.unit(brief.received_by_id).name,
        "due": f"Hẹn trả kết quả lúc {spoken(due_at)}.{before}"
        if due_at
        else "Hồ sơ không có ngày hẹn trả.",
        **_short_dates(due_at),
    }
    return message(row, kind, said, person_id=brief.applicant_id)


def _short_dates(due_at: datetime | None) -> dict[str, str]:
    """The date as text messages and English notices say it; nothing where there is none."""
    when = f"{due_at.astimezone(ZONE):%H:%M %d/%m/%Y}" if due_at else ""
    return {
        "due_short": f"Hẹn trả {when}." if due_at else "",
        "due_short_en": f"Due {when}." if due_at else "",
        "due_en": f"The result is due at {when}." if due_at else "",
    }


def tell_desk(rows: Sequence[Row]) -> None:
    """Tell the desk that received a dossier that its new date is asked for (NĐ 61/2018 Đ19.9)."""
    found = dossiers.briefs(SYSTEM, {row["subject_id"] for row in rows})
    send_each(rows, found, lambda row, brief: [_to_desk(row, brief)])


def _to_desk(row: Row, brief: Brief) -> Message:
    said = {
        "code": brief.code,
        "procedure": brief.procedure,
        "agency": organisations.unit(brief.accountable_id).name,
        "due": spoken(datetime.fromisoformat(row["fields"]["until"])),
    }
    to = {"unit_id": brief.received_by_id, "role": str(Role.CLERK)}
    return message(row, "desk.reappointment", said, **to)


def tell_assigned(rows: Sequence[Row]) -> None:
    """Tell an officer that a step is his now, and the one who had it that it is no longer."""
    told = [row for row in rows if row["within"] != CONSTRUCTED]
    found = dossiers.briefs(SYSTEM, {row["subject_id"] for row in told})
    send_each(told, found, _assigned)


def _assigned(row: Row, brief: Brief) -> Iterator[Message]:
    said = {
        "code": brief.code,
        "procedure": brief.procedure,
        "due": f"Hẹn trả lúc {spoken(brief.due_at)}." if brief.due_at else "",
    }
    yield message(row, "desk.assigned", said, account_id=row["fields"]["assignee"])
    before = row["fields"].get("was_with")
    if before is not None:
        yield message(row, "desk.taken_away", said, account_id=before)


def tell_officers(rows: Sequence[Row]) -> None:
    """Tell those on whose desks a dossier lies of a warning; from the day before on, their heads too."""
    ids = {row["subject_id"] for row in rows}
    found = dossiers.briefs(SYSTEM, ids)
    desks: dict[UUID, list[Desk]] = {}
    for desk in dossiers.on_desks(SYSTEM, ids):
        desks.setdefault(desk.dossier_id, []).append(desk)
    send_each(
        rows, found, lambda row, brief: _warnings(row, brief, desks.get(row["subject_id"], ()))
    )


def _warnings(row: Row, brief: Brief, desks: Sequence[Desk]) -> Iterator[Message]:
    warn = Warn(row["fields"]["warning"])
    due_at = _moment(row["fields"]["due_at"])
    said = {
        "code": brief.code,
        "procedure": brief.procedure,
        "due": spoken(due_at) if due_at else "",
    }
    for to in _recipients(desks, warn, row["at"].astimezone(ZONE).date()):
        yield message(row, f"warning.{warn}", said, **to)


def _recipients(desks: Sequence[Desk], warn: Warn, on: date) -> Iterator[dict[str, Any]]:
    for desk in desks:
        if desk.assignee_id is not None:
            yield {"account_id": desk.assignee_id}
        else:
            yield {"unit_id": desk.unit_id, "role": desk.role}
        head = None if warn is Warn.USED else head_of(desk.unit_id, on)
        if head is not None:
            yield {"unit_id": head, "role": str(Role.HEAD)}


def head_of(unit_id: int, on: date) -> int | None:
    """The unit whose heads answer for a unit's desks: itself, else the part of its agency with heads."""
    if organisations.posts_of(unit_id, on, Role.HEAD):
        return unit_id
    part = organisations.part_with(organisations.agency_of(unit_id), Role.HEAD, on)
    return part.id if part else None


def message(row: Row, kind: str, said: Mapping[str, str], **to: Any) -> Message:
    """A notice of one entry, in the words of its kind."""
    title, text = texts.written(kind, said)
    return Message(
        entry_id=row["entry_id"],
        at=row["at"],
        kind=kind,
        subject_kind=row["subject_kind"],
        subject_id=row["subject_id"],
        title=title,
        text=text,
        said=said,
        **to,
    )


def send_each(
    rows: Iterable[Row],
    found: Mapping[UUID, Subject],
    notices: Callable[[Row, Subject], Iterable[Message]],
) -> None:
    """Send what each row is worth of the subjects that were found; the others are gone, or not to be told
    of."""
    send(
        notice
        for row in rows
        if row["subject_id"] in found
        for notice in notices(row, found[row["subject_id"]])
    )


def send(messages: Iterator[Message]) -> None:
    """Send what there is to send, in one act."""
    sent = list(messages)
    if sent:
        messaging.tell(sent, actor=SYSTEM, at=max(message.at for message in sent))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def spoken(at: datetime) -> str:
    """A moment as notices say it: 16:30 ngày 25/11/2022."""
    return f"{at.astimezone(ZONE):%H:%M ngày %d/%m/%Y}"
