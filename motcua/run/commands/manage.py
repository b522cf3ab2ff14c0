"""Chuyển lệnh cho Django (makemigrations, shell…), trên cùng cấu hình.

Ví dụ: motcua manage makemigrations --check
"""

from __future__ import annotations

import argparse
import os
from typing import Any

NEEDS = "database"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="lệnh của Django")


def run(options: Any) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.run.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["motcua manage", *options.rest])
    return 0
