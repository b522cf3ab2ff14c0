"""What stops the clock, what ends a dossier before it begins, and two pages that know of one step."""

from __future__ import annotations

import pytest

from tests.journeys import desk
from tests.journeys.qr import text_of

pytestmark = pytest.mark.browser
MISSING = "Bản sao văn bằng"


def paper(visitor, name):
    return text_of(visitor.fetch(visitor.page.get_by_role("link", name=name).get_attribute("href")))


def test_a_supplement_stops_the_clock_and_the_page_tells_how_it_went_on(common_site, come):
    clerk = come(common_site, "mot-cua")
    dossier = desk.taken_in(clerk)
    officer = come(common_site, "chuyen-vien")
    why = {"Lý do": "Bản sao không đọc được"}
    desk.do(
        officer, dossier, "Yêu cầu bổ sung", "Đã lập phiếu yêu cầu bổ sung.", why, ticked=(MISSING,)
    )
    assert "Đứng yên" in officer.text()
    asked = paper(officer, "yêu cầu bổ sung")
    assert MISSING in asked
    assert "Bản sao không đọc được" in asked

    clerk.page.goto("/ban-lam-viec/")
    clerk.page.get_by_role("link", name="Chờ bổ sung", exact=True).click()
    assert dossier.code in clerk.text()
    desk.do(clerk, dossier, "Nhận đủ hồ sơ bổ sung", "Đã nhận hồ sơ bổ sung.", ticked=(MISSING,))
    clerk.page.get_by_text("Vì sao có hạn này").click()
    told = clerk.text()
    assert "Đã nhận đủ" in told
    assert "tính lại từ đầu" in told, told
    assert "Hẹn trả 9 giờ 0" in told

    officer.page.goto("/ban-lam-viec/")
    row = officer.page.get_by_role("row").filter(has_text=dossier.code)
    assert "Còn 7 ngày làm việc" in row.inner_text()


def test_a_dossier_refused_at_the_counter_leaves_its_paper_its_reason_and_no_work(
    common_site, come
):
    clerk = come(common_site, "mot-cua")
    desk.open_intake(clerk)
    desk.fill_intake(clerk)
    clerk.page.locator("summary").filter(has_text="Từ chối tiếp nhận").click()
    clerk.press("Từ chối tiếp nhận")
    assert "Chưa nêu lý do" in clerk.text()
    clerk.page.get_by_label("Lý do từ chối").fill("Không thuộc thẩm quyền (Điều 7)")
    clerk.press("Từ chối tiếp nhận")
    clerk.page.wait_for_url("**/tiep-nhan/xong/**")
    assert "Đã từ chối tiếp nhận" in clerk.text()
    refused = paper(clerk, "từ chối")
    assert "Mẫu số 03" in refused or "TỪ CHỐI" in refused.upper()
    assert "Không thuộc thẩm quyền (Điều 7)" in refused

    officer = come(common_site, "truong-phong")
    assert "Hồ sơ được chuyển đến sẽ hiện ở đây" in officer.text()
    officer.page.goto("/thong-ke/")
    assert "1 Không tiếp nhận" in officer.text()


def test_a_page_sent_after_another_has_acted_is_told_what_happened_meanwhile(common_site, come):
    dossier = desk.taken_in(come(common_site, "mot-cua"))
    first, second = come(common_site, "chuyen-vien"), come(common_site, "chuyen-vien")
    for window in (first, second):
        desk.open_dossier(window, dossier)
        desk.begin(window, "Chuyển")
        window.page.get_by_label("Ý kiến xử lý").fill("Đủ điều kiện")
    first.press("Chuyển bước")
    first.page.get_by_text("Đã chuyển hồ sơ.").wait_for()

    with second.page.expect_response(lambda answer: answer.request.method == "POST") as sent:
        second.press("Chuyển bước")
    assert sent.value.status == 409
    told = second.text()
    assert "Hồ sơ đã thay đổi sau khi ông/bà mở trang" in told
    assert "Phạm Văn Sơn" in told
    assert "Đủ điều kiện" in told
    second.press("Mở hồ sơ ở trạng thái mới")
    assert second.text().count("Chuyển bước –") == 1


def test_an_officer_with_two_posts_acts_in_the_one_chosen_in_the_header(common_site, come):
    officer = come(common_site, "can-bo-phuong")
    page = officer.page
    chosen = page.get_by_label("Vị trí đang làm việc")
    side = page.get_by_role("navigation").filter(has_text="Hộp việc")
    assert "Công chức một cửa" in chosen.locator("option:checked").inner_text()
    assert side.get_by_role("link", name="Tiếp nhận hồ sơ").is_visible()
    with page.expect_navigation():
        chosen.select_option(index=1)
    assert (
        "Chuyên viên"
        in page.get_by_label("Vị trí đang làm việc").locator("option:checked").inner_text()
    )
    assert not side.get_by_role("link", name="Tiếp nhận hồ sơ").is_visible()
    answer = page.goto("/ban-lam-viec/tiep-nhan/")
    assert answer.status == 403
