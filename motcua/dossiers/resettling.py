"""Open dossiers under another calendar: which are still to be counted anew, read in bulk and decided one
by one by the same pure decision, for the act that writes it and for the preview that does not.

Nothing is kept outside the rows: a dossier whose calendar revision is older than the one in force is still
to do. So the work can be killed at any point, begun twice at once, and asked how far it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from motcua.catalogue.offered import net_of
from motcua.dossiers import state
from motcua.dossiers.models import SETTLED_ANEW
from motcua.ledger import sql
from motcua.rules import deadline
from motcua.rules.answer_clock import Turn
from motcua.rules.casework import Case, Item, Terms
from motcua.rules.clock_rules import ClockRules
from motcua.rules.deadline import Limit, event_from_json
from motcua.rules.worktime import WorkCalendar
from motcua.statutory.rulesets import answer_rule, policy_of

Row = dict[str, Any]
NOWHERE = UUID(int=0)
"""Before every dossier."""
CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Progress:
    """How many open dossiers keep a date by the calendar in force, of how many."""

    done: int
    total: int

    @property
    def left(self) -> int:
        return self.total - self.done


def progress(revision: int) -> Progress:
    """How far the open dossiers are with a revision of the calendar, counted from their rows."""
    row = sql.fetch(PROGRESS, [revision])[0]
    return Progress(row["done"], row["total"])


def oldest(revision: int) -> int | None:
    """The oldest revision before this one that an open dossier still keeps; none when all is done."""
    found: int | None = sql.fetch(OLDEST, [revision])[0]["oldest"]
    return found


def locked(kept: int, after: UUID, *, wait: bool) -> list[Row]:
    """The next open dossiers that keep the revision `kept`, in the order of their ids, locked.

    Those locked by others are waited for, or left for later.
    """
    how = "" if wait else "SKIP LOCKED"
    return sql.fetch(f"{NEXT} FOR NO KEY UPDATE {how}", [kept, after, CHUNK])


@dataclass(frozen=True, slots=True)
class Read:
    """A case, its terms under another calendar, and the desk's turn to answer (before acceptance)."""

    case: Case
    terms: Terms
    turn: Turn | None


@dataclass(slots=True)
class Reader:
    """Reads cases with the terms they would have under the calendars that `calendar_of` gives a unit."""

    revision: int
    calendar_of: Callable[[int], WorkCalendar]
    _terms: dict[tuple[Any, ...], Terms] = field(default_factory=dict)

    def cases(self, rows: Sequence[Row]) -> Iterator[Read]:
        """The cases of rows of dossiers, as far as another calendar can move them: clocks and open steps in
        two statements, and what few have in one each where any has."""
        ids = [row["id"] for row in rows]
        clock_rows, item_rows = sql.fetch_all([(CLOCKS, [ids]), (ITEMS, [ids])])
        clocks = {row["dossier_id"]: row["events"] for row in clock_rows}
        items, phases = _by_dossier(item_rows), _by_dossier(_of(rows, "clock_rules", PHASES))
        turns = {
            r["dossier_id"]: Turn(r["came_at"], answer_rule(r["rule_set"]))
            for r in _of(rows, "turn_id", TURNS)
        }
        for row in rows:
            case = state.case_of([row], [], [], [], [], [], phases[row["id"]])
            clock = tuple(map(event_from_json, clocks.get(row["id"], ())))
            steps = tuple(Item(**item) for item in items[row["id"]])
            found = replace(case, clock=clock, items=steps)
            yield Read(found, self.terms_of(row), turns.get(row["id"]))

    def terms_of(self, row: Row) -> Terms:
        """The terms a dossier would have; no step is opened under them, so they say nothing of places."""
        unit_id = row["calendar_unit_id"] or row["accountable_id"]
        limit = row["limit"] or deadline.NO_LIMIT.to_json()
        declared = bool(row["clock_rules"])
        key = (unit_id, row["process_id"], row["rule_set"], limit["amount"], limit["unit"])
        terms = None if declared else self._terms.get(key)
        if terms is None:
            rules = ClockRules.from_json(row["clock_rules"])
            terms = Terms(
                net=net_of(row["process_id"]),
                calendar=self.calendar_of(unit_id),
                calendar_revision=self.revision,
                policy=rules.cited(policy_of(row["rule_set"])),
                limit=Limit.from_json(limit),
                places={},
                calendar_unit_id=unit_id,
                rules=rules,
                parts=state.parts(rules, self.calendar_of),
            )
            if not declared:
                self._terms[key] = terms
        return terms


def _of(rows: Sequence[Row], column: str, query: str) -> list[Row]:
    """What a statement finds for the dossiers that have something in a column."""
    ids = [row["id"] for row in rows if row[column]]
    return sql.fetch(query, [ids]) if ids else []


def _by_dossier(rows: Sequence[Row]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.pop("dossier_id")].append(row)
    return found


OPEN = f"status IN ({', '.join(map(str, SETTLED_ANEW))})"
NAMES = """
id, submission_code, code, status, channel, procedure_id, procedure_version_id, process_id, received_by_id,
accountable_id, holder_id, applicant_id, received_at, turn_id, answer_asked_at, answer_due_at,
accepted_at, due_at, judged_at, warn_at, warned, finished_at, training, version, "limit", rule_set,
clock_rules, calendar_unit_id, calendar_revision_id
"""
NEXT = f"""
SELECT {NAMES} FROM dossiers_dossier WHERE {OPEN} AND calendar_revision_id = %s AND id > %s
ORDER BY id LIMIT %s
"""  # noqa: S608
OLDEST = f"""
SELECT min(calendar_revision_id) AS oldest FROM dossiers_dossier
WHERE {OPEN} AND calendar_revision_id < %s
"""  # noqa: S608
PROGRESS = f"""
SELECT count(*) AS total, count(*) FILTER (WHERE calendar_revision_id >= %s) AS done
FROM dossiers_dossier WHERE {OPEN} AND calendar_revision_id IS NOT NULL
"""  # noqa: S608
CLOCKS = """
SELECT dossier_id, jsonb_agg(event ORDER BY seq) AS events FROM dossiers_clockevent
WHERE dossier_id = ANY(%s) GROUP BY dossier_id
"""
ITEMS = f"""
SELECT dossier_id, {", ".join(state.ITEM_NAMES)} FROM dossiers_workitem
WHERE dossier_id = ANY(%s) AND closed_at IS NULL ORDER BY opened_at, id
"""  # noqa: S608
PHASES = f"""
SELECT dossier_id, {", ".join(f'"{name}"' for name in state.PHASE_NAMES)} FROM dossiers_phase
WHERE dossier_id = ANY(%s) ORDER BY position
"""  # noqa: S608
TURNS = """
SELECT dossier_id, came_at, rule_set FROM dossiers_turn
WHERE dossier_id = ANY(%s) AND answered_at IS NULL
"""
