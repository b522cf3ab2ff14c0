"""A simple brake on guessing: so many look-ups a minute from one address, counted in this process.

It holds back one impatient program, not a botnet: several web processes each count their own, and a
restart forgets. Behind a proxy that hides addresses, the proxy's own limit is the one that counts.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from threading import Lock
from time import monotonic

REMEMBERED = 10_000
"""Addresses kept in memory; the one heard longest ago is forgotten first."""


class Throttle:
    """At most `many` in any `seconds` for each key."""

    def __init__(self, many: int, seconds: float) -> None:
        self.many, self.seconds = many, seconds
        self.heard: OrderedDict[str, deque[float]] = OrderedDict()
        self.lock = Lock()

    def allows(self, key: str) -> bool:
        """Count one more for `key`; false when it has had its share."""
        now = monotonic()
        with self.lock:
            times = self.heard.setdefault(key, deque())
            self.heard.move_to_end(key)
            while times and times[0] <= now - self.seconds:
                times.popleft()
            if len(times) >= self.many:
                return False
            times.append(now)
            if len(self.heard) > REMEMBERED:
                self.heard.popitem(last=False)
            return True

    def forget(self) -> None:
        """Start anew; for tests."""
        with self.lock:
            self.heard.clear()
