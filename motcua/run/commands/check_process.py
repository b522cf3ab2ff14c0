"""Kiểm tra tệp quy trình BPMN: kê mọi chỗ sai và chỗ nên xem lại, không ghi gì.

Ví dụ: motcua check-process quy-trinh.bpmn
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

NEEDS = "nothing"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="tệp .bpmn")


def run(options: Any) -> int:
    from motcua.catalogue.process_errors import SENTENCES
    from motcua.rules.bpmn import lint

    try:
        findings = lint(options.file.read_bytes())
    except OSError as error:
        print(f"Không đọc được {options.file}: {error.strerror}.", file=sys.stderr)
        return 1
    for finding in findings:
        kind = "Nên xem" if finding.is_warning else "Sai"
        where = finding.element_name or finding.element_id
        print(
            f"{kind}{f' – {where}' if where else ''}: {SENTENCES[finding.code].format(**finding.params)}"
        )
    wrong = [finding for finding in findings if not finding.is_warning]
    print(f"{len(wrong)} chỗ sai, {len(findings) - len(wrong)} chỗ nên xem lại.")
    return 1 if wrong else 0
