"""Persons to write to, notices about them, carriers on the lines of peers, and workers that send."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection

from motcua.gateways.peers import Peer, free_port, peer
from motcua.gateways.sms import Sms
from motcua.gateways.smtp import Mail, Server
from motcua.ledger.acts import Event, act
from motcua.messaging import operations, ports, sender
from motcua.messaging.models import Delivery
from motcua.messaging.operations import Message, sending
from motcua.messaging.ports import Carrier
from motcua.people.models import Person
from motcua.rules.actor import system

SYSTEM = system("Thông báo")
NOON = datetime(2022, 11, 21, 5, tzinfo=UTC)
SAID = {
    "code": "000.00.06.H41-221121-0001",
    "procedure": "Cấp giấy phép xây dựng",
    "agency": "Sở Xây dựng",
    "desk": "Trung tâm",
    "due": "Hẹn trả kết quả lúc 09:00 ngày 28/11/2022.",
    "due_short": "Hẹn trả 09:00 28/11/2022.",
    "due_short_en": "Due 09:00 28/11/2022.",
    "due_en": "The result is due at 09:00 28/11/2022.",
}
FROM = "motcua@nghean.example"


@dataclass(frozen=True)
class Post:
    """A mail server: where letters go, and where tests look."""

    peer: Peer
    smtp_port: int


@contextmanager
def mail_server() -> Iterator[Post]:
    port = free_port()
    with peer("mail", "--smtp-port", str(port)) as running:
        until(lambda: _open(port))
        yield Post(running, port)


def _open(port: int) -> bool:
    import socket

    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def mail(port: int, **changes) -> Mail:
    return Mail(Server("127.0.0.1", port, "none", sender=FROM), **changes)


def sms(where: Peer, name: str = "sms") -> Sms:
    return Sms(name, "tin nhắn", where.base, "khoa", "NGHEAN")


def person(number: int, **changes) -> int:
    values = {
        "name": f"Người {number}", "folded_name": f"nguoi {number}", "phone": f"09120{number:05d}",
        "email": f"nguoi{number}@thu.example",
    }  # fmt: skip
    with act(Event("world.raised", "world"), actor=SYSTEM, at=NOON) as a:
        made = Person.objects.create(**(values | changes))
        a.about("world", a.id, {})
    return made.id


def message(person_id: int, **changes) -> Message:
    values = {
        "entry_id": uuid.uuid4(), "at": NOON, "kind": "dossier.accepted", "subject_kind": "dossier",
        "subject_id": uuid.uuid4(), "title": "Hồ sơ đã được tiếp nhận", "text": "Hẹn trả sau.",
        "person_id": person_id, "said": SAID,
    }  # fmt: skip
    return Message(**(values | changes))


def queue(many: int, at: datetime = NOON, **contact) -> None:
    """So many notices, each to a person of its own."""
    messages = [message(person(number, **contact)) for number in range(many)]
    operations.tell(messages, actor=SYSTEM, at=at)


def states() -> dict[str, int]:
    found: dict[str, int] = {}
    for state in Delivery.objects.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def until(ready, seconds: float = 60.0) -> None:
    ends = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > ends:
            raise TimeoutError
        time.sleep(0.02)


def command(database: str, today: str, lines: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """`motcua send-notices` on a database, at a moment of the doors' clock."""
    env = {**os.environ, "DATABASE_URL": database, "MOTCUA_EXAMPLE_TODAY": today, **lines}
    return subprocess.Popen(
        [sys.executable, "-m", "motcua.run.cli", "send-notices", "--once"], env=env
    )


@dataclass(frozen=True)
class Worker:
    """A process of its own that sends until nothing is left."""

    pid: int

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)

    def wait(self) -> int:
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def worker(at: datetime, *, claims: bool = True, **carriers: Carrier) -> Worker:
    """The sender in a process forked off this one; `claims` False: what it takes is not marked as taken."""
    connection.close()
    pid = os.fork()
    if pid:
        return Worker(pid)
    status = 1
    try:
        if not claims:
            sending.CLAIM = sending.CLAIM.replace("'claimed'", "'queued'").replace(
                "next_at = %s", "next_at = least(next_at, %s)"
            )
            sending.CLAIMED = sending.CLAIMED.replace("'claimed'", "'queued'")
        with plugged(**carriers):
            while sender.send_all(lambda: at):
                pass
        connection.close()
        status = 0
    finally:
        os._exit(status)


@contextmanager
def plugged(**carriers) -> Iterator[None]:
    """Carriers in the ports of the same names, and none in the others."""
    named = {
        "email": ports.EMAIL,
        "sms": ports.SMS,
        "sms_second": ports.SMS_SECOND,
        "zalo": ports.ZALO,
    }
    before = {name: port.plugged for name, port in named.items()}
    try:
        for name, port in named.items():
            port.plug(carriers.get(name))
        yield
    finally:
        for name, port in named.items():
            port.plug(before[name])
