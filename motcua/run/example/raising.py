"""Raising the example: the province of 2022, its people, its catalogue, and some thousand dossiers.

All of it goes through the rooms' own acts. Every record is constructed and says so; names, limits and
fees of procedures are facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from random import Random

from motcua.ledger.models import Entry
from motcua.organisations import queries as organisations
from motcua.people import queries as people
from motcua.people.models import Account
from motcua.rules.actor import Actor, Role, system
from motcua.rules.worktime import ZONE
from motcua.run.cast import raise_cast
from motcua.run.example.catalogue import raise_catalogue
from motcua.run.example.life import Habits
from motcua.run.example.load import LOADED, Loader, Window
from motcua.run.example.names import full_name
from motcua.run.example.organisations import OFFICE, PROVINCE, raise_units
from motcua.run.example.triage import raise_triage
from motcua.run.example.waiting import raise_counter, raise_queue
from motcua.statistics import operations as statistics
from motcua.statistics import publishing
from motcua.statistics.quality import Period

FOUNDED = datetime(2022, 1, 1, 8, 0, tzinfo=ZONE)
FIRST = date(2022, 1, 4)
TODAY = datetime(2022, 11, 21, 9, 0, tzinfo=ZONE)
PUBLISHED = datetime(2022, 10, 12, 9, 0, tzinfo=ZONE)
FIRST_PUBLISHED = date(2022, 9, 30)
SYSTEM = system("Dữ liệu minh họa")
WORKERS = (Role.CLERK, Role.OFFICER, Role.HEAD, Role.LEADER, Role.REGISTRY, Role.CASHIER)


def is_raised() -> bool:
    """Whether this database already holds the example."""
    return Entry.objects.filter(event=LOADED.name).exists()


def raise_structure() -> list[Window]:
    """Units, calendars, the cast, procedures, processes and offerings; returns what can be filed.

    Done twice, the second time does nothing.
    """
    if not organisations.units_of_kind("province", FIRST):
        raise_units(SYSTEM, FOUNDED)
        organisations.forget()
        raise_cast(SYSTEM, FOUNDED)
        raise_counter(SYSTEM, FOUNDED)
    return raise_catalogue(SYSTEM, FOUNDED)


def loader(
    windows: list[Window], many: int, *, seed: int = 2022, today: datetime = TODAY
) -> Loader:
    """A load of `many` dossiers over the windows: busier and later offices as the year's report has them."""
    random = Random(seed)  # noqa: S311 — chance for an example
    units = sorted({window.unit_id for window in windows})
    committee = [organisations.unit_by_key(key).id for key in (PROVINCE, OFFICE)]
    return Loader(
        many=many,
        seed=seed,
        first=FIRST,
        today=today,
        windows=windows,
        habits={unit_id: habits_of(unit_id, random) for unit_id in units},
        actors={unit_id: actors_of(unit_id, random) for unit_id in [*units, *committee]},
    )


def raise_dossiers(windows: list[Window], many: int, *, seed: int = 2022) -> Iterator[int]:
    """Load, yielding how many dossiers each batch made; the roll-ups are folded at the end."""
    yield from loader(windows, many, seed=seed).run()
    raise_triage(SYSTEM, TODAY)
    statistics.fold()
    raise_queue(SYSTEM, TODAY, seed=seed)
    _publish()


def _publish() -> None:
    """The quality of the last quarter, by two of the cast; once."""
    if publishing.published():
        return
    one, other = (_acting(name) for name in ("kiem-soat", "tong-hop"))
    made = statistics.draft_quality(period=Period.of(FIRST_PUBLISHED), actor=one, at=PUBLISHED)
    statistics.publish_quality(publication_id=made, actor=other, at=PUBLISHED)


def _acting(username: str) -> Actor:
    account = Account.objects.get(username=username)
    return people.actor_of(int(account.id), None, PUBLISHED)


def habits_of(unit_id: int, random: Random) -> Habits:
    """How an office works. The report names districts as the latest; some offices are as they are."""
    kind = organisations.unit(unit_id).kind
    late = {"district": 0.11, "commune": 0.03, "vertical": 0.02}.get(kind, 0.04)
    return Habits(late=late * random.uniform(0.3, 1.7), supplement=random.uniform(0.03, 0.1))


def actors_of(unit_id: int, random: Random) -> Mapping[str, Actor]:
    """Constructed officers of an agency, one a role, named for the record and without an account."""
    agency = organisations.unit(unit_id)
    return {
        role.value: Actor(
            account_id=None,
            kind="system",
            name=full_name(random),
            role=role,
            title=f"{TITLES[role]} – {agency.short_name}"[:160],
            unit_id=unit_id,
            agency_id=unit_id,
        )
        for role in WORKERS
    }


TITLES = {
    Role.CLERK: "Công chức một cửa",
    Role.OFFICER: "Chuyên viên",
    Role.HEAD: "Trưởng phòng",
    Role.LEADER: "Lãnh đạo",
    Role.REGISTRY: "Văn thư",
    Role.CASHIER: "Thủ quỹ",
}
