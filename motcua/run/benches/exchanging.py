"""How fast dossiers come in from the national portal, and their statuses go back to it, each with its answer.

Its own database with the example's units and catalogue; a portal that is a process of its own and answers
every call; the job that takes records in, and so many processes of the job that tells: acts, entries with
hashes, claims and what came of them recorded, fsync on.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from motcua.gateways.peers import ask, peer

DOSSIERS = 1_000
PORTAL = {"user": "bench", "password": "bench", "unit": "000.00.00.H41"}
WORK = """
from motcua.run import cli
cli.prepare("django")
from motcua.jobs import tasks
input()
tasks.tell_all()
"""


def lines(runs: int, workers: int) -> Iterator[dict[str, Any]]:
    """Two JSON lines, `inbound`: dossiers in by one process, and statuses out by so many."""
    from motcua.run import database, postgres

    server, name = postgres.start(database.home() / "postgres"), "bench_inbound"
    database.drop(server, name)
    database.create(server, name)
    given = [f"--{key}={value}" for key, value in PORTAL.items()]
    try:
        with peer("national_portal", *given) as portal, tempfile.TemporaryDirectory() as folder:
            systems = Path(folder, "systems.toml")
            named = {"address": portal.base, **PORTAL}
            systems.write_text("[national]\n" + "".join(f'{k} = "{v}"\n' for k, v in named.items()))
            env = {
                **os.environ,
                "DATABASE_URL": server.url(postgres.APP, name),
                "DATABASE_OWNER_URL": server.url(postgres.OWNER, name),
                "MOTCUA_EXAMPLE": "1",
                "MOTCUA_EXAMPLE_TODAY": "2022-11-21T09:00:00",
                "MOTCUA_EXCHANGES": str(systems),
            }
            migrate = [sys.executable, "-m", "motcua.run.cli", "migrate", "--quiet"]
            subprocess.run(migrate, env=env, check=True)
            command = [sys.executable, "-m", __name__, str(portal.port), str(runs), str(workers)]
            done = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
    finally:
        database.drop(server, name)
    found = json.loads(done.stdout)
    for what, key, by in (("dossiers in", "in", 1), ("statuses out", "out", workers)):
        rates = [one[key] / one[f"{key}_seconds"] for one in found]
        yield {
            "bench": "inbound",
            "what": what,
            "value": round(statistics.median(rates), 1),
            "unit": "/s",
            "worst": round(min(rates), 1),
            "rows": found[-1][key],
            "seconds": found[-1][f"{key}_seconds"],
            "workers": by,
            "runs": runs,
        }


def measure(port: int, runs: int, workers: int) -> list[dict[str, Any]]:
    """Take in DOSSIERS a run, accept them, and tell that they are; how long each took."""
    from motcua.run.example import raising

    raising.raise_structure()
    return [_once(port, run, workers) for run in range(runs)]


def _once(port: int, run: int, workers: int) -> dict[str, Any]:
    from motcua.dossiers.models import Held, Sync
    from motcua.jobs import tasks
    from motcua.journeys import exchanging
    from motcua.look import clock

    ask(port, "arrive", _records(run))
    taken, in_seconds = _timed(lambda: exchanging.take_in(clock.door_now))
    if taken != DOSSIERS or Held.objects.exists():
        raise RuntimeError(f"nhận {taken} hồ sơ, giữ lại {Held.objects.count()}")
    _accept_all()
    _, queue_seconds = _timed(tasks.drain_all)
    before = Sync.objects.filter(state="sent").count()
    out_seconds = _tell(workers)
    told = Sync.objects.filter(state="sent").count() - before
    if told != DOSSIERS or Sync.objects.exclude(state="sent").exists():
        raise RuntimeError(f"chỉ báo được {told} trạng thái")
    return {
        "in": taken,
        "in_seconds": in_seconds,
        "queue_seconds": queue_seconds,
        "out": told,
        "out_seconds": out_seconds,
    }


def _tell(workers: int) -> float:
    """Let so many processes tell what waits; they have started when the clock does."""
    from django.db import connection

    connection.close()
    command = [sys.executable, "-c", WORK]
    children = [subprocess.Popen(command, stdin=subprocess.PIPE) for _ in range(workers)]
    time.sleep(8)
    begun = time.perf_counter()
    for child in children:
        if child.stdin:
            child.stdin.write(b"\n")
            child.stdin.flush()
    failed = sum(child.wait() != 0 for child in children)
    if failed:
        raise RuntimeError("một tiến trình gửi đã hỏng")
    return round(time.perf_counter() - begun, 2)


def _timed(do: Callable[[], int]) -> tuple[int, float]:
    begun = time.perf_counter()
    done = do()
    return done, round(time.perf_counter() - begun, 2)


def _accept_all() -> None:
    from motcua.dossiers import operations
    from motcua.dossiers.models import Dossier
    from motcua.dossiers.operations import Contact
    from motcua.journeys.exchanging import SYSTEM
    from motcua.look import clock

    for dossier_id in Dossier.objects.filter(status=1).values_list("id", flat=True):
        operations.accept_submitted(
            dossier_id=dossier_id, actor=SYSTEM, at=clock.door_now(), contact=Contact()
        )


def _records(run: int) -> list[dict[str, Any]]:
    """So many dossiers filed by as many people, over everything that may be filed online."""
    from motcua.dossiers.telling_systems import unit_code
    from motcua.ledger import sql
    from motcua.look import clock

    places = sql.fetch(PLACES)
    filed = f"{clock.door_now():%Y%m%d}080000"
    return [
        {
            "MaHoSo": f"G-{run}-{n}",
            "MaTTHC": place["code"],
            "DonViXuLy": unit_code(place["unit_id"], clock.door_now()),
            "KenhThucHien": "2",
            "ChuHoSo": f"Người {run} {n}",
            "LoaiDoiTuong": "1",
            "DinhDanhCHS": {"LoaiDinhDanh": "1", "SoDinhDanh": f"0401900{run:01d}{n:04d}"},
            "TrichYeuHoSo": "Hồ sơ đo tốc độ",
            "NgayNopHoSo": filed,
            "TrangThaiHoSo": "1",
            "TaiLieuNop": [{"TenTepDinhKem": "Tờ khai"}],
        }
        for n, place in enumerate(islice(cycle(places), DOSSIERS))
    ]


PLACES = """
SELECT p.code, o.unit_id FROM catalogue_offering o
JOIN catalogue_procedure p ON p.id = o.procedure_id
JOIN catalogue_procedureversion v ON v.procedure_id = p.id AND v.valid && o.valid
JOIN catalogue_channelrule c ON c.version_id = v.id AND c.channel = 2 AND c.limit_unit <> ''
WHERE o.valid @> DATE '2022-11-21' AND v.valid @> DATE '2022-11-21' AND c.limit_amount IS NOT NULL
ORDER BY md5(p.code || o.unit_id) LIMIT 1000
"""


def main() -> None:
    """PORT RUNS WORKERS, on the database the environment names."""
    parser = argparse.ArgumentParser()
    parser.add_argument("numbers", type=int, nargs=3)
    options = parser.parse_args()
    from motcua.run import cli

    cli.prepare("django")
    print(json.dumps(measure(*options.numbers)))


if __name__ == "__main__":
    main()
