"""Offices for tests of legal time, moments as one writes them, and a clock that walks minute by minute."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from motcua.rules.worktime import (
    ZONE,
    DayKind,
    Hours,
    Session,
    SpecialDay,
    WorkCalendar,
)

MORNING = Session(time(7, 30), time(11, 30))
AFTERNOON = Session(time(13, 30), time(17, 30))
SHORT_AFTERNOON = Session(time(13, 30), time(17))
FULL = (MORNING, AFTERNOON)
MINUTE = timedelta(minutes=1)


def week(*sessions: Session, days=range(5), **more) -> Hours:
    return Hours(dict.fromkeys(days, sessions), **more)


def off(on: str, kind: DayKind = DayKind.HOLIDAY, name: str = "nghỉ lễ") -> SpecialDay:
    return SpecialDay(date.fromisoformat(on), kind, name, source="kiểm thử")


def made_up(on: str, hours_of: int | None = None) -> SpecialDay:
    return SpecialDay(date.fromisoformat(on), DayKind.MAKEUP_WORK, "làm bù", "kiểm thử", hours_of)


DAYS = (
    *(off(f"2022-0{md}") for md in ("1-31", "2-01", "2-02", "2-03", "2-04")),
    off("2022-04-11", DayKind.COMPENSATORY),
    off("2022-05-02", DayKind.COMPENSATORY),
    off("2022-05-03", DayKind.COMPENSATORY),
    off("2022-09-01"),
    off("2022-09-02"),
    made_up("2025-04-26", 4),
    off("2025-04-30"),
    off("2025-05-01"),
    off("2025-05-02", DayKind.SWAP_OFF),
)


def office(*hours: Hours, days: tuple[SpecialDay, ...] = DAYS) -> WorkCalendar:
    return WorkCalendar(hours or (week(*FULL),), days, "kiểm thử")


EIGHT_HOURS = office()
SEVEN_AND_A_HALF = office(week(MORNING, SHORT_AFTERNOON))
SATURDAY_MORNING = office(Hours({**dict.fromkeys(range(5), FULL), 5: (MORNING,)}), days=())
SHORT_FRIDAY = office(
    Hours({**dict.fromkeys(range(4), FULL), 4: (MORNING, SHORT_AFTERNOON)}), days=()
)
OFFICES = (EIGHT_HOURS, SEVEN_AND_A_HALF, SATURDAY_MORNING, SHORT_FRIDAY)


def at(text: str) -> datetime:
    """A moment in Nghệ An: "2022-11-18 09:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def walked(calendar: WorkCalendar, start: datetime, minutes: int) -> datetime:
    """When `minutes` have counted since `start`, found by looking at every minute; the oracle."""
    moment = start
    while minutes:
        minutes -= counts(calendar, moment)
        moment += MINUTE
    return moment


def counted(calendar: WorkCalendar, start: datetime, end: datetime) -> int:
    """The minutes that count between two moments, found by looking at every minute."""
    minutes, moment = 0, start
    while moment < end:
        minutes += counts(calendar, moment)
        moment += MINUTE
    return minutes


def counts(calendar: WorkCalendar, moment: datetime) -> bool:
    """Whether the minute that begins here counts; read from the declared values, not the tables."""
    special = {d.on: d for d in calendar.days}.get(moment.date())
    weekday = moment.weekday()
    if special:
        if special.kind is not DayKind.MAKEUP_WORK:
            return False
        weekday = special.weekday_hours or 0
    return any(
        s.counts and s.start <= moment.time() < s.end
        for s in calendar.hours[0].by_weekday.get(weekday, ())
    )
