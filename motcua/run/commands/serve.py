"""Chạy máy chủ web (granian, nhiều tiến trình).

Ví dụ: motcua serve --host 127.0.0.1 --port 8000 --workers 2
"""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from motcua.run import database

NEEDS = "database"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2, help="số tiến trình")


def run(options: Any) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.run.settings")
    os.execv(sys.executable, command(options.host, options.port, options.workers))  # noqa: S606


def command(host: str, port: int, workers: int) -> list[str]:
    """The command line of the web server; static files are served by it, not by Python."""
    static = database.home() / "static"
    static.mkdir(parents=True, exist_ok=True)
    return [
        *(
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            host,
            "--port",
            str(port),
        ),
        *(
            "--workers",
            str(workers),
            "--blocking-threads",
            "1",
            "--no-ws",
            "--log-level",
            "warning",
        ),
        *("--static-path-route", "/static", "--static-path-mount", str(static)),
        "motcua.run.wsgi:application",
    ]
