"""The cashier's pages, as a clerk at the desk opens them."""

import re

import pytest

from motcua.desk.tests.test_dossier import text_of
from motcua.dossiers.models import Charge, DrawerCount, Receipt, Refund
from motcua.dossiers.tests.conftest import later
from motcua.ledger import sql
from motcua.rules.actor import Role


@pytest.fixture
def done(desk, world):
    accepted = world.accepted()
    desk.standing(desk.officer(Role.OFFICER), later(1))
    desk.act(accepted.id, "thu-phi", fee="1")
    return accepted


def plain(page):
    """What a page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", "", text_of(page)).split())


def at_the_counter(desk, name=""):
    return desk.standing(desk.officer(Role.CLERK, name=name), later(1))


def taken(desk, done):
    at_the_counter(desk)
    charge = Charge.objects.get()
    desk.act(done.id, "ghi-nhan-nop-tien", charge_id=charge.id, method="cash")
    return Receipt.objects.get()


def test_the_form_of_a_fee_names_the_lines_of_the_version_and_who_is_freed(desk, world):
    accepted = world.accepted()
    desk.standing(desk.officer(Role.OFFICER), later(1))
    text = text_of(desk.get(f"ho-so/{accepted.id}/thu-phi/"))
    assert "Lệ phí – 50.000 đồng" in text
    assert "Hộ nghèo (Luật 97/2015/QH13 Đ10.1)" in text
    wrong = desk.act(accepted.id, "thu-phi", fee="1", amount="40.000")
    assert (wrong.status_code, "phải có căn cứ" in text_of(wrong)) == (422, True)
    assert desk.act(accepted.id, "thu-phi", fee="1", relief="poor").status_code == 302
    shown = text_of(desk.get(desk.page_of(accepted.id)))
    assert "Hộ nghèo (Luật 97/2015/QH13 Đ10.1); mức đã công bố 50.000 đồng" in shown


def test_a_charge_asked_by_mistake_is_crossed_out_with_its_reason(desk, done):
    desk.act(done.id, "bo-khoan-thu", charge_id=Charge.objects.get().id, reason="Lập nhầm")
    assert "Đã bỏ Lập nhầm" in plain(desk.get(desk.page_of(done.id)))


def test_a_cashier_sees_what_is_owed_takes_it_and_counts_her_drawer(desk, done):
    at_the_counter(desk)
    assert "Nguyễn Thị Lam" in text_of(desk.get("thu-tien/"))
    receipt = taken(desk, done)
    text = text_of(desk.get("thu-tien/"))
    assert "Không có khoản nào chờ nộp" in text
    assert "phải có 50.000 đồng (1 biên lai tiền mặt)" in plain(desk.get("thu-tien/"))
    wrong = desk.post("thu-tien/", counted="1.000", note="")
    assert "lệch -49.000 đồng so với sổ (50.000 đồng)" in text_of(wrong)
    assert desk.post("thu-tien/", counted="50.000", note="").status_code == 302
    assert DrawerCount.objects.get().counted == 50_000
    assert "Khớp" in text_of(desk.get("thu-tien/"))
    book = text_of(desk.get("bien-lai/", since="22/11/2022", until="22/11/2022"))
    assert f"TM-2022-{receipt.number:06d}" in book
    assert "Không có biên lai nào" in text_of(desk.get("bien-lai/", since="23/11/2022"))


def test_a_spoiled_receipt_is_voided_and_a_refund_is_paid_by_somebody_else(desk, done):
    receipt = taken(desk, done)
    page = desk.get(f"bien-lai/{receipt.id}/")
    sent = {"viec": "huy", "huy-seen": page.context["row"]["version"], "huy-replace": "yes"}
    assert desk.post(f"bien-lai/{receipt.id}/", **sent).status_code == 422
    sent["huy-reason"] = "Ghi sai tên"
    assert desk.post(f"bien-lai/{receipt.id}/", **sent).status_code == 302
    new = Receipt.objects.get(voided_at=None)
    version = desk.get(f"bien-lai/{new.id}/").context["row"]["version"]
    order = {"viec": "hoan", "hoan-seen": version, "hoan-reason": "Thu nhầm"}
    assert desk.post(f"bien-lai/{new.id}/", **order).status_code == 302
    refund = Refund.objects.get()
    assert "Chờ hoàn trả" in text_of(desk.get("thu-tien/"))
    same = desk.post(f"hoan-tra/{refund.id}/", viec="tay", reference="")
    assert (same.status_code, Refund.objects.get().state) == (422, "due")
    at_the_counter(desk, name="Bình")
    assert desk.post(f"hoan-tra/{refund.id}/", viec="tay", reference="PC 1").status_code == 302
    assert "Đã hoàn trả" in text_of(desk.get("bien-lai/", since="22/11/2022"))


def test_without_a_service_the_statement_page_says_so(desk, done):
    at_the_counter(desk)
    assert "Chưa nối cổng thanh toán" in text_of(desk.get("doi-chieu/"))
    assert desk.post("doi-chieu/ngay/", ngay="21/11/2022").status_code == 302


@pytest.mark.parametrize("path", ["thu-tien/", "bien-lai/", "doi-chieu/"])
def test_money_is_nobodys_who_takes_none(desk, world, path):
    desk.standing(desk.officer(Role.OFFICER))
    assert desk.get(path).status_code == 403


def test_the_cashiers_page_costs_the_same_however_much_is_owed(desk, world, done):
    at_the_counter(desk)
    desk.get("thu-tien/")
    with sql.counted() as few:
        desk.get("thu-tien/")
    for _ in range(3):
        other = world.accepted()
        desk.act(other.id, "thu-phi", fee="1")
    with sql.counted() as many:
        desk.get("thu-tien/")
    assert len(many) == len(few) <= 12
