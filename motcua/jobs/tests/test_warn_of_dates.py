"""The duty that warns of dates, by the doors' clock: on every minute, after an outage, in two workers."""

from datetime import UTC, datetime

import pytest

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import raise_world
from motcua.dossiers.tests.test_races import together
from motcua.jobs import tasks
from motcua.ledger import verify
from motcua.messaging.models import Notice


@pytest.fixture
def clock(settings):
    """Sets the doors' clock, as if the worker looked at it then."""

    def at(text: str) -> None:
        settings.EXAMPLE_TODAY = datetime.fromisoformat(f"{text}+07:00")
        settings.EXAMPLE_ANCHOR = datetime.now(UTC)

    return at


def told(dossier_id) -> list[str]:
    kinds = Notice.objects.filter(subject_id=dossier_id, role="officer").order_by("at", "id")
    return list(kinds.values_list("kind", flat=True))


def work() -> None:
    """What a worker does in a minute."""
    tasks.warn_of_dates(0)
    tasks.drain_outbox(0)


@pytest.fixture
def here(own_database):
    return raise_world()


def test_a_dossier_is_warned_of_through_its_days_and_each_warning_reaches_the_desk_once(
    here, clock
):
    dossier = here.accepted().id  # Monday 21 November 2022, due on Monday 28 at 09:00
    seen = []
    for day in range(21, 31):
        for hour in ("07:29", "07:31", "12:00"):
            clock(f"2022-11-{day} {hour}")
            work()
        seen.append((day, told(dossier)))
    assert dict(seen)[24] == []
    assert dict(seen)[25] == dict(seen)[27] == ["warning.eve"]
    assert dict(seen)[28] == ["warning.eve", "warning.due"]
    assert dict(seen)[30] == ["warning.eve", "warning.due", "warning.late"]
    assert list(verify.breaks()) == []


def test_a_worker_that_was_away_for_three_days_tells_what_applies_and_nothing_of_what_was(
    here, clock
):
    dossier = here.accepted().id
    clock("2022-11-24 17:00")
    work()
    assert told(dossier) == []
    clock("2022-11-28 08:00")  # back on the day it is due; the eve went by unsaid
    work()
    work()
    assert told(dossier) == ["warning.due"]
    fresh = here.accepted(at=datetime(2022, 11, 28, 2, tzinfo=UTC)).id
    work()
    assert (told(dossier), told(fresh)) == (["warning.due"], [])
    assert Dossier.objects.get(id=fresh).warn_at is not None


def test_two_workers_in_one_minute_tell_each_desk_once(here, clock):
    ids = [here.accepted().id for _ in range(30)]
    clock("2022-11-28 08:00")
    results = together(work, work)
    assert not [r for r in results if isinstance(r, BaseException)]
    work()
    assert [told(one) for one in ids] == [["warning.due"]] * len(ids)
