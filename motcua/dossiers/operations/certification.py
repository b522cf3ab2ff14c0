"""Certification at a counter: prepared, certified, given out, corrected (NĐ 23/2015; NĐ 61/2018 Đ17.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.dossiers import charging, events, policies, policies_trust, writer
from motcua.dossiers.models import Certification, CertificationCorrection
from motcua.dossiers.operations import intake as intakes
from motcua.dossiers.operations.at_once import decide_at_once, may_settle_at_once
from motcua.dossiers.operations.books import open_book, series
from motcua.dossiers.operations.common import work_on
from motcua.dossiers.operations.intake import Intake
from motcua.dossiers.operations.money import receipted
from motcua.dossiers.writer import Done
from motcua.ledger import sql
from motcua.ledger.acts import Act, Key, act, next_numbers
from motcua.people import at_desk
from motcua.rules import casework_certification as deciding
from motcua.rules.actor import Actor, May
from motcua.rules.casework import Case, Changes, Terms
from motcua.rules.casework_at_once import Given, Signer
from motcua.rules.casework_certification import Prepared, SignedBy
from motcua.rules.certification import Kind, Line, checked, fee_of, first_of_year
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE
from motcua.statutory.rulesets import rule_set

RESULTS: Mapping[Kind, str] = {
    Kind.COPY: "Bản sao chứng thực từ bản chính",
    Kind.SIGNATURE: "Giấy tờ, văn bản được chứng thực chữ ký",
    Kind.CONTRACT: "Hợp đồng, giao dịch được chứng thực",
}


@dataclass(frozen=True, slots=True)
class Entered:
    """What an entry at the counter answers: the dossier, its fee, and its numbers where it has them."""

    id: UUID
    code: str
    fee: int
    numbers: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "id": str(self.id), "code": self.code, "fee": self.fee, "numbers": list(self.numbers),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class NotCertified:
    """A dossier that was not certified, and why."""

    dossier_id: UUID
    code: str
    params: Mapping[str, Any]


@dataclass(slots=True)
class Certified:
    """What a signing did: the numbers of each dossier, and those that did not go."""

    done: dict[UUID, tuple[int, ...]] = field(default_factory=dict)
    refused: list[NotCertified] = field(default_factory=list)


class _NothingDone(Exception):
    """Every dossier of a signing was refused: the act is not opened after all."""


def prepare_certification(
    *, intake: Intake, lines: Sequence[Line], actor: Actor, at: datetime, key: Key | None = None
) -> Entered:
    """Take papers in for certification and lay them before the leader who signs.

    Raises what an acceptance raises (without asking for a receipt), certification.not_a_certification,
    certification.nothing_to_certify, certification.title_missing, certification.numbers_wrong.
    """
    policies.may(actor, May.ACCEPT)
    with act(events.CERTIFICATION_PREPARED, actor=actor, at=at, key=key) as a:
        rows = _rows(intake, lines, actor, a.at)
        found, terms = intakes.terms_for(intake, a.at)
        policies.desk_of(actor, found)
        intakes.complete(found, intake)
        changes = deciding.prepare(
            intakes.new_case(found, intake, a.at, training=actor.training),
            terms,
            a.at,
            actor.account_id,
            code=intakes.next_code(intake.unit_id, terms.day(a.at)),
            papers=intake.papers,
            new=intakes.facts(found, intake),
            rows=rows,
        )
        writer.apply(changes, a, intakes.personal(intake))
        done = Entered(changes.case.id, changes.case.code or "", _fee(rows))
        a.outcome |= done.to_json()
    return done


def certify_at_once(
    *,
    intake: Intake,
    lines: Sequence[Line],
    signer_id: int,
    receipt_number: str,
    actor: Actor,
    at: datetime,
    key: Key | None = None,
) -> Entered:
    """Enter papers that a leader has signed already, the fee taken and the copies given out, as one act.

    Only for procedures settled on the day. Raises what settle_at_once and prepare_certification raise,
    certification.not_a_signer, certification.book_locked.
    """
    may_settle_at_once(actor)
    with act(events.CERTIFIED_AT_ONCE, actor=actor, at=at, key=key) as a:
        on = a.at.astimezone(ZONE).date()
        rows = _rows(intake, lines, actor, a.at)
        signer = _signer(signer_id, intake.unit_id, on)
        kind = Kind(rows[0]["kind"])
        book_id = open_book(intake.unit_id, kind, on.year)
        numbers = _numbers(intake.unit_id, kind, on.year, len(rows))
        signed = {
            "book_id": book_id,
            "certified_at": a.at,
            "signer_id": signer_id,
            "signer_name": signer.name,
            "signer_title": signer.title,
        }
        numbered = [row | signed | {"number": n} for row, n in zip(rows, numbers, strict=True)]
        paid = deciding.taken(_fee(rows), a.at, receipt_number)
        extra = [*(("certification", row) for row in numbered), *paid]
        given = Given(RESULTS[kind], _text(numbers), signer, intake.applicant_name)
        changes = decide_at_once(a, intake, given, extra=extra)
        asked = {row["id"]: row["amount"] for _, row in paid}
        changes = receipted(changes, asked, actor, a.at, intake.applicant_name, receipt_number)
        recorded = {**changes.recorded, "numbers": numbers, "amount": _fee(rows)}
        writer.apply(replace(changes, recorded=recorded), a, intakes.personal(intake))
        done = Entered(changes.case.id, changes.case.code or "", _fee(rows), tuple(numbers))
        a.outcome |= done.to_json()
    return done


def certify(*, dossier_ids: Sequence[UUID], actor: Actor, at: datetime) -> Certified:
    """Certify what was prepared: each paper gets the next number of its book; what cannot go is told.

    One act however many, an entry for each dossier. Raises dossier.may_not; every other refusal is told
    of its dossier and does not keep the others back.
    """
    policies.may(actor, May.SIGN)
    done = Certified()
    try:
        with act(events.CERTIFIED, actor=actor, at=at) as a:
            changes = [c for d in sorted(set(dossier_ids)) if (c := _try(actor, d, a, done))]
            if not changes:
                raise _NothingDone
            writer.apply_all([Done(c) for c in changes], a)
    except _NothingDone:
        pass
    return done


def deliver_certified(
    *,
    dossier_id: UUID,
    recipient: str,
    receipt_number: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Take the fee of what was certified and give it out, as one act (NĐ 61/2018 Đ20, Đ22).

    Raises dossier.may_not, dossier.result_not_ready, dossier.recipient_missing.
    """
    policies.may(actor, May.COLLECT)
    with work_on(events.CERTIFIED_DELIVERED, dossier_id, actor, at, seen, None) as w:
        policies.at_desk(actor, w.case, May.HAND_OVER)
        changes = deciding.deliver(
            w.case,
            w.terms,
            w.at,
            actor.account_id,
            recipient=recipient,
            receipt_number=receipt_number,
        )
        asked = {charge.id: charge.amount for charge in w.case.charges}
        payer = charging.payer(dossier_id)
        w.changes = receipted(changes, asked, actor, w.at, payer, receipt_number)


def correct_certification(
    *,
    certification_id: UUID,
    line: Line,
    voided: bool,
    reason: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Correct an entry of a book, or void it; its number stays, and so does what stood there.

    The fee that was taken is not touched. Raises dossier.not_visible, dossier.may_not,
    dossier.reason_missing, certification.not_certified, certification.book_locked,
    certification.nothing_corrected, and what a line raises.
    """
    (wanted,) = checked([line])
    if not reason.strip():
        raise Refusal("dossier.reason_missing", {"field": "reason"})
    with act(events.CERTIFICATION_CORRECTED, actor=actor, at=at) as a:
        row, case = _entry(certification_id, actor, a)
        policies.at_desk(actor, case, May.ACCEPT)
        if row["book_id"] is None:
            raise Refusal("certification.not_certified")
        open_book(row["unit_id"], Kind(row["kind"]), row["year"])
        now = {name: getattr(wanted, name) for name in CORRECTED} | {"voided": voided}
        was = {name: row[name] for name in now}
        changed = {name: value for name, value in now.items() if value != was[name]}
        if not changed:
            raise Refusal("certification.nothing_corrected")
        a.update(Certification, [(certification_id, changed)])
        a.insert(CertificationCorrection, [_correction(row["id"], a, actor, reason, was, now)])
        a.about("dossier", case.id, {"number": row["number"], "corrected": sorted(changed)})


# ---- what they share -----------------------------------------------------------------------------


def _rows(
    intake: Intake, lines: Sequence[Line], actor: Actor, at: datetime
) -> list[dict[str, Any]]:
    """The lines as rows without numbers, each with its fee under the rules of the day."""
    on = at.astimezone(ZONE).date()
    rule = rule_set("certification", on)
    code = sql.fetch(CODE, [intake.procedure_id])
    kind = rule.procedures.get(code[0]["code"]) if code else None
    if kind is None:
        raise Refusal("certification.not_a_certification")
    return [
        deciding.row(kind, line, n, fee_of(kind, line, rule.fees), actor.account_id)
        for n, line in enumerate(checked(lines), 1)
    ]


def _fee(rows: Sequence[Mapping[str, Any]]) -> int:
    return sum(row["fee"] for row in rows)


def _signer(account_id: int, agency_id: int, on: date) -> Signer:
    for found in at_desk.leaders(agency_id, on):
        if found.account_id == account_id:
            return Signer(found.name, found.title, account_id)
    raise Refusal("certification.not_a_signer", {"field": "signer"})


def _numbers(unit_id: int, kind: Kind, year: int, many: int) -> list[int]:
    return list(next_numbers(series(unit_id, kind), first_of_year(year), many))


def _text(numbers: Sequence[int]) -> str:
    return ", ".join(str(number) for number in numbers)


def _try(actor: Actor, dossier_id: UUID, a: Act, done: Certified) -> Changes | None:
    try:
        with transaction.atomic():  # a number taken for what is then refused goes back to the book
            case, terms = policies.to_change(actor, dossier_id, a)
            changes, numbers = _certified(actor, case, terms, a)
    except Refusal as refusal:
        done.refused.append(NotCertified(dossier_id, refusal.code, refusal.params))
        return None
    done.done[dossier_id] = tuple(numbers)
    return changes


def _certified(actor: Actor, case: Case, terms: Terms, a: Act) -> tuple[Changes, list[int]]:
    item = policies.to_certify(actor, case)
    rows = sql.fetch(PREPARED, [case.id])
    if not rows:
        raise Refusal("certification.not_a_certification")
    policies_trust.nothing_open(case)
    lines = [_prepared(row) for row in rows]
    deciding.signed_by_another(lines, actor.account_id)
    policies_trust.to_sign(actor, case, terms.day(a.at))
    kind, year = Kind(rows[0]["kind"]), terms.day(a.at).year
    book_id = open_book(case.accountable_id, kind, year)
    numbers = _numbers(case.accountable_id, kind, year, len(rows))
    changes = deciding.certify(
        case,
        terms,
        item,
        a.at,
        SignedBy(actor.account_id, actor.name, actor.title),
        lines=lines,
        numbers=numbers,
        book_id=book_id,
        result_name=RESULTS[kind],
    )
    return changes, numbers


def _prepared(row: Mapping[str, Any]) -> Prepared:
    line = Line(row["title"], row["originals"], row["copies"], row["pages"])
    return Prepared(row["id"], line, row["fee"], row["prepared_by_id"])


def _entry(certification_id: UUID, actor: Actor, a: Act) -> tuple[dict[str, Any], Case]:
    """An entry of a book, its dossier locked; raises dossier.not_visible."""
    found = sql.fetch(ENTRY, [certification_id])
    if not found:
        raise Refusal("dossier.not_visible")
    case, _ = policies.to_change(actor, found[0]["dossier_id"], a)
    return sql.fetch(ENTRY, [certification_id])[0], case


def _correction(
    entry_id: UUID,
    a: Act,
    actor: Actor,
    reason: str,
    was: Mapping[str, Any],
    now: Mapping[str, Any],
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "certification_id": entry_id,
        "at": a.at,
        "by_id": actor.account_id,
        "reason": reason.strip()[:1000],
        "was": dict(was),
        "now": dict(now),
    }


CORRECTED = ("title", "originals", "copies", "pages")
CODE = "SELECT code FROM catalogue_procedure WHERE id = %s"
PREPARED = """
SELECT id, kind, title, originals, copies, pages, fee, prepared_by_id FROM dossiers_certification
WHERE dossier_id = %s ORDER BY position
"""
ENTRY = """
SELECT c.*, b.unit_id, b.year FROM dossiers_certification c
LEFT JOIN dossiers_certificationbook b ON b.id = c.book_id WHERE c.id = %s
"""
