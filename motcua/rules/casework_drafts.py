"""A result in the making, as pure decisions: written, submitted, returned or approved, used.

Who prepared any version of a draft does not approve it (NĐ 61/2018 Đ19: the leader decides on what the
officer proposes); what is approved is one version, known by its digest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from motcua.rules.casework import OPEN, Case, Changes, Draft, Terms, reasoned
from motcua.rules.refusal import Refusal


class State(StrEnum):
    """Where a draft stands."""

    WRITING = "writing"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    ISSUED = "issued"


class Written(StrEnum):
    """What a version was written as."""

    TEXT = "text"
    WORD = "docx"


EDITABLE = (State.WRITING, State.RETURNED)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft as a decision sees it; `authors` are the accounts that saved a version of it, `sha256` is of
    its newest version, `pdf_id` the PDF made of it where it came as a Word file."""

    id: UUID
    state: State
    version: int
    title: str
    sha256: str
    written: Written = Written.TEXT
    pdf_id: int | None = None
    authors: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Version:
    """What is saved: text, or a stored Word file and the PDF made of it (None: not made yet)."""

    sha256: str
    text: str = ""
    blob_id: int | None = None
    pdf_id: int | None = None

    @property
    def written(self) -> Written:
        return Written.TEXT if self.blob_id is None else Written.WORD


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose hand it is: an account, its name that day, and the unit of its step."""

    account_id: int | None
    name: str
    unit_id: int


def begin(
    case: Case, terms: Terms, at: datetime, *, template: str, title: str, first: Version, by: Hand
) -> tuple[Changes, UUID]:
    """Begin a draft with its first version; the draft's id too."""
    _open(case)
    draft = Draft(case, case, at, terms)
    draft_id = draft.row(
        "draft",
        template=template,
        title=title,
        state=State.WRITING.value,
        version=1,
        prepared_by_id=by.account_id,
        unit_id=by.unit_id,
        begun_at=at,
    )
    _version(draft, draft_id, 1, first, by)
    return draft.finish(draft=draft_id, draft_version=1, sha256=first.sha256), draft_id


def save(
    case: Case,
    terms: Terms,
    at: datetime,
    *,
    drafted: Drafted,
    new: Version,
    based_on: int,
    by: Hand,
) -> Changes:
    """Save another version; one written over an older version than the newest is refused.

    Raises draft.not_editable, draft.stale, draft.unchanged.
    """
    _open(case)
    if drafted.state not in EDITABLE:
        raise Refusal("draft.not_editable")
    _newest(drafted, based_on)
    if new.sha256 == drafted.sha256 and new.pdf_id == drafted.pdf_id:
        raise Refusal("draft.unchanged")
    draft = Draft(case, case, at, terms)
    number = drafted.version + 1
    _version(draft, drafted.id, number, new, by)
    draft.sets.append(("draft", drafted.id, {"version": number}))
    return draft.finish(draft=drafted.id, draft_version=number, sha256=new.sha256)


def submit(
    case: Case, terms: Terms, at: datetime, *, drafted: Drafted, version: int, by: int | None
) -> Changes:
    """Submit the newest version to the leader. Raises draft.not_editable, draft.stale, draft.no_pdf."""
    _open(case)
    if drafted.state not in EDITABLE:
        raise Refusal("draft.not_editable")
    _newest(drafted, version)
    if drafted.written is Written.WORD and drafted.pdf_id is None:
        raise Refusal("draft.no_pdf")
    new = {"state": State.SUBMITTED.value, "submitted_at": at, "submitted_by_id": by, "reason": ""}
    return _now(case, terms, at, drafted, new)


def send_back(
    case: Case,
    terms: Terms,
    at: datetime,
    *,
    drafted: Drafted,
    version: int,
    reason: str,
    by: int | None,
) -> Changes:
    """Return a submitted draft with the reason. Raises draft.not_submitted, draft.stale."""
    reasoned(reason)
    _submitted(drafted, version)
    new = {"state": State.RETURNED.value, "decided_at": at, "decided_by_id": by, "reason": reason}
    return _now(case, terms, at, drafted, new)


def approve(
    case: Case,
    terms: Terms,
    at: datetime,
    *,
    drafted: Drafted,
    version: int,
    blob_id: int,
    by: tuple[int | None, str],
    behind: int | None = None,
) -> Changes:
    """Approve the version that was read: its digest and its PDF are fixed. `behind`: whom he stands in for.

    Raises draft.not_submitted, draft.stale, draft.own_work.
    """
    _open(case)
    _submitted(drafted, version)
    if drafted.authors & {by[0], behind}:
        raise Refusal("draft.own_work")
    new: dict[str, Any] = {"state": State.APPROVED.value, "decided_at": at, "decided_by_id": by[0]}
    new |= {"decided_name": by[1], "sha256": drafted.sha256, "blob_id": blob_id}
    return _now(case, terms, at, drafted, new, sha256=drafted.sha256)


def issue(changes: Changes, drafted: Drafted, at: datetime) -> Changes:
    """Besides concluding: the approved draft is the file of the result. Raises draft.not_approved."""
    if drafted.state is not State.APPROVED:
        raise Refusal("draft.not_approved")
    used = ("draft", drafted.id, {"state": State.ISSUED.value, "issued_at": at})
    said = {"draft": str(drafted.id), "sha256": drafted.sha256}
    return replace(changes, sets=(*changes.sets, used), recorded={**changes.recorded, **said})


def _now(
    case: Case, terms: Terms, at: datetime, drafted: Drafted, new: Mapping[str, Any], **said: Any
) -> Changes:
    draft = Draft(case, case, at, terms)
    draft.sets.append(("draft", drafted.id, new))
    return draft.finish(draft=drafted.id, draft_version=drafted.version, **said)


def _version(draft: Draft, draft_id: UUID, number: int, new: Version, by: Hand) -> None:
    draft.row(
        "draft_version",
        draft_id=draft_id,
        number=number,
        written=new.written.value,
        text=new.text,
        blob_id=new.blob_id,
        pdf_id=new.pdf_id,
        sha256=new.sha256,
        at=draft.at,
        by_id=by.account_id,
        by_name=by.name,
    )


def _open(case: Case) -> None:
    if case.accepted_at is None or case.status not in OPEN:
        raise Refusal("dossier.not_under_way", {"status": int(case.status)})


def _newest(drafted: Drafted, seen: int) -> None:
    if seen != drafted.version:
        raise Refusal("draft.stale", {"seen": seen, "now": drafted.version})


def _submitted(drafted: Drafted, version: int) -> None:
    if drafted.state is not State.SUBMITTED:
        raise Refusal("draft.not_submitted")
    _newest(drafted, version)
