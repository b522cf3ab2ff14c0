"""Chạy tiến trình nền: hệ quả của nghiệp vụ, cộng dồn số liệu, đối chiếu hằng đêm.

Ví dụ: motcua work
"""

from __future__ import annotations

import argparse
from typing import Any


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="làm hết việc đang chờ rồi dừng")


def run(options: Any) -> int:
    from motcua.jobs.worker import work

    work(wait=not options.once)
    return 0
