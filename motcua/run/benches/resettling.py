"""How fast a decree's re-settling is: so many open dossiers, of which it moves nearly all dates.

The worst case on purpose: the day off is the example's today, which lies within the span of almost every
open dossier. Each run declares it or takes it back, and lets the real command do the work: chunks, acts,
entries with hashes, postings, outbox, fsync on.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

AIM = 100_000 / 60
FIRST = date(2022, 11, 18)
"""Dossiers received since the Friday before the example's today: most are still open."""
TODAY_OFF = date(2022, 11, 21)


def lines(dossiers: int, runs: int, workers: int) -> Iterator[dict[str, Any]]:
    """One JSON line, `resettle`, over at least so many open dossiers; their database is kept for the next
    time and each bench works on a copy."""
    from motcua.run import database, postgres

    server = postgres.start(database.home() / "postgres")
    kept, copy = f"bench_open_{dossiers}", "bench_resettle"
    database.create(server, kept)
    child("load", server.url(postgres.APP, kept), server.url(postgres.OWNER, kept), dossiers)
    database.drop(server, copy)
    database.create(server, copy, template=kept)
    try:
        urls = server.url(postgres.APP, copy), server.url(postgres.OWNER, copy)
        yield json.loads(child("measure", *urls, dossiers, runs, workers))
    finally:
        database.drop(server, copy)


def child(what: str, app_url: str, owner_url: str, *numbers: int) -> str:
    """A part of this bench in a process of its own, on a database of its own; what it printed."""
    env = {
        **os.environ,
        "DATABASE_URL": app_url,
        "DATABASE_OWNER_URL": owner_url,
        "MOTCUA_EXAMPLE": "1",
        "MOTCUA_EXAMPLE_TODAY": "2022-11-21T09:00:00",
    }
    command = [sys.executable, "-m", __name__, what, *map(str, numbers)]
    return subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout


def load(dossiers: int) -> None:
    """Fill the database until so many dossiers are open by its calendar; goes on where it stopped."""
    from tqdm import tqdm

    from motcua.run.example import raising

    # A process of its own, for here the application's role is at work already, which may not migrate.
    subprocess.run([sys.executable, "-m", "motcua.run.cli", "migrate", "--quiet"], check=True)
    if raising.is_raised() and _open() >= dossiers:
        return
    found = raising.raise_structure()
    with tqdm(total=dossiers, unit=" hồ sơ đang mở", file=sys.stderr) as bar:
        while bar.n < dossiers:
            loader = raising.loader(found, 20_000, seed=_open())
            loader.first = FIRST
            for _ in loader.run():
                bar.update(_open() - bar.n)
                if bar.n >= dossiers:
                    break


def _open() -> int:
    from motcua.dossiers import resettling
    from motcua.organisations import calendar

    return resettling.progress(calendar.latest_revision()).total


def measure(runs: int, workers: int) -> dict[str, Any]:
    """Declare the day off, or take it back, and let so many workers count all anew; `runs` times."""
    took, moved, total = [], [], 0
    for number in range(runs):
        total, seconds, changed = _once(number % 2 == 0, workers)
        took.append(seconds)
        moved.append(changed)
    rates = [total / seconds for seconds in took]
    return {
        "bench": "resettle",
        "value": round(statistics.median(rates), 1),
        "unit": "/s",
        "worst": round(min(rates), 1),
        "aim": round(AIM, 1),
        "rows": total,
        "changed": min(moved),
        "seconds": round(statistics.median(took), 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
        "workers": workers,
        "runs": runs,
    }


def _once(off: bool, workers: int) -> tuple[int, float, int]:
    from django.db import connection

    from motcua.dossiers import resettling
    from motcua.ledger import sql
    from motcua.look.clock import door_now
    from motcua.organisations import operations
    from motcua.organisations.operations import DayDeclared
    from motcua.rules.actor import system
    from motcua.rules.worktime import DayKind

    day = DayDeclared(TODAY_OFF, DayKind.HOLIDAY, "Phép đo", "Phép đo")
    revision = operations.declare_days(
        None,
        [day] if off else [],
        withdrawn=[] if off else [TODAY_OFF],
        reason="Phép đo",
        actor=system("Phép đo"),
        at=door_now(),
    )
    connection.close()
    command = [sys.executable, "-m", "motcua.run.cli", "resettle", "--quiet"]
    begun = time.perf_counter()
    children = [subprocess.Popen(command) for _ in range(workers)]
    failed = sum(child.wait() != 0 for child in children)
    seconds = time.perf_counter() - begun
    progress = resettling.progress(revision)
    if failed or progress.left:
        raise RuntimeError(f"còn {progress.left} hồ sơ chưa tính lại")
    return progress.total, seconds, int(sql.fetch(CHANGED, [revision])[0]["n"])


CHANGED = """
SELECT count(*) AS n FROM dossiers_clockevent
WHERE calendar_revision_id = %s AND event->>'kind' = 'resettled'
"""


def main() -> None:
    """`load N` or `measure N RUNS WORKERS`, on the database the environment names."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["load", "measure"])
    parser.add_argument("numbers", type=int, nargs="*")
    options = parser.parse_args()
    from motcua.run import cli

    cli.prepare("django")
    if options.what == "load":
        load(options.numbers[0])
    else:
        print(json.dumps(measure(*options.numbers[1:])))


if __name__ == "__main__":
    main()
