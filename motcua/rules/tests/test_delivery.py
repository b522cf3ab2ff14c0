"""A message leaves at most once: what each answer of a carrier makes of it, and of the carrier."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.delivery import (
    ALARM,
    GIVE_UP,
    LAST_REPORT,
    Answer,
    Health,
    Outcome,
    Standing,
    State,
    answered,
    health_after,
    lost,
    pause,
    reported,
    stops,
)

NOON = datetime(2022, 11, 21, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BOTH = ("sms", "sms_second")


def claimed(**changes) -> Standing:
    values = {"state": State.CLAIMED, "first_at": NOON, "attempts": 1, "carrier": "sms"}
    return Standing(**(values | changes))


def after(outcome: Outcome, *, asks: bool = True, carriers=BOTH, at=NOON, **was) -> Standing:
    return answered(claimed(**was), Answer(outcome), at=at, carriers=carriers, asks=asks)


@pytest.mark.parametrize(
    ("outcome", "asks", "state", "next_at"),
    [
        (Outcome.ACCEPTED, True, State.SENT, NOON + MINUTE),
        (Outcome.ACCEPTED, False, State.SENT, None),
        (Outcome.DELIVERED, True, State.DELIVERED, None),
        (Outcome.REFUSED, True, State.REFUSED, None),
        (Outcome.UNREACHED, True, State.QUEUED, NOON),
        (Outcome.FAULT, True, State.QUEUED, NOON),
        (Outcome.DEFERRED, True, State.QUEUED, NOON + 2 * MINUTE),
        (Outcome.UNCERTAIN, True, State.UNCERTAIN, NOON + MINUTE),
        (Outcome.UNCERTAIN, False, State.UNKNOWN, None),
        (Outcome.FAILED, True, State.QUEUED, NOON),
    ],
)
def test_what_an_answer_makes_of_a_message(outcome, asks, state, next_at):
    now = after(outcome, asks=asks)
    assert (now.state, now.next_at) == (state, next_at)


@given(st.sampled_from(Outcome), st.booleans())
def test_only_what_was_surely_not_taken_is_sent_again(outcome, asks):
    sure = {Outcome.UNREACHED, Outcome.FAULT, Outcome.DEFERRED, Outcome.FAILED, Outcome.NOT_HELD}
    assert (after(outcome, asks=asks).state is State.QUEUED) == (outcome in sure)


def test_what_a_carrier_took_and_failed_goes_to_another_and_never_to_the_same():
    moved = after(Outcome.FAILED)
    assert (moved.state, moved.tried) == (State.QUEUED, ("sms",))
    assert after(Outcome.FAILED, carriers=("sms",)).state is State.GIVEN_UP
    assert after(Outcome.FAILED, carrier="sms_second", tried=("sms",)).state is State.GIVEN_UP


def test_a_message_that_was_tried_for_three_days_is_given_up_and_no_sooner():
    assert after(Outcome.UNREACHED, at=NOON + GIVE_UP).state is State.QUEUED
    assert after(Outcome.UNREACHED, at=NOON + GIVE_UP + MINUTE).state is State.GIVEN_UP
    waiting = claimed(state=State.QUEUED)
    assert lost(waiting, at=NOON + GIVE_UP + MINUTE, asks=True).state is State.GIVEN_UP


def test_the_message_of_a_dead_worker_is_asked_of_at_once_or_unknown():
    asked = lost(claimed(), at=NOON, asks=True)
    assert (asked.state, asked.next_at) == (State.UNCERTAIN, NOON)
    assert lost(claimed(), at=NOON, asks=False).state is State.UNKNOWN


def about(answer: Outcome | None, state: State, at=NOON) -> Standing:
    said = Answer(answer) if answer else None
    return reported(claimed(state=state), said, at=at, carriers=BOTH)


def test_what_is_not_sure_is_sent_again_only_where_the_carrier_does_not_hold_it():
    assert about(Outcome.NOT_HELD, State.UNCERTAIN).state is State.QUEUED
    assert about(Outcome.ACCEPTED, State.UNCERTAIN).state is State.SENT
    assert about(Outcome.DELIVERED, State.UNCERTAIN).state is State.DELIVERED
    assert about(Outcome.NOT_HELD, State.SENT).state is State.SENT
    assert about(None, State.UNCERTAIN) == claimed(state=State.UNCERTAIN, next_at=NOON + MINUTE)


def test_carriers_are_asked_less_and_less_often_and_after_two_days_no_more():
    at, asked = NOON, 0
    now = claimed(state=State.SENT)
    while now.next_at is not None or not asked:
        now, asked = reported(now, Answer(Outcome.ACCEPTED), at=at, carriers=BOTH), asked + 1
        at = now.next_at or at
    assert asked < 25
    assert now.state is State.SENT
    late = NOON + LAST_REPORT
    assert about(None, State.UNCERTAIN, late).state is State.UNKNOWN
    assert about(None, State.SENT, late).next_at is None


def ill(outcome: Outcome, was: Health | None = None) -> Health:
    return health_after(was or Health(), [Answer(outcome, said="lỗi")], at=NOON)


def test_a_carrier_rests_longer_with_each_failure_and_is_well_after_one_answer_of_substance():
    first = ill(Outcome.UNREACHED)
    assert (first.rests_until, first.alarming) == (NOON + MINUTE, False)
    second = ill(Outcome.UNREACHED, first)
    assert second.rests_until == NOON + 2 * MINUTE
    assert ill(Outcome.REFUSED, second) == Health()
    assert health_after(second, [Answer(Outcome.UNREACHED), Answer(Outcome.ACCEPTED)], at=NOON).well


def test_who_can_mend_it_is_told_when_we_are_turned_away_or_it_does_not_pass():
    assert ill(Outcome.FAULT).alarming
    now = Health()
    for _ in range(ALARM):
        assert not now.alarming
        now = ill(Outcome.UNREACHED, now)
    assert now.alarming


def test_the_rest_of_a_claim_is_not_tried_where_nothing_gets_through():
    gone = Outcome.UNREACHED
    assert not stops([gone, gone])
    assert stops([gone, gone, Outcome.UNCERTAIN])
    assert not stops([Outcome.ACCEPTED, gone, gone, gone])
    assert stops([Outcome.ACCEPTED, Outcome.FAULT])


def test_pauses_double_up_to_half_an_hour():
    assert [pause(n) // MINUTE for n in range(7)] == [1, 2, 4, 8, 16, 30, 30]
