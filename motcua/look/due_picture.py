"""A due date as a picture: the days from acceptance to it, each with what it did to the date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from motcua.look import formats, reasons
from motcua.look.months import Cell, Month, months
from motcua.rules.deadline import LimitUnit, Segment, SegmentKind
from motcua.rules.worktime import DayKind, WorkCalendar

MOST = 6
"""So many months are drawn; of a longer span the first and the last ones."""
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_NOTHING = timedelta()
_OFF = {
    "weekly_rest": ("nghỉ", "rest"),
    "public_only": ("nghỉ", "rest"),
    DayKind.HOLIDAY: ("lễ", "off"),
    DayKind.COMPENSATORY: ("nghỉ bù", "off"),
    DayKind.SWAP_OFF: ("nghỉ", "off"),
    DayKind.LOCAL_OFF: ("nghỉ", "off"),
}
"""The word and the tone of a day off, by the reason of its segment."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The months drawn, how many between them are not, and whether the clock stands still."""

    before: tuple[Month, ...]
    left_out: int = 0
    after: tuple[Month, ...] = ()
    stands: bool = False


@dataclass(slots=True)
class _Day:
    """What is gathered of one day."""

    turns: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    tones: list[str] = field(default_factory=list)


def picture(
    segments: Sequence[Segment],
    calendar: WorkCalendar,
    unit: LimitUnit,
    stands: tuple[datetime, datetime] | None = None,
) -> Picture | None:
    """The picture of an explanation; none where nothing is due. `stands`: the clock stands still since
    then, as of now; whether a later day will count nobody knows yet."""
    if not segments:
        return None
    first, last = formats.day(segments[0].start), formats.day(segments[-1].end)
    cell_of = partial(_cell, segments, calendar, unit)
    if stands:
        cell_of = partial(_standing, cell_of, formats.day(stands[0]), formats.day(stands[1]))
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    if count <= MOST:
        return Picture(months(first, last, cell_of, whole=False), stands=bool(stands))
    half = MOST // 2
    return Picture(
        months(first, _later(first, half) - _DAY, cell_of, whole=False),
        count - MOST,
        months(_later(last, 1 - half), last, cell_of, whole=False),
        stands=bool(stands),
    )


def _later(on: date, by: int) -> date:
    """The first day of the month so many months on."""
    year, month = divmod(on.year * 12 + on.month - 1 + by, 12)
    return date(year, month + 1, 1)


def _cell(segments: Sequence[Segment], calendar: WorkCalendar, unit: LimitUnit, on: date) -> Cell:
    start = datetime.combine(on, time.min, calendar.zone)
    here = [s for s in segments if s.start < start + _DAY and s.end >= start]
    day = _Day()
    _mark(day, segments, on)
    for segment in here:
        _tell(day, segment, calendar, on)
    restarts = [s.start for s in segments if s.kind is SegmentKind.RESTARTED]
    counted = [s for s in here if s.kind is SegmentKind.COUNTED and s.end > start]
    void = [s for s in counted if restarts and s.end <= restarts[-1]]
    _count(day, [s for s in counted if s not in void], calendar, unit, on)
    if void:
        _void(day)
    told = bool(day.said)
    outside = not formats.day(segments[0].start) <= on <= formats.day(segments[-1].end)
    return Cell(
        on=on,
        words=(*day.turns, *day.words)[:3],
        said=f"{formats.weekday_text(on)}: {'; '.join(day.said)}" if told else "",
        tones=("outside",) if outside else tuple(dict.fromkeys(day.tones)),
    )


def _standing(cell_of: Callable[[date], Cell], since: date, today: date, on: date) -> Cell:
    """A day while the clock stands still: what the pause leaves of it."""
    cell = cell_of(on)
    if on < since or "outside" in cell.tones:
        return cell
    if on == since:
        turns = tuple(word for word in cell.words if word in ("nhận", "nhận đủ", "hẹn"))
        said = [f"{formats.weekday_text(on)}: tạm dừng từ trong ngày", *turns]
        marks = tuple(tone for tone in cell.tones if tone in ("turn", "due"))
        return Cell(on, (*turns, "dừng"), "; ".join(said), ("paused", *marks))
    waiting = on <= today
    word, what = ("dừng", "đang tạm dừng") if waiting else ("chờ", "chưa biết có được tính không")
    due = "due" in cell.tones
    return Cell(
        on=on,
        words=(*cell.words[:1], word) if due else (word,),
        said=f"{formats.weekday_text(on)}: {what}"
        + ("; ngày hẹn trước khi tạm dừng" if due else ""),
        tones=("paused" if waiting else "void", *(["due"] if due else [])),
    )


def _mark(day: _Day, segments: Sequence[Segment], on: date) -> None:
    """The turning points: acceptance, restart, the end of the limit before a new promise, the date."""
    if formats.day(segments[0].start) == on:
        day.turns.append("nhận")
        day.said.append(f"tiếp nhận lúc {_clock(segments[0].start)}")
        day.tones.append("turn")
    for segment in segments:
        if segment.kind is SegmentKind.RESTARTED and formats.day(segment.start) == on:
            day.turns.append("nhận đủ")
            day.said.append(f"nhận đủ hồ sơ bổ sung lúc {_clock(segment.start)}, tính lại")
            day.tones.append("turn")
        if segment.kind is SegmentKind.EXTENDED and formats.day(segment.start) == on:
            day.turns.append("hạn trước")
            day.said.append(f"hạn trước khi hẹn lại, {_clock(segment.start)}")
    if formats.day(segments[-1].end) == on:
        day.turns.append("hẹn")
        day.said.append(f"hẹn trả lúc {_clock(segments[-1].end)}")
        day.tones.append("due")


def _tell(day: _Day, segment: Segment, calendar: WorkCalendar, on: date) -> None:
    """What a segment says of a day it reaches into."""
    start = datetime.combine(on, time.min, calendar.zone)
    if min(segment.end, start + _DAY) <= max(segment.start, start):
        return
    if segment.kind is SegmentKind.PAUSED:
        _add(day, "dừng", f"tạm dừng, {reasons.ground(segment)}", "paused")
    elif segment.kind is SegmentKind.EXTENDED:
        _add(day, "hẹn lại", reasons.promise(segment), "extended")
    elif segment.kind is SegmentKind.SKIPPED:
        off = _OFF.get(segment.reason)
        if off:
            _add(day, off[0], f"không tính, {reasons.why_off(segment)}", off[1])
        elif segment.reason in ("first_day", "after_cutoff", "last_day_off"):
            _add(day, "không tính", f"không tính, {reasons.why_off(segment)}", "rest")


def _add(day: _Day, word: str, said: str, tone: str) -> None:
    if word not in day.words:
        day.words.append(word)
    if said not in day.said:
        day.said.append(said)
    day.tones.append(tone)


def _count(
    day: _Day, counted: list[Segment], calendar: WorkCalendar, unit: LimitUnit, on: date
) -> None:
    if unit in (LimitUnit.CALENDAR_DAY, LimitUnit.MONTH):
        if any(
            formats.day(s.start) < on <= formats.day(s.end - timedelta.resolution) for s in counted
        ):
            _add(day, "+1", "tính 1 ngày", "counted")
        return
    sessions = calendar.sessions(on)
    length = sum((end - start for start, end in sessions), _NOTHING)
    done = sum(
        (max(min(e, s.end) - max(b, s.start), _NOTHING) for b, e in sessions for s in counted),
        _NOTHING,
    )
    if not done:
        return
    in_hours = unit is not LimitUnit.WORKING_DAY
    text = reasons.plain(Decimal(done / (_HOUR if in_hours else length)))
    day.words.insert(0, f"+{text}{' giờ' if in_hours else ''}")
    day.said.append(f"tính {text} {'giờ' if in_hours else 'ngày làm việc'}")
    day.tones.insert(0, "counted" if done == length else "part")
    made_up = calendar.special(on)
    if made_up and made_up.kind is DayKind.MAKEUP_WORK:
        day.words.insert(0, "làm bù")
        day.said.insert(0, f"ngày làm bù, {made_up.name} ({made_up.source})")
        day.tones.append("makeup")


def _void(day: _Day) -> None:
    """What had counted before the limit began anew."""
    day.words.append("bỏ")
    day.said.append("phần đã tính trước khi tính lại từ đầu không còn tính")
    day.tones.append("void")


def _clock(at: datetime) -> str:
    return f"{formats.local(at):%H:%M}"
