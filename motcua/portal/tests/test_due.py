"""The due-date calculator: an answer under an address, and every bad question told at its field."""

from __future__ import annotations

from datetime import date, time

import pytest

from motcua.organisations import operations as organisations
from motcua.organisations.operations import DayDeclared, SessionGiven
from motcua.portal.tests.conftest import BEFORE, SYSTEM
from motcua.portal.tests.test_find import text
from motcua.rules.worktime import DayKind

ASKED = {"nhan": "09:00 18/11/2022", "so": "2,5", "loai": "working_day", "cach": "gio"}
PAUSED = {"dung1_tu": "10:00 21/11/2022", "dung1_den": "10:00 23/11/2022", "dung1_vi": "money"}


def asked(client, status=200, **changes):
    response = client.get("/tinh-han/", ASKED | changes)
    assert response.status_code == status, response.status_code
    return response


def test_the_question_is_the_address_and_the_answer_explains_itself(client, town):
    page = text(asked(client))
    assert "15 giờ 00 phút, ngày 22/11/2022" in page
    assert "2,5 ngày làm việc kể từ 09:00 thứ Sáu 18/11/2022" in page
    assert "<caption>Tháng 11/2022</caption>" in page
    assert "Từng chặng thời gian" in page


def test_before_anything_is_asked_the_form_is_ready_and_takes_what_a_link_brings(client, town):
    page = client.get("/tinh-han/", {"so": "15", "loai": "calendar_day"})
    assert page.status_code == 200 and "answer" not in page.context
    html = page.content.decode()
    assert 'value="15"' in html and '<option value="calendar_day" selected>' in html
    assert 'value="09:00 21/11/2022"' in html


def test_counting_from_the_next_day_is_another_date_and_says_so(client, town):
    page = text(asked(client, cach="ngay-sau", so="2"))
    assert "17 giờ 30 phút, ngày 22/11/2022" in page
    assert "ngày tiếp nhận 18/11 (BLDS 2015 Đ147)" in page


def test_a_pause_moves_the_date_and_a_restart_begins_anew(client, town):
    assert "15 giờ 00 phút, ngày 24/11/2022" in text(asked(client, **PAUSED))
    again = text(asked(client, **PAUSED | {"dung1_vi": "supplement", "dung1_sau": "lai"}))
    assert "16 giờ 00 phút, ngày 25/11/2022" in again
    assert "là lúc nhận đủ hồ sơ bổ sung" in again


def test_an_office_with_a_calendar_of_its_own_counts_by_it(client, town):
    organisations.declare_days(
        town.department,
        [DayDeclared(date(2022, 11, 22), DayKind.LOCAL_OFF, "Nghỉ kiểm kê", "QĐ 9")],
        reason="thử", actor=SYSTEM, at=BEFORE,
    )  # fmt: skip
    page = text(asked(client, don_vi="so-xd"))
    assert "15 giờ 00 phút, ngày 23/11/2022" in page and "Nghỉ kiểm kê theo QĐ 9" in page
    assert '<option value="so-xd" selected>Sở Xây dựng</option>' in page
    assert "15 giờ 00 phút, ngày 22/11/2022" in text(asked(client))
    assert '<option value="so-yt" selected>' in text(asked(client, don_vi="so-yt"))


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"nhan": "hôm qua"}, "nhan", "hãy ghi giờ và ngày, ví dụ 09:00 21/11/2022"),
        ({"nhan": ""}, "nhan", "Hãy ghi giờ và ngày nhận hồ sơ"),
        ({"nhan": "09:00 31/02/2022"}, "nhan", "Thời điểm chưa đúng"),
        ({"nhan": "09:00 21/11/2010"}, "nhan", "Chưa khai báo quy định nào có hiệu lực"),
        ({"so": ""}, "so", "Hãy ghi thời hạn"),
        ({"so": "mười lăm"}, "so", "không phải là số"),
        ({"so": "1e99"}, "so", "không phải là số"),
        ({"so": "0"}, "so", "Thời hạn phải lớn hơn 0"),
        ({"so": "-5"}, "so", "Thời hạn phải lớn hơn 0"),
        ({"so": "10000"}, "so", "Thời hạn 10.000 ngày làm việc dài quá 3.650 ngày làm việc."),
        ({"so": "2,3"}, "so", "nửa ngày"),
        ({"so": "1,5", "loai": "month"}, "so", "phải là số nguyên"),
        ({"loai": "tuan"}, "loai", "Hãy chọn thời hạn tính bằng gì"),
        ({"cach": "khac"}, "cach", "Hãy chọn một trong hai cách đếm"),
        ({"don_vi": "khong-co"}, "don_vi", "Không tìm thấy cơ quan này"),
        ({"dung1_tu": "10:00 21/11/2022"}, "dung1_den", "Hãy ghi thời điểm tính tiếp"),
        ({"dung1_den": "10:00 21/11/2022"}, "dung1_tu", "Hãy ghi tạm dừng từ lúc nào"),
        (PAUSED | {"dung1_tu": "10:00 17/11/2022"}, "dung1_tu", "Hãy xếp theo thứ tự thời gian"),
        (PAUSED | {"dung1_den": "09:00 21/11/2022"}, "dung1_den", "Hãy xếp theo thứ tự thời gian"),
        (PAUSED | {"dung1_vi": "luoi"}, "dung1_vi", "Hãy chọn lý do trong danh sách"),
    ],
)  # fmt: skip
def test_a_bad_question_is_told_at_its_field_with_the_remedy(client, town, changes, field, said):
    response = asked(client, status=422, **changes)
    assert said in " ".join(response.context["form"].errors[field])
    assert said in response.content.decode() and f'href="#id_{field}' in response.content.decode()


def test_two_pauses_for_one_reason_at_the_same_time_are_refused(client, town):
    twice = PAUSED | {"dung2_tu": "11:00 22/11/2022", "dung2_den": "11:00 24/11/2022",
                      "dung2_vi": "money"}  # fmt: skip
    assert "Đang tạm dừng vì cùng lý do" in asked(client, 422, **twice).content.decode()


def test_past_the_declared_years_the_answer_says_so(client, town):
    organisations.declare_days(
        None, [DayDeclared(date(2022, 9, 2), DayKind.HOLIDAY, "Quốc khánh", "thử")],
        reason="thử", actor=SYSTEM, at=BEFORE,
    )  # fmt: skip
    assert "chưa được công bố" not in text(asked(client))
    assert "ngày nghỉ từ năm 2023 chưa được công bố" in text(asked(client, so="60"))


def test_same_day_needs_no_number(client, town):
    assert "17 giờ 30 phút, ngày 18/11/2022" in text(asked(client, so="", loai="same_day"))


def test_a_shorter_day_of_an_office_is_a_day(client, town):
    organisations.set_office_hours(
        town.department,
        [SessionGiven(day, time(8), time(11, 30)) for day in range(5)],
        source="QĐ 7", actor=SYSTEM, at=BEFORE,
    )  # fmt: skip
    page = text(asked(client, don_vi="so-xd", so="2"))
    assert "9 giờ 00 phút, ngày 22/11/2022" in page


def test_an_answer_costs_a_handful_of_statements(client, town, statements):
    asked(client)
    with statements(4):
        asked(client)


def test_only_reading_is_allowed(client, town):
    assert client.post("/tinh-han/", ASKED).status_code == 405


def test_the_page_of_a_procedure_leads_to_the_calculator_with_its_limit(client, town):
    page = text(client.get(f"/thu-tuc/{town.permit}/"))
    assert "/tinh-han/?so=15&amp;loai=working_day" in page
