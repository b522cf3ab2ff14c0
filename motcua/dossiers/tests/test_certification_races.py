"""Two sessions at one book, real commits: numbers without a gap; the controls show what holds them so."""

import threading

import pytest
from psycopg.errors import UniqueViolation

from motcua.dossiers import operations
from motcua.dossiers.models import Certification
from motcua.dossiers.operations import certification
from motcua.dossiers.tests.certifying import DEGREE, raise_certifying, seated
from motcua.dossiers.tests.conftest import later
from motcua.dossiers.tests.test_races import together
from motcua.ledger import sql, verify
from motcua.rules.actor import Role

A_DAY = 120
"""More than a busy counter enters in a day."""


@pytest.fixture
def world(own_database):
    return raise_certifying()


@pytest.fixture
def chairman(world):
    return seated(world.department, Role.LEADER, "trần văn ký")


def entering(world, signer, many, start):
    """Somebody who enters so many papers one after another; gives the numbers they got."""

    def enter():
        return [
            operations.certify_at_once(
                intake=world.intake(papers=()), lines=(DEGREE,), signer_id=signer,
                receipt_number="", actor=world.clerk, at=later(hours=(start + n) / 60),
            ).numbers
            for n in range(many)
        ]  # fmt: skip

    return enter


def test_a_day_of_two_counters_makes_numbers_without_a_gap(world, chairman):
    half = A_DAY // 2
    first, second = together(
        entering(world, chairman, half, 0), entering(world, chairman, half, 0.5)
    )
    numbers = [n for (n,) in (*first, *second)]
    assert sorted(numbers) == list(range(1, A_DAY + 1))
    kept = Certification.objects.order_by("number").values_list("number", flat=True)
    assert list(kept) == list(range(1, A_DAY + 1))
    assert list(verify.breaks()) == []


def test_without_the_lock_of_the_counter_two_would_take_one_number(world, chairman, monkeypatch):
    entering(world, chairman, 1, 0)()
    both_have_read = threading.Barrier(2, timeout=20)

    def read_only(series, on, many):
        last = sql.fetch("SELECT coalesce(max(number), 0) AS last FROM dossiers_certification")
        both_have_read.wait()
        return range(last[0]["last"] + 1, last[0]["last"] + 1 + many)

    monkeypatch.setattr(certification, "next_numbers", read_only)
    results = together(entering(world, chairman, 1, 1), entering(world, chairman, 1, 2))
    assert [r for r in results if isinstance(r, list)] == [[(2,)]]
    assert sum(isinstance(r, UniqueViolation) for r in results) == 1
    assert Certification.objects.count() == 2


def test_a_book_is_not_locked_under_the_hands_of_who_writes_in_it(world, chairman):
    operations.certify_at_once(
        intake=world.intake(papers=()), lines=(DEGREE,), signer_id=chairman, receipt_number="",
        actor=world.clerk, at=later(),
    )  # fmt: skip
    book = Certification.objects.get().book

    def lock():
        return operations.lock_book(book_id=book.id, actor=world.leader, at=later(60))

    entered, last = together(entering(world, chairman, 5, 1), lock)
    book.refresh_from_db()
    kept = Certification.objects.count()
    if isinstance(entered, Exception):
        assert getattr(entered, "code", "") == "certification.book_locked"
    assert (book.last_number, book.entries) == (last, last)
    assert kept == last
