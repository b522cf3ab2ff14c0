"""Gửi thông báo đang chờ qua thư điện tử, SMS, Zalo; chạy bao nhiêu tiến trình cùng lúc cũng được.

Ví dụ: motcua send-notices (tiến trình nền `motcua work` cũng gửi, mỗi phút một lần)
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from types import FrameType
from typing import Any

PAUSE = 1.0


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="gửi hết tin đang chờ rồi dừng")


def run(options: Any) -> int:
    from motcua.look.clock import door_now
    from motcua.messaging import ports, sender

    if not ports.connected():
        sys.stderr.write(
            "Chưa cấu hình kênh nào (thư điện tử, SMS, Zalo), nên không có gì để gửi.\n"
        )
        return 1
    stop = _Stop()
    while not stop.asked:
        sent = sender.send_all(door_now, stop=lambda: stop.asked)
        if options.once and not sent:
            return 0
        if not sent:
            time.sleep(PAUSE)
    return 0


class _Stop:
    """Asked to end, a sender finishes what it has claimed, so that nothing is left in doubt."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked = True
