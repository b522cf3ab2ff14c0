"""Anybody works a due date out, without script, and sends the answer on as a link."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def test_a_due_date_is_worked_out_without_script_and_sent_as_a_link(lived_site, come, browser):
    context = browser.new_context(
        java_script_enabled=False, base_url=lived_site.base, locale="vi-VN"
    )
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Tính ngày hẹn trả").click()
    page.get_by_label("Nhận hồ sơ lúc").fill("09:00 18/11/2022")
    page.get_by_label("Thời hạn", exact=True).fill("2,5")
    page.get_by_role("button", name="Tính", exact=True).click()
    assert page.get_by_role("heading", name="15 giờ 00 phút, ngày 22/11/2022").is_visible()

    friend = come(lived_site, width=360)
    friend.page.goto(page.url)
    context.close()
    assert "2,5 ngày làm việc kể từ 09:00 thứ Sáu 18/11/2022" in friend.text()
    assert "nghỉ hằng tuần" in friend.page.get_by_role("cell", name="19/11/2022").inner_text()
    friend.page.get_by_text("Từng chặng thời gian").click()
    assert "không tính, nghỉ hằng tuần (BLLĐ 2019 Đ111)" in friend.text()
    assert friend.violations() == [] and friend.overflow() <= 0


def test_the_calendar_leads_to_other_years_and_to_a_file(lived_site, come):
    anybody = come(lived_site)
    anybody.page.goto("/lich-lam-viec/")
    anybody.page.get_by_role("link", name="2023 →").click()
    assert "Lịch làm việc năm 2023" in anybody.text()
    file = anybody.page.get_by_role("link", name="Tải lịch năm 2023").get_attribute("href")
    assert anybody.fetch(str(file)).startswith(b"BEGIN:VCALENDAR")
