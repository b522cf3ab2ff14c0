"""Làm một nghiệp vụ trong dữ liệu minh họa đang chạy, để xem số liệu thay đổi.

Ví dụ: motcua example act finish-late
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from random import Random
from typing import Any

from motcua.run import cli, database

NEEDS = "nothing"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["act"], help="act: làm một nghiệp vụ")
    parser.add_argument(
        "name", help="accept, hand-on, finish, finish-late, withdraw, request-supplement…"
    )
    parser.add_argument("--seed", type=int, default=None)


def run(options: Any) -> int:
    if not database.running().exists():
        print("Chưa có dữ liệu minh họa nào đang chạy. Hãy chạy `make run` trước.", file=sys.stderr)
        return 1
    os.environ.update(json.loads(database.running().read_text()))
    cli.prepare("django")
    from motcua.look.clock import door_now
    from motcua.run.example.acts import ACTS, NothingToDo

    act = ACTS.get(options.name)
    if act is None:
        print(f"Không có nghiệp vụ “{options.name}”. Có: {', '.join(ACTS)}.", file=sys.stderr)
        return 2
    try:
        print(act(door_now(), Random(options.seed)))  # noqa: S311
    except NothingToDo:
        print("Không có hồ sơ nào ở trạng thái làm được việc này.", file=sys.stderr)
        return 1
    return 0
