"""What a dossier's page tells of its end: who collected the result, which papers were certified."""

from __future__ import annotations

from typing import Any

from motcua.dossiers import collecting, registers
from motcua.dossiers.labels import COLLECTOR_LABELS
from motcua.dossiers.queries import Detail
from motcua.rules.actor import Actor
from motcua.rules.casework import Status
from motcua.rules.collection import Collector
from motcua.rules.worktime import ZONE
from motcua.statutory.rulesets import rule_set


def context(actor: Actor, found: Detail) -> dict[str, Any]:
    """Asked of the database only where there can be something to tell."""
    told: dict[str, Any] = {}
    if found.case.status is Status.HANDED_OVER:
        told["collected"] = _collected(actor, found)
    on = found.case.received_at.astimezone(ZONE).date()
    if found.dossier["procedure_code"] in rule_set("certification", on).procedures:
        told["certified"] = registers.of_dossier(actor, found.case.id)
    return told


def _collected(actor: Actor, found: Detail) -> dict[str, Any] | None:
    row = collecting.hand_over_of(actor, found.case.id)
    if row is None or not row["collector"]:
        return row
    return row | {"who": COLLECTOR_LABELS[Collector(row["collector"])]}
