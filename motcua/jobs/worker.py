"""The worker: what is done in the background, and how it is run (procrastinate on PostgreSQL)."""

from __future__ import annotations

from procrastinate.contrib.django import app

from motcua.jobs import tasks


def work(*, wait: bool) -> None:
    """Run jobs until stopped, or (`wait` false) until none is left; stops cleanly on SIGTERM."""
    if not wait:
        tasks.drain_all()
    app.run_worker(wait=wait, install_signal_handlers=True, concurrency=4, delete_jobs="successful")
