"""What officers do at the desk, as the stories tell it: each step through the page that offers it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tests.journeys.visitor import Visitor

PROCEDURE = "Cấp chứng chỉ hành nghề kiến trúc"
CODE = re.compile(r"\d{3}\.\d\d\.\d\d\.H41-\d{6}-\d{4}")


@dataclass(frozen=True, slots=True)
class Walking:
    """A dossier on its way: its id in addresses, its code on paper."""

    id: str
    code: str


def open_intake(clerk: Visitor, procedure: str = PROCEDURE) -> None:
    """The intake screen of a procedure, found by its name as a clerk types it."""
    clerk.page.goto("/ban-lam-viec/tiep-nhan/")
    clerk.page.get_by_label("Tên hoặc mã thủ tục").fill(procedure)
    clerk.page.get_by_role("link", name=procedure).first.click()
    clerk.page.get_by_role("heading", name="Chủ hồ sơ").wait_for()


def fill_intake(
    clerk: Visitor, name: str = "Nguyễn Văn Thành", number: str = "040085004321"
) -> None:
    """Write down the applicant and tick every paper."""
    with clerk.page.expect_response(lambda answer: answer.request.method == "POST"):
        clerk.page.get_by_label("Số định danh, mã số thuế").fill(number)
        clerk.page.get_by_label("Số định danh, mã số thuế").press("Tab")
    clerk.page.get_by_role("status").filter(has_text="hệ thống").wait_for()
    clerk.page.get_by_label("Họ và tên chủ hồ sơ").fill(name)
    another = clerk.page.get_by_label("Vẫn tiếp nhận")
    if another.is_visible():
        another.check()
    clerk.page.get_by_label("Đã nhận tất cả").check()


def taken_in(clerk: Visitor, procedure: str = PROCEDURE) -> Walking:
    """A dossier accepted at the counter."""
    open_intake(clerk, procedure)
    fill_intake(clerk)
    clerk.press("Tiếp nhận")
    return walking(clerk)


def walking(clerk: Visitor) -> Walking:
    """The dossier whose acceptance the page confirms."""
    clerk.page.wait_for_url("**/tiep-nhan/xong/**")
    found = CODE.search(clerk.text())
    assert found, clerk.text()
    return Walking(clerk.page.url.rsplit("/", 2)[1], found[0])


def open_dossier(officer: Visitor, dossier: Walking) -> None:
    officer.page.goto(f"/ban-lam-viec/ho-so/{dossier.id}/")


def begin(officer: Visitor, button: str) -> None:
    """Press one of the acts the dossier's page offers; some ask for more on a page of their own. What is
    done less often is folded away."""
    offered = officer.page.get_by_role("region", name="Việc tiếp theo")
    wanted = offered.get_by_role("button", name=re.compile(f"^{button}"))
    if not wanted.is_visible():
        offered.get_by_text("Việc khác với hồ sơ này").click()
    wanted.click()


def do(
    officer: Visitor,
    dossier: Walking,
    button: str,
    done: str,
    fields: Mapping[str, str] | None = None,
    *,
    ticked: tuple[str, ...] = (),
) -> None:
    """An act from the dossier's page: press, fill in, send; `done` is what the page says afterwards."""
    open_dossier(officer, dossier)
    begin(officer, button)
    for label, value in (fields or {}).items():
        officer.page.get_by_label(label).fill(value)
    for label in ticked:
        officer.page.get_by_label(label).check()
    if officer.page.url.rstrip("/").rpartition("/")[2] != dossier.id:
        officer.page.locator("main form button.govuk-button").first.click()
    officer.page.get_by_text(done).wait_for()


def settled(site, come, clerk: Visitor, dossier: Walking) -> None:
    """From the officer's desk to the signed result, by those whose work it is."""
    for username in ("chuyen-vien", "truong-phong"):
        officer = come(site, username)
        do(officer, dossier, "Nhận xử lý", "Đã nhận xử lý.")
        do(officer, dossier, "Chuyển", "Đã chuyển hồ sơ.")
    leader = come(site, "lanh-dao")
    do(leader, dossier, "Nhận xử lý", "Đã nhận xử lý.")
    result = {"Tên kết quả": "Chứng chỉ hành nghề kiến trúc", "Số, ký hiệu": "12/CC-SXD"}
    do(leader, dossier, "Ghi kết quả", "Đã ghi kết quả.", result)
