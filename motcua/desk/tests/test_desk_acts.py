"""Giving a step to another, taking one back, settling again: as pages."""

from motcua.dossiers import operations
from motcua.dossiers.models import Dossier, WorkItem
from motcua.dossiers.tests.conftest import later
from motcua.rules.actor import Role
from motcua.rules.casework import Status


def test_a_head_gives_a_taken_step_to_another_on_its_page(desk, world):
    done = world.accepted()
    an, binh = (desk.officer(Role.OFFICER, name=name) for name in ("an", "binh"))
    operations.take(dossier_id=done.id, item_id=desk.item(done.id).id, actor=an, at=later())
    desk.standing(desk.officer(Role.HEAD), later(1))
    text = desk.get(desk.page_of(done.id)).content.decode()
    assert "Giao lại cho người khác" in text and "Phân công xử lý" not in text
    form = desk.get(f"ho-so/{done.id}/giao-lai/").content.decode()
    assert "Công chức an" in form
    sent = desk.act(done.id, "giao-lai", to=binh.account_id, reason="Nghỉ phép")
    assert sent.status_code == 302
    assert desk.item(done.id).assignee_id == binh.account_id


def test_the_second_of_two_heads_is_told_what_the_first_did(desk, world):
    done = world.accepted()
    an, binh = (desk.officer(Role.OFFICER, name=name) for name in ("an", "binh"))
    head = desk.officer(Role.HEAD)
    desk.standing(head, later(1))
    sent = desk.form_of(done.id, "phan-cong", to=binh.account_id)
    operations.assign(
        dossier_id=done.id, item_id=desk.item(done.id).id, to=an.account_id,
        actor=desk.officer(Role.HEAD, name="pho"), at=later(1),
    )  # fmt: skip
    late = desk.post(f"ho-so/{done.id}/phan-cong/", **sent)
    text = late.content.decode()
    assert late.status_code == 409 and "Phân công xử lý" in text and "Công chức pho" in text
    assert desk.item(done.id).assignee_id == an.account_id


def test_what_was_handed_on_is_taken_back_with_one_press(desk, world):
    done = world.accepted()
    officer = desk.officer(Role.OFFICER)
    desk.standing(officer, later(1))
    desk.act(done.id, "chuyen")
    page = desk.get(desk.page_of(done.id))
    assert "Rút lại bước vừa chuyển" in page.content.decode()
    sent = desk.post(
        f"ho-so/{done.id}/rut-lai-buoc/", seen=desk.version(done.id), key=page.context["key"]
    )
    assert sent.status_code == 302
    assert desk.item(done.id).assignee_id == officer.account_id


def test_a_leader_has_a_finished_dossier_settled_again(desk, world):
    done = world.accepted()
    leader = desk.officer(Role.LEADER)
    operations.hand_on(
        dossier_id=done.id, item_id=desk.item(done.id).id, actor=world.officer, at=later(1)
    )
    operations.conclude(
        dossier_id=done.id, item_id=desk.item(done.id).id, result_name="Giấy phép",
        result_number="1", actor=world.leader, at=later(2),
    )  # fmt: skip
    desk.standing(leader, later(3))
    text = desk.get(f"ho-so/{done.id}/mo-lai/").content.decode()
    assert "chưa từng xong" in text
    assert desk.act(done.id, "mo-lai", reason="Sai diện tích").status_code == 302
    assert Dossier.objects.get(id=done.id).status == Status.PROCESSING
    assert WorkItem.objects.get(closed_at=None).act == "conclude"
