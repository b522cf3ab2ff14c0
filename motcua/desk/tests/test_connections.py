"""The operators' page of connections, and what a dossier's page says of what was sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from motcua.dossiers.tests.conftest import NINE
from motcua.journeys import reactions
from motcua.ledger import sql
from motcua.ledger.acts import Event, act
from motcua.ledger.ports import Check
from motcua.messaging import ports, sender
from motcua.messaging.models import Delivery
from motcua.messaging.tests.test_sending import Fake
from motcua.people.models import Person
from motcua.rules.actor import Role, system
from motcua.rules.delivery import Answer, Outcome

PATH = "ket-noi/"


@pytest.fixture
def operator(desk):
    actor = desk.officer(Role.ADMINISTRATOR)
    desk.standing(actor)
    return actor


@pytest.fixture
def line():
    made = Fake("sms")
    ports.SMS.plug(made)
    yield made
    ports.SMS.plug(None)


@pytest.fixture
def told(desk, world, line):
    """An applicant with a telephone was told that his dossier is accepted."""
    with act(Event("world.changed", "world"), actor=system("kiểm thử"), at=NINE) as a:
        Person.objects.filter(id=world.citizen).update(phone="0912000001")
        a.about("world", a.id, {})
    done = world.accepted()
    while reactions.drain(datetime.now(UTC)):
        pass
    return done


def send(at: datetime = NINE) -> None:
    sender.send_all(lambda: at + timedelta(minutes=1))


def test_the_page_shows_every_line_and_what_waits(desk, operator, told, line):
    body = desk.get(PATH).content.decode()
    assert "Tin nhắn SMS" in body
    assert "Cổng Dịch vụ công quốc gia" in body
    assert "Trả lời khi hỏi" not in body
    assert desk.get(PATH).context["queues"][1].waiting == 1


def test_every_line_is_asked_how_it_is_and_a_broken_one_is_told(desk, operator, line):
    line.check = lambda: Check(False, "Nhà cung cấp không trả lời.")
    body = desk.get(PATH, **{"kiem-tra": "1"}).content.decode()
    assert "Nhà cung cấp không trả lời." in body
    assert "Không dùng được" in body


def test_what_stopped_is_shown_and_sent_again_with_a_reason(desk, operator, told, line):
    line.answers = [Answer(Outcome.REFUSED, said="sai số")]
    send()
    page = desk.get(PATH)
    assert "sai số" in page.content.decode()
    ((one, seen),) = page.context["stopped"]
    assert seen
    assert told.code in page.content.decode()
    again = f"{PATH}{one.id}/gui-lai/"
    assert desk.post(again, reason="").status_code == 302
    assert Delivery.objects.get().state == "refused"
    assert desk.post(again, reason="đã sửa số").status_code == 302
    assert Delivery.objects.get().state == "queued"


def test_of_a_dossier_he_may_not_see_an_operator_reads_no_code(desk, world, told, line):
    line.answers = [Answer(Outcome.REFUSED, said="sai số")]
    send()
    desk.standing(desk.officer(Role.ADMINISTRATOR, unit=world.other_department))
    page = desk.get(PATH)
    assert [seen for _, seen in page.context["stopped"]] == [False]
    assert told.code not in page.content.decode()


def test_a_carrier_that_turns_us_away_stands_at_the_top(desk, operator, told, line):
    line.answers = [Answer(Outcome.FAULT, said="tài khoản tin nhắn hết tiền")]
    send()
    body = desk.get(PATH).content.decode()
    assert "tài khoản tin nhắn hết tiền" in body
    assert "đang gặp trục trặc" in body


@pytest.mark.parametrize("role", [Role.CLERK, Role.LEADER, Role.CONTROL_OFFICER])
def test_the_page_is_for_who_runs_the_system(desk, told, role):
    desk.standing(desk.officer(role))
    assert desk.get(PATH).status_code == 403
    only = Delivery.objects.get()
    assert desk.post(f"{PATH}{only.id}/gui-lai/", reason="x").status_code == 403


def test_the_page_costs_few_statements(desk, operator, told):
    desk.get(PATH)
    with sql.counted() as sent:
        desk.get(PATH)
    assert len(sent) <= 14


def test_a_dossiers_page_shows_the_exact_words_and_where_they_are(desk, world, told):
    send()
    desk.standing(desk.officer(Role.OFFICER))
    body = desk.get(f"ho-so/{told.id}/").content.decode()
    assert "Đã báo chủ hồ sơ" in body
    assert "Đã gửi đi" in body
    assert Delivery.objects.get().text in body
