"""Consultations, drafts, notes, inspections, parts elsewhere in a real browser: within everyone's reach."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motcua.desk.tests.test_browser import ROOT, complaints, opened
from motcua.dossiers import drafting, operations
from motcua.dossiers.models import Opinion, ResultDraft
from motcua.dossiers.operations import Agency, Member, Minutes
from motcua.dossiers.tests.conftest import NINE, later
from motcua.journeys.tests.test_linking import linked, open_child, shelf
from motcua.rules.actor import Role
from motcua.rules.casework_opinions import Stance

__all__ = ["complaints", "linked", "opened", "shelf"]
pytestmark = pytest.mark.browser
PAGES = ("", "xin-y-kien/", "du-thao/", "du-thao/{draft}/?so=2", "kiem-tra/", "lien-thong/",
         "lien-thong/?co_quan=Cơ quan so-b", "y-kien/{opinion}/thoi/")  # fmt: skip


@pytest.fixture
def worked_on(desk, linked):
    """A dossier with all of it."""
    made = linked.accepted().id
    officer = desk.officer(Role.OFFICER)
    told = {"dossier_id": made, "actor": officer, "at": later(1)}
    operations.add_note(**told, text="Đã gọi điện cho chủ hồ sơ, hẹn chiều thứ Tư.")
    minutes = Minutes(
        "thửa đất số 12, tờ bản đồ 5, phường Hưng Dũng", NINE, [Member("Phạm Văn Sơn", "chuyên viên")],
        "Nhà đã xây tầng 1.", "Đúng hiện trạng trong hồ sơ.",
    )  # fmt: skip
    operations.record_inspection(**told, minutes=minutes)
    open_child(linked, made, actor=officer)
    draft_id = operations.draft_result(**told, template="quyet-dinh")
    text = drafting.one(officer, made, draft_id).newest["text"]
    operations.save_draft(
        **told,
        draft_id=draft_id,
        new=drafting.written(text.replace("ký.", "ký ban hành.")),
        based_on=1,
    )
    operations.ask_opinions(
        **told, question="Thửa đất có thuộc quy hoạch mở đường không?\nCăn cứ quy hoạch nào?",
        agencies=[Agency(linked.other_department, days=3)],
    )  # fmt: skip
    return made


def looked_at(page, complaints, width):
    page.evaluate((ROOT / "node_modules/axe-core/axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") == width, page.url
    assert complaints == [], page.url


@pytest.mark.parametrize("width", [1280, 360])
def test_what_an_officer_works_with_is_within_reach_of_everyone(
    desk, worked_on, opened, complaints, width
):
    desk.standing(desk.officer(Role.OFFICER), later(1))
    said = {"draft": ResultDraft.objects.get().id, "opinion": Opinion.objects.get().id}
    for path in PAGES:
        page = opened(f"ho-so/{worked_on}/{path.format(**said)}", width)
        looked_at(page, complaints, width)
        page.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_what_is_asked_and_answered_is_within_reach_of_everyone(
    desk, worked_on, opened, complaints, width
):
    other = desk.world.other_department
    asked = desk.officer(Role.OFFICER, unit=other)
    asked = replace(asked, sees=replace(asked.sees, consulted=frozenset({other})))
    desk.standing(asked, later(1))
    opinion = Opinion.objects.get()
    for path in (
        "y-kien/",
        f"ho-so/{worked_on}/y-kien/{opinion.id}/tra-loi/",
        f"ho-so/{worked_on}/",
    ):
        page = opened(path, width)
        looked_at(page, complaints, width)
        page.close()
    operations.answer_opinion(
        opinion_id=opinion.id, dossier_id=worked_on, stance=Stance.DISAGREES, answer="Không thuộc.",
        actor=asked, at=later(2),
    )  # fmt: skip
    page = opened("y-kien/?muc=da-tra-loi", width)
    looked_at(page, complaints, width)


@pytest.mark.parametrize("width", [1280, 360])
def test_what_a_leader_decides_is_within_reach_of_everyone(
    desk, worked_on, opened, complaints, width
):
    draft = ResultDraft.objects.get()
    operations.submit_draft(
        dossier_id=worked_on, draft_id=draft.id, version=2, actor=desk.officer(Role.OFFICER),
        at=later(1),
    )  # fmt: skip
    desk.standing(desk.officer(Role.LEADER), later(2))
    page = opened(f"ho-so/{worked_on}/du-thao/{draft.id}/", width)
    looked_at(page, complaints, width)
