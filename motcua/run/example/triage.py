"""Some of what waits in the example was filed with the wrong agency, and is re-routed. Constructed."""

from __future__ import annotations

from datetime import datetime

from motcua.dossiers import events, policies, writer
from motcua.dossiers.operations.triage import rerouted
from motcua.dossiers.writer import Done
from motcua.ledger import sql
from motcua.ledger.acts import act
from motcua.ledger.models import Entry
from motcua.rules.actor import Actor
from motcua.rules.casework import Case, Changes
from motcua.run.example.load import LOADED

MANY = 3


def raise_triage(actor: Actor, at: datetime) -> None:
    """Re-route a few that wait, each to another agency that settles its procedure; once."""
    if Entry.objects.filter(event=events.REROUTED.name).exists():
        return
    with act(LOADED, actor=actor, at=at) as a:
        a.hold("example", 1)
        rows = sql.fetch(MISFILED, [at.date(), MANY])
        cases = policies.to_change_many(actor, [row["id"] for row in rows], a)
        done = [
            Done(_rerouted(cases[row["id"]][0], row["other"], at), events.REROUTED, at, actor)
            for row in rows
        ]
        writer.apply_all(done, a)
        a.about("example", 1, {"rerouted": len(done)})


def _rerouted(case: Case, other: int, at: datetime) -> Changes:
    reason = "Nộp nhầm cơ quan theo địa bàn"
    return rerouted(case, at, to=other, procedure_id=None, reason=reason)


MISFILED = """
SELECT d.id, (SELECT o.unit_id FROM catalogue_offering o WHERE o.procedure_id = d.procedure_id
              AND o.unit_id <> d.accountable_id AND o.valid @> %s::date ORDER BY o.unit_id LIMIT 1) AS other
FROM dossiers_dossier d WHERE d.status = 1 AND d.channel = 2 AND NOT d.training
AND (SELECT count(DISTINCT o.unit_id) FROM catalogue_offering o WHERE o.procedure_id = d.procedure_id) > 1
ORDER BY d.submission_code LIMIT %s
"""
