"""The proof of the books: every figure counted a second way, from what the ledger says happened.

Nothing here uses the code that makes postings or figures: the account of a dossier is told anew from
the statuses and dates of its ledger entries, in SQL.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from motcua.ledger import sql
from motcua.rules import worktime
from motcua.statistics import books
from motcua.statistics.books import Part, Window
from motcua.statistics.measures import ENTERING, LEAVING, MEASURES
from motcua.statistics.rollups import DAILY, MONTHLY, OF_PROCEDURE, OF_UNIT, REMAINDER, RollUp

SHOWN = 100
"""How many differences of each kind are kept; all are counted."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two counts that should be one: where, what the proof expected, what the books say."""

    check: str
    where: str
    expected: str
    found: str
    dossier_id: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison: how much was compared, how many differences it has, and the first of them."""

    key: str
    compared: int
    found: int
    differences: tuple[Difference, ...]


CHECKS = {
    "recount": "Sổ so với đếm lại từ nhật ký: mỗi hồ sơ ở đúng tài khoản trong ngày",
    "one-account": "Mỗi hồ sơ ở đúng một tài khoản vào mọi ngày; chuyển đi bao nhiêu, chuyển đến bấy nhiêu",
    "rows": "Trạng thái đang lưu so với nhật ký",
    "daily": "Bảng tổng hợp ngày so với bút toán",
    "monthly": "Bảng tổng hợp tháng so với bút toán",
    "of-unit": "Bảng tổng hợp tháng theo cơ quan so với bút toán",
    "of-procedure": "Bảng tổng hợp tháng theo thủ tục so với bút toán",
    "province": "Toàn tỉnh bằng tổng các cơ quan, bằng tổng các thủ tục; vào bằng ra cộng còn lại; "
    "chuyển đến bằng chuyển đi",
}


def compare(on: date) -> list[Check]:
    """Make every comparison for a day, all at one glance of the database."""
    midnight = datetime.combine(on + timedelta(days=1), datetime.min.time(), worktime.ZONE)
    params = {"on": on, "before": midnight, "zone": str(worktime.ZONE), "shown": SHOWN}
    with _one_glance():
        checks = [
            _by_sql("recount", RECOUNT, params),
            _by_sql("one-account", ONE_ACCOUNT, params),
            _by_sql("rows", ROWS, params),
            *(_by_sql(key, _rolled(roll_up), params) for key, roll_up in ROLLED.items()),
            _province(on),
        ]
    return checks


@contextmanager
def _one_glance() -> Iterator[None]:
    """One snapshot for all statements; within a transaction already begun, that one's own rules."""
    begun = connection.in_atomic_block
    with transaction.atomic():
        if not begun:
            sql.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _by_sql(key: str, query: str, params: dict[str, Any]) -> Check:
    rows = sql.fetch(
        f"WITH {query}, wrong AS (SELECT *, count(*) OVER () AS all_wrong FROM compared "  # noqa: S608
        "WHERE expected IS DISTINCT FROM found LIMIT %(shown)s) "
        "SELECT (SELECT count(*) FROM compared) AS compared, wrong.* FROM (SELECT) one "
        "LEFT JOIN wrong ON TRUE",
        params,
        prepare=False,
    )
    wrong = [row for row in rows if row["all_wrong"]]
    return Check(
        key,
        rows[0]["compared"],
        wrong[0]["all_wrong"] if wrong else 0,
        tuple(
            Difference(key, str(r["place"]), _text(r["expected"]), _text(r["found"]), r["dossier"])
            for r in wrong
        ),
    )


def _text(value: Any) -> str:
    return "không có" if value is None else str(value)


def _province(on: date) -> Check:
    window = Window(on.replace(day=1), on)
    total = books.totals(window, Part()).get(0, {})
    compared, wrong = 1, []
    came, went = (total.get(key, 0) for key in ("transferred-in", "transferred-out"))
    if came != went:
        wrong.append(Difference("province", "Chuyển đến và chuyển đi", str(went), str(came)))
    for by in ("unit_id", "procedure_id"):
        split = books.totals(window, Part(), by)
        for key in MEASURES:
            compared += 1
            parts = sum(figures.get(key, 0) for figures in split.values())
            if parts != total.get(key, 0):
                place = f"{MEASURES[key].label}, {PLACES[by]}"
                wrong.append(Difference("province", place, str(parts), str(total.get(key, 0))))
        for part, figures in split.items():
            compared += 1
            came = sum(figures.get(key, 0) for key in ENTERING)
            went = sum(figures.get(key, 0) for key in LEAVING)
            if came != went:
                place = f"Vào và ra, {PLACES[by]} {part}"
                wrong.append(Difference("province", place, str(came), str(went)))
    return Check("province", compared, len(wrong), tuple(wrong[:SHOWN]))


ROLLED = {"daily": DAILY, "monthly": MONTHLY, "of-unit": OF_UNIT, "of-procedure": OF_PROCEDURE}
PLACES = {"unit_id": "theo cơ quan", "procedure_id": "theo thủ tục"}

# What the ledger last said of a field of each dossier, by the end of the day.
LAST = """
(array_agg(fields->>'{0}' ORDER BY subject_seq DESC) FILTER (WHERE fields ? '{0}'))[1]
"""
SAID = f"""
said AS (
    SELECT subject_id AS dossier_id,
        {LAST.format("status")}::int AS status,
        {LAST.format("accountable_id")}::bigint AS unit_id,
        {LAST.format("code")} IS NOT NULL AS accepted,
        ({LAST.format("judged_at")}::timestamptz AT TIME ZONE %(zone)s)::date AS judged_on,
        ({LAST.format("finished_at")}::timestamptz AT TIME ZONE %(zone)s)::date AS finished_on
    FROM ledger_entry WHERE subject_kind = 'dossier' AND at < %(before)s GROUP BY subject_id
)
"""  # noqa: S608
RECOUNT = f"""
{SAID}, handed AS (
    SELECT e.subject_id AS dossier_id, side.unit_id, side.account, sum(side.n) AS n
    FROM ledger_entry e CROSS JOIN LATERAL (VALUES
        (12, 1, (e.fields->>'from')::bigint), (13, -1, (e.fields->>'accountable_id')::bigint)
    ) side (account, n, unit_id)
    WHERE e.subject_kind = 'dossier' AND e.fields ?& ARRAY['from', 'accountable_id']
        AND e.at < %(before)s
    GROUP BY 1, 2, 3
), stood AS (
    SELECT s.dossier_id, concat_ws(', ', 'tài khoản ' || CASE
        WHEN s.status = 1 OR s.status = 5 AND NOT s.accepted THEN 1
        WHEN s.status IN (2, 4) THEN CASE WHEN s.judged_on < %(on)s THEN 3 ELSE 2 END
        WHEN s.status = 5 THEN 4 WHEN s.status = 6 THEN 5 WHEN s.status = 8 THEN 6
        WHEN s.status IN (9, 10) THEN CASE
            WHEN s.finished_on > s.judged_on THEN 9 WHEN s.finished_on < s.judged_on THEN 7
            ELSE 8 END
        WHEN s.status = 3 THEN 10 WHEN s.status = 7 THEN 11
        END, 'cơ quan ' || s.unit_id, 'thủ tục ' || d.procedure_id, 'hình thức ' || d.channel) AS said
    FROM said s JOIN dossiers_dossier d ON d.id = s.dossier_id WHERE NOT d.training
    UNION ALL
    SELECT h.dossier_id, concat_ws(', ', 'tài khoản ' || h.account, 'cơ quan ' || h.unit_id,
        'thủ tục ' || d.procedure_id, 'hình thức ' || d.channel)
        || CASE WHEN h.n = 1 THEN '' ELSE ' × ' || h.n END
    FROM handed h JOIN dossiers_dossier d ON d.id = h.dossier_id WHERE NOT d.training
), expected AS (
    SELECT dossier_id, string_agg(said, '; ' ORDER BY said) AS said FROM stood GROUP BY dossier_id
), moved AS (
    SELECT dossier_id, unit_id, procedure_id, channel, from_account AS account, -1 AS n
    FROM ledger_posting WHERE effective_on <= %(on)s
    UNION ALL
    SELECT dossier_id, unit_id, procedure_id, channel, to_account, 1
    FROM ledger_posting WHERE effective_on <= %(on)s
), balances AS (
    SELECT dossier_id, concat_ws(', ', 'tài khoản ' || account, 'cơ quan ' || unit_id,
        'thủ tục ' || procedure_id, 'hình thức ' || channel)
        || CASE WHEN sum(n) = 1 THEN '' ELSE ' × ' || sum(n) END AS said
    FROM moved WHERE account <> 0
    GROUP BY dossier_id, unit_id, procedure_id, channel, account HAVING sum(n) <> 0
), booked AS (
    SELECT dossier_id, string_agg(said, '; ' ORDER BY said) AS said FROM balances GROUP BY dossier_id
), compared AS (
    SELECT coalesce(e.dossier_id, b.dossier_id)::text AS dossier, 'Hồ sơ' AS place,
        e.said AS expected, b.said AS found
    FROM expected e FULL JOIN booked b ON b.dossier_id = e.dossier_id
)
"""  # noqa: S608
ONE_ACCOUNT = """
moved AS (
    SELECT dossier_id, effective_on AS on, from_account AS account, -1 AS n FROM ledger_posting
    UNION ALL
    SELECT dossier_id, effective_on, to_account, 1 FROM ledger_posting
), compared AS (
    SELECT dossier_id::text AS dossier,
        'Ngày ' || to_char("on", 'DD/MM/YYYY') || ', tài khoản ' || account AS place,
        CASE WHEN account = 0 THEN -1 WHEN account = 12 THEN greatest(-brought, 0)
            WHEN account = 13 THEN least(-handed, 0)
            ELSE least(greatest(standing, 0), 1) END AS expected,
        standing AS found
    FROM (
        SELECT dossier_id, "on", account,
            sum(sum(n)) OVER (PARTITION BY dossier_id, account ORDER BY "on") AS standing,
            sum(sum(n) FILTER (WHERE account = 12)) OVER so_far AS handed,
            sum(sum(n) FILTER (WHERE account = 13)) OVER so_far AS brought
        FROM moved GROUP BY dossier_id, "on", account
        WINDOW so_far AS (PARTITION BY dossier_id ORDER BY "on")
    ) days
)
"""
ROWS = f"""
{SAID.replace("AND at < %(before)s", "")}, compared AS (
    SELECT d.id::text AS dossier, 'Hồ sơ' AS place,
        concat_ws(', ', s.status, s.unit_id, s.judged_on, s.finished_on, s.accepted) AS expected,
        concat_ws(', ', d.status, d.accountable_id, (d.judged_at AT TIME ZONE %(zone)s)::date,
            (d.finished_at AT TIME ZONE %(zone)s)::date, d.code IS NOT NULL) AS found
    FROM dossiers_dossier d FULL JOIN said s ON s.dossier_id = d.id
)
"""  # noqa: S608


def _rolled(kept: RollUp) -> str:
    return f"""
    counted AS (
        SELECT {kept.day} AS day, {kept.by}, count(*) AS n FROM ledger_posting
        GROUP BY {kept.day}, {kept.by}
    ), kept AS (
        SELECT day, {kept.by}, sum(n)::bigint AS n FROM (
            SELECT {kept.column} AS day, {kept.by}, n FROM {kept.table}
            UNION ALL
            SELECT {kept.day}, {kept.by}, 1 FROM ledger_posting WHERE {REMAINDER}
        ) both_of_them GROUP BY day, {kept.by}
    ), compared AS (
        SELECT NULL::text AS dossier, concat_ws(', ', to_char(day, 'DD/MM/YYYY'),
            '{" và ".join(PLACES[k] for k in kept.keys)} ' || concat_ws(' và ', {", ".join(kept.keys)}),
            'từ ' || from_account || ' sang ' || to_account) AS place,
            counted.n AS expected, kept.n AS found
        FROM counted FULL JOIN kept USING (day, {kept.by})
    )
    """  # noqa: S608
