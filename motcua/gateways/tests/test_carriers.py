"""Carriers that are away, turn us away, take and then fail, or refuse a receiver; what each says of itself.
The clock is moved, the lines and the peers are real."""

from __future__ import annotations

import json
import uuid
from datetime import datetime, timedelta

import pytest

from motcua.gateways import plugs
from motcua.gateways.notices import plug
from motcua.gateways.peers import free_port, peer
from motcua.gateways.sms import Sms
from motcua.gateways.tests.mailing import (
    NOON,
    SAID,
    mail,
    mail_server,
    message,
    person,
    plugged,
    queue,
    sms,
    states,
)
from motcua.gateways.zalo import Zalo
from motcua.ledger import verify
from motcua.ledger.models import Entry
from motcua.messaging import operations, ports, sender
from motcua.messaging.models import CarrierHealth, Delivery
from motcua.messaging.ports import Letter
from motcua.rules.actor import system
from motcua.rules.delivery import Outcome

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def first():
    with peer("sms") as running:
        yield running


@pytest.fixture(scope="module")
def second():
    with peer("sms") as running:
        yield running


@pytest.fixture(scope="module")
def post():
    with mail_server() as running:
        yield running


@pytest.fixture(autouse=True)
def fresh(first, second, post, db):
    for one in (first, second, post.peer):
        one.ask("reset", {})


def send(at: datetime = NOON) -> int:
    return sender.send_all(lambda: at)


def taken(where) -> list[str]:
    return [one["to"] for one in where.ask("seen")]


def letter(to: str, **changes) -> Letter:
    return Letter(uuid.uuid4(), to, "Hồ sơ đã được tiếp nhận", "Hẹn trả sau.", **changes)


def test_a_provider_away_for_a_day_loses_nothing_and_doubles_nothing(first):
    with plugged(sms=sms(first)):
        queue(120, email="")
        first.ask("set", {"down": True})
        at, tries = NOON, 0
        while at < NOON + 24 * HOUR:
            tries += send(at)
            at += 20 * MINUTE
        assert (tries, states()) == (0, {"queued": 120})
        ill = CarrierHealth.objects.get()
        assert ill.failing_since == NOON
        assert ill.rests_until <= at + HOUR / 2
        attempts = sum(Delivery.objects.values_list("attempts", flat=True))
        first.ask("set", {"down": False})
        assert send(at + HOUR) == 120
    assert sorted(taken(first)) == sorted(Delivery.objects.values_list("address", flat=True))
    assert states() == {"sent": 120}
    assert attempts < 120 * 50
    assert CarrierHealth.objects.get().failing_since is None
    assert list(verify.breaks()) == []


def test_what_is_entered_days_later_is_still_sent_and_what_was_tried_for_three_days_is_not(first):
    with plugged(sms=sms(first)):
        queue(1, email="")
        assert send(NOON + 240 * HOUR) == 1
        queue(1, email="")
        first.ask("set", {"down": True})
        send(NOON + 240 * HOUR)
        first.ask("set", {"down": False})
        assert send(NOON + 313 * HOUR) == 0
    assert states() == {"delivered": 1, "given_up": 1}


def test_operators_are_told_once_of_an_outage_and_once_of_its_end(first):
    with plugged(sms=sms(first)):
        queue(5, email="")
        first.ask("set", {"down": True})
        for minutes in range(0, 120, 5):
            send(NOON + minutes * MINUTE)
        first.ask("set", {"down": False})
        send(NOON + 4 * HOUR)
    told = Entry.objects.filter(subject_kind="carrier").order_by("subject_seq")
    assert [entry.event for entry in told] == ["carrier.ill", "carrier.well"]


def test_a_provider_that_is_not_there_gives_way_to_the_second(first, second):
    gone = Sms("sms", "tin nhắn", f"http://127.0.0.1:{free_port()}", "khoa", "NGHEAN")
    with plugged(sms=gone, sms_second=sms(second, "sms_second")):
        queue(20, email="")
        send()
        assert len(taken(second)) == len(set(taken(second))) == 20
    assert set(Delivery.objects.values_list("carrier", flat=True)) == {"sms_second"}


def test_a_provider_that_turns_us_away_rests_and_the_second_sends(first, second):
    first.ask("set", {"turn_away": "no_credit"})
    with plugged(sms=sms(first), sms_second=sms(second, "sms_second")):
        queue(20, email="")
        send()
    assert (len(taken(first)), len(taken(second))) == (0, 20)
    health = CarrierHealth.objects.get(name="sms")
    assert health.said == "tài khoản tin nhắn hết tiền"
    assert Entry.objects.filter(event="carrier.ill").count() == 1


def test_a_message_taken_and_then_not_delivered_goes_to_the_second_provider_once(first, second):
    first.ask("set", {"fails": {"0912000001": "undelivered", "0912000002": "invalid_number"}})
    with plugged(sms=sms(first), sms_second=sms(second, "sms_second")):
        queue(4, email="")
        send()
        assert (states(), taken(second)) == ({"sent": 4}, [])
        for minutes in (2, 4, 8):
            send(NOON + minutes * MINUTE)
    assert taken(second) == ["0912000001"]
    assert len(taken(first)) == 4
    assert states() == {"delivered": 3, "refused": 1}


def test_a_hundred_failures_reported_at_once_go_to_the_second_provider(first, second):
    with plugged(sms=sms(first), sms_second=sms(second, "sms_second")):
        queue(101, email="")
        send()
        numbers = Delivery.objects.values_list("address", flat=True)
        first.ask("set", {"fails": dict.fromkeys(numbers[:100], "undelivered")})
        send(NOON + 2 * MINUTE)
        send(NOON + 6 * MINUTE)
    assert len(set(taken(second))) == len(taken(second)) == 100
    assert states() == {"delivered": 101}


def test_without_a_second_provider_it_is_given_up_and_said(first):
    first.ask("set", {"fails": {"0912000000": "undelivered"}})
    with plugged(sms=sms(first)):
        queue(1, email="")
        send()
        send(NOON + 2 * MINUTE)
    only = Delivery.objects.get()
    assert (only.state, only.answer) == ("given_up", "nhà mạng không chuyển được tin")
    assert len(taken(first)) == 1


def test_an_answer_that_never_comes_is_asked_for_and_nothing_is_sent_twice(first):
    with plugged(sms=sms(first)):
        queue(2, email="")
        first.ask("set", {"silent": True, "once": False})
        send()
        assert states() == {"uncertain": 2}
        first.ask("set", {"silent": False})
        send(NOON + 2 * MINUTE)
    assert len(taken(first)) == 2
    assert states() == {"delivered": 2}


def test_a_refused_address_is_not_written_to_again_until_it_changes(first):
    first.ask("set", {"refuse": {"0912000007": "invalid_number"}})
    with plugged(sms=sms(first)):
        who = person(7, email="")
        operations.tell([message(who)], actor=system("Thông báo"), at=NOON)
        send()
        assert states() == {"refused": 1}
        operations.tell([message(who)], actor=system("Thông báo"), at=NOON)
        assert Delivery.objects.count() == 1
    failed = Entry.objects.get(event="delivery.failed")
    assert failed.fields == {"state": "refused", "channel": "sms", "carrier": "sms"}


def test_letters_are_read_by_the_receiver_as_they_were_kept(post):
    with plugged(email=mail(post.smtp_port)):
        queue(1)
        send()
    (seen,) = post.peer.ask("seen")
    kept = Delivery.objects.get(channel="email")
    assert (seen["to"], seen["subject"]) == (kept.address, kept.title)
    assert seen["text"].replace("\r\n", "\n").strip() == kept.text
    assert str(kept.id) in seen["id"]


@pytest.mark.parametrize(
    ("knobs", "outcome"),
    [
        ({"refuse": {"a@thu.example": "550 5.1.1 no such user"}}, Outcome.REFUSED),
        ({"refuse": {"a@thu.example": "450 4.2.1 greylisted"}}, Outcome.DEFERRED),
        ({"refuse": {"a@thu.example": "550 5.7.1 relaying denied"}}, Outcome.FAULT),
        ({"refuse": {"a@thu.example": "421 4.3.2 going down"}}, Outcome.UNREACHED),
        ({"sender": "553 5.7.1 sender not owned"}, Outcome.FAULT),
        ({"silent": True}, Outcome.UNCERTAIN),
        ({}, Outcome.ACCEPTED),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_a_mail_server_says_is_understood(post, knobs, outcome):
    post.peer.ask("set", knobs)
    carrier = mail(post.smtp_port)
    assert carrier.send(letter("a@thu.example")).outcome is outcome
    post.peer.ask("reset", {})
    assert carrier.send(letter("b@thu.example")).outcome is Outcome.ACCEPTED


def test_an_address_with_a_second_command_in_it_is_refused_before_it_is_sent(post):
    sly = letter("a@thu.example>\r\nRCPT TO:<b@thu.example")
    assert mail(post.smtp_port).send(sly).outcome is Outcome.REFUSED
    assert post.peer.ask("count")["taken"] == 0


def test_a_mail_server_of_other_makers_takes_the_letters_too():
    from aiosmtpd.controller import Controller

    class Keeping:
        def __init__(self) -> None:
            self.kept: list[bytes] = []

        async def handle_DATA(self, server, session, envelope):  # noqa: N802
            self.kept.append(envelope.content)
            return "250 kept"

    keeping = Keeping()
    controller = Controller(keeping, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        carrier = mail(controller.port)
        one = letter("a@thu.example", language="vi")
        assert carrier.send(one).outcome is Outcome.ACCEPTED
        assert carrier.send(letter("b@thu.example")).outcome is Outcome.ACCEPTED
        assert carrier.check().ok
    finally:
        controller.stop()
    assert f"<{one.id}@nghean.example>".encode() in keeping.kept[0]
    assert len(keeping.kept) == 2


def test_each_carrier_says_how_it_is(first, post):
    assert sms(first).check().said == "Còn gửi được 100000 tin."
    assert mail(post.smtp_port).check().ok
    first.ask("set", {"down": True})
    assert not sms(first).check().ok
    nowhere = f"http://127.0.0.1:{free_port()}"
    assert not Sms("sms", "tin nhắn", nowhere, "khoa", "X").check().ok
    assert not mail(free_port()).check().ok
    assert not Zalo(nowhere, "khoa", {}).check().ok


def test_zalo_gets_its_own_template_filled_in_and_its_refusals_are_told_apart(tmp_path):
    kind = "dossier.accepted"
    with peer("zalo") as there:
        there.ask("set", {"errors": {"84912000001": -118, "84912000002": -100}})
        carrier = Zalo(there.base, "khoa", {kind: "330875"})
        sent = carrier.send(letter("0912000000", kind=kind, said=SAID))
        assert (sent.outcome, sent.ref) == (Outcome.ACCEPTED, "z1")
        (seen,) = there.ask("seen")
        assert (seen["phone"], seen["template_id"]) == ("84912000000", "330875")
        assert seen["template_data"]["code"] == SAID["code"]
        assert carrier.send(letter("0912000001", kind=kind)).outcome is Outcome.REFUSED
        assert carrier.send(letter("0912000002", kind=kind)).outcome is Outcome.DEFERRED
        assert Zalo(there.base, "sai", {}).send(letter("0912", kind=kind)).outcome is Outcome.FAULT
        assert (carrier.check().ok, Zalo(there.base, "sai", {}).check().ok) == (True, False)
        assert not carrier.carries("dossier.processing")


def test_in_a_trial_messages_are_files_and_say_so(settings, tmp_path):
    settings.TRIAL_LETTERS = tmp_path
    with plugged():
        plug()
        queue(2)
        assert send() == 4
        send(NOON + 2 * MINUTE)
        assert "không gửi cho ai" in ports.SMS.adapter.check().said
    assert states() == {"delivered": 4}
    assert len(list((tmp_path / "sms").iterdir())) == 2
    only = Delivery.objects.filter(channel="email").first()
    assert only.title in (tmp_path / "thu" / f"{only.id}.txt").read_text()


def test_the_ports_are_filled_by_the_settings(settings, tmp_path):
    templates = tmp_path / "mau.json"
    templates.write_text(json.dumps({"dossier.accepted": "1"}))
    settings.MAIL_SERVER, settings.MAIL_FROM = "thu.example:25", "a@thu.example"
    settings.SMS_URL = settings.SMS_SECOND_URL = settings.ZALO_URL = "http://127.0.0.1:1"
    settings.SMS_KEY = settings.SMS_SECOND_KEY = settings.ZALO_TOKEN = "khoa"
    settings.ZALO_TEMPLATES = templates
    with plugged():
        plugs.fill()
        names = [carrier.name for channel in ports.ROUTES for carrier in ports.carriers(channel)]
        assert names == ["smtp", "sms", "sms_second", "zalo"]
