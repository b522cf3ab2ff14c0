"""A decree that makes dossiers late, and one that takes it back, leave the books proven."""

from __future__ import annotations

from datetime import date

import pytest

from motcua.dossiers.tests.conftest import later, raise_world
from motcua.dossiers.tests.test_resettle import WORKER, declare, off, resettle
from motcua.rules.worktime import DayKind
from motcua.statistics import operations

pytestmark = pytest.mark.alone
SATURDAY = date(2022, 11, 26)


@pytest.fixture
def world(db):
    return raise_world()


def test_the_books_are_proven_after_each_decree(world):
    for n in range(4):
        world.accepted(later(n))
    declare(off(SATURDAY, DayKind.MAKEUP_WORK))
    resettle(later(7))
    declare(withdrawn=[SATURDAY])
    resettle(later(8))
    for days in (7, 8, 9):
        on = later(days).date()
        assert operations.prove(on=on, actor=WORKER, at=later(9)).differences == []
