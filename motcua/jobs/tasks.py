"""Periodic duties. Each is safe to run twice, and to be cut off in the middle."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from motcua.journeys import reactions


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="drain_outbox", pass_context=False)
def drain_outbox(timestamp: int) -> None:
    """Do what follows from new entries, in the order of each subject."""
    drain_all()


def drain_all() -> int:
    """Drain the outbox until it is empty; returns how many rows were done."""
    total = 0
    while done := reactions.drain(datetime.now(UTC)):
        total += done
    return total
