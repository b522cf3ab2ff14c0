"""A world whose dossiers are exchanged with a national portal that runs as a process of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from motcua.dossiers import operations, ports
from motcua.dossiers.models import WorkItem
from motcua.dossiers.tests.conftest import NINE, World
from motcua.gateways.http import Line
from motcua.gateways.national_portal import NationalPortal
from motcua.gateways.peers import Peer
from motcua.journeys import exchanging, reactions

LATER = NINE + timedelta(days=30)


class Hands:
    """A clock that the test moves."""

    def __init__(self, at: datetime = LATER) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def wait(self, **times: float) -> None:
        self.at += timedelta(**times)


def portal_of(peer: Peer, *, mirrors: bool = False, seconds: float = 5.0) -> NationalPortal:
    line = Line("Cổng Dịch vụ công quốc gia", peer.base, seconds=seconds)
    return NationalPortal(line, "motcua", "mat-khau", "000.00.00.H41", mirrors)


@contextmanager
def plugged(peer: Peer, key: str = ports.NATIONAL, **how) -> Iterator[NationalPortal]:
    """The national portal (or another system) is the peer, which begins anew."""
    peer.ask("forget", {})
    adapter = portal_of(peer, **how)
    ports.exchange(key).plug(adapter)
    try:
        yield adapter
    finally:
        ports.exchange(key).plug(None)
        adapter.line.close()
        if key != ports.NATIONAL:
            del ports.EXCHANGES[key]


def walk(world: World, dossier_id: UUID, days: float = 0.5) -> None:
    """From acceptance to the hand-over: 2 → 4 → 9 → 10, with a step between that changes no status."""

    def item() -> UUID:
        return WorkItem.objects.get(dossier_id=dossier_id, closed_at=None).id

    at = NINE + timedelta(days=days)
    operations.hand_on(dossier_id=dossier_id, item_id=item(), actor=world.officer, at=at)
    operations.conclude(
        dossier_id=dossier_id, item_id=item(), result_name="Giấy phép", result_number="12/GP",
        actor=world.leader, at=at + timedelta(hours=1),
    )  # fmt: skip
    operations.hand_over(
        dossier_id=dossier_id, recipient="Nguyễn Thị Lam", identity="", method="counter",
        actor=world.clerk, at=at + timedelta(hours=2),
    )  # fmt: skip


def tell(now: Hands) -> int:
    """What the jobs do each minute: the outbox is drained, and what waits is told."""
    while reactions.drain(now()):
        pass
    return exchanging.tell_systems(now)


def statuses(peer: Peer, code: str) -> list[str]:
    """The statuses of a dossier in the order the other side took them."""
    return [m["status"] for m in peer.ask("state")["messages"] if m["code"] == code]


def told_once_each(peer: Peer) -> bool:
    """Whether no message was taken twice by the other side."""
    return all(n == 1 for n in peer.ask("state")["keys"].values())
