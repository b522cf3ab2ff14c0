"""The main pages in a province some months old: within everyone's reach, at a desk and on a phone."""

from __future__ import annotations

import pytest

from motcua.run.example.organisations import CENTRE_DESK
from tests.journeys.conftest import Come, Site
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
WIDTHS = (1280, 360)
OF_ANYBODY = ("/", "/thu-tuc/?q=khai+sinh", "/tra-cuu/", "/don-vi/", "/tai-khoan/dang-nhap/",
              "/tai-khoan/dang-ky/", "/khong-co-trang-nay/", "/tinh-han/",
              "/tinh-han/?nhan=09:00+29/08/2022&so=12&loai=working_day&dung1_tu=10:00+05/09/2022"
              "&dung1_den=15:00+08/09/2022&dung1_vi=money", "/tinh-han/?nhan=mai&so=0&loai=month",
              "/lich-lam-viec/", "/lich-lam-viec/?nam=2040", "/lay-so/", f"/lay-so/{CENTRE_DESK}/",
              f"/man-hinh/{CENTRE_DESK}/", f"/dat-lich/{CENTRE_DESK}/", f"/danh-gia/{CENTRE_DESK}/",
              "/chat-luong-phuc-vu/")  # fmt: skip
OF_THE_CLERK = ("/ban-lam-viec/", "/ban-lam-viec/tiep-nhan/", "/ban-lam-viec/ho-so/",
                "/ban-lam-viec/tim/?q=nguyen", "/ban-lam-viec/thong-bao/", "/ban-lam-viec/lich/",
                "/ban-lam-viec/goi-so/", "/ban-lam-viec/lich-hen/",
                "/ban-lam-viec/goi-so/so-lieu/", "/ban-lam-viec/cho-tiep-nhan/")  # fmt: skip
OF_THE_LEADER = ("/thong-ke/", "/thong-ke/?by=domain", "/thong-ke/received/", "/thong-ke/transferred-in/",
                 "/thong-ke/chat-luong/", "/thong-ke/chat-luong/cua-toi/", "/ban-lam-viec/danh-gia/",
                 "/ban-lam-viec/", "/ban-lam-viec/tra-loi-truc-tuyen/",
                 "/ban-lam-viec/tra-loi-truc-tuyen/ho-so/")  # fmt: skip
OF_THE_CITIZEN = ("/ho-so-cua-toi/", "/thong-bao/", "/tai-khoan/")


def looked_at(visitor: Visitor, path: str) -> list[object]:
    """What is wrong with a page: rules of axe-core, or a width beyond the window."""
    if path:
        visitor.page.goto(path)
    found: list[object] = [(visitor.page.url, *one) for one in visitor.violations()]
    if visitor.overflow() > 0:
        found.append((visitor.page.url, "is wider than the window by", visitor.overflow()))
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_anybody_are_within_everyones_reach(lived_site: Site, come: Come, width: int):
    anybody = come(lived_site, width=width)
    wrong = [one for path in OF_ANYBODY for one in looked_at(anybody, path)]
    anybody.page.goto("/thu-tuc/?q=khai+sinh")
    anybody.page.get_by_role("main").get_by_role("link", name="Đăng ký khai sinh").first.click()
    assert wrong + looked_at(anybody, "") == []


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_the_desk_are_within_everyones_reach(lived_site: Site, come: Come, width: int):
    clerk = come(lived_site, "mot-cua", width=width)
    wrong = [one for path in OF_THE_CLERK for one in looked_at(clerk, path)]
    clerk.page.goto("/ban-lam-viec/tiep-nhan/")
    clerk.page.locator("#tim-thay a").first.click()
    wrong += looked_at(clerk, "")
    clerk.page.goto("/ban-lam-viec/ho-so/")
    clerk.page.locator("main tbody th a").first.click()
    wrong += looked_at(clerk, "")
    assert wrong == []


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_figures_are_within_everyones_reach(lived_site: Site, come: Come, width: int):
    leader = come(lived_site, "lanh-dao", width=width)
    assert [one for path in OF_THE_LEADER for one in looked_at(leader, path)] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_a_citizen_are_within_everyones_reach(lived_site: Site, come: Come, width: int):
    citizen = come(lived_site, "cong-dan", width=width)
    assert [one for path in OF_THE_CITIZEN for one in looked_at(citizen, path)] == []
