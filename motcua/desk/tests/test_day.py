"""The day sheet: counted from the acts of the day, each number opens, a head sees his unit's officers."""

import pytest

from motcua.dossiers import operations
from motcua.dossiers.tests.conftest import later
from motcua.ledger import sql
from motcua.rules.actor import Role


def work(desk, world, officer):
    ids = [world.accepted(at=later(hours=n / 10)).id for n in range(3)]
    for one in ids[:2]:
        operations.take(dossier_id=one, item_id=desk.item(one).id, actor=officer, at=later(0.1))
    operations.hand_on(
        dossier_id=ids[0], item_id=desk.item(ids[0]).id, actor=officer, at=later(0.2)
    )
    return ids


def numbers(page):
    return {key: n for key, _, n in page.context["figures"] if n}


def test_a_day_is_counted_from_its_acts_and_each_number_opens(desk, world):
    officer = desk.officer(Role.OFFICER)
    work(desk, world, officer)
    page = desk.standing(officer, later(0.3)).get("ngay/")
    assert numbers(page) == {"nhan": 2, "chuyen": 1}
    assert page.context["came"] == 3
    opened = desk.get("ngay/", ngay="2022-11-21", viec="nhan")
    assert len(opened.context["rows"]) == 2 and "Nhận xử lý: 2" in opened.content.decode()
    assert len(desk.get("ngay/", viec="den").context["rows"]) == 3
    assert numbers(desk.standing(officer, later(2)).get("ngay/")) == {}
    assert numbers(desk.get("ngay/", ngay="2022-11-21")) == {"nhan": 2, "chuyen": 1}


def test_what_is_due_today_opens_the_inbox(desk, world):
    officer = desk.officer(Role.OFFICER)
    work(desk, world, officer)
    page = desk.standing(officer, later(1)).get("ngay/")
    assert page.context["due"] == {"late": 0, "today": 2, "soon": 0}
    assert "/ban-lam-viec/?gap=hom-nay" in page.content.decode()


def test_a_head_sees_the_day_of_his_officers_and_others_only_their_own(desk, world):
    officer, head = desk.officer(Role.OFFICER), desk.officer(Role.HEAD)
    work(desk, world, officer)
    desk.standing(head, later(0.3))
    page = desk.get("ngay/")
    row = next(r for r in page.context["unit"] if r["account"] == officer.account_id)
    assert {k: n for k, _, n in row["figures"]}["nhan"] == 2
    theirs = desk.get("ngay/", ai=officer.account_id, viec="nhan")
    assert len(theirs.context["rows"]) == 2
    clerk = desk.officer(Role.CLERK)
    assert desk.get("ngay/", ai=clerk.account_id).status_code == 404
    desk.standing(officer, later(0.3))
    assert desk.get("ngay/", ai=head.account_id).status_code == 404
    assert desk.get("ngay/", ai="lạ").status_code == 404


def test_what_went_out_of_sight_is_not_counted(desk, world):
    officer = desk.officer(Role.OFFICER)
    ids = work(desk, world, officer)
    operations.transfer(
        dossier_id=ids[1], to=world.other_department, reason="Không thuộc thẩm quyền",
        article="QĐ 1", actor=world.leader, at=later(0.25),
    )  # fmt: skip
    page = desk.standing(officer, later(0.3)).get("ngay/", viec="nhan")
    assert numbers(page)["nhan"] == 1 and len(page.context["rows"]) == 1


@pytest.mark.parametrize("day", ["", "hôm qua", "2999-01-01"])
def test_a_day_that_is_none_or_to_come_is_today(desk, day):
    desk.standing(desk.officer(Role.OFFICER))
    assert desk.get("ngay/", ngay=day).context["iso"] == "2022-11-21"


def test_a_day_is_written_as_people_write_it(desk):
    desk.standing(desk.officer(Role.OFFICER))
    assert desk.get("ngay/", ngay="18/11/2022").context["iso"] == "2022-11-18"


def test_it_costs_few_statements(desk, world):
    head = desk.officer(Role.HEAD)
    work(desk, world, desk.officer(Role.OFFICER))
    desk.standing(head, later(0.3)).get("ngay/")
    with sql.counted() as sent:
        desk.get("ngay/", viec="nhan")
    assert len(sent) <= 10
