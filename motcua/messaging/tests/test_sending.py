"""What is queued for whom, by his choice and language; claims, sending again; who may."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from string import Formatter

import psycopg
import pytest
from django.db import transaction

from motcua.ledger import sql, verify
from motcua.ledger.acts import Event, act
from motcua.ledger.models import Entry
from motcua.ledger.ports import Check
from motcua.messaging import (
    operations,
    ports,
    queries,
    sender,
    texts,
    texts_en,
    texts_short,
    wording,
)
from motcua.messaging.models import Choice, Delivery
from motcua.messaging.operations import Message
from motcua.messaging.tests.test_notices import NOON, SYSTEM, citizen, message, refused, tell
from motcua.people.models import Person
from motcua.rules.actor import Role, system
from motcua.rules.delivery import Answer, Channel, Outcome

SAID = {
    "code": "000.00.06.H41-221121-0001",
    "procedure": "Cấp giấy phép",
    "agency": "Sở Xây dựng",
    "desk": "Trung tâm",
    "due": "Hẹn trả kết quả lúc 09:00 ngày 28/11/2022.",
    "due_short": "Hẹn trả 09:00 28/11/2022.",
    "due_short_en": "Due 09:00 28/11/2022.",
    "due_en": "The result is due at 09:00 28/11/2022.",
}


class Fake:
    """A carrier that answers as told and keeps what it was given."""

    threads, asks = 1, True

    def __init__(self, name: str, *answers: Answer, at_once: int = 10) -> None:
        self.name, self.at_once = name, at_once
        self.answers = list(answers)
        self.sent: list[ports.Letter] = []

    def carries(self, kind: str) -> bool:
        return True

    def send(self, letter):
        self.sent.append(letter)
        return self.answers.pop(0) if self.answers else Answer(Outcome.ACCEPTED, ref="R1")

    def reports(self, letters):
        return {letter_id: Answer(Outcome.DELIVERED) for letter_id, _ in letters}

    def check(self) -> Check:
        return Check(True, "")


@pytest.fixture
def lines():
    made = {port.key: Fake(port.key) for port in (ports.EMAIL, ports.SMS, ports.ZALO)}
    before = {key: ports_of()[key].plugged for key in made}
    for key, carrier in made.items():
        ports_of()[key].plug(carrier)
    yield made
    for key, carrier in before.items():
        ports_of()[key].plug(carrier)


def ports_of():
    return {port.key: port for route in ports.ROUTES.values() for port in route}


@pytest.fixture
def lam(world):
    with act(Event("world.changed", "world"), actor=SYSTEM, at=NOON) as a:
        Person.objects.filter(id=world.citizen).update(phone="0912000001", email="lam@thu.example")
        a.about("world", a.id, {})
    return world.citizen


def told(person_id: int, **changes) -> Message:
    values = {"person_id": person_id, "said": SAID, "subject_id": uuid.uuid4()} | changes
    one = message(**values)
    tell(one)
    return one


def channels() -> list[str]:
    return sorted(Delivery.objects.values_list("channel", flat=True))


def choose(person_id: int, *chosen: str, language: str = "vi", actor=None) -> None:
    operations.choose_channels(
        person_id=person_id, channels=chosen, language=language,
        actor=actor or citizen(person_id), at=NOON,
    )  # fmt: skip


def test_who_has_chosen_nothing_is_told_by_mail_and_text_message_and_nobody_by_zalo(lam, lines):
    told(lam)
    assert channels() == ["email", "sms"]
    assert not any(carrier.sent for carrier in lines.values()), "the act waits for nobody"


def test_a_person_is_told_by_what_he_chose_in_his_language(lam, lines):
    choose(lam, "sms", "zalo", language="en")
    told(lam)
    assert channels() == ["sms", "zalo"]
    text = Delivery.objects.get(channel="sms").text
    assert text == "Dossier 000.00.06.H41-221121-0001 has been accepted. Due 09:00 28/11/2022."
    assert Delivery.objects.get(channel="zalo").said["code"] == SAID["code"]
    choose(lam, language="vi")
    told(lam)
    assert Delivery.objects.count() == 2
    assert Choice.objects.get().channels == []
    assert list(verify.breaks()) == []


def test_an_english_letter_says_it_in_english_and_a_kind_without_english_in_vietnamese(lam, lines):
    choose(lam, "email", language="en")
    told(lam)
    told(lam, kind="child.returned")
    first, second = Delivery.objects.order_by("id")
    assert first.title == "Dossier 000.00.06.H41-221121-0001 accepted"
    assert "The result is due at 09:00 28/11/2022." in first.text
    assert (second.title, second.language) == ("Hồ sơ đã được tiếp nhận", "vi")


def test_only_he_himself_or_a_desk_chooses_and_only_what_there_is(lam, lines, officer, province):
    refused("choice.may_not", lambda: choose(lam, "sms", actor=citizen(lam + 1)))
    refused("choice.may_not", lambda: choose(lam, "sms", actor=officer))
    refused("choice.unknown_channel", lambda: choose(lam, "bồ câu"))
    refused("choice.unknown_language", lambda: choose(lam, "sms", language="fr"))
    choose(lam, "sms", actor=province.actor(Role.CLERK, "so-a-phong"))
    assert queries.choice(lam) == (frozenset({"sms"}), "vi")
    assert queries.choice(lam + 1) == (frozenset({"email", "sms"}), "vi")


def test_no_address_no_message_and_a_landline_takes_no_text(lam, lines):
    with act(Event("world.changed", "world"), actor=SYSTEM, at=NOON) as a:
        Person.objects.filter(id=lam).update(phone="02383844444", email="")
        a.about("world", a.id, {})
    told(lam)
    assert channels() == []


def test_what_is_of_no_use_on_the_move_goes_out_by_no_text_message(lam, lines):
    told(lam, kind="dossier.processing")
    assert channels() == ["email"]


def test_the_digest_of_the_words_of_each_channel_is_in_the_record(lam, lines):
    told(lam)
    fields = Entry.objects.get(event="notice.told", subject_kind="notice").fields
    assert set(fields["by"]) == {"email", "sms"}
    assert Delivery.objects.get(channel="sms").text not in str(fields)


def test_where_no_channel_is_connected_the_box_alone_is_filled(lam):
    told(lam)
    assert channels() == []


def test_the_way_of_a_message_is_kept_and_shown_with_its_subject(lam, lines):
    one = told(lam)
    sender.send_all(lambda: NOON)
    sender.send_all(lambda: NOON + timedelta(minutes=2))
    (shown,) = queries.told_of(one.subject_id)
    assert [(by["channel"], by["label"]) for by in shown.by] == [
        ("thư điện tử", "Đã đến người nhận"),
        ("tin nhắn SMS", "Đã đến người nhận"),
    ]
    assert shown.by[1]["text"].startswith("Ho so 000.00.06.H41-221121-0001 da duoc tiep nhan")
    events = Entry.objects.filter(subject_kind="delivery").values_list("event", flat=True)
    assert sorted(events) == ["delivery.delivered"] * 2 + ["delivery.sent"] * 2
    assert list(verify.breaks()) == []


def test_only_the_system_sends(lam, lines, officer):
    told(lam)
    claimed = operations.claim(
        channel=Channel.SMS, carrier="sms", before=(), most=9, actor=system("Gửi"), at=NOON
    )
    for call in (
        lambda: operations.claim(
            channel=Channel.SMS, carrier="sms", before=(), most=9, actor=officer, at=NOON
        ),
        lambda: operations.record_answers(claimed=claimed, answers={}, actor=officer, at=NOON),
        lambda: operations.record_reports(
            carrier="sms", ids=(), reports={}, actor=officer, at=NOON
        ),
        lambda: operations.take_over(actor=officer, at=NOON),
    ):
        refused("notice.may_not", call)


def test_what_was_claimed_is_claimed_by_nobody_else(lam, lines):
    told(lam)

    def claim():
        return operations.claim(
            channel=Channel.SMS, carrier="sms", before=(), most=9, actor=system("Gửi"), at=NOON
        )

    assert len(claim().letters) == 1
    assert claim() is None


def test_an_operator_sends_again_what_failed_to_where_the_person_is_reached_now(
    lam, lines, officer, province
):
    lines["sms"].answers = [Answer(Outcome.REFUSED, said="sai số")]
    choose(lam, "sms")
    told(lam)
    operator = province.actor(Role.ADMINISTRATOR, "so-a-phong")
    only = Delivery.objects.get()

    def again(actor=operator, reason="đã sửa số"):
        operations.send_again(delivery_id=only.id, reason=reason, actor=actor, at=NOON)

    refused("delivery.not_dead", again)
    sender.send_all(lambda: NOON)
    refused("delivery.may_not", lambda: again(officer))
    refused("delivery.reason_missing", lambda: again(reason=" "))
    with act(Event("world.changed", "world"), actor=SYSTEM, at=NOON) as a:
        Person.objects.filter(id=lam).update(phone="")
        a.about("world", a.id, {})
    refused("delivery.no_address", again)
    with act(Event("world.changed", "world"), actor=SYSTEM, at=NOON) as a:
        Person.objects.filter(id=lam).update(phone="0912000009")
        a.about("world", a.id, {})
    again()
    sender.send_all(lambda: NOON)
    assert [letter.to for letter in lines["sms"].sent] == ["0912000001", "0912000009"]
    assert list(verify.breaks()) == []


def test_the_database_refuses_a_second_message_of_a_notice_by_one_channel(lam, lines):
    told(lam)
    twin = Delivery.objects.filter(channel="sms").values().get() | {"id": uuid.uuid4()}
    with (
        pytest.raises(psycopg.errors.UniqueViolation),
        act(Event("world.changed", "world"), actor=SYSTEM, at=NOON) as a,
    ):
        a.insert(Delivery, [twin])
        a.about("world", 2, {})


def test_messages_are_not_touched_outside_an_act(lam, lines):
    told(lam)
    with pytest.raises(psycopg.DatabaseError, match="nghiệp vụ đang mở"), transaction.atomic():
        sql.execute("UPDATE messaging_delivery SET state = 'sent'")


def test_a_claim_costs_a_few_statements_however_many_it_takes(lam, lines):
    tell(*(message(person_id=lam, said=SAID, subject_id=uuid.uuid4()) for _ in range(9)))
    with sql.counted() as sent:
        sender.send_some(Channel.SMS, lambda: NOON)
    assert len(lines["sms"].sent) == 9
    assert len(sent) <= 24


def test_texts_of_every_channel_can_be_written_and_a_text_message_is_one_part():
    for kind in texts_short.VIETNAMESE:
        for language in wording.LANGUAGES:
            words = wording.written(
                Channel.SMS, language, kind=kind, title="", text="", said=SAID, dossier_id=None
            )
            assert len(words.text) <= 160, (kind, words.text)
            assert words.text.isascii()
    assert set(texts_short.VIETNAMESE) == set(texts_short.ENGLISH) <= set(texts.TEXTS)
    assert set(texts_en.TEXTS) <= set(texts.TEXTS)
    for kind, both in texts_en.TEXTS.items():
        named = {n for text in both for _, n, _, _ in Formatter().parse(text) if n}
        assert named <= set(SAID), kind
    assert replace(message(), said=SAID).said["code"]


def test_a_notice_that_does_not_say_what_a_text_names_is_told_in_vietnamese_and_by_mail_alone():
    said = {"code": SAID["code"]}
    given = {"kind": "dossier.accepted", "title": "Đã tiếp nhận", "text": "Hẹn sau.", "said": said}
    letter = wording.written(Channel.EMAIL, "en", dossier_id=None, **given)
    assert (letter.title, letter.language) == ("Đã tiếp nhận", "vi")
    assert wording.written(Channel.SMS, "vi", dossier_id=None, **given) is None


def test_marks_stay_where_the_province_wants_them(settings):
    settings.SMS_MARKS = True
    words = wording.written(
        Channel.SMS, "vi", kind="dossier.done", title="", text="", said=SAID, dossier_id=None
    )
    assert words.text.startswith("Hồ sơ")
