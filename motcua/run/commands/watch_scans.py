"""Nhận tệp máy quét thả vào thư mục MOTCUA_SCAN_FOLDER, mỗi bộ phận một thư mục con theo khóa đơn vị.

Ví dụ: motcua watch-scans
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import Any


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="nhận hết tệp đang có rồi dừng")


def run(options: Any) -> int:
    from motcua.dossiers import scan_folder
    from motcua.look import clock

    if not scan_folder.state():
        sys.stderr.write("Chưa đặt MOTCUA_SCAN_FOLDER, nên không có thư mục nào để nhận.\n")
        return 1
    found, last = scan_folder.Swept(), ""
    while True:
        last = _told(scan_folder.state(), last)
        found = scan_folder.sweep(found, at=clock.door_now())
        if found.taken or found.refused:
            sys.stdout.write(f"Đã nhận {found.taken} tệp, không nhận {found.refused} tệp.\n")
            sys.stdout.flush()
        if options.once and not found.seen:
            return 1 if last == "gone" else 0
        time.sleep(scan_folder.STILL_SECONDS)


def _told(now: str, last: str) -> str:
    if now != last and now == "gone":
        sys.stderr.write("Không thấy thư mục máy quét; sẽ nhận tiếp khi thư mục có lại.\n")
    elif now != last and last:
        sys.stderr.write("Thư mục máy quét đã có lại.\n")
    return now
