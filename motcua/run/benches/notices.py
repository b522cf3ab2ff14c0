"""How fast notices are queued and sent: by e-mail and SMS, to servers on this machine that count them.

Its own database; so many real `motcua send-notices` processes; acts, entries with hashes, claims and records
as ever, fsync on. The clock runs from the first notice queued to the last answer recorded.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from motcua.gateways.peers import Peer, free_port, peer

AIM = 360
NOTICES = 5_000
BATCH = 500
FROM = "motcua@bench.example"


def lines(runs: int, workers: int) -> Iterator[dict[str, Any]]:
    """One JSON line, `notices`: NOTICES persons told, each by e-mail and by SMS."""
    from motcua.run import database, postgres

    server = postgres.start(database.home() / "postgres")
    name = "bench_notices"
    database.drop(server, name)
    database.create(server, name)
    env = {
        **os.environ,
        "DATABASE_URL": server.url(postgres.APP, name),
        "DATABASE_OWNER_URL": server.url(postgres.OWNER, name),
    }
    try:
        subprocess.run([*_motcua(), "migrate", "--quiet"], env=env, check=True)
        with _sinks(env) as sinks:
            found = [_run(env, sinks, workers) for _ in range(runs)]
    finally:
        database.drop(server, name)
    rates = [one["messages"] / one["seconds"] for one in found]
    yield {
        "bench": "notices",
        "value": round(statistics.median(rates), 1),
        "unit": "/s",
        "worst": round(min(rates), 1),
        "aim": AIM,
        **found[-1],
        "workers": workers,
        "runs": runs,
    }


def _motcua() -> list[str]:
    return [sys.executable, "-m", "motcua.run.cli"]


@contextmanager
def _sinks(env: dict[str, str]) -> Iterator[list[Peer]]:
    """A mail server and an SMS provider, which count what they take; `env` is told of them."""
    smtp = free_port()
    with peer("sms") as sms, peer("mail", "--smtp-port", str(smtp)) as mail:
        env |= {
            "MOTCUA_SMS_URL": sms.base,
            "MOTCUA_SMS_KEY": "bench",
            "MOTCUA_MAIL_SERVER": f"127.0.0.1:{smtp}",
            "MOTCUA_MAIL_SECURITY": "none",
            "MOTCUA_MAIL_FROM": FROM,
        }
        yield [sms, mail]


def _run(env: dict[str, str], sinks: list[Peer], workers: int) -> dict[str, Any]:
    """Once: the workers wait already when the first notice is told."""
    before = _taken(sinks)
    children = [subprocess.Popen([*_motcua(), "send-notices"], env=env) for _ in range(workers)]
    try:
        command = [sys.executable, "-m", __name__]
        said = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(60)
    found: dict[str, Any] = json.loads(said.stdout)
    taken = _taken(sinks) - before
    if taken != found["messages"]:
        raise RuntimeError(f"đã ghi {found['messages']} tin, máy nhận đếm {taken}")
    return found | {"taken": taken}


def _taken(sinks: list[Peer]) -> int:
    return sum(int(sink.ask("count")["taken"]) for sink in sinks)


def _until(ready: Any, seconds: float = 60.0) -> None:
    ends = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > ends:
            raise TimeoutError("tiến trình gửi không làm xong")
        time.sleep(0.05)


def tell() -> dict[str, Any]:
    """Tell everybody, and wait until all that was queued is sent; how long it took."""
    from motcua.ledger import sql
    from motcua.messaging import operations

    messages = _messages()
    _until_workers_wait()
    begun = time.perf_counter()
    for start in range(0, len(messages), BATCH):
        batch = messages[start : start + BATCH]
        operations.tell(batch, actor=_system(), at=batch[0].at)
    queued = time.perf_counter() - begun
    _until(lambda: not sql.fetch(WAITING)[0]["n"], seconds=600)
    took = time.perf_counter() - begun
    sent = sql.fetch(SENT, [messages[0].at])[0]
    return {
        "messages": sent["n"],
        "seconds": round(took, 2),
        "queue_seconds": round(queued, 2),
        "p50_ms": round(sent["p50"] * 1000),
        "p95_ms": round(sent["p95"] * 1000),
    }


def _messages() -> list[Any]:
    from motcua.look.clock import door_now
    from motcua.messaging.operations import Message
    from motcua.people.operations import Identity, register_persons
    from motcua.rules.identity import new_id

    identities = [
        Identity(f"Người {n}", phone=f"09{n:08d}", email=f"nguoi{n}@bench.example")
        for n in range(NOTICES)
    ]
    persons = register_persons(identities, actor=_system(), at=door_now())
    code = "000.00.06.H41-221121-0001"
    said = {"code": code, "procedure": "Cấp giấy phép xây dựng", "due_short": ""}
    return [
        Message(
            entry_id=new_id(),
            at=door_now(),
            kind="dossier.accepted",
            subject_kind="dossier",
            subject_id=new_id(),
            title=f"Hồ sơ {code} đã được tiếp nhận",
            text="Hẹn trả kết quả lúc 09:00 ngày 28/11/2022.",
            person_id=person.id,
            said=said,
        )
        for person in persons
    ]


def _until_workers_wait() -> None:
    """Workers that are still starting would be measured otherwise."""
    from motcua.ledger import sql

    _until(lambda: sql.fetch(WORKERS)[0]["n"] > 1)
    time.sleep(3)


def _system() -> Any:
    from motcua.rules.actor import system

    return system("Phép đo")


WAITING = (
    "SELECT count(*) AS n FROM messaging_delivery WHERE state IN ('queued', 'claimed', 'uncertain')"
)
SENT = """
SELECT count(*) AS n,
    extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY changed_at - queued_at))::float AS p50,
    extract(epoch FROM percentile_cont(0.95) WITHIN GROUP (ORDER BY changed_at - queued_at))::float AS p95
FROM messaging_delivery WHERE state IN ('sent', 'delivered') AND queued_at >= %s
"""
WORKERS = """
SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'motcua'
"""


def main() -> None:
    """`tell`, on the database the environment names."""
    argparse.ArgumentParser().parse_args()
    from motcua.run import cli

    cli.prepare("django")
    print(json.dumps(tell()))


if __name__ == "__main__":
    main()
