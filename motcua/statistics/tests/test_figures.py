import itertools
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import later
from motcua.ledger import sql
from motcua.ledger.models import Posting
from motcua.ledger.paging import Cursor
from motcua.rules.actor import Actor, Role, Scope
from motcua.rules.books import DONE, Account, Channel
from motcua.rules.refusal import Refusal
from motcua.statistics import books, measures, operations, queries
from motcua.statistics.books import Part, Window
from motcua.statistics.measures import ENTERING, LEAVING, MEASURES, Span
from motcua.statistics.queries import Filters
from motcua.statistics.tests.conftest import BEGIN, attempt_act, begin, live, lives, undone

FEW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
windows = st.tuples(st.integers(-5, 30), st.integers(0, 40)).map(
    lambda w: Window(BEGIN + timedelta(days=w[0]), BEGIN + timedelta(days=w[0] + w[1]))
)
HANDED_TO_AND_FRO = ("accept", 0, [(1, "transfer"), (1, "transfer"), (1, "transfer")])
NOVEMBER = Window(date(2022, 11, 1), date(2022, 11, 30))


def naive(window, rows):
    """Every measure, counted posting by posting in Python."""
    found: Counter[str] = Counter()
    for m in MEASURES.values():
        since, until = window.days(m.span)
        for p in rows:
            if m.channel not in (None, p.channel) or m.without == p.channel:
                continue
            if p.effective_on > until or (since and p.effective_on < since):
                continue
            found[m.key] += p.from_account in m.source and p.to_account in m.target
            found[m.key] -= p.from_account in m.target and p.to_account in m.source
    return {key: n for key, n in found.items() if n}


@FEW
@given(lives, windows)
def test_figures_are_the_naive_count_of_the_postings_by_unit_and_by_procedure(
    world, all_lives, window
):
    with undone():
        live(world, all_lives)
        expected = naive(window, list(Posting.objects.all()))
        assert books.totals(window, Part()).get(0, {}) == expected
        for by in ("unit_id", "procedure_id"):
            split = books.totals(window, Part(), by)
            assert queries.summed(split.values()) == expected


@FEW
@given(lives, windows)
def test_what_came_in_is_what_went_out_and_what_is_left(world, all_lives, window):
    with undone():
        live(world, all_lives)
        by_unit = books.totals(window, Part(), "unit_id")
        for of_unit in map(Counter, by_unit.values()):
            assert sum(of_unit[k] for k in ENTERING) == sum(of_unit[k] for k in LEAVING)
        found = Counter(books.totals(window, Part()).get(0, {}))
        assert found == Counter(queries.summed(by_unit.values()))
        assert sum(found[k] for k in ENTERING) == sum(found[k] for k in LEAVING)
        assert found["transferred-in"] == found["transferred-out"]
        parts = ("open-in-time", "open-late", "waiting-supplement", "waiting-money", "stopped")
        assert found["in-hand"] == sum(found[k] for k in parts)
        assert found["done"] == found["done-early"] + found["done-on-time"] + found["done-late"]


@FEW
@given(lives, windows, st.sampled_from(sorted(MEASURES)), st.booleans(), st.booleans())
@example([("accept", 0, [(0, "transfer")])], Window(BEGIN, BEGIN), "received", False, False)
@example([HANDED_TO_AND_FRO], Window(BEGIN, BEGIN), "transferred-in", True, False)
@example([HANDED_TO_AND_FRO], Window(BEGIN, BEGIN), "transferred-out", False, True)
def test_every_number_opens_into_as_many_dossiers(world, all_lives, window, key, many, recent):
    """By each of the ways a list is found."""
    with undone(), pytest.MonkeyPatch.context() as patched:
        patched.setattr(queries, "MANY", -1 if many else 10**9)
        patched.setattr(queries, "_recent", lambda on: recent)
        live(world, all_lives)
        for filters in (
            Filters(),
            Filters(unit_id=world.department),
            Filters(channel=Channel.ONLINE),
        ):
            opened = queries.drill(key, window, INSPECTOR, filters)
            assert opened.number == queries.figure(key, window, INSPECTOR, filters)
            assert (len(opened.rows), opened.hidden) == (opened.number, 0)


INSPECTOR = Actor(
    account_id=None, kind="officer", name="Thanh tra", role=Role.INSPECTOR,
    may=frozenset({"see_figures"}), sees=Scope(everything=True),
)  # fmt: skip


def test_an_accepted_dossier_is_received_and_in_hand(world):
    world.accepted()
    overview = queries.overview(NOVEMBER, INSPECTOR)
    [group] = overview.groups
    [line] = group.lines
    assert (group.title, line.key) == ("Sở, ban, ngành cấp tỉnh", world.department)
    assert (line["received"], line["in-hand"], line["open-late"]) == (1, 1, 1)
    assert overview.total == group.total


def test_lateness_shows_from_the_day_after_the_due_date(world):
    world.accepted()
    on_due = Window(date(2022, 11, 1), date(2022, 11, 28))
    assert queries.figure("open-late", on_due, INSPECTOR) == 0
    assert queries.figure("open-in-time", on_due, INSPECTOR) == 1
    day_after = Window(date(2022, 11, 1), date(2022, 11, 29))
    assert queries.figure("open-late", day_after, INSPECTOR) == 1


def test_asked_to_supplement_before_acceptance_is_not_yet_received(world):
    from motcua.dossiers import operations as acts

    dossier_id = begin(world, "submit", later())
    acts.request_supplement(
        dossier_id=dossier_id, missing=["Bản vẽ"], reason="Thiếu", actor=world.clerk, at=later(1)
    )
    found = books.totals(NOVEMBER, Part())[0]
    assert found == {"submitted": 1}


def test_by_domain_the_same_dossiers_stand_under_their_field(world):
    world.accepted()
    overview = queries.overview(NOVEMBER, INSPECTOR, by="domain")
    [line] = overview.lines()
    assert (line.name, line["received"]) == ("Xây dựng", 1)
    assert overview.total == queries.overview(NOVEMBER, INSPECTOR).total
    only = Filters(domain_id=line.key)
    assert queries.figure("received", NOVEMBER, INSPECTOR, only) == 1
    assert queries.figure("received", NOVEMBER, INSPECTOR, Filters(domain_id=line.key + 1)) == 0
    assert len(queries.drill("received", NOVEMBER, INSPECTOR, only).rows) == 1


def test_more_dossiers_and_units_take_no_more_statements(world):
    def statements():
        with sql.counted() as sent:
            queries.overview(NOVEMBER, INSPECTOR)
            queries.overview(NOVEMBER, INSPECTOR, by="domain")
            queries.drill("received", NOVEMBER, INSPECTOR)
        return len(sent)

    world.accepted()
    statements()
    few = statements()
    for n in range(5):
        world.accepted(at=later(hours=n))
    assert statements() == few <= 6


def test_a_list_goes_on_where_the_page_before_ended(world):
    for n in range(5):
        world.accepted(at=later(hours=n / 10))
    first = queries.drill("received", NOVEMBER, INSPECTOR, size=3)
    second = queries.drill("received", NOVEMBER, INSPECTOR, size=3, after=first.next)
    assert (len(first.rows), len(second.rows), second.next) == (3, 2, None)
    assert len({r["id"] for r in (*first.rows, *second.rows)}) == 5


def test_a_dossier_is_received_once_and_every_transfer_counts(world):
    with undone():
        live(world, [HANDED_TO_AND_FRO])
        counted = {
            "received": {world.department: 1},
            "transferred-in": {world.department: 1, world.other_department: 2},
            "transferred-out": {world.department: 2, world.other_department: 1},
            "in-hand": {world.other_department: 1},
        }
        for key, by_unit in counted.items():
            for unit in (world.department, world.other_department):
                filters = Filters(unit_id=unit)
                opened = queries.drill(key, NOVEMBER, INSPECTOR, filters)
                assert opened.number == len(opened.rows) == by_unit.get(unit, 0)
            assert queries.figure(key, NOVEMBER, INSPECTOR) == sum(by_unit.values())


def test_a_list_of_moves_has_each_with_its_day_and_agency_latest_first_by_pages(world):
    first = world.accepted()
    days = [date(2022, 11, 22), date(2022, 11, 23), date(2022, 11, 24)]
    agencies = [world.department, world.other_department]
    for n in range(3):
        attempt_act(first.id, "transfer", later(n + 1))
    seen, after = [], None
    for _ in days:
        page = queries.drill("transferred-out", NOVEMBER, INSPECTOR, size=1, after=after)
        [row] = page.rows
        seen.append((row["id"], row["moved_on"], row["moved_in"]))
        after = Cursor.parse(str(page.next)) if page.next else None
    assert after is None
    left = [agencies[0], agencies[1], agencies[0]]
    assert seen == [(first.id, d, a) for d, a in zip(days[::-1], left, strict=True)]


def test_moves_of_dossiers_outside_the_scope_are_counted_not_shown(world):
    with undone():
        live(world, [HANDED_TO_AND_FRO, ("accept", 0, [(1, "transfer"), (1, "transfer")])])
        leader = replace(INSPECTOR, sees=Scope(accountable=frozenset({world.department})))
        opened = queries.drill("transferred-in", NOVEMBER, leader, size=1)
        assert (opened.number, opened.visible, opened.hidden) == (5, 2, 3)
        opened = queries.drill("transferred-in", NOVEMBER, leader)
        assert (len(opened.rows), opened.hidden) == (2, 3)


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        (date(2022, 11, 2), date(2022, 11, 1), "figures.window_backwards"),
        (date(2000, 1, 1), date(2022, 11, 1), "figures.window_too_long"),
    ],
)
def test_a_window_that_makes_no_sense_is_refused(since, until, code):
    with pytest.raises(Refusal) as refused:
        Window(since, until)
    assert refused.value.code == code


def test_an_unknown_measure_is_refused():
    with pytest.raises(Refusal) as refused:
        measures.measure("x")
    assert refused.value.code == "measure.unknown"


def test_training_dossiers_are_in_no_figure(world):
    from motcua.dossiers import operations as acts

    trainee = replace(world.clerk, training=True)
    acts.accept(intake=world.intake(), actor=trainee, at=later())
    assert Dossier.objects.count() == 1
    assert books.totals(NOVEMBER, Part()) == {0: {}} or books.totals(NOVEMBER, Part()) == {}


def test_every_account_is_reached_by_some_measure():
    reached = {a for m in MEASURES.values() for a in m.target}
    assert reached == set(Account) - {Account.OUTSIDE, Account.TRANSFERRED_IN}
    assert MEASURES["transferred-in"].source == {Account.TRANSFERRED_IN}
    assert {m.span for m in MEASURES.values()} == set(Span)


WAYS = [
    *itertools.product(measures.NOT_YET, measures.IN_HAND),
    *itertools.permutations(measures.IN_HAND, 2),
    *itertools.product(measures.IN_HAND, [*DONE, Account.WITHDRAWN, Account.TRANSFERRED_OUT]),
    *itertools.product([Account.TRANSFERRED_IN], [*measures.IN_HAND, Account.SUBMITTED]),
    (Account.SUBMITTED, Account.TRANSFERRED_OUT),
    (Account.SUBMITTED, Account.NOT_ACCEPTED),
    (Account.SUBMITTED, Account.WITHDRAWN),
]


@pytest.mark.parametrize(("source", "target"), WAYS)
def test_every_way_between_accounts_keeps_what_came_equal_to_what_went_and_is_left(source, target):
    row = Posting(
        from_account=source, to_account=target, effective_on=BEGIN, channel=Channel.COUNTER
    )
    found = Counter(naive(Window(BEGIN, BEGIN), [row]))
    assert sum(found[k] for k in ENTERING) == sum(found[k] for k in LEAVING)


def test_what_stands_in_a_balance_has_not_ended():
    """queries.drill relies on it: a dossier in such an account has an open status, or moved later."""
    standing = {a for m in MEASURES.values() if m.span is not Span.DURING for a in m.target}
    assert standing == {*measures.IN_HAND, Account.SUBMITTED}


def test_a_fold_within_a_running_transaction_takes_nothing_from_it(world):
    world.accepted()
    assert operations.fold() == 0
    assert queries.figure("received", NOVEMBER, INSPECTOR) == 1


def test_a_dossier_settled_again_is_taken_off_what_was_done_in_the_days_it_was_reopened(world):
    done = world.accepted()
    for act, days in (("go_on", 1), ("go_on", 2), ("reopen", 9)):
        attempt_act(done.id, act, later(days))
    first = Window(BEGIN, BEGIN + timedelta(days=6))
    second = Window(BEGIN + timedelta(days=7), BEGIN + timedelta(days=13))
    assert [queries.figure("done", window, INSPECTOR) for window in (first, second)] == [1, -1]
    assert [queries.figure("in-hand", window, INSPECTOR) for window in (first, second)] == [0, 1]
    assert queries.figure("open-late", second, INSPECTOR) == 1
