from datetime import date

import pytest

from motcua.dossiers.tests.conftest import later
from motcua.rules.actor import ANONYMOUS, CAPABILITIES, Actor, May, Role, Scope
from motcua.rules.refusal import Refusal
from motcua.statistics import queries
from motcua.statistics.books import Window
from motcua.statistics.queries import Filters

NOVEMBER = Window(date(2022, 11, 1), date(2022, 11, 30))
FIGURES = sorted(r for r in Role if May.SEE_FIGURES in CAPABILITIES[r])
OTHERS = sorted(r for r in Role if May.SEE_FIGURES not in CAPABILITIES[r])


@pytest.fixture
def two_agencies(world):
    """Two dossiers of one department, one of the other (made so in the record, as nothing offers it)."""
    from motcua.catalogue.models import Offering
    from motcua.dossiers import operations
    from motcua.dossiers.tests.conftest import EVER, NINE
    from motcua.ledger.acts import Event, act
    from motcua.organisations.models import UnitCode
    from motcua.rules.actor import system

    with act(Event("world.widened", "world"), actor=system("kiểm thử"), at=NINE) as a:
        first = Offering.objects.get()
        Offering.objects.create(
            procedure=first.procedure, unit_id=world.other_department, received_at_id=world.desk,
            process=first.process, decision=first.decision, valid=EVER,
        )  # fmt: skip
        UnitCode.objects.create(
            unit_id=world.other_department, scheme="qcvn102", code="000.00.07.H41", valid=EVER
        )
        a.about("world", 2, {})
    from motcua.organisations import queries as organisations

    organisations.forget()
    clerk = system("kiểm thử")
    for unit in (world.department, world.department, world.other_department):
        operations.accept(intake=world.intake(unit_id=unit), actor=clerk, at=later())
    return world


@pytest.mark.parametrize("role", FIGURES)
def test_who_may_see_figures_sees_the_province_but_only_rows_of_the_own_scope(two_agencies, role):
    actor = two_agencies.actor(role)
    assert queries.figure("received", NOVEMBER, actor) == 3
    hidden = 0 if actor.sees.received_by else 1  # the desk received all of them
    opened = queries.drill("received", NOVEMBER, actor)
    assert (opened.number, len(opened.rows), opened.visible) == (3, 3 - hidden, 3 - hidden)
    assert opened.hidden == hidden
    other = queries.drill(
        "received", NOVEMBER, actor, Filters(unit_id=two_agencies.other_department)
    )
    assert (other.number, len(other.rows), other.hidden) == (1, 1 - hidden, hidden)


@pytest.mark.parametrize("role", OTHERS)
def test_other_officers_see_the_figures_of_the_own_agency_only(two_agencies, role):
    actor = two_agencies.actor(role)
    overview = queries.overview(NOVEMBER, actor)
    assert overview.own_only
    assert [line.key for line in overview.lines()] == [two_agencies.department]
    assert overview.total["received"] == 2
    assert queries.overview(NOVEMBER, actor, by="domain").total["received"] == 2
    assert queries.drill("received", NOVEMBER, actor).number == 2
    for ask in (queries.figure, queries.drill):
        with pytest.raises(Refusal) as refused:
            ask("received", NOVEMBER, actor, Filters(unit_id=two_agencies.other_department))
        assert refused.value.code == "figures.not_your_unit"


@pytest.mark.parametrize(
    "actor",
    [
        ANONYMOUS,
        Actor(account_id=1, kind="citizen", name="Lam", sees=Scope(person_id=1)),
        Actor(account_id=1, kind="officer", name="Không giữ vị trí nào"),
    ],
    ids=["anonymous", "citizen", "officer without a post"],
)
def test_nobody_else_sees_figures(two_agencies, actor):
    for ask in (
        lambda: queries.overview(NOVEMBER, actor),
        lambda: queries.figure("received", NOVEMBER, actor),
        lambda: queries.drill("received", NOVEMBER, actor),
    ):
        with pytest.raises(Refusal) as refused:
            ask()
        assert refused.value.code == "figures.may_not"
