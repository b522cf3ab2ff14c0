"""The officer's bell and box of notices."""

import uuid

import pytest

from motcua.desk.tests.conftest import BASE
from motcua.dossiers.tests.conftest import NINE
from motcua.ledger import sql
from motcua.messaging import operations
from motcua.messaging.models import Notice
from motcua.messaging.operations import Message
from motcua.rules.actor import Role, system

PATH = "thong-bao/"


def told(many: int = 1, **to) -> None:
    operations.tell(
        [
            Message(
                uuid.uuid4(), NINE, "warning.due", "dossier", uuid.uuid4(),
                "Hồ sơ 0001: đến ngày hẹn trả", "Cấp giấy phép. Hẹn trả lúc 09:00.", **to,
            )
            for _ in range(many)
        ],
        actor=system("Thông báo"),
        at=NINE,
    )  # fmt: skip


@pytest.fixture
def officer(desk):
    actor = desk.officer(Role.OFFICER)
    desk.standing(actor)
    return actor


def test_the_bell_counts_what_awaits_the_officer_and_his_post(desk, officer, world):
    told(account_id=officer.account_id)
    told(unit_id=world.department, role="officer")
    told(unit_id=world.department, role="head")
    assert "2<span" in desk.get().content.decode()


def test_the_bell_says_no_number_it_did_not_count(desk, officer):
    told(130, account_id=officer.account_id)
    assert "99+<span" in desk.get().content.decode()


def test_the_box_shows_what_was_told_and_leads_to_the_dossier(desk, officer):
    told(account_id=officer.account_id)
    notice = Notice.objects.get()
    body = desk.get(PATH).content.decode()
    assert notice.title in body and notice.text in body
    assert f"{BASE}ho-so/{notice.subject_id}/" in body


def test_one_or_all_are_marked_as_read(desk, officer):
    told(3, account_id=officer.account_id)
    one = Notice.objects.first()
    made = desk.post(PATH, notice=str(one.id))
    assert (made.status_code, made["Location"]) == (302, BASE + PATH)
    assert Notice.objects.filter(read_at=None).count() == 2
    desk.post(PATH)
    assert Notice.objects.filter(read_at=None).count() == 0
    assert "Đánh dấu đã đọc tất cả" not in desk.get(PATH).content.decode()


@pytest.mark.parametrize("notice", ["khong-phai-ma", "018f3c1e-7d1a-7c3e-9a2b-5d6f7a8b9c0d"])
def test_what_is_not_in_the_box_is_not_there(desk, officer, notice):
    assert desk.post(PATH, notice=notice).status_code == 404


def test_anothers_notice_is_not_there_either(desk, officer, world):
    told(unit_id=world.department, role="head")
    assert desk.post(PATH, notice=str(Notice.objects.get().id)).status_code == 404
    assert "đến ngày hẹn trả" not in desk.get(PATH).content.decode()


def test_an_empty_box_says_what_will_come(desk, officer):
    assert "Chưa có thông báo nào" in desk.get(PATH).content.decode()


def test_the_bell_costs_one_statement_and_the_box_one_more(desk, officer):
    desk.get(PATH)
    told(20, account_id=officer.account_id)
    with sql.counted() as sent:
        desk.get(PATH)
    assert len([query for query in sent if "messaging_notice" in query]) == 2
