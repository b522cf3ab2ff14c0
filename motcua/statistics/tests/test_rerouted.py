"""A dossier that is re-routed before anybody took it in leaves the books proven, and stands in them once."""

from __future__ import annotations

from datetime import date

import pytest

from motcua.dossiers import operations as dossiers
from motcua.dossiers.tests.test_triage import SYSTEM, at, elsewhere, filed  # noqa: F401
from motcua.statistics import operations
from motcua.statistics.books import Part, Window, totals

pytestmark = pytest.mark.alone
MONDAY = date(2022, 11, 21)


def test_the_books_are_proven_and_only_the_agency_that_has_it_counts_it(
    world, elsewhere  # noqa: F811
):  # fmt: skip
    dossier = filed(world)
    dossiers.reroute(
        dossier_id=dossier, to=world.other_department, procedure_id=elsewhere, reason="Nhầm",
        actor=world.clerk, at=at("2022-11-21 11:00"),
    )  # fmt: skip
    assert operations.prove(on=MONDAY, actor=SYSTEM, at=at("2022-11-22 08:00")).differences == []
    found = totals(Window(MONDAY, MONDAY), Part(), by="unit_id")
    assert {unit: figures for unit, figures in found.items() if figures} == {
        world.other_department: {"submitted": 1}
    }
