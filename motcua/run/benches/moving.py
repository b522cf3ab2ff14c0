"""How fast dossiers follow their units on 2025-07-01: of so many open ones, those of districts and communes.

The plans are filled as the example fills them (by procedure and by the applicant's commune), and the real
command carries them out: chunks, acts, entries with hashes, postings, outbox, fsync on.
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
from typing import Any

from motcua.run.benches import resettling

AIM = 100_000 / 120
EVE, MORNING = "2022-11-21T09:00:00", "2025-07-01T08:00:00"


def lines(dossiers: int, runs: int, workers: int) -> Iterator[dict[str, Any]]:
    """One JSON line, `move`, over the database of `resettle`; each run works on a copy of its own."""
    from motcua.run import database, postgres

    server = postgres.start(database.home() / "postgres")
    kept, copy = f"bench_open_{dossiers}", "bench_move"
    database.create(server, kept)
    urls = server.url(postgres.APP, kept), server.url(postgres.OWNER, kept)
    resettling.child("load", *urls, dossiers)
    found = []
    for _ in range(runs):
        database.drop(server, copy)
        database.create(server, copy, template=kept)
        urls = server.url(postgres.APP, copy), server.url(postgres.OWNER, copy)
        try:
            planned = json.loads(_child("plan", EVE, *urls))
            moved = json.loads(_child("measure", MORNING, *urls, workers))
        finally:
            database.drop(server, copy)
        found.append(planned | moved)
    rates = [one["rows"] / one["seconds"] for one in found]
    yield {
        "bench": "move",
        "value": round(statistics.median(rates), 1),
        "unit": "/s",
        "worst": round(min(rates), 1),
        "aim": round(AIM, 1),
        **found[-1],
        "workers": workers,
        "runs": runs,
    }


def _child(what: str, today: str, app_url: str, owner_url: str, *numbers: int) -> str:
    """A part of this bench in a process of its own, on a day of its own; what it printed."""
    env = {
        **os.environ,
        "DATABASE_URL": app_url,
        "DATABASE_OWNER_URL": owner_url,
        "MOTCUA_EXAMPLE": "1",
        "MOTCUA_EXAMPLE_TODAY": today,
    }
    command = [sys.executable, "-m", __name__, what, *map(str, numbers)]
    return subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout


def plan() -> dict[str, Any]:
    """Draft, fill, check and approve the plans, and rehearse the largest."""
    from motcua.dossiers import plans, rehearsing
    from motcua.look.clock import door_now
    from motcua.rules.actor import system
    from motcua.run.example.moving import plan_moves
    from motcua.run.example.organisations import TWO_TIERS

    watcher = system("Phép đo")
    plan_moves(door_now())
    largest = max(plans.plans(watcher, TWO_TIERS), key=lambda one: one.following)
    _, found = plans.plan(watcher, largest.id)
    begun = time.perf_counter()
    said = rehearsing.rehearse(found, actor=watcher, at=door_now())
    took = time.perf_counter() - begun
    return {"rehearsed": said.total, "rehearsal_seconds": round(took, 2)}


def measure(workers: int) -> dict[str, Any]:
    """Let so many workers carry the plans out."""
    from django.db import connection

    from motcua.dossiers import plans
    from motcua.rules.actor import system
    from motcua.run.example.organisations import TWO_TIERS

    watcher = system("Phép đo")
    rows = plans.progress(watcher, TWO_TIERS).left
    connection.close()
    command = [sys.executable, "-m", "motcua.run.cli", "move-units", "--quiet"]
    command += ["--on", TWO_TIERS.isoformat()]
    begun = time.perf_counter()
    children = [subprocess.Popen(command) for _ in range(workers)]
    failed = sum(child.wait() != 0 for child in children)
    seconds = time.perf_counter() - begun
    progress = plans.progress(watcher, TWO_TIERS)
    if failed or progress.left:
        raise RuntimeError(f"còn {progress.left} hồ sơ chưa chuyển")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return {"rows": rows, "seconds": round(seconds, 1), "peak_mb": peak}


def main() -> None:
    """`plan` or `measure WORKERS`, on the database the environment names."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["plan", "measure"])
    parser.add_argument("numbers", type=int, nargs="*")
    options = parser.parse_args()
    from motcua.run import cli

    cli.prepare("django")
    print(json.dumps(plan() if options.what == "plan" else measure(*options.numbers)))


if __name__ == "__main__":
    main()
