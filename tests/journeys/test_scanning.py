"""Papers at the counter: a phone photographs, the clerk turns and makes a copy, everybody looks at it."""

from __future__ import annotations

import io
from collections.abc import Callable
from urllib.parse import urlsplit

import pypdf
import pytest
from playwright.sync_api import Page

from motcua.files.tests import samples
from tests.journeys import desk
from tests.journeys.conftest import Come, Site

pytestmark = pytest.mark.browser
PHOTO = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg"}


def unseen(page: Page, name: str) -> None:
    """Nobody photographs the pages of an ordinary run."""


def test_papers_are_photographed_turned_made_into_a_copy_and_looked_at(
    site: Site, come: Come, shoot: Callable[[Page, str], None] = unseen
) -> None:
    clerk = come(site, "mot-cua")
    dossier = desk.taken_in(clerk)
    clerk.press("Số hóa giấy tờ")
    clerk.press("Hiện mã QR")
    clerk.page.get_by_text("chỉ cho hồ sơ này").wait_for()
    shoot(clerk.page, "paired")
    token = clerk.page.locator("[data-address]").get_attribute("data-address") or ""

    phone = come(site, width=360)
    phone.page.goto(urlsplit(token).path)
    for n in range(2):
        photo = samples.picture("JPEG", (1200 + 100 * n, 1600))
        phone.page.get_by_label("Chụp hoặc chọn ảnh").set_input_files([PHOTO | {"buffer": photo}])
    phone.page.get_by_text("IMG_0001.jpg: đã gửi").nth(1).wait_for()
    shoot(phone.page, "phone")
    assert phone.overflow() == 0
    assert phone.violations() == []
    shoot(phone.page, "phone")

    cards = clerk.page.locator("#anh-ho-so > li")
    cards.nth(1).wait_for()
    first = cards.nth(0)
    first.get_by_role("combobox").select_option("90")
    assert "xoay=90" in (first.get_by_role("img").get_attribute("src") or "")
    first.get_by_placeholder("Thứ tự").fill("2")
    cards.nth(1).get_by_placeholder("Thứ tự").fill("1")
    assert clerk.violations() == []
    shoot(clerk.page, "cards")
    clerk.press("Tạo bản số hóa")
    clerk.page.get_by_text("Đã tạo bản số hóa").wait_for()
    shoot(clerk.page, "made")

    clerk.page.get_by_role("table", name="Giấy tờ của hồ sơ").get_by_role("link").click()
    clerk.page.get_by_text("Trang 1/2").first.wait_for()
    shoot(clerk.page, "viewer")
    clerk.page.keyboard.press("ArrowRight")
    clerk.page.wait_for_url("**trang=2**")
    clerk.page.keyboard.press("ArrowLeft")
    clerk.page.wait_for_url("**trang=1**")
    clerk.page.get_by_role("link", name="Xoay phải").click()
    clerk.page.wait_for_url("**xoay=90**")
    assert clerk.violations() == []

    officer = come(site, "chuyen-vien")
    desk.open_dossier(officer, dossier)
    officer.page.get_by_role("link", name=".pdf").first.click()
    picture = officer.page.get_by_role("img", name="Trang 1 của")
    picture.wait_for()
    link = officer.page.get_by_role("link", name="Tải tệp về").get_attribute("href") or ""
    copy = pypdf.PdfReader(io.BytesIO(officer.fetch(link)))
    assert len(copy.pages) == 2
    assert "chưa ký số" in copy.pages[0].extract_text()
