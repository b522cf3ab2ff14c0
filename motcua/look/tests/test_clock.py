"""The doors' clock: real, or the example's own today running forward."""

from datetime import datetime, timedelta

from motcua.look import clock
from motcua.look.formats import LOCAL

TODAY = datetime(2022, 11, 21, 9, 0, tzinfo=LOCAL)


def test_without_an_example_the_clock_is_the_real_one(settings):
    settings.EXAMPLE_TODAY = None
    assert abs(clock.door_now() - datetime.now(LOCAL)) < timedelta(seconds=5)


def test_with_an_example_it_runs_forward_from_the_examples_today(settings):
    settings.EXAMPLE_TODAY = TODAY
    settings.EXAMPLE_ANCHOR = datetime.now(LOCAL) - timedelta(hours=2, minutes=30)
    late = clock.door_now() - datetime(2022, 11, 21, 11, 30, tzinfo=LOCAL)
    assert timedelta(0) <= late < timedelta(seconds=5)


def test_without_an_anchor_it_starts_with_the_process(settings):
    settings.EXAMPLE_TODAY, settings.EXAMPLE_ANCHOR = TODAY, None
    first = clock.door_now()
    assert TODAY <= first <= clock.door_now()


def test_a_request_has_one_moment(rf):
    request = rf.get("/")
    clock.Clock(lambda r: r.now)(request)
    assert request.now.tzinfo is not None
