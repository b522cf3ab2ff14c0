"""The one cast: everybody has an account, a post, and sees what his post sees."""

from datetime import UTC, datetime

import pytest

from motcua.organisations import queries as organisations
from motcua.people import queries
from motcua.people.models import Account, PostHeld
from motcua.rules.actor import Role, system
from motcua.run import cast
from motcua.run.example.organisations import CENTRE_DESK, raise_units

FOUNDED = datetime(2022, 1, 1, 1, 0, tzinfo=UTC)
NINE = datetime(2022, 11, 21, 2, 0, tzinfo=UTC)
SYSTEM = system("kiểm thử")


@pytest.fixture
def accounts(db):
    raise_units(SYSTEM, FOUNDED)
    yield cast.raise_cast(SYSTEM, FOUNDED)
    organisations.forget()


def test_every_role_is_played_and_everybody_can_sign_in(accounts):
    actors = {name: queries.actor_of(account, None, NINE) for name, account in accounts.items()}
    assert {actor.role for actor in actors.values()} == {*Role, None}
    assert actors["cong-dan"].is_citizen and actors["ke-toan"].name == "Doanh nghiệp"
    assert all(a.check_password(cast.PASSWORD) for a in Account.objects.all())

    clerk = actors["mot-cua"]
    desk = organisations.unit_by_key(CENTRE_DESK).id
    department = organisations.unit_by_key(cast.DEPARTMENT).id
    assert clerk.sees.received_by == {desk} and clerk.sees.accountable == {department}
    assert desk in actors["giam-doc"].sees.received_by
    assert actors["thanh-tra"].sees.everything and actors["quan-tri"].sees.empty

    both = queries.acting(accounts["can-bo-phuong"], None, NINE)
    assert {seat.role for seat in both.seats} == {Role.CLERK, Role.OFFICER}

    held = PostHeld.objects.count()
    assert cast.raise_cast(SYSTEM, NINE) == accounts
    assert (Account.objects.count(), PostHeld.objects.count()) == (len(accounts), held)
