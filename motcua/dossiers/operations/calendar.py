"""What a decree does to the dossiers that are open: their dates are counted anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.dossiers import events, policies, resettling, writer
from motcua.dossiers.models import Dossier
from motcua.dossiers.resettling import NOWHERE, Read, Reader
from motcua.dossiers.writer import Done
from motcua.ledger.acts import Act, act
from motcua.organisations import calendar as office
from motcua.rules import casework_calendar
from motcua.rules.actor import Actor


@dataclass(frozen=True, slots=True)
class Resettled:
    """A chunk done: how many dossiers, of how many a date moved, and the last of them."""

    dossiers: int
    moved: int
    last: UUID


def resettle(*, actor: Actor, at: datetime) -> Iterator[Resettled]:
    """Count every open dossier anew whose dates are by an older calendar, chunk by chunk.

    Each chunk is one transaction and one bulk act: a parent entry, and an entry for each dossier of which
    a date moved, with the dates before and after. May be stopped between any two statements and begun
    again, by several at once; what is under way elsewhere is done in the end. Closed dossiers never move.
    Raises calendar.missing, dossier.may_not.
    """
    policies.to_resettle(actor)
    wait = False
    while (kept := resettling.oldest(office.latest_revision())) is not None:
        after = NOWHERE
        while done := _resettle_chunk(kept=kept, after=after, wait=wait, actor=actor, at=at):
            after = done.last
            yield done
        wait = True


def _resettle_chunk(
    *, kept: int, after: UUID, wait: bool, actor: Actor, at: datetime
) -> Resettled | None:
    """Count anew the next dossiers after `after` that keep the revision `kept`; None when there are none.

    `wait` for those that others have locked, else they are left for later. Raises calendar.missing,
    dossier.may_not.
    """
    policies.to_resettle(actor)
    with transaction.atomic():
        rows = resettling.locked(kept, after, wait=wait)
        if not rows:
            return None
        revision = office.latest_revision()
        reader = Reader(revision, lambda unit_id: office.work_calendar(unit_id, revision))
        with act(events.RESETTLED, actor=actor, at=at) as a:
            a.hold("dossier", *(row["id"] for row in rows))
            _write(a, [_decided(a, read, at) for read in reader.cases(rows)], revision)
    moved = len(a.entries) - 1
    return Resettled(len(rows), moved, rows[-1]["id"])


def _decided(a: Act, read: Read, at: datetime) -> Done:
    """Each at its own moment: not before its last entry, and no other dossier's."""
    last = a.heads["dossier", read.case.id].at
    moment = max(at, last) if last else at
    changes = casework_calendar.resettle(read.case, read.terms, moment, turn=read.turn)
    return Done(changes, at=moment)


def _write(a: Act, decided: list[Done], revision: int) -> None:
    a.says({"calendar": revision, "dossiers": len(decided)})
    writer.apply_all([done for done in decided if done.changes.recorded], a)
    quiet = [done.changes for done in decided if not done.changes.recorded]
    a.update(Dossier, [(changes.case.id, changes.sets[0][2]) for changes in quiet])
