"""The roll-ups as declared, and up to where they reach, in SQL (docs/decisions/0003)."""

from __future__ import annotations

from dataclasses import dataclass

MONTH = "date_trunc('month', effective_on::timestamp)::date"


@dataclass(frozen=True, slots=True)
class RollUp:
    """A table that counts postings by a day (or month) and `keys`."""

    table: str
    column: str
    day: str
    keys: tuple[str, ...]

    @property
    def by(self) -> str:
        """The columns, besides the day, that tell its rows apart; postings have the same."""
        return ", ".join((*self.keys, "channel", "from_account", "to_account"))


DAILY = RollUp("statistics_daily", '"on"', "effective_on", ("unit_id",))
MONTHLY = RollUp("statistics_monthly", "month", MONTH, ("unit_id", "procedure_id"))
OF_UNIT = RollUp("statistics_monthlyofunit", "month", MONTH, ("unit_id",))
OF_PROCEDURE = RollUp("statistics_monthlyofprocedure", "month", MONTH, ("procedure_id",))
ROLL_UPS = (DAILY, MONTHLY, OF_UNIT, OF_PROCEDURE)

HORIZON = "pg_snapshot_xmin(pg_current_snapshot())"
"""The oldest transaction that may still write; all before it are final."""
WATERMARK = "(SELECT {} FROM statistics_watermark WHERE id = 1)"
REMAINDER = f"""
(xid >= {WATERMARK.format("up_to")} AND id > {WATERMARK.format("base_id")}
 AND xid <= GREATEST(pg_snapshot_xmax(pg_current_snapshot()), pg_current_xact_id_if_assigned()))
"""
"""True for the postings the roll-ups do not hold; to be read in one statement with them. The upper bound
keeps away from the numbers a restored dump brought from another server."""
