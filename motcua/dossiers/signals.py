"""Signals that lateness may be hidden: what somebody should look at, never a verdict.

Each is counted from acts, in a window of days, by a statement that an index of its own serves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from motcua.dossiers import policies, policies_trust
from motcua.dossiers.models import SignalReview
from motcua.ledger import sql
from motcua.rules.actor import Actor
from motcua.rules.worktime import ZONE

Finding = SignalReview.Finding


@dataclass(frozen=True, slots=True)
class Signal:
    """A kind of signal: its title, what to look at, and the statement that finds (dossier, moment)."""

    key: str
    title: str
    look_at: str
    found: str


SIGNALS: Mapping[str, Signal] = {
    one.key: one
    for one in (
        Signal(
            "late-supplement",
            "Yêu cầu bổ sung sau ngày làm việc thứ 3",
            "Thiếu giấy tờ phải phát hiện khi tiếp nhận hoặc trong 03 ngày làm việc.",
            "SELECT dossier_id, asked_at AS at FROM dossiers_supplement "
            "WHERE late AND asked_at >= %s AND asked_at < %s",
        ),
        Signal(
            "pause-on-eve",
            "Tạm dừng sát ngày hẹn trả",
            "Đồng hồ dừng trong ngày làm việc cuối trước hạn.",
            """
SELECT c.dossier_id, c.at FROM dossiers_clockevent c
JOIN dossiers_clockevent p ON p.dossier_id = c.dossier_id AND p.seq = c.seq - 1
WHERE c.event->>'kind' = 'paused' AND c.at >= %s AND c.at < %s AND p.due_at > c.at AND p.due_at - c.at <
    CASE extract(isodow FROM c.at AT TIME ZONE 'Asia/Ho_Chi_Minh') WHEN 5 THEN interval '84 hours'
    ELSE interval '36 hours' END
""",
        ),
        Signal(
            "refiled",
            "Rút rồi nộp lại",
            "Cùng người, cùng thủ tục, nộp lại trong 30 ngày.",
            """
SELECT n.id AS dossier_id, n.received_at AS at FROM dossiers_dossier w
JOIN dossiers_dossier n ON n.applicant_id = w.applicant_id AND n.procedure_id = w.procedure_id
    AND n.received_at > w.received_at AND n.received_at < w.received_at + interval '30 days'
WHERE w.status = 7 AND n.received_at >= %s AND n.received_at < %s
""",
        ),
        Signal(
            "at-once",
            "Tiếp nhận và xong trong vài phút",
            "Thủ tục có hạn nhiều ngày mà có kết quả trong 15 phút sau khi tiếp nhận.",
            """
SELECT id AS dossier_id, finished_at AS at FROM dossiers_dossier
WHERE finished_at - accepted_at < interval '15 minutes' AND judged_at - accepted_at > interval '1 day'
    AND finished_at >= %s AND finished_at < %s
""",
        ),
        Signal(
            "last-minute",
            "Xong vào phút cuối",
            "Có kết quả trong 30 phút cuối của hạn.",
            """
SELECT id AS dossier_id, finished_at AS at FROM dossiers_dossier
WHERE judged_at - finished_at BETWEEN interval '0' AND interval '30 minutes'
    AND finished_at >= %s AND finished_at < %s
""",
        ),
        Signal(
            "to-and-fro",
            "Trả đi trả lại giữa các bước",
            "Một hồ sơ bị trả lại bước trước từ hai lần.",
            """
SELECT dossier_id, max(closed_at) AS at FROM dossiers_workitem
WHERE outcome = 'send_back' AND closed_at >= %s AND closed_at < %s GROUP BY dossier_id HAVING count(*) > 1
""",
        ),
        Signal(
            "looked-beyond",
            "Xem hồ sơ ngoài phần việc",
            "Cán bộ xem hồ sơ không thuộc phần việc của mình, đã nêu lý do.",
            "SELECT dossier_id, max(at) AS at FROM people_lookup WHERE dossier_id IS NOT NULL "
            "AND at >= %s AND at < %s GROUP BY dossier_id",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Window:
    """Days looked at, both included."""

    since: date
    until: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        return (
            datetime.combine(self.since, time.min, ZONE),
            datetime.combine(self.until + timedelta(days=1), time.min, ZONE),
        )


@dataclass(frozen=True, slots=True)
class Found:
    """A signal of a dossier the reader may see, and the last look into it."""

    signal: str
    id: UUID
    code: str
    accountable_id: int
    at: datetime
    finding: str | None
    note: str | None
    reviewed_by: str | None
    reviewed_at: datetime | None

    @property
    def title(self) -> str:
        return SIGNALS[self.signal].title


def counts(actor: Actor, window: Window) -> dict[tuple[int, str], int]:
    """How many signals of each kind each agency's dossiers have in a window. Raises dossier.may_not."""
    policies_trust.to_see_signals(actor)
    query, params = _union(window, SIGNALS)
    kept = "dossiers_dossier.training" if actor.training else "NOT dossiers_dossier.training"
    rows = sql.fetch(COUNTS.format(found=query, kept=kept), params, prepare=False)
    return {(row["accountable_id"], row["signal"]): row["n"] for row in rows}


def listed(
    actor: Actor, window: Window, *, signal: str = "", unit_id: int | None = None, open_only: bool = False,
    size: int = 100,
) -> list[Found]:  # fmt: skip
    """The signals of dossiers the actor may see, the newest first. Raises dossier.may_not."""
    policies_trust.to_see_signals(actor)
    chosen = {signal: SIGNALS[signal]} if signal in SIGNALS else SIGNALS
    query, params = _union(window, chosen)
    where, scope = policies.scope(actor)
    tests = [where]
    if unit_id is not None:
        tests.append("dossiers_dossier.accountable_id = %s")
        scope = [*scope, unit_id]
    if open_only:
        tests.append("r.at IS NULL")
    wanted = LISTED.format(found=query, where=" AND ".join(tests))
    return [Found(**row) for row in sql.fetch(wanted, [*params, *scope, size], prepare=False)]


def _union(window: Window, chosen: Mapping[str, Signal]) -> tuple[str, Sequence[Any]]:
    parts = (
        f"SELECT '{one.key}' AS signal, dossier_id, at FROM ({one.found}) s{n}"  # noqa: S608
        for n, one in enumerate(chosen.values())
    )
    return " UNION ALL ".join(parts), list(window.moments) * len(chosen)


COUNTS = """
SELECT dossiers_dossier.accountable_id, f.signal, count(*) AS n FROM ({found}) f
JOIN dossiers_dossier ON dossiers_dossier.id = f.dossier_id WHERE {kept} GROUP BY 1, 2
"""
LISTED = """
SELECT f.signal, dossiers_dossier.id, dossiers_dossier.accountable_id, f.at, r.finding, r.note,
       coalesce(dossiers_dossier.code, dossiers_dossier.submission_code) AS code,
       a.name AS reviewed_by, r.at AS reviewed_at
FROM ({found}) f JOIN dossiers_dossier ON dossiers_dossier.id = f.dossier_id
LEFT JOIN LATERAL (SELECT finding, note, by_id, at FROM dossiers_signalreview
    WHERE dossier_id = f.dossier_id AND signal = f.signal ORDER BY at DESC LIMIT 1) r ON TRUE
LEFT JOIN people_account a ON a.id = r.by_id
WHERE {where} ORDER BY f.at DESC, dossiers_dossier.id LIMIT %s
"""
