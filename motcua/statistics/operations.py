"""What the room writes: roll-ups folded from the postings and proofs kept, which are no record; and the
quality of a period as it is published, which is."""

from __future__ import annotations

import time
from dataclasses import asdict
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction

from motcua.ledger import sql
from motcua.ledger.acts import act
from motcua.rules.actor import Actor
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE
from motcua.statistics import events, policies, proving, publishing
from motcua.statistics.models import Proof, Publication
from motcua.statistics.quality import Period
from motcua.statistics.rollups import HORIZON, ROLL_UPS, WATERMARK, RollUp
from motcua.statutory.rulesets import during


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

    Raises proof.may_not.
    """
    policies.to_prove(actor)
    begun = time.monotonic()
    checks = proving.compare(on)
    return Proof.objects.create(
        made_at=at,
        on=on,
        rule_set=",".join(found.id for found in during("on_time", on, on)),
        seconds=round(time.monotonic() - begun, 3),
        checks=[{"key": c.key, "compared": c.compared, "found": c.found} for c in checks],
        differences=[asdict(d) for c in checks for d in c.differences],
        found=sum(c.found for c in checks),
    )


def draft_quality(*, period: Period, actor: Actor, at: datetime, reason: str = "") -> UUID:
    """Seal the results of a period that has ended, as a draft; of one already published, with the reason
    of the correction.

    Raises quality.may_not, quality.period_open, quality.draft_waits, quality.reason_missing.
    """
    policies.to_publish(actor)
    if period.until >= at.astimezone(ZONE).date():
        raise Refusal("quality.period_open", {"until": period.until})
    with act(events.QUALITY_DRAFTED, actor=actor, at=at) as a:
        sql.execute(ONE_AT_A_TIME)
        rows = list(Publication.objects.filter(period=str(period)))
        number = publishing.next_version(rows, reason)
        content, digest = publishing.content_of(actor, period)
        row = {
            "id": new_id(),
            "period": str(period),
            "version": number,
            "standing": Publication.Standing.DRAFT.value,
            "content": content,
            "sha256": digest,
            "reason": reason.strip(),
            "made_at": a.at,
            "made_by_id": actor.account_id,
            "made_by_name": actor.name,
            "ended_by_name": "",
        }
        a.insert(Publication, [row])
        fields = {"period": str(period), "version": number, "sha256": digest}
        a.about("quality", UUID(str(row["id"])), fields)
    return UUID(str(row["id"]))


def publish_quality(*, publication_id: UUID, actor: Actor, at: datetime) -> None:
    """Publish a draft, by a second person; it is not changed any more.

    Raises quality.may_not, quality.not_found, quality.own_draft, quality.published.
    """
    with act(events.QUALITY_PUBLISHED, actor=actor, at=at) as a:
        found = policies.to_end_draft(actor, publication_id)
        if found.made_by_id == actor.account_id:
            raise Refusal("quality.own_draft")
        a.hold("quality", publication_id)
        now = _ended(Publication.Standing.PUBLISHED, actor, a.at)
        a.update(Publication, [(publication_id, now)])
        a.about("quality", publication_id, {"sha256": found.sha256})


def drop_quality(*, publication_id: UUID, actor: Actor, at: datetime) -> None:
    """Drop a draft; its number is not used again.

    Raises quality.may_not, quality.not_found, quality.published.
    """
    with act(events.QUALITY_DROPPED, actor=actor, at=at) as a:
        policies.to_end_draft(actor, publication_id)
        a.hold("quality", publication_id)
        a.update(Publication, [(publication_id, _ended(Publication.Standing.DROPPED, actor, a.at))])
        a.about("quality", publication_id, {})


def _ended(standing: Publication.Standing, actor: Actor, at: datetime) -> dict[str, object]:
    return {
        "standing": standing.value,
        "ended_at": at,
        "ended_by_id": actor.account_id,
        "ended_by_name": actor.name,
    }


def _rebuild() -> int:
    for roll_up in ROLL_UPS:
        sql.execute(f"DELETE FROM {roll_up.table}")  # noqa: S608
    sql.execute(BASE)
    return _fold(EVERYTHING)


def _fold(which: str) -> int:
    horizon = sql.fetch(f"SELECT {HORIZON} AS before")[0]["before"]
    params = {"before": horizon, "at": datetime.now(UTC)}
    folded = [
        sql.fetch(_add(roll_up, which), params, prepare=False)[0]["n"] for roll_up in ROLL_UPS
    ]
    sql.execute(ADVANCE, params)
    return int(folded[0])


def _add(to: RollUp, which: str) -> str:
    return f"""
        WITH fresh AS MATERIALIZED (
            SELECT {to.day} AS day, {to.by}, count(*) AS n
            FROM ledger_posting WHERE {which} GROUP BY {to.day}, {to.by}
        ), added AS (
            INSERT INTO {to.table} ({to.column}, {to.by}, n) SELECT day, {to.by}, n FROM fresh
            ON CONFLICT ({to.column}, {to.by}) DO UPDATE SET n = {to.table}.n + excluded.n
        )
        SELECT coalesce(sum(n), 0) AS n FROM fresh
    """  # noqa: S608


ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(7115)"
"""Two drafts of one period are made one after the other."""
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
ADVANCE = """
UPDATE statistics_watermark SET up_to = %(before)s::xid8, folded_at = %(at)s WHERE id = 1
"""
