"""A decree arrives: the manager sees what would change, applies it, and follows it to its end."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from motcua.run import testing
from motcua.run.commands.up import EXAMPLE_TODAY
from tests.journeys.conftest import LIVED, serving

pytestmark = pytest.mark.browser


@pytest.fixture
def lived(static, tmp_path):
    with serving(testing.example(LIVED), tmp_path) as running:
        yield running


def test_a_day_off_is_declared_seen_before_applied_and_followed(lived, come):
    manager = come(lived, "quan-tri")
    manager.page.goto("/ban-lam-viec/lich/")
    manager.press("Khai báo ngày nghỉ, làm bù")
    manager.page.get_by_label("Văn bản", exact=True).fill("Công văn 8726/VPCP-KGVX")
    manager.page.get_by_label("Ngày", exact=True).first.fill("22/11/2022")
    manager.page.get_by_label("Tên", exact=True).first.fill("Nghỉ theo công văn")
    assert manager.violations() == []
    manager.press("Xem trước thay đổi")
    manager.page.get_by_role("heading", name="Thay đổi nếu áp dụng").wait_for()
    assert manager.violations() == []
    manager.press("Áp dụng lịch mới")
    manager.page.get_by_role("progressbar").wait_for()
    assert "Đã ghi lịch làm việc mới." in manager.text()
    command = [sys.executable, "-m", "motcua.run.cli", "resettle"]
    env = {**os.environ, "DATABASE_URL": lived.database_url, "MOTCUA_EXAMPLE_TODAY": EXAMPLE_TODAY}
    subprocess.run(command, env=env, check=True)
    manager.page.get_by_text("Mọi hồ sơ đang mở đã theo lịch này").wait_for()
    manager.page.goto("/ban-lam-viec/lich/khai-bao/")
    manager.press("Xem trước thay đổi")
    assert "Hãy ghi văn bản quy định." in manager.text()
    for path in ("lich/khai-bao/", "lich/tinh-lai/"):
        manager.page.set_viewport_size({"width": 360, "height": 900})
        manager.page.goto(f"/ban-lam-viec/{path}")
        assert manager.overflow() == 0
