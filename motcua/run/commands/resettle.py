"""Tính lại ngày hẹn trả của hồ sơ đang mở theo lịch làm việc đang áp dụng.

Ví dụ: motcua resettle
       motcua resettle --workers 2

Tiến trình nền tự làm việc này mỗi phút; lệnh này dành cho nơi không chạy tiến trình nền hoặc muốn nhanh hơn.
Dừng giữa chừng lúc nào cũng được, chạy lại là làm tiếp phần còn lại.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from typing import Any

from tqdm import tqdm


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--workers", type=int, default=1, help="số tiến trình cùng làm")
    parser.add_argument("--quiet", action="store_true", help="không vẽ thanh tiến độ")


def run(options: Any) -> int:
    from motcua.dossiers import resettling
    from motcua.jobs.tasks import resettle_all
    from motcua.organisations import calendar

    if options.quiet:
        resettle_all()
        return 0
    revision = calendar.latest_revision()
    command = [sys.executable, "-m", "motcua.run.cli", "resettle", "--quiet"]
    workers = [subprocess.Popen(command) for _ in range(options.workers)]
    begun = resettling.progress(revision)
    with tqdm(total=begun.total, initial=begun.done, unit=" hồ sơ", desc="Tính lại hạn") as bar:
        while True:
            ended = all(worker.poll() is not None for worker in workers)
            bar.update(resettling.progress(revision).done - bar.n)
            if ended:
                return max(worker.returncode for worker in workers)
            time.sleep(0.5)
