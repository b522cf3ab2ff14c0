"""What an intake needs of the catalogue, kept in the process while the catalogue stands still.

The catalogue changes only by a decision, so the number of the last decision tells whether what was read is
still true; a caller reads that number inside its own transaction and passes it here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.catalogue.fees import listed
from motcua.ledger import sql
from motcua.rules.books import Channel
from motcua.rules.clock_rules import ClockRules
from motcua.rules.deadline import Limit, LimitUnit
from motcua.rules.net import Net

EPOCH = ("SELECT coalesce(max(id), 0) AS epoch FROM catalogue_decision", ())
"""The statement (and its parameters) that reads the number of the last decision."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A procedure as one agency settles it, on one channel and day."""

    procedure_id: int
    version_id: int
    name: str
    domain_id: int
    process_id: int
    unit_id: int
    desk_id: int
    limit: Limit | None
    limit_text: str
    supplement_policy: str
    clock_rules: ClockRules
    papers: tuple[tuple[str, str, int, int], ...]
    fees: tuple[tuple[str, int | None], ...]
    channels: frozenset[int]
    anywhere: bool = False


def offered(
    procedure_id: int, unit_id: int, channel: Channel, on: date, epoch: int
) -> Offered | None:
    """The procedure as `unit_id` offers it on a day, or None when it does not."""
    for days, found in _over_time(procedure_id, unit_id, channel, epoch):
        if on in days:
            return found
    return None


@lru_cache(maxsize=50_000)
def _over_time(
    procedure_id: int, unit_id: int, channel: Channel, epoch: int
) -> tuple[tuple[DateRange, Offered], ...]:
    rows = sql.fetch(OFFERED, [int(channel), procedure_id, unit_id])
    return tuple((row["days"], _offered(row, procedure_id, unit_id)) for row in rows)


def _offered(row: dict[str, Any], procedure_id: int, unit_id: int) -> Offered:
    return Offered(
        procedure_id=procedure_id,
        version_id=row["version_id"],
        name=row["name"],
        domain_id=row["domain_id"],
        process_id=row["process_id"],
        unit_id=unit_id,
        desk_id=row["received_at_id"],
        limit=_limit(row),
        limit_text=_limit_text(row),
        supplement_policy=row["supplement_policy"],
        clock_rules=ClockRules.from_json(row["clock_rules"]),
        papers=_papers(row["version_id"]),
        fees=_fees(row["channel_id"]) if row["channel_id"] else (),
        channels=_channels(row["version_id"]),
        anywhere=row["anywhere"],
    )


@lru_cache(maxsize=5_000)
def _papers(version_id: int) -> tuple[tuple[str, str, int, int], ...]:
    rows = sql.fetch(PAPERS, [version_id])
    return tuple((p["case"], p["name"], p["originals"], p["copies"]) for p in rows)


@lru_cache(maxsize=10_000)
def _fees(channel_id: int) -> tuple[tuple[str, int | None], ...]:
    return tuple((f["text"], f["amount"]) for f in sql.fetch(FEES, [channel_id]))


@lru_cache(maxsize=5_000)
def _channels(version_id: int) -> frozenset[int]:
    return frozenset(c["channel"] for c in sql.fetch(CHANNELS, [version_id]))


@lru_cache(maxsize=5_000)
def net_of(process_id: int) -> Net:
    """The compiled net of a process; processes are sealed, so it is read once."""
    row = sql.fetch("SELECT net FROM catalogue_process WHERE id = %s", [process_id])[0]
    return Net.from_json(row["net"])


def forget() -> None:
    """Keep nothing: for a process that turns to another database."""
    for kept in (_over_time, _papers, _fees, _channels, net_of, listed):
        kept.cache_clear()


def _limit(row: dict[str, Any]) -> Limit | None:
    for amount, unit in (
        (row["approved_amount"], row["approved_unit"]),
        (row["limit_amount"], row["limit_unit"]),
    ):
        if unit:
            return Limit(Decimal(amount) if amount is not None else None, LimitUnit(unit))
    return None


UNITS = {
    LimitUnit.WORKING_DAY.value: "ngày làm việc",
    LimitUnit.WORKING_HOUR.value: "giờ làm việc",
    LimitUnit.CALENDAR_DAY.value: "ngày",
    LimitUnit.MONTH.value: "tháng",
}


def _limit_text(row: dict[str, Any]) -> str:
    """The limit in words: the approved one where the agency keeps a shorter, with what the catalogue says."""
    stated = str(row["limit_text"] or "")
    amount, unit = row["approved_amount"], UNITS.get(row["approved_unit"])
    if amount is None or unit is None:
        return stated
    days = f"{Decimal(amount).normalize():f}".replace(".", ",")
    return f"{days} {unit} (rút ngắn; danh mục: {stated})" if stated else f"{days} {unit}"


OFFERED = """
SELECT v.id AS version_id, v.name, v.domain_id, o.process_id, o.received_at_id, o.approved_amount,
       o.approved_unit, o.supplement_policy, o.clock_rules, o.anywhere, c.id AS channel_id, c.limit_amount,
       c.limit_unit, c.limit_text, o.valid * v.valid AS days
FROM catalogue_offering o
JOIN catalogue_procedureversion v ON v.procedure_id = o.procedure_id
LEFT JOIN catalogue_channelrule c ON c.version_id = v.id AND c.channel = %s
WHERE o.procedure_id = %s AND o.unit_id = %s AND o.valid && v.valid
"""
PAPERS = """
SELECT "case", name, originals, copies FROM catalogue_paperrule WHERE version_id = %s ORDER BY position
"""
FEES = "SELECT text, amount FROM catalogue_feerule WHERE channel_id = %s ORDER BY position"
CHANNELS = "SELECT channel FROM catalogue_channelrule WHERE version_id = %s"
