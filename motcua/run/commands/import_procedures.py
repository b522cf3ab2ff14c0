"""Nạp danh mục thủ tục hành chính (JSONL, hoặc trả lời của cơ sở dữ liệu quốc gia) vào hệ thống.

Ví dụ: motcua import-procedures thu-tuc.jsonl
       motcua import-procedures thu-tuc.jsonl --in-force 2022-11-21 --json

Bản ghi đúng được nạp bằng một quyết định nhập dữ liệu, bản ghi sai được liệt kê kèm dòng và lý do; nạp lại
lần nữa không đổi gì, bản ghi đã đổi thành phiên bản mới. Chỗ chưa đọc được giữ nguyên văn và được báo lại
(xem từng chỗ bằng --unparsed). Dùng --json để dòng cuối cùng là kết quả dạng JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="tệp JSONL hoặc JSON")
    parser.add_argument(
        "--in-force",
        type=_day,
        metavar="NĂM-THÁNG-NGÀY",
        help="ngày có hiệu lực của các phiên bản (mặc định: hôm nay; bản trước có hiệu lực cùng ngày "
        "thì từ ngày sau)",
    )
    parser.add_argument("--unparsed", action="store_true", help="liệt kê từng chỗ còn là văn bản")
    parser.add_argument("--json", action="store_true", help="dòng cuối là kết quả dạng JSON")


def run(options: Any) -> int:
    from motcua.catalogue import operations
    from motcua.rules.actor import system

    try:
        records = list(_records(options.file))
    except OSError as error:
        print(f"Không đọc được {options.file}: {error.strerror}.", file=sys.stderr)
        return 1
    report = operations.import_procedures(
        records,
        source=options.file.name,
        in_force=options.in_force or _today(),
        exactly=options.in_force is not None,
        actor=system("motcua import-procedures"),
        at=datetime.now(UTC),
    )
    _tell(report, every_piece=options.unparsed)
    if options.json:
        print(json.dumps(_as_json(report), ensure_ascii=False))
    return 0


def _records(file: Path) -> Iterator[tuple[int, Any]]:
    from tqdm import tqdm

    from motcua.catalogue import records

    whole = file.read_bytes()
    if records.is_one_document(whole):
        yield from ((1, found) for found in records.read_document(whole))
        return
    lines = tqdm(whole.splitlines(), unit=" dòng", desc="Đọc", disable=None)
    yield from records.read_lines(lines)


def _today() -> date:
    from django.conf import settings

    return (settings.EXAMPLE_TODAY or datetime.now(ZONE)).astimezone(ZONE).date()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{text}” không phải ngày dạng năm-tháng-ngày, ví dụ 2022-11-21"
        ) from None


def _tell(report: Any, *, every_piece: bool) -> None:
    from motcua.catalogue.errors import UNPARSED

    for one in report.rejected:
        print(
            f"Không nhận: dòng {one.line}{f' (mã {one.code})' if one.code else ''}: {one.sentence}"
        )
    if every_piece:
        for line, code, field, text, reason in report.pieces:
            print(f"Giữ nguyên văn: dòng {line} ({code}), {field}: {UNPARSED[reason]}: {text!r}")
    print(
        f"Đã đọc {report.read} bản ghi: {report.new} mới, {report.changed} thay đổi, "
        f"{report.unchanged} giữ nguyên, {len(report.rejected)} không nhận."
    )
    if report.unparsed:
        reasons = ", ".join(
            f"{UNPARSED[reason]} {many}"
            for reason, many in sorted(report.reasons.items(), key=lambda pair: -pair[1])
        )
        print(f"Còn {report.unparsed} chỗ giữ nguyên văn ({reasons}).")


def _as_json(report: Any) -> dict[str, Any]:
    return {
        "read": report.read,
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "unparsed": report.unparsed,
        "unparsed_reasons": dict(report.reasons),
        "rejected": len(report.rejected),
        "rejections": [
            {"line": one.line, "code": one.code, "reason": one.sentence} for one in report.rejected
        ],
    }
