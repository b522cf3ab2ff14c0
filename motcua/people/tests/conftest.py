"""A small province: two departments, a commune, the centre with its desk, and posts in them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from psycopg.types.range import DateRange

from motcua.ledger import sql
from motcua.ledger.acts import Event, act
from motcua.ledger.models import Entry
from motcua.organisations import queries as organisations
from motcua.organisations.models import Current, Post, Unit
from motcua.people import operations, queries
from motcua.rules.actor import Actor, Role, system

EVER = DateRange(date(2020, 1, 1), None)
NINE = datetime(2022, 11, 21, 2, 0, tzinfo=UTC)
"""Monday 2022-11-21 09:00 in Nghệ An."""
TODAY = date(2022, 11, 21)
SYSTEM = system("kiểm thử")
PASSWORD = "mat-khau-kiem-thu-1"
UNITS = (
    ("so-a", "department", None),
    ("so-a-phong", "division", "so-a"),
    ("so-b", "department", None),
    ("so-b-phong", "division", "so-b"),
    ("trung-tam", "centre", None),
    ("trung-tam-mot-cua", "desk", "trung-tam"),
    ("trung-tam-mot-cua-2", "desk", "trung-tam"),
    ("xa-x", "commune", None),
    ("xa-x-mot-cua", "desk", "xa-x"),
)


@dataclass
class Province:
    """Ids of units by key, and makers of posts and officers."""

    units: dict[str, int]

    def post(self, role: Role, unit: str, valid: DateRange = EVER) -> int:
        with act(Event("world.raised", "world"), actor=SYSTEM, at=NINE) as a:
            made = Post.objects.create(
                unit_id=self.units[unit], title=f"Vị trí {role}", role=role, valid=valid
            )
            a.about("world", a.id, {})
        return made.id

    def officer(self, username: str, name: str = "Trần Văn Đức") -> int:
        return operations.open_account(
            username=username, name=name, kind="officer", password=PASSWORD, actor=SYSTEM, at=NINE
        )

    def seat(self, account: int, role: Role, unit: str, home: str | None = None) -> int:
        """The account put into a new post; returns the id of the post held."""
        return operations.assign_post(
            account_id=account,
            post_id=self.post(role, unit),
            since=date(2022, 1, 1),
            home_unit_id=self.units[home] if home else None,
            actor=SYSTEM,
            at=NINE,
        )

    def actor(self, role: Role, unit: str, home: str | None = None) -> Actor:
        account = self.officer(f"{role}-{unit}-{uuid.uuid4().hex[:6]}")
        return queries.actor_of(account, self.seat(account, role, unit, home), NINE)

    def ids(self, *keys: str) -> frozenset[int]:
        return frozenset(self.units[key] for key in keys)


@pytest.fixture
def province(db):
    cache.clear()
    with act(Event("world.raised", "world"), actor=SYSTEM, at=NINE) as a:
        Current.objects.update_or_create(id=1, defaults={"directory": uuid.uuid4()})
        units: dict[str, int] = {}
        for key, kind, agency in UNITS:
            unit_id = sql.fetch(
                "SELECT nextval(pg_get_serial_sequence('organisations_unit', 'id')) AS id"
            )[0]["id"]
            units[key] = unit_id
            Unit(
                id=unit_id, key=key, kind=kind, name=f"Đơn vị {key}", short_name=key, sort_key=key,
                agency_id=units[agency or key], valid=EVER, source="kiểm thử",
            ).save(force_insert=True)  # fmt: skip
        a.about("world", a.id, {})
    organisations.forget()
    yield Province(units)
    organisations.forget()


@pytest.fixture
def admin(province):
    return province.actor(Role.ADMINISTRATOR, "so-b")


@pytest.fixture
def clerk(province):
    return province.actor(Role.CLERK, "trung-tam-mot-cua", home="so-a")


def entries(event: str) -> list[Entry]:
    """What the ledger says of an event, the subjects only."""
    return list(Entry.objects.filter(event=event).exclude(subject_kind="act").order_by("id"))
