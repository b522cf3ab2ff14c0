"""How the procedures an agency settles can be done: at the desk from first to last, online."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from motcua.catalogue.content import OnlineLevel
from motcua.catalogue.offered import net_of
from motcua.ledger import sql

AT_THE_DESK = "received_by"
"""The word of a process for the desk that took the dossier in."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Of one agency on one day: how many procedures, done at the desk, received at a desk, online."""

    procedures: int = 0
    on_site: int = 0
    received: int = 0
    online: int = 0


def of_units(on: date) -> Mapping[int, Reach]:
    """The reach of every agency that settles a procedure on a day. A procedure is done at the desk when
    every step of its process is; it is online, wholly or partly, as its version states."""
    found: dict[int, Reach] = {}
    for row in sql.fetch(REACH, [on, on]):
        was, many = found.get(row["unit_id"], Reach()), row["many"]
        found[row["unit_id"]] = Reach(
            procedures=was.procedures + many,
            on_site=was.on_site + many * _at_the_desk(row["process_id"]),
            received=was.received + many,
            online=was.online + many * (row["online_level"] != OnlineLevel.NOT_STATED),
        )
    return found


def _at_the_desk(process_id: int) -> bool:
    return all(task.unit == AT_THE_DESK for task in net_of(process_id).tasks)


REACH = """
SELECT o.unit_id, o.process_id, v.online_level, count(*)::int AS many
FROM catalogue_offering o
JOIN catalogue_procedureversion v ON v.procedure_id = o.procedure_id AND v.valid @> %s::date
WHERE o.valid @> %s::date GROUP BY 1, 2, 3
"""
