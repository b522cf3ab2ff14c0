"""Đo tốc độ: máy chủ thật, tải từ tiến trình riêng, mỗi dòng một kết quả JSON.

Ví dụ: motcua bench accept --dossiers 100000 --runs 3 --json
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from typing import Any

NEEDS = "nothing"
ALONE = {
    "deadline": "số ngày hẹn tính được mỗi giây trên một nhân, cạnh pandas CustomBusinessHour",
    "pages": "mở mọi trang của bàn làm việc theo từng vị trí, cạnh giới hạn 300 ms",
    "notices": "xếp hàng và gửi thông báo qua thư điện tử và SMS tới máy nhận trên máy này",
    "inbound": "hồ sơ nhận từ Cổng quốc gia và trạng thái báo lại mỗi giây, cổng trên máy này trả lời",
    "papers": "in mỗi giấy tờ theo mẫu ra PDF, cạnh giới hạn 300 ms",
    "resettle": "tính lại ngày hẹn của --dossiers hồ sơ đang mở khi một ngày nghỉ thay đổi",
    "sign": "số chữ ký PAdES B-LT mỗi giây, khóa trong SoftHSM2, dấu thời gian và OCSP tại chỗ",
    "move": "chuyển hồ sơ đang mở (trong --dossiers) của huyện, xã kết thúc hoạt động ngày 01/7/2025",
}
"""Benches that need no server; those that need a database bring up their own."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="*", help="tên phép đo; để trống là tất cả")
    parser.add_argument("--list", action="store_true", help="kê các phép đo")
    parser.add_argument(
        "--dossiers", type=int, default=100_000, help="số hồ sơ trong cơ sở dữ liệu"
    )
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", action="store_true", help="chỉ in JSON (mặc định đã là JSON)")


def run(options: Any) -> int:
    from motcua.run import cli
    from motcua.run.benches import stage

    if options.name and not options.list and set(options.name) <= set(ALONE):
        for name in options.name:
            alone(name, options)
        return 0
    stage.prepare(options.dossiers)
    cli.prepare("django")
    from motcua.run.benches.cases import BENCHES

    if options.list:
        for name, about in [*ALONE.items(), *((b.name, b.about) for b in BENCHES.values())]:
            print(f"{name:<10}{about}")
        return 0
    known = [*ALONE, *BENCHES]
    unknown = [name for name in options.name if name not in known]
    if unknown:
        print(f"Không có phép đo {', '.join(unknown)}. Có: {', '.join(known)}.", file=sys.stderr)
        return 2
    for name in options.name or known:
        if name in ALONE:
            alone(name, options)
        else:
            print(json.dumps(measure(name, options), ensure_ascii=False), flush=True)
    return 0


def alone(name: str, options: Any) -> None:
    """A bench without a server: a line for each of its figures."""
    from motcua.run.benches import (
        exchanging,
        legal_time,
        moving,
        notices,
        pages,
        papers,
        resettling,
        signing,
        stage,
    )

    if name == "deadline":
        lines = legal_time.lines(options.runs)
    elif name == "pages":
        lines = pages.lines(options.dossiers, options.runs)
    elif name == "notices":
        lines = notices.lines(options.runs, options.workers)
    elif name == "inbound":
        lines = exchanging.lines(options.runs, options.workers)
    elif name == "papers":
        lines = papers.lines(options.runs)
    elif name == "sign":
        lines = signing.lines(options.runs)
    elif name == "move":
        lines = moving.lines(options.dossiers, options.runs, options.workers)
    else:
        lines = resettling.lines(options.dossiers, options.runs, options.workers)
    for line in lines:
        print(json.dumps(line | {"machine": stage.machine()}, ensure_ascii=False), flush=True)


def measure(name: str, options: Any) -> dict[str, Any]:
    """One bench, `--runs` times: the median counts, the worst is shown."""
    from django.db import connection

    from motcua.ledger import sql
    from motcua.run.benches import clients, stage
    from motcua.run.benches.cases import BENCHES, CLIENTS

    bench = BENCHES[name]
    runs, others = [], []
    with stage.server(options.workers) as port:
        for number in range(options.runs + 1):
            calls = bench.calls(number)
            beside = bench.beside(number) if bench.beside else None
            connection.close()
            seconds = options.seconds if number else 2.0  # the first only warms the workers
            took = clients.run(port, calls, seconds)
            other = clients.run(port, beside, seconds) if beside else None
            if number:
                runs.append(took)
                others += [other] if other else []
    rows = sql.fetch("SELECT count(*) AS n FROM dossiers_dossier")[0]["n"]
    in_ms = bench.unit.startswith("ms")
    values = [one.p95_ms if in_ms else one.rate for one in runs]
    value = statistics.median(values)
    return {
        "bench": name,
        "value": round(value, 1),
        "unit": bench.unit,
        "worst": round(max(values) if in_ms else min(values), 1),
        "p50_ms": round(statistics.median(one.p50_ms for one in runs), 1),
        "p95_ms": round(statistics.median(one.p95_ms for one in runs), 1),
        "aim": bench.aim,
        "peer": bench.peer,
        **_against(bench.peer, value, [one.p95_ms for one in others]),
        "requests": sum(one.requests for one in runs),
        "failures": sum(one.failures for one in runs),
        "clients": CLIENTS,
        "workers": options.workers,
        "rows": rows,
        "runs": options.runs,
        "machine": stage.machine(),
    }


def _against(peer: float | None, value: float, others: list[float]) -> dict[str, Any]:
    """What the value is held against: who sees all, in this run; or the peer's figure (stated, not run)."""
    if others:
        other = statistics.median(others)
        return {"beside": round(other, 1), "ratio": round(value / other, 2), "against": "sees all"}
    return {"ratio": round(value / (peer or value), 1), "against": "Open Zaak, as measured before"}
