"""An office's days off and made-up days as iCalendar (RFC 5545), for the calendars people already use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from motcua.look.year import DAYS
from motcua.organisations.queries import DeclaredDay
from motcua.rules.worktime import DayKind

TYPE = "text/calendar; charset=utf-8"


def feed(days: Iterable[DeclaredDay], *, name: str, whose: str, made_at: datetime) -> bytes:
    """One all-day event a day. A day keeps its UID whatever it is called or becomes; `whose` is the key of
    the office, `made_at` when the calendar was last revised."""
    calendar = Calendar()
    calendar.add("prodid", "-//Một Cửa//Lịch làm việc//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for declared in days:
        calendar.add_component(_event(declared, whose, made_at))
    text: bytes = calendar.to_ical()
    return text


def _event(declared: DeclaredDay, whose: str, made_at: datetime) -> Event:
    day = declared.day
    made_up = day.kind is DayKind.MAKEUP_WORK
    kind = DAYS[day.kind]
    verified = "đã đối chiếu với văn bản" if declared.verified else "chưa đối chiếu với văn bản"
    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_URL, f"motcua:lich-lam-viec:{whose}:{day.on}")))
    event.add("dtstamp", made_at)
    event.add("sequence", declared.since_revision)
    event.add("dtstart", day.on)
    event.add("dtend", day.on + timedelta(days=1))
    event.add("summary", day.name if day.name.startswith(kind) else f"{kind}: {day.name}")
    event.add("description", f"{day.source or 'Không nêu văn bản'} ({verified}).")
    event.add("categories", [kind])
    event.add("transp", "OPAQUE" if made_up else "TRANSPARENT")
    return event
