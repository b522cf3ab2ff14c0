import csv
import io
import re
from datetime import date

import pytest

from motcua.desk.forms_figures import usual_windows
from motcua.desk.tables import as_csv
from motcua.dossiers import operations
from motcua.dossiers.tests.conftest import NINE, later
from motcua.ledger import sql
from motcua.rules.actor import Role
from motcua.statistics.measures import MEASURES

HERE = "/thong-ke/"
WINDOW = {"since": "01/11/2022", "until": "21/11/2022"}


def look(desk, actor, path=HERE, at=None, **query):
    return desk.standing(actor, at).client.get(path, query)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def links_of(response):
    found = re.findall(r'href="(/thong-ke/[^"]+)"', response.content.decode())
    return [link.replace("&amp;", "&") for link in found]


def test_the_overview_shows_the_month_until_today_and_every_number_opens(desk, world):
    world.accepted()
    leader = desk.officer(Role.LEADER)
    shown = look(desk, leader)
    assert shown.status_code == 200
    assert "Từ 01/11/2022 đến hết 21/11/2022" in text_of(shown)
    assert shown.context["total"][1].value == 1
    opened = [link for link in links_of(shown) if "?" in link and not link.startswith(f"{HERE}?")]
    assert len(opened) > len(MEASURES)
    for link in set(opened):
        assert desk.client.get(link).status_code == 200, link


def test_the_number_of_the_table_is_the_number_of_the_list(desk, world):
    done = world.accepted()
    world.accepted(at=later(hours=1))
    leader = desk.officer(Role.LEADER)
    shown = look(desk, leader, by="domain")
    cell = shown.context["groups"][0]["lines"][0]["cells"][1]
    assert cell.value == 2
    listed = desk.client.get(cell.href)
    assert "Tiếp nhận trong kỳ: 2 hồ sơ" in text_of(listed)
    assert done.code in listed.content.decode()
    assert f"/ban-lam-viec/ho-so/{done.id}/" in listed.content.decode()


def test_what_lies_outside_the_readers_scope_is_counted_not_shown(desk, world):
    done = world.accepted()
    head = desk.officer(Role.HEAD, unit=world.other_department)
    listed = look(desk, head, f"{HERE}received/", **WINDOW)
    assert done.code not in listed.content.decode()
    assert "Cả 1 hồ sơ thuộc cơ quan khác" in text_of(listed)
    exported = look(desk, head, f"{HERE}received/", dang="csv", **WINDOW)
    assert done.code not in exported.content.decode()


def test_an_officer_sees_the_own_agency_and_no_choice_of_others(desk, world):
    world.accepted()
    other = desk.officer(Role.OFFICER, unit=world.other_department)
    shown = look(desk, other)
    assert shown.context["groups"] == []
    assert 'name="unit"' not in shown.content.decode()
    # A unit put into the address by hand is not listened to: the figures stay those of the own agency.
    asked = look(desk, other, f"{HERE}received/", unit=world.department, **WINDOW)
    assert asked.context["found"].number == 0


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"since": "31/02/2022"}, "Ngày chưa đúng"),
        ({"since": "20/11/2022", "until": "01/11/2022"}, "Ngày này sau “đến ngày”"),
        ({"until": "22/11/2022"}, "Chưa tới ngày này"),
        ({"since": "01/01/1990"}, "dài quá 10 năm"),
        ({"unit": "x"}, "Cơ quan giải quyết"),
        ({"channel": "9"}, "Hình thức nộp"),
    ],
)
@pytest.mark.parametrize("path", [HERE, f"{HERE}received/"])
def test_a_window_that_makes_no_sense_names_the_field(desk, world, path, query, said):
    shown = look(desk, desk.officer(Role.LEADER), path, **query)
    assert shown.status_code == 422
    assert said in text_of(shown)


def test_an_unknown_measure_is_a_page_that_says_so(desk, world):
    shown = look(desk, desk.officer(Role.LEADER), f"{HERE}khong-co/")
    assert shown.status_code == 404
    assert "Không có chỉ số này" in text_of(shown)


def test_the_table_goes_into_a_file_as_it_is_seen(desk, world):
    world.accepted()
    leader = desk.officer(Role.LEADER)
    made = look(desk, leader, dang="csv", **WINDOW)
    assert made["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(made.content.decode("utf-8-sig"))))
    assert rows[0][:5] == ["Nhóm", "Cơ quan", "Thuộc", "Kỳ trước chuyển qua", "Tiếp nhận trong kỳ"]
    assert rows[-1][1:5] == ["Tổng cộng", "", "0", "1"]
    listed = look(desk, leader, f"{HERE}received/", dang="csv", **WINDOW)
    assert len(list(csv.reader(io.StringIO(listed.content.decode("utf-8-sig"))))) == 2


def test_no_cell_of_a_file_is_a_formula():
    made = as_csv("x", [["=1+1", "-2", "Lam", 5]]).content.decode("utf-8-sig")
    assert made == "'=1+1,'-2,Lam,5\r\n"


def test_the_page_costs_the_same_number_of_statements_however_much_there_is(desk, world):
    leader = desk.officer(Role.LEADER)

    def statements(path):
        with sql.counted() as sent:
            assert look(desk, leader, path, **WINDOW).status_code == 200
        return len(sent)

    world.accepted()
    few = [statements(p) for p in (HERE, HERE, f"{HERE}received/")]
    for n in range(4):
        world.accepted(at=later(hours=n + 1))
    assert [statements(p) for p in (HERE, HERE, f"{HERE}received/")] == few


def test_figures_move_with_the_act_at_once(desk, world):
    leader = desk.officer(Role.LEADER)
    before = look(desk, leader).context["total"][1].value
    done = world.accepted()
    assert look(desk, leader).context["total"][1].value == before + 1
    operations.withdraw(dossier_id=done.id, reason="Đổi ý", actor=world.clerk, at=later(hours=1))
    assert look(desk, leader).context["total"][-1].value == 1


def test_a_transfer_is_shown_in_both_columns_and_its_list_says_when_and_whose(desk, world):
    done = world.accepted()
    operations.transfer(
        dossier_id=done.id, to=world.other_department, reason="Sai thẩm quyền",
        article="NĐ 61/2018/NĐ-CP", actor=world.leader, at=later(hours=1),
    )  # fmt: skip
    shown = look(desk, desk.officer(Role.LEADER))
    receiving = desk.officer(Role.LEADER, unit=world.other_department)
    columns = [m.key for m, _ in shown.context["columns"]]
    total = dict(zip(columns, (c.value for c in shown.context["total"]), strict=True))
    assert (total["received"], total["transferred-in"], total["transferred-out"]) == (1, 1, 1)
    listed = look(desk, receiving, f"{HERE}transferred-out/", **WINDOW)
    assert "Chuyển cơ quan khác: 1 lượt" in text_of(listed)
    assert "Chuyển đi ngày 21/11/2022, sổ của so-a" in text_of(listed)
    file = look(desk, receiving, f"{HERE}transferred-in/", dang="csv", **WINDOW)
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert rows[0][-2:] == ["Chuyển đến ngày", "Sổ của cơ quan"]
    assert rows[1][-2:] == ["21/11/2022", "so-b"]


def test_proofs_are_read_by_who_sees_figures_and_made_by_who_operates(desk, world):
    world.accepted()
    page = f"{HERE}doi-chieu/"
    assert "Chưa đối chiếu lần nào" in text_of(look(desk, desk.officer(Role.LEADER), page))
    assert look(desk, desk.officer(Role.OFFICER), page).status_code == 403
    desk.standing(desk.officer(Role.LEADER))
    assert desk.client.post(page).status_code == 403
    desk.standing(desk.officer(Role.ADMINISTRATOR))
    assert desk.client.post(page).status_code == 302
    assert "Mọi số liệu đều khớp" in text_of(desk.client.get(page))


def test_a_difference_is_said_with_names(desk, world):
    world.accepted()
    sql.execute(
        'INSERT INTO statistics_daily ("on", unit_id, channel, from_account, to_account, n) '
        "VALUES ('2022-11-21', %s, 1, 0, 2, 5)",
        [world.department],
    )
    desk.standing(desk.officer(Role.ADMINISTRATOR))
    desk.client.post(f"{HERE}doi-chieu/")
    said = text_of(desk.client.get(f"{HERE}doi-chieu/"))
    assert "so-a" in said
    assert "ngoài sổ → đang giải quyết, trong hạn" in said


def test_the_usual_windows():
    windows = dict(usual_windows(date(2022, 11, 10)))
    assert [(w.since, w.until) for w in windows.values()] == [
        (date(2022, 11, 1), date(2022, 11, 10)),
        (date(2022, 10, 1), date(2022, 10, 31)),
        (date(2022, 10, 15), date(2022, 11, 10)),
        (date(2022, 1, 1), date(2022, 11, 10)),
    ]
    assert NINE.date() == date(2022, 11, 21)
