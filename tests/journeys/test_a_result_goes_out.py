"""A result goes out: drafted, signed, numbered and sealed, each by another; whoever holds it can ask."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from motcua.run import testing
from tests.journeys import desk
from tests.journeys.conftest import serving

pytestmark = pytest.mark.browser
NUMBER = "01/QĐ-SXD"


@pytest.fixture
def signing_site(static, tmp_path):
    """The first morning of a province whose leaders and agencies have keys, as `motcua up` gives them."""
    keys, trust = str(tmp_path / "khoa"), str(tmp_path / "tin-cay")
    with serving(
        testing.example(0), tmp_path / "kho", MOTCUA_CERTIFICATES=keys, MOTCUA_TRUST=trust
    ) as running:
        yield running


def drafted(site, come, dossier):
    """The officer writes what the department decides and hands the dossier on."""
    officer = come(site, "chuyen-vien")
    desk.do(officer, dossier, "Nhận xử lý", "Đã nhận xử lý.")
    officer.press("Soạn dự thảo kết quả")
    officer.page.get_by_label("Quyết định giải quyết").check()
    officer.press("Soạn từ mẫu này")
    officer.press("Trình lãnh đạo")
    officer.page.get_by_text("Đã trình lãnh đạo.").wait_for()
    desk.do(officer, dossier, "Chuyển", "Đã chuyển hồ sơ.")
    head = come(site, "truong-phong")
    desk.do(head, dossier, "Chuyển", "Đã chuyển hồ sơ.")


def signed(site, come, dossier):
    """The leader approves what he has read and signs it."""
    leader = come(site, "lanh-dao")
    desk.open_dossier(leader, dossier)
    leader.page.get_by_role("main").get_by_role("link", name="Quyết định giải quyết").first.click()
    leader.press("Duyệt phiên bản này")
    leader.page.goto("/ban-lam-viec/cho-ky/")
    row = leader.page.get_by_role("row").filter(has_text=dossier.code)
    row.get_by_role("checkbox").check()
    leader.press("Ký số các văn bản đã chọn")
    leader.page.get_by_text("Đã ký số").first.wait_for()


def sealed(site, come, dossier):
    """The registry clerk numbers and seals; what is issued: its file, and where anybody asks after it."""
    clerk = come(site, "van-thu")
    clerk.page.goto("/ban-lam-viec/van-thu/")
    row = clerk.page.get_by_role("row").filter(has_text=dossier.code)
    issue = row.get_by_role("link", name="Quyết định giải quyết").get_attribute("href")
    row.get_by_role("checkbox").check()
    clerk.press("Vào số, đóng dấu các văn bản đã chọn")
    clerk.page.get_by_text("phát hành").first.wait_for()
    clerk.page.goto(issue)
    clerk.page.get_by_text("Đã phát hành, còn hiệu lực").first.wait_for()
    assert NUMBER in clerk.text()
    link = clerk.page.get_by_role("link", name="Trang xác minh công khai").get_attribute("href")
    return clerk.fetch(clerk.page.url.rstrip("/") + "/tep/phat-hanh/"), link


def asked(somebody, file, name="ket-qua.pdf"):
    """What the public page says of a file."""
    somebody.page.goto("/xac-minh/")
    somebody.page.get_by_label("Tệp kết quả (PDF)").set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": file}
    )
    somebody.press("Kiểm tra tệp")
    return somebody.text()


def test_what_one_writes_another_signs_a_third_seals_and_anybody_can_verify(
    signing_site, come, tmp_path
):
    site = signing_site
    clerk = come(site, "mot-cua")
    dossier = desk.taken_in(clerk)
    drafted(site, come, dossier)
    signed(site, come, dossier)
    file, link = sealed(site, come, dossier)
    desk.do(clerk, dossier, "Trả kết quả", "Đã trả kết quả.")

    if shutil.which("pdfsig"):
        path = tmp_path / "ket-qua.pdf"
        path.write_bytes(file)
        judged = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True)
        assert judged.stdout.count("Signature is Valid.") == 2, judged.stdout

    anybody = come(site)
    anybody.page.goto(link)
    for said in (anybody.text(), asked(anybody, file)):
        assert "Kết quả đang có hiệu lực" in said
        assert NUMBER in said
        assert "Trần Quốc Việt" in said
    phone = come(site, width=360)
    phone.page.goto(link)
    assert phone.overflow() == 0
    assert [v for v in anybody.violations() if v[1] in ("serious", "critical")] == []

    forged = file.replace(b"/Type/Catalog", b"/Type/Katalog") + b"\n% sau khi ky\n"
    assert "Kết quả đang có hiệu lực" not in asked(anybody, forged)
