"""The whole history of a dossier on one page: acts, steps, dates, papers, files, by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.desk import words
from motcua.desk.door import actor_of, now_of, officers_only, page
from motcua.dossiers import ahead, queries
from motcua.dossiers.history import History, history
from motcua.look import formats
from motcua.rules.worktime import ZONE, WorkCalendar

KINDS = {
    "viec": "Việc đã làm",
    "buoc": "Bước xử lý",
    "han": "Ngày hẹn trả",
    "giay": "Phiếu đã lập",
    "tep": "Tệp đính kèm",
}
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the history: of which kind, when, what, who and where, more of it, and where it opens."""

    kind: str
    at: datetime
    title: str
    by: str = ""
    detail: str = ""
    tone: str = ""
    href: str = ""


@require_safe
@officers_only
def whole(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Everything kept of the dossier in the order it happened; `loai` narrows it to some kinds."""
    found = history(actor_of(request), dossier_id)
    wanted = [kind for kind in request.GET.getlist("loai") if kind in KINDS] or list(KINDS)
    told = sorted(_all(found, now_of(request)), key=lambda one: one.at)
    kept = [one for one in told if one.kind in wanted]
    dossier = found.detail.dossier
    context = {
        "dossier": dossier,
        "code": dossier["code"] or dossier["submission_code"],
        "days": [(on, list(lines)) for on, lines in groupby(kept, key=_day)],
        "kinds": [
            (kind, label, kind in wanted, sum(one.kind == kind for one in told))
            for kind, label in KINDS.items()
        ],
        "words": KINDS,
    }
    return page(request, "desk/history.html", context)


def _day(one: Happened) -> date:
    return one.at.astimezone(ZONE).date()


def _all(found: History, now: datetime) -> Iterator[Happened]:
    yield from _acts(found)
    yield from _steps(found, now)
    yield from _dates(found)
    yield from _papers(found)


def _acts(found: History) -> Iterator[Happened]:
    detail = found.detail
    names = ahead.step_names(detail) if detail.case.process_id else {}
    reasons = {row["at"]: row["reason"] for row in (*found.reassignments, *found.reopenings)}
    void = {row["at"]: row["result"] for row in found.reopenings}
    for row in detail.timeline:
        said = words.entry(row, names)
        more = [said["detail"], *_people(found, row["fields"])]
        if row["event"] in ("dossier.reassigned", "dossier.reopened") and row["at"] in reasons:
            more.append(f"Lý do: {reasons[row['at']].rstrip('.')}.")
        if result := void.get(row["at"]) if row["event"] == "dossier.reopened" else None:
            more.append(f"Kết quả không còn giá trị: {_result(result)}.")
        yield Happened(
            "viec", row["at"], said["title"], said["by"], " ".join(filter(None, more)), said["tone"]
        )


def _people(found: History, fields: dict[str, Any]) -> Iterator[str]:
    """From whom to whom a step went."""
    before, after = (found.names.get(fields.get(n, 0)) for n in ("was_with", "assignee"))
    if before and after:
        yield f"Từ {before} sang {after}."
    elif after:
        yield f"Người xử lý: {after}."


def _result(result: dict[str, Any]) -> str:
    if result.get("kind") == "refusal":
        return f"từ chối, {result['reason'].rstrip('.')}"
    return ", số ".join(filter(None, (result.get("name"), result.get("number"))))


def _steps(found: History, now: datetime) -> Iterator[Happened]:
    calendar = queries.terms(found.detail, now).calendar
    for row in found.detail.steps:
        if row["waiting"]:
            continue
        where = f"{words.role(row['role'])} {words.unit(row['unit_id'])}".strip()
        closed = row["closed_at"]
        took = _took(calendar, row["opened_at"], closed or now)
        late = row["due_at"] and formats.day(closed or now) > formats.day(row["due_at"])
        due = f", hạn {formats.moment_text(row['due_at'])}" if row["due_at"] else ""
        since = formats.moment_text(row["opened_at"])
        so_long = f"Từ {since}: {'' if closed else 'đã '}{took}{due}."
        yield Happened(
            "buoc",
            closed or row["opened_at"],
            f"{'Xong' if closed else 'Đang ở'} bước “{row['name']}”",
            ", ".join(filter(None, (row["closed_by_name"] or row["assignee_name"], where))),
            f"{so_long}{' Quá hạn của bước.' if late else ''} {row['note']}".rstrip(),
            "bad" if late else "",
        )


def _took(calendar: WorkCalendar, since: datetime, until: datetime) -> str:
    """How much office time lies between, in words."""
    units = calendar.day_position(calendar.local(until)) - calendar.day_position(
        calendar.local(since)
    )
    days = units / calendar.day_units
    if days >= 1:
        return f"{formats.number_text(round(days, 1))} ngày làm việc"
    minutes = calendar.between(since, until)
    return (
        f"{minutes // 60} giờ {minutes % 60} phút làm việc" if minutes >= 60 else f"{minutes} phút"
    )


def _dates(found: History) -> Iterator[Happened]:
    before: datetime | None = None
    for row in found.detail.clock:
        due = row["due_at"]
        if due and due != before:
            was = f"Trước đó {formats.datetime_text(before)}." if before else ""
            title = f"Hẹn trả {formats.datetime_text(due)}"
            yield Happened("han", row["at"], title, detail=was, tone="warn" if before else "")
        before = due or before


def _papers(found: History) -> Iterator[Happened]:
    dossier_id = found.detail.case.id
    for row in found.detail.slips:
        href = reverse("desk:slip", args=[dossier_id, row["id"]])
        title = f"{row['name']}, số {row['number']}"
        yield Happened("giay", row["issued_at"], title, href=href)
    for row in found.detail.attachments:
        href = reverse("portal:attachment", args=[dossier_id, row["id"]])
        yield Happened("tep", row["at"], row["name"], href=href)
