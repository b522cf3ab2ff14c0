"""A fee is asked by the line of the decision, paid at home by VietQR or over the counter, and counted."""

from __future__ import annotations

import pytest

from motcua.gateways.peers import peer
from motcua.run import testing
from tests.journeys import desk
from tests.journeys.conftest import serving

pytestmark = pytest.mark.browser
SECRET = "bi-mat-chung-cua-kiem-thu"


@pytest.fixture(scope="module")
def service():
    with peer("payment", "--secret", SECRET) as running:
        yield running


@pytest.fixture
def paying_site(static, service, tmp_path):
    """The first morning of a province that is connected to a payment service."""
    connected = {
        "MOTCUA_PAYMENT_URL": service.base,
        "MOTCUA_PAYMENT_MERCHANT": "trung-tam",
        "MOTCUA_PAYMENT_SECRET": SECRET,
    }
    with serving(testing.example(0), tmp_path, **connected) as running:
        yield running


def charged(site, come, dossier):
    officer = come(site, "chuyen-vien")
    desk.do(officer, dossier, "Nhận xử lý", "Đã nhận xử lý.")
    desk.do(officer, dossier, "Thu phí, lệ phí", "Đã lập khoản thu.")


def fits(visitor):
    assert visitor.overflow() == 0
    assert [v for v in visitor.violations() if v[1] in ("serious", "critical")] == []


def test_one_pays_from_home_another_over_the_counter(paying_site, come, service):
    site = paying_site
    clerk = come(site, "mot-cua")
    desk.open_intake(clerk)
    desk.fill_intake(clerk, "Nguyễn Thị Phương", "040190001234")
    clerk.press("Tiếp nhận")
    hers = desk.walking(clerk)
    his = desk.taken_in(clerk)
    for dossier in (hers, his):
        charged(site, come, dossier)

    phone = come(site, "cong-dan", width=360)
    phone.page.goto(f"/ho-so/{hers.id}/")
    fits(phone)
    phone.page.get_by_role("link", name="Nộp trực tuyến").click()
    phone.press("Lấy mã để nộp")
    phone.page.get_by_role("heading", name="Quét mã bằng ứng dụng ngân hàng").wait_for()
    assert "300.000 đồng" in phone.text()
    fits(phone)
    (bill,) = [said["body"]["id"] for said in service.ask("seen") if said["method"] == "POST"]
    service.ask("pay", {"id": bill})
    phone.press("Kiểm tra lại")
    phone.page.get_by_text("Đã nộp đủ").wait_for()

    cashier = come(site, "thu-ngan")
    cashier.page.goto("/ban-lam-viec/thu-tien/")
    row = cashier.page.get_by_role("row").filter(has_text=his.code)
    assert "300.000" in row.inner_text()
    fits(cashier)
    row.get_by_role("link", name="Thu tiền").click()
    fits(cashier)
    cashier.page.locator("main form button.govuk-button").first.click()
    cashier.page.get_by_text("Đã ghi nhận nộp tiền.").wait_for()
    cashier.page.goto("/ban-lam-viec/bien-lai/")
    assert "TM" in cashier.text()
    fits(cashier)
    cashier.page.goto("/ban-lam-viec/thu-tien/")
    cashier.page.get_by_label("Tiền mặt đếm được").fill("300.000")
    cashier.press("Ghi nhận kiểm đếm")
    cashier.page.get_by_text("Khớp").first.wait_for()
    fits(cashier)
