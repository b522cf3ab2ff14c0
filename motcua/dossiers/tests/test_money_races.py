"""Cashiers at once, real commits: a charge is paid once, a book has no gap; the controls show why."""

import psycopg
import pytest

from motcua.dossiers import charging, operations
from motcua.dossiers.models import Charge, Receipt
from motcua.dossiers.operations import money
from motcua.dossiers.tests.conftest import later, raise_world
from motcua.dossiers.tests.test_money import charged, paid
from motcua.dossiers.tests.test_races import together, without_the_lock
from motcua.rules.actor import Role
from motcua.rules.refusal import Refusal


@pytest.fixture(scope="module")
def world(modules_database):
    return raise_world()


@pytest.fixture(autouse=True)
def numbers(world):
    """The numbers given since the test began, counted from 1."""
    before = Receipt.objects.count()

    def since():
        given = Receipt.objects.order_by("number").values_list("number", flat=True)[before:]
        return [number - before for number in given]

    return since


def test_of_two_cashiers_on_one_charge_one_takes_the_money_and_the_other_is_told(world, numbers):
    for n in range(1, 4):
        dossier = world.accepted().id
        charge = charged(world, dossier)
        results = together(*[lambda d=dossier, c=charge: paid(world, d, c)] * 2)
        (refusal,) = [r for r in results if isinstance(r, Refusal)]
        assert refusal.code == "dossier.charge_not_open"
        assert numbers() == list(range(1, n + 1))


def test_without_the_lock_only_the_database_keeps_the_charge_from_being_paid_twice(
    world, numbers, monkeypatch
):
    dossier = world.accepted().id
    charge = charged(world, dossier)
    without_the_lock(monkeypatch)
    results = together(*[lambda: paid(world, dossier, charge)] * 2)
    (loser,) = [r for r in results if not isinstance(r, str)]
    assert isinstance(loser, psycopg.errors.UniqueViolation)
    assert numbers() == [1]


def twelve(world):
    return [(d, charged(world, d)) for d in (world.accepted().id for _ in range(12))]


def half_are_refused(world):
    """Twelve payments at once; every second is refused after its number was taken."""
    own = money.deciding.take
    count = iter(range(12))

    def take(*args):
        changes = own(*args)
        if next(count) % 2:
            raise Refusal("dossier.stale")
        return changes

    return take


def test_the_book_has_no_gap_when_payments_at_once_are_refused_half_way(
    world, numbers, monkeypatch
):
    asked = twelve(world)
    monkeypatch.setattr(money.deciding, "take", half_are_refused(world))
    together(*[lambda d=d, c=c: paid(world, d, c) for d, c in asked])
    assert numbers() == list(range(1, 7))
    assert Charge.objects.filter(paid_at=None, id__in=[c.id for _, c in asked]).count() == 6


def test_a_count_waits_for_cash_that_is_being_taken(world):
    asked = twelve(world)[:6]
    cashier = world.actor(Role.CASHIER)
    on = later(1).date()
    count = {"unit_id": world.desk, "on": on, "note": "đếm giữa lúc thu", "actor": cashier}
    results = together(
        *[lambda d=d, c=c: paid(world, d, c) for d, c in asked],
        lambda: operations.count_drawer(counted=0, at=later(1), **count),
    )
    assert all(not isinstance(r, BaseException) for r in results)
    expected = charging.drawer(world.desk, on, None).amount
    assert operations.count_drawer(counted=expected, at=later(1), **count) == 0


def test_numbers_that_a_refusal_does_not_give_back_leave_gaps(world, numbers, monkeypatch):
    asked = twelve(world)[:4]
    count = iter(range(1_001, 1_100))
    monkeypatch.setattr(money, "next_number", lambda series, on: next(count))
    monkeypatch.setattr(money.deciding, "take", half_are_refused(world))
    together(*[lambda d=d, c=c: paid(world, d, c) for d, c in asked])
    assert numbers() != list(range(1, len(numbers()) + 1))
