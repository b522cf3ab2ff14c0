"""The year of an office on a page and as iCalendar, read back by another reader."""

from __future__ import annotations

from datetime import date, time

import pytest
import vobject

from motcua.organisations import operations as organisations
from motcua.organisations.operations import DayDeclared, SessionGiven
from motcua.portal.tests.conftest import BEFORE, SYSTEM
from motcua.portal.tests.test_find import text
from motcua.rules.worktime import DayKind

OFF = DayDeclared(date(2022, 9, 2), DayKind.HOLIDAY, "Quốc khánh", "Thông báo 1", verified=True)
WORKED = DayDeclared(date(2022, 9, 10), DayKind.MAKEUP_WORK, "Làm bù cho ngày 01/09", "Thông báo 2")
NEXT = DayDeclared(
    date(2023, 9, 2), DayKind.HOLIDAY, "Quốc khánh, ngày nghỉ; toàn quốc", "Thông báo 3"
)


@pytest.fixture
def declared(town):
    def declare(*days, unit=None, **more):
        organisations.declare_days(unit, days, reason="thử", actor=SYSTEM, at=BEFORE, **more)

    declare(OFF, WORKED, NEXT)
    return declare


def test_the_year_shows_each_day_with_its_document_and_whether_it_was_seen(client, declared):
    page = text(client.get("/lich-lam-viec/?nam=2022"))
    assert page.count('class="mc-month"') == 12
    assert "Thứ Sáu, 02/09/2022: nghỉ lễ, tết, Quốc khánh, Thông báo 1" in page
    assert "Thứ Bảy, 10/09/2022: làm bù, Làm bù cho ngày 01/09, Thông báo 2" in page
    assert "Đã đối chiếu" in page and "1 ngày trong năm 2022 chưa đối chiếu" in page
    assert "07:30–11:30, 13:30–17:30" in page
    assert "nam=2021" in page and "nam=2023" in page
    assert "hôm nay" in page


def test_a_year_that_is_not_declared_says_so(client, declared):
    assert "Ngày nghỉ năm này chưa được công bố" in text(client.get("/lich-lam-viec/?nam=2040"))
    assert "chưa được công bố" not in text(client.get("/lich-lam-viec/?nam=2023"))


@pytest.mark.parametrize("asked", ["abc", "1800", "99999", "2022.5"])
def test_a_year_that_is_none_is_told_and_this_year_shown(client, declared, asked):
    response = client.get("/lich-lam-viec/", {"nam": asked})
    assert response.status_code == 422
    assert "Hãy ghi năm từ 2000 đến 2100." in response.content.decode()
    assert response.context["year"].year == 2022


def test_an_office_has_its_own_days_and_hours_by_season_before_the_provinces(
    client, town, declared
):
    declared(DayDeclared(date(2022, 11, 22), DayKind.LOCAL_OFF, "Kiểm kê", "QĐ 9"),
             unit=town.department)  # fmt: skip
    organisations.set_office_hours(
        town.department,
        [SessionGiven(5, time(8), time(11), counts=False),
         *(SessionGiven(d, time(7), time(11), season=(415, 1015)) for d in range(5))],
        source="QĐ 7", actor=SYSTEM, at=BEFORE,
    )  # fmt: skip
    page = text(client.get("/lich-lam-viec/so-xd/?nam=2022"))
    assert "Kiểm kê" in page and "Riêng cơ quan" in page and "Quốc khánh" in page
    assert "từ 15/04 đến 15/10 hằng năm" in page and "08:00–11:00 (chỉ tiếp nhận)" in page
    assert "Thứ Bảy, 05/11/2022: chỉ mở cửa tiếp nhận, không tính" in page
    assert "Kiểm kê" not in text(client.get("/lich-lam-viec/?nam=2022"))
    chosen = client.get("/lich-lam-viec/?don_vi=so-xd&nam=2022")
    assert chosen["Location"] == "/lich-lam-viec/so-xd/?nam=2022"


def test_a_calendar_of_nobody_is_not_found(client, declared):
    for path in ("/lich-lam-viec/khong-co/", "/lich-lam-viec/khong-co.ics"):
        assert client.get(path).status_code == 404


def events(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    read = vobject.readOne(response.content.decode())
    return {event.dtstart.value: event for event in read.contents.get("vevent", [])}


def test_icalendar_is_read_by_another_reader_as_days_with_their_documents(client, declared):
    found = events(client, "/lich-lam-viec.ics")
    assert set(found) == {OFF.on, WORKED.on, NEXT.on}
    holiday = found[OFF.on]
    assert holiday.dtend.value == date(2022, 9, 3)
    assert holiday.summary.value == "Nghỉ lễ, tết: Quốc khánh"
    assert holiday.description.value == "Thông báo 1 (đã đối chiếu với văn bản)."
    assert found[WORKED.on].summary.value == "Làm bù cho ngày 01/09"
    assert found[WORKED.on].transp.value == "OPAQUE"
    assert found[NEXT.on].summary.value == "Nghỉ lễ, tết: Quốc khánh, ngày nghỉ; toàn quốc"


def test_one_year_of_icalendar_is_a_file_named_by_it(client, declared):
    assert set(events(client, "/lich-lam-viec.ics?nam=2023")) == {NEXT.on}
    sent = client.get("/lich-lam-viec/so-xd.ics?nam=2023")
    assert sent["Content-Disposition"] == 'attachment; filename="lich-so-xd-2023.ics"'


def test_a_day_keeps_its_uid_when_it_is_declared_anew(client, declared):
    before = events(client, "/lich-lam-viec.ics")
    assert events(client, "/lich-lam-viec.ics")[OFF.on].uid.value == before[OFF.on].uid.value
    declared(DayDeclared(OFF.on, DayKind.HOLIDAY, "Quốc khánh 2/9", "Thông báo 4"))
    after = events(client, "/lich-lam-viec.ics")
    assert after[OFF.on].uid.value == before[OFF.on].uid.value
    assert int(after[OFF.on].sequence.value) > int(before[OFF.on].sequence.value)
    assert len({event.uid.value for event in after.values()}) == 3
    own = events(client, "/lich-lam-viec/so-xd.ics")
    assert own[OFF.on].uid.value != after[OFF.on].uid.value


def test_a_line_is_no_longer_than_other_readers_take(client, declared):
    declared(DayDeclared(date(2022, 12, 1), DayKind.LOCAL_OFF, "Nghỉ kiểm kê tài sản " * 6, "QĐ 9"))
    body = client.get("/lich-lam-viec.ics").content
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))


def test_a_year_costs_the_same_statements_whatever_is_declared(client, declared, statements):
    client.get("/lich-lam-viec/?nam=2022")
    with statements(4):
        client.get("/lich-lam-viec/?nam=2022")


def test_where_no_hours_are_declared_the_page_says_so(client, db):
    assert "Chưa khai báo lịch làm việc" in text(client.get("/lich-lam-viec/"))
