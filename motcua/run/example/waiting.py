"""The counter of the example: windows and slots of two desks, and a fortnight of numbers. Constructed.

The numbers of all days are one act, an entry for each thing that happened to each of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from motcua.counter import events, operations, queries
from motcua.counter.models import Ticket
from motcua.counter.operations import PointGiven, SlotGiven
from motcua.ledger.acts import Act, Event, act, next_numbers
from motcua.organisations import queries as organisations
from motcua.rules.actor import ANONYMOUS, Actor
from motcua.rules.identity import new_id
from motcua.rules.queueing import Lane, Source, Standing
from motcua.rules.worktime import ZONE
from motcua.run.cast import COMMUNE
from motcua.run.example.organisations import CENTRE_DESK

QUEUED = Event("example.queued", "example")
DESKS = (CENTRE_DESK, f"{COMMUNE}-mot-cua")
POINTS: Mapping[str, tuple[PointGiven, ...]] = {
    CENTRE_DESK: (
        PointGiven(1, "Đất đai, môi trường", (Lane.FILE, Lane.COLLECT)),
        PointGiven(2, "Xây dựng, giao thông", (Lane.FILE, Lane.COLLECT)),
        PointGiven(3, "Tư pháp, nội vụ", (Lane.FILE, Lane.COLLECT)),
        PointGiven(4, "Hướng dẫn", (Lane.ADVICE,)),
        PointGiven(5, "Trả kết quả", (Lane.COLLECT,)),
    ),
    DESKS[1]: (
        PointGiven(1, "Hộ tịch, chứng thực"),
        PointGiven(2, "Đất đai, chính sách", (Lane.FILE, Lane.COLLECT, Lane.ADVICE)),
    ),
}
SLOTS = tuple(
    SlotGiven(weekday, starts, 30, 3)
    for weekday in range(5)
    for starts in (time(8), time(8, 30), time(9), time(14), time(14, 30), time(15))
)
DAYS = 10
A_DAY = 45
SPACES = timedelta(seconds=20)
CHANCE = (Lane.FILE,) * 9 + (Lane.COLLECT,) * 7 + (Lane.ADVICE,) * 3


@dataclass(slots=True)
class Day:
    """A desk's day as it is lived: its numbers, and from when each window is free again."""

    desk_id: int
    on: date
    random: Random
    until: datetime
    free_at: dict[int, datetime] = field(default_factory=dict)


def raise_counter(actor: Actor, at: datetime) -> None:
    """Windows, slots, and what hangs on the wall; done twice, the second time does nothing."""
    for key in DESKS:
        desk = organisations.unit_by_key(key).id
        if not queries.points(desk):
            operations.set_points(desk, POINTS[key], actor=actor, at=at)
            operations.set_slots(desk, SLOTS, actor=actor, at=at)
            posted_on = at.astimezone(ZONE).date()
            operations.post_notice(desk, posted_on, actor=actor, at=at)


def raise_queue(actor: Actor, until: datetime, *, seed: int = 2022) -> None:
    """The numbers of the last working days, until a moment of the last of them; once."""
    if Ticket.objects.exists():
        return
    random = Random(seed)  # noqa: S311 — chance for an example
    rows: list[dict[str, Any]] = []
    with act(QUEUED, actor=actor, at=until) as a:
        a.hold("example", 1)
        for key in DESKS:
            desk = organisations.unit_by_key(key).id
            for on in _days(desk, until):
                rows += _day(a, Day(desk, on, random, until))
        a.insert(Ticket, rows)
        a.about("example", 1, {"tickets": len(rows)})


def _days(desk_id: int, until: datetime) -> list[date]:
    calendar = organisations.work_calendar(desk_id)
    last = until.astimezone(ZONE).date()
    days = [last - timedelta(days=n) for n in range(3 * DAYS)]
    return [on for on in days if calendar.is_working(on)][:DAYS]


def _day(a: Act, day: Day) -> Iterator[dict[str, Any]]:
    """The numbers of a day, called in their order to the first window that is free."""
    points = queries.points(day.desk_id)
    opens = datetime.combine(day.on, time(7, 30), ZONE)
    last = day.on == day.until.astimezone(ZONE).date()
    minutes = (0, 100, 70) if last else (0, 540, 80)  # so that on the last day some still wait
    taken = sorted(opens + timedelta(minutes=day.random.triangular(*minutes)) for _ in range(A_DAY))
    times = [at for at in taken if at < day.until and not time(11, 20) < at.time() < time(13, 30)]
    for number, at in zip(
        next_numbers(f"queue:{day.desk_id}", day.on, len(times)), times, strict=True
    ):
        lane = day.random.choice(CHANCE)
        serving = [p for p in points if lane in p.serves]
        point = min(serving, key=lambda p: day.free_at.get(p.id, opens))
        yield _lived(a, day, {"number": number, "lane": lane, "taken_at": at}, point.id, opens)


def _lived(
    a: Act, day: Day, said: Mapping[str, Any], point_id: int, opens: datetime
) -> dict[str, Any]:
    """One number: called when the window is free, served some minutes, or absent; or still waiting."""
    at, source = said["taken_at"], day.random.choice((Source.KIOSK, Source.PAGE, Source.PHONE))
    row = {
        **said, "id": new_id(), "desk_id": day.desk_id, "on": day.on, "lane": said["lane"].value,
        "source": source.value, "token": f"{day.random.getrandbits(128):032x}",
        "standing": Standing.WAITING.value, "phone_ending": "", "recalled": 0, "called_at": None,
        "point_id": None, "served_at": None, "ended_at": None,
    }  # fmt: skip
    fields = {"desk": day.desk_id, "number": said["number"], "lane": said["lane"], "source": source}
    a.about("ticket", row["id"], fields, event=events.TICKET_TAKEN, at=at, actor=ANONYMOUS)
    called = max(day.free_at.get(point_id, opens), at) + SPACES
    absent = day.random.random() < 0.06
    ended = called + timedelta(minutes=1.5 if absent else day.random.triangular(2, 14, 5))
    if ended > day.until:
        return row
    day.free_at[point_id] = ended
    standing = Standing.ABSENT if absent else Standing.DONE
    ending = events.TICKET_ABSENT if absent else events.TICKET_FINISHED
    a.about("ticket", row["id"], {"number": said["number"]}, event=events.TICKET_CALLED, at=called)
    a.about("ticket", row["id"], {}, event=ending, at=ended)
    served = None if absent else called + SPACES
    return row | {
        "standing": standing.value, "called_at": called, "point_id": point_id,
        "served_at": served, "ended_at": ended,
    }  # fmt: skip
