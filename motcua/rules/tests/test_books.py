from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.books import NOWHERE, Account, Channel, Position, Posting, balance, moves, running

D = date(2022, 11, 21)
DOSSIER = UUID(int=1)


def days(n):
    return D + timedelta(days=n)


def post(steps):
    """Postings of a dossier that takes these (day, position) steps in order."""
    postings, before = [], NOWHERE
    for on, after in steps:
        postings += [
            Posting(DOSSIER, f, t, eff, 1, 1, Channel.COUNTER)
            for f, t, eff in moves(before, after, on)
        ]
        before = after
    return postings


def stands(postings, on):
    found = {a: n for a, n in balance(postings, on).items() if a is not Account.OUTSIDE}
    assert all(n == 1 for n in found.values())
    assert len(found) <= 1
    return next(iter(found), Account.OUTSIDE)


def test_a_running_dossier_is_late_from_the_day_after_its_date():
    postings = post([(D, running(days(3)))])
    assert stands(postings, days(3)) is Account.OPEN_IN_TIME
    assert stands(postings, days(4)) is Account.OPEN_LATE


def test_done_on_its_date_reverses_the_lateness_ahead():
    postings = post([(D, running(days(3))), (days(3), Position(Account.DONE_ON_TIME))])
    assert stands(postings, days(30)) is Account.DONE_ON_TIME


def test_what_was_late_stays_late_in_the_past_when_the_date_moves():
    postings = post([(D, running(days(1))), (days(3), running(days(9)))])
    assert stands(postings, days(2)) is Account.OPEN_LATE
    assert stands(postings, days(3)) is Account.OPEN_IN_TIME
    assert stands(postings, days(10)) is Account.OPEN_LATE


def test_no_due_date_is_never_late():
    assert stands(post([(D, running(None))]), days(5000)) is Account.OPEN_IN_TIME


def test_nothing_changes_when_nothing_changed():
    assert moves(running(days(3)), running(days(3)), days(1)) == []


positions = st.one_of(
    st.integers(-5, 40).map(lambda n: running(days(n))),
    st.sampled_from([a for a in Account if a not in (Account.OUTSIDE, Account.OPEN_LATE)]).map(
        Position
    ),
)


@given(
    st.lists(st.tuples(st.integers(0, 5), positions), min_size=1, max_size=8), st.integers(0, 60)
)
def test_on_every_day_a_dossier_stands_in_one_account_as_its_last_step_says(steps, look):
    day, dated = 0, []
    for gap, position in steps:
        day += gap
        dated.append((days(day), position))
    so_far = [p for on, p in dated if on <= days(look)]
    expected = so_far[-1].on(days(look)) if so_far else Account.OUTSIDE
    assert stands(post(dated), days(look)) is expected


@pytest.mark.parametrize("n", [0, 1, 7])
def test_the_books_always_sum_to_nothing(n):
    postings = post([(D, running(days(2))), (days(n), Position(Account.WITHDRAWN))])
    assert sum(balance(postings, days(99)).values()) == 0
