"""Nạp danh mục đơn vị hành chính và bảng kế thừa (CSV) vào hệ thống.

Ví dụ: motcua import-units thu-muc-danh-muc/
       motcua import-units don-vi-2022.csv don-vi-2025.csv --json

Dòng đúng được nạp, dòng sai được liệt kê kèm lý do và cách sửa; nạp lại lần nữa không đổi gì.
Dùng --json để dòng cuối cùng là kết quả dạng JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, help="thư mục hoặc tệp CSV")
    parser.add_argument("--json", action="store_true", help="dòng cuối là kết quả dạng JSON")


def run(options: Any) -> int:
    from motcua.organisations import operations
    from motcua.rules.actor import system

    files: dict[str, bytes] = {}
    for path in options.paths:
        found = sorted(path.glob("*.csv")) if path.is_dir() else [path]
        if not found:
            print(f"Thư mục {path} không có tệp CSV nào.", file=sys.stderr)
            return 1
        for file in found:
            try:
                files[str(file)] = file.read_bytes()
            except OSError as error:
                print(f"Không đọc được {file}: {error.strerror}.", file=sys.stderr)
                return 1
    report = operations.import_units(
        files, actor=system("motcua import-units"), at=datetime.now(UTC)
    )
    for line in report.rejected:
        place = f"{line.place.file}, dòng {line.place.line}"
        print(f"Không nhận: {place}: {line.reason}. Cách sửa: {line.remedy}.")
    print(
        f"Đã đọc {report.read} dòng: {report.new} mới, {report.changed} thay đổi, "
        f"{report.unchanged} giữ nguyên, {len(report.rejected)} không nhận."
    )
    if options.json:
        print(json.dumps(_as_json(report), ensure_ascii=False))
    return 0


def _as_json(report: Any) -> dict[str, Any]:
    fields = asdict(report)
    fields["rejected"] = [
        {"file": r["place"]["file"], "line": r["place"]["line"], "reason": r["reason"]}
        | {"remedy": r["remedy"]}
        for r in fields["rejected"]
    ]
    return fields
