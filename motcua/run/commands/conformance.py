"""Chạy bộ trường hợp công khai trên một bộ tính bất kỳ, qua JSON từng dòng ở stdin/stdout.

Ví dụ: motcua conformance deadlines
       motcua conformance deadlines --engine "python conformance/deadlines/engines/numpy_busday.py"

Không có --engine thì chạy bộ tính của chính Một Cửa. --serve biến bộ tính ấy thành một tiến trình trả
lời từng dòng, để xem giao thức. Giao thức và khuôn dạng: conformance/deadlines/README.md.
Trả về 0 khi không có trường hợp nào sai, 1 khi có, 2 khi bộ tính không chạy được.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

NEEDS = "nothing"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("corpus", choices=["deadlines"], help="bộ trường hợp: ngày hẹn trả")
    parser.add_argument("--engine", metavar="LỆNH", help="lệnh chạy bộ tính cần kiểm tra")
    parser.add_argument("--timeout", type=float, default=5.0, help="số giây chờ mỗi trường hợp")
    parser.add_argument("--tag", help="chỉ những trường hợp mang nhãn này")
    parser.add_argument("--json", action="store_true", help="mỗi trường hợp một dòng JSON")
    parser.add_argument(
        "--serve", action="store_true", help="trả lời ở stdin/stdout như một bộ tính"
    )
    parser.add_argument(
        "--write-results",
        action="store_true",
        help="chạy bộ tính này và mọi bộ trong engines/, viết RESULTS.md",
    )
    parser.add_argument(
        "--python", help="Python chạy các bộ trong engines/, mặc định là Python này"
    )


def run(options: Any) -> int:
    from motcua.run.conformance import corpus, ours, verdicts
    from motcua.run.conformance.engine import Unusable

    if options.serve:
        ours.serve(sys.stdin, sys.stdout)
        return 0
    cases = [c for c in corpus.cases() if options.tag is None or options.tag in c["tags"]]
    if not cases:
        print(f"Không có trường hợp nào mang nhãn {options.tag}.", file=sys.stderr)
        return 2
    if options.write_results:
        return _write(cases, options)
    try:
        report = (
            verdicts.run_command(options.engine, cases, options.timeout)
            if options.engine
            else verdicts.run_ours(cases)
        )
    except Unusable as failure:
        print(f"Không chạy được bộ tính “{options.engine}”: {failure}.", file=sys.stderr)
        return 2
    _tell(report, as_json=options.json)
    return 1 if report.counted[verdicts.Verdict.FAILED] else 0


def _tell(report: Any, *, as_json: bool) -> None:
    from motcua.run.conformance import table, verdicts

    if as_json:
        for result in report.results:
            print(json.dumps(vars(result), ensure_ascii=False))
        summary = {verdict.value: report.counted[verdict] for verdict in verdicts.Verdict}
        print(json.dumps({"name": report.name, "version": report.version} | summary))
        return
    for line in table.lines(report):
        print(line)
    for result in report.results:
        if result.verdict is verdicts.Verdict.FAILED:
            print(f"SAI {result.case}: {result.detail}")


def _write(cases: list[Any], options: Any) -> int:
    """Run every engine of the corpus and write its page of results; one that cannot run is named."""
    from motcua.run.conformance import corpus, table, verdicts
    from motcua.run.conformance.engine import Unusable

    reports = [verdicts.run_ours(cases)]
    for script in sorted((corpus.FOLDER / "engines").glob("[!_]*.py")):
        try:
            reports.append(
                verdicts.run_command(
                    f"{options.python or sys.executable} {script}", cases, options.timeout
                )
            )
        except Unusable as failure:
            print(f"Bỏ qua {script.name}: {failure}.", file=sys.stderr)
            return 2
    target: Path = corpus.FOLDER / "RESULTS.md"
    target.write_text(table.page(reports, corpus.tags()), encoding="utf-8")
    print(f"Đã viết {target} từ {len(reports)} bộ tính.")
    return 0
