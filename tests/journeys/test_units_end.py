"""2025-07-01 is planned by two and rehearsed; an inspector looks into signals, and says why he looks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.run import testing
from tests.journeys.conftest import LIVED, Come, Site, serving
from tests.journeys.test_every_page import looked_at

pytestmark = pytest.mark.browser
DESK = "/ban-lam-viec/"


@pytest.fixture
def planned_site(static: None, tmp_path: Path) -> Iterator[Site]:
    """A province some months old, in which plans are made."""
    with serving(testing.example(LIVED), tmp_path) as running:
        yield running


@pytest.mark.parametrize("width", (1280, 360))
def test_plans_are_drafted_filled_checked_and_rehearsed(planned_site: Site, come: Come, width: int):
    maker = come(planned_site, "kiem-soat", width=width)
    wrong = looked_at(maker, f"{DESK}sap-xep/")
    maker.page.get_by_label("Đơn vị mới hoạt động từ ngày").fill("01/07/2025")
    maker.page.get_by_label("Văn bản").fill("1678/NQ-UBTVQH15")
    maker.press("Lập phương án cho các đơn vị kết thúc")
    assert "Đã lập" in maker.page.locator("body").inner_text()
    wrong += looked_at(maker, "")
    maker.page.locator("main tbody th a").filter(has_text="Huyện").first.click()
    assert "Còn hồ sơ chưa có đơn vị nhận" in maker.text()
    wrong += looked_at(maker, "")
    for chosen in maker.page.locator("main select").all():
        chosen.select_option(index=1)
    maker.press("Ghi phương án")
    assert "Còn hồ sơ chưa có đơn vị nhận" not in maker.text()
    maker.press("Ghi nhận đã kiểm tra")
    assert "không tự kiểm tra" in maker.page.locator("body").inner_text()
    address = maker.page.url
    maker.page.get_by_role("link", name="Xem trước điều sẽ xảy ra").click()
    assert "Chưa có gì được ghi" in maker.text()
    wrong += looked_at(maker, "")
    checker = come(planned_site, "tong-hop", width=width)
    checker.page.goto(address)
    checker.press("Ghi nhận đã kiểm tra")
    checker.press("Duyệt phương án")
    assert "đã duyệt" in checker.text()
    assert wrong == []


@pytest.mark.parametrize("width", (1280, 360))
def test_an_inspector_says_why_and_the_pages_of_trust_are_within_reach(
    planned_site: Site, come: Come, width: int
):
    inspector = come(planned_site, "thanh-tra", width=width)
    wrong = looked_at(inspector, f"{DESK}dau-hieu/?tu=01/01/2022")
    inspector.page.goto(f"{DESK}ho-so/")
    inspector.page.locator("main tbody th a").first.click()
    assert "Lý do xem hồ sơ" in inspector.text()
    wrong += looked_at(inspector, "")
    inspector.page.get_by_label("thanh tra, kiểm tra").check()
    inspector.press("Xem hồ sơ")
    assert "Thông tin hồ sơ" in inspector.text()
    clerk = come(planned_site, "mot-cua", width=width)
    for page in ("tach-nhiem/", "dinh-chinh/", "ho-so/"):
        wrong += looked_at(clerk, f"{DESK}{page}")
    clerk.page.locator("main tbody th a").first.click()
    clerk.page.get_by_role("link", name="Đính chính thông tin hồ sơ").click()
    wrong += looked_at(clerk, "")
    citizen = come(planned_site, "cong-dan", width=width)
    wrong += looked_at(citizen, "/ai-da-xem/")
    assert wrong == []
