"""Đối chiếu sổ thống kê với nhật ký: đếm lại bằng cách khác và liệt kê mọi chênh lệch.

Ví dụ: motcua prove
       motcua prove --on 2022-11-21 --json

Trả về 0 khi khớp hoàn toàn, 1 khi có chênh lệch. Thêm --rebuild để lập lại các bảng tổng hợp
từ bút toán trước khi đối chiếu.
"""

from __future__ import annotations

import argparse
import json
from datetime import UTC, date, datetime
from typing import Any


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--on", type=date.fromisoformat, help="ngày cần đối chiếu (YYYY-MM-DD; mặc định hôm nay)"
    )
    parser.add_argument("--rebuild", action="store_true", help="lập lại bảng tổng hợp trước")
    parser.add_argument("--json", action="store_true", help="dòng cuối là kết quả dạng JSON")


def run(options: Any) -> int:
    from motcua.look.clock import door_now
    from motcua.rules.actor import system
    from motcua.statistics import operations
    from motcua.statistics.proving import CHECKS

    if options.rebuild:
        print(f"Đã lập lại bảng tổng hợp từ {operations.rebuild()} bút toán.")
    else:
        operations.fold()
    proof = operations.prove(
        on=options.on or door_now().date(), actor=system("motcua prove"), at=datetime.now(UTC)
    )
    for check in proof.checks:
        verdict = "khớp" if not check["found"] else f"{check['found']} chênh lệch"
        print(f"{CHECKS[check['key']]}: đã so {check['compared']}, {verdict}.")
    for d in proof.differences:
        place = f"{d['where']} {d['dossier_id'] or ''}".strip()
        print(f"  {d['check']}: {place}: đúng ra {d['expected']}; trong sổ {d['found']}")
    if options.json:
        result = {"on": proof.on.isoformat(), "found": proof.found, "seconds": proof.seconds}
        lists = {"checks": proof.checks, "differences": proof.differences}
        print(json.dumps(result | lists, ensure_ascii=False))
    return 1 if proof.found else 0
