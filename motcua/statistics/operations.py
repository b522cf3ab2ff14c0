"""What the room writes: roll-ups folded from the postings, and proofs kept. None of it is record."""

from __future__ import annotations

import time
from dataclasses import asdict
from datetime import UTC, date, datetime

from django.db import transaction

from motcua.ledger import sql
from motcua.rules.actor import Actor
from motcua.statistics import policies, proving
from motcua.statistics.models import Proof
from motcua.statistics.watermark import HORIZON, WATERMARK


def fold() -> int:
    """Add the postings of finished transactions to the roll-ups; returns how many.

    No lock on the postings: everything written by a transaction older than every running one is final.
    Figures do not wait for it, they count what is not folded yet beside the roll-ups.
    """
    with transaction.atomic():
        sql.execute("SELECT 1 FROM statistics_watermark WHERE id = 1 FOR UPDATE")
        if sql.fetch(RESTORED)[0]["restored"]:
            return _rebuild()
        return _fold(FRESH)


def rebuild() -> int:
    """Empty the roll-ups and fold every posting anew; returns how many."""
    with transaction.atomic():
        sql.execute("SELECT 1 FROM statistics_watermark WHERE id = 1 FOR UPDATE")
        return _rebuild()


def prove(*, on: date, actor: Actor, at: datetime) -> Proof:
    """Count the books a second way for a day, and keep what was found (proving.CHECKS says what).

    Raises figures.may_not_prove.
    """
    policies.to_prove(actor)
    begun = time.monotonic()
    checks = proving.compare(on)
    return Proof.objects.create(
        made_at=at,
        on=on,
        seconds=round(time.monotonic() - begun, 3),
        checks=[{"key": c.key, "compared": c.compared, "found": c.found} for c in checks],
        differences=[asdict(d) for c in checks for d in c.differences],
        found=sum(c.found for c in checks),
    )


def _rebuild() -> int:
    sql.execute("DELETE FROM statistics_daily")
    sql.execute("DELETE FROM statistics_monthly")
    sql.execute(BASE)
    return _fold(EVERYTHING)


def _fold(which: str) -> int:
    horizon = sql.fetch(f"SELECT {HORIZON} AS before")[0]["before"]
    params = {"before": horizon, "at": datetime.now(UTC)}
    sql.execute(MONTHLY.format(which=which), params, prepare=False)
    folded = sql.fetch(DAILY.format(which=which), params, prepare=False)[0]["n"]
    sql.execute(ADVANCE, params)
    return int(folded)


FRESH = f"""
xid >= {WATERMARK.format("up_to")} AND xid < %(before)s::xid8
AND id > {WATERMARK.format("base_id")}
"""
EVERYTHING = f"(xid < %(before)s::xid8 OR id <= {WATERMARK.format('base_id')})"
RESTORED = f"""
SELECT EXISTS (
    SELECT 1 FROM ledger_posting
    WHERE xid > GREATEST(pg_snapshot_xmax(pg_current_snapshot()), pg_current_xact_id_if_assigned())
      AND id > {WATERMARK.format("base_id")}
) OR {WATERMARK.format("up_to")} > pg_snapshot_xmax(pg_current_snapshot()) AS restored
"""  # noqa: S608
BASE = """
UPDATE statistics_watermark SET base_id = GREATEST(base_id, coalesce((
    SELECT max(id) FROM ledger_posting
    WHERE xid > GREATEST(pg_snapshot_xmax(pg_current_snapshot()), pg_current_xact_id_if_assigned())
), 0))
"""
DAILY = """
WITH fresh AS MATERIALIZED (
    SELECT effective_on AS "on", unit_id, channel, from_account, to_account, count(*) AS n
    FROM ledger_posting WHERE {which} GROUP BY 1, 2, 3, 4, 5
), added AS (
    INSERT INTO statistics_daily ("on", unit_id, channel, from_account, to_account, n)
    SELECT "on", unit_id, channel, from_account, to_account, n FROM fresh
    ON CONFLICT (unit_id, "on", channel, from_account, to_account)
    DO UPDATE SET n = statistics_daily.n + excluded.n
)
SELECT coalesce(sum(n), 0) AS n FROM fresh
"""
MONTHLY = """
INSERT INTO statistics_monthly
    (month, unit_id, procedure_id, channel, from_account, to_account, n)
SELECT date_trunc('month', effective_on)::date, unit_id, procedure_id, channel, from_account,
    to_account, count(*)
FROM ledger_posting WHERE {which} GROUP BY 1, 2, 3, 4, 5, 6
ON CONFLICT (unit_id, month, procedure_id, channel, from_account, to_account)
DO UPDATE SET n = statistics_monthly.n + excluded.n
"""
ADVANCE = """
UPDATE statistics_watermark SET up_to = %(before)s::xid8, folded_at = %(at)s WHERE id = 1
"""
