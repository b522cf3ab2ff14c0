"""docs/tutorial/mot-ho-so.md, followed to the letter."""

from __future__ import annotations

import re

import pytest

from tests.journeys import desk
from tests.journeys.desk import Walking
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
CODE = re.compile(r"\d{3}\.\d\d\.\d\d\.H41-221121-\d{4}")


def taken_in(clerk: Visitor) -> Walking:
    """Part 1."""
    page = clerk.page
    page.get_by_role("link", name="Tiếp nhận hồ sơ").first.click()
    page.get_by_label("Tên hoặc mã thủ tục").fill("xac nhan tinh trang hon nhan")
    clerk.press("Tìm thủ tục")
    page.get_by_role("heading", name="Cấp Giấy xác nhận tình trạng hôn nhân").wait_for()
    page.get_by_label("Số định danh, mã số thuế").fill("040190001234")
    page.get_by_label("Số định danh, mã số thuế").press("Tab")
    page.get_by_role("status").filter(has_text="Nguyễn Thị Phương").wait_for()
    assert "3 ngày làm việc kể từ" in clerk.text()
    page.locator("input[name=giay-0]").check()
    page.locator("input[name=khong-1]").check()
    clerk.press("Tiếp nhận")
    page.wait_for_url("**/tiep-nhan/xong/**")
    code = CODE.search(clerk.text())
    assert code is not None
    return Walking(page.url.rsplit("/", 2)[1], code[0])


def switched(somebody: Visitor, post: str) -> None:
    choice = somebody.page.get_by_label("Vị trí đang làm việc")
    titles = choice.locator("option").all_inner_texts()
    with somebody.page.expect_navigation():
        choice.select_option(label=next(title for title in titles if title.startswith(post)))


def from_inbox(somebody: Visitor, dossier: Walking) -> None:
    somebody.page.get_by_role("link", name="Hộp việc").first.click()
    somebody.page.get_by_role("link", name=dossier.code).click()


def test_the_tutorial_can_be_followed(site, come):
    hai = come(site, "can-bo-phuong")
    dossier = taken_in(hai)

    switched(hai, "Chuyên viên")
    from_inbox(hai, dossier)
    desk.begin(hai, "Nhận xử lý")
    desk.begin(hai, "Chuyển Ký duyệt kết quả")
    hai.press("Chuyển bước")
    hai.page.get_by_text("Đã chuyển hồ sơ.").wait_for()

    chairman = come(site, "chu-tich-phuong")
    from_inbox(chairman, dossier)
    desk.begin(chairman, "Nhận xử lý")
    desk.begin(chairman, "Ghi kết quả giải quyết")
    chairman.page.get_by_label("Tên kết quả").fill("Giấy xác nhận tình trạng hôn nhân")
    chairman.press("Ghi kết quả giải quyết")
    chairman.page.get_by_text("Xong trước hạn").first.wait_for()

    switched(hai, "Công chức một cửa")
    hai.page.get_by_role("link", name="Hộp việc").first.click()
    hai.page.get_by_role("link", name="Chờ trả", exact=True).click()
    hai.page.get_by_role("link", name=dossier.code).click()
    desk.begin(hai, "Trả kết quả cho người nộp")
    assert hai.page.get_by_label("Người nhận kết quả").input_value() == "Nguyễn Thị Phương"
    hai.press("Trả kết quả cho người nộp")
    hai.page.get_by_text("Đã trả kết quả.").wait_for()

    anybody = come(site)
    anybody.page.goto("/tra-cuu/")
    anybody.page.get_by_label("Mã hồ sơ").fill(dossier.code)
    anybody.press("Xem tình trạng")
    assert "Đã trả kết quả." in anybody.text()
    assert "Phương" not in anybody.text()

    chairman.page.get_by_role("link", name="Thống kê").first.click()
    assert "1 Tiếp nhận trong kỳ" in chairman.text()
    chairman.page.get_by_role("link", name="1 Trước hạn").click()
    chairman.page.get_by_role("link", name=dossier.code).click()
    assert "Trả kết quả – Phan Văn Hải" in chairman.text()
