"""The sender: claims, hands to the carriers outside of any act, records; asks what became of messages.

Any number of workers may run it at once, and each may be killed at any moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Lock
from time import monotonic, sleep
from uuid import UUID

import psycopg
from django.db import OperationalError, connection

from motcua.ledger import sql
from motcua.messaging import operations, ports
from motcua.messaging.operations import Claimed
from motcua.messaging.ports import Carrier, Letter
from motcua.rules import delivery
from motcua.rules.actor import system
from motcua.rules.delivery import Answer, Channel, Outcome
from motcua.rules.refusal import Refusal

WORKER = system("Gửi thông báo")
MARGIN = timedelta(minutes=2)
"""So long before its claim ends a worker begins no message any more."""
PAUSES = (0.5, 1, 2, 4, 8, 16)
"""Seconds between tries to record."""
ASKED = 100
"""So many messages a carrier is asked of in one go."""

Clock = Callable[[], datetime]


def send_all(now: Clock, *, seconds: float = 50.0, stop: Callable[[], bool] = lambda: False) -> int:
    """Send what is to be sent, and ask what is to be asked, until nothing is left, the time is up or `stop`
    says so; returns how many messages were handed over. `now` is the door's clock."""
    ends, total = monotonic() + seconds, 0

    def goes_on() -> bool:
        return monotonic() < ends and not stop()

    while goes_on() and operations.take_over(actor=WORKER, at=now()):
        pass
    for channel in ports.connected():
        _ask_all(channel, now, goes_on)
    left = list(ports.connected())
    while left and goes_on():
        done = {channel: send_some(channel, now) for channel in left}
        total += sum(handed for _, handed in done.values())
        left = [channel for channel in left if done[channel][0]]
    return total


def send_some(channel: Channel, now: Clock) -> tuple[int, int]:
    """One claim of a channel by each carrier that is well; returns how many messages were claimed, and how
    many of them the carriers took or refused."""
    taken = handed = 0
    before: list[str] = []
    for carrier in _well(ports.carriers(channel), now()):
        claimed = operations.claim(
            channel=channel,
            carrier=carrier.name,
            before=before,
            most=carrier.at_once,
            actor=WORKER,
            at=now(),
        )
        before.append(carrier.name)
        if claimed is not None:
            answers = Handing(carrier).hand_over(claimed)
            _record(claimed, answers, now())
            taken += len(claimed.letters)
            handed += sum(a.outcome not in delivery.ILL for a in answers.values())
    return taken, handed


def _record(claimed: Claimed, answers: Mapping[UUID, Answer], at: datetime) -> None:
    """Record the answers; a database that is gone for a moment is waited for, because what is not recorded
    is in doubt."""
    for pause in PAUSES:
        try:
            operations.record_answers(claimed=claimed, answers=answers, actor=WORKER, at=at)
        except (psycopg.OperationalError, OperationalError):
            connection.close()
            sleep(pause)
        else:
            return
    operations.record_answers(claimed=claimed, answers=answers, actor=WORKER, at=at)


class Handing:
    """One claim handed to its carrier by several threads, until done, or until it is better to stop."""

    def __init__(self, carrier: Carrier) -> None:
        self.carrier = carrier
        self.ends = monotonic() + (delivery.LEASE - MARGIN).total_seconds()
        self.outcomes: list[Outcome] = []
        self.answers: dict[UUID, Answer] = {}
        self.lock = Lock()

    def hand_over(self, claimed: Claimed) -> dict[UUID, Answer]:
        """The answers, by message; what is not among them was not tried."""
        letters = iter(claimed.letters)
        threads = min(self.carrier.threads, len(claimed.letters))
        with ThreadPoolExecutor(threads) as pool:
            for done in [pool.submit(self._work, letters) for _ in range(threads)]:
                done.result()
        return self.answers

    def _work(self, letters: Iterator[Letter]) -> None:
        while (letter := self._next(letters)) is not None:
            answer = self.carrier.send(letter)
            with self.lock:
                self.outcomes.append(answer.outcome)
                self.answers[letter.id] = answer

    def _next(self, letters: Iterator[Letter]) -> Letter | None:
        with self.lock:
            if monotonic() > self.ends or delivery.stops(self.outcomes):
                return None
            return next(letters, None)


def _well(carriers: Sequence[Carrier], at: datetime) -> list[Carrier]:
    """Those that do not rest now."""
    names = [carrier.name for carrier in carriers]
    resting = {row["name"] for row in sql.fetch(RESTING, [names, at])}
    return [carrier for carrier in carriers if carrier.name not in resting]


def _ask_all(channel: Channel, now: Clock, goes_on: Callable[[], bool]) -> None:
    for carrier in ports.carriers(channel):
        while carrier.asks and goes_on() and _ask(carrier, channel, now):
            pass


def _ask(carrier: Carrier, channel: Channel, now: Clock) -> bool:
    """Ask a carrier of what it has taken, or may have; whether there may be more to ask."""
    at = now()
    rows = sql.fetch(TO_ASK, [at, carrier.name, channel, ASKED])
    if not rows:
        return False
    try:
        reports = carrier.reports([(row["id"], row["ref"]) for row in rows])
    except Refusal:
        reports = None
    operations.record_reports(
        carrier=carrier.name,
        ids=[row["id"] for row in rows],
        reports=reports,
        actor=WORKER,
        at=at,
    )
    return reports is not None


RESTING = "SELECT name FROM messaging_carrierhealth WHERE name = ANY(%s) AND rests_until > %s"
TO_ASK = """
SELECT id, ref FROM messaging_delivery
WHERE state <> 'queued' AND next_at IS NOT NULL AND next_at <= %s
  AND state IN ('sent', 'uncertain') AND carrier = %s AND channel = %s
ORDER BY next_at, id LIMIT %s
"""
