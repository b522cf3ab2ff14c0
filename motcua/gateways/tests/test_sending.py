"""Messages leave at most once and are not lost: workers killed in the middle, two at once, carriers that go
away, turn away, take and fail. Over real lines to peers that count."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest

from motcua.gateways.peers import peer
from motcua.gateways.sms import Sms
from motcua.gateways.tests import mailing
from motcua.gateways.tests.mailing import (
    NOON,
    command,
    mail,
    plugged,
    queue,
    sms,
    states,
    until,
    worker,
)
from motcua.ledger import verify
from motcua.messaging import sender
from motcua.messaging.models import Delivery

CUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture(scope="module")
def provider():
    with peer("sms") as running:
        yield running


@pytest.fixture(scope="module")
def post():
    with mailing.mail_server() as running:
        yield running


@pytest.fixture(autouse=True)
def fresh(provider, post):
    provider.ask("reset", {})
    post.peer.ask("reset", {})


def counted(provider) -> tuple[int, int]:
    found = provider.ask("count")
    return found["taken"], found["different"]


def send(at=NOON) -> int:
    return sender.send_all(lambda: at)


def queued(provider, many: int) -> None:
    with plugged(sms=sms(provider)):
        queue(many, email="")


def slowly(provider) -> None:
    """From the tenth message on the provider takes one and does not answer for a minute."""
    provider.ask("set", {"slow_after": 10, "slow": 60, "once": False})


def test_a_worker_killed_between_sending_and_recording_doubles_nothing_and_loses_nothing(
    own_database, provider
):
    lines = {"MOTCUA_SMS_URL": provider.base, "MOTCUA_SMS_KEY": "khoa"}
    queued(provider, 60)
    slowly(provider)
    first = command(own_database, "2022-11-21T12:00:00", lines)
    until(lambda: counted(provider)[0] == 18)
    first.kill()
    first.wait()
    assert states()["claimed"] == 50
    provider.ask("set", {"slow_after": None})
    assert command(own_database, "2022-11-21T12:10:00", lines).wait(60) == 0
    assert counted(provider) == (60, 60)
    assert set(states()) <= {"sent", "delivered"}
    assert list(verify.breaks()) == []


def test_without_the_claim_the_same_kill_doubles(own_database, provider):
    queued(provider, 60)
    slowly(provider)
    first = worker(NOON, claims=False, sms=sms(provider))
    until(lambda: counted(provider)[0] == 18)
    first.kill()
    provider.ask("set", {"slow_after": None})
    again = worker(NOON + TEN_MINUTES, claims=False, sms=sms(provider))
    assert again.wait() == 0
    assert counted(provider) == (60 + 18, 60)


def test_letters_of_a_killed_worker_are_never_sent_again_and_said_to_be_unknown(own_database, post):
    with plugged(email=mail(post.smtp_port)):
        queue(50, phone="")
    post.peer.ask("set", {"slow_after": 25, "slow": 60})
    first = worker(NOON, email=mail(post.smtp_port))
    until(lambda: post.peer.ask("count")["taken"] >= 28)
    first.kill()
    post.peer.ask("set", {"slow_after": None})
    assert worker(NOON + TEN_MINUTES, email=mail(post.smtp_port)).wait() == 0
    seen = [letter["to"] for letter in post.peer.ask("seen")]
    assert len(seen) == len(set(seen))
    found = states()
    assert found == {"sent": 50 - found["unknown"], "unknown": found["unknown"]}
    assert 0 < found["unknown"] <= mail(0).at_once
    unsure = set(Delivery.objects.filter(state="unknown").values_list("address", flat=True))
    assert set(seen) | unsure == set(Delivery.objects.values_list("address", flat=True))


def test_a_database_that_is_gone_between_sending_and_recording_is_waited_for(
    own_database, provider
):
    class Cutting(Sms):
        """Cuts the sender's line to the database while it sends the first message."""

        threads = 1

        def send(self, letter):
            if not counted(provider)[0]:
                with psycopg.connect(own_database, autocommit=True) as other:
                    other.execute(CUT)
            return super().send(letter)

    queued(provider, 3)
    with plugged(sms=Cutting("sms", "tin nhắn", provider.base, "khoa", "NGHEAN")):
        sender.send_all(lambda: NOON)
    assert states() == {"sent": 3}
    assert counted(provider) == (3, 3)


def test_two_workers_at_once_send_each_message_once(own_database, provider):
    queued(provider, 300)
    both = [worker(NOON, sms=sms(provider)) for _ in range(2)]
    assert [one.wait() for one in both] == [0, 0]
    assert counted(provider) == (300, 300)
    assert states() == {"sent": 300}
