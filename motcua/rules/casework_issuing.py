"""The issue of a result, as pure decisions: prepared, signed, numbered, sealed, issued; revoked, replaced.

Each stage follows the one before it and nothing else; what is rendered, signed and sealed happens between
the stages, so that whoever comes back after a crash finds the stage it stands in. A number once given is
never given again: what leaves it unused voids it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from motcua.rules.casework import (
    CONCLUDE,
    OPEN,
    Case,
    Changes,
    Draft,
    Item,
    Status,
    Terms,
    reasoned,
    under_way,
)
from motcua.rules.casework_drafts import Drafted, State
from motcua.rules.refusal import Refusal


class Stage(StrEnum):
    """How far the issue of a result has come."""

    PREPARED = "prepared"
    SIGNED = "signed"
    NUMBERED = "numbered"
    SEALED = "sealed"
    ISSUED = "issued"
    CANCELLED = "cancelled"


class Standing(StrEnum):
    """What an issued result is worth: what anybody is told who asks with its token."""

    VALID = "valid"
    REVOKED = "revoked"
    REPLACED = "replaced"


RUNNING = (Stage.PREPARED, Stage.SIGNED, Stage.NUMBERED, Stage.SEALED)
REGISTRY = "registry"
"""The post that numbers and seals (rules.actor.Role)."""
_DOTS = re.compile(r"[.…\s]+")


@dataclass(frozen=True, slots=True)
class Issuing:
    """An issue as a decision sees it; `number_id` is the number it holds, where it has one."""

    id: UUID
    stage: Stage
    draft_id: UUID
    agency_id: int
    title: str
    symbol: str
    signer_id: int | None
    signer_name: str
    number: str = ""
    number_id: UUID | None = None
    issued_on: date | None = None
    sealed_blob_id: int | None = None
    is_revoked: bool = False


@dataclass(frozen=True, slots=True)
class Hand:
    """Who does it: his account, his name and title that day, and whom he stands in for."""

    account_id: int | None
    name: str
    title: str = ""
    behind: int | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What was signed or sealed: the stored file, and the certificate (its SHA-256) it was done with."""

    blob_id: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A revocation that waits for a second person."""

    id: UUID
    reason: str
    replacement_id: UUID | None


def symbol(declared: str, agency: str) -> str:
    """The symbol a number of an agency is written with: "......./QĐ-......." is QĐ-SXD (NĐ 30/2020 PL I).

    The dots before the stroke are the number's, those after it the agency's, by the first letters of its
    name.
    """
    kind = _DOTS.sub("", declared.rpartition("/")[2]).strip("-")
    whole = declared.rstrip(" ").endswith((".", "…")) or not kind
    return "-".join(part for part in (kind, initials(agency) if whole else "") if part)


def initials(agency: str) -> str:
    """Sở Tài nguyên và Môi trường: STNMT. A committee is UBND, wherever it is."""
    words = agency.replace("Ủy ban nhân dân", "UBND").split()
    if words[:1] == ["UBND"]:
        return "UBND"
    plain = [word for word in words if word.lower() not in ("và", "của") and word[0].isalnum()]
    return "".join(word[0].upper() for word in plain)


def number_text(number: int, written: str) -> str:
    """07/QĐ-SXD: numbers under ten with a nought before them (NĐ 30/2020 PL I)."""
    return f"{number:02d}/{written}"


def prepare(
    case: Case,
    terms: Terms,
    at: datetime,
    *,
    drafted: Drafted,
    token: str,
    blob_id: int,
    written: str,
    agency_id: int,
    signer: Hand,
) -> tuple[Changes, UUID]:
    """The approved text, with its open fields, waits for the one whose name stands under it; the issue's id.

    Raises dossier.not_under_way, draft.not_approved, draft.own_work.
    """
    if case.accepted_at is None or case.status not in OPEN:
        raise Refusal("dossier.not_under_way", {"status": int(case.status)})
    if drafted.state is not State.APPROVED:
        raise Refusal("draft.not_approved")
    if drafted.authors & {signer.account_id, signer.behind}:
        raise Refusal("draft.own_work")
    draft = Draft(case, case, at, terms)
    issue_id = draft.row(
        "issue",
        draft_id=drafted.id,
        agency_id=agency_id,
        token=token,
        title=drafted.title,
        symbol=written,
        stage=Stage.PREPARED.value,
        prepared_blob_id=blob_id,
        prepared_at=at,
        prepared_by_id=signer.account_id,
        signer_id=signer.account_id,
        signer_name=signer.name,
    )
    return draft.finish(issue=issue_id, sha256=drafted.sha256), issue_id


def sign(
    case: Case,
    terms: Terms,
    at: datetime,
    *,
    issuing: Issuing,
    item: Item,
    registry_id: int,
    made: Made,
    by: Hand,
) -> Changes:
    """Whose name stands under it has signed; the step goes on to the registry, which numbers and seals.

    Raises dossier.not_under_way, issue.passed, issue.another_signs.
    """
    _ready(case, issuing, Stage.PREPARED)
    named(issuing, by)
    draft = Draft(case, case, at, terms)
    draft.change_item(item, unit_id=registry_id, role=REGISTRY, assignee_id=None)
    draft.now(holder_id=registry_id, status=Status.PROCESSING)
    new = {"stage": Stage.SIGNED.value, "signed_blob_id": made.blob_id, "signed_at": at}
    new |= {"signed_title": by.title, "signed_with": made.fingerprint}
    draft.sets.append(("issue", issuing.id, new))
    return draft.finish(issue=issuing.id, certificate=made.fingerprint)


def number(
    case: Case, terms: Terms, at: datetime, *, issuing: Issuing, given: int, on: date, by: Hand
) -> Changes:
    """A signed text gets its number and its date. Raises what `sign` raises but for the signer."""
    _ready(case, issuing, Stage.SIGNED)
    draft = Draft(case, case, at, terms)
    text = number_text(given, issuing.symbol)
    draft.row(
        "result_number",
        issue_id=issuing.id,
        agency_id=issuing.agency_id,
        symbol=issuing.symbol,
        year=on.year,
        number=given,
        on=on,
        at=at,
        by_id=by.account_id,
        by_name=by.name,
    )
    new = {"stage": Stage.NUMBERED.value, "number": text, "issued_on": on}
    draft.sets.append(("issue", issuing.id, new))
    return draft.finish(issue=issuing.id, number=text, on=on)


def seal(
    case: Case, terms: Terms, at: datetime, *, issuing: Issuing, number: str, made: Made, by: Hand
) -> Changes:
    """The agency's seal is on it; `number` is the one it was sealed with. Raises issue.passed where that
    was voided meanwhile."""
    _ready(case, issuing, Stage.NUMBERED)
    if number != issuing.number:
        raise Refusal("issue.passed", {"stage": issuing.stage.value})
    draft = Draft(case, case, at, terms)
    new = {"stage": Stage.SEALED.value, "sealed_blob_id": made.blob_id, "sealed_at": at}
    new |= {"sealed_by_id": by.account_id, "sealed_name": by.name, "sealed_with": made.fingerprint}
    draft.sets.append(("issue", issuing.id, new))
    return draft.finish(issue=issuing.id, certificate=made.fingerprint)


def issue(changes: Changes, issuing: Issuing, at: datetime, *, replaces: UUID | None) -> Changes:
    """Besides concluding: the sealed file is the result, in the place of the one it `replaces`.

    Raises issue.passed.
    """
    at_stage(issuing, Stage.SEALED)
    used = ("draft", issuing.draft_id, {"state": State.ISSUED.value, "issued_at": at})
    done = ("issue", issuing.id, {"stage": Stage.ISSUED.value, "issued_at": at})
    before = [("issue", replaces, {"replaced_by_id": issuing.id})] if replaces else []
    said = {"issue": str(issuing.id), "number": issuing.number}
    return replace(
        changes,
        sets=(*changes.sets, used, done, *before),
        recorded={**changes.recorded, **said},
    )


def void_number(
    case: Case, terms: Terms, at: datetime, *, issuing: Issuing, reason: str, by: Hand
) -> Changes:
    """Give up the number of what is not issued yet, which then waits for another; the number is never
    given again. Raises dossier.reason_missing, issue.no_number."""
    reasoned(reason)
    if issuing.stage not in (Stage.NUMBERED, Stage.SEALED):
        raise Refusal("issue.no_number")
    draft = Draft(case, case, at, terms)
    draft.sets.append(_voided(issuing, at, reason, by))
    new = {"stage": Stage.SIGNED.value, "number": "", "issued_on": None, **_UNSEALED}
    draft.sets.append(("issue", issuing.id, new))
    return draft.finish(issue=issuing.id, voided=issuing.number)


def cancel(
    case: Case, terms: Terms, at: datetime, *, issuing: Issuing, reason: str, by: Hand
) -> Changes:
    """Stop an issue that is under way: its number is voided, its text goes back to who wrote it, its step
    to where the process has it. Raises dossier.reason_missing, issue.passed."""
    reasoned(reason)
    if issuing.stage not in RUNNING:
        raise Refusal("issue.passed", {"stage": issuing.stage.value})
    draft = Draft(case, case, at, terms)
    for item in case.items:
        back = draft.home(item) if item.act == CONCLUDE else {}
        if back:
            draft.change_item(item, **back)
            draft.now(holder_id=back["unit_id"])
    draft.sets += dropped(issuing, at, reason, by)
    returned = {"state": State.RETURNED.value, "decided_at": at, "decided_by_id": by.account_id}
    draft.sets.append(("draft", issuing.draft_id, {**returned, "reason": reason, "sha256": ""}))
    return draft.finish(issue=issuing.id, voided=issuing.number)


def drop(changes: Changes, issuing: Issuing, at: datetime, reason: str, by: Hand) -> Changes:
    """Besides an act that takes the dossier away from its last step: what was on its way out is stopped."""
    returned = ("draft", issuing.draft_id, {"state": State.RETURNED.value, "reason": reason})
    stopped = dropped(issuing, at, reason, by)
    said = {"issue": str(issuing.id), "voided": issuing.number}
    return replace(
        changes,
        sets=(*changes.sets, *stopped, returned),
        recorded={**changes.recorded, **said},
    )


def propose_revocation(
    case: Case,
    terms: Terms,
    at: datetime,
    *,
    issuing: Issuing,
    replacement_id: UUID | None,
    reason: str,
    by: Hand,
) -> Changes:
    """Ask that an issued result be revoked, or that another stand in its place; nothing changes yet.

    Raises dossier.reason_missing, issue.not_issued, issue.revoked_already, issue.replaces_itself.
    """
    reasoned(reason)
    _in_force(issuing)
    if replacement_id == issuing.id:
        raise Refusal("issue.replaces_itself", {"field": "replacement"})
    draft = Draft(case, case, at, terms)
    revocation_id = draft.row(
        "revocation",
        issue_id=issuing.id,
        replacement_id=replacement_id,
        reason=reason,
        proposed_at=at,
        proposed_by_id=by.account_id,
        proposed_name=by.name,
    )
    return draft.finish(issue=issuing.id, revocation=revocation_id)


def revoke(
    case: Case, terms: Terms, at: datetime, *, issuing: Issuing, waiting: Waiting, by: Hand
) -> Changes:
    """The result is revoked from this moment, or replaced by the one proposed; its file stays.

    Raises issue.revoked_already.
    """
    _in_force(issuing)
    draft = Draft(case, case, at, terms)
    new = {"revoked_at": at, "replaced_by_id": waiting.replacement_id}
    draft.sets.append(("issue", issuing.id, new))
    draft.sets.append(("revocation", waiting.id, _decided(at, by)))
    replaced = str(waiting.replacement_id or "")
    return draft.finish(issue=issuing.id, number=issuing.number, replaced_by=replaced)


def keep(
    case: Case,
    terms: Terms,
    at: datetime,
    *,
    issuing: Issuing,
    waiting: Waiting,
    answer: str,
    by: Hand,
) -> Changes:
    """The result stays valid, with the reason why. Raises dossier.reason_missing."""
    reasoned(answer)
    draft = Draft(case, case, at, terms)
    new = {**_decided(at, by), "rejected": True, "answer": answer}
    draft.sets.append(("revocation", waiting.id, new))
    return draft.finish(issue=issuing.id, revocation=waiting.id)


def dropped(
    issuing: Issuing, at: datetime, reason: str, by: Hand
) -> list[tuple[str, UUID, Mapping[str, Any]]]:
    """What stopping an issue changes: itself, and the number it held."""
    new = {"stage": Stage.CANCELLED.value, "cancelled_at": at, "cancel_reason": reason}
    sets: list[tuple[str, UUID, Mapping[str, Any]]] = [
        ("issue", issuing.id, {**new, "cancelled_by_id": by.account_id})
    ]
    if issuing.number_id is not None:
        sets.append(_voided(issuing, at, reason, by))
    return sets


_UNSEALED = {
    "sealed_blob_id": None,
    "sealed_at": None,
    "sealed_by_id": None,
    "sealed_name": "",
    "sealed_with": "",
}


def _voided(
    issuing: Issuing, at: datetime, reason: str, by: Hand
) -> tuple[str, UUID, Mapping[str, Any]]:
    if issuing.number_id is None:
        raise Refusal("issue.no_number")
    new = {"voided_at": at, "voided_by_id": by.account_id, "void_reason": reason}
    return ("result_number", issuing.number_id, new)


def _decided(at: datetime, by: Hand) -> dict[str, Any]:
    return {"decided_at": at, "decided_by_id": by.account_id, "decided_name": by.name}


def _in_force(issuing: Issuing) -> None:
    if issuing.stage is not Stage.ISSUED:
        raise Refusal("issue.not_issued")
    if issuing.is_revoked:
        raise Refusal("issue.revoked_already")


def named(issuing: Issuing, by: Hand) -> None:
    """Raises issue.another_signs unless it is he whose name stands under it."""
    if issuing.signer_id is None or issuing.signer_id not in (by.account_id, by.behind):
        raise Refusal("issue.another_signs", {"name": issuing.signer_name})


def at_stage(issuing: Issuing, stage: Stage) -> None:
    """Raises issue.passed unless the issue stands at this stage: somebody was here before."""
    if issuing.stage is not stage:
        raise Refusal("issue.passed", {"stage": issuing.stage.value})


def _ready(case: Case, issuing: Issuing, stage: Stage) -> None:
    at_stage(issuing, stage)
    under_way(case)
