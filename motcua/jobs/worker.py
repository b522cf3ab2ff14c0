"""The worker: what is done in the background, and how it is run (procrastinate on PostgreSQL)."""

from __future__ import annotations

from typing import Any, cast

from procrastinate.contrib.django import app

from motcua.jobs import tasks


def work(*, wait: bool) -> None:
    """Run jobs until stopped, or (`wait` false) until none is left; stops cleanly on SIGTERM."""
    if not wait:
        tasks.resettle_all()
        tasks.move_all()
        tasks.warn_all()
        tasks.drain_all()
        tasks.send_notices(0)
    connector = cast(Any, app.connector)
    listening = connector.get_worker_connector()  # Django's own connector cannot listen
    with app.replace_connector(listening) as worker:
        worker.run_worker(
            wait=wait, install_signal_handlers=True, concurrency=2, delete_jobs="successful"
        )
