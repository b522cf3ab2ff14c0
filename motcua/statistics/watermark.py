"""Up to where the roll-ups reach, in SQL (docs/decisions/0003)."""

from __future__ import annotations

HORIZON = "pg_snapshot_xmin(pg_current_snapshot())"
"""The oldest transaction that may still write; all before it are final."""
WATERMARK = "(SELECT {} FROM statistics_watermark WHERE id = 1)"
REMAINDER = f"""
(xid >= {WATERMARK.format("up_to")} AND id > {WATERMARK.format("base_id")}
 AND xid <= GREATEST(pg_snapshot_xmax(pg_current_snapshot()), pg_current_xact_id_if_assigned()))
"""
"""True for the postings the roll-ups do not hold; to be read in one statement with them. The upper bound
keeps away from the numbers a restored dump brought from another server."""
