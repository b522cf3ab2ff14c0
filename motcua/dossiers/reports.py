"""What came of an act on many dossiers, read from its own entry: for who did it, as far as he sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import policies
from motcua.ledger import sql
from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Report:
    """An act on many: which it was, when, the dossiers it was done to, and those it was refused for with
    the refusal's code and parameters. A dossier out of sight has no id here, nor anything else."""

    event: str
    at: datetime
    done: Sequence[Row]
    refused: Sequence[Row]


def bulk(actor: Actor, act_id: UUID) -> Report:
    """The report of an act of many that the actor's account did; raises dossier.not_visible."""
    rows = sql.fetch(ACT, [act_id, actor.account_id])
    if not rows:
        raise Refusal("dossier.not_visible")
    act = rows[0]
    done = [UUID(one) for one in act["fields"].get("done", ())]
    refused = act["fields"].get("refused", ())
    seen = _seen(actor, [*done, *(UUID(one["dossier"]) for one in refused)])
    return Report(
        act["event"],
        act["at"],
        [seen.get(one, NOT_SEEN) for one in done],
        [
            {
                **seen.get(UUID(one["dossier"]), NOT_SEEN),
                "code_of_refusal": one["code"],
                "params": one["params"],
            }
            for one in refused
        ],
    )


def _seen(actor: Actor, ids: Iterable[UUID]) -> Mapping[UUID, Row]:
    where, params = policies.scope(actor)
    return {row["id"]: row for row in sql.fetch(f"{DOSSIERS} AND {where}", [list(ids), *params])}


NOT_SEEN: Row = {"id": None, "code": "", "applicant_name": "", "subject": "", "due_at": None}
ACT = """
SELECT event, at, fields FROM ledger_entry
WHERE id = %s AND account_id = %s AND subject_kind = 'act' AND fields ? 'refused'
"""
DOSSIERS = """
SELECT id, coalesce(code, submission_code) AS code, applicant_name, subject, due_at
FROM dossiers_dossier WHERE id = ANY(%s)
"""
