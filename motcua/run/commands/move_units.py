"""Chuyển hồ sơ của các đơn vị kết thúc hoạt động theo phương án đã duyệt.

Ví dụ: motcua move-units --on 2025-07-01 --rehearse
       motcua move-units --on 2025-07-01 --workers 2

Tiến trình nền tự làm việc này khi đến ngày; lệnh này dành cho nơi muốn làm ngay hoặc muốn xem trước. Dừng
giữa chừng lúc nào cũng được, chạy lại là làm tiếp phần còn lại. --rehearse chỉ xem, không ghi gì.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from datetime import date
from typing import Any

from tqdm import tqdm


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--on", type=date.fromisoformat, required=True, help="ngày đơn vị mới hoạt động"
    )
    parser.add_argument("--rehearse", action="store_true", help="chỉ xem điều sẽ xảy ra")
    parser.add_argument("--workers", type=int, default=1, help="số tiến trình cùng làm")
    parser.add_argument("--quiet", action="store_true", help="không vẽ thanh tiến độ")


def run(options: Any) -> int:
    from motcua.jobs.tasks import move_all
    from motcua.look.clock import door_now

    if options.rehearse:
        return rehearse(options.on)
    if door_now().date() < options.on:
        print(
            f"Chưa đến ngày {options.on:%d/%m/%Y}. Hãy chạy với --rehearse để xem trước.",
            file=sys.stderr,
        )
        return 1
    if options.quiet:
        move_all(again=True)
        return 0
    return _followed(options)


def _followed(options: Any) -> int:
    from motcua.dossiers import plans
    from motcua.rules.actor import system

    watcher = system("Sắp xếp đơn vị")
    begun = plans.progress(watcher, options.on)
    command = [sys.executable, "-m", "motcua.run.cli", "move-units", "--quiet"]
    command += ["--on", options.on.isoformat()]
    workers = [subprocess.Popen(command) for _ in range(options.workers)]
    with tqdm(total=begun.total, initial=begun.done, unit=" hồ sơ", desc="Chuyển hồ sơ") as bar:
        while True:
            ended = all(worker.poll() is not None for worker in workers)
            bar.update(plans.progress(watcher, options.on).done - bar.n)
            if ended:
                break
            time.sleep(0.5)
    left = plans.progress(watcher, options.on).left
    if left:
        print(f"Còn {left} hồ sơ chưa có đơn vị nhận. Hãy bổ sung phương án.", file=sys.stderr)
    return max([worker.returncode for worker in workers] + [1 if left else 0])


def rehearse(on: date) -> int:
    """Say what would happen, unit by unit; nothing is written."""
    from motcua.dossiers import plans, rehearsing
    from motcua.look.clock import door_now
    from motcua.organisations import queries as organisations
    from motcua.rules.actor import system

    watcher = system("Sắp xếp đơn vị")
    total = lacking = 0
    for listed in plans.plans(watcher, on):
        _, plan = plans.plan(watcher, listed.id)
        found = rehearsing.rehearse(plan, actor=watcher, at=door_now())
        total, lacking = total + found.total, lacking + found.lacking.total()
        if not found.total:
            continue
        where = ", ".join(
            f"{organisations.unit(unit_id).short_name} {n}" for unit_id, n in found.to.most_common()
        )
        name = organisations.unit(plan.unit_id).name
        print(f"{name}: {found.total} hồ sơ → {where or 'chỉ đổi nơi trả kết quả'}")
        if found.lacking:
            print(f"  còn {found.lacking.total()} hồ sơ chưa có đơn vị nhận")
        for gap, n in found.no_post.items():
            unit = organisations.unit(gap.unit_id).name
            print(f"  {n} hồ sơ tới bước “{gap.step}” mà {unit} chưa có vị trí")
    print(f"Tất cả {total} hồ sơ, {lacking} chưa có đơn vị nhận. Chưa có gì được ghi.")
    return 1 if lacking else 0
