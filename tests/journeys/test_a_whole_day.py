"""A whole day of a province: forty intakes at four desks, two agencies that settle, a supplement, a new date
with an apology, refusals, results handed over, every paper read, and in the evening the books balance."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.journeys import desk
from tests.journeys.desk import Walking
from tests.journeys.qr import has_qr, text_of
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
ARCHITECT = desk.PROCEDURE
MARRIAGE = "Cấp giấy xác nhận tình trạng hôn nhân"
EACH = 10
DESKS = (
    ("mot-cua", ARCHITECT, "Sở Xây dựng"),
    ("buu-chinh", ARCHITECT, "Sở Xây dựng"),
    ("can-bo-phuong", MARRIAGE, "Phường Hưng Dũng"),
    ("xa-khac", MARRIAGE, "Xã Hưng Hòa"),
)
"""Who sits at the desk, what people come for, who settles it."""
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Võ", "Đặng", "Bùi", "Hồ")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khánh", "Lâm", "Minh", "Ngọc")


@dataclass
class Day:
    """What has been done so far: the dossiers of each desk, and who sits there."""

    clerks: dict[str, Visitor] = field(default_factory=dict)
    taken: dict[str, list[Walking]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def all(self) -> list[Walking]:
        return [one for many in self.taken.values() for one in many]


def people() -> Iterator[tuple[str, str]]:
    """Forty people with names and numbers of their own."""
    for n in range(len(DESKS) * EACH):
        name = f"{FAMILY[n % 10]} Thị {GIVEN[n // 10 * 3 % 10]} {GIVEN[n % 10]}"
        yield name, f"0401{80 + n % 20}{n:06d}"


def test_a_whole_day_from_the_first_number_to_balanced_books(site, come):
    day = Day()
    intakes(site, come, day)
    settle_at_the_department(site, come, day)
    settle_in_the_ward(site, come, day)
    hand_over(day)
    every_paper_is_right(site, day)
    registers_hold_the_day(day)
    the_books_balance(site, come)


def intakes(site, come, day: Day) -> None:
    """Forty people are taken in at four desks."""
    visitors = people()
    for username, procedure, _ in DESKS:
        clerk = come(site, username)
        day.clerks[username] = clerk
        desk.open_intake(clerk, procedure)
        for n in range(EACH):
            name, number = next(visitors)
            if n:
                clerk.press("Cùng thủ tục này")
            desk.fill_intake(clerk, name, number)
            clerk.press("Tiếp nhận")
            dossier = desk.walking(clerk)
            day.taken.setdefault(username, []).append(dossier)
            day.names[dossier.code] = name
    assert len({one.code for one in day.all()}) == len(DESKS) * EACH
    turned_away(day.clerks["mot-cua"])


def turned_away(clerk: Visitor) -> None:
    """One more comes to the wrong place."""
    desk.open_intake(clerk)
    desk.fill_intake(clerk, "Cao Văn Quý", "040088123456")
    clerk.page.locator("summary").filter(has_text="Từ chối tiếp nhận").click()
    clerk.page.get_by_label("Lý do từ chối").fill("Không thuộc thẩm quyền (Điều 7)")
    clerk.press("Từ chối tiếp nhận")
    clerk.page.wait_for_url("**/tiep-nhan/xong/**")
    assert "TỪ CHỐI" in paper(clerk, "từ chối").upper()


def settle_at_the_department(site, come, day: Day) -> None:
    """The department: three go through, one waits for papers, one gets a new date, one is refused."""
    officer, head, leader = (come(site, u) for u in ("chuyen-vien", "truong-phong", "lanh-dao"))
    clerk = day.clerks["mot-cua"]
    first, second, third, lacking, late, refused, *_ = day.taken["mot-cua"]
    for dossier in (first, second, third):
        for someone in (officer, head):
            desk.do(someone, dossier, "Nhận xử lý", "Đã nhận xử lý.")
            desk.do(someone, dossier, "Chuyển", "Đã chuyển hồ sơ.")
        result = {"Tên kết quả": "Chứng chỉ hành nghề kiến trúc", "Số, ký hiệu": "12/CC-SXD"}
        desk.do(leader, dossier, "Ghi kết quả", "Đã ghi kết quả.", result)
    missing = "Bản sao văn bằng"
    why = {"Lý do": "Bản sao không đọc được"}
    said = "Đã lập phiếu yêu cầu bổ sung."
    desk.do(officer, lacking, "Yêu cầu bổ sung", said, why, ticked=(missing,))
    assert "Bản sao không đọc được" in paper(officer, "yêu cầu bổ sung")
    desk.do(clerk, lacking, "Nhận đủ hồ sơ bổ sung", "Đã nhận hồ sơ bổ sung.", ticked=(missing,))
    asked = {
        "Ngày hẹn trả mới": "20/12/2022",
        "Lời xin lỗi và lý do chậm": "Chờ hội đồng sát hạch họp",
    }
    desk.do(officer, late, "Đề nghị hẹn lại", "Đã gửi đề nghị hẹn lại.", asked)
    desk.do(clerk, late, "Xin lỗi và hẹn lại", "Đã hẹn lại ngày trả kết quả.")
    assert "XIN LỖI" in paper(clerk, "xin lỗi").upper()
    reason = {"Lý do từ chối": "Không đủ thời gian kinh nghiệm (Luật Xây dựng Điều 149)"}
    desk.do(officer, refused, "Từ chối giải quyết", "Đã từ chối giải quyết.", reason)
    assert "Điều 149" in paper(officer, "từ chối")


def settle_in_the_ward(site, come, day: Day) -> None:
    """The ward: its officer passes two on, its chairman concludes them."""
    officer, leader = come(site, "can-bo-phuong"), come(site, "chu-tich-phuong")
    officer.page.goto("/ban-lam-viec/")
    sit(officer, "Chuyên viên")
    for dossier in day.taken["can-bo-phuong"][:2]:
        desk.do(officer, dossier, "Nhận xử lý", "Đã nhận xử lý.")
        desk.do(officer, dossier, "Chuyển", "Đã chuyển hồ sơ.")
        result = {"Tên kết quả": "Giấy xác nhận tình trạng hôn nhân", "Số, ký hiệu": "7/XN"}
        desk.do(leader, dossier, "Ghi kết quả", "Đã ghi kết quả.", result)


def hand_over(day: Day) -> None:
    """Who comes for his result gets it; one of the three of the department comes another day."""
    clerk, ward = day.clerks["mot-cua"], day.clerks["can-bo-phuong"]
    for dossier in day.taken["mot-cua"][:2]:
        desk.do(clerk, dossier, "Trả kết quả", "Đã trả kết quả.")
    for dossier in day.taken["can-bo-phuong"][:2]:
        desk.do(ward, dossier, "Trả kết quả", "Đã trả kết quả.")


def sit(visitor: Visitor, post: str) -> None:
    """Act in another of one's posts, chosen at the top of the page."""
    visitor.page.goto("/ban-lam-viec/")
    chooser = visitor.page.get_by_label("Vị trí đang làm việc")
    wanted = chooser.locator("option").filter(has_text=post).first.get_attribute("value")
    with visitor.page.expect_navigation():
        chooser.select_option(wanted)


def paper(visitor: Visitor, name: str) -> str:
    """The text of the paper that the page links by this name."""
    link = visitor.page.get_by_role("link", name=name).first
    return text_of(visitor.fetch(str(link.get_attribute("href"))))


def plain(text: str) -> str:
    """A text without spaces and capitals: where a line is broken on paper says nothing."""
    return "".join(text.split()).lower()


def every_paper_is_right(site, day: Day) -> None:
    """Each receipt names its code, its applicant and its address to follow; each control slip follows."""
    for username, procedure, _ in DESKS:
        clerk = day.clerks[username]
        for dossier in day.taken[username]:
            desk.open_dossier(clerk, dossier)
            link = clerk.page.get_by_role("link", name="Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
            receipt = clerk.fetch(str(link.get_attribute("href")))
            said = plain(text_of(receipt))
            for word in (dossier.code, day.names[dossier.code], procedure):
                assert plain(word) in said, word
            assert has_qr(receipt, f"{site.public_url}/tra-cuu/?ma={dossier.code}")
            assert clerk.fetch(str(link.get_attribute("href"))) == receipt
    clerk = day.clerks["mot-cua"]
    walked = day.taken["mot-cua"][0]
    slip = plain(text_of(clerk.fetch(f"/ban-lam-viec/ho-so/{walked.id}/phieu-kiem-soat/")))
    for name in ("Hoàng Thị Lan", "Phạm Văn Sơn", "Nguyễn Thị Hồng", "Trần Quốc Việt"):
        assert plain(name) in slip, name


def registers_hold_the_day(day: Day) -> None:
    """The register of each desk holds what it took in; the two at the Centre share one."""
    centre = {one.code for who in ("mot-cua", "buu-chinh") for one in day.taken[who]}
    for username, codes in (
        ("mot-cua", centre),
        ("can-bo-phuong", {one.code for one in day.taken["can-bo-phuong"]}),
        ("xa-khac", {one.code for one in day.taken["xa-khac"]}),
    ):
        printed = text_of(day.clerks[username].fetch("/ban-lam-viec/so-theo-doi/?dang=pdf"))
        said = plain(printed)
        assert all(plain(code) in said for code in codes)
        assert plain(f"Tổng số: {len(codes)} hồ sơ") in said


def the_books_balance(site, come) -> None:
    """What the figures say is what happened, and an independent recount of the record agrees."""
    reader = come(site, "tong-hop")
    reader.page.goto("/thong-ke/")
    said = reader.text()
    for line in ("40 Tiếp nhận trong kỳ", "1 Không tiếp nhận", "6 Trước hạn"):
        assert line in said, said
    env = os.environ | {
        "DATABASE_URL": site.database_url,
        "MOTCUA_EXAMPLE_TODAY": "2022-11-21T18:00:00",
    }
    command = [sys.executable, "-m", "motcua.run.cli", "prove", "--on", "2022-11-21"]
    proof = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert proof.returncode == 0, proof.stdout + proof.stderr
    assert proof.stdout.count(", khớp.") == 8, proof.stdout
