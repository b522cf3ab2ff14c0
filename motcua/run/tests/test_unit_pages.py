"""The pages of the province's bodies."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from motcua.organisations import queries
from motcua.rules.actor import system
from motcua.run.example import organisations as example

AT = datetime(2022, 11, 21, 2, 0, tzinfo=UTC)


@pytest.fixture
def province(db):
    return example.raise_units(system("dựng ví dụ"), AT)


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("day", "districts", "communes", "has", "lacks"),
    [
        ("2022-11-21", 21, 460, "Thị xã Cửa Lò", "Phường Thành Vinh"),
        ("2024-12-01", 20, 412, "Thành phố Vinh", "Thị xã Cửa Lò"),
        ("2025-07-01", 0, 130, "Phường Thành Vinh", "Thành phố Vinh"),
    ],
)
def test_the_tree_shows_the_province_of_the_day(
    client, province, day, districts, communes, has, lacks
):
    page = text(client, f"/co-quan/?ngay={day}")
    tree = client.get(f"/co-quan/?ngay={day}").context
    assert [count for count, _ in tree["counts"][:2]] == [districts, communes]
    assert has in page
    assert lacks not in page


def test_a_name_is_found_without_its_tones(client, province):
    found = client.get("/co-quan/?ngay=21/11/2022&ten=nghia tho").context["found"]
    assert [unit.short_name for unit, _ in found] == ["Xã Nghĩa Thọ"]


@pytest.mark.parametrize("day", ["31/02/2022", "1022-01-01", "hôm nay"])
def test_a_day_that_is_none_is_said_and_today_is_shown(client, province, day):
    page = text(client, f"/co-quan/?ngay={day}")
    assert "Ngày" in page
    assert "mc-tabs" in page
    assert "govuk-error-summary" in page


def test_a_unit_says_what_it_was_and_became(client, province):
    page = text(client, "/co-quan/xa-nghia-phu-16969/?ngay=2022-11-21")
    assert "UBND xã Nghĩa Phú" in page
    assert "Sáp nhập vào" in page
    assert "Xã Nghĩa Thọ" in page
    assert "1243/NQ-UBTVQH15" in page
    assert "000." in page


def test_a_unit_that_no_longer_stands_leads_to_what_it_became(client, province):
    response = client.get("/co-quan/xa-nghia-phu-16969/?ngay=2025-07-01")
    assert "không còn hoạt động" in response.content.decode()
    old = queries.unit_by_key("xa-nghia-phu-16969")
    (heir,) = queries.heirs(old.id, date(2025, 7, 1))
    assert [u.id for u in response.context["heirs"]] == [heir]


def test_a_commune_that_moved_says_where_it_stood(client, province):
    page = text(client, "/co-quan/phuong-nghi-tan-16720/?ngay=2022-11-21")
    assert "Thị xã Cửa Lò" in page
    assert "Thành phố Vinh" in page


def test_what_is_constructed_is_said(client, province):
    assert "dựng cho bản ví dụ" in text(client, "/co-quan/so-xay-dung-phong-chuyen-mon/")
    page = text(client, "/co-quan/so-xay-dung/")
    assert "dựng cho bản ví dụ" not in page
    assert "Trung tâm Phục vụ hành chính công" in page


def test_a_department_shows_where_its_dossiers_are_received(client, province):
    page = text(client, "/co-quan/so-xay-dung/?ngay=2022-11-21")
    assert "Quầy tiếp nhận và trả kết quả" in page


def test_an_unknown_unit_is_not_found(client, province):
    response = client.get("/co-quan/khong-co/")
    assert response.status_code == 404
    assert "Không tìm thấy đơn vị “khong-co”" in response.content.decode()


def test_before_any_unit_is_there_the_page_says_how_to_begin(client, db):
    assert "motcua import-units" in text(client, "/co-quan/")


def test_a_tree_costs_one_statement_when_the_directory_is_in_memory(
    client, province, django_assert_max_num_queries
):
    client.get("/co-quan/?ngay=2022-11-21")
    with django_assert_max_num_queries(1):
        client.get("/co-quan/?ngay=2022-11-21")
