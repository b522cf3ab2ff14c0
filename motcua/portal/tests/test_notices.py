"""What a citizen was told, on the portal."""

import uuid

from motcua.messaging import operations
from motcua.messaging.models import Notice
from motcua.messaging.operations import Message
from motcua.people.models import Person
from motcua.portal.tests.conftest import NINE, SYSTEM

PATH = "/thong-bao/"


def told(name: str) -> Notice:
    entry = uuid.uuid4()
    message = Message(
        entry, NINE, "dossier.accepted", "dossier", uuid.uuid4(), "Hồ sơ 0001 đã được tiếp nhận",
        "Hẹn trả kết quả lúc 09:00 ngày 28/11/2022.", person_id=Person.objects.get(name=name).id,
    )  # fmt: skip
    operations.tell([message], actor=SYSTEM, at=NINE)
    return Notice.objects.get(entry_id=entry)


def test_a_citizen_reads_what_he_was_told_and_the_count_goes_down(lam):
    notice = told("Nguyễn Thị Lam")
    body = lam.get(PATH).content.decode()
    assert notice.title in body and notice.text in body
    assert f'href="/ho-so/{notice.subject_id}/"' in body
    assert 'mc-count--late">1<' in lam.get("/ho-so-cua-toi/").content.decode()
    assert lam.post(PATH, {"notice": str(notice.id)}).status_code == 302
    assert "mc-count" not in lam.get("/ho-so-cua-toi/").content.decode()


def test_a_citizen_sees_and_reads_nothing_of_anothers(lam, hung):
    notice = told("Nguyễn Thị Lam")
    assert notice.title not in hung.get(PATH).content.decode()
    assert hung.post(PATH, {"notice": str(notice.id)}).status_code == 404
    hung.post(PATH)
    assert Notice.objects.get(id=notice.id).read_at is None


def test_who_has_not_signed_in_is_asked_to(client, town):
    made = client.get(PATH)
    assert made.status_code == 302
    assert "dang-nhap" in made["Location"]


def test_a_page_of_notices_is_kept_by_no_cache(lam):
    made = lam.get(PATH)
    assert made["Cache-Control"] == "private, no-store"
    assert "chưa có thông báo nào" in made.content.decode()
