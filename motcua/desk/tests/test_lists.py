import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.desk.views_list import meant
from motcua.dossiers import operations
from motcua.dossiers.models import WorkItem
from motcua.dossiers.tests.conftest import later
from motcua.rules.actor import Role


def rows(response):
    return [row["shown"] for row in response.context["rows"]]


def asked(desk, path):
    desk.get(path)
    with CaptureQueriesContext(connection) as statements:
        assert desk.get(path).status_code == 200
    return len(statements)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, 2),
        ({"status": "2"}, 1),
        ({"channel": "2"}, 0),
        ({"received_from": "22/11/2022"}, 1),
        ({"received_to": "21/11/2022"}, 1),
        ({"late": "on"}, 1),
    ],
)
def test_the_list_is_narrowed_by_each_filter(desk, world, filters, found):
    first, _ = world.accepted(), world.accepted(at=later(1))
    operations.hand_on(
        dossier_id=first.id, item_id=desk.item(first.id).id, actor=world.officer, at=later(1)
    )
    desk.standing(desk.officer(Role.OFFICER), later(8))
    page = desk.get("ho-so/", **filters)
    assert page.status_code == 200
    assert len(rows(page)) == found


def test_the_list_offers_the_agencies_and_procedures_of_the_reader(desk, world):
    world.accepted()
    for role in (Role.OFFICER, Role.CLERK):
        page = desk.standing(desk.officer(role)).get("ho-so/")
        form = page.context["narrow"]
        assert [key for key, _ in form.fields["unit"].choices] == ["", world.department]
        assert [key for key, _ in form.fields["procedure"].choices] == ["", world.procedure]
        assert len(rows(desk.get("ho-so/", unit=world.department, procedure=world.procedure))) == 1


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"received_from": "31/02/2022"}, "Ngày chưa đúng"),
        ({"received_from": "22/11/2022", "received_to": "21/11/2022"}, "trước ngày bắt đầu"),
        ({"status": "99"}, "chỗ cần sửa"),
    ],
)
def test_a_filter_that_makes_no_sense_names_the_field(desk, world, filters, said):
    page = desk.standing(desk.officer(Role.OFFICER)).get("ho-so/", **filters)
    assert page.status_code == 422
    assert said in page.content.decode()


def test_lists_show_no_personal_number(desk, world):
    world.accepted()
    desk.standing(desk.officer(Role.OFFICER))
    for path in ("", "ho-so/", "tim/?q=lam"):
        assert "040190000001" not in desk.get(path).content.decode()


def test_another_agency_finds_nothing_in_list_or_search(desk, world):
    code = world.accepted().code
    desk.standing(desk.officer(Role.OFFICER, unit=world.other_department))
    assert rows(desk.get("ho-so/")) == []
    for text in (code, "nguyen thi lam", "040190000001"):
        page = desk.get("tim/", q=text)
        assert page.status_code == 200
        assert rows(page) == []
        assert "Không tìm thấy hồ sơ nào" in page.content.decode()


def test_the_list_costs_the_same_number_of_statements_however_long(desk, world):
    desk.standing(desk.officer(Role.OFFICER))
    world.accepted()
    few = asked(desk, "ho-so/")
    for n in range(5):
        world.accepted(at=later(hours=n / 10))
    assert asked(desk, "ho-so/") == few <= 6


CARD = "040190000001||Nguyễn Thị Lam|01011990|Nữ|Xã Nghĩa Thọ|01012021"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (" 0401 9000 0001 ", "040190000001"),
        (CARD, "040190000001"),
        ("+84 912 345 678", "0912345678"),
        ("https://dvc.example/tra-cuu/?ma=000.00.06.H41-221121-0001", "000.00.06.H41-221121-0001"),
        ("Nguyễn Lam", "Nguyễn Lam"),
        ("hỏng|mã|thẻ", "hỏng|mã|thẻ"),
    ],
)
def test_the_search_box_understands_what_is_put_into_it(typed, text):
    assert meant(typed.strip()) == text


def test_a_whole_code_opens_the_dossier_at_once(desk, world):
    done = world.accepted()
    desk.standing(desk.officer(Role.CLERK))
    for text in (done.code, done.code.lower(), f"http://x/tra-cuu/?ma={done.code}"):
        assert desk.get("tim/", q=text)["Location"] == f"/ban-lam-viec/ho-so/{done.id}/"
    assert rows(desk.get("tim/", q="nguyen thi")) == [done.code]
    assert rows(desk.get("tim/", q=CARD)) == [done.code]


def test_a_search_too_short_is_told_what_can_be_searched(desk, world):
    page = desk.standing(desk.officer(Role.CLERK)).get("tim/", q="n")
    assert "ít nhất hai chữ" in page.content.decode()


def test_a_head_sees_the_unit_by_step_and_officer_and_gives_a_step_away(desk, world):
    done = world.accepted()
    world.accepted(at=later(1))
    officer = desk.officer(Role.OFFICER)
    head = desk.officer(Role.HEAD)
    page = desk.standing(head, later(1)).get("don-vi/")
    assert page.context["totals"] == {"open": 2, "free": 2, "soon": 2, "late": 0, "standing": 0}
    assert "Chưa ai nhận (Chuyên viên)" in page.content.decode()
    item = desk.item(done.id)
    given = desk.post(
        f"ho-so/{done.id}/phan-cong/", seen=1, key=done.id, item=item.id, to=officer.account_id
    )
    assert given.status_code == 302
    assert WorkItem.objects.get(id=item.id).assignee_id == officer.account_id
    page = desk.get("don-vi/", cua=officer.account_id)
    assert [row["code"] for row in page.context["rows"]] == [done.code]
    page = desk.standing(head, later(9)).get("don-vi/", cua="chua")
    assert page.context["totals"]["late"] == 2
    assert len(page.context["rows"]) == 1


def test_a_step_goes_only_to_who_holds_such_a_post_in_the_unit(desk, world):
    done = world.accepted()
    stranger = desk.officer(Role.OFFICER, unit=world.other_department)
    desk.standing(desk.officer(Role.HEAD))
    for to in (stranger.account_id, "", "x"):
        page = desk.post(
            f"ho-so/{done.id}/phan-cong/", seen=1, key=done.id, item=desk.item(done.id).id, to=to
        )
        assert page.status_code == 422
    assert desk.item(done.id).assignee_id is None


def test_only_who_gives_out_work_sees_the_units_page(desk, world):
    page = desk.standing(desk.officer(Role.OFFICER)).get("don-vi/")
    assert page.status_code == 403
    assert "không được làm việc này" in page.content.decode()


def test_the_units_page_costs_the_same_number_of_statements_however_much_lies_there(desk, world):
    desk.standing(desk.officer(Role.HEAD))
    world.accepted()
    few = asked(desk, "don-vi/")
    for n in range(5):
        world.accepted(at=later(hours=n / 10))
    assert asked(desk, "don-vi/") == few <= 4
