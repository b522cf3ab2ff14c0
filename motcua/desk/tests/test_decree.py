"""Declaring days on the page: what would change first, then one act; bad input is told at its field."""

from datetime import date

import pytest

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import later
from motcua.dossiers.tests.test_resettle import declare, off, resettle
from motcua.organisations import calendar as office
from motcua.organisations.models import CalendarDay
from motcua.rules.actor import Role

PAGE = "lich/khai-bao/"
EMPTY = {
    "ngay-TOTAL_FORMS": "5", "ngay-INITIAL_FORMS": "0", "ngay-MIN_NUM_FORMS": "0",
    "ngay-MAX_NUM_FORMS": "40", "unit": "", "source": "QĐ 1/QĐ-UBND", "withdrawn": "",
}  # fmt: skip


def row(n, on, kind="holiday", name="Nghỉ theo quyết định", hours=""):
    return {
        f"ngay-{n}-on": on, f"ngay-{n}-kind": kind, f"ngay-{n}-name": name, f"ngay-{n}-hours": hours,
    }  # fmt: skip


@pytest.fixture
def manager(desk):
    return desk.standing(desk.officer(Role.ADMINISTRATOR), later(hours=1))


def text(response):
    return response.content.decode()


def send(desk, *rows, **more):
    given = EMPTY | more
    for one in rows:
        given |= one
    return desk.post(PAGE, **given)


def test_the_page_shows_what_would_change_and_writes_nothing(manager, world):
    world.accepted()
    said = text(send(manager, row(0, "22/11/2022")))
    assert "Thay đổi nếu áp dụng" in said and "Hồ sơ đổi ngày hẹn trả" in said
    assert "muộn hơn 1 ngày" in said
    assert "Thứ Hai, 28/11/2022" in said and "Thứ Ba, 29/11/2022" in said
    assert "Cấp giấy phép" in said
    assert CalendarDay.objects.count() == 0


def test_applying_declares_and_the_progress_is_followed_to_its_end(manager, world):
    world.accepted()
    world.accepted()
    seen = office.latest_revision()
    done = send(manager, row(0, "22/11/2022"), revision=seen, **{"ap-dung": "1"})
    assert done.status_code == 302 and done["Location"].endswith("/lich/tinh-lai/")
    said = text(manager.get("lich/tinh-lai/"))
    assert "Đã tính 0 trên 2" in said and 'http-equiv="refresh"' in said
    assert 'value="0" max="2"' in said
    resettle()
    said = text(manager.get("lich/tinh-lai/"))
    assert "Mọi hồ sơ đang mở đã theo lịch này" in said and 'http-equiv="refresh"' not in said
    assert Dossier.objects.filter(calendar_revision_id=office.latest_revision()).count() == 2
    day = CalendarDay.objects.get()
    assert (day.on, day.source, day.verified) == (date(2022, 11, 22), "QĐ 1/QĐ-UBND", False)


def test_a_made_up_day_has_the_hours_of_the_weekday_chosen(manager):
    seen = office.latest_revision()
    made_up = row(0, "26/11/2022", "makeup_work", "Làm bù", "4")
    send(manager, made_up, revision=seen, **{"ap-dung": "1"})
    assert CalendarDay.objects.get().weekday_hours == 4


def test_a_day_of_one_office_is_its_own(manager, world):
    world.accepted()
    said = text(send(manager, row(0, "22/11/2022", "local_off"), unit=world.other_department))
    assert "Không hồ sơ nào đổi ngày hẹn trả" in said


def test_who_may_not_see_dossiers_sees_how_many_but_not_which(desk, world):
    code = world.accepted().code
    desk.standing(desk.officer(Role.ADMINISTRATOR, unit=world.other_department), later(hours=1))
    found = send(desk, row(0, "22/11/2022"))
    assert code not in text(found)
    assert found.context["found"].own == found.context["hidden"] == 1
    assert "ông/bà không xem được từng hồ sơ" in text(found)


@pytest.mark.parametrize(
    ("rows", "more", "said"),
    [
        ([], {}, "Chưa có ngày nào được khai hoặc bỏ."),
        ([row(0, "22/11/2022"), row(1, "22/11/2022", "makeup_work")], {}, "được khai hai lần"),
        ([row(0, "22/11/1999")], {}, "ngoài khoảng 2000–2100"),
        ([row(0, "32/11/2022")], {}, "Ngày chưa đúng"),
        ([row(0, "22/11/2022", name="")], {}, "Hãy ghi tên ngày này"),
        ([row(0, "")], {}, "Hãy ghi ngày."),
        ([row(0, "23/11/2022", name="Nghỉ theo nghị định")], {"source": "NĐ kiểm thử"}, "đã được khai"),
        ([row(0, "24/11/2022", "makeup_work")], {}, "vốn là ngày làm việc"),
        ([row(0, "24/11/2022", "lunch")], {}, "Hãy chọn"),
        ([], {"withdrawn": "24/11/2022"}, "chưa được khai cho cơ quan này"),
        ([], {"withdrawn": "mai"}, "“mai” không phải ngày"),
        ([row(0, "22/11/2022")], {"source": ""}, "Hãy ghi văn bản quy định."),
    ],
)  # fmt: skip
def test_bad_input_is_told_at_its_field_and_nothing_is_declared(manager, rows, more, said):
    declare(off(date(2022, 11, 23)))
    for applied in ({}, {"ap-dung": "1", "revision": office.latest_revision()}):
        found = send(manager, *rows, **more, **applied)
        assert found.status_code == 422
        assert said in text(found)
        assert "govuk-error-summary" in text(found)
        assert CalendarDay.objects.count() == 1


def test_a_calendar_that_changed_meanwhile_is_not_declared_upon(manager):
    seen = office.latest_revision()
    declare(off(date(2022, 12, 1)))
    found = send(manager, row(0, "22/11/2022"), revision=seen, **{"ap-dung": "1"})
    assert found.status_code == 409
    assert "Hãy xem trước lại rồi áp dụng." in text(found)
    assert CalendarDay.objects.count() == 1


@pytest.mark.parametrize("path", [PAGE, "lich/tinh-lai/"])
def test_only_who_manages_the_calendar_gets_in(desk, path):
    desk.standing(desk.officer(Role.LEADER), later(hours=1))
    assert desk.get(path).status_code == 403
    assert "Khai báo ngày nghỉ" not in text(desk.get("lich/"))


def test_the_calendar_leads_there(manager):
    assert 'href="/ban-lam-viec/lich/khai-bao/"' in text(manager.get("lich/"))
    assert 'value="22/11/2022"' in text(manager.get(PAGE, bo="22/11/2022"))
