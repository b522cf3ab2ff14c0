"""One real dossier walks through all of the house: over the counter, the desks, into the figure and back."""

from __future__ import annotations

import pytest

from tests.journeys import desk
from tests.journeys.qr import has_qr, text_of

pytestmark = pytest.mark.browser
DUE = "07/12/2022"
"""12 working days (of the 15, the department was approved to keep 12) after Monday 21 November."""


def test_a_dossier_walks_from_the_counter_into_the_published_figure_and_back(site, come):
    clerk = come(site, "mot-cua")
    desk.open_intake(clerk)
    desk.fill_intake(clerk)
    promise = clerk.page.get_by_role("region", name="Hẹn trả nếu nhận lúc này").inner_text()
    assert DUE in promise
    assert "12 ngày làm việc kể từ 09:00 thứ Hai 21/11/2022" in promise
    assert "không tính 26–27/11 và 03–04/12 (nghỉ hằng tuần)" in promise
    clerk.press("Tiếp nhận")
    dossier = desk.walking(clerk)
    assert dossier.code == "000.00.09.H41-221121-0001"
    assert DUE in clerk.text()

    link = clerk.page.get_by_role("link", name="Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
    paper = clerk.fetch(link.get_attribute("href"))
    assert paper.startswith(b"%PDF")
    assert dossier.code in text_of(paper)
    assert has_qr(paper, f"{site.public_url}/tra-cuu/?ma={dossier.code}")

    for username, step in (("chuyen-vien", "Thụ lý hồ sơ"), ("truong-phong", "Thẩm định hồ sơ")):
        officer = come(site, username)
        row = officer.page.get_by_role("row").filter(has_text=dossier.code)
        assert step in row.inner_text()
        assert "Còn 12 ngày làm việc" in row.inner_text()
        row.get_by_role("checkbox").check()
        officer.press("Nhận xử lý các bước đã chọn")
        officer.page.get_by_text("Nhận xử lý: 1 trên 1 hồ sơ").wait_for()
        desk.do(officer, dossier, "Chuyển", "Đã chuyển hồ sơ.")
    leader = come(site, "lanh-dao")
    result = {"Tên kết quả": "Chứng chỉ hành nghề kiến trúc", "Số, ký hiệu": "12/CC-SXD"}
    desk.do(leader, dossier, "Ghi kết quả", "Đã ghi kết quả.", result)
    assert "Xong trước hạn" in leader.text()
    desk.do(clerk, dossier, "Trả kết quả", "Đã trả kết quả.")

    anybody = come(site)
    anybody.page.goto(f"/tra-cuu/?ma={dossier.code}")
    said = anybody.text()
    assert dossier.code in said
    assert "Đã trả kết quả" in said
    assert "Thành" not in said
    assert desk.PROCEDURE not in said
    assert "12/CC-SXD" not in said

    leader.page.goto("/thong-ke/")
    row = leader.page.get_by_role("row").filter(has_text="Sở Xây dựng")
    received, done = "0 1 0 0 0", "1 0 0"
    assert " ".join(row.inner_text().split()) == f"Sở Xây dựng {received} {done} 0 0 0 0 0 0"
    assert "1 Tiếp nhận trong kỳ" in leader.text()
    leader.page.get_by_role("link", name="1 Trước hạn").click()
    leader.page.get_by_role("link", name=dossier.code).click()
    history = leader.page.get_by_role("main").get_by_role("list").last.inner_text()
    assert [line.partition(",")[0] for line in history.splitlines() if " – " in line] == [
        "Trả kết quả – Hoàng Thị Lan",
        "Có kết quả giải quyết – Trần Quốc Việt",
        "Chuyển bước – Nguyễn Thị Hồng",
        "Nhận xử lý – Nguyễn Thị Hồng",
        "Chuyển bước – Phạm Văn Sơn",
        "Nhận xử lý – Phạm Văn Sơn",
        "Tiếp nhận hồ sơ – Hoàng Thị Lan",
    ]
