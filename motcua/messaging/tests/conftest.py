"""People to tell: an officer in a post, a citizen, and another of each."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from motcua.ledger.acts import Event, act
from motcua.people.models import Person
from motcua.people.tests.conftest import NINE, SYSTEM, Province, province
from motcua.rules.actor import Actor, Role

__all__ = ["officer", "province", "world"]


@dataclass(frozen=True)
class World:
    """Ids to address notices to."""

    department: int
    other_department: int
    citizen: int


@pytest.fixture
def world(province: Province) -> World:
    with act(Event("world.raised", "world"), actor=SYSTEM, at=NINE) as a:
        citizen = Person.objects.create(name="Nguyễn Thị Lam", folded_name="nguyen thi lam")
        a.about("world", a.id, {})
    return World(province.units["so-a-phong"], province.units["so-b-phong"], citizen.id)


@pytest.fixture
def officer(world: World, province: Province) -> Actor:
    return province.actor(Role.OFFICER, "so-a-phong")
