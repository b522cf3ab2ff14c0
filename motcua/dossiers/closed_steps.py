"""Steps that are done, as decisions that go back to them see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from motcua.dossiers import state
from motcua.dossiers.events import HANDED_ON, RESETTLED, WARNED
from motcua.ledger import sql
from motcua.rules.casework import Item
from motcua.rules.casework_desk import ClosedItem

Row = dict[str, Any]
BESIDE_THE_WORK = frozenset({WARNED.name, RESETTLED.name})
"""What happens to a dossier without anybody touching it."""


def of_dossier(dossier_id: UUID) -> list[ClosedItem]:
    """The steps of a dossier that are done, in the order they ended; for an act that holds it."""
    return [closed(row) for row in sql.fetch(CLOSED, [dossier_id])]


def handed_last(dossier_id: UUID) -> ClosedItem | None:
    """The step that the last act on a dossier handed on; none where that act was another."""
    steps, entries = sql.fetch_all([(CLOSED, [dossier_id]), (LAST, [dossier_id])])
    return handed(steps, entries)


def handed(steps: Sequence[Row], entries: Sequence[Row]) -> ClosedItem | None:
    """The same of the rows of a dossier's steps and its entries, in their order."""
    acts = [row for row in entries if row["event"] not in BESIDE_THE_WORK]
    if not acts or acts[-1]["event"] != HANDED_ON.name:
        return None
    last = acts[-1]
    done = [
        row
        for row in steps
        if row["closed_at"] == last["at"] and row["node"] == last["fields"]["step"]
    ]
    return closed(done[-1]) if done else None


def closed(row: Row) -> ClosedItem:
    item = Item(**{name: row[name] for name in state.ITEM_NAMES})
    return ClosedItem(item, row["closed_at"], row["closed_by_id"], row["outcome"])


CLOSED = f"""
SELECT {", ".join(state.ITEM_NAMES)}, closed_at, closed_by_id, outcome FROM dossiers_workitem
WHERE dossier_id = %s AND closed_at IS NOT NULL ORDER BY closed_at, id
"""  # noqa: S608
LAST = """
SELECT event, at, fields FROM ledger_entry WHERE subject_id = %s AND subject_kind = 'dossier'
ORDER BY subject_seq
"""
