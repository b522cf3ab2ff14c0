"""Quality through the pages: the table, what is behind a unit, my own, publishing."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from motcua.dossiers.tests.conftest import later
from motcua.dossiers.tests.test_ratings import finish
from motcua.rules.actor import ANONYMOUS, Role
from motcua.rules.worktime import ZONE
from motcua.statistics.models import Publication

JANUARY = datetime(2023, 1, 5, 9, 0, tzinfo=ZONE)
BASE = "/thong-ke/chat-luong/"


@pytest.fixture
def scored(desk):
    made = desk.world.accepted()
    finish(desk.world, made.id)
    desk.made = made
    return desk


def get(scored, actor, path="", at=None, **query):
    return scored.standing(actor, at or later(3)).client.get(f"{BASE}{path}", query)


def body(answer):
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_the_table_has_each_unit_with_its_class_and_goes_into_a_file(scored):
    director = scored.officer(Role.DIRECTOR)
    page = body(get(scored, director))
    assert "Cơ quan so-a" in page and "Xếp loại" in page and "Toàn tỉnh" in page
    file = get(scored, director, dang="csv").content.decode("utf-8-sig")
    assert file.splitlines()[1].startswith("Cơ quan so-a,1,2.0,2.0,2.0,1.0")


def test_who_sees_the_dossiers_reads_why_each_has_its_points(scored):
    department = scored.world.department
    page = body(get(scored, scored.officer(Role.LEADER), f"{department}/"))
    assert scored.made.code in page
    assert "xong trước hạn" in page and "chỉ đến bộ phận một cửa" in page
    assert "chưa có số liệu phản ánh" in page


def test_who_sees_figures_only_is_told_how_many_dossiers_there_are(scored):
    inspector = scored.officer(Role.CONTROL_OFFICER, unit=scored.world.other_department)
    page = body(get(scored, inspector, f"{scored.world.department}/"))
    assert scored.made.code not in page
    assert "1 hồ sơ khác ngoài phạm vi" in page


def test_an_officer_of_another_agency_does_not_open_a_unit(scored):
    stranger = scored.officer(Role.OFFICER, unit=scored.world.other_department)
    assert get(scored, stranger, f"{scored.world.department}/").status_code == 403


def test_an_officer_sees_his_own_points(scored):
    officer = scored.officer(Role.OFFICER)
    assert "Chưa có hồ sơ nào xong trong kỳ" in body(get(scored, officer, "cua-toi/"))


def test_two_publish_and_everybody_reads(scored):
    one = scored.officer(Role.CONTROL_OFFICER, name="kiem-soat-mot")
    other = scored.officer(Role.CONTROL_OFFICER, name="kiem-soat-hai")
    scored.standing(one, JANUARY)
    answer = scored.client.post(f"{BASE}du-thao/", {"ky": "2022-q4"})
    assert answer.status_code == 302
    made = Publication.objects.get()
    ending = f"{BASE}du-thao/{made.id}/cong-bo/"
    assert scored.client.post(ending).status_code == 422
    assert "người khác công bố" in body(get(scored, one, "cong-bo/", JANUARY))
    public = scored.standing(ANONYMOUS, JANUARY).client
    assert "Chưa công bố kỳ nào" in public.get("/chat-luong-phuc-vu/").content.decode()
    scored.standing(other, JANUARY)
    assert scored.client.post(ending).status_code == 302
    public = scored.standing(ANONYMOUS, JANUARY).client
    page = public.get("/chat-luong-phuc-vu/").content.decode()
    assert "Cơ quan so-a" in page and 'role="img"' in page and made.sha256 in page
    sealed = public.get("/chat-luong-phuc-vu/?dang=json").content.decode()
    assert sealed == made.content and json.loads(sealed)["units"][0]["dossiers"] == 1
    table = public.get("/chat-luong-phuc-vu/?dang=csv").content.decode("utf-8-sig")
    assert "Cơ quan so-a,1" in table
    assert public.get("/chat-luong-phuc-vu/?ky=2021-q1").status_code == 404


def test_nobody_else_reaches_the_drafts(scored):
    assert get(scored, scored.officer(Role.OFFICER), "cong-bo/").status_code == 403
    scored.standing(scored.officer(Role.LEADER), JANUARY)
    assert scored.client.post(f"{BASE}du-thao/", {"ky": "2022-q4"}).status_code == 403


@pytest.mark.parametrize("asked", ["2022-q7", "x"])
def test_a_period_that_is_none_is_told(scored, asked):
    assert get(scored, scored.officer(Role.DIRECTOR), ky=asked).status_code == 422
