"""The desk by its shortcuts, and its pages behind one button on a phone, in a real browser."""

import pytest

from motcua.desk.tests.test_browser import complaints, opened
from motcua.dossiers.tests.conftest import later
from motcua.rules.actor import Role

__all__ = ["complaints", "opened"]
pytestmark = pytest.mark.browser
AS_A_HAND = 80
"""Milliseconds between two keys: what comes faster is a scanner."""


@pytest.fixture
def inbox(desk, world, opened):
    codes = [world.accepted(at=later(hours=n / 10)).code for n in range(3)]
    desk.standing(desk.officer(Role.OFFICER), later(0.1))
    return opened(""), codes


def focused(page):
    return page.evaluate("document.activeElement.textContent.trim()")


def test_rows_are_walked_ticked_and_opened_by_keys(inbox, complaints):
    page, codes = inbox
    for key, code in (("j", 0), ("j", 1), ("j", 2), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        assert focused(page) == codes[code]
        page.wait_for_timeout(AS_A_HAND)
    page.keyboard.press("x")
    assert page.locator("[data-bulk-row]:checked").count() == 1
    assert page.locator(".mc-bulk strong").inner_text() == "1"
    page.keyboard.press("Enter")
    page.wait_for_selector(f"h1:has-text('{codes[1]}')")
    assert complaints == []


def test_g_and_a_letter_go_to_a_page_and_a_lone_letter_does_not(inbox):
    page, _ = inbox
    for key in "dgd":
        page.keyboard.press(key)
        page.wait_for_timeout(AS_A_HAND)
    page.wait_for_selector("h1:has-text('Danh sách hồ sơ')")


def test_the_list_of_shortcuts_opens_and_turns_them_off_and_on(inbox):
    page, codes = inbox
    page.keyboard.press("?")
    page.get_by_label("Tắt phím tắt trên trình duyệt này").check()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("j")
    assert focused(page) not in codes
    page.get_by_role("button", name="Phím tắt").click()
    page.get_by_label("Tắt phím tắt trên trình duyệt này").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert focused(page) == codes[0]


def test_keys_are_letters_where_somebody_types(inbox):
    page, _ = inbox
    page.keyboard.press("/")
    page.keyboard.type("gdjkx?")
    assert page.locator("[data-search-box]").input_value() == "gdjkx?"
    assert page.locator("dialog[open]").count() == 0


def test_with_shift_a_box_ticks_all_from_the_last_one(inbox):
    page, _ = inbox
    boxes = page.locator("[data-bulk-row]")
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    assert page.locator("[data-bulk-row]:checked").count() == 3


@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_one_button_opens_all_pages(desk, world, opened, script):
    desk.standing(desk.officer(Role.CLERK))
    page = opened("", 360, java_script_enabled=script)
    link = page.get_by_role("link", name="Vắng mặt – người thay")
    assert not link.is_visible()
    page.locator(".mc-menu__button").click()
    assert link.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
