"""Dựng tất cả trên máy này: PostgreSQL nhúng, dữ liệu minh họa, web và tiến trình nền.

Ví dụ: motcua up --port 8000 (Ctrl-C dừng tất cả)
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from datetime import datetime
from types import FrameType
from typing import Any, TextIO

from motcua.run import cli, database, postgres
from motcua.run.commands import serve

NEEDS = "nothing"
EXAMPLE_TODAY = "2022-11-21T09:00:00"
MOTCUA = [sys.executable, "-m", "motcua.run.cli"]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)


class Stopped(Exception):
    """A signal asked for the end."""


def run(options: Any) -> int:
    database.home().mkdir(parents=True, exist_ok=True)
    with (database.home() / "up.lock").open("w") as lock:
        if refused := _in_the_way(lock, options.port):
            print(refused, file=sys.stderr)
            return 1
        return _all(options)


def _in_the_way(lock: TextIO, port: int) -> str:
    """Why it cannot start: another one runs from this folder, or something else has the port."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return "Một Cửa đang chạy từ thư mục này rồi. Hãy dùng bản đang chạy, hoặc dừng nó trước."
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return f"Cổng {port} đang có chương trình khác dùng. Hãy chọn cổng khác: motcua up --port 8001"
    return ""


def _all(options: Any) -> int:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    children: list[subprocess.Popen[bytes]] = []
    server: postgres.Server | None = None
    try:
        if not os.environ.get("DATABASE_URL"):
            server = database.embedded()
        _environment(options.port)
        _prepare()
        command = serve.command("127.0.0.1", options.port, options.workers)
        children = [_start(command), _start([*MOTCUA, "work"])]
        _greet(options.port, children)
        _watch(children)
    except Stopped:
        print("\nĐang dừng…", flush=True)
    except subprocess.CalledProcessError as failure:
        print(f"Không dựng được: bước {failure.cmd[-1]} thất bại.", file=sys.stderr)
        return 1
    finally:
        _end(children)
        database.running().unlink(missing_ok=True)
        if server:
            postgres.stop(server)
    return 0


def _environment(port: int) -> None:
    os.environ.setdefault("MOTCUA_SECRET_KEY", cli.local_secret())
    os.environ.setdefault("MOTCUA_PUBLIC_URL", f"http://127.0.0.1:{port}")
    os.environ.setdefault("MOTCUA_EXAMPLE", "1")
    if os.environ["MOTCUA_EXAMPLE"] == "1":
        os.environ.setdefault("MOTCUA_EXAMPLE_TODAY", EXAMPLE_TODAY)
        os.environ.setdefault("MOTCUA_TRIAL_LETTERS", str(database.home() / "tin-gui-thu"))
        os.environ["MOTCUA_EXAMPLE_ANCHOR"] = datetime.now().astimezone().isoformat()
        os.environ.setdefault("MOTCUA_CERTIFICATES", str(database.home() / "example-keys"))
        os.environ.setdefault("MOTCUA_TRUST", str(database.home() / "example-authority"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.run.settings")
    told = {name: value for name, value in os.environ.items() if name.startswith("MOTCUA_EXAMPLE")}
    database.running().write_text(json.dumps(told))


def _prepare() -> None:
    """Migrate, raise the example, gather static files: each only when it is not done yet, so that a
    second start is quick."""
    stamp = database.home() / "prepared"
    wanted = f"{database.migrations_digest()} {os.environ['DATABASE_URL']} {os.environ['MOTCUA_EXAMPLE']}"
    if not stamp.exists() or stamp.read_text() != wanted:
        for step in (["migrate", "--quiet"], ["raise-example"]):
            subprocess.run([*MOTCUA, *step], check=True, start_new_session=True)
        stamp.write_text(wanted)
    subprocess.run([*MOTCUA, "collect-static"], check=True, start_new_session=True)


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches this process only, which then stops the others in order.
    return subprocess.Popen(command, start_new_session=True)


def _greet(port: int, children: list[subprocess.Popen[bytes]]) -> None:
    address = f"http://127.0.0.1:{port}"
    _until(lambda: _answers(f"{address}/suc-khoe/"), children)
    cli.prepare("django")
    from motcua.run.cast import CAST, PASSWORD

    print(f"\nMột Cửa đang chạy tại {address}")
    print(f"  Cổng cho người dân:  {address}/")
    print(f"  Bàn làm việc:        {address}/ban-lam-viec/")
    print(f"  Tài khoản minh họa (mật khẩu: {PASSWORD}):")
    for one in CAST:
        print(f"    {one.username:<22}{one.name} — {one.title}")
    print("Nhấn Ctrl-C để dừng.", flush=True)


def _until(ready: Callable[[], bool], children: list[subprocess.Popen[bytes]]) -> None:
    while not ready():
        _alive(children)
        time.sleep(0.1)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310
            return bool(response.status == 200)
    except OSError:
        return False


def _watch(children: list[subprocess.Popen[bytes]]) -> None:
    while True:
        _alive(children)
        time.sleep(0.5)


def _alive(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is not None:
            raise subprocess.CalledProcessError(child.returncode, child.args)


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped
