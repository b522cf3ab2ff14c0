from datetime import timedelta
from decimal import Decimal

import pytest

from motcua.rules.deadline import Accepted, Limit, LimitUnit, Policy, SupplementReading, settle
from motcua.rules.tests.office import EIGHT_HOURS, at, walked
from motcua.rules.tests.vectors import HOURS_A_DAY, VECTORS

POLICY = Policy("thử", SupplementReading.RESTART)


@pytest.mark.parametrize(("received", "hours", "due"), VECTORS)
def test_a_limit_in_hours_ends_at_the_moment_worked_out_by_hand(received, hours, due):
    limit = Limit(Decimal(hours), LimitUnit.WORKING_HOUR)
    assert settle([Accepted(at(received), limit)], EIGHT_HOURS, POLICY).due_at == at(due)


@pytest.mark.parametrize(("received", "hours", "due"), VECTORS)
def test_the_same_limit_in_days_ends_at_the_same_moment(received, hours, due):
    limit = Limit(hours / HOURS_A_DAY, LimitUnit.WORKING_DAY)
    assert settle([Accepted(at(received), limit)], EIGHT_HOURS, POLICY).due_at == at(due)


@pytest.mark.parametrize(("received", "hours", "due"), VECTORS)
def test_walking_minute_by_minute_agrees(received, hours, due):
    assert walked(EIGHT_HOURS, at(received), hours * 60) == at(due)


def test_moments_come_back_in_local_time():
    limit = Limit(Decimal(1), LimitUnit.WORKING_DAY)
    due = settle([Accepted(at("2022-11-18 09:00"), limit)], EIGHT_HOURS, POLICY).due_at
    assert due and due.utcoffset() == timedelta(hours=7)
