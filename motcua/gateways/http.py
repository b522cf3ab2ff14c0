"""HTTP to the outside: one client with limits on everything, and refusals instead of surprises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

import httpx
import orjson

from motcua.rules.refusal import Refusal

SECONDS = 10.0
"""How long a whole call may take: connecting, sending, and the last byte of the answer."""
LARGEST = 8 * 1024 * 1024
"""Bytes of an answer that are read; more is no answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the HTTP status and the bytes."""

    status: int
    content: bytes

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


class Line:
    """A line to one system by its base address. Follows no redirect, reads no more than LARGEST.

    Raises port.no_answer (refused connection, time over, cut off in the middle: whether the other side did
    what it was asked is then unknown, unless `reached` is False) and port.answer_unreadable.
    """

    def __init__(
        self,
        system: str,
        base: str,
        *,
        headers: Mapping[str, str] | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self.system, self.seconds = system, seconds
        self._client = httpx.Client(
            base_url=base,
            headers=dict(headers or {}),
            timeout=httpx.Timeout(seconds),
            follow_redirects=False,
            trust_env=False,
            limits=httpx.Limits(max_connections=8, max_keepalive_connections=4),
        )

    def send(
        self,
        method: str,
        path: str,
        *,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask and read the whole answer."""
        ends = _Ends(self.seconds)
        try:
            with self._client.stream(
                method, path, content=content, headers=dict(headers or {})
            ) as response:
                read = bytearray()
                for chunk in response.iter_bytes():
                    read += chunk
                    if len(read) > LARGEST:
                        raise self._unreadable()
                    ends.ask()
                return Answer(response.status_code, bytes(read))
        except _NOT_REACHED:
            raise Refusal("port.no_answer", {"system": self.system, "reached": False}) from None
        except (httpx.HTTPError, httpx.InvalidURL, _TimeOver):
            raise Refusal("port.no_answer", {"system": self.system}) from None

    def json(
        self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Any]:
        """Send JSON, read JSON: the HTTP status and the plain values; an empty body reads as None."""
        sent = {"content-type": "application/json"} if body is not None else {}
        content = orjson.dumps(body) if body is not None else None
        answer = self.send(method, path, content=content, headers={**sent, **(headers or {})})
        if not answer.content:
            return answer.status, None
        try:
            return answer.status, orjson.loads(answer.content)
        except orjson.JSONDecodeError:
            raise self._unreadable() from None

    def close(self) -> None:
        self._client.close()

    def _unreadable(self) -> Refusal:
        return Refusal("port.answer_unreadable", {"system": self.system})


_NOT_REACHED = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)


class _TimeOver(Exception):
    """A peer that drips its answer is as good as one that gives none."""


class _Ends:
    """When a call has taken its time, however steadily bytes keep coming."""

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds

    def ask(self) -> None:
        if monotonic() > self._end:
            raise _TimeOver
