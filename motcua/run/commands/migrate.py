"""Đưa cơ sở dữ liệu tới phiên bản của chương trình (chạy bằng vai trò chủ sở hữu).

Ví dụ: motcua migrate
"""

from __future__ import annotations

import argparse
import os
from typing import Any

NEEDS = "database"
LOCK = 0x6D6F7463  # one migration at a time, over all servers


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="không in từng bước")


def run(options: Any) -> int:
    os.environ["DATABASE_URL"] = os.environ.get("DATABASE_OWNER_URL", os.environ["DATABASE_URL"])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.run.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        call_command("migrate", verbosity=0 if options.quiet else 1, interactive=False)
        cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    return 0
