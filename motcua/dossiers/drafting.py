"""Drafts of results: every read of them, what they begin from, and how they are printed.

They are the work of those whose duty the dossier is: no applicant sees them, nor an agency that was asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from motcua.dossiers import policies, state
from motcua.files import documents
from motcua.files.documents import Document, Signature
from motcua.ledger import sql
from motcua.organisations import queries as organisations
from motcua.organisations.queries import Kind, UnitFacts
from motcua.rules import marks, personal_id
from motcua.rules.actor import Actor, May
from motcua.rules.casework_drafts import Drafted, State, Version, Written
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE
from motcua.statutory import result_texts
from motcua.statutory.result_texts import ResultText

Row = dict[str, Any]
BY_THE_PROVINCE = (Kind.DEPARTMENT, Kind.COMMITTEE_OFFICE)
"""Agencies whose documents name the committee above them (NĐ 30/2020 PL I)."""
FINAL = "Thủ trưởng cơ quan"


@dataclass(frozen=True, slots=True)
class Found:
    """A draft with its versions, newest first, and what its page shows of the dossier."""

    draft: Row
    versions: Sequence[Row]

    @property
    def newest(self) -> Row:
        return self.versions[0]

    def version(self, number: int) -> Row:
        """Raises draft.no_such_version."""
        for row in self.versions:
            if row["number"] == number:
                return row
        raise Refusal("draft.no_such_version", {"number": number})


def offered(procedure_code: str, on: date) -> tuple[ResultText, ...]:
    """The texts a draft for a procedure may begin from on a day."""
    return result_texts.serving(_folder(), procedure_code, on)


def text_of(key: str, procedure_code: str, on: date) -> ResultText:
    """Raises draft.no_template."""
    for text in offered(procedure_code, on):
        if text.key == key:
            return text
    raise Refusal("draft.no_template", {"field": "template"})


def begun(text: ResultText, dossier_id: UUID) -> Version:
    """The first version: the text with its fields filled from the dossier."""
    return written(marks.filled(text.body, values(dossier_id)))


def written(text: str) -> Version:
    """A version of text. Raises draft.too_long, draft.empty."""
    kept = marks.checked(text)
    return Version(hashlib.sha256(kept.encode()).hexdigest(), text=kept)


def values(dossier_id: UUID) -> Mapping[str, str]:
    """What the fields of a text are filled with (statutory.result_texts.FIELDS)."""
    row = sql.fetch(VALUES, [dossier_id])[0]
    return {
        "ma_ho_so": row["code"] or row["submission_code"],
        "chu_ho_so": row["applicant_name"],
        "dia_chi": row["address"],
        "giay_to": personal_id.mask(row["identity_number"] or ""),
        "thu_tuc": row["procedure"],
        "noi_dung": row["subject"],
        "ngay_tiep_nhan": _day(row["accepted_at"]),
        "ngay_hen_tra": _day(row["due_at"]),
        "co_quan": organisations.unit(row["accountable_id"]).name,
        "noi_tiep_nhan": organisations.unit(row["received_by_id"]).name,
    }


def of_dossier(actor: Actor, dossier_id: UUID) -> list[Row]:
    """The drafts of a dossier, newest first; none for those whose duty it is not."""
    if not actor.is_officer:
        return []
    rows = sql.fetch(OF_DOSSIER, [dossier_id])
    return rows if rows and policies.has_duty(actor, dossier_id) else []


def one(actor: Actor, dossier_id: UUID, draft_id: UUID) -> Found:
    """A draft with its versions; raises dossier.not_visible."""
    if not (actor.is_officer and policies.has_duty(actor, dossier_id)):
        raise Refusal("dossier.not_visible")
    drafts, versions = sql.fetch_all([(ONE, [draft_id, dossier_id]), (VERSIONS, [draft_id])])
    if not drafts:
        raise Refusal("dossier.not_visible")
    return Found(drafts[0], versions)


def to_decide(actor: Actor, found: Found) -> None:
    """Raises dossier.may_not unless the actor signs for the agency, and draft.own_work where he (or whom he
    stands in for) wrote a version: asked again under the lock."""
    if not policies.may_decide_draft(
        actor, found.draft["accountable_id"], found.draft["process_id"]
    ):
        raise Refusal("dossier.may_not", {"capability": str(May.SIGN)})
    if {actor.account_id, actor.on_behalf_of} & {row["by_id"] for row in found.versions} - {None}:
        raise Refusal("draft.own_work")


def held(dossier_id: UUID, draft_id: UUID) -> Drafted:
    """A draft as a decision sees it; the caller holds the dossier. Raises dossier.not_visible."""
    drafts, versions = sql.fetch_all([(ONE, [draft_id, dossier_id]), (VERSIONS, [draft_id])])
    if not drafts:
        raise Refusal("dossier.not_visible")
    newest = versions[0]
    return Drafted(
        id=draft_id,
        state=State(drafts[0]["state"]),
        version=newest["number"],
        title=drafts[0]["title"],
        sha256=newest["sha256"],
        written=Written(newest["written"]),
        pdf_id=newest["pdf_id"],
        authors=frozenset(row["by_id"] for row in versions if row["by_id"] is not None),
    )


def approved(dossier_id: UUID) -> list[Row]:
    """The approved drafts of a dossier, newest first: what it may be concluded with."""
    return sql.fetch(
        f"{OF_DOSSIER_ANY} AND d.state = 'approved' ORDER BY d.decided_at DESC", [dossier_id]
    )


def approved_blob(draft_id: UUID) -> int:
    """The PDF of an approved draft; the caller has asked that it is one."""
    return int(sql.fetch(BLOB, [draft_id])[0]["blob_id"])


def approver(draft_id: UUID) -> tuple[int | None, str]:
    """Who decided a draft last, by account and name."""
    rows = sql.fetch(APPROVER, [draft_id])
    return (rows[0]["decided_by_id"], rows[0]["decided_name"]) if rows else (None, "")


def preparers(ids: Iterable[str]) -> dict[str, int]:
    """Who began each of these drafts, by its id in text."""
    rows = sql.fetch(PREPARED, [[UUID(one) for one in ids]])
    return {str(row["id"]): row["by_id"] for row in rows if row["by_id"] is not None}


def document(found: Found, number: int, *, final: tuple[str, str] | None = None) -> Document:
    """A version of text as a document; `final`: the title and the name of who approved it, without the mark
    of a draft. Raises draft.no_such_version, draft.not_text."""
    version = found.version(number)
    if version["written"] != Written.TEXT:
        raise Refusal("draft.not_text")
    head = found.draft
    agency = _issuer(head)
    text = _template(head)
    filled = values(head["dossier_id"])
    title, name = final or (FINAL, "")
    return Document(
        above=f"UBND tỉnh {settings.PROVINCE}" if agency.kind in BY_THE_PROVINCE else "",
        agency=issuer_name(agency),
        number=text.symbol if text else "",
        place=settings.PROVINCE,
        kind=text.kind if text else head["title"],
        about=marks.filled(text.about, filled) if text else "",
        blocks=marks.blocks(version["text"]),
        signatures=(Signature(title, name),),
        recipients=tuple(marks.filled(one, filled) for one in text.recipients) if text else (),
        draft=final is None,
    )


def _issuer(head: Row) -> UnitFacts:
    """The agency in whose name it is written: the one that answers, or the Committee that concludes."""
    on = head["begun_at"].astimezone(ZONE).date()
    return organisations.unit(state.concluding(head["process_id"], head["accountable_id"], on))


def issuer_name(agency: UnitFacts) -> str:
    """An agency as its documents name it: a committee by its territory (NĐ 30/2020 PL I)."""
    if agency.kind == Kind.PROVINCE:
        return f"UBND tỉnh {settings.PROVINCE}"
    if agency.kind in (Kind.DISTRICT, Kind.COMMUNE):
        return f"UBND {agency.name[0].lower()}{agency.name[1:]}"
    return agency.name


def pdf(found: Found, number: int, *, final: tuple[str, str] | None = None) -> bytes:
    """A version of text as PDF, the same bytes each time. Raises draft.no_such_version, draft.not_text."""
    at: datetime = found.version(number)["at"]
    return documents.pdf(document(found, number, final=final), at.astimezone(ZONE).date())


def symbol_of(found: Found) -> str:
    """The symbol of its text, dots in the place of number and agency; "" where it has none."""
    text = _template(found.draft)
    return text.symbol if text else ""


def _template(head: Row) -> ResultText | None:
    """The text it began from, while it is declared; the draft itself does not depend on it."""
    for text in result_texts.texts(_folder()):
        if text.key == head["template"]:
            return text
    return None


def _folder() -> Path | None:
    return Path(settings.PAPERS) / "ket-qua" if settings.PAPERS else None


def _day(at: datetime | None) -> str:
    return f"{at.astimezone(ZONE):%d/%m/%Y}" if at else ""


VALUES = """
SELECT d.code, d.submission_code, d.applicant_name, d.subject, d.accepted_at, d.due_at, d.accountable_id,
       d.received_by_id, p.address, p.identity_number, v.name AS procedure
FROM dossiers_dossier d JOIN people_person p ON p.id = d.applicant_id
JOIN catalogue_procedureversion v ON v.id = d.procedure_version_id WHERE d.id = %s
"""
DRAFT = """
SELECT d.id, d.dossier_id, d.template, d.title, d.state, d.version, d.prepared_by_id, d.begun_at,
       d.submitted_at, d.decided_at, d.decided_by_id, d.decided_name, d.reason, d.sha256,
       d.blob_id, d.issued_at, b.sha256 AS blob,
       (SELECT i.id FROM dossiers_issue i WHERE i.draft_id = d.id AND i.stage <> 'cancelled') AS issue_id,
       a.name AS prepared_name, o.accountable_id, o.process_id
FROM dossiers_resultdraft d JOIN dossiers_dossier o ON o.id = d.dossier_id
LEFT JOIN people_account a ON a.id = d.prepared_by_id
LEFT JOIN files_blob b ON b.id = d.blob_id
"""
OF_DOSSIER_ANY = f"{DRAFT} WHERE d.dossier_id = %s"
OF_DOSSIER = f"{OF_DOSSIER_ANY} ORDER BY d.begun_at DESC"
ONE = f"{DRAFT} WHERE d.id = %s AND d.dossier_id = %s"
VERSIONS = """
SELECT v.number, v.written, v.text, v.sha256, v.at, v.by_id, v.by_name, v.blob_id, v.pdf_id,
       b.sha256 AS blob, p.sha256 AS pdf
FROM dossiers_draftversion v LEFT JOIN files_blob b ON b.id = v.blob_id
LEFT JOIN files_blob p ON p.id = v.pdf_id WHERE v.draft_id = %s ORDER BY v.number DESC
"""
PREPARED = "SELECT id, prepared_by_id AS by_id FROM dossiers_resultdraft WHERE id = ANY(%s)"
BLOB = "SELECT blob_id FROM dossiers_resultdraft WHERE id = %s"
APPROVER = "SELECT decided_by_id, decided_name FROM dossiers_resultdraft WHERE id = %s"
