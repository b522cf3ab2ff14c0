"""The first page, search and the page of a procedure."""

from __future__ import annotations

import pytest

from motcua.dossiers import operations
from motcua.dossiers.operations import Intake
from motcua.people.models import Person
from motcua.portal.tests.conftest import NINE
from motcua.rules.actor import Role
from motcua.rules.books import Channel


def text(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def test_the_first_page_offers_search_tracking_and_the_fields_of_the_province(client, town):
    page = text(client.get("/"))
    assert 'name="q"' in page
    assert 'name="ma"' in page
    assert "Dữ liệu minh họa" in page
    assert "Lâm nghiệp" in page
    assert "thủ tục đang tiếp nhận" in page


def test_the_figures_of_the_month_are_counted_from_the_books(lam, town):
    person = Person.objects.get()
    for n in range(2):
        operations.accept(
            intake=Intake(
                procedure_id=town.permit, unit_id=town.department, channel=Channel.COUNTER,
                applicant_id=person.id, applicant_name=person.name, papers=(), subject=f"Nhà {n}",
            ),
            actor=town.officer(Role.CLERK), at=NINE,
        )  # fmt: skip
    response = lam.get("/")
    assert response.context["figures"]["received"] == 2
    assert "hồ sơ đã tiếp nhận" in text(response)


def test_an_empty_catalogue_says_how_to_fill_it(client, db):
    assert "motcua import-procedures" in text(client.get("/"))


@pytest.mark.parametrize(
    "q", ["giay phep xay dung", "XÂY DỰNG giấy phép", "1.000001", "giấy phep xây dựn"]
)
def test_a_procedure_is_found_by_what_people_type(client, town, q):
    page = text(client.get("/thu-tuc/", {"q": q}))
    assert "Cấp giấy phép xây dựng nhà ở riêng lẻ" in page
    assert "Xác nhận nguồn gốc gỗ" not in page


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"linh_vuc": "lam-nghiep"}, {"Xác nhận nguồn gốc gỗ"}),
        ({"cap": "province"}, {"Xác nhận nguồn gốc gỗ", "Cấp giấy phép xây dựng nhà ở riêng lẻ"}),
        ({"cap": "commune"}, set()),
        ({"cap": "khong-co", "co_quan": "abc", "trang": "-1"}, {"Xác nhận nguồn gốc gỗ"}),
        ({"trang": "9999"}, {"Xác nhận nguồn gốc gỗ"}),
    ],
)
def test_filters_narrow_and_nonsense_is_passed_over(client, town, filters, found):
    response = client.get("/thu-tuc/", filters)
    names = {line["hit"].name for line in response.context["hits"]}
    assert found <= names
    assert bool(found) == bool(names)


def test_an_agency_narrows_to_what_it_settles(client, town):
    assert len(client.get("/thu-tuc/", {"co_quan": town.department}).context["hits"]) == 2


def test_nothing_found_says_what_to_try(client, town):
    assert "Hãy thử ít từ hơn" in text(client.get("/thu-tuc/", {"q": "tàu vũ trụ"}))


def test_the_page_of_a_procedure_says_all_a_person_needs(client, town):
    page = text(client.get(f"/thu-tuc/{town.permit}/"))
    for said in (
        "1.000001", "Xây dựng", "Công dân Việt Nam", "15 ngày làm việc", "75.000 đồng",
        "Theo nghị quyết của Hội đồng nhân dân tỉnh", "Bản vẽ thiết kế", "02 bản chính",
        "Giấy phép xây dựng", "Bước 1: Nộp hồ sơ.", "Sở Xây dựng", "Bộ phận một cửa", "01/01/2022",
    ):  # fmt: skip
        assert said in page


def test_a_procedure_that_never_was_is_not_found(client, town):
    assert "Không tìm thấy thủ tục" in text(client.get("/thu-tuc/999999/"), 404)


def test_a_procedure_not_in_force_today_says_when_it_was(client, town, settings):
    settings.EXAMPLE_TODAY = settings.EXAMPLE_TODAY.replace(year=2021)
    page = text(client.get(f"/thu-tuc/{town.permit}/"), 404)
    assert "không có hiệu lực ngày 21/11/2021" in page
    assert "Từ 01/01/2022" in page


@pytest.mark.parametrize(("path", "most"), [("/thu-tuc/?q=phep", 5), ("/thu-tuc/{}/", 2), ("/", 2)])
def test_a_page_costs_few_statements(client, town, statements, path, most):
    client.get(path.format(town.permit))
    with statements(most):
        client.get(path.format(town.permit))
