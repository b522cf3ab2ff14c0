"""Forwarding a part of a dossier through the desk's pages."""

import pytest

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import later
from motcua.journeys.tests.test_linking import linked, shelf
from motcua.organisations import queries as organisations
from motcua.rules.actor import Role

__all__ = ["linked", "shelf"]


@pytest.fixture
def dossier(world, linked):
    return world.accepted().id


def test_the_agency_then_the_procedure_are_chosen_and_both_pages_show_the_link(desk, dossier):
    desk.standing(desk.officer(Role.OFFICER), later(1))
    path = f"ho-so/{dossier}/lien-thong/"
    assert desk.get(path).status_code == 200
    assert "Không có cơ quan tên như vậy" in desk.get(path, co_quan="ở đâu đó").content.decode()
    name = organisations.unit(desk.world.other_department).name
    form = desk.get(path, co_quan=name).context["form"]
    sent = {"seen": form["seen"].value(), "unit": desk.world.other_department}
    assert desk.post(path, **sent, procedure="", subject="").status_code == 422
    sent |= {"procedure": desk.world.procedure, "subject": "Xác nhận quy hoạch"}
    assert desk.post(path, **sent).status_code == 302
    child = Dossier.objects.get(parent_id=dossier)
    assert child.code in desk.get(desk.page_of(dossier)).content.decode()
    parent = Dossier.objects.get(id=dossier)
    desk.standing(desk.officer(Role.OFFICER, unit=desk.world.other_department), later(1))
    there = desk.get(desk.page_of(child.id)).content.decode()
    assert "Phần việc của hồ sơ liên thông" in there
    assert parent.code in there
    assert f"/ho-so/{dossier}/" not in there
    assert "Chuyển phần việc cho cơ quan khác" not in there


def test_who_does_not_work_on_it_forwards_nothing(desk, dossier):
    desk.standing(desk.officer(Role.CLERK), later(1))
    assert desk.get(f"ho-so/{dossier}/lien-thong/").status_code == 403
    desk.standing(desk.officer(Role.OFFICER, unit=desk.world.other_department), later(1))
    assert desk.get(f"ho-so/{dossier}/lien-thong/").status_code == 404
