from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import DateRange

from motcua.catalogue.models import PaperRule, ProcedureVersion
from motcua.dossiers.models import Dossier, Paper, Slip
from motcua.dossiers.tests.conftest import NINE, later
from motcua.ledger.acts import Event, act
from motcua.people.models import Person
from motcua.rules.actor import Role, system
from motcua.rules.casework import Status

CARD = "040190000002|187654321|Trần Thị Hoà|02031990|Nữ|Xã Nghĩa Thọ, Nghệ An|01012021"


def text_of(response):
    return response.content.decode()


@pytest.fixture
def at_desk(desk):
    return desk.standing(desk.officer(Role.CLERK))


def form(desk, world, **data):
    """What the screen sends for a new applicant with all papers ticked."""
    made = desk.get("tiep-nhan/", procedure=world.procedure)
    assert made.status_code == 200
    sent = {
        "key": made.context["form"]["key"].value(),
        "procedure": world.procedure,
        "unit": world.department,
        "channel": "1",
        "paper_case": "",
        "kind": "citizen",
        "identity": "040190000002",
        "name": "Trần Thị Hoà",
        "phone": "0912 345 678",
        "address": "Xã Nghĩa Thọ",
        "giay-0": "1",
        "chinh-0": "1",
        "sao-0": "2",
        "viec": "tiep-nhan",
    }
    return {name: value for name, value in {**sent, **data}.items() if value is not None}


@pytest.mark.parametrize("text", ["giay phep", "GIẤY  phép cấp", "1.0", "giay phap", ""])
def test_a_procedure_is_found_forgivingly(at_desk, world, text):
    page = at_desk.get("tiep-nhan/", q=text)
    assert page.status_code == 200
    assert [found["hit"].procedure_id for found in page.context["hits"]] == [world.procedure]


def test_a_search_that_finds_nothing_says_what_to_try(at_desk, world):
    assert "Hãy thử ít chữ hơn" in text_of(at_desk.get("tiep-nhan/", q="zzzz khong co"))


def test_only_what_this_desk_receives_is_found_and_taken_in(desk, world):
    clerk = desk.officer(Role.CLERK)
    sent = form(desk.standing(clerk), world)
    other = frozenset({world.other_department})
    elsewhere = replace(clerk, units=other, unit_id=world.other_department, agency_id=None)
    page = desk.standing(elsewhere).get("tiep-nhan/")
    assert page.context["hits"] == []
    assert desk.post("tiep-nhan/", **sent).status_code == 422
    assert Dossier.objects.count() == 0


def test_the_due_date_and_its_reasons_stand_before_accepting(at_desk, world):
    page = at_desk.get("tiep-nhan/", procedure=world.procedure)
    text = text_of(page)
    assert "9 giờ 00 phút, ngày 28/11/2022" in text
    assert "nghỉ hằng tuần (BLLĐ 2019 Đ111)" in text
    assert "05 ngày làm việc" in text
    assert "50.000 đồng" in text
    assert Dossier.objects.count() == 0


def test_a_dossier_is_accepted_in_one_go_with_code_due_date_and_receipt(at_desk, world):
    sent = form(at_desk, world)
    answer = at_desk.post("tiep-nhan/", **sent)
    assert answer.status_code == 302
    dossier = Dossier.objects.get()
    assert (dossier.status, dossier.applicant_name) == (Status.ACCEPTED, "Trần Thị Hoà")
    page = at_desk.client.get(answer["Location"])
    text = text_of(page)
    assert dossier.code in text
    assert "9 giờ 00 phút, ngày 28/11/2022" in text
    slip = Slip.objects.get()
    assert f"/ban-lam-viec/ho-so/{dossier.id}/phieu/{slip.id}/" in text
    assert 'target="_blank"' in text
    paper = Paper.objects.get()
    assert (paper.name, paper.originals, paper.copies) == ("Tờ khai", 1, 2)
    person = Person.objects.get(identity_number="040190000002")
    assert (person.phone, dossier.applicant_id) == ("0912345678", person.id)


def test_the_same_form_sent_twice_shows_the_same_dossier(at_desk, world):
    sent = form(at_desk, world)
    first = at_desk.post("tiep-nhan/", **sent)
    again = at_desk.post("tiep-nhan/", **sent)
    assert first["Location"] == again["Location"]
    assert Dossier.objects.count() == 1


def test_a_page_used_for_one_dossier_asks_before_taking_another(at_desk, world):
    sent = form(at_desk, world)
    at_desk.post("tiep-nhan/", **sent)
    other = {**sent, "name": "Người khác", "identity": "040190000003"}
    page = at_desk.post("tiep-nhan/", **other)
    assert page.status_code == 409
    assert "Nếu đây là hồ sơ khác" in text_of(page)
    key = page.context["form"]["key"].value()
    assert at_desk.post("tiep-nhan/", **{**other, "key": key}).status_code == 302
    assert Dossier.objects.count() == 2


BAD = [
    ({"identity": "04019"}, "số định danh gồm 12 chữ số"),
    ({"identity": ""}, "Hãy ghi số định danh"),
    ({"kind": "enterprise", "identity": "0100112438"}, "sai chữ số kiểm tra"),
    ({"kind": "enterprise", "identity": "04019"}, "Mã số thuế chưa đúng"),
    ({"name": " "}, "Hãy ghi họ và tên"),
    ({"phone": "12"}, "Số điện thoại chưa đúng"),
    ({"email": "khong-phai-thu"}, "chỗ cần sửa"),
    ({"giay-0": None}, "Còn thiếu giấy tờ bắt buộc: Tờ khai"),
    ({"channel": "9"}, "Lựa chọn này không còn"),
    ({"unit": "999999"}, "Lựa chọn này không còn"),
    ({"paper_case": "bịa"}, "Lựa chọn này không còn"),
    ({"kind": "bịa"}, "chỗ cần sửa"),
    ({"key": "không phải"}, "chỗ cần sửa"),
    ({"viec": "tu-choi"}, "Chưa nêu lý do"),
]


@pytest.mark.parametrize(("data", "said"), BAD)
def test_a_screen_filled_in_wrongly_comes_back_naming_what_to_mend(at_desk, world, data, said):
    page = at_desk.post("tiep-nhan/", **form(at_desk, world, **data))
    assert page.status_code == 422
    text = text_of(page)
    assert said in text
    assert "Xã Nghĩa Thọ" in text
    assert Dossier.objects.count() == 0
    assert Person.objects.count() == 1


@pytest.mark.parametrize("procedure", ["999999", "x", "-1", "9" * 30, ""])
def test_an_unknown_procedure_is_not_taken_in(at_desk, world, procedure):
    page = at_desk.post("tiep-nhan/", **form(at_desk, world, procedure=procedure))
    assert page.status_code in (200, 422)
    assert (page.status_code == 422) == bool(procedure)
    assert Dossier.objects.count() == 0


def test_an_expired_procedure_is_refused_even_from_a_page_opened_before(at_desk, world):
    sent = form(at_desk, world)
    with act(Event("catalogue.ended", "decision"), actor=system("kiểm thử"), at=NINE) as a:
        ProcedureVersion.objects.filter(procedure_id=world.procedure).update(
            valid=DateRange(date(2020, 1, 1), date(2022, 11, 1))
        )
        a.about("decision", 1, {})
    page = at_desk.post("tiep-nhan/", **sent)
    assert page.status_code == 422
    assert "đã hết hiệu lực" in text_of(page)
    assert Dossier.objects.count() == 0


def test_a_paper_that_does_not_apply_is_left_out(at_desk, world):
    answer = at_desk.post("tiep-nhan/", **form(at_desk, world, **{"giay-0": None, "khong-0": "1"}))
    assert answer.status_code == 302
    assert not Paper.objects.exists()


def test_a_number_known_fills_in_the_person_and_a_new_one_says_so(at_desk, world):
    page = at_desk.post(
        "tiep-nhan/", **form(at_desk, world, viec="xem", identity="0401 9000 0001", name="")
    )
    assert page.status_code == 200
    assert page.context["form"]["name"].value() == "Nguyễn Thị Lam"
    assert "Đã có trong hệ thống" in text_of(page)
    page = at_desk.post("tiep-nhan/", **form(at_desk, world, viec="xem"))
    assert "Chưa có trong hệ thống" in text_of(page)
    assert Dossier.objects.count() == 0


def test_the_card_read_by_a_scanner_fills_in_number_name_and_address(at_desk, world):
    page = at_desk.post(
        "tiep-nhan/", **form(at_desk, world, viec="xem", identity=CARD, name="", address="")
    )
    shown = page.context["form"]
    assert shown["identity"].value() == "040190000002"
    assert shown["name"].value() == "Trần Thị Hòa"
    assert shown["address"].value() == "Xã Nghĩa Thọ, Nghệ An"
    broken = at_desk.post("tiep-nhan/", **form(at_desk, world, viec="xem", identity="a|b"))
    assert broken.status_code == 200
    assert "Chưa đọc được mã trên thẻ" in text_of(broken)


def test_a_refusal_at_the_counter_is_recorded_with_its_paper(at_desk, world):
    sent = form(at_desk, world, viec="tu-choi", reason="Không thuộc thẩm quyền", **{"giay-0": None})
    answer = at_desk.post("tiep-nhan/", **sent)
    assert answer.status_code == 302
    dossier = Dossier.objects.get()
    assert (dossier.status, dossier.code) == (Status.NOT_ACCEPTED, None)
    page = at_desk.client.get(answer["Location"])
    assert "Đã từ chối tiếp nhận" in text_of(page)
    assert at_desk.post("tiep-nhan/", **sent)["Location"] == answer["Location"]
    assert [slip.form for slip in Slip.objects.all()] == ["refusal"]


def test_papers_follow_the_case_chosen(at_desk, world):
    version = ProcedureVersion.objects.get(procedure_id=world.procedure)
    with act(Event("catalogue.changed", "decision"), actor=system("kiểm thử"), at=NINE) as a:
        for n, case in enumerate(("Cấp mới", "Cấp lại"), 2):
            PaperRule.objects.create(version=version, position=n, case=case, name=f"Giấy {n}")
        a.about("decision", 1, {})
    page = at_desk.get("tiep-nhan/", procedure=world.procedure)
    assert [line.name for line in page.context["lines"]] == ["Tờ khai", "Giấy 2"]
    page = at_desk.post("tiep-nhan/", **form(at_desk, world, viec="xem", paper_case="Cấp lại"))
    assert [line.name for line in page.context["lines"]] == ["Tờ khai", "Giấy 3"]


def test_who_may_not_accept_does_not_see_the_screen(desk, world):
    page = desk.standing(desk.officer(Role.OFFICER)).get("tiep-nhan/")
    assert page.status_code == 403
    assert "Tiếp nhận hồ sơ</a>" not in text_of(desk.get())


def test_the_screen_costs_the_same_number_of_statements_each_time(at_desk, world):
    def asked():
        with CaptureQueriesContext(connection) as statements:
            at_desk.get("tiep-nhan/", procedure=world.procedure)
        return len(statements)

    asked()
    assert asked() == asked() <= 8


def test_what_comes_in_after_hours_counts_from_the_next_opening(at_desk, world):
    at_desk.standing(at_desk.officer(Role.CLERK), later(hours=9))
    page = at_desk.get("tiep-nhan/", procedure=world.procedure)
    assert "17 giờ 30 phút, ngày 28/11/2022" in text_of(page)
