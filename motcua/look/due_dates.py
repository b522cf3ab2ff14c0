"""A due date explained on a page: one sentence for the whole, a picture, and a line a stretch of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from motcua.dossiers import queries
from motcua.dossiers.queries import Detail
from motcua.look import formats, reasons
from motcua.look.due_picture import Picture, picture
from motcua.organisations.due_question import Answer
from motcua.rules.deadline import Explanation, Limit, LimitUnit, Segment, SegmentKind, settle
from motcua.rules.worktime import DayKind, WorkCalendar
from motcua.statutory import rulesets

_UNITS = {
    LimitUnit.WORKING_DAY: "ngày làm việc",
    LimitUnit.WORKING_HOUR: "giờ làm việc",
    LimitUnit.CALENDAR_DAY: "ngày",
    LimitUnit.MONTH: "tháng",
}
_MOVED = {
    "after_cutoff": "nhận sau giờ chuyển hồ sơ nên đếm từ ngày làm việc tiếp theo",
    "last_day_off": "ngày cuối là ngày nghỉ nên hạn lùi tới cuối ngày làm việc tiếp theo",
}
_FEW = 2
_SPECIAL = frozenset(str(kind) for kind in DayKind)


@dataclass(frozen=True, slots=True)
class Told:
    """What a page shows of a due date."""

    sentence: str
    lines: tuple[str, ...]
    picture: Picture | None


def told(
    why: Explanation, calendar: WorkCalendar, *, stands: tuple[datetime, datetime] | None = None
) -> Told | None:
    """The explanation of a due date for a page; none where nothing is due.

    `stands`: since when the clock stands still, and now; the date will move.
    """
    if not why.segments or why.limit is None:
        return None
    return Told(
        sentence=sentence(
            why.segments,
            limit=why.limit,
            policy_id=why.policy_id,
            undecreed_from=why.undecreed_from,
            stands_since=stands[0] if stands else None,
        ),
        lines=tuple(reasons.sentences(why.segments)),
        picture=picture(why.segments, calendar, why.limit.unit, stands),
    )


def of_dossier(found: Detail, now: datetime) -> Told | None:
    """The explanation of a dossier's due date, computed anew from what is stored with it."""
    under = queries.terms(found, now)
    since = settle(found.case.clock, under.calendar, under.policy).paused_since
    return told(
        queries.explanation(found, now),
        under.calendar,
        stands=(since, now) if since else None,
    )


def of_answer(found: Answer) -> Told | None:
    """The explanation of what the calculator found."""
    return told(found.why, found.calendar)


def sentence(
    segments: Sequence[Segment],
    *,
    limit: Limit,
    policy_id: str,
    undecreed_from: int | None = None,
    stands_since: datetime | None = None,
) -> str:
    """The whole date in one sentence: when, how much from when, what was not counted and by which
    document, what was waited for, under which law, and what is not known yet."""
    lap = _last_lap(segments)
    parts = [
        f"Hẹn trả {moment(segments[-1].end)}: {amount(limit)} {_since(segments, lap, limit.unit)}",
        *_off(lap),
        *_worked(lap),
        *_moved(lap),
        *_waited(lap, limit.unit),
        *_promised(lap),
        f"theo {law(policy_id)}" if law(policy_id) else "",
        f"đang tạm dừng từ {moment(stands_since)} nên ngày này sẽ lùi" if stands_since else "",
        _undecreed(undecreed_from),
    ]
    return "; ".join(part for part in parts if part) + "."


def moment(at: datetime) -> str:
    """15:00 thứ Ba 22/11/2022."""
    weekday = formats.WEEKDAYS[formats.day(at).weekday()]
    return f"{formats.local(at):%H:%M} {weekday[0].lower()}{weekday[1:]} {formats.date_text(at)}"


def amount(limit: Limit) -> str:
    """2,5 ngày làm việc."""
    if limit.amount is None:
        return "giải quyết trong ngày,"
    return f"{reasons.plain(limit.amount)} {_UNITS[limit.unit]}"


def law(policy_id: str) -> str:
    """The articles and the law of a rule set, by the id of its policy."""
    if not policy_id:
        return ""
    found = rulesets.by_id(policy_id)
    return f"{found.article} {found.law}".strip()


def _last_lap(segments: Sequence[Segment]) -> Sequence[Segment]:
    """What counts towards the date: from the last restart on."""
    restarts = [n for n, s in enumerate(segments) if s.kind is SegmentKind.RESTARTED]
    return segments[restarts[-1] :] if restarts else segments


def _since(segments: Sequence[Segment], lap: Sequence[Segment], unit: LimitUnit) -> str:
    if lap[0].kind is not SegmentKind.RESTARTED:
        word = "nhận lúc" if unit is LimitUnit.SAME_DAY else "kể từ"
        return f"{word} {moment(lap[0].start)}"
    how = "thời hạn mới" if lap[0].reason == "other_limit" else "tính lại từ đầu"
    by = f", {lap[0].source}" if lap[0].source else ""
    return (
        f"kể từ {moment(lap[0].start)} là lúc nhận đủ hồ sơ bổ sung "
        f"({how}{by}; tiếp nhận lần đầu {moment(segments[0].start)})"
    )


def _off(lap: Sequence[Segment]) -> Iterator[str]:
    """The days that were not counted: weekly rest, then days off with their documents, then the rest."""
    skipped = [s for s in lap if s.kind is SegmentKind.SKIPPED]
    weekly = [_days_of(s) for s in skipped if s.reason == "weekly_rest"]
    said = []
    if 0 < len(weekly) <= _FEW:
        said.append(f"{' và '.join(span(*days) for days in weekly)} (nghỉ hằng tuần)")
    elif weekly:
        days = sum((last - first).days + 1 for first, last in weekly)
        said.append(f"{formats.number_text(days)} ngày nghỉ hằng tuần")
    special = [s for s in skipped if s.reason in _SPECIAL]
    said += [_named(list(run)) for _, run in groupby(_runs(special), key=lambda pair: pair[0])]
    said += [
        f"ngày tiếp nhận {span(*_days_of(s))} ({s.source or 'đếm từ ngày tiếp theo'})"
        for s in skipped
        if s.reason == "first_day"
    ]
    public = [s for s in skipped if s.reason == "public_only"]
    if public:
        said.append(f"{len(public)} ngày chỉ mở cửa tiếp nhận ({public[0].source})")
    if said:
        yield f"không tính {', '.join(said)}"


def _worked(lap: Sequence[Segment]) -> Iterator[str]:
    """The days off that were worked and count, with the document that makes them so."""
    for reason, what in (("makeup_work", "ngày làm bù"), ("weekend_hours", "ngày cuối tuần")):
        days = [s for s in lap if s.kind is SegmentKind.COUNTED and s.reason == reason]
        if days:
            dates = ", ".join(span(*_days_of(s)) for s in days[:_FEW])
            more = f" và {len(days) - _FEW} ngày nữa" if len(days) > _FEW else ""
            by = f" ({days[0].source})" if days[0].source else ""
            yield f"có tính {what} {dates}{more}{by}"


def _moved(lap: Sequence[Segment]) -> Iterator[str]:
    """Where the limit began later than it might have, or ended later because of a day off."""
    for segment in lap:
        if segment.kind is SegmentKind.SKIPPED and segment.reason in _MOVED:
            by = f" ({segment.source})" if segment.source else ""
            yield f"{_MOVED[segment.reason]}{by}"


def _runs(special: Sequence[Segment]) -> Iterator[tuple[int, Segment]]:
    """Days off with the number of the run of neighbouring days each belongs to, under one document."""
    number = 0
    for n, segment in enumerate(special):
        before = special[n - 1] if n else None
        if before and (before.end != segment.start or before.source != segment.source):
            number += 1
        yield number, segment


def _named(run: list[tuple[int, Segment]]) -> str:
    segments = [segment for _, segment in run]
    first, last = _days_of(segments[0])[0], _days_of(segments[-1])[1]
    names = list(dict.fromkeys(s.name for s in segments if s.name))
    name = names[0] if len(names) == 1 else "nghỉ lễ, tết"
    source = f" theo {segments[0].source}" if segments[0].source else ""
    return f"{span(first, last)} ({name}{source})"


def _waited(lap: Sequence[Segment], unit: LimitUnit) -> Iterator[str]:
    """How long was waited, and for what."""
    pauses = [s for s in lap if s.kind is SegmentKind.PAUSED]
    word = "ngày" if unit in (LimitUnit.CALENDAR_DAY, LimitUnit.MONTH) else "ngày làm việc"
    for why in dict.fromkeys(reasons.ground(s) for s in pauses):
        days = sum(s.days for s in pauses if reasons.ground(s) == why)
        yield f"đã tạm dừng {reasons.plain(days)} {word} {why}" if days else f"đã tạm dừng {why}"


def _promised(lap: Sequence[Segment]) -> Iterator[str]:
    for segment in lap:
        if segment.kind is SegmentKind.EXTENDED:
            by = f" ({segment.source})" if segment.source else ""
            yield f"{reasons.promise(segment)} từ hạn {moment(segment.start)}{by}"


def _undecreed(year: int | None) -> str:
    if year is None:
        return ""
    return (
        f"ngày nghỉ từ năm {year} chưa được công bố, khi có quyết định thì ngày hẹn được tính lại"
    )


def _days_of(segment: Segment) -> tuple[date, date]:
    """The first and the last day of a stretch."""
    return formats.day(segment.start), formats.day(segment.end - timedelta.resolution)


def span(first: date, last: date) -> str:
    """19–20/11, 31/12–02/01, or one day."""
    if first == last:
        return f"{first:%d/%m}"
    start = f"{first:%d}" if first.month == last.month else f"{first:%d/%m}"
    return f"{start}–{last:%d/%m}"
