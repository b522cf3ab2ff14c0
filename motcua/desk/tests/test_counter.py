"""A window through its pages, and the pages of those who wait: number, screen, appointment, figures."""

from __future__ import annotations

import html
import itertools
import re
from datetime import time, timedelta

import pytest

from motcua.counter import operations, queries
from motcua.counter.models import Appointment, Ticket
from motcua.counter.operations import PointGiven, SlotGiven
from motcua.dossiers.tests.conftest import NINE
from motcua.ledger import sql
from motcua.rules.actor import ANONYMOUS, Role, system
from motcua.rules.queueing import Lane

SYSTEM = system("kiểm thử")
ADDRESSES = itertools.count(1)
"""One for each test: the brakes count by address."""


@pytest.fixture
def counter(desk):
    given = [PointGiven(1, "Quầy 1"), PointGiven(2, "Quầy 2", (Lane.COLLECT,))]
    operations.set_points(desk.world.desk, given, actor=SYSTEM, at=NINE)
    operations.set_slots(desk.world.desk, [SlotGiven(1, time(10), 30, 2)], actor=SYSTEM, at=NINE)
    desk.client.defaults["REMOTE_ADDR"] = f"10.1.1.{next(ADDRESSES)}"
    desk.points = {p.number: p.id for p in queries.points(desk.world.desk)}
    return desk


def anybody(counter, at=NINE):
    return counter.standing(ANONYMOUS, at).client


def take(counter, lane="file", **more):
    return anybody(counter).post("/lay-so/mot-cua/", {"lane": lane, **more})


def text(answer):
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_anybody_takes_a_number_and_follows_it(counter):
    page = text(anybody(counter).get("/lay-so/mot-cua/"))
    assert "Nộp hồ sơ" in page and "Nhận kết quả" in page
    take(counter)
    given = take(counter, phone="0912 000 321")
    followed = text(counter.client.get(given["Location"]))
    assert "Còn <strong>1</strong> người trước" in followed
    assert '<noscript><meta http-equiv="refresh"' in followed
    assert "0912" not in followed


def asks_again(counter, page):
    shown = html.unescape(text(counter.client.get(page)))
    return re.search(r'hx-get="([^"]+)"', shown)[1]


def test_what_has_not_changed_is_not_sent_again(counter):
    take(counter)
    mine = take(counter)["Location"]
    for page in (mine, "/man-hinh/mot-cua/"):
        again = asks_again(counter, page)
        assert counter.client.get(again).status_code == 204
    first = Ticket.objects.get(number=1)
    both = [asks_again(counter, page) for page in (mine, "/man-hinh/mot-cua/")]
    operations.leave_queue(token=first.token, actor=ANONYMOUS, at=NINE)
    assert [counter.client.get(again).status_code for again in both] == [200, 200]


def test_a_wrong_telephone_is_said_at_its_field_and_costs_no_number(counter):
    answer = take(counter, phone="12")
    assert answer.status_code == 422
    assert "Số điện thoại không đúng dạng" in answer.content.decode()
    assert Ticket.objects.count() == 0


def test_the_machine_at_the_door_prints_and_comes_back(counter):
    assert 'value="kiosk"' in text(anybody(counter).get("/lay-so/mot-cua/?may=1"))
    given = take(counter, source="kiosk")
    page = text(counter.client.get(given["Location"]))
    assert "data-print-at-once" in page
    assert "/lay-so/mot-cua/?may=1" in page


def test_too_many_numbers_from_one_address_are_held_back(counter):
    answers = [take(counter).status_code for _ in range(21)]
    assert answers == [302] * 20 + [429]


def test_where_no_numbers_are_given_the_page_is_not_there(counter):
    refused = anybody(counter).get("/lay-so/so-a/")
    assert refused.status_code == 404
    assert "không lấy số tự động" in refused.content.decode()


def test_who_waits_leaves_by_his_own_page_only(counter):
    where = take(counter)["Location"]
    assert counter.client.get(f"{where}roi-hang/").status_code == 405
    counter.client.post(f"{where}roi-hang/")
    assert Ticket.objects.get().standing == "left"
    assert "đã rời hàng" in text(counter.client.get(where))


def test_the_clerk_opens_a_window_calls_and_goes_on_with_one_key(counter):
    first, second = take(counter), take(counter)
    clerk = counter.officer(Role.CLERK)
    counter.standing(clerk)
    assert "Chọn quầy" in text(counter.get("goi-so/"))
    point = counter.points[1]
    counter.post(f"goi-so/quay/{point}/", viec="mo", noi="mot-cua")
    page = text(counter.get("goi-so/"))
    assert "Gọi số tiếp" in page and 'data-queue-key="n"' in page
    counter.post(f"goi-so/quay/{point}/tiep/")
    here = Ticket.objects.get(number=1)
    assert here.standing == "called"
    counter.post(f"goi-so/so/{here.id}/goi-lai/")
    counter.post(f"goi-so/so/{here.id}/bat-dau/")
    counter.post(f"goi-so/quay/{point}/tiep/", so=str(here.id))
    assert list(Ticket.objects.order_by("number").values_list("standing", flat=True)) == [
        "done", "called",
    ]  # fmt: skip
    screen = text(anybody(counter).get("/man-hinh/mot-cua/"))
    assert "Mời số 2 đến quầy số 1" in screen
    assert 'aria-live="polite"' in screen
    assert "Mời đến <strong>quầy số 1" in text(counter.client.get(second["Location"]))
    assert "đã được phục vụ" in text(counter.client.get(first["Location"]))


def test_when_nobody_waits_the_one_at_the_window_stays_there(counter):
    take(counter)
    counter.standing(counter.officer(Role.CLERK))
    point = counter.points[1]
    counter.post(f"goi-so/quay/{point}/", viec="mo")
    counter.post(f"goi-so/quay/{point}/tiep/")
    here = Ticket.objects.get()
    counter.post(f"goi-so/quay/{point}/tiep/", so=str(here.id))
    assert Ticket.objects.get().standing == "called"
    assert "Không còn ai chờ ở quầy này" in text(counter.get("goi-so/"))


def test_a_number_is_moved_to_another_lane_and_an_absent_one_called_again(counter):
    take(counter)
    counter.standing(counter.officer(Role.CLERK))
    point = counter.points[1]
    counter.post(f"goi-so/quay/{point}/", viec="mo")
    counter.post(f"goi-so/quay/{point}/tiep/")
    here = Ticket.objects.get()
    counter.post(f"goi-so/so/{here.id}/vang/")
    assert "Vắng mặt gần đây" in text(counter.get("goi-so/"))
    counter.post(f"goi-so/so/{here.id}/goi-lai/")
    counter.post(f"goi-so/so/{here.id}/chuyen/", lane="collect")
    row = Ticket.objects.get()
    assert (row.standing, row.lane) == ("waiting", "collect")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.INSPECTOR])
def test_who_works_at_no_desk_is_told_so_and_calls_nobody(counter, role):
    take(counter)
    counter.standing(counter.officer(role))
    assert "không đứng quầy nào" in text(counter.get("goi-so/"))
    point = counter.points[1]
    assert counter.post(f"goi-so/quay/{point}/", viec="mo").status_code == 403
    assert counter.post(f"goi-so/quay/{point}/tiep/").status_code == 403
    assert counter.get("goi-so/thiet-lap/", noi="mot-cua").status_code == 403


def test_an_appointment_is_made_shown_to_the_desk_and_becomes_a_number(counter):
    client = anybody(counter)
    page = text(client.get("/dat-lich/mot-cua/"))
    assert "Thứ Ba, 22/11/2022" in page
    sent = {"starts": "10:00", "lane": "file", "name": "Lê Thị Hoa", "phone": "0912000009"}
    made = client.post("/dat-lich/mot-cua/?ngay=2022-11-22", sent)
    own = text(client.get(made["Location"]))
    booked = Appointment.objects.get()
    assert booked.code in own
    again = client.post("/dat-lich/mot-cua/?ngay=2022-11-22", sent)
    assert "đã có lịch hẹn trong ngày" in again.content.decode()
    at = NINE + timedelta(days=1, minutes=50)
    counter.standing(counter.officer(Role.CLERK), at)
    assert "Lê Thị Hoa" in text(counter.get("lich-hen/"))
    counter.post(f"lich-hen/{booked.id}/")
    assert Ticket.objects.get().appointment_id == booked.id
    counter.standing(counter.officer(Role.OFFICER), at)
    assert "Lê Thị Hoa" not in counter.get("lich-hen/").content.decode()


def test_the_page_of_appointments_and_the_window_take_few_statements(counter):
    client = anybody(counter)
    client.get("/dat-lich/mot-cua/")
    with sql.counted() as sent:
        text(client.get("/dat-lich/mot-cua/"))
    assert len(sent) <= 6, sent
    for _ in range(5):
        take(counter)
    counter.standing(counter.officer(Role.CLERK))
    counter.post(f"goi-so/quay/{counter.points[1]}/", viec="mo")
    counter.get("goi-so/")
    with sql.counted() as sent:
        text(counter.get("goi-so/"))
    assert len(sent) <= 10, sent


def test_who_booked_cancels_or_says_that_he_is_here(counter):
    client = anybody(counter)
    sent = {"starts": "10:00", "lane": "file", "name": "Lê Thị Hoa", "phone": "0912000009"}
    first = client.post("/dat-lich/mot-cua/?ngay=2022-11-22", sent)["Location"]
    client.post(f"{first}huy/")
    assert "đã hủy" in text(client.get(first))
    second = client.post("/dat-lich/mot-cua/?ngay=2022-11-22", sent)["Location"]
    assert client.post(f"{second}da-den/").status_code == 422
    client = anybody(counter, NINE + timedelta(days=1, minutes=50))
    assert client.post(f"{second}da-den/")["Location"].startswith("/so/")


def test_appointments_are_held_back_from_one_impatient_address(counter):
    client = anybody(counter)
    sent = {"starts": "10:00", "lane": "file", "name": "Lê Thị Hoa", "phone": "12"}
    answers = [client.post("/dat-lich/mot-cua/?ngay=2022-11-22", sent) for _ in range(7)]
    assert [a.status_code for a in answers] == [422] * 6 + [429]


def test_waiting_times_are_shown_and_go_into_a_file(counter):
    take(counter)
    counter.standing(counter.officer(Role.CLERK))
    point = counter.points[1]
    counter.post(f"goi-so/quay/{point}/", viec="mo")
    counter.standing(counter.officer(Role.CLERK), NINE + timedelta(minutes=8))
    counter.post(f"goi-so/quay/{point}/tiep/")
    assert "8 phút" in text(counter.get("goi-so/so-lieu/"))
    file = counter.get("goi-so/so-lieu/", dang="csv").content.decode("utf-8-sig")
    assert "2022-11-21,9,1" in file


def test_who_sees_figures_sees_waiting_times_and_no_numbers(counter):
    take(counter)
    control = counter.officer(Role.CONTROL_OFFICER, unit=counter.world.other_department)
    counter.standing(control)
    assert "Thời gian chờ" in text(counter.get("goi-so/so-lieu/"))
    assert "không đứng quầy nào" in text(counter.get("goi-so/"))
    counter.standing(counter.officer(Role.OFFICER))
    assert "không đứng quầy nào" in text(counter.get("goi-so/so-lieu/"))


def test_who_directs_the_desk_arranges_windows_and_hours(counter):
    director = counter.officer(Role.DIRECTOR)
    counter.standing(director)
    page = counter.get("goi-so/thiet-lap/", noi="mot-cua")
    assert "Thiết lập quầy" in text(page)
    sent = {"points-TOTAL_FORMS": 2, "points-INITIAL_FORMS": 0,
            "points-0-number": 1, "points-0-label": "Đất đai", "points-0-lanes": ["file"],
            "points-1-number": 7, "points-1-label": "Hộ tịch"}  # fmt: skip
    counter.client.post("/ban-lam-viec/goi-so/thiet-lap/?noi=mot-cua", sent)
    found = {p.number: (p.label, p.lanes) for p in queries.points(counter.world.desk)}
    assert found == {1: ("Đất đai", (Lane.FILE,)), 7: ("Hộ tịch", ())}
    slots = {"slots-TOTAL_FORMS": 1, "slots-INITIAL_FORMS": 0, "slots-0-weekday": 2,
             "slots-0-starts": "08:00", "slots-0-minutes": 20, "slots-0-capacity": 3}  # fmt: skip
    counter.client.post("/ban-lam-viec/goi-so/thiet-lap/?noi=mot-cua", slots)
    assert [s["weekday"] for s in queries.slots_of_week(counter.world.desk)] == [2]
    counter.client.post("/ban-lam-viec/goi-so/thiet-lap/?noi=mot-cua", {"niem-yet": "2022-11-21"})
    assert counter.world.desk in queries.posted_since([counter.world.desk])
