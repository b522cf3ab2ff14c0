"""What certification does to a dossier: prepared for the leader, certified with numbers, given out.

The clerk who takes the paper in also prepares it (NĐ 61/2018 Đ17.5; TT 01/2018 Đ6); who prepares does not
sign. The fee is asked when it is certified and taken with the hand-over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.rules import casework, casework_clock
from motcua.rules.casework import CONCLUDE, Case, Changes, Item, PaperHeld, Terms
from motcua.rules.certification import Kind, Line
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal

FEE = "Phí chứng thực"
ON_DELIVERY: Mapping[str, Any] = {"kind": "fee", "before_result": False}
"""Paid as the certified paper is given out."""
Row = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A line as it waits for the leader: its row, what it costs, who prepared it."""

    id: UUID
    line: Line
    fee: int
    prepared_by_id: int | None


@dataclass(frozen=True, slots=True)
class SignedBy:
    """The leader who certified, as he was on the day."""

    account_id: int | None
    name: str
    title: str


def then(first: Changes, second: Changes) -> Changes:
    """Two decisions, the second upon what the first left, as one act with one entry."""
    return Changes(
        case=second.case,
        rows=(*first.rows, *second.rows),
        sets=(*first.sets, *second.sets),
        postings=(*first.postings, *second.postings),
        recorded={**first.recorded, **second.recorded},
    )


def prepare(
    case: Case,
    terms: Terms,
    at: datetime,
    by: int | None,
    *,
    code: str,
    papers: Sequence[PaperHeld],
    new: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
) -> Changes:
    """Take papers in for certification and pass them to who signs, as one act.

    Raises dossier.not_the_concluding_step where the process has no step that signs.
    """
    changes = casework.accept(case, terms, at, code=code, papers=papers, new=new)
    for _ in terms.net.tasks:
        item = _open(changes.case)
        if item.act == CONCLUDE:
            return _with(changes, [("certification", {"dossier_id": case.id, **r}) for r in rows])
        ways = terms.net.outcomes(item.node)
        before = replace(changes.case, version=case.version)
        passed = casework.hand_on(before, terms, item.id, at, by, ways[0] if ways else "")
        changes = then(changes, passed)
    raise Refusal("dossier.not_the_concluding_step", {"step": _open(changes.case).name})


def certify(
    case: Case,
    terms: Terms,
    item: Item,
    at: datetime,
    signer: SignedBy,
    *,
    lines: Sequence[Prepared],
    numbers: Sequence[int],
    book_id: UUID,
    result_name: str,
) -> Changes:
    """Give the lines their numbers and end the dossier (status 9); its fee is asked now."""
    signed_by_another(lines, signer.account_id)
    result = {
        "kind": "granted",
        "name": result_name,
        "number": ", ".join(str(number) for number in numbers),
        "signer": signer.name,
        "signer_title": signer.title,
    }
    changes = casework.conclude(case, terms, item.id, at, signer.account_id, result=result)
    signed = {
        "book_id": book_id,
        "certified_at": at,
        "signer_id": signer.account_id,
        "signer_name": signer.name,
        "signer_title": signer.title,
    }
    sets = [
        ("certification", line.id, {"number": number, **signed})
        for line, number in zip(lines, numbers, strict=True)
    ]
    fee = sum(line.fee for line in lines)
    charged = [("charge", _charge(case, fee, at))] if fee else []
    recorded = {**changes.recorded, "numbers": list(numbers), "amount": fee}
    return replace(_with(changes, charged), sets=(*changes.sets, *sets), recorded=recorded)


def signed_by_another(lines: Sequence[Prepared], account_id: int | None) -> None:
    """Who prepares does not sign. Raises dossier.signer_prepared_it."""
    if account_id is not None and any(line.prepared_by_id == account_id for line in lines):
        raise Refusal("dossier.signer_prepared_it", {"field": "signer"})


def deliver(
    case: Case,
    terms: Terms,
    at: datetime,
    by: int | None,
    *,
    recipient: str,
    receipt_number: str,
    collected: Mapping[str, Any] | None = None,
) -> Changes:
    """Take the fee and give the certified papers out (status 10), as one act."""
    paid: Changes | None = None
    for charge in case.charges:
        before = replace(paid.case, version=case.version) if paid else case
        one = casework_clock.record_payment(
            before, terms, at, charge.id, method="cash", receipt_number=receipt_number
        )
        paid = then(paid, one) if paid else one
    before = replace(paid.case, version=case.version) if paid else case
    given = casework.hand_over(
        before, terms, at, by, method="counter", recipient=recipient, collected=collected
    )
    return then(paid, given) if paid else given


def taken(fee: int, at: datetime, receipt_number: str) -> list[Row]:
    """The fee of what is certified and handed over at once: asked and paid in one moment."""
    if not fee:
        return []
    paid = {"paid_at": at, "method": "cash", "receipt_number": receipt_number}
    asked = {"id": new_id(), "name": FEE, "amount": fee, "stops_clock": False, "asked_at": at}
    return [("charge", {**asked, **ON_DELIVERY, **paid})]


def row(kind: Kind, line: Line, position: int, fee: int, by: int | None) -> dict[str, Any]:
    """A line as it is kept before it has a number."""
    return {
        "id": new_id(),
        "kind": str(kind),
        "position": position,
        "title": line.title,
        "originals": line.originals,
        "copies": line.copies,
        "pages": line.pages,
        "fee": fee,
        "prepared_by_id": by,
    }


def _charge(case: Case, amount: int, at: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "dossier_id": case.id,
        "name": FEE,
        "amount": amount,
        "stops_clock": False,
        "asked_at": at,
        **ON_DELIVERY,
    }


def _with(changes: Changes, rows: Sequence[Row]) -> Changes:
    return replace(changes, rows=(*changes.rows, *rows))


def _open(case: Case) -> Item:
    return next(item for item in case.items if not item.waiting)
