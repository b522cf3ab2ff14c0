"""One act on the rows ticked in a list: asked once, done to each, and told what went."""

import pytest

from motcua.dossiers import operations
from motcua.dossiers.models import WorkItem
from motcua.dossiers.tests.conftest import later
from motcua.rules.actor import Role
from motcua.rules.identity import new_id


def box(desk, dossier_id):
    item = desk.item(dossier_id)
    return f"{dossier_id}/{item.id}/{desk.version(dossier_id)} ma"


def send(desk, doing, ids, **data):
    sent = {"viec": doing, "buoc": [box(desk, one) for one in ids], **data}
    return desk.client.post("/ban-lam-viec/nhieu/", sent, follow=True)


@pytest.fixture
def three(world):
    return [world.accepted(at=later(hours=n / 10)).id for n in range(3)]


def test_many_steps_are_taken_at_once_and_the_report_says_so(desk, three):
    actor = desk.officer(Role.OFFICER)
    page = send(desk.standing(actor), "nhan", three[:2], key=str(new_id()))
    assert "2 trên 2 hồ sơ" in page.content.decode()
    assert WorkItem.objects.filter(assignee_id=actor.account_id).count() == 2


def test_what_a_colleague_took_first_is_told_and_the_rest_still_goes(desk, three):
    boxes = [box(desk, one) for one in three[:2]]
    colleague = desk.officer(Role.OFFICER, name="nhanh")
    operations.take(
        dossier_id=three[0], item_id=desk.item(three[0]).id, actor=colleague, at=later(hours=1)
    )
    desk.standing(desk.officer(Role.OFFICER))
    page = desk.client.post("/ban-lam-viec/nhieu/", {"buoc": boxes}, follow=True)
    text = page.content.decode()
    assert "1 trên 2 hồ sơ" in text and "Hồ sơ đã thay đổi" in text


def test_nothing_ticked_is_said_and_changes_nothing(desk, three):
    desk.standing(desk.officer(Role.OFFICER))
    page = desk.client.post("/ban-lam-viec/nhieu/", {"viec": "chuyen"}, follow=True)
    assert "Chưa chọn hồ sơ nào" in page.content.decode()


def test_a_row_that_is_no_row_is_refused_as_a_whole(desk, three):
    desk.standing(desk.officer(Role.OFFICER))
    page = desk.client.post("/ban-lam-viec/nhieu/", {"buoc": ["rác", box(desk, three[0])]})
    assert page.status_code == 404
    assert desk.client.post("/ban-lam-viec/nhieu/", {"viec": "xóa"}).status_code == 404


def test_a_page_sent_twice_is_done_once_and_another_choice_under_its_key_is_told(desk, three):
    desk.standing(desk.officer(Role.OFFICER))
    key = str(new_id())
    rows = [box(desk, three[0])]
    data = {"viec": "nhan", "buoc": rows, "key": key}
    first = desk.client.post("/ban-lam-viec/nhieu/", data)
    again = desk.client.post("/ban-lam-viec/nhieu/", data)
    assert first["Location"] == again["Location"]
    other = send(desk, "nhan", three[1:], key=key)
    assert "Trang này đã gửi một lần" in other.content.decode()


def test_handing_on_asks_once_and_passes_all_on(desk, three):
    desk.standing(desk.officer(Role.OFFICER))
    asked = send(desk, "chuyen", three)
    text = asked.content.decode()
    assert asked.status_code == 200 and "Chuyển bước: 3 hồ sơ" in text and "Thụ lý hồ sơ" in text
    form = asked.context["form"]
    sent = {"key": form["key"].value(), "outcome": form["outcome"].value(), "note": "Đủ điều kiện"}
    page = send(desk, "chuyen", three, xong="1", **sent)
    assert "3 trên 3 hồ sơ" in page.content.decode()
    assert set(WorkItem.objects.filter(closed_at=None).values_list("act", flat=True)) == {
        "conclude"
    }
    assert WorkItem.objects.filter(note="Đủ điều kiện").count() == 3


def test_a_head_gives_the_ticked_steps_of_his_unit_to_one_officer(desk, three):
    an = desk.officer(Role.OFFICER, name="an")
    desk.standing(desk.officer(Role.HEAD))
    listed = desk.get("don-vi/").content.decode()
    assert listed.count("data-bulk-row") == 3
    asked = send(desk, "giao", three)
    sent = {"key": asked.context["form"]["key"].value(), "xong": "1"}
    wrong = send(desk, "giao", three, to="", **sent)
    assert wrong.status_code == 422 and "Hãy chọn người xử lý" in wrong.content.decode()
    page = send(desk, "giao", three, to=an.account_id, **sent)
    assert "3 trên 3 hồ sơ" in page.content.decode()
    assert "Giao lại" in desk.get("don-vi/").content.decode()


def test_the_report_is_a_file_too_and_nobody_else_s(desk, three):
    desk.standing(desk.officer(Role.OFFICER))
    page = send(desk, "nhan", three[:1])
    address = page.redirect_chain[-1][0]
    file = desk.client.get(address, {"dang": "csv"})
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    assert "Đã làm" in file.content.decode("utf-8-sig")
    desk.standing(desk.officer(Role.OFFICER, name="khac"))
    assert desk.client.get(address).status_code == 404


def test_the_way_back_leads_nowhere_else(desk, three):
    desk.standing(desk.officer(Role.OFFICER))
    page = send(desk, "chuyen", three, ve="https://example.com/")
    assert page.context["back"] == "/ban-lam-viec/"


def test_the_receipts_of_the_ticked_dossiers_come_in_one_file(desk, three):
    desk.standing(desk.officer(Role.CLERK))
    rows = [f"{one}/{new_id()}/1" for one in three]
    answer = desk.post("nhieu/", viec="in", buoc=rows)
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    none = desk.client.post(
        "/ban-lam-viec/nhieu/", {"viec": "in", "buoc": f"{new_id()}/{new_id()}/1"}, follow=True
    )
    assert "chưa có giấy tiếp nhận" in none.content.decode()
