"""What is known of money: the fee lines open to a dossier, receipts, refunds, the drawer of a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from motcua.catalogue import fees as catalogue
from motcua.dossiers import policies, policies_money
from motcua.ledger import sql
from motcua.rules.actor import Actor
from motcua.rules.casework import Case
from motcua.rules.casework_money import Billed, BillState, Booked, Receipted, receipt_text
from motcua.rules.fees import Listed, Relief
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE
from motcua.statutory.rulesets import rule_set

Row = dict[str, Any]
BY_HAND = frozenset({"cash", "bank"})
"""The ways money comes in at a counter; what the payment service takes, it says itself."""


@dataclass(frozen=True, slots=True)
class Drawer:
    """What a cashier's cash of a day has to be: receipts in, refunds out."""

    receipts: int
    amount: int


def listed(case: Case) -> tuple[Listed, ...]:
    """The fee lines of the version the dossier is pinned to, for its channel."""
    return catalogue.listed(case.procedure_version_id, case.channel)


def reliefs(case: Case) -> tuple[Relief, ...]:
    """Who pays less by the law in force on the day the dossier was received."""
    return rule_set("fees", case.received_at.astimezone(ZONE).date()).reliefs


def payer(dossier_id: UUID) -> str:
    """Whose money it is, as written on a receipt; the caller holds the dossier."""
    rows = sql.fetch("SELECT applicant_name FROM dossiers_dossier WHERE id = %s", [dossier_id])
    return str(rows[0]["applicant_name"]) if rows else ""


def receipt_of(dossier_id: UUID, receipt_id: UUID) -> Receipted:
    """A receipt of a dossier the caller holds; raises receipt.not_found."""
    rows = sql.fetch(RECEIPT, [receipt_id, dossier_id])
    if not rows:
        raise Refusal("receipt.not_found")
    return Receipted(**rows[0])


def refund_of(dossier_id: UUID, refund_id: UUID) -> Row:
    """A refund of a dossier the caller holds; raises refund.not_found."""
    rows = sql.fetch(
        "SELECT * FROM dossiers_refund WHERE id = %s AND dossier_id = %s", [refund_id, dossier_id]
    )
    if not rows:
        raise Refusal("refund.not_found")
    return rows[0]


def bill_of(dossier_id: UUID, bill_id: UUID) -> Billed:
    """A bill of a dossier the caller holds; raises payment.unknown_bill."""
    rows = sql.fetch(BILL, [bill_id, dossier_id])
    if not rows:
        raise Refusal("payment.unknown_bill")
    return Billed(**{**rows[0], "state": BillState(rows[0]["state"])})


def bill_under_way(charge_id: UUID) -> UUID | None:
    """The bill that the service has, or may have, of a charge."""
    rows = sql.fetch(BILLED, [charge_id])
    return UUID(str(rows[0]["id"])) if rows else None


def dossier_of_bill(bill_id: UUID) -> UUID | None:
    """Whose bill it is; None for an id that is not ours."""
    rows = sql.fetch("SELECT dossier_id FROM dossiers_bill WHERE id = %s", [bill_id])
    return UUID(str(rows[0]["dossier_id"])) if rows else None


def bill(bill_id: UUID) -> Row:
    """A bill, with the code of its dossier as the service is told it; raises payment.unknown_bill."""
    rows = sql.fetch(ASKED, [bill_id])
    if not rows:
        raise Refusal("payment.unknown_bill")
    return rows[0]


def refund(refund_id: UUID) -> Row:
    """A refund as the payment service is asked for it; raises refund.not_found."""
    rows = sql.fetch("SELECT * FROM dossiers_refund WHERE id = %s", [refund_id])
    if not rows:
        raise Refusal("refund.not_found")
    return rows[0]


def to_ask(what: Literal["bill", "refund"], at: datetime, many: int) -> list[UUID]:
    """The bills or refunds that the payment service is to be asked about now."""
    rows = sql.fetch(TO_ASK[what], [at, many])
    return [UUID(str(row["id"])) for row in rows]


def transaction_known(transaction: str) -> bool:
    """Whether the money of this transaction was written down, taken or to be given back."""
    return bool(sql.fetch(TRANSACTION, [transaction, transaction]))


def booked(on: date) -> list[Booked]:
    """What went through the payment service on a day, by our own record."""
    return [Booked(**row) for row in sql.fetch(BOOKED, [on, on, on])]


def drawer(unit_id: int, on: date, account_id: int | None) -> Drawer:
    """What a cashier's cash of a day has to be."""
    who = [unit_id, on, account_id]
    row = sql.fetch(DRAWER, [*who, *who])[0]
    return Drawer(row["receipts"], row["taken"] - row["given"])


def counted(found: Receipted, on: date) -> bool:
    """Whether the drawer that a receipt's cash lies in was counted on the day."""
    rows = sql.fetch(COUNTED, [found.unit_id, on, found.by])
    return bool(rows)


# ---- what pages show -----------------------------------------------------------------------------


def owed(actor: Actor, unit_ids: Sequence[int]) -> list[Row]:
    """What applicants have still to pay at these desks, the oldest first."""
    where, params = policies.scope(actor)
    return sql.fetch(OWED.format(where=where), [list(unit_ids), *params])


def receipts(actor: Actor, unit_id: int, since: date, until: date) -> list[Row]:
    """The receipts of a desk by number, the voided among them; of a dossier out of sight the number and the
    money alone. Raises receipt.not_your_desk."""
    policies_money.to_see_book(actor, unit_id)
    where, params = policies.scope(actor)
    asked = [*params, unit_id, since, until, *params]
    rows = sql.fetch(RECEIPTS.format(where=where), asked)
    for row in rows:
        row["text"] = receipt_text(row["series"], row["year"], row["number"])
        if not row["seen"]:
            row |= {"payer": "", "code": "", "dossier_id": None}
    return rows


def one_receipt(actor: Actor, receipt_id: UUID) -> Row:
    """A receipt with its dossier, for whoever sees the dossier; raises receipt.not_found."""
    where, params = policies.scope(actor)
    rows = sql.fetch(ONE.format(where=where), [receipt_id, *params])
    if not rows:
        raise Refusal("receipt.not_found")
    row = rows[0]
    return row | {"text": receipt_text(row["series"], row["year"], row["number"])}


def sums(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """What was taken, by way; voided receipts count for nothing."""
    found: dict[str, int] = {}
    for row in rows:
        if row["voided_at"] is None:
            found[row["method"]] = found.get(row["method"], 0) + row["amount"]
    return found


def refunds_due(actor: Actor, unit_ids: Sequence[int]) -> list[Row]:
    """What these desks have still to give back, the oldest first."""
    where, params = policies.scope(actor)
    return sql.fetch(REFUNDS.format(where=where), [list(unit_ids), *params])


def due_refund(actor: Actor, refund_id: UUID) -> Row:
    """A refund still to be paid, with its dossier, for whoever sees that; raises refund.not_found."""
    where, params = policies.scope(actor)
    rows = sql.fetch(DUE.format(where=where), [refund_id, *params])
    if not rows:
        raise Refusal("refund.not_found")
    return rows[0]


def checks(many: int) -> list[Row]:
    """The last reconciliations with the payment service, the newest first."""
    return sql.fetch(CHECKS, [many])


def counts(actor: Actor, unit_id: int, on: date) -> list[Row]:
    """How the drawers of a desk were counted on a day, the last count of each cashier."""
    policies_money.to_see_book(actor, unit_id)
    return sql.fetch(COUNTS, [unit_id, on])


def bills(actor: Actor, dossier_id: UUID) -> list[Row]:
    """What the payment service was asked for a dossier, the newest first; raises dossier.not_visible."""
    policies.to_see(actor, dossier_id)
    return sql.fetch(BILLS, [dossier_id])


RECEIPT = """
SELECT r.id, r.charge_id, r.unit_id, r.series, r.amount, r.method, r."on", r.by_id AS by, r.bill_id,
       coalesce(b.transaction, '') AS transaction, c.stops_clock, c.before_result, c.name,
       r.voided_at IS NOT NULL AS voided, f.id IS NOT NULL AS refunded
FROM dossiers_receipt r JOIN dossiers_charge c ON c.id = r.charge_id
LEFT JOIN dossiers_bill b ON b.id = r.bill_id LEFT JOIN dossiers_refund f ON f.receipt_id = r.id
WHERE r.id = %s AND r.dossier_id = %s
"""
BILL = """
SELECT id, charge_id, amount, state, transaction, asked_at, tries FROM dossiers_bill
WHERE id = %s AND dossier_id = %s
"""
BILLED = """
SELECT id FROM dossiers_bill WHERE charge_id = %s AND state IN ('intended', 'open', 'unknown')
"""
ASKED = """
SELECT b.id, b.dossier_id, b.charge_id, b.amount, b.state, b.reference, b.qr,
       coalesce(d.code, d.submission_code) AS code
FROM dossiers_bill b JOIN dossiers_dossier d ON d.id = b.dossier_id WHERE b.id = %s
"""
TO_ASK = {
    what: f"SELECT id FROM dossiers_{what} WHERE next_at <= %s ORDER BY next_at, id LIMIT %s"  # noqa: S608
    for what in ("bill", "refund")
}
TRANSACTION = """
SELECT 1 FROM dossiers_bill WHERE transaction = %s
UNION ALL SELECT 1 FROM dossiers_refund WHERE transaction = %s AND receipt_id IS NULL LIMIT 1
"""
BOOKED = """
SELECT b.transaction, r.amount, b.id AS bill_id FROM dossiers_bill b
JOIN dossiers_receipt r ON r.bill_id = b.id AND r.voided_at IS NULL WHERE b.booked_on = %s
UNION ALL SELECT transaction, amount, bill_id FROM dossiers_refund
WHERE booked_on = %s AND receipt_id IS NULL
UNION ALL SELECT reference, -amount, bill_id FROM dossiers_refund
WHERE done_on = %s AND transaction <> '' AND done_by_id IS NULL
"""
DRAWER = """
SELECT r.receipts, r.taken, f.given FROM (
    SELECT count(*) AS receipts, coalesce(sum(amount), 0)::bigint AS taken FROM dossiers_receipt
    WHERE unit_id = %s AND "on" = %s AND by_id IS NOT DISTINCT FROM %s
      AND series = 'TM' AND voided_at IS NULL
) r, (
    SELECT coalesce(sum(amount), 0)::bigint AS given FROM dossiers_refund
    WHERE unit_id = %s AND done_on = %s AND done_by_id IS NOT DISTINCT FROM %s AND method = 'cash'
) f
"""
COUNTED = """
SELECT 1 FROM dossiers_drawercount WHERE unit_id = %s AND "on" = %s AND by_id IS NOT DISTINCT FROM %s
"""
OWED = """
SELECT c.id, c.name, c.amount, c.stops_clock, c.asked_at, c.dossier_id, dossiers_dossier.code,
       dossiers_dossier.submission_code, dossiers_dossier.applicant_name, b.state AS bill_state
FROM dossiers_charge c JOIN dossiers_dossier ON dossiers_dossier.id = c.dossier_id
LEFT JOIN dossiers_bill b ON b.charge_id = c.id AND b.state IN ('intended', 'open', 'unknown')
WHERE c.paid_at IS NULL AND c.cancelled_at IS NULL AND dossiers_dossier.received_by_id = ANY(%s) AND {where}
ORDER BY c.asked_at, c.id LIMIT 200
"""
RECEIPTS = """
SELECT r.id, r.dossier_id, r.series, r.year, r.number, r.amount, r.method, r.at, r."on", r.by_name, r.payer,
       r.paper_number, r.voided_at, r.void_reason, c.name, dossiers_dossier.code, n.number AS replaced_by,
       f.state AS refund_state, ({where}) AS seen
FROM dossiers_receipt r JOIN dossiers_charge c ON c.id = r.charge_id
JOIN dossiers_dossier ON dossiers_dossier.id = r.dossier_id
LEFT JOIN dossiers_receipt n ON n.replaces_id = r.id
LEFT JOIN dossiers_refund f ON f.receipt_id = r.id
WHERE r.unit_id = %s AND r."on" BETWEEN %s AND %s AND (r.series <> 'TH' OR ({where}))
ORDER BY r.year, r.series DESC, r.number LIMIT 1000
"""
ONE = """
SELECT r.id, r.dossier_id, r.series, r.year, r.number, r.amount, r.method, r.at, r."on", r.by_name, r.payer,
       r.paper_number, r.voided_at, r.void_reason, r.unit_id, u.name AS unit_name, c.name,
       c.basis, c.stated, dossiers_dossier.code, dossiers_dossier.version, f.state AS refund_state
FROM dossiers_receipt r JOIN dossiers_charge c ON c.id = r.charge_id
JOIN organisations_unit u ON u.id = r.unit_id
JOIN dossiers_dossier ON dossiers_dossier.id = r.dossier_id
LEFT JOIN dossiers_refund f ON f.receipt_id = r.id
WHERE r.id = %s AND {where}
"""
REFUNDS = """
SELECT f.id, f.amount, f.method, f.reason, f.state, f.ordered_at, f.ordered_name, f.ordered_by_id,
       f.dossier_id, f.transaction, dossiers_dossier.code, dossiers_dossier.submission_code,
       dossiers_dossier.applicant_name
FROM dossiers_refund f JOIN dossiers_dossier ON dossiers_dossier.id = f.dossier_id
WHERE f.state <> 'done' AND f.unit_id = ANY(%s) AND {where} ORDER BY f.ordered_at, f.id LIMIT 200
"""
DUE = """
SELECT f.*, dossiers_dossier.code, dossiers_dossier.submission_code, dossiers_dossier.applicant_name
FROM dossiers_refund f JOIN dossiers_dossier ON dossiers_dossier.id = f.dossier_id
WHERE f.id = %s AND {where}
"""
CHECKS = """
SELECT id, "on", at, by_name, ours, theirs, matched, differences FROM dossiers_statementcheck
ORDER BY at DESC, id DESC LIMIT %s
"""
COUNTS = """
SELECT DISTINCT ON (by_id) by_name, at, receipts, expected, counted, counted - expected AS difference, note
FROM dossiers_drawercount WHERE unit_id = %s AND "on" = %s ORDER BY by_id, at DESC, id DESC
"""
BILLS = """
SELECT id, charge_id, amount, state, asked_at, reference, qr, paid_at FROM dossiers_bill
WHERE dossier_id = %s ORDER BY asked_at DESC, id DESC
"""
