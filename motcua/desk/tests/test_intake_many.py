"""Lines of the paper book, and many applicants at once."""

import io

import pytest
from pypdf import PdfReader

from motcua.desk.forms_batch import MOST
from motcua.desk.tests.test_intake import text_of
from motcua.dossiers.models import BookLine, Dossier
from motcua.people.models import Person
from motcua.rules.actor import Role


@pytest.fixture
def at_desk(desk):
    return desk.standing(desk.officer(Role.CLERK))


# ---- the paper book --------------------------------------------------------------------------------

FIRST = {
    "number": "17", "page": "3", "received_at": "09:00 18/11/2022", "identity": "040190000002",
    "name": "Trần Thị Hoà", "phone": "0912345678", "address": "",
}  # fmt: skip


def book(desk, world, *lines, **data):
    made = desk.get("tiep-nhan/so-giay/", procedure=world.procedure)
    sent = {
        "procedure": world.procedure, "unit": world.department, "paper_case": "", "book": "Q1",
        "reason": "Mất điện", "whole": "on", "dong-TOTAL_FORMS": "8", "dong-INITIAL_FORMS": "0",
    }  # fmt: skip
    for n, line in enumerate(made.context["lines"]):
        sent |= {f"dong-{n}-key": line["key"].value(), f"dong-{n}-kind": "citizen"}
    for n, line in enumerate(lines):
        sent |= {f"dong-{n}-{name}": value for name, value in line.items()}
    return desk.post("tiep-nhan/so-giay/", **sent | data), sent | data


def test_lines_of_the_book_are_entered_quickly_and_what_did_not_go_stays(at_desk, world):
    future = FIRST | {"number": "18", "identity": "040190000003", "received_at": "09:00 22/11/2022"}
    wrong = FIRST | {"number": "19", "identity": "04", "name": "Lê Ba"}
    page, _ = book(at_desk, world, FIRST, future, wrong)
    text = text_of(page)
    assert page.status_code == 422
    assert "000.00.06.H41-221118-0001" in text
    assert "Số 18: Thời điểm nhận ở sau lúc này" in text
    assert "Số 19: Số giấy tờ chưa đúng" in text
    assert BookLine.objects.get().number == "17"
    assert [row["number"].value() for row in page.context["rows"]] == ["18", "19"]
    assert Dossier.objects.count() == 1


def test_lines_sent_twice_are_entered_once(at_desk, world):
    page, sent = book(at_desk, world, FIRST)
    assert page.status_code == 200
    again = at_desk.post("tiep-nhan/so-giay/", **sent)
    assert "000.00.06.H41-221118-0001" in text_of(again)
    assert Dossier.objects.count() == 1


def test_the_book_names_itself_and_its_reason(at_desk, world):
    for data, said in (
        ({"book": ""}, "Hãy ghi tên hoặc số của quyển sổ"),
        ({"reason": " "}, "Chưa nêu lý do"),
        ({"whole": ""}, "Hồ sơ thiếu thì tiếp nhận riêng"),
    ):
        page, _ = book(at_desk, world, FIRST, **data)
        assert (page.status_code, said in text_of(page)) == (422, True)
    assert not Dossier.objects.exists()


def test_who_may_not_accept_sees_neither_page(desk, world):
    desk.standing(desk.officer(Role.OFFICER))
    for path in ("tiep-nhan/so-giay/", "tiep-nhan/nhieu/"):
        assert desk.get(path, procedure=world.procedure).status_code == 403
    assert desk.post("tiep-nhan/nhieu/giay-hen/", **{"ho-so": "x"}).status_code == 403


def test_both_pages_begin_with_the_procedure(at_desk, world):
    for path in ("tiep-nhan/so-giay/", "tiep-nhan/nhieu/"):
        page = at_desk.get(path, q="giay phep")
        assert f"?procedure={world.procedure}" in text_of(page)


# ---- many at once ----------------------------------------------------------------------------------

LIST = """Họ và tên\tSố định danh\tĐiện thoại
Nguyễn Một\t040190000101\t0912345671
Trần Hai\t040190000102\t
Lê Ba\t12\t0912
Hồ Bốn\t040190000101\t
Người Khác\t040190000001\t
"""


def batch(desk, world, text, **data):
    made = desk.get("tiep-nhan/nhieu/", procedure=world.procedure)
    sent = {
        "key": made.context["form"]["key"].value(), "procedure": world.procedure,
        "unit": world.department, "paper_case": "", "kind": "citizen", "pasted": text,
        "whole": "on", "viec": "xem",
    }  # fmt: skip
    return desk.post("tiep-nhan/nhieu/", **sent | data), sent | data


def test_a_list_is_looked_over_before_anything_is_taken_in(at_desk, world):
    page, _ = batch(at_desk, world, LIST)
    text = text_of(page)
    assert "Tiếp nhận 2 hồ sơ" in text
    assert "Số giấy tờ chưa đúng" in text
    assert "Trùng số giấy tờ với dòng 1" in text
    assert "Số này đã ghi tên Nguyễn Thị Lam" in text
    assert not Dossier.objects.exists()


def test_what_is_good_is_taken_in_and_what_is_not_is_told(at_desk, world):
    page, sent = batch(at_desk, world, LIST, viec="tiep-nhan")
    text = text_of(page)
    assert "Đã tiếp nhận 2 hồ sơ, 3 dòng chưa được" in text
    assert "000.00.06.H41-221121-0002" in text
    assert Dossier.objects.count() == 2
    again = at_desk.post("tiep-nhan/nhieu/", **sent)
    assert "Đã tiếp nhận 2 hồ sơ" in text_of(again)
    assert Dossier.objects.count() == 2
    ids = [str(one.id) for one in Dossier.objects.all()]
    printed = at_desk.post("tiep-nhan/nhieu/giay-hen/", **{"ho-so": ids})
    assert len(PdfReader(io.BytesIO(printed.content)).pages) == 2


def test_a_csv_file_does_as_well(at_desk, world):
    file = io.BytesIO("Nguyễn Một;040190000101;0912345671\n".encode("utf-8-sig"))
    file.name = "danh-sach.csv"
    page, _ = batch(at_desk, world, "", file=file, viec="tiep-nhan")
    assert "Đã tiếp nhận 1 hồ sơ" in text_of(page)
    bad = io.BytesIO(b"\xff\xfe\x00\x81")
    bad.name = "x.csv"
    page, _ = batch(at_desk, world, "", file=bad)
    assert page.status_code == 422
    assert "CSV mã UTF-8" in text_of(page)


HOSTILE = [
    "\x00\x00\x00",
    "a" * 200_001,
    '"chưa đóng\tngoặc\n' * 50,
    "<script>alert(1)</script>\t040190000101",
    "=cmd|' /C calc'!A0\t040190000102\t\t\t\tthừa\tthừa",
    "\n".join(f"Người {n}\t{40190001000 + n:012}" for n in range(MOST + 1)),
    "' OR 1=1 --\t040190000103'; DROP TABLE dossiers_dossier",
    "\u202egnol\t\u200b040190000104",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_paste_takes_nothing_in_unseen(at_desk, world, text):
    page, _ = batch(at_desk, world, text)
    assert page.status_code in (200, 422)
    assert "<script>alert" not in text_of(page)
    assert not Dossier.objects.exists()
    assert Person.objects.count() == 1


def test_receipts_of_others_are_not_printed(desk, world):
    ids = [str(world.accepted().id)]
    desk.standing(desk.officer(Role.CLERK, unit=world.other_department))
    assert desk.post("tiep-nhan/nhieu/giay-hen/", **{"ho-so": ids}).status_code == 404
