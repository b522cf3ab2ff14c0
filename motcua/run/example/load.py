"""Making the example's dossiers: planned by chance, decided by the rules, written set-wise by the one writer.

The same seed over the same catalogue gives the same dossiers. Each batch is one act (a parent entry, a child
entry for each act of each dossier), so a load that was cut off goes on where it stopped.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter as Tally
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import accumulate, islice
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.catalogue import offered as catalogue
from motcua.catalogue.offered import Offered
from motcua.dossiers import events, operations, writer
from motcua.dossiers.operations import Contact, Intake
from motcua.dossiers.slips import receipt
from motcua.dossiers.writer import Done
from motcua.ledger import sql
from motcua.ledger.acts import Event, act
from motcua.organisations import calendar as office
from motcua.organisations import queries as organisations
from motcua.people.models import Person
from motcua.rules import numbering
from motcua.rules.actor import Actor, system
from motcua.rules.books import Channel
from motcua.rules.casework import PaperHeld
from motcua.rules.vietnamese import fold
from motcua.rules.worktime import ZONE
from motcua.run.example.life import Habits, Life
from motcua.run.example.names import full_name

LOADED = Event("example.loaded", "example")
BATCH = 400
SYSTEM = system("Dữ liệu minh họa")


@dataclass(frozen=True, slots=True)
class Window:
    """A procedure at an agency, and how much of the load is its."""

    procedure_id: int
    unit_id: int
    weight: float


@dataclass(frozen=True, slots=True)
class Arrival:
    """A dossier to be lived: where, when, by which channel."""

    window: Window
    at: datetime
    channel: Channel


@dataclass(slots=True)
class Loader:
    """A load of `many` dossiers received between two days, as of `today`; a day of the last fortnight
    brings `recent` times as many as one before."""

    many: int
    seed: int
    first: date
    today: datetime
    windows: Sequence[Window]
    habits: Mapping[int, Habits]
    actors: Mapping[int, Mapping[str, Actor]]
    recent: float = 12.0
    epoch: int = 0
    revision: int = 0
    serials: Tally[tuple[str, date]] = field(default_factory=Tally)
    people: int = 0

    def run(self) -> Iterator[int]:
        """Load, yielding how many dossiers each batch made."""
        arrivals = self._arrivals()
        self.epoch = sql.fetch(*catalogue.EPOCH)[0]["epoch"]
        self.revision = office.current_revision()
        self._take_serials()
        numbers = iter(arrivals)
        done = 0
        while batch := list(islice(numbers, BATCH)):
            self._load(batch, done)
            done += len(batch)
            yield len(batch)

    def _arrivals(self) -> list[Arrival]:
        """All arrivals in the order of time, so that the serials of a day follow its hours."""
        random = Random(self.seed)  # noqa: S311 — chance for an example, not for secrets
        bounds = list(accumulate(w.weight for w in self.windows))
        days = self._days()
        busy = list(
            accumulate(self.recent if n >= len(days) - 10 else 1.0 for n in range(len(days)))
        )
        arrivals = []
        for _ in range(self.many):
            window = self.windows[bisect(bounds, random.random() * bounds[-1])]
            on = days[bisect(busy, random.random() * busy[-1])]
            online = random.random() < 0.35
            minute = random.randrange(7 * 60 + 30, 17 * 60)
            if not online and 11 * 60 + 30 <= minute < 13 * 60 + 30:
                minute += 120
            at = datetime.combine(on, time(minute // 60, minute % 60, random.randrange(60)), ZONE)
            if at < self.today:
                channel = Channel.ONLINE if online else Channel.COUNTER
                arrivals.append(Arrival(window, at, channel))
        return sorted(arrivals, key=lambda a: (a.at, a.window.unit_id, a.window.procedure_id))

    def _days(self) -> list[date]:
        calendar = office.work_calendar(self.windows[0].unit_id, office.current_revision())
        count = (self.today.astimezone(ZONE).date() - self.first).days + 1
        days = [self.first + timedelta(days=n) for n in range(count)]
        return [on for on in days if calendar.is_working(on)]

    def _load(self, batch: Sequence[Arrival], done: int) -> None:
        random = Random(f"{self.seed}:{done}")  # noqa: S311
        with act(LOADED, actor=SYSTEM, at=self.today) as a:
            persons = self._persons(random, len(batch))
            lived: list[Done] = []
            for arrival, person in zip(batch, persons, strict=True):
                lived += self._live(random, arrival, person)
            a.insert(Person, persons)
            writer.apply_all(lived, a)
            a.hold("example", 1)
            a.about("example", 1, {"dossiers": len(batch), "seed": self.seed, "from": done})
            self._keep_serials()

    def _persons(self, random: Random, many: int) -> list[dict[str, Any]]:
        ids = sql.fetch(
            "SELECT nextval(pg_get_serial_sequence('people_person', 'id')) AS id FROM generate_series(1, %s)",
            [many],
        )
        persons = []
        for row in ids:
            name = full_name(random)
            persons.append(
                {
                    "id": row["id"],
                    "kind": Person.Kind.CITIZEN.value,
                    "identity_number": f"040{random.randrange(2)}{random.randrange(50, 99)}{row['id']:06d}",
                    "name": name,
                    "folded_name": fold(name),
                    "born_on": None,
                    "phone": f"09{random.randrange(10**8):08d}",
                    "email": "",
                    "address": "Nghệ An",
                    "digest_key": random.randbytes(32),
                    "confirmed": True,
                }
            )
        return persons

    def _live(self, random: Random, arrival: Arrival, person: Mapping[str, Any]) -> Iterator[Done]:
        window = arrival.window
        on = arrival.at.date()
        channel, found = self._offered(arrival, on)
        if found is None:
            return
        terms = operations.terms_under(found, on, self.revision)
        papers = tuple(PaperHeld(name[:1000], o, c) for _, name, o, c in found.papers[:12])
        intake = Intake(
            procedure_id=window.procedure_id,
            unit_id=window.unit_id,
            channel=channel,
            applicant_id=person["id"],
            applicant_name=person["name"],
            papers=papers,
            contact=Contact(address=person["address"], phone=person["phone"]),
        )
        life = Life(
            random,
            terms,
            self.actors[window.unit_id],
            self.habits.get(window.unit_id, Habits()),
            self.today,
            self.actors,
        )
        case = operations.new_case(
            found,
            intake,
            arrival.at,
            dossier_id=UUID(int=random.getrandbits(128), version=4),
            submission_code=f"T{random.getrandbits(48):012X}",
        )
        facts = operations.facts(found, intake)
        for done in life.live(case, arrival.at, self._code_of(window.unit_id), papers, facts):
            if done.event is not events.ACCEPTED:
                yield done
                continue
            clerk = self.actors[window.unit_id]["clerk"]
            changes = receipt(done.changes, terms, intake, found, clerk, done.at)
            yield Done(changes, done.event, done.at, done.actor)

    def _offered(self, arrival: Arrival, on: date) -> tuple[Channel, Offered | None]:
        """The offer on the arrival's channel, else at the counter; none without a limit to be judged by."""
        window = arrival.window
        for channel in (arrival.channel, Channel.COUNTER):
            found = catalogue.offered(window.procedure_id, window.unit_id, channel, on, self.epoch)
            if found and found.limit and channel in found.channels:
                return channel, found
        return arrival.channel, None

    def _code_of(self, unit_id: int) -> Callable[[datetime], str]:
        def code(at: datetime) -> str:
            on = at.astimezone(ZONE).date()
            unit_code = organisations.code_for_dossiers(unit_id, on)
            self.serials[unit_code, on] += 1
            return numbering.dossier_code(unit_code, on, self.serials[unit_code, on])

        return code

    def _take_serials(self) -> None:
        """Go on after the serials that are given already."""
        for row in sql.fetch(SERIALS):
            self.serials[row["series"].removeprefix("dossier:"), row["on"]] = row["last"]

    def _keep_serials(self) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                'INSERT INTO ledger_counter (series, "on", last) VALUES (%s, %s, %s) '
                'ON CONFLICT (series, "on") DO UPDATE SET last = excluded.last',
                [(f"dossier:{code}", on, last) for (code, on), last in self.serials.items()],
            )


SERIALS = "SELECT series, \"on\", last FROM ledger_counter WHERE series LIKE 'dossier:%%'"
