"""What the Committee decides: the department proposes, the Office returns once, the Chairman signs; two
clocks, one date for the citizen (NĐ 61/2018 Đ19.6–7)."""

from __future__ import annotations

import pytest

from tests.journeys import desk

pytestmark = pytest.mark.browser
PROCEDURE = "Chuyển đổi công năng nhà ở"
DUE = "21/12/2022"
"""30 days after Monday 21 November, of which the department has 10."""
HANDED, RETURN = "Đã chuyển hồ sơ.", "Trả lại sở để hoàn thiện"


def proposed(department, dossier):
    """From the officer's desk to the proposal signed by the department."""
    for officer in department:
        desk.do(officer, dossier, "Chuyển", HANDED)


def test_a_dossier_goes_to_the_chairman_comes_back_once_and_keeps_its_date(site, come):
    clerk = come(site, "mot-cua")
    dossier = desk.taken_in(clerk, PROCEDURE)
    assert DUE in clerk.text()
    department = [come(site, name) for name in ("chuyen-vien", "truong-phong", "lanh-dao")]
    proposed(department, dossier)

    office = come(site, "van-phong")
    row = office.page.get_by_role("row").filter(has_text=dossier.code)
    assert "Kiểm tra tờ trình" in row.inner_text()
    desk.do(office, dossier, "Chuyển", HANDED, ticked=(RETURN,))
    desk.open_dossier(office, dossier)
    said = office.text()
    assert "Các cơ quan giải quyết liên thông" in said
    assert DUE in said

    proposed(department, dossier)
    desk.do(office, dossier, "Chuyển", HANDED)
    chairman = come(site, "chu-tich")
    result = {"Tên kết quả": "Văn bản chấp thuận", "Số, ký hiệu": "9/UBND-CN"}
    desk.do(chairman, dossier, "Ghi kết quả", "Đã ghi kết quả.", result)
    assert "Xong trước hạn" in chairman.text()
    phases = chairman.page.get_by_role("table").filter(has_text="Dự kiến xong").inner_text()
    assert (phases.count("Sở Xây dựng"), phases.count("tỉnh Nghệ An")) == (2, 2)
    assert phases.count("Đã xong") == 4
    desk.do(clerk, dossier, "Trả kết quả", "Đã trả kết quả.")
