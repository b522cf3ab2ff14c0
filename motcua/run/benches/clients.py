"""Load from separate processes: keep-alive clients that send requests one after another and time each."""

from __future__ import annotations

import http.client
import json
import multiprocessing
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Call:
    """One request; `expect` is the status it must have."""

    method: str
    path: str
    token: str
    body: dict[str, Any] | None = None
    expect: int = 200


@dataclass(frozen=True, slots=True)
class Run:
    """One run: how many a second, and how long each took (milliseconds)."""

    rate: float
    p50_ms: float
    p95_ms: float
    requests: int
    failures: int


def run(port: int, calls: Sequence[Sequence[Call]], seconds: float) -> Run:
    """Send `calls[n]` from client n, over and over until the time is up (or its calls are, where they
    change something and each may be sent once)."""
    context = multiprocessing.get_context("spawn")
    results: multiprocessing.Queue[tuple[list[float], int, float]] = context.Queue()
    gate = context.Barrier(len(calls))
    clients = [
        context.Process(target=_client, args=(port, own, seconds, gate, results)) for own in calls
    ]
    for client in clients:
        client.start()
    gathered = [results.get() for _ in clients]
    for client in clients:
        client.join()
    times = sorted(t for own, _, _ in gathered for t in own)
    elapsed = max(took for _, _, took in gathered)
    failures = sum(failed for _, failed, _ in gathered)
    return Run(
        rate=len(times) / elapsed,
        p50_ms=statistics.median(times) if times else 0.0,
        p95_ms=times[int(len(times) * 0.95)] if times else 0.0,
        requests=len(times),
        failures=failures,
    )


def _client(port: int, calls: Sequence[Call], seconds: float, gate: Any, results: Any) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    encoded = [_encoded(call) for call in calls]
    times, failed = [], 0
    gate.wait()
    started = time.perf_counter()
    position = 0
    while time.perf_counter() - started < seconds:
        if position == len(calls):
            if calls[0].method == "POST":
                break
            position = 0
        call, (body, headers) = calls[position], encoded[position]
        position += 1
        before = time.perf_counter()
        connection.request(call.method, call.path, body, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status == call.expect:
            times.append((time.perf_counter() - before) * 1000)
        else:
            failed += 1
    results.put((times, failed, time.perf_counter() - started))


def _encoded(call: Call) -> tuple[bytes | None, dict[str, str]]:
    headers = {"Authorization": f"Bearer {call.token}"}
    if call.body is None:
        return None, headers
    return json.dumps(call.body).encode(), headers | {"Content-Type": "application/json"}
