"""The pauses of a dossier's clock and the new dates it was given, as its pages tell them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.queries import Detail
from motcua.look import reasons
from motcua.rules import deadline
from motcua.rules.clock_rules import Ground
from motcua.rules.pauses import pauses


@dataclass(frozen=True, slots=True)
class Wait:
    """A stretch in which the clock stood still: why, by which article, what was written about it."""

    title: str
    article: str
    since: datetime
    until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Promise:
    """A later date: by law, or with an apology; `asked` where the desk has not given it yet."""

    title: str
    article: str
    at: datetime
    until: datetime
    reason: str
    asked: bool = False


def waits(found: Detail) -> list[Wait]:
    """The pauses, in the order they began."""
    articles = {declared.ground.value: declared.article for declared in found.rules.grounds}
    told = []
    for pause in pauses(found.case.clock):
        title = reasons.ground_text(pause.ground)
        told.append(
            Wait(
                f"{title[:1].upper()}{title[1:]}",
                articles.get(pause.ground, ""),
                pause.since,
                pause.until,
                found.clock[pause.event]["reason"],
            )
        )
    return told


def own_waits(found: Detail) -> list[Wait]:
    """The pauses that papers asked for and money owed do not tell of already."""
    told = (Ground.SUPPLEMENT, Ground.MONEY)
    by_place = zip(pauses(found.case.clock), waits(found), strict=True)
    return [wait for pause, wait in by_place if pause.ground not in told]


def promises(found: Detail) -> list[Promise]:
    """The later dates given, and the one asked for."""
    told = [
        _promise(found, event, found.clock[n]["reason"])
        for n, event in enumerate(found.case.clock)
        if isinstance(event, deadline.Extended)
    ]
    for row in found.reappointments:
        if row["decided_at"] is None:
            title = "Đề nghị hẹn lại"
            at, until = row["proposed_at"], row["proposed_until"]
            told.append(Promise(title, "", at, until, row["reason"], asked=True))
    return told


def _promise(found: Detail, event: deadline.Extended, reason: str) -> Promise:
    if not event.by_law:
        return Promise("Xin lỗi và hẹn lại", "", event.at, event.until, reason)
    extensions = found.rules.extensions
    article = extensions[0].article if len(extensions) == 1 else ""
    return Promise("Gia hạn theo quy định", article, event.at, event.until, reason)
