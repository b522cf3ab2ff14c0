"""Something that may never come back, in a thread of its own with a limit."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

Made = TypeVar("Made")


def apart(call: Callable[[], Made], seconds: float) -> Made:
    """What the call gives or raises; raises TimeoutError when the time is up: then it is left behind, and
    does not keep the process from ending."""
    done: Future[Made] = Future()

    def run() -> None:
        try:
            done.set_result(call())
        except BaseException as failure:
            done.set_exception(failure)

    Thread(target=run, daemon=True).start()
    return done.result(seconds)
