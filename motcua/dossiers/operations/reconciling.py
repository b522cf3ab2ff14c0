"""Both sides of an exchange compared, and kept as found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from motcua.dossiers import events
from motcua.dossiers import policies_exchange as policies
from motcua.dossiers.models import Mismatch, Reconciliation
from motcua.ledger.acts import act
from motcua.rules.actor import Actor
from motcua.rules.identity import new_id
from motcua.rules.national import Difference


@dataclass(frozen=True, slots=True)
class Found:
    """A difference, the dossier here it is about, and whether its message is on its way."""

    difference: Difference
    dossier_id: UUID | None
    waiting: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """What was compared, on which days of filing, and what differs."""

    system: str
    since: date
    until: date
    here: int
    there: int
    found: Sequence[Found]


def reconcile(*, compared: Compared, actor: Actor, at: datetime) -> UUID:
    """Keep a reconciliation with every difference. Raises dossier.may_not."""
    policies.to_mend(actor)
    made = new_id()
    waiting = sum(one.waiting for one in compared.found)
    row = {
        "id": made,
        "system": compared.system,
        "since": compared.since,
        "until": compared.until,
        "at": at,
        "here": compared.here,
        "there": compared.there,
        "differences": len(compared.found) - waiting,
        "waiting": waiting,
    }
    with act(events.RECONCILED, actor=actor, at=at) as a:
        a.insert(Reconciliation, [row])
        a.insert(
            Mismatch,
            [
                {
                    "id": new_id(),
                    "reconciliation_id": made,
                    "dossier_id": one.dossier_id,
                    "code": one.difference.code,
                    "gap": str(one.difference.gap),
                    "here": one.difference.here and int(one.difference.here),
                    "there": one.difference.there and int(one.difference.there),
                    "waiting": one.waiting,
                }
                for one in compared.found
            ],
        )
        a.about(
            "reconciliation", made, {n: row[n] for n in ("system", "here", "there", "differences")}
        )
    return made
