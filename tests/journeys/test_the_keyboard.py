"""A counter's day without a mouse: signing in, finding, writing, ticking, accepting, by keys alone."""

from __future__ import annotations

import pytest

from motcua.run.cast import PASSWORD
from tests.journeys import desk

pytestmark = pytest.mark.browser
FOCUSED = """() => {
  const at = document.activeElement
  if (at === document.body) return ''
  return at.getAttribute('aria-label') || (at.labels && at.labels[0] && at.labels[0].innerText)
    || at.innerText || ''
}"""
PATIENCE = 60


def tab_to(visitor, label: str) -> None:
    """Press Tab until what has that label has the focus."""
    for _ in range(PATIENCE):
        if visitor.page.evaluate(FOCUSED).startswith(label):
            return
        visitor.page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not come to {label}")


def test_a_dossier_is_taken_in_without_touching_the_mouse(site, come):
    clerk = come(site)
    keys = clerk.page.keyboard
    clerk.page.goto("/tai-khoan/dang-nhap/")
    tab_to(clerk, "Tên đăng nhập")
    keys.type("mot-cua")
    tab_to(clerk, "Mật khẩu")
    keys.type(PASSWORD)
    with clerk.page.expect_navigation():
        keys.press("Enter")
    tab_to(clerk, "Tiếp nhận hồ sơ")
    with clerk.page.expect_navigation():
        keys.press("Enter")
    keys.type("chung chi hanh nghe kien truc")
    clerk.page.get_by_role("heading", name="Thủ tục tìm thấy").wait_for()
    tab_to(clerk, desk.PROCEDURE)
    with clerk.page.expect_navigation():
        keys.press("Enter")
    tab_to(clerk, "Số định danh")
    keys.type("040190001234")
    keys.press("Tab")
    clerk.page.get_by_text("Đã có trong hệ thống: Nguyễn Thị Phương").wait_for()
    assert clerk.page.get_by_label("Họ và tên chủ hồ sơ").input_value() == "Nguyễn Thị Phương"
    tab_to(clerk, "Đã nhận tất cả")
    keys.press("Space")
    tab_to(clerk, "Tiếp nhận")
    keys.press("Enter")
    assert desk.walking(clerk).code.endswith("-0001")


MOST_KEYS = 40
"""From the empty search box to the code of a dossier of a known applicant, by one who knows the shortcuts."""


def test_a_known_applicants_dossier_takes_few_keys(site, come):
    clerk = come(site, "mot-cua")
    clerk.page.goto("/ban-lam-viec/tiep-nhan/")
    pressed = 0

    def press(keys: str = "", text: str = "") -> None:
        nonlocal pressed
        if text:
            clerk.page.keyboard.type(text)
            pressed += len(text)
        if keys:
            clerk.page.keyboard.press(keys)
            pressed += 1 + keys.count("+")

    with clerk.page.expect_navigation():
        press("Enter", "hanh nghe kien truc")
    press("Tab", "040190001234")
    clerk.page.get_by_text("Đã có trong hệ thống: Nguyễn Thị Phương").wait_for()
    press("Alt+g")
    press("Alt+t")
    assert desk.walking(clerk).code.endswith("-0001")
    assert pressed <= MOST_KEYS
