"""The statutory papers an act issues: kept as the data they were made from, so that a reprint is the same.

`data` holds what the form shows (statutory.paper_forms); ids are resolved to names on the day of issue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings

from motcua.catalogue.offered import Offered
from motcua.dossiers import prints
from motcua.dossiers.models import Slip
from motcua.files import rendering
from motcua.ledger import sql
from motcua.ledger.acts import next_number
from motcua.organisations import queries as organisations
from motcua.rules.actor import Actor
from motcua.rules.casework import Changes, Terms
from motcua.rules.casework_trust import PAPER
from motcua.rules.identity import new_id
from motcua.statutory.paper_forms import (
    Apology,
    DossierPaper,
    FeeLine,
    Kind,
    Missing,
    NoPaperForm,
    PaperLine,
    Receipt,
    Refusal,
    Stage,
    StopNotice,
    SupplementRequest,
    paper_form,
)
from motcua.statutory.paper_json import to_json

if TYPE_CHECKING:
    from motcua.dossiers.operations import Intake

GROUNDS = {True: "NĐ 61/2018/NĐ-CP Điều 17", False: "NĐ 61/2018/NĐ-CP Điều 19 khoản 8"}


def receipt(
    changes: Changes, terms: Terms, intake: Intake, found: Offered, actor: Actor, at: datetime
) -> Changes:
    """Mẫu 01, issued by every acceptance."""
    case = changes.case
    contact = intake.contact
    paper = Receipt(
        **_heading(changes, terms, at, number=(case.code or "")[-4:]),
        code=case.code or "",
        applicant=intake.applicant_name,
        procedure=found.name,
        address=contact.address,
        phone=contact.phone,
        email=contact.email,
        tracking_url=tracking_url(case.code or ""),
        copy_name="Giao người nộp",
        submitter=intake.submitter_name,
        id_document=contact.identity,
        papers=tuple(
            PaperLine(name=p.name, originals=p.originals, plain_copies=p.copies)
            for p in intake.papers
            if p.held
        ),
        limit_text=found.limit_text,
        received_at=at,
        due_at=case.due_at,
        due_reason="",
        second_stage=_last_stage(changes),
        result_by="Tại bộ phận tiếp nhận và trả kết quả",
        fees=tuple(
            FeeLine(name=text or "Phí, lệ phí", amount=amount)
            for text, amount in found.fees
            if amount
        ),
        clerk=actor.name,
        book=str(terms.day(at).year),
        book_no=number_in_book(case.code or ""),
    )
    return _with_slip(changes, Kind.RECEIPT, paper, at, number=int((case.code or "0")[-4:]))


def corrected_receipt(
    changes: Changes, terms: Terms, facts: Mapping[str, Any], actor: Actor, at: datetime
) -> Changes:
    """Mẫu 01 anew in place of the one whose facts were found wrong, where one was issued; the old stays in
    the record, marked by what replaces it. Its dates are those of acceptance: a correction promises nothing.

    `facts` are the dossier's (dossiers.correcting), as corrected.
    """
    old = Slip.objects.filter(
        dossier_id=changes.case.id, form=Kind.RECEIPT, replaced_by__isnull=True
    ).first()
    if old is None:
        return changes
    _, was = prints.as_issued(old)
    assert isinstance(was, Receipt)  # noqa: S101 — what its form says
    paper = replace(
        was,
        issued_on=terms.day(at),
        copy_name=f"Thay giấy lập ngày {was.issued_on:%d/%m/%Y}",
        applicant=facts["applicant_name"],
        submitter=facts["submitter_name"],
        procedure=facts["subject"],
        papers=_papers_of(changes.case.id, facts),
        clerk=actor.name,
    )
    if (paper.applicant, paper.submitter, paper.procedure, paper.papers) == (
        was.applicant, was.submitter, was.procedure, was.papers,
    ):  # fmt: skip
        return changes
    return _with_slip(changes, Kind.RECEIPT, paper, at, old.number, replaces=old.id)


def _papers_of(dossier_id: UUID, facts: Mapping[str, Any]) -> tuple[PaperLine, ...]:
    rows = sql.fetch(HELD, [dossier_id])
    counts = (facts[f"{PAPER}{row['id']}"] for row in rows)
    return tuple(
        PaperLine(name=row["name"], originals=originals, plain_copies=copies)
        for row, (originals, copies) in zip(rows, counts, strict=True)
    )


def number_in_book(code: str) -> str:
    """Where a dossier stands in its desk's register of the year: the day and the serial of its code, which
    no two dossiers of an agency share."""
    return "-".join(code.rsplit("-", 2)[1:])


def _last_stage(changes: Changes) -> Stage | None:
    """The last agency of an interconnected procedure; the date of the whole is the receipt's own."""
    phases = changes.case.phases
    if len(phases) < 2:
        return None
    before, last = phases[-2:]
    return Stage(
        agency=organisations.unit(last.unit_id).name,
        received_at=before.planned_at,
        due_at=last.planned_at,
    )


def supplement(
    changes: Changes, terms: Terms, missing: Sequence[str], reason: str, actor: Actor, at: datetime
) -> Changes:
    """Mẫu 02."""
    number = _number(changes, "supplement", terms, at)
    paper = SupplementRequest(
        **_heading(changes, terms, at, number=f"{number:02d}/PYC"),
        **_person(changes),
        missing=tuple(Missing(what=what) for what in missing),
        reason=reason,
        contact=actor.name,
        guide=actor.name,
    )
    return _with_slip(changes, Kind.SUPPLEMENT, paper, at, number)


def refusal(
    changes: Changes, terms: Terms, reason: str, actor: Actor, at: datetime, *, at_intake: bool
) -> Changes:
    """Mẫu 03."""
    number = _number(changes, "refusal", terms, at)
    paper = Refusal(
        **_heading(changes, terms, at, number=f"{number:02d}/PTC"),
        **_person(changes),
        at_intake=at_intake,
        reason=reason,
        ground=GROUNDS[at_intake],
        contact=actor.name,
        clerk=actor.name,
    )
    return _with_slip(changes, Kind.REFUSAL, paper, at, number)


def apology(
    changes: Changes,
    terms: Terms,
    old_due_at: datetime | None,
    reason: str,
    actor: Actor,
    at: datetime,
) -> Changes:
    """Mẫu 04."""
    case = changes.case
    number = _number(changes, "apology", terms, at)
    assert case.accepted_at and old_due_at and case.due_at  # noqa: S101 — what an extension needs
    person = _person(changes)
    del person["phone"], person["email"]  # the form has no place for them
    paper = Apology(
        **_heading(changes, terms, at, number=f"{number:02d}/PXL"),
        **person,
        received_at=case.accepted_at,
        due_at=old_due_at,
        reason=reason,
        caused_by=organisations.unit(case.accountable_id).name,
        new_due_at=case.due_at,
        signer_title=actor.title,
        signer=actor.name,
    )
    return _with_slip(changes, Kind.APOLOGY, paper, at, number)


def stop(changes: Changes, terms: Terms, reason: str, actor: Actor, at: datetime) -> Changes:
    """Thông báo dừng giải quyết hồ sơ, at the applicant's request, from the day a set of forms has it."""
    case = changes.case
    try:
        paper_form(Kind.STOP, terms.day(at))
    except NoPaperForm:
        return changes
    number = _number(changes, "stop", terms, at)
    assert case.accepted_at  # noqa: S101 — nothing else can be stopped
    person = _person(changes)
    del person["phone"], person["email"]  # the form has no place for them
    paper = StopNotice(
        **_heading(changes, terms, at, number=f"{number:02d}/TBD"),
        **person,
        received_at=case.accepted_at,
        stopped_at=at,
        at_request=True,
        reason=reason,
        returned="Giấy tờ được giữ tại nơi tiếp nhận cho tới khi giải quyết tiếp hoặc rút hồ sơ",
        contact=actor.name,
        signer_title=actor.title,
        signer=actor.name,
    )
    return _with_slip(changes, Kind.STOP, paper, at, number)


def _heading(changes: Changes, terms: Terms, at: datetime, number: str) -> dict[str, Any]:
    case = changes.case
    return {
        "agency": organisations.unit(case.accountable_id).name,
        "desk": organisations.unit(case.received_by_id).name,
        "place": settings.PROVINCE,
        "issued_on": terms.day(at),
        "number": number,
        "example": settings.EXAMPLE,
    }


def _person(changes: Changes) -> dict[str, Any]:
    """The applicant as he is known on the day, and the procedure, from the rows written or as stored."""
    case = changes.case
    row = sql.fetch(PERSON, [case.applicant_id])[0]
    new = next((values for table, values in changes.rows if table == "dossier"), None)
    named = new or sql.fetch(NAMED, [case.id])[0]
    return {
        "code": case.code or case.submission_code,
        "applicant": named["applicant_name"],
        "procedure": named["subject"],
        "address": row["address"],
        "phone": row["phone"],
        "email": row["email"],
        "tracking_url": tracking_url(case.code or case.submission_code),
    }


def tracking_url(code: str) -> str:
    """Where anybody sees how far a dossier is; what the QR code of every slip holds."""
    return f"{settings.PUBLIC_URL}/tra-cuu/?ma={code}"


def _number(changes: Changes, form: str, terms: Terms, at: datetime) -> int:
    first = terms.day(at).replace(month=1, day=1)
    return next_number(f"slip:{form}:{changes.case.received_by_id}", first)


def _with_slip(
    changes: Changes,
    kind: Kind,
    paper: DossierPaper,
    at: datetime,
    number: int,
    replaces: UUID | None = None,
) -> Changes:
    row = {
        "id": new_id(),
        "dossier_id": changes.case.id,
        "form": str(kind),
        "number": number,
        "issued_at": at,
        "sheet": rendering.sheet_of(paper_form(kind, paper.issued_on)),
        "data": to_json(paper),
        "replaces_id": replaces,
    }
    return replace(changes, rows=(*changes.rows, ("slip", row)))


PERSON = "SELECT address, phone, email FROM people_person WHERE id = %s"
HELD = """
SELECT id, name FROM dossiers_paper WHERE dossier_id = %s AND held ORDER BY position
"""
NAMED = "SELECT applicant_name, subject FROM dossiers_dossier WHERE id = %s"
