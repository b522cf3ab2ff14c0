"""Plans of moves on the page: drafted, filled, checked by another, approved, rehearsed, watched."""

import pytest
from django.test import Client

from motcua.desk.tests import doors
from motcua.desk.tests.conftest import Desk
from motcua.dossiers.models import MovePlan
from motcua.dossiers.tests.conftest import later
from motcua.dossiers.tests.ended import DAY, raise_ended, run, unit
from motcua.ledger import sql
from motcua.rules.actor import Role

DRAFT = {"lap": "1", "on": "01/12/2022", "decision": "1678/NQ-UBTVQH15"}


@pytest.fixture
def desk(db, settings):
    settings.MIDDLEWARE = doors.middleware()
    return Desk(raise_ended(divided=True), Client())


def control(desk, name, at=None):
    return desk.standing(desk.officer(Role.CONTROL_OFFICER, name=name), at or later(1))


def text(response):
    return response.content.decode()


def test_a_plan_is_filled_checked_approved_and_carried_out(desk):
    world = desk.world
    world.accepted()
    control(desk, "lap")
    assert desk.post("sap-xep/", **DRAFT).status_code == 302
    plan = MovePlan.objects.get()
    address = f"sap-xep/{plan.id}/"
    said = text(desk.get(address))
    assert "Còn hồ sơ chưa có đơn vị nhận" in said and "Cấp giấy phép" in said
    assert desk.post(address, **{f"p{world.procedure}": str(unit("so-c"))}).status_code == 302
    refused = desk.client.post(
        "/ban-lam-viec/sap-xep/", {"plan": plan.id, "kiem-tra": "1"}, follow=True
    )
    assert "không tự kiểm tra" in text(refused)
    control(desk, "kiem")
    desk.post("sap-xep/", **{"plan": plan.id, "kiem-tra": "1"})
    control(desk, "duyet")
    desk.post("sap-xep/", plan=plan.id, duyet="1")
    plan.refresh_from_db()
    assert plan.status == "approved"
    said = text(control(desk, "duyet", DAY).get("sap-xep/"))
    assert "Đã chuyển 0 trên 1 hồ sơ" in said and 'http-equiv="refresh"' in said
    run()
    said = text(desk.get("sap-xep/"))
    assert "đã chuyển xong" in said and 'http-equiv="refresh"' not in said


def test_the_rehearsal_says_where_each_goes_and_what_is_lacking(desk):
    desk.world.accepted()
    control(desk, "lap")
    desk.post("sap-xep/", **DRAFT)
    plan = MovePlan.objects.get()
    said = text(desk.get(f"sap-xep/{plan.id}/thu/"))
    assert "Chưa có đơn vị nhận" in said and "Cấp giấy phép" in said
    desk.post(f"sap-xep/{plan.id}/", **{f"p{desk.world.procedure}": str(unit("so-c"))})
    said = text(desk.get(f"sap-xep/{plan.id}/thu/"))
    assert "Đơn vị giải quyết tiếp" in said and "so-c" in said


def test_bad_input_is_told_at_its_field(desk):
    control(desk, "lap")
    answer = desk.post("sap-xep/", lap="1", on="31/02/2022", decision="")
    assert answer.status_code == 422
    assert "Hãy ghi văn bản sắp xếp đơn vị." in text(answer)


@pytest.mark.parametrize("role", [Role.CLERK, Role.OFFICER, Role.LEADER, Role.INSPECTOR])
def test_who_does_not_plan_sees_no_plan(desk, role):
    desk.standing(desk.officer(role), later(1))
    assert desk.get("sap-xep/").status_code == 403
    assert "Sắp xếp đơn vị" not in text(desk.get())


def test_the_list_costs_the_same_however_many_plans_there_are(desk):
    desk.world.accepted()
    control(desk, "lap")
    desk.post("sap-xep/", **DRAFT)
    desk.get("sap-xep/")
    with sql.counted() as sent:
        desk.get("sap-xep/")
    assert len(sent) <= 6


def test_all_that_lacks_nothing_is_checked_and_approved_together(desk):
    control(desk, "lap")
    desk.post("sap-xep/", **DRAFT)
    control(desk, "kiem")
    desk.post("sap-xep/", **{"tat-ca": "01/12/2022", "kiem-tra": "1"})
    assert MovePlan.objects.get().status == "checked"
    control(desk, "duyet")
    said = text(desk.client.post("/ban-lam-viec/sap-xep/", {"duyet": "1"}, follow=True))
    assert "Chưa chọn phương án nào" in said
    desk.post("sap-xep/", **{"tat-ca": "01/12/2022", "duyet": "1"})
    assert MovePlan.objects.get().status == "approved"
