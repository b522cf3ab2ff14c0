"""The whole history on one page: acts, steps, dates, papers, files, by day; narrowed by kind."""

from motcua.dossiers import operations
from motcua.dossiers.tests.conftest import later
from motcua.ledger import sql
from motcua.rules.actor import Role


def lived(desk, world):
    done = world.accepted()
    an, binh = (desk.officer(Role.OFFICER, name=name) for name in ("an", "binh"))
    item = desk.item(done.id).id
    operations.take(dossier_id=done.id, item_id=item, actor=an, at=later(0.1))
    operations.reassign(
        dossier_id=done.id, item_id=item, to=binh.account_id, reason="Nghỉ ốm",
        actor=desk.officer(Role.HEAD), at=later(0.2),
    )  # fmt: skip
    operations.hand_on(
        dossier_id=done.id, item_id=item, actor=binh, note="Đủ điều kiện", at=later(3)
    )
    operations.conclude(
        dossier_id=done.id, item_id=desk.item(done.id).id, result_name="Giấy phép",
        result_number="12", actor=world.leader, at=later(3.1),
    )  # fmt: skip
    operations.reopen(dossier_id=done.id, reason="Sai diện tích", actor=world.leader, at=later(4))
    return done.id


def test_all_of_it_is_there_by_day_with_who_where_and_how_long(desk, world):
    dossier_id = lived(desk, world)
    page = desk.standing(desk.officer(Role.LEADER), later(4.1)).get(f"ho-so/{dossier_id}/lich-su/")
    assert page.status_code == 200
    text = page.content.decode()
    for said in (
        "Từ Công chức an sang Công chức binh", "Lý do: Nghỉ ốm.", "Xong bước “Thụ lý hồ sơ”",
        "3 ngày làm việc", "Quá hạn của bước", "Đủ điều kiện", "28/11/2022",
        "Giấy tiếp nhận hồ sơ", "Kết quả không còn giá trị: Giấy phép, số 12.", "Lý do: Sai diện tích.",
        "Đang ở bước “Phê duyệt kết quả”",
    ):  # fmt: skip
        assert said in text, said
    assert [on.day for on, _ in page.context["days"]] == [21, 24, 25]


def test_it_is_narrowed_by_kind(desk, world):
    dossier_id = lived(desk, world)
    desk.standing(desk.officer(Role.LEADER), later(4.1))
    page = desk.get(f"ho-so/{dossier_id}/lich-su/", loai=["han", "giay"])
    kinds = {one.kind for _, lines in page.context["days"] for one in lines}
    assert kinds == {"han", "giay"}
    none = desk.get(f"ho-so/{dossier_id}/lich-su/", loai="tep")
    assert "Không có gì thuộc loại đã chọn" in none.content.decode()


def test_who_does_not_see_the_dossier_does_not_see_its_history(desk, world):
    dossier_id = world.accepted().id
    desk.standing(desk.officer(Role.OFFICER, unit=world.other_department))
    assert desk.get(f"ho-so/{dossier_id}/lich-su/").status_code == 404


def test_it_costs_a_constant_number_of_statements(desk, world):
    dossier_id = lived(desk, world)
    desk.standing(desk.officer(Role.LEADER), later(4.1))
    desk.get(f"ho-so/{dossier_id}/lich-su/")
    with sql.counted() as sent:
        desk.get(f"ho-so/{dossier_id}/lich-su/")
    assert len(sent) <= 24
