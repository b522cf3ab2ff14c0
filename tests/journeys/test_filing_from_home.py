"""A citizen files from home on a phone, and the desk takes it in; every page is within reach of everyone."""

from __future__ import annotations

import re

import pytest

from motcua.files.tests import samples
from tests.journeys import desk

pytestmark = pytest.mark.browser
FILE = {"name": "Đơn có chữ ký.pdf", "mimeType": "application/pdf", "buffer": samples.PDF}
LIE = {"name": "ảnh.pdf", "mimeType": "application/pdf", "buffer": samples.png()}


def looked_at(visitor):
    """The page is reachable for everyone and fits the window."""
    assert visitor.violations() == []
    assert visitor.overflow() <= 0


def choose_files(citizen, first):
    """A file for each paper; `first` for the first of them."""
    fields = citizen.page.locator("input[type=file]")
    for n in range(fields.count()):
        fields.nth(n).set_input_files([first if n == 0 else FILE])


def test_a_dossier_filed_on_a_phone_reaches_the_desk_and_comes_back(site, come):
    citizen = come(site, "cong-dan", width=360)
    citizen.page.goto("/")
    looked_at(citizen)
    citizen.page.get_by_label("Tên hoặc mã thủ tục").fill("chung chi hanh nghe kien truc")
    citizen.press("Tìm")
    citizen.page.get_by_role("link", name=desk.PROCEDURE, exact=True).first.click()
    citizen.page.get_by_role("heading", name="Giấy tờ phải nộp").wait_for()
    looked_at(citizen)
    citizen.button("Nộp trực tuyến").first.click()
    citizen.page.get_by_label("Điện thoại").fill("0912 345 678")
    looked_at(citizen)
    citizen.press("Tiếp tục")
    citizen.page.get_by_text("Gửi bản chụp hoặc bản quét").wait_for()

    choose_files(citizen, LIE)
    citizen.press("Tiếp tục")
    citizen.page.get_by_role("alert").filter(has_text="nội dung là ảnh PNG").wait_for()
    looked_at(citizen)
    citizen.page.locator("input[type=file]").first.set_input_files([FILE])
    citizen.press("Tiếp tục")
    citizen.page.get_by_label("Tôi chịu trách nhiệm trước pháp luật").check()
    looked_at(citizen)
    citizen.press("Nộp hồ sơ")
    citizen.page.get_by_text("Đã nộp hồ sơ").wait_for()
    looked_at(citizen)
    code = re.search(r"T[0-9A-F]{12}", citizen.text())[0]
    dossier_id = re.search(r"/ho-so/([\w-]+)/", citizen.page.url)[1]

    clerk = come(site, "mot-cua")
    clerk.page.goto(f"/ban-lam-viec/ho-so/{dossier_id}/")
    assert code in clerk.text()
    assert "Đơn có chữ ký.pdf" in clerk.text()

    anybody = come(site, width=360)
    anybody.page.goto(f"/tra-cuu/?ma={code}")
    assert "đang chờ tiếp nhận" in anybody.text()
    assert desk.PROCEDURE not in anybody.text()
    looked_at(anybody)
    citizen.page.goto("/ho-so-cua-toi/")
    assert code in citizen.text()
    looked_at(citizen)

    clerk.press("Tiếp nhận hồ sơ")
    clerk.page.get_by_role("heading", name="Vì sao có hạn này").wait_for()
    citizen.page.goto(f"/ho-so/{dossier_id}/")
    citizen.page.get_by_role("heading", name="Vì sao hẹn trả ngày").wait_for()
    assert "ngày làm việc kể từ" in citizen.text() and "Tháng 11/2022" in citizen.text()
    looked_at(citizen)


def test_the_portal_does_its_work_without_script(site, browser):
    context = browser.new_context(java_script_enabled=False, base_url=site.base, locale="vi-VN")
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Tên hoặc mã thủ tục").fill("kien truc")
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.get_by_role("link", name=desk.PROCEDURE, exact=True).first.click()
    assert page.get_by_role("heading", name="Giấy tờ phải nộp").is_visible()
    context.close()
