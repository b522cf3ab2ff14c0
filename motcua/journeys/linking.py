"""What follows from the end of a child of an interconnected procedure: its parent goes on, and is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from motcua.dossiers import briefs, operations
from motcua.journeys.telling import SYSTEM, message, send
from motcua.ledger.acts import AlreadyDone

Row = Mapping[str, Any]


def return_to_parent(rows: Sequence[Row]) -> None:
    """Give each child that has ended back to its parent, once."""
    found = briefs.briefs(SYSTEM, {row["subject_id"] for row in rows})
    for row in rows:
        brief = found.get(row["subject_id"])
        if brief is not None and brief.parent_id is not None:
            with suppress(AlreadyDone):
                operations.receive_child(child_id=brief.id, actor=SYSTEM, at=row["at"])


def tell_parent(rows: Sequence[Row]) -> None:
    """Tell those on whose desks the parent lies that a part of it has come back."""
    ids = {row["subject_id"] for row in rows}
    found = briefs.briefs(SYSTEM, ids)
    desks = briefs.on_desks(SYSTEM, ids)
    send(
        message(row, "child.returned", _said(row, found[desk.dossier_id]), **_to(desk))
        for row in rows
        for desk in desks
        if desk.dossier_id == row["subject_id"] and desk.dossier_id in found
    )


def _said(row: Row, brief: briefs.Brief) -> dict[str, str]:
    return {"code": brief.code, "procedure": brief.procedure, "child": row["fields"]["child_code"]}


def _to(desk: briefs.Desk) -> dict[str, Any]:
    if desk.assignee_id is not None:
        return {"account_id": desk.assignee_id}
    return {"unit_id": desk.unit_id, "role": desk.role}
