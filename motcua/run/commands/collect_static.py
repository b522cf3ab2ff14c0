"""Gom tệp tĩnh của giao diện vào một thư mục cho máy chủ web.

Ví dụ: motcua collect-static
"""

from __future__ import annotations

import argparse
from typing import Any


def arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(options: Any) -> int:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    return 0
